"""The settings: seen while they are chosen, kept on saving, reached from everywhere; a wrong file is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Button, Select

from screens.settings import SettingsScreen
from stellr_tui.app import StellrApp
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.reference.settings import Density, Settings, read_settings
from stellr_tui.reference.texts import _, language
from stellr_tui.widgets.keymap import key_caps, keys_of, known_bindings
from stellr_tui.widgets.places import Home, Place, SubscriptionPage
from tests.desk.office import a_sent_order
from tests.screens.clerk import POCKETALK, Clerk, Open


async def opened(clerk: Clerk) -> None:
    """The settings, by their key."""
    await clerk.presses("f11")
    await clerk.until(lambda: isinstance(clerk.app.screen, SettingsScreen) and clerk.one("#settings-form"), "設定")
    await clerk.settles()


async def test_colours_and_density_are_seen_at_once_and_kept_on_saving(portal: Open, settings: Path) -> None:
    async with portal(Home()) as clerk:
        await opened(clerk)
        await clerk.chooses("theme", "light")
        await clerk.chooses("density", "compact")
        await clerk.until(lambda: clerk.app.theme == "stellr-light" and clerk.app.has_class("-compact"))
        await clerk.types("account", "700100")
        await clerk.presses("ctrl+s")
        await clerk.until(lambda: not isinstance(clerk.app.screen, SettingsScreen))
        assert clerk.app.theme == "stellr-light"
    text = (settings / "settings.toml").read_text(encoding="utf-8")
    assert sorted(text.splitlines()) == [
        'account = "700100"',
        'density = "compact"',
        f'language = "{language()}"',
        'theme = "light"',
    ]


@pytest.mark.parametrize(("place", "size"), [(POCKETALK, (80, 24)), (POCKETALK, (120, 36)), (Home(), (120, 36))])
async def test_compact_needs_fewer_lines_for_the_same_page(portal: Open, place: Place, size: tuple[int, int]) -> None:
    async with portal(place, size=size) as clerk:

        def lines() -> int:
            return sum(bool(line.strip()) for line in clerk.painted().splitlines())

        def last() -> int:
            """How far down the last of the page stands."""
            return max(one.virtual_region_with_margin.bottom for one in clerk.one("#page").children if one.display)

        before, said = last(), lines()
        clerk.app.wear(Settings(density=Density.COMPACT))
        await clerk.until(lambda: last() < before - 2, "closer together")
        assert lines() >= said
        clerk.app.wear(Settings())
        await clerk.until(lambda: (last(), lines()) == (before, said), "as before")


async def test_cancelled_settings_are_as_they_were(portal: Open, settings: Path) -> None:
    async with portal(Home()) as clerk:
        await opened(clerk)
        await clerk.chooses("theme", "contrast")
        await clerk.until(lambda: clerk.app.theme == "stellr-contrast")
        await clerk.presses("escape")
        await clerk.until(lambda: clerk.one("#throw-away"))
        await clerk.clicks("#throw-away")
        await clerk.until(lambda: clerk.app.theme == "stellr-dark")
        assert clerk.app.settings == Settings()
    assert list(settings.iterdir()) == []


async def test_a_pattern_shows_its_next_number_and_a_wrong_one_is_refused(portal: Open, settings: Path) -> None:
    async with portal(Home()) as clerk:
        await opened(clerk)
        await clerk.types("po_pattern", "PO-{yyyy}-{nnn}")
        year = clerk.app.clock.today.year if clerk.app.clock else 0
        await clerk.until(lambda: clerk.sees(f"PO-{year}-001"))
        await clerk.types("po_pattern", "PO-{yyyy}")
        await clerk.presses("ctrl+s")
        await clerk.refused_at("po_pattern", "連番")
    assert list(settings.iterdir()) == []


async def test_what_is_typed_on_the_page_below_is_still_there(portal: Open, settings: Path) -> None:
    async with portal(POCKETALK) as clerk:
        await clerk.types("quantity.6900990", "3")
        await opened(clerk)
        await clerk.presses("escape")
        await clerk.until(lambda: clerk.value("quantity.6900990") == "3")


async def test_a_dialog_does_not_keep_the_settings_away_and_one_is_enough(portal: Open, settings: Path) -> None:
    async with portal(Home()) as clerk:
        await clerk.presses("f9")
        await clerk.until(lambda: clerk.one("#date"))
        await opened(clerk)
        await clerk.presses("f11")
        await clerk.settles()
        assert [type(one) for one in clerk.app.screen_stack].count(SettingsScreen) == 1
        await clerk.presses("escape")
        await clerk.until(lambda: clerk.one("#date"))


async def test_the_way_to_the_keys_and_the_key_that_closes_a_list_of_choices_are_named_in_the_language_spoken(
    portal: Open, settings: Path
) -> None:
    async with portal(Home()) as clerk:
        await opened(clerk)
        assert str(clerk.app.screen.query_one("#all-keys", Button).label) == {"ja": "キー", "en": "Keys"}[language()]
        clerk.one("#theme").focus()
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.app.screen.query_one("#theme", Select).expanded)
        await clerk.until(lambda: clerk.sees("esc 閉じる"))


async def keys_opened(clerk: Clerk, searched: str) -> None:
    """The table of the keys, by its key, at the first row that is found."""
    await clerk.presses("f10")
    await clerk.until(lambda: clerk.rows("#keys").row_count, "キー")
    await clerk.types_into("#keys-searched", searched)
    await clerk.presses("enter")
    await clerk.until(lambda: clerk.rows("#keys").has_focus)


async def test_the_table_of_keys_begins_with_those_that_work_here(portal: Open, settings: Path) -> None:
    async with portal(POCKETALK) as clerk:
        await clerk.presses("f10")
        await clerk.until(lambda: clerk.rows("#keys").row_count, "キー")
        rows = clerk.rows("#keys")
        marked = [name for name in rows.keys if rows.texts(name)[0].startswith("*")]
        assert marked == list(rows.keys)[: len(marked)]
        assert {"vendor.put-in-cart", "page.back", "app.settings", "app.quit"} <= set(marked)
        assert {"portal.sign-out", "order.place", "mail.save"} <= set(rows.keys) - set(marked)


async def test_each_key_is_named_as_it_stands_on_the_keyboard_and_what_it_does_once(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    a_sent_order(desk, lucy)
    async with portal(SubscriptionPage(81766)) as clerk:
        await clerk.presses("f10")
        await clerk.until(lambda: clerk.rows("#keys").row_count, "キー")
        rows = clerk.rows("#keys")
        keys = {name: rows.texts(name)[2] for name in rows.keys}
        assert (keys["screen.next"], keys["screen.previous"]) == ("Tab", "Shift+Tab")
        assert (keys["app.keys"], keys["app.settings"]) == ("F10, Ctrl+/", "F11, Ctrl+\\")
        assert (keys["keys.own"], keys["subscription.add"], keys["subscription.reduce"]) == ("Delete", "+", "-")
        here = [rows.texts(name)[0] for name in rows.keys if rows.texts(name)[0].startswith("*")]
        assert [here.count(f"* {_(label)}") for label in ("＋数量追加", "－数量減少", "解約")] == [1, 1, 1]


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Ctrl+Z", "ctrl+z"),
        ("CTRL+Z", "ctrl+z"),
        ("Ctrl+/", "ctrl+underscore"),
        ("Ctrl+\\", "ctrl+backslash"),
        ("ctrl+?", "ctrl+question_mark"),
        ("Alt++", "alt+plus"),
        ("Esc", "escape"),
        ("PageUp", "pageup"),
        ("Shift+Tab", "shift+tab"),
        ("Shift+Z", "Z"),
        ("+", "plus"),
        ("-", "minus"),
        ("z", "z"),
        ("Z", "Z"),
    ],
)
def test_a_key_is_taken_as_it_stands_on_the_keyboard(typed: str, key: str) -> None:
    binding = known_bindings()["app.quit"]
    assert keys_of(binding, {"app.quit": typed}) == (key,)
    assert keys_of(binding, {"app.quit": key}) == (key,)
    assert keys_of(binding, {"app.quit": key_caps([key])}) == (key,)


async def test_another_key_works_at_once_and_its_own_no_longer(portal: Open, settings: Path) -> None:
    async with portal(Home()) as clerk:
        await keys_opened(clerk, "visit.catalog")
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.one("#take-line"))
        await clerk.types("keys", "f2")
        await clerk.presses("enter")
        await clerk.refused_at("keys", "visit.home")
        await clerk.types("keys", "Ctrl+Z")
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.texts("#keys", "visit.catalog")[2] == "Ctrl+Z (元 F3)")
        assert read_settings().settings.keys == {"visit.catalog": "Ctrl+Z"}
        await clerk.presses("escape")
        await clerk.until(lambda: clerk.one("#vendor-pocketalk"))
        await clerk.presses("f3")
        await clerk.settles()
        assert clerk.app.place == Home()
        await clerk.presses("ctrl+z")
        await clerk.until(lambda: clerk.rows("#vendors").row_count, "ベンダーカタログ")
        await keys_opened(clerk, "visit.catalog")
        await clerk.presses("delete")
        await clerk.until(lambda: clerk.texts("#keys", "visit.catalog")[2] == "F3")
    assert read_settings().settings == Settings()


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('[keys]\n"page.bck" = "f3"', ["settings.toml:2", "page.bck", "page.back"]),
        ('\n[keys]\n"page.back" = "contrl+x"', ["settings.toml:3", "contrl+x", "ctrl+k"]),
        ('[keys]\n"visit.home" = "f3"', ["settings.toml:2", "f3", "visit.catalog"]),
        ('[keys]\n"field.explain" = "ctrl+s"', ["settings.toml:2", "「ctrl+s」"]),
        ('[keys]\n"visit.home" = "f1"', ["settings.toml:2", "「f1」"]),
        ('[keys]\n"app.quit" = "q"', ["settings.toml:2", "「q」"]),
        ('[keys]\n"visit.home" = "F3"', ["settings.toml:2", "キー「f3」", "visit.catalog"]),
        ('theme = "blue"', ["settings.toml:1", "blue", "dark, light, contrast"]),
        ("theme = ", ["settings.toml"]),
    ],
)
async def test_a_wrong_file_is_said_at_the_start_and_the_rest_works(
    lines: str, said: list[str], database: Path, settings: Path
) -> None:
    (settings / "settings.toml").write_text(lines, encoding="utf-8")
    app = StellrApp(str(database), read=read_settings())
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        clerk = Clerk(app, pilot)
        await clerk.until(lambda: clerk.notices())
        assert [one for one in said if one not in clerk.notices()] == []
        assert app._keymap == {}
        await clerk.until(lambda: clerk.one("#login").has_focus)
        await clerk.settles()
    app.desk().store.close()


@pytest.mark.parametrize(
    "keys",
    [
        {"visit.home": "f3", "visit.catalog": "f2"},
        {"field.explain": "f1", "vendor.rules": "f1", "order.terms": "f1,ctrl+z"},
    ],
    ids=["changed places", "shared from the start"],
)
async def test_two_keys_may_change_places_and_share_what_they_share_from_the_start(
    database: Path, settings: Path, keys: dict[str, str]
) -> None:
    lines = [f'"{name}" = "{key}"' for name, key in keys.items()]
    (settings / "settings.toml").write_text("\n".join(["[keys]", *lines]), encoding="utf-8")
    app = StellrApp(str(database), read=read_settings())
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        clerk = Clerk(app, pilot)
        await clerk.until(lambda: clerk.one("#login").has_focus)
        await clerk.settles()
        assert clerk.notices() == ""
        assert app._keymap == keys
    app.desk().store.close()
