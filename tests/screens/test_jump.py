"""Jump mode: a letter on everything one can go to and see; the letter goes there, from everywhere and at once."""

import pytest
from textual.widgets import Input, TabbedContent

from stellr_tui.desk.cart import Choice, put_in_cart
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.widgets import places
from stellr_tui.widgets.jump import LETTERS, Jump, Target, codes, targets_on
from stellr_tui.widgets.words import Words
from tests.desk.office import ANNUAL, a_sent_order, an_order
from tests.screens.clerk import POCKETALK, Clerk, Open
from tests.screens.pages import EVERY_PAGE

KEY = "ctrl+right_square_bracket"
SIZES = ((80, 24), (160, 48))


def targets(clerk: Clerk) -> dict[str, Target]:
    """What one can go to on the screen, by ids; a tab by that of its part of the page."""
    screen = clerk.app.screen
    return {one.widget.id or "": one for one in targets_on(screen)}


async def jumps(clerk: Clerk) -> None:
    await clerk.presses(KEY)
    await clerk.until(lambda: isinstance(clerk.app.screen, Jump) and clerk.app.screen.query(".letter"))


async def is_back(clerk: Clerk) -> None:
    await clerk.until(lambda: not isinstance(clerk.app.screen, Jump))


def test_letters_are_enough_for_all_and_none_begins_another() -> None:
    for count in (0, 1, 26, 27, 51, 52, 200, 676):
        given = codes(count)
        assert len(given) == len(set(given)) == count
        assert not [(one, other) for one in given for other in given if one != other and other.startswith(one)]
    assert set(codes(26)) == set(LETTERS) and all(len(one) == 1 for one in codes(26))
    assert [len(one) for one in codes(27)].count(2) == 2
    assert len(codes(1000)) == 676


async def test_a_letter_gives_the_focus_to_what_it_stands_on(portal: Open) -> None:
    async with portal(POCKETALK) as clerk:
        code = targets(clerk)["plan-monthly"].code
        await jumps(clerk)
        await clerk.presses(*code)
        await is_back(clerk)
        await clerk.until(lambda: clerk.one("#plan-monthly").has_focus)


