"""Many orders from one sheet on the screen: what is wrong is mended where it stands, then all goes in or nothing."""

from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Input

from screens.confirm import Confirm
from screens.import_orders import SaveTemplate
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.order_sheet import read_order_sheet
from stellr_tui.desk.orders import list_orders
from stellr_tui.reference.catalog import Catalog
from stellr_tui.widgets import places
from tests.desk.office import everything
from tests.screens.clerk import Clerk, Open
from tests.spoken import Shown

SHEETS = Path(__file__).parent / "sheets"
SIZE = (80, 24)


async def reads(clerk: Clerk, file: Path) -> None:
    """The sheet of a file, until it has been checked."""
    await clerk.types("file", str(file))
    await clerk.presses("enter")
    await clerk.until(lambda: clerk.one("#import-rows").has_focus and checked(clerk), "the sheet is checked")


def checked(clerk: Clerk) -> bool:
    return clerk.said("#import-words").startswith(("送信できます", "7行のうち"))


def states(clerk: Clerk) -> list[Shown]:
    return [Shown(clerk.texts("#import-rows", key)[0].split(":")[0]) for key in clerk.rows("#import-rows").keys]


def orders(desk: Desk, lucy: SignedIn) -> list[str]:
    return [one.po_number for one in list_orders(desk, lucy).rows]


async def sends(clerk: Clerk) -> None:
    """すべて送信, and yes to what is asked."""
    await clerk.presses("ctrl+x")
    await clerk.until(lambda: isinstance(clerk.app.screen, Confirm))
    await clerk.clicks("#confirm")
    await clerk.until(lambda: clerk.said("#import-words").startswith("送信しました"))


