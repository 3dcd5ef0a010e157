"""Nothing is told by colour alone: what differs in colour differs in words, or in how they are set, too."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import pytest
from rich.style import Style
from textual.geometry import Region
from textual.widgets import Checkbox

from stellr_tui.desk.actions import Need
from stellr_tui.reference.labels import event_label, mail_status_label, need_label, plan_label, status_label
from stellr_tui.reference.texts import LANGUAGES, use_language
from stellr_tui.rules.calendar import Plan
from stellr_tui.rules.findings import Finding, Reason
from stellr_tui.rules.mail import MailStatus
from stellr_tui.rules.status import Event, Status
from stellr_tui.widgets.form import Field
from stellr_tui.widgets.places import Home
from tests.screens.clerk import POCKETALK, Clerk, Open
from tests.spoken import Shown

Label = Callable[..., str]
LABELS: dict[str, tuple[type[StrEnum], Label]] = {
    "status": (Status, status_label),
    "plan": (Plan, plan_label),
    "event": (Event, event_label),
    "need": (Need, need_label),
    "mail": (MailStatus, mail_status_label),
}


def look(clerk: Clerk, selector: str) -> set[tuple[str, bool, bool, bool]]:
    """How a widget is painted, its colours left out: each text, bold, underlined or reversed."""
    widget = clerk.one(selector)
    found = set()
    for strip in widget.render_lines(Region(0, 0, *widget.size)):
        for segment in strip:
            style = segment.style or Style()
            if segment.text.strip():
                found.add((segment.text.strip(), bool(style.bold), bool(style.underline), bool(style.reverse)))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LABELS)
def test_each_of_a_kind_has_words_of_its_own(name: str, language: str) -> None:
    kind, label = LABELS[name]
    use_language(language)
    labels = [label(one) for one in kind]
    assert all(labels)
    assert len(set(labels)) == len(labels)


async def test_what_is_refused_and_what_is_unusual_begin_with_different_words(portal: Open) -> None:
    async with portal(POCKETALK) as clerk:
        field = clerk.one("#field-quantity-6900990")
        assert isinstance(field, Field)
        finding = Finding(Reason.NOT_A_QUANTITY, "quantity.6900990", "x", {"maximum": 9})
        field.show_finding(finding)
        refused = Shown(str(field.finding_words.content))
        field.show_finding(finding, warning=True)
        assert refused.startswith("エラー：")
        assert Shown(str(field.finding_words.content)).startswith("注意：")


async def test_the_area_one_is_in_is_named_in_the_breadcrumb(portal: Open) -> None:
    async with portal(Home()) as clerk:
        assert clerk.said("#breadcrumb").endswith("> ホーム")


async def test_what_is_ticked_has_a_mark(portal: Open) -> None:
    async with portal(POCKETALK) as clerk:
        ticked, not_ticked = (clerk.one(f"#plan-{name}") for name in ("annual", "monthly"))
        assert isinstance(ticked, Checkbox)
        assert ticked.value
        assert any("X" in text for text, *_style in look(clerk, "#plan-annual"))
        assert not any("X" in text for text, *_style in look(clerk, f"#{not_ticked.id}"))


async def test_the_button_with_the_focus_is_underlined(portal: Open) -> None:
    async with portal(Home()) as clerk:
        focused = clerk.app.focused
        assert focused is not None
        assert focused.id is not None
        assert any(underlined for _text, _bold, underlined, _reverse in look(clerk, f"#{focused.id}"))
        other = next(tile.id for tile in clerk.app.screen.query("Tile") if tile is not focused)
        assert not any(underlined for _text, _bold, underlined, _reverse in look(clerk, f"#{other}"))


async def test_training_is_said_in_words(portal: Open) -> None:
    async with portal(Home()) as clerk:
        assert "訓練" in clerk.said("#training")
