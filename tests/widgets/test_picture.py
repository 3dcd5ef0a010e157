"""Pictures of the screen: the text work, what an app really exports, and what a browser makes of it."""

import json
import re
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.widgets import Button, DataTable, Input, Label

from stellr_tui.widgets.picture import CELL_WIDTH, correct_svg
from tests.pictures import CHROMIUM, html_after_scripts, render

needs_browser = pytest.mark.skipif(
    not CHROMIUM, reason="chromium is not installed: how a browser shows the corrected picture is left out"
)


class JapaneseApp(App[None]):
    """Japanese of every width beside Latin, in a table, in boxes and in bold."""

    TITLE = "発注ポータル & <Stellr>"
    CSS = "Vertical { border: round green; height: 5; } DataTable { height: auto; }"

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Label('顧客番号 159813 [b]テスト株式会社[/b] ﾃｽﾄ株 & <本社> "東京"')
            yield Label("が（濁点） ￥1,000 ～ ─ … 가나다")
        yield DataTable[str]()
        yield Input("契約番号")
        yield Button("発注する")

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("契約番号", "製品名", "金額(税抜)")
        for number in range(3):
            table.add_row(str(81766 + number), "Microsoft 365 年間契約（月払い）", f"￥{number * 1234:,}")


async def exported() -> str:
    app = JapaneseApp()
    async with app.run_test(size=(70, 20)) as pilot:
        await pilot.pause()
        return app.export_screenshot()


def run(text: str, x: str = "12.2") -> str:
    """A run as Rich writes it, with the number of characters for its width."""
    length = len(unescape(text)) * CELL_WIDTH
    return f'<text class="t-r1" x="{x}" y="20" textLength="{length:g}" clip-path="url(#t-line-0)">{text}</text>'


def pieces(svg: str) -> list[tuple[str, float, float]]:
    """Text, left edge and width of each piece, both in cells."""
    found = re.findall(r'<text class="[^"]*" x="([^"]*)" y="[^"]*" textLength="([^"]*)"[^>]*>([^<]*)</text>', svg)
    return [
        (unescape(text), round(float(x) / CELL_WIDTH, 3), round(float(width) / CELL_WIDTH, 3))
        for x, width, text in found
    ]


def test_a_japanese_run_is_as_wide_as_its_cells() -> None:
    assert pieces(correct_svg(run("株式会社"))) == [("株式会社", 1, 8)]


def test_a_latin_run_keeps_its_width() -> None:
    assert pieces(correct_svg(run("Microsoft&#160;365"))) == [("Microsoft\u00a0365", 1, 13)]


def test_a_mixed_run_is_cut_where_the_width_or_the_font_changes() -> None:
    assert pieces(correct_svg(run("No.1&#160;本社ﾃｽﾄ─│終"))) == [
        ("No.1\u00a0", 1, 5),
        ("本社", 6, 4),
        ("ﾃｽﾄ", 10, 3),
        ("─│", 13, 2),
        ("終", 15, 2),
    ]


def test_a_character_that_any_font_may_draw_stands_alone() -> None:
    assert pieces(correct_svg(run("a……b"))) == [("a", 1, 1), ("…", 2, 1), ("…", 3, 1), ("b", 4, 1)]


def test_a_mark_stays_with_the_character_it_is_on() -> None:
    assert pieces(correct_svg(run("か\u3099く"))) == [("か\u3099く", 1, 4)]


def test_what_has_a_meaning_in_xml_is_counted_once_and_stays_escaped() -> None:
    svg = correct_svg(run("A&amp;B&#160;&lt;本社&gt;&#160;&quot;&#x27;"))
    assert pieces(svg) == [("A&B\u00a0<", 1, 5), ("本社", 6, 4), (">\u00a0\"'", 10, 4)]
    assert "A&amp;B&#160;&lt;" in svg


def test_a_line_end_leaves_nothing() -> None:
    assert correct_svg(run("\n")) == ""


