"""Box and marks over the real app: beside the target, never over anything, whatever scrolls, opens or is resized."""

from pathlib import Path

import pytest
from textual.binding import Binding
from textual.dom import DOMNode
from textual.events import Key as KeyEvent
from textual.geometry import Region
from textual.widgets import Input

from screens.explanation import FieldExplanation
from stellr_tui.classroom.guide import GuideApp
from stellr_tui.classroom.names import vocabulary
from stellr_tui.classroom.overlay import BAND
from stellr_tui.lessons.intents import Fill, Key, Open, Press, Way
from stellr_tui.lessons.scenario import Filed
from stellr_tui.lessons.shelf import find_scenarios
from stellr_tui.reference.texts import use_language
from tests.journeys.terminal import key_bytes
from tests.lessons.players import Seat, practising

SIZES = {"ja": [(80, 24), (120, 36)], "en": [(80, 24), (160, 48)]}
SIGN_IN = (Fill("login", "lucy"), Fill("password", "stellr-demo"), Press("sign-in"))


@pytest.fixture
def filed() -> Filed:
    """The first lesson."""
    [found] = find_scenarios(["new-order"])
    return found


async def to_the_products(seat: Seat[GuideApp]) -> None:
    """The first three steps, to the vendor's page."""
    await seat.does(*SIGN_IN, Press("tile-stellr"), Press("vendor-pocketalk"))
    await seat.reaches(4)


async def to_the_end_user(seat: Seat[GuideApp]) -> None:
    """The first six steps, to the long form of a new end user."""
    await to_the_products(seat)
    await seat.does(Fill("quantity-6900990", "1"), Key("vendor.put-in-cart"), Key("order.new-end-user"))
    await seat.reaches(7)


def text_below(seat: Seat[GuideApp], region: Region) -> str:
    """What the screen shows at a place where a box stands, were it not there."""
    strips = seat.app.screen._compositor.render_strips(seat.app.size)
    return "".join(strips[y].crop(region.x, region.right).text for y in range(region.y, region.bottom))


async def assert_nothing_is_covered(seat: Seat[GuideApp]) -> None:
    """The box is whole on the screen, and stands on blanks or on room that the page has left to it."""
    box, screen = seat.box, seat.app.screen
    where = box.region
    assert screen.region.contains_region(where)
    if box.has_class(BAND):
        shown = screen._compositor.visible_widgets.items()
        seen = [(one, place.intersection(clip)) for one, (place, clip) in shown if one is not screen]
        others = [(one, place) for one, place in seen if place.area and box not in one.ancestors_with_self]
        over = [one for one, place in others if place.overlaps(where)]
        assert over == []
        return
    box.visible = False
    await seat.until(lambda: box not in screen._compositor.visible_widgets)
    assert text_below(seat, where).strip() == "", seat.painted()
    box.visible = True
    await seat.settles()
    inputs = [one for one in screen._compositor.visible_widgets if isinstance(one, Input)]
    assert not any(seat.seen(one).overlaps(seat.box.region) for one in inputs)


def assert_target_is_marked(seat: Seat[GuideApp]) -> None:
    """All of the target is in sight, between marks that do not rest on colour."""
    target = seat.target
    assert target is not None
    region = seat.seen(target)
    assert region == target.region or region.height >= seat.app.size.height // 3, (target, region, target.region)
    assert not region.overlaps(seat.box.region)
    left, right = seat.marked()
    assert (left.right, right.x) == (region.x, region.right)
    assert (left.y, left.height) == (right.y, right.height) == (region.y, region.height)
    lines = seat.app.screen._compositor.render_strips(seat.app.size)
    for y in range(region.y, region.bottom):
        assert lines[y].crop(left.x, left.right).text == ">"
        assert lines[y].crop(right.x, right.right).text == "<"


@pytest.mark.parametrize("language", SIZES)
async def test_at_every_step_and_size_the_target_is_in_sight_and_marked_and_nothing_is_covered(
    language: str, filed: Filed, tmp_path: Path
) -> None:
    use_language(language)
    async with practising(filed, tmp_path, SIZES[language][0]) as seat:
        for number, step in enumerate(filed.scenario.step, 1):
            await seat.reaches(number)
            for size in SIZES[language]:
                await seat.pilot.resize_terminal(*size)
                await seat.settles()
                assert_target_is_marked(seat)
                await assert_nothing_is_covered(seat)
                for words in (f"{number}/{len(filed.scenario.step)}", step.instruction, filed.scenario.manual):
                    assert seat.box_says(str(words)), (size, step.id, words)
            await seat.walks(step)


