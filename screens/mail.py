"""A mail as the reseller gets it (オーダー⑦), with what can be done with it; and the file to save it in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from enum import Enum, auto
from pathlib import Path

from textual import on
from textual.widget import Widget
from textual.widgets import Button

from screens.save_file import SaveFile
from stellr_tui.desk.clock import TOKYO
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.eml import save_eml
from stellr_tui.desk.outbox import OpenedLetter
from stellr_tui.reference.labels import mail_kind_label, mail_status_label, trouble_words
from stellr_tui.reference.texts import _
from stellr_tui.rules.mail import MailKind, MailStatus
from stellr_tui.widgets.dialog import Dialog
from stellr_tui.widgets.facts import Facts
from stellr_tui.widgets.words import Words


class Act(Enum):
    """What to do with a mail."""

    SAVE = auto()
    FORWARD = auto()
    AGAIN = auto()


class ReadMail(Dialog[Act]):
    """One mail in full. Gives what is to be done with it."""

    DEFAULT_CSS = """
    ReadMail #dialog {
        height: 100%;
        #dialog-body { height: 1fr; }
    }
    """

    def __init__(self, letter: OpenedLetter) -> None:
        super().__init__()
        self._letter = letter

    def title_text(self) -> str:
        return mail_kind_label(self._letter.kind)

    def compose_dialog(self) -> Iterable[Widget]:
        yield Facts(_facts(self._letter), id="mail-facts")
        if self._letter.status is MailStatus.DRAFT:
            words = _("下書きです。送信されません。.emlで保存し、お使いのメールソフトから送信してください。")
            yield Words(words, id="mail-draft", classes="note")
        yield Words("\n" + self._letter.body, id="mail-body")

    def compose_buttons(self) -> Iterable[Button]:
        letter = self._letter
        yield Button(_("閉じる"), id="close", compact=True, action="screen.leave")
        yield Button(_(".emlで保存"), id="save", compact=True)
        if letter.contract_number is not None and letter.kind is not MailKind.FORWARD:
            yield Button(_("転送の下書き"), id="forward", compact=True)
        if letter.status is MailStatus.FAILED or letter.trouble:
            yield Button(_("再送信"), id="again", compact=True, variant="warning")

    @on(Button.Pressed, "#save, #forward, #again")
    def _chosen(self, event: Button.Pressed) -> None:
        acts = {"save": Act.SAVE, "forward": Act.FORWARD, "again": Act.AGAIN}
        self.dismiss(acts[event.button.id or ""])


class SaveMail(SaveFile[Path]):
    """The file to save a mail in. Gives where it was saved."""

    def __init__(self, number: int, suggested: str) -> None:
        super().__init__(_(".emlで保存"), suggested)
        self._number = number

    def saving(self, file: str) -> Callable[[Desk], Path]:
        user = self.workplace.user
        return lambda desk: save_eml(desk, user, self._number, file)


def _facts(one: OpenedLetter) -> list[tuple[str, str]]:
    facts = [
        (_("件名"), one.subject),
        (_("差出人"), f"{one.sender_name} <{one.sender}>"),
        (_("宛先"), f"{one.recipient_name} <{one.recipient}>"),
        (_("日付"), one.written_on.isoformat()),
        (_("状態"), mail_status_label(one.status, one.trouble)),
    ]
    if one.sent_at:
        facts.append((_("送信日時"), _moment(one.sent_at)))
    if one.trouble:
        facts.append((_("理由"), trouble_words(one.trouble, one.detail)))
        if one.status is MailStatus.WAITING and one.try_after:
            facts.append((_("次の送信"), _moment(one.try_after)))
    return facts


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(TOKYO):%Y-%m-%d %H:%M}"