async def test_a_sheet_is_reached_from_the_home_page_checked_and_sent_whole(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    async with portal(places.Home(), size=SIZE) as clerk:
        await clerk.presses("ctrl+o")
        await clerk.until(lambda: clerk.one("#file").has_focus)
        await reads(clerk, SHEETS / "good.csv")
        assert states(clerk) == [f"{number}行目 誤りなし" for number in (2, 3, 5, 6)]
        assert clerk.said("#import-words").startswith("送信できます: 3件のオーダー、4行、合計 ¥226,790")
        assert clerk.said("#import-words").endswith("2024-03-20")
        assert orders(desk, lucy) == []
        await sends(clerk)
        assert orders(desk, lucy) == ["PO-101", "PO-102", "PO-103"]
        assert "契約番号 81766, 81767" in clerk.texts("#import-rows", "2")[0]
        before = everything(desk)
        await clerk.presses("ctrl+x", "ctrl+s", "enter")
        await clerk.settles()
        assert not isinstance(clerk.app.screen, Confirm)
        assert everything(desk) == before


async def test_what_is_asked_before_sending_can_be_refused(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    async with portal(places.ImportOrders(), size=SIZE) as clerk:
        await reads(clerk, SHEETS / "good.csv")
        await clerk.presses("ctrl+x")
        await clerk.until(lambda: isinstance(clerk.app.screen, Confirm) and clerk.sees("¥226,790"))
        await clerk.presses("escape")
        await clerk.until(lambda: clerk.one("#import-rows").has_focus)
        assert orders(desk, lucy) == []


async def test_bad_rows_come_first_are_marked_in_words_and_keep_all_from_being_sent(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    async with portal(places.ImportOrders(), size=SIZE) as clerk:
        await reads(clerk, SHEETS / "bad.csv")
        assert states(clerk)[:3] == ["7行目 誤り", "8行目 誤り", "9行目 誤り"]
        assert all(one.endswith("誤りなし") for one in states(clerk)[3:]) and len(states(clerk)) == 7
        assert clerk.said("#import-words").startswith("7行のうち3行に誤りがあります。")
        assert clerk.sees("数量に「0」は入力できません")
        await clerk.presses("ctrl+x")
        await clerk.settles()
        assert not isinstance(clerk.app.screen, Confirm)
        assert orders(desk, lucy) == []


async def test_each_wrong_cell_is_mended_in_place_and_then_all_goes_in(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    async with portal(places.ImportOrders(), size=SIZE) as clerk:
        await reads(clerk, SHEETS / "bad.csv")
        mendings = (
            ("7", {"seats": "４"}, 2),
            ("8", {"customer_number": "159813", "sku": "6900990"}, 1),
            ("9", {"company_kana": "フタツ", "postal_code": "〒135-0001", "contact.phone": "03-1234-5678"}, 0),
        )
        for row, cells, left in mendings:
            await clerk.until(lambda row=row: clerk.rows("#import-rows").current == row, row)  # type: ignore[misc]
            await clerk.presses("enter")
            for name, cell in cells.items():
                field = f"#cell-{name.replace('.', '-').replace('_', '-')}"
                await clerk.until(lambda field=field: clerk.one(field).display)  # type: ignore[misc]
                clerk.app.screen.query_one(field, Input).focus()
                await clerk.until(lambda field=field: clerk.one(field).has_focus)  # type: ignore[misc]
                await clerk.presses("ctrl+u", *cell)
            await clerk.presses("enter")
            await clerk.until(
                lambda left=left: sum(not one.endswith("誤りなし") for one in states(clerk)) == left,  # type: ignore[misc]
                f"{left} rows are wrong",
            )
            clerk.one("#import-rows").focus()
            clerk.rows("#import-rows").move_cursor(row=0)
        await clerk.until(lambda: clerk.said("#import-words").startswith("送信できます: 6件のオーダー"))
        await sends(clerk)
        assert orders(desk, lucy) == [f"PO-10{number}" for number in range(1, 7)]
        last = list_orders(desk, lucy).rows[-1]
        assert (last.end_user.company, last.end_user.company_kana) == ("株式会社[red]二", "フタツ")
        assert (last.location.address1, last.location.postal_code) == ("毛利 2", "1350001")


async def test_the_first_wrong_cell_takes_the_typing_and_enter_behind_the_last_leads_back_to_the_rows(
    portal: Open,
) -> None:
    async with portal(places.ImportOrders(), size=SIZE) as clerk:
        await reads(clerk, SHEETS / "bad.csv")
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.one("#cell-seats").has_focus)
        await clerk.presses("ctrl+u", "5")
        clerk.one("#cell-department").focus()
        await clerk.until(lambda: clerk.one("#cell-department").has_focus)
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.one("#import-rows").has_focus)
        await clerk.until(lambda: clerk.said("#import-words").startswith("7行のうち2行"))
        assert clerk.texts("#import-rows", "7")[-1] == "5"


async def test_checking_leads_from_a_mended_row_to_the_next_wrong_one(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    async with portal(places.ImportOrders(), size=SIZE) as clerk:
        await reads(clerk, SHEETS / "bad.csv")
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.one("#cell-seats").has_focus)
        await clerk.presses("ctrl+u", "5", "ctrl+s")
        await clerk.until(lambda: clerk.said("#import-words").startswith("7行のうち2行"))
        await clerk.until(lambda: clerk.one("#import-rows").has_focus and clerk.rows("#import-rows").current == "8")
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.one("#cell-sku").has_focus)
        assert orders(desk, lucy) == []


async def test_a_cell_that_is_still_wrong_is_led_back_to(portal: Open) -> None:
    async with portal(places.ImportOrders(), size=SIZE) as clerk:
        await reads(clerk, SHEETS / "bad.csv")
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.one("#cell-seats").has_focus)
        await clerk.presses("ctrl+u", "x", "ctrl+s")
        await clerk.until(lambda: clerk.sees("数量に「x」は入力できません"))
        await clerk.until(lambda: clerk.one("#import-rows").has_focus and clerk.rows("#import-rows").current == "7")
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.one("#cell-seats").has_focus)
        assert clerk.app.screen.query_one("#cell-seats", Input).value == "x"


async def test_checking_reads_the_file_where_none_was_read_yet(portal: Open) -> None:
    async with portal(places.ImportOrders(), size=SIZE) as clerk:
        await clerk.presses("ctrl+s")
        await clerk.refused_at("file", "")
        await clerk.types("file", str(SHEETS / "good.csv"))
        await clerk.presses("ctrl+s")
        await clerk.until(lambda: clerk.one("#import-rows").has_focus and checked(clerk))


async def test_what_was_mended_is_there_again_when_one_comes_back(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    async with portal(places.ImportOrders(), size=SIZE) as clerk:
        await reads(clerk, SHEETS / "bad.csv")
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.one("#cell-seats").has_focus)
        await clerk.presses("ctrl+u", "8", "f2")
        await clerk.arrives(places.Home())
        await clerk.presses("ctrl+o")
        await clerk.until(lambda: clerk.said("#import-words").startswith("7行のうち2行"), "the sheet is there again")
        assert clerk.texts("#import-rows", "7")[-1] == "8"
        assert orders(desk, lucy) == []


