"""Someone at the keyboard: every kind of intent, on the real app, and what cannot be done is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Checkbox, Input, TabbedContent

from stellr_tui.classroom.actor import Actor, Stuck
from stellr_tui.lessons.intents import Choose, Fill, Intent, Key, Open, Press, Type, Way
from stellr_tui.lessons.reading import load_scenario
from stellr_tui.lessons.scenario import Filed
from stellr_tui.rules.findings import Reason
from tests.lessons.classroom import room
from tests.lessons.files import SMALL, written

ORDERED = """
place = "vendor-page"
of = "pocketalk"
[[world.past]]
order = { po_number = "PO-1", customer = 159813, lines = [{ sku = "6900990", seats = 1 }] }
[[world.past]]
order = { po_number = "PO-2", customer = 159813, lines = [{ sku = "6900990", seats = 2 }], sent = false }
[[world.past]]
order = { po_number = "PO-3", customer = 159813, lines = [{ sku = "6900990", seats = 3 }], sent = false }
"""


@pytest.fixture
def filed(tmp_path: Path) -> Filed:
    """At the vendor's page, with three orders in the past."""
    return load_scenario(written(tmp_path, SMALL.replace('signed_in = "lucy"\n', f'signed_in = "lucy"{ORDERED}')))


async def test_text_goes_into_a_field_in_place_of_what_is_there(filed: Filed, tmp_path: Path) -> None:
    async with room(filed, tmp_path / "w") as here:
        await here.does(Fill("quantity-6900990", "12"), Fill("quantity-6900990", "3"))
        assert here.sight.values("quantity-6900990") == ("3",)
        await here.does(Open(Way.CUSTOMERS), Key("customers.search"), Type("毛利（-）[x]"))
        assert here.sight.values("search") == ("毛利（-）[x]",)


async def test_boxes_are_ticked_rows_and_tabs_are_chosen(filed: Filed, tmp_path: Path) -> None:
    async with room(filed, tmp_path / "w") as here:
        await here.does(Press("plan-monthly"))
        assert here.app.screen.query_one("#plan-monthly", Checkbox).value
        assert here.sight.values("plan-monthly") == ("true",)
        await here.does(Open(Way.RESULTS))
        await here.does(Choose("tabs", "tab-mail"))
        assert here.app.screen.query_one(TabbedContent).active == "tab-mail"
        await here.does(Choose("tabs", "tab-waiting"), Choose("waiting", "PO-3"))
        place = here.sight.place()
        assert place is not None
        assert (place.name, "PO-3" in place.of, "PO-2" in place.of) == ("order-created", True, False)


async def test_the_focus_goes_by_keys_alone_and_every_key_is_told_before_it_is_pressed(
    filed: Filed, tmp_path: Path
) -> None:
    told: list[tuple[str, str]] = []

    class Watching:
        """Writes down each key with what stood in the field when it was told."""

        async def before(self, intent: Intent) -> None:
            told.append(("intent", type(intent).__name__))

        async def key(self, cap: str) -> None:
            told.append((cap, here.app.screen.query_one("#quantity-6900990", Input).value))

    async with room(filed, tmp_path / "w") as here:
        actor = Actor(here.app, here.sight, Watching())
        await here.does(Press("plan-annual"), Press("plan-annual"))
        [caps] = actor.caps(Fill("quantity-6900990", "10"))
        await actor.do(Fill("quantity-6900990", "10"))
        keys = [cap for cap, _value in told if cap != "intent"]
        assert told[0] == ("intent", "Fill")
        assert set(keys[:-2]) <= {"Tab", "Shift+Tab"}
        assert keys[:-2]
        assert [value for _cap, value in told[-2:]] == ["", "1"] or keys[-2:] == ["1", "0"]
        assert caps == (*keys[:-2], "10")
        assert actor.caps(Key("vendor.put-in-cart"), Open(Way.HOME)) == [("Ctrl+S",), ("F2",)]


async def test_the_keys_that_are_shown_are_those_that_lead_there_and_take_away_what_is_wrong(
    filed: Filed, tmp_path: Path
) -> None:
    told: list[list[str]] = []

    class Watching:
        """Writes down the keys of each intent."""

        async def before(self, intent: Intent) -> None:
            told.append([])

        async def key(self, cap: str) -> None:
            told[-1].append(cap)

    async with room(filed, tmp_path / "w") as here:
        actor = Actor(here.app, here.sight, Watching())
        # Somebody has typed something else, and gone on.
        await here.does(Fill("quantity-6900990", "7"), Press("plan-annual"), Press("plan-annual"))
        intents = (Fill("quantity-6900990", "10"), Press("put-in-cart"))
        filling, pressing = actor.caps(*intents)
        for intent in intents:
            await actor.do(intent)
        assert filling[-3:] == ("End", "Ctrl+U", "10")
        assert told == [[*filling[:-1], "1", "0"], [*pressing]]


async def test_a_key_is_pressed_as_it_is_bound_now(filed: Filed, tmp_path: Path) -> None:
    async with room(filed, tmp_path / "w") as here:
        here.app.set_keymap({"visit.customers": "ctrl+y"})
        assert here.actor.caps(Open(Way.CUSTOMERS)) == [("Ctrl+Y",)]
        await here.does(Open(Way.CUSTOMERS))
        place = here.sight.place()
        assert place is not None
        assert place.name == "customers"


@pytest.mark.parametrize(
    ("intent", "reason", "said"),
    [
        (Fill("quantity-690099", "1"), Reason.UNKNOWN_TARGET, "quantity-6900990"),
        (Press("?"), Reason.UNKNOWN_TARGET, "quantity-6900990"),
        (Fill("put-in-cart", "1"), Reason.OUT_OF_REACH, "put-in-cart"),
        (Press("breadcrumb"), Reason.OUT_OF_REACH, "breadcrumb"),
        (Choose("put-in-cart", "x"), Reason.OUT_OF_REACH, "put-in-cart"),
        (Key("order.place"), Reason.OUT_OF_REACH, "order.place"),
    ],
    ids=str,
)
async def test_what_cannot_be_done_here_is_said(
    filed: Filed, tmp_path: Path, intent: Intent, reason: Reason, said: str
) -> None:
    async with room(filed, tmp_path / "w") as here:
        actor = Actor(here.app, here.sight, within=0.5)
        with pytest.raises(Stuck) as stuck:
            await actor.do(intent)
        finding = stuck.value.finding
        assert finding.reason is reason
        assert said in f"{finding.given} {finding.facts.get('similar')}"
        assert finding.facts["screen"] == "vendor-page"


async def test_a_lesson_is_told_from_real_work_in_words_and_in_colour(filed: Filed, tmp_path: Path) -> None:
    async with room(filed, tmp_path / "w") as here:
        head = here.sight.find("masthead")
        assert head is not None
        assert "訓練" in (here.sight.text("masthead") or "")
        usual = here.app.theme_variables["primary-background"]
        assert head.styles.background.hex.lower() != usual.lower()