async def test_where_there_is_room_the_box_stands_right_beside_its_target(filed: Filed, tmp_path: Path) -> None:
    async with practising(filed, tmp_path, (120, 36)) as seat:
        await seat.does(*SIGN_IN)
        await seat.reaches(2)
        assert not seat.box.has_class(BAND)
        target = seat.target
        assert target is not None
        assert seat.box.region.y == target.region.bottom


async def test_it_takes_neither_the_focus_nor_a_key_of_the_portals(filed: Filed, tmp_path: Path) -> None:
    async with practising(filed, tmp_path) as seat:
        assert seat.app.focused is not None
        assert seat.app.focused.id == "login"
        assert not [one for one in seat.app.screen.focus_chain if (one.id or "").startswith("lesson-")]
    vocabulary()  # imports every screen
    own = {key for one in GuideApp.BINDINGS if isinstance(one, Binding) for key in one.key.split(",")}
    assert own == {"f10", "ctrl+underscore", "f12", "ctrl+y"}
    # The ways to the lessons and to the table of keys have no place in a lesson, whose own keys come first.
    give_way = {"app.lessons", "app.keys"}
    portals = [
        key
        for kind in all_below(DOMNode)
        if not kind.__module__.startswith("stellr_tui.classroom")
        for one in kind.__dict__.get("BINDINGS", ())
        if not (isinstance(one, Binding) and one.id in give_way)
        for key in (one.key if isinstance(one, Binding) else one[0]).split(",")
    ]
    assert "ctrl+s" in portals
    assert own & set(portals) == set()
    assert all(one.priority for one in GuideApp.BINDINGS if isinstance(one, Binding))
    assert all(key_bytes(key) for key in own)


def all_below(kind: type[DOMNode]) -> list[type[DOMNode]]:
    """Every class of a kind."""
    found: list[type[DOMNode]] = []
    for one in kind.__subclasses__():
        found += [one, *all_below(one)]
    return found


async def test_the_box_leaves_the_field_to_which_the_trainee_goes(filed: Filed, tmp_path: Path) -> None:
    async with practising(filed, tmp_path, (80, 24)) as seat:
        await to_the_end_user(seat)
        for _press in range(12):
            await seat.presses("tab")
            await seat.settles()
            assert seat.app.focused is not None
            assert not seat.seen(seat.app.focused).overlaps(seat.box.region)
            await assert_nothing_is_covered(seat)


async def test_a_target_that_was_scrolled_away_is_told_of_and_comes_back_by_a_key(filed: Filed, tmp_path: Path) -> None:
    async with practising(filed, tmp_path, (80, 24)) as seat:
        await to_the_end_user(seat)
        assert_target_is_marked(seat)
        await seat.presses("pagedown", "pagedown")
        await seat.until(lambda: not seat.marked(), "no mark")
        await seat.until(lambda: seat.sees("F12 ^y 目印へ"))
        await seat.settles()
        assert not seat.marked()  # what the trainee has scrolled away stays away
        await seat.presses("f12")
        await seat.settles()
        assert_target_is_marked(seat)
        assert not seat.sees("目印へ")


async def test_over_a_dialog_it_is_said_that_the_target_is_elsewhere(filed: Filed, tmp_path: Path) -> None:
    async with practising(filed, tmp_path, (80, 24)) as seat:
        await to_the_products(seat)
        await seat.presses("f1")
        await seat.until(lambda: isinstance(seat.app.screen, FieldExplanation))
        await seat.settles()
        assert seat.sees("目印はこの画面にありません。")
        assert not seat.marked()
        await assert_nothing_is_covered(seat)
        await seat.presses("escape")
        await seat.until(lambda: not isinstance(seat.app.screen, FieldExplanation))
        await seat.settles()
        assert_target_is_marked(seat)


async def test_on_another_page_nothing_is_marked_and_back_on_its_page_the_target_is(
    filed: Filed, tmp_path: Path
) -> None:
    async with practising(filed, tmp_path) as seat:
        await to_the_products(seat)
        await seat.does(Open(Way.CUSTOMERS))
        await seat.settles()
        assert not seat.marked()
        assert seat.sees("目印はこの画面にありません。")
        await seat.presses("escape")
        await seat.settles()
        assert_target_is_marked(seat)


async def test_japanese_that_is_committed_at_once_goes_into_the_field_below_the_box(
    filed: Filed, tmp_path: Path
) -> None:
    async with practising(filed, tmp_path, (80, 24)) as seat:
        await to_the_end_user(seat)
        driver = seat.app._driver
        assert driver is not None
        for letter in "テスト株式会社":
            driver.send_message(KeyEvent(letter, letter))
        await seat.reaches(8)
        assert seat.app.sight.values("company") == ("テスト株式会社",)
