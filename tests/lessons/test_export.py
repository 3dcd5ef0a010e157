"""A lesson as files: a page that a browser shows as the terminal does, a recording that a terminal plays."""

from __future__ import annotations

import asyncio
import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from stellr_tui.classroom.export import exported
from stellr_tui.cli import main
from stellr_tui.lessons.reading import load_scenario
from stellr_tui.reference.texts import language, use_language
from stellr_tui.widgets.picture import CELL_WIDTH
from tests.browser import needs_browser, opened
from tests.journeys.screen import Screen
from tests.lessons.files import THREE_STEPS, written

SIZE = (90, 26)
STEPS = ("home", "vendor", "quantity")
END = "_end"
SHOWN = "[...document.querySelectorAll('main > section')].filter(one => one.offsetParent !== null).map(one => one.id)"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lesson of three steps and what was made of it, in both languages."""
    folder = tmp_path_factory.mktemp("exported")
    filed = load_scenario(written(folder, THREE_STEPS, "three.toml"))
    for name, text in asyncio.run(exported(filed, ("ja", "en"), SIZE)).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def page(folder: Path) -> Path:
    return folder / "three-steps.html"


# The command


def test_each_step_has_a_picture_in_each_language_beside_page_and_recording(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, THREE_STEPS)
    to = tmp_path / "out" / "of nothing"
    assert main(["lesson", "export", str(path), "--to", str(to), "--size", "80x24"]) == 0
    assert capsys.readouterr().out == f"{to / 'three-steps.html'}\n"
    names = {str(one.relative_to(to)) for one in to.rglob("*") if one.is_file()}
    steps = [f"{at:02}-{step}" for at, step in enumerate((*STEPS, "end"), 1)]
    pictures = {f"three-steps/{one}/{step}.svg" for one in ("ja", "en") for step in steps}
    assert names == {"three-steps.html", "three-steps.ja.cast", "three-steps.en.cast"} | pictures
    assert language() == "ja"
    assert 'viewBox="0 0 994 ' in (to / "three-steps/ja/01-home.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(("spoken", "words"), [("ja", "数量に「12」を入力します。"), ("en", "Type the quantity 12.")])
def test_a_picture_says_its_step_and_marks_its_target_and_the_last_one_only_shows_the_end(
    spoken: str, words: str, folder: Path
) -> None:
    step = (folder / f"three-steps/{spoken}/03-quantity.svg").read_text(encoding="utf-8")
    assert f">{words}</text>" in step
    assert ">3/3  " in step
    x, y, width, height = mark_in(step)
    assert 0 < x < x + width < SIZE[0] * CELL_WIDTH
    assert (round(height / 24.4), width > 3 * CELL_WIDTH) == (1, True)
    assert 0 < y < SIZE[1] * 24.4
    assert 'stroke="#ff9d00"' not in (folder / f"three-steps/{spoken}/04-end.svg").read_text(encoding="utf-8")


def mark_in(svg: str) -> list[float]:
    """Where the mark stands in a picture: x, y, width, height."""
    [found] = re.findall(r'<rect fill="none"[^>]* x="([^"]+)" y="([^"]+)" width="([^"]+)" height="([^"]+)"', svg)
    return [float(one) for one in found]


def test_one_language_alone_can_be_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path)
    assert main(["lesson", "export", str(path), "--to", str(tmp_path / "to"), "--language", "en", "--json"]) == 0
    [told] = json.loads(capsys.readouterr().out)
    assert told["files"] == ["small.html", "small.en.cast", "small/en/01-home.svg", "small/en/02-end.svg"]
    html = (tmp_path / "to" / "small.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in html
    assert "Open it." in html
    assert "開きます" not in html


@pytest.mark.parametrize("size", ["100", "79x24", "100x9999", "0x0", "100x30x2", "x"])
def test_a_size_that_no_terminal_has_is_refused(size: str, tmp_path: Path) -> None:
    assert main(["lesson", "export", str(written(tmp_path)), "--to", str(tmp_path / "to"), "--size", size]) == 2
    assert not (tmp_path / "to").exists()


def test_a_folder_that_cannot_be_is_told_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    assert main(["lesson", "export", str(written(tmp_path)), "--to", str(tmp_path / "file")]) == 1
    assert "書き込めません" in capsys.readouterr().err


def test_a_lesson_that_does_not_work_is_not_exported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stellr_tui.classroom.actor.WITHIN", 1.0)
    path = written(tmp_path, THREE_STEPS.replace('is = "12"', 'is = "13"'))
    assert main(["lesson", "export", str(path), "--to", str(tmp_path / "to")]) == 1
    assert "small.toml" in capsys.readouterr().err
    assert not (tmp_path / "to").exists()


async def test_the_same_scenario_gives_the_same_files(folder: Path) -> None:
    filed = load_scenario(folder / "three.toml")
    again = await exported(filed, ("ja",), SIZE)
    kept = {name: (folder / name).read_text(encoding="utf-8") for name in again if not name.endswith(".html")}
    assert {name: text for name, text in again.items() if name in kept} == kept


# The recording


def events(folder: Path, spoken: str = "ja") -> tuple[dict[str, Any], list[tuple[float, str, str]]]:
    header, *rest = (folder / f"three-steps.{spoken}.cast").read_text(encoding="utf-8").splitlines()
    return json.loads(header), [tuple(json.loads(one)) for one in rest]


@pytest.mark.parametrize("spoken", ["ja", "en"])
def test_the_recording_keeps_to_asciicast_v2(folder: Path, spoken: str) -> None:
    header, found = events(folder, spoken)
    assert header["version"] == 2
    assert header["width"] == SIZE[0]
    assert header["height"] > SIZE[1]
    assert header["title"] == {"ja": "トップを開く", "en": "Open the top"}[spoken]
    assert set(header) <= {"version", "width", "height", "timestamp", "duration", "title", "env", "theme"}
    assert all(len(one) == 3 and isinstance(one[0], (int, float)) and isinstance(one[2], str) for one in found)
    assert {code for _, code, _ in found} == {"o", "m"}
    times = [time for time, _, _ in found]
    assert times[0] >= 0
    assert all(before <= after for before, after in pairwise(times))


def test_the_recording_marks_the_target_from_the_instruction_to_the_end_of_its_step(folder: Path) -> None:
    header, found = events(folder)
    screen = Screen(header["height"], header["width"])
    marks: list[tuple[str, bool]] = []
    step = ""
    for _time, code, data in found:
        if code == "m":
            step = data
        else:
            screen.feed(data.encode())
            marks.append((step, any(re.search(r"数量>.*<", line) for line in screen.lines)))
    assert {step for step, is_marked in marks if is_marked} == {"3/3 数量に「12」を入力します。"}
    assert marks[-1] == ("3/3 数量に「12」を入力します。", False)


def test_the_recording_has_a_marker_for_each_step(folder: Path) -> None:
    _, found = events(folder, "en")
    markers = [data for _, code, data in found if code == "m"]
    assert markers == ["1/3 Open it.", "2/3 Then open the <b>vendor</b> & look.", "3/3 Type the quantity 12."]


def test_the_recording_gives_time_to_read_and_goes_on(folder: Path) -> None:
    _, found = events(folder)
    pauses = [after[0] - before[0] for before, after in pairwise(found)]
    assert 2 <= max(pauses) < 10
    assert found[-1][0] < 60


def test_played_back_on_a_terminal_the_recording_ends_with_what_the_app_showed(folder: Path) -> None:
    header, found = events(folder)
    screen = Screen(header["height"], header["width"])
    for _, code, data in found:
        if code == "o":
            screen.feed(data.encode())
    assert screen.lines[: SIZE[1]] == rows_of((folder / "three-steps/ja/04-end.svg").read_text(encoding="utf-8"))
    assert "12" in screen.lines[-1]
    assert screen.where("数量に「12」を入力します。")


def rows_of(svg: str) -> list[str]:
    """The text of an exported picture, row by row, blanks at the end left out."""
    from html import unescape

    rows = [""] * SIZE[1]
    found = re.findall(r'<text class="[^"]*-r\d+" x="([^"]*)" y="([^"]*)"[^>]*>([^<]*)</text>', svg)
    for x, y, words in found:
        row = int(float(y) / 24.4)
        rows[row] += " " * (round(float(x) / CELL_WIDTH) - cell_len(rows[row]))
        rows[row] += unescape(words).replace("\u00a0", " ")
    return [row.rstrip() for row in rows]


# The page


def test_the_page_names_nothing_outside_itself(page: Path) -> None:
    html = page.read_text(encoding="utf-8")
    assert re.findall(r"(?:https?:)?//[\w.]+|@import|url\(", html.replace("http://www.w3.org/2000/svg", "")) == []
    assert "default-src 'none'" in html


def test_words_are_never_markup(page: Path) -> None:
    html = page.read_text(encoding="utf-8")
    assert "&lt;b&gt;vendor&lt;/b&gt; &amp; look." in html
    assert "<b>" not in html


@needs_browser
async def test_the_page_asks_the_network_for_nothing_and_complains_of_nothing(page: Path) -> None:
    async with opened(page) as (shown, asked):
        await shown.keyboard.press("End")
        await shown.wait_for_function("location.hash === '#_end'")
        assert asked == []


@needs_browser
async def test_every_step_is_reached_by_the_keyboard(page: Path) -> None:
    async with opened(page) as (shown, _):
        for step in [*STEPS, END]:
            assert await shown.evaluate(SHOWN) == [step]
            assert await shown.evaluate("location.hash") == f"#{step}"
            await shown.keyboard.press("ArrowRight")
        assert await shown.evaluate(SHOWN) == [END]
        await shown.keyboard.press("ArrowLeft")
        assert await shown.evaluate(SHOWN) == ["quantity"]
        await shown.keyboard.press("Home")
        assert await shown.evaluate(SHOWN) == ["home"]
        await shown.keyboard.press("End")
        assert await shown.evaluate(SHOWN) == [END]


@needs_browser
async def test_every_step_is_reached_by_the_mouse(page: Path) -> None:
    async with opened(page, locale="ja-JP") as (shown, _):
        for step in STEPS:
            assert await shown.evaluate(SHOWN) == [step]
            await shown.locator(".mark:visible").click()
        assert await shown.evaluate(SHOWN) == [END]
        for step in reversed(STEPS):
            await shown.get_by_role("button", name="前へ").click()
            assert await shown.evaluate(SHOWN) == [step]
        await shown.get_by_role("button", name="次へ").click()
        assert await shown.evaluate(SHOWN) == ["vendor"]
        await shown.locator("nav summary").click()
        await shown.get_by_role("link", name="数量に「12」を入力します。").click()
        assert await shown.evaluate(SHOWN) == ["quantity"]


@needs_browser
async def test_an_address_leads_to_its_step(page: Path) -> None:
    async with opened(page, "#quantity") as (shown, _):
        assert await shown.evaluate(SHOWN) == ["quantity"]
        await shown.evaluate("location.hash = '#vendor'")
        await shown.wait_for_function(f"{SHOWN}[0] === 'vendor'")
        assert await shown.locator("#_count").inner_text() == "2 / 3"


@needs_browser
@pytest.mark.parametrize(("locale", "first", "other"), [("ja-JP", "日本語", "English"), ("en-GB", "English", "日本語")])
async def test_the_page_speaks_the_readers_language_and_turns_to_the_other(
    page: Path, locale: str, first: str, other: str
) -> None:
    words = {
        "日本語": "次に、\nベンダーのページを開きます。",
        "English": "Then open the <b>vendor</b> & look.\nTake your time.",
    }
    async with opened(page, "#vendor", locale=locale) as (shown, _):
        assert await shown.locator(".instruction:visible").all_inner_texts() == [words[first]]
        await shown.get_by_label(other).check()
        assert await shown.locator(".instruction:visible").all_inner_texts() == [words[other]]
        assert await shown.locator("section svg:visible").count() == 1


@needs_browser
async def test_the_page_can_be_read_without_its_script(page: Path) -> None:
    async with opened(page, java_script_enabled=False) as (shown, _):
        assert await shown.locator(".instruction:visible").count() == len(STEPS)
        assert await shown.locator("section svg:visible").count() == len(STEPS) + 1
        await shown.get_by_label("English").check()
        assert await shown.locator(".instruction:visible").first.inner_text() == "Open it."


@needs_browser
async def test_in_print_every_step_stands_on_a_page_of_its_own(page: Path) -> None:
    async with opened(page, "#vendor") as (shown, _):
        await shown.emulate_media(media="print")
        assert await shown.evaluate(SHOWN) == [*STEPS, END]
        assert not await shown.locator("button:visible, nav:visible").count()
        printed = await shown.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == len(STEPS) + 2


@needs_browser
@pytest.mark.parametrize("spoken", ["ja-JP", "en-GB"])
async def test_every_piece_of_text_is_as_wide_as_its_cells_and_in_its_place(page: Path, spoken: str) -> None:
    measure = """() => [...document.querySelectorAll("section.current svg")].filter(one => one.getClientRects().length)
        .flatMap(svg => [...svg.querySelectorAll("use")].map(use => {
            // What `use` shows cannot be measured: a copy in its place can.
            const row = document.querySelector(use.getAttribute("href")).cloneNode(true);
            row.removeAttribute("id");
            use.replaceWith(row);
            return row;
        })).flatMap(row => [...row.querySelectorAll("text")]).filter(text => text.textContent.trim()).map(text => [
            text.textContent, +text.getAttribute("x"), getComputedStyle(text).fontFamily.includes("Mono"),
            text.getStartPositionOfChar(0).x, text.getEndPositionOfChar(text.getNumberOfChars() - 1).x])"""
    async with opened(page, "#quantity", locale=spoken) as (shown, _):
        found = await shown.evaluate(measure)
    assert "ポケットーク" in "".join(text for text, *_ in found)
    for text, x, is_monospace, left, right in found:
        width = cell_len(text.replace("\u00a0", " ")) * CELL_WIDTH
        assert is_monospace
        assert left == pytest.approx(x, abs=0.1), text
        assert right - left == pytest.approx(width, rel=0.02), text


@needs_browser
async def test_the_mark_stands_around_the_target(page: Path) -> None:
    async with opened(page, "#quantity", locale="ja-JP") as (shown, _):
        mark = await shown.evaluate("(({x, y, width, height}) => [x, y, width, height].map(Math.round))"
                                    "(document.querySelector('section.current .mark').getBBox())")  # fmt: skip
    x, y, width, height = mark
    assert 0 < x < x + width <= SIZE[0] * CELL_WIDTH + 6
    assert 24 < height < 3 * 24.4 + 7
    assert 0 < y < SIZE[1] * 24.4


@needs_browser
@pytest.mark.parametrize("scheme", ["dark", "light"])
async def test_the_page_is_dark_or_light_as_the_reader_has_it(page: Path, scheme: str) -> None:
    async with opened(page, color_scheme=scheme) as (shown, _):
        ground = await shown.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, re.findall(r"\d+", ground))) < 200) == (scheme == "dark")


def test_the_language_spoken_before_is_spoken_again(folder: Path) -> None:
    use_language("en")
    asyncio.run(exported(load_scenario(folder / "three.toml"), ("ja",), SIZE))
    assert language() == "en"
