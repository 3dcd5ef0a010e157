"""メール: the outbox, the newest first, and what can be done with a mail (オーダー⑦)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, DataTable

from screens.mail import Act, ReadMail, SaveMail
from stellr_tui.desk.clock import read_clock
from stellr_tui.desk.eml import suggested_file
from stellr_tui.desk.forwarding import draft_forward
from stellr_tui.desk.outbox import Letter, OpenedLetter, list_mail, read_mail, send_again
from stellr_tui.reference.labels import mail_status_label, trouble_words
from stellr_tui.reference.sentences import sentence
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules.findings import Finding
from stellr_tui.widgets.page_tab import PageTab
from stellr_tui.widgets.paged_rows import PagedRows
from stellr_tui.widgets.rows import Column
from stellr_tui.widgets.words import Words


class MailTab(PageTab):
    """メール."""

    heading = N_("メール")
    tab_id = "tab-mail"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+e", "act('SAVE')", N_(".emlで保存"), id="mail.save"),
        Binding("ctrl+t", "act('FORWARD')", N_("転送の下書き"), id="mail.forward"),
        Binding("ctrl+r", "act('AGAIN')", N_("再送信"), id="mail.again"),
    ]

    def compose(self) -> ComposeResult:
        yield Words(id="mail-standing", classes="note")
        yield Words(_("メールはまだありません。納品、変更、請求書発行の通知がここに入ります。"), id="no-mail")
        yield PagedRows(_columns(), id="mail")
        yield Words(id="mail-trouble", classes="warning")
        yield Words(id="mail-words")
        with Horizontal(id="mail-actions"):
            yield Button(_(".emlで保存"), id="mail-save", compact=True)
            yield Button(_("転送の下書き"), id="mail-forward", compact=True)
            yield Button(_("再送信"), id="mail-again", compact=True)

    def on_mount(self) -> None:
        """Nothing is said of mails before they are read."""
        for one in self.query("#no-mail, #mail, #mail-actions, #mail-trouble, #mail-words"):
            one.display = False

    def load(self) -> None:
        user = self.workplace.user
        self.ask(
            lambda desk: _standing(read_clock(desk).is_training, str(desk.mail.server or "")),
            self.query_one("#mail-standing", Words).update,
            about="mail-standing",
        )
        self.query_one(PagedRows).read("mail", lambda desk, before: list_mail(desk, user, before), _row)

    @on(PagedRows.Filled)
    def _shown(self) -> None:
        rows = self.query_one(PagedRows)
        self.query_one("#no-mail").display = not rows.keys
        for one in (rows, self.query_one("#mail-actions")):
            one.display = bool(rows.keys)
        self._say_trouble()
        if self.screen.focused is None:
            (rows if rows.keys else self.screen.query_one("#tabs ContentTabs")).focus()

    @on(DataTable.RowHighlighted)
    def _say_trouble(self) -> None:
        """What keeps the mail under the cursor from being sent."""
        one = self._current
        words = self.query_one("#mail-trouble", Words)
        words.update(trouble_words(one.trouble, one.detail) if one else "")
        words.display = one is not None and one.trouble is not None

    @property
    def _current(self) -> Letter | None:
        """The mail under the cursor."""
        rows = self.query_one(PagedRows)
        found: Letter | None = rows.found(rows.current) if rows.current else None
        return found

    def action_act(self, act: str) -> None:
        """Do something with the mail under the cursor."""
        if self._current is not None:
            self._act(Act[act], self._current.id)

    @on(Button.Pressed, "#mail-save, #mail-forward, #mail-again")
    def _pressed(self, event: Button.Pressed) -> None:
        self.action_act((event.button.id or "").removeprefix("mail-").upper())

    @on(DataTable.RowSelected)
    def _open(self, event: DataTable.RowSelected) -> None:
        number = int(event.row_key.value or "0")
        self.ask(
            lambda desk: read_mail(desk, self.workplace.user, number),
            self._read,
            refused=self._refused,
            about="read-mail",
        )

    @work
    async def _read(self, letter: OpenedLetter) -> None:
        act = await self.app.push_screen_wait(ReadMail(letter))
        if act is not None:
            self._act(act, letter.id)

    def _act(self, act: Act, number: int) -> None:
        user = self.workplace.user
        self._say("")
        match act:
            case Act.SAVE:
                self.ask(
                    lambda desk: suggested_file(desk, user, number),
                    lambda file: self._save(number, file),
                    refused=self._refused,
                    about="mail-act",
                )
            case Act.FORWARD:
                self.ask(
                    lambda desk: draft_forward(desk, user, number),
                    self._drafted,
                    refused=self._refused,
                    about="mail-act",
                )
            case Act.AGAIN:
                self.ask(
                    lambda desk: send_again(desk, user, number), self._again, refused=self._refused, about="mail-act"
                )

    @work
    async def _save(self, number: int, suggested: str) -> None:
        path: Path | None = await self.app.push_screen_wait(SaveMail(number, suggested))
        if path is not None:
            self._say(_("保存しました: {path}").format(path=path))

    def _drafted(self, draft: OpenedLetter) -> None:
        """The draft is shown at once: what is left to do is to save it."""
        self.load()
        self._read(draft)

    def _again(self, letter: Letter) -> None:
        self.load()
        self._say(_("メール {number} をもう一度送信します。").format(number=letter.id))

    def _refused(self, findings: tuple[Finding, ...]) -> None:
        self._say("\n".join(sentence(one) for one in findings), refused=True)

    def _say(self, said: str, *, refused: bool = False) -> None:
        words = self.query_one("#mail-words", Words)
        words.update(said)
        words.display = bool(said)
        words.set_class(refused, "-refused")


def _standing(is_training: bool, server: str) -> str:
    """Whether and by whom what waits is sent."""
    if is_training:
        return _("訓練用のメールは送信されません。読む、保存、転送の下書きは練習できます。")
    if not server:
        return _("このコンピューターにはメールサーバーが設定されていません (mail.toml)。")
    return _("通知は {server} から送信されます。エンドユーザー様には送信されません。").format(server=server)


def _row(one: Letter) -> tuple[str, Sequence[str]]:
    contract = "" if one.contract_number is None else str(one.contract_number)
    status = mail_status_label(one.status, one.trouble)
    return str(one.id), [one.subject, one.recipient, contract, one.written_on.isoformat(), status]


def _columns() -> Sequence[Column]:
    return (
        Column(_("件名"), 53, 0),
        Column(_("宛先"), 24, 0),
        Column(_("契約番号"), 9, 1),
        Column(_("日付"), 11, 1),
        Column(_("状態"), 10, 2),
    )