async def test_keys_right_behind_arrive_where_the_letter_leads(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        code = targets(clerk)["security-contact-email"].code
        clerk.presses_at_once(KEY, *code, "x", "@", "y", "tab", "z")
        await clerk.until(lambda: clerk.value("location") == "z")
        assert clerk.value("security_contact.email") == "x@y"
        assert clerk.value("company") == ""


@pytest.mark.parametrize("size", SIZES)
async def test_all_that_can_be_reached_and_seen_has_a_letter_in_the_order_of_the_eye(
    portal: Open, desk: Desk, lucy: SignedIn, size: tuple[int, int]
) -> None:
    an_order(desk, lucy)
    a_sent_order(desk, lucy, po_number="second")
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    async with portal(places.Portal(), size=size) as clerk:
        for place in EVERY_PAGE:
            await clerk.goes(place)
            screen = clerk.app.screen
            await clerk.until(lambda: clerk.app.screen.focused is not None, f"a focus on {place}")
            found = targets_on(screen)
            # The bar of the tabs is where its tabs are.
            seen = [one for one in screen.focus_chain if screen.find_widget(one).visible_region and one.id != "tabs"]
            assert {one for one in seen if type(one).__name__ not in ("ContentTabs", "Tabs")} <= {
                one.widget for one in found
            }, place
            assert found == targets_on(screen)
            order = [(one.at.y, one.at.x) for one in found]
            assert order == sorted(order)
            behind = [(one.at.y, one.at.x + one.width) for one in found]
            assert all(end <= start for end, start in zip(behind, order[1:], strict=False)), place


async def test_a_letter_is_painted_where_its_target_is_and_no_character_is_cut_in_half(portal: Open) -> None:
    async with portal(places.Customers(), size=(160, 60)) as clerk:
        await clerk.opens_new_end_user()
        # As many fields as there are no letters for alone.
        await clerk.presses("ctrl+n", "ctrl+l")
        await clerk.until(lambda: clerk.control("locations.2.location").has_focus)
        await clerk.fills({name: "aあaあaあ" if "kana" in name else "あいうえお" for name in clerk.typed()})
        await clerk.until(lambda: len(targets(clerk)) > len(LETTERS), "more targets than letters")
        found = [one for one in targets(clerk).values() if isinstance(one.widget, Input)]
        assert {len(one.code) for one in targets(clerk).values()} == {1, 2}
        await jumps(clerk)
        letters = {str(one.content): one for one in clerk.app.screen.query(".letter").results(Words)}
        await clerk.until(lambda: all(clerk.is_seen(one) for one in letters.values()), "the letters")
        two = sum(one.width == 2 and "kana" not in (one.widget.id or "") for one in found)
        # What was typed last may be painted behind the letters.
        await clerk.until(lambda: clerk.painted().count("いうえお") == two, "what is typed behind the letters")
        lines = clerk.app.screen._compositor.render_strips(clerk.app.size)
        assert {one.cell_length for one in lines} == {160}
        for one in found:
            line = lines[one.at.y]
            assert line.crop(one.at.x, one.at.x + one.width).text == one.code.ljust(one.width)
            rest = line.crop(one.at.x + one.width).text
            if one.width == 2 and one.widget.id and "kana" not in one.widget.id:
                assert rest.startswith("いうえお")


async def test_two_letters_lead_on_where_one_is_not_enough(portal: Open) -> None:
    async with portal(places.Customers(), size=(160, 60)) as clerk:
        await clerk.opens_new_end_user()
        await clerk.presses("ctrl+n", "ctrl+l")
        await clerk.until(lambda: clerk.control("locations.2.location").has_focus)
        await clerk.until(lambda: len(targets(clerk)) > len(LETTERS))
        two = next(one for one in targets(clerk).values() if len(one.code) == 2)
        await jumps(clerk)
        await clerk.presses(two.code[0])
        shown = clerk.app.screen.query(".letter").results(Words)
        assert {str(one.content)[0] for one in shown if one.display} == {two.code[0]}
        await clerk.presses(two.code[1])
        await is_back(clerk)
        await clerk.until(lambda: two.widget.has_focus)


@pytest.mark.parametrize("size", SIZES)
async def test_in_a_dialog_the_letters_stand_on_the_dialog_alone(portal: Open, size: tuple[int, int]) -> None:
    async with portal(places.Customers(), size=size) as clerk:
        await clerk.presses("f10")
        await clerk.until(lambda: clerk.one("#keys-searched").has_focus)
        found = targets(clerk)
        assert set(found) == {"keys-searched", "keys", "change-key", "own-key", "close"}
        clerk.presses_at_once(KEY, *found["own-key"].code)
        await clerk.until(lambda: clerk.one("#own-key").has_focus)


async def test_a_letter_on_the_navigation_opens_the_page(portal: Open) -> None:
    async with portal(POCKETALK) as clerk:
        clerk.presses_at_once(KEY, *targets(clerk)["nav-customers"].code)
        await clerk.arrives(places.Customers())


async def test_a_letter_on_a_tab_opens_it(portal: Open) -> None:
    async with portal(places.Results()) as clerk:
        code = next(one.code for name, one in targets(clerk).items() if name.endswith("tab-invoices"))
        await jumps(clerk)
        await clerk.presses(*code)
        await clerk.until(lambda: clerk.app.screen.query_one(TabbedContent).active == "tab-invoices")


async def test_a_letter_alone_sends_nothing(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    async with portal(places.NewOrder()) as clerk:
        clerk.presses_at_once(KEY, *targets(clerk)["place-order"].code)
        await clerk.until(lambda: clerk.one("#place-order").has_focus)
        await clerk.settles()
        assert clerk.app.place == places.NewOrder()
        assert not clerk.refused()


async def test_escape_leaves_everything_as_it_was(portal: Open) -> None:
    async with portal(POCKETALK) as clerk:
        await clerk.types(f"quantity.{ANNUAL}", "7")
        await jumps(clerk)
        await clerk.presses("escape")
        await is_back(clerk)
        assert clerk.control(f"quantity.{ANNUAL}").has_focus
        assert clerk.value(f"quantity.{ANNUAL}") == "7"
        assert clerk.app.place == POCKETALK


async def test_what_is_no_letter_of_a_target_does_nothing(portal: Open) -> None:
    async with portal(places.Home()) as clerk:
        free = next(one for one in LETTERS if one not in {target.code for target in targets(clerk).values()})
        await jumps(clerk)
        await clerk.presses(free, "f4", "tab", "enter", "9")
        await clerk.settles()
        assert isinstance(clerk.app.screen, Jump)
        assert clerk.app.place == places.Home()


async def test_full_width_letters_and_capitals_are_letters(portal: Open) -> None:
    async with portal(POCKETALK) as clerk:
        capital = targets(clerk)["plan-annual"].code.upper()
        full_width = chr(ord(targets(clerk)["plan-monthly"].code) + 0xFEE0)
        await jumps(clerk)
        await clerk.presses(full_width)
        await clerk.until(lambda: clerk.one("#plan-monthly").has_focus)
        await jumps(clerk)
        await clerk.presses(capital)
        await clerk.until(lambda: clerk.one("#plan-annual").has_focus)


async def test_in_a_terminal_of_another_size_the_letters_are_gone(portal: Open) -> None:
    async with portal(POCKETALK) as clerk:
        await jumps(clerk)
        await clerk.pilot.resize_terminal(80, 24)
        await is_back(clerk)


async def test_a_page_that_comes_meanwhile_takes_the_letters_away(portal: Open) -> None:
    async with portal(POCKETALK) as clerk:
        await jumps(clerk)
        clerk.app.go(places.Home())
        await clerk.arrives(places.Home())
        assert len(clerk.app.screen_stack) == 2
