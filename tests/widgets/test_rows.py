"""No column of a table keeps room that it does not need while the text of another one is cut."""

from collections.abc import Sequence

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult

from stellr_tui.widgets.rows import Column, Rows

SERVICE = "ポケットーク同時通訳(年額)"
WIDTH = 60


class Contracts(App[None]):
    """A table of three columns."""

    CSS = "Rows { width: 60; scrollbar-size-vertical: 0; }"

    def compose(self) -> ComposeResult:
        yield Rows([Column("サービス", 14, 0), Column("数量", 20, 1), Column("終了", 10, 2)], id="contracts")


class Wide(App[None]):
    """A table of columns that may stand three in a cell."""

    CSS = "Rows { scrollbar-size-vertical: 0; }"

    def compose(self) -> ComposeResult:
        headings = ("番号", "会社名", "サービス", "数量", "価格", "期間")
        columns = [Column(heading, 24, at // 3, right=at in (3, 4)) for at, heading in enumerate(headings)]
        yield Rows(columns, id="contracts")


async def painted(*fillings: Sequence[Sequence[str]]) -> list[str]:
    """What the table shows once it has been filled."""
    app = Contracts()
    async with app.run_test(size=(WIDTH, 8)) as pilot:
        rows = app.query_one(Rows)
        for cells in fillings:
            rows.fill((str(number), one) for number, one in enumerate(cells))
            await pilot.pause()
        return [rows.render_line(y).text for y in range(rows.size.height)]


def begins(line: str, word: str) -> int:
    """The cell at which a word begins."""
    return cell_len(line[: line.index(word)])


async def test_what_is_long_gets_the_room_that_others_do_not_need() -> None:
    _heading, row = await painted([[SERVICE * 2, "5", "2025-03-20"]])
    assert SERVICE in row
    assert "2025-03-20" in row


async def test_what_lacks_least_gets_room_first() -> None:
    _heading, row = await painted([[SERVICE * 3, "5", "2025-03-20 (あと9日)"]])
    assert "2025-03-20 (あと9日)" in row
    assert ".." in row


async def test_where_nothing_is_cut_each_column_has_its_width_and_the_first_one_the_rest() -> None:
    heading, row = await painted([["短い", "5", "2025-03-20"]])
    assert begins(heading, "終了") == begins(row, "2025") == WIDTH - 2 - 10


async def test_columns_do_not_move_to_and_fro_with_the_rows_that_are_there() -> None:
    first, _row = await painted([[SERVICE * 3, "5", "2025-03-20"]])
    again, row = await painted([[SERVICE * 3, "5", "2025-03-20"]], [["短い", "5", "2025-03-20"]])
    assert again == first
    assert "短い" in row
    assert (await painted([["短い", "5", "2025-03-20"]]))[0] != first


async def test_columns_whose_widths_are_more_than_there_is_room_for_get_what_they_need_and_none_is_out_of_sight() -> (
    None
):
    class Narrow(Contracts):
        def compose(self) -> ComposeResult:
            yield Rows([Column("サービス", 30, 0), Column("数量", 20, 1), Column("終了", 20, 2)], id="contracts")

    app = Narrow()
    async with app.run_test(size=(WIDTH, 8)) as pilot:
        rows = app.query_one(Rows)
        rows.fill([("1", ["短い", "5", "2025-03-20"])])
        await pilot.pause()
        assert "2025-03-20" in rows.render_line(1).text
        assert rows.virtual_size.width < WIDTH
        assert not rows.show_horizontal_scrollbar


async def test_a_longer_text_that_comes_later_gets_room_in_the_rows_that_were_there_as_well() -> None:
    app = Contracts()
    async with app.run_test(size=(WIDTH, 8)) as pilot:
        rows = app.query_one(Rows)
        rows.fill((str(number), ["短い", "5", "2025-03-20"]) for number in range(20))
        await pilot.pause()
        before = rows.render_line(0).text
        rows.append([("later", [SERVICE * 3, "5", "2025-03-20 (あと9日)"])])
        await pilot.pause()
        rows.move_cursor(row=20)
        await pilot.pause()
        heading, *_others, last, later = (rows.render_line(y).text for y in range(rows.size.height))
        assert "2025-03-20 (あと9日)" in later
        assert begins(heading, "終了") == begins(last, "2025") == begins(later, "2025") != begins(before, "終了")
        assert cell_len(later) <= WIDTH


async def test_one_stays_where_one_is_when_columns_change_their_widths() -> None:
    app = Contracts()
    async with app.run_test(size=(WIDTH, 8)) as pilot:
        rows = app.query_one(Rows)
        rows.fill((str(number), [f"契約{number}", "5", "2025-03-20"]) for number in range(100))
        await pilot.pause()
        rows.move_cursor(row=50)
        await pilot.pause()
        rows.move_cursor(row=47)
        await pilot.pause()
        top, sight = rows.scroll_offset, [rows.render_line(y).text for y in range(rows.size.height)]
        rows.append([("100", [SERVICE * 3, "5", "2025-03-20"])])
        await pilot.pause()
        assert (rows.current, rows.scroll_offset) == ("47", top)
        now = [rows.render_line(y).text for y in range(rows.size.height)]
        assert now != sight
        assert [line.split() for line in now] == [line.split() for line in sight]


@pytest.mark.parametrize(
    ("company", "service", "lines"),
    [
        ("短い会社", "短い", 1),
        ("会社" * 10, SERVICE, 1),
        ("会社" * 10, SERVICE * 3, 2),
        ("会社" * 35, SERVICE * 3, 3),
    ],
    ids=["short", "one line", "two lines", "three lines"],
)
async def test_where_there_is_much_room_a_row_has_as_few_lines_as_leave_its_texts_whole(
    company: str, service: str, lines: int
) -> None:
    app = Wide()
    cells = ["81766", company, service, "5", "¥24,710 サンプル価格", "2024/03/21 ~ 2025/03/20"]
    async with app.run_test(size=(170, 20)) as pilot:
        rows = app.query_one(Rows)
        rows.fill([("81766", cells)])
        await pilot.pause()
        assert rows.size.height == 2 * lines  # with the headings
        row = "\n".join(rows.render_line(y).text for y in range(lines, 2 * lines))
        assert [text for text in cells if text not in row] == []


async def test_a_text_that_is_cut_anyway_takes_no_further_line() -> None:
    app = Wide()
    async with app.run_test(size=(170, 20)) as pilot:
        rows = app.query_one(Rows)
        rows.fill([("81766", ["81766", "会社" * 100, SERVICE, "5", "¥24,710", "2024/03/21 ~ 2025/03/20"])])
        await pilot.pause()
        _heading, row = (rows.render_line(y).text for y in range(rows.size.height))
        assert SERVICE in row
        assert ".." in row
