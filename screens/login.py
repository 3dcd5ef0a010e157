"""ECNex login: メールアドレスもしくはログインIDでログインしてください。"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList
from textual.widgets.option_list import Option

from stellr_tui.desk.identity import KnownPerson, SignedIn
from stellr_tui.reference.texts import N_, _
from stellr_tui.widgets.dialog import Dialog
from stellr_tui.widgets.form import Form, TextField
from stellr_tui.widgets.ground import Ground
from stellr_tui.widgets.keys import Keys
from stellr_tui.widgets.masthead import Masthead
from stellr_tui.widgets.words import Words

if TYPE_CHECKING:
    from stellr_tui.desk.desk import Desk
    from stellr_tui.desk.training import DemoLogin
    from stellr_tui.rules.findings import Finding

CONTACT = "cloudsw@tdsynnex.com"


class LoginScreen(Ground[SignedIn]):
    """The first screen. Gives who has signed in, for which billing account."""

    CSS_PATH = "login.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "contact", N_("お問い合わせ"), id="login.contact"),
        Binding("ctrl+q", "app.quit", N_("終了"), id="app.quit", priority=True),
    ]

    def compose(self) -> ComposeResult:
        yield Masthead(["ECNex"], None, None)
        with Vertical(id="login-box"):
            yield Words("ECNex", id="login-title")
            yield Words(_("メールアドレスもしくはログインIDでログインしてください。"), id="login-words")
            with Form(id="login-form"):
                yield TextField("login", _("ログインID"), placeholder=_("メールアドレスもしくはログインID"))
                yield TextField("password", _("パスワード"), password=True)
                yield Button(_("ログイン"), id="sign-in", variant="primary", compact=True)
                yield Button(
                    _("パスワードをお忘れですか? お問い合わせ"), id="contact", compact=True, action="screen.contact"
                )
            yield Words(id="demo-login")
        yield Keys()

    def has_unsaved(self) -> bool:
        """Nobody has done anything yet."""
        return False

    def on_mount(self) -> None:
        """Let the screen be painted first; only then open the order book, which takes longer."""
        self.call_after_refresh(self._look_for_demo)

    def say_anew(self) -> None:
        """In a message of its own, so that nothing is answered while there is nothing here to show it."""
        self.call_next(self._begin_anew)

    async def _begin_anew(self) -> None:
        typed = self.query_one(Form).values()
        await self.recompose()
        self.query_one(Form).fill(typed)
        self.query_one("#login").focus()
        self._look_for_demo()

    def _look_for_demo(self) -> None:
        self.ask(_demo_login, self._show_demo, about="demo")

    def _show_demo(self, demo: DemoLogin | None) -> None:
        if demo is not None:
            words = _("訓練用データベースです。\nログインID: {login}  パスワード: {password}")
            said = words.format(login=demo.login, password=demo.password)
            if demo.operator:
                said += "\n" + _("承認担当者のログインID: {login}  パスワードは同じです").format(login=demo.operator)
            self.query_one("#demo-login", Words).update(said)

    @on(Input.Submitted, "#password")
    @on(Button.Pressed, "#sign-in")
    def _sign_in(self, event: Input.Submitted | Button.Pressed) -> None:
        event.stop()
        values = self.query_one(Form).values()

        def question(desk: Desk) -> KnownPerson:
            from stellr_tui.desk.people import sign_in

            return sign_in(desk, values["login"], values["password"])

        self.ask(question, self._choose_account, refused=self._refused, about="sign-in")

    def _refused(self, findings: tuple[Finding, ...]) -> None:
        """The password is typed anew, so the cursor waits there: in the field above, it would be there to read."""
        form = self.query_one(Form)
        password = form.fields()["password"]
        password.value = ""
        form.show_findings(findings)
        if form.values()["login"].strip():
            password.focus_control()

    @work
    async def _choose_account(self, person: KnownPerson) -> None:
        from stellr_tui.desk.people import choose_account

        number: str | None = None
        if len(person.accounts) > 1:
            number = await self.app.push_screen_wait(ChooseAccount(person, self.workplace.settings.account))
            if number is None:
                return
        self.dismiss(choose_account(person, number))

    def action_contact(self) -> None:
        """Show how to get help with a login."""
        self.app.push_screen(ContactDialog())


def _demo_login(desk: Desk) -> DemoLogin | None:
    from stellr_tui.desk.training import demo_login

    return demo_login(desk)


class ContactDialog(Dialog[None]):
    """お問い合わせ: who helps with a forgotten password."""

    def title_text(self) -> str:
        return _("パスワードをお忘れですか? お問い合わせ")

    def compose_dialog(self) -> Iterable[Widget]:
        yield Words(_("問い合わせ先: {address}").format(address=CONTACT), id="contact-address")
        yield Words(
            _("このデータベースのパスワードは、データベースを管理している担当者が再設定できます。"),
            id="contact-here",
        )


class ChooseAccount(Dialog[str]):
    """目的の請求先口座番号を使用してください: for a login that has several."""

    def __init__(self, person: KnownPerson, proposed: str = "") -> None:
        """proposed: the number that is chosen at first, if the person has it."""
        super().__init__()
        self._person = person
        self._proposed = proposed

    def title_text(self) -> str:
        return _("目的の請求先口座番号を使用してください")

    def compose_dialog(self) -> Iterable[Widget]:
        from textual.content import Content

        yield OptionList(
            *(
                Option(Content(f"{account.number}  {account.reseller}"), id=f"account-{account.number}")
                for account in self._person.accounts
            ),
            id="accounts",
            compact=True,
        )

    def on_mount(self) -> None:
        """Begin at the number that is proposed."""
        numbers = [account.number for account in self._person.accounts]
        accounts = self.query_one(OptionList)
        accounts.highlighted = numbers.index(self._proposed) if self._proposed in numbers else 0
        accounts.focus()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._person.accounts[event.option_index].number)