async def test_another_sheet_takes_the_place_of_a_mended_one_only_when_asked(portal: Open) -> None:
    async with portal(places.ImportOrders(), size=SIZE) as clerk:
        await reads(clerk, SHEETS / "bad.csv")
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.one("#cell-seats").has_focus)
        await clerk.presses("ctrl+u", "8", "enter")
        await clerk.until(lambda: clerk.said("#import-words").startswith("7行のうち2行"))
        await clerk.types("file", str(SHEETS / "good.csv"))
        await clerk.presses("enter")
        await clerk.until(lambda: isinstance(clerk.app.screen, Confirm) and clerk.sees("失われます"))
        await clerk.presses("escape")
        await clerk.until(lambda: clerk.one("#file").has_focus)
        assert clerk.texts("#import-rows", "7")[-1] == "8"
        await clerk.presses("enter")
        await clerk.until(lambda: isinstance(clerk.app.screen, Confirm))
        await clerk.clicks("#confirm")
        await clerk.until(lambda: clerk.said("#import-words").startswith("送信できます: 3件のオーダー"))


@pytest.mark.parametrize(
    ("name", "words"),
    [("missing.csv", "ファイルがありません"), ("orders.pdf", ".csv, .xlsx"), ("other.csv", "「備考」という列")],
)
async def test_a_file_that_is_no_sheet_of_orders_is_refused_at_the_field(
    portal: Open, tmp_path: Path, name: str, words: str
) -> None:
    (tmp_path / "other.csv").write_text("発注番号,SKU番号,数量,備考\n")
    async with portal(places.ImportOrders(), size=SIZE) as clerk:
        await clerk.types("file", str(tmp_path / name))
        await clerk.presses("enter")
        await clerk.refused_at("file", words)
        assert clerk.value("file") == str(tmp_path / name)


async def test_what_has_come_to_be_wrong_meanwhile_is_said_and_nothing_is_sent(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    async with portal(places.ImportOrders(), size=SIZE) as clerk:
        await reads(clerk, SHEETS / "good.csv")
        await clerk.presses("ctrl+x")
        await clerk.until(lambda: isinstance(clerk.app.screen, Confirm))
        # The catalogue loses its products while one still thinks.
        clerk.app._desk = replace(clerk.desk, catalog=Catalog(()))
        await clerk.clicks("#confirm")
        await clerk.until(lambda: not states(clerk)[0].endswith("誤りなし"))
        assert orders(desk, lucy) == []


async def test_an_order_that_was_imported_before_says_so_and_is_not_sent_again(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    async with portal(places.ImportOrders(), size=SIZE) as clerk:
        await reads(clerk, SHEETS / "good.csv")
        await sends(clerk)
        await reads(clerk, SHEETS / "good.csv")
        assert clerk.said("#import-words").endswith("(ほか3件は取り込み済み)")
        assert "契約番号 81766, 81767" in clerk.texts("#import-rows", "2")[0]
        await sends(clerk)
        assert orders(desk, lucy) == ["PO-101", "PO-102", "PO-103"]


async def test_an_empty_sheet_is_saved_by_one_key(portal: Open, tmp_path: Path) -> None:
    async with portal(places.ImportOrders(), size=SIZE) as clerk:
        await clerk.presses("ctrl+t")
        await clerk.until(lambda: isinstance(clerk.app.screen, SaveTemplate) and clerk.one("#file").has_focus)
        assert clerk.value("file").endswith("stellr-orders.xlsx")
        await clerk.types("file", str(tmp_path / "empty.xlsx"))
        await clerk.presses("enter")
        await clerk.until(lambda: str(tmp_path / "empty.xlsx") in clerk.notices())
        assert read_order_sheet(str(tmp_path / "empty.xlsx")) == ()


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_a_wrong_cell_and_its_sentence_are_in_sight(portal: Open, size: tuple[int, int]) -> None:
    async with portal(places.ImportOrders(), size=size) as clerk:
        await reads(clerk, SHEETS / "bad.csv")
        for row, field in (("7", "seats"), ("8", "sku"), ("9", "company-kana")):
            clerk.rows("#import-rows").move_cursor(row=clerk.rows("#import-rows").get_row_index(row))
            await clerk.presses("enter")
            await clerk.until(lambda field=field: clerk.is_seen(clerk.one(f"#cell-{field}")))  # type: ignore[misc]
            await clerk.until(lambda: clerk.sees("エラー："))
            clerk.one("#import-rows").focus()