def test_the_style_of_a_run_stays_with_all_its_pieces() -> None:
    svg = correct_svg(run("abc本社"))
    assert svg.count('class="t-r1"') == svg.count('clip-path="url(#t-line-0)"') == svg.count('y="20"') == 2


async def test_every_piece_of_an_exported_picture_is_as_wide_as_its_cells() -> None:
    found = pieces(correct_svg(await exported()))
    assert {"テスト株式会社", "製品名", "発注する", "契約番号"} <= {text for text, _, _ in found}
    assert [(text, width) for text, _, width in found] == [
        (text, cell_len(text.replace("\u00a0", " "))) for text, _, _ in found
    ]


async def test_no_two_pieces_of_an_exported_picture_overlap() -> None:
    svg = correct_svg(await exported())
    rows = re.findall(r'<text class="[^"]*" x="([^"]*)" y="([^"]*)" textLength="([^"]*)"', svg)
    places = sorted((float(y), float(x), float(width)) for x, y, width in rows)
    for (row, left, width), (next_row, next_left, _) in pairwise(places):
        assert row != next_row or left + width <= next_left + 0.01


async def test_a_picture_loads_nothing_from_the_network() -> None:
    original = await exported()
    addresses = re.compile(r"url\((?!#)|@import|https?://(?!www\.w3\.org/2000/svg)(?!www\.textualize\.io)")
    assert addresses.search(original)
    assert not addresses.search(correct_svg(original))


async def test_a_japanese_font_is_named_before_the_fallback() -> None:
    svg = correct_svg(await exported())
    fonts = re.findall(r"font-family: ([^;]*);", svg)
    assert any(re.search(r"'Noto Sans Mono CJK JP'.*'MS Gothic'.*, monospace$", font) for font in fonts)
    assert "full-width" not in svg


async def test_a_corrected_picture_is_left_as_it_is() -> None:
    corrected = correct_svg(await exported())
    assert correct_svg(corrected) == corrected


@needs_browser
async def test_a_browser_shows_every_piece_as_wide_as_its_cells_and_in_its_place(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    script = """
        const texts = [...document.querySelectorAll("text[textLength]")].filter(text => text.textContent.trim());
        const shown = texts.map(text => {
            const last = text.getNumberOfChars() - 1;
            return [text.textContent, +text.getAttribute("x"), +text.getAttribute("textLength"),
                    text.getStartPositionOfChar(0).x, text.getEndPositionOfChar(last).x];
        });
        document.body.innerHTML = "<pre></pre>";
        document.querySelector("pre").textContent = JSON.stringify(shown);
    """
    svg = correct_svg(await exported())
    page.write_text(f'<!doctype html><meta charset="utf-8"><body>{svg}<script>{script}</script>', encoding="utf-8")
    found = re.search(r"<pre>(.*)</pre>", html_after_scripts(page), re.DOTALL)
    assert found
    shown = json.loads(unescape(found[1]))
    assert "テスト株式会社" in [text for text, *_ in shown]
    for text, x, width, left, right in shown:
        assert left == pytest.approx(x, abs=0.1), text
        assert right - left == pytest.approx(width, rel=0.02), text


@needs_browser
async def test_a_browser_draws_the_picture_at_its_size(tmp_path: Path) -> None:
    svg, png = tmp_path / "picture.svg", tmp_path / "picture.png"
    svg.write_text(correct_svg(await exported()), encoding="utf-8")
    render(svg, png)
    header = png.read_bytes()[:24]
    width, height = (int.from_bytes(header[start : start + 4], "big") for start in (16, 20))
    viewbox = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg.read_text(encoding="utf-8"))
    assert viewbox
    assert (width, height) == (round(float(viewbox[1])), round(float(viewbox[2])))


def test_a_picture_without_a_size_is_refused(tmp_path: Path) -> None:
    svg = tmp_path / "picture.svg"
    svg.write_text("<svg/>", encoding="utf-8")
    with pytest.raises(ValueError, match="does not say how large"):
        render(svg, tmp_path / "picture.png")
