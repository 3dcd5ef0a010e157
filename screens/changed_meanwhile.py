"""Two clerks changed the same end user: who was first, what they changed, and which values are to stay."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Button, DataTable

from stellr_tui.desk.clock import TOKYO
from stellr_tui.desk.end_user_changes import part_name
from stellr_tui.desk.end_user_history import PastChange
from stellr_tui.reference.change_labels import changed_label
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules.merging import Difference, Record, collisions, was_left_alone
from stellr_tui.widgets.dialog import Dialog
from stellr_tui.widgets.facts import Facts
from stellr_tui.widgets.rows import Column, Rows
from stellr_tui.widgets.words import Words

_TOLD = 3  # changes that are told of one by one, the newest


class ChangedMeanwhile(Dialog[tuple[Difference, ...]]):
    """What is taken over from the other clerk; None to go back to the form, which stays as it was typed.

    What one has not touched is theirs at first, what one has typed is one's own.
    """

    CSS_PATH = "changed_meanwhile.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", N_("この内容で保存"), id="changed-meanwhile.keep"),
    ]

    def __init__(self, changes: Sequence[PastChange], seen: Record, ours: Record, theirs: Record) -> None:
        super().__init__()
        self._changes = changes
        self._records = (ours, theirs)
        self._found = collisions(seen, ours, theirs)
        self._taken = {at for at, one in enumerate(self._found) if was_left_alone(seen, ours, one)}

    def title_text(self) -> str:
        return _("編集中に変更されました")

    def compose_dialog(self) -> Iterable[Widget]:
        yield Words("\n".join(_who_changed(self._changes)), id="who-changed")
        yield Words(_("Enter で残す値を切り替えます。残さなかった値も変更履歴で確認できます。"), classes="note")
        yield Rows(_columns(), id="collisions")
        yield Facts(id="collision")

    def compose_buttons(self) -> Iterable[Button]:
        yield Button(_("この内容で保存"), id="keep", compact=True, variant="primary", action="screen.keep")
        yield Button(_("すべて相手の値"), id="all-theirs", compact=True)
        yield Button(_("すべて自分の値"), id="all-ours", compact=True)
        yield Button(_("編集に戻る"), id="cancel", compact=True, action="screen.leave")

    def on_mount(self) -> None:
        """Show what collides."""
        self._show()
        self.query_one(Rows).focus()

    def _show(self) -> None:
        self.query_one(Rows).fill(
            (
                str(at),
                [
                    self._label(one),
                    _("相手の値") if at in self._taken else _("自分の値"),
                    _value(one.theirs),
                    _value(one.ours),
                ],
            )
            for at, one in enumerate(self._found)
        )

    def _label(self, one: Difference) -> str:
        ours, theirs = self._records
        return changed_label(one.part, part_name(one.part, {**theirs, **ours}[one.part]), one.field)

    @on(DataTable.RowHighlighted)
    def _in_full(self, event: DataTable.RowHighlighted) -> None:
        """The values of a row are cut to its cells; below it stands the whole of them."""
        one = self._found[int(event.row_key.value or "0")]
        facts = [(_("項目"), self._label(one)), (_("相手の値"), _value(one.theirs)), (_("自分の値"), _value(one.ours))]
        self.query_one("#collision", Facts).show(facts)

    @on(DataTable.RowSelected)
    def _toggle(self, event: DataTable.RowSelected) -> None:
        self._taken ^= {int(event.row_key.value or "0")}
        self._show()

    @on(Button.Pressed, "#all-theirs")
    def _all_theirs(self) -> None:
        self._taken = set(range(len(self._found)))
        self._show()

    @on(Button.Pressed, "#all-ours")
    def _all_ours(self) -> None:
        self._taken = set()
        self._show()

    def action_keep(self) -> None:
        """この内容で保存."""
        self.dismiss(tuple(one for at, one in enumerate(self._found) if at in self._taken))


def _who_changed(changes: Sequence[PastChange]) -> list[str]:
    """Who changed what and when, a line for each time that somebody saved."""
    lines = []
    for _version, saved in groupby(changes, key=lambda one: one.version):
        together = list(saved)
        words = _("{moment} に {person} さんが変更: {what}")
        what = _("、").join(changed_label(one.part, one.part_name, one.field) for one in together)
        moment = f"{together[0].happened_at.astimezone(TOKYO):%Y-%m-%d %H:%M}"
        lines.append(words.format(moment=moment, person=together[0].person_name, what=what))
    return lines[-_TOLD:]


def _value(text: str | None) -> str:
    if text is None:
        return _("(廃止)")
    return text or _("(空欄)")


def _columns() -> Sequence[Column]:
    return (
        Column(_("項目"), 24, 0),
        Column(_("残す値"), 10, 0),
        Column(_("相手の値"), 36, 1),
        Column(_("自分の値"), 36, 1),
    )
