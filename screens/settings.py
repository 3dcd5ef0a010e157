"""設定: language, colours, density, and what is proposed. Colours and density are seen at once, all is kept on 保存."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, Select

from stellr_tui.reference.field_labels import field_label
from stellr_tui.reference.settings import Density, Settings, Theme, settings_path
from stellr_tui.reference.texts import N_, Language, _, language
from stellr_tui.rules import fields
from stellr_tui.rules.findings import Gathering, Refused
from stellr_tui.rules.po_numbers import next_po_number, po_pattern
from stellr_tui.widgets.asking import AskingScreen
from stellr_tui.widgets.form import ChoiceField, Form, TextField
from stellr_tui.widgets.keys import Keys
from stellr_tui.widgets.masthead import Masthead
from stellr_tui.widgets.words import Words

_LANGUAGES: Mapping[str, str] = {Language.JAPANESE: "日本語", Language.ENGLISH: "English"}
_THEMES = {Theme.DARK: N_("ダーク"), Theme.LIGHT: N_("ライト"), Theme.CONTRAST: N_("ハイコントラスト")}
_DENSITIES = {Density.NORMAL: N_("標準"), Density.COMPACT: N_("コンパクト")}


class OneOf(ChoiceField):
    """A choice of which something is always chosen."""

    def __init__(self, name: str, choices: Mapping[str, str], chosen: str) -> None:
        """choices: the words by their keys."""
        super().__init__(name, field_label(name))
        offered = [(Content(words), str(key)) for key, words in choices.items()]
        self.select = Select(offered, id=name, compact=True, allow_blank=False, value=str(chosen))


class SettingsScreen(AskingScreen[None]):
    """The settings. Over whatever page one comes from, which is there again as it was left.

    The language is spoken on 保存, when the page below can be said anew, and not while it is chosen.
    """

    CSS_PATH = "settings.tcss"
    can_be_saved = True

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", N_("保存"), id="settings.save"),
        Binding("escape", "leave", N_("キャンセル"), id="settings.cancel"),
    ]

    def __init__(self, *, may_speak: bool) -> None:
        """may_speak: whether the language can be changed where one comes from."""
        super().__init__()
        self._may_speak = may_speak

    def compose(self) -> ComposeResult:
        chosen = self.workplace.settings
        yield Masthead(["ECNex", _("設定")], self.workplace.signed_in, self.workplace.clock)
        with VerticalScroll(id="page", can_focus=False):
            with Form(id="settings-form"):
                yield OneOf("language", _LANGUAGES, language())
                yield Words(_("言語は、開いているダイアログや入力画面を閉じると変更できます。"), id="language-later")
                yield OneOf("theme", {one: _(words) for one, words in _THEMES.items()}, chosen.theme)
                yield OneOf("density", {one: _(words) for one, words in _DENSITIES.items()}, chosen.density)
                yield TextField("account", field_label("account"), placeholder=_("ログインのときに選ばれている番号"))
                yield TextField("po_pattern", field_label("po_pattern"), placeholder="PO-{yyyy}-{nnn}")
            yield Words(id="po-example", classes="note")
            yield Words(_("ファイル: {path}").format(path=_place_of_file()), id="settings-file", classes="note")
        with Horizontal(id="actions"):
            yield Button(_("保存"), id="save", compact=True, variant="primary", action="screen.save")
            yield Button(_("キー"), id="all-keys", compact=True, action="app.keys")
            yield Button(_("キャンセル"), id="cancel", compact=True, action="screen.leave")
        yield Keys()

    def on_mount(self) -> None:
        """Show what is chosen so far."""
        chosen = self.workplace.settings
        form = self.query_one(Form)
        form.fill({"account": chosen.account, "po_pattern": chosen.po_pattern})
        form.begin()
        self.query_one("#language").disabled = not self._may_speak
        self.query_one("#language-later").display = not self._may_speak
        self.query_one("#language" if self._may_speak else "#theme").focus()

    def _typed(self) -> Settings:
        """What stands in the form. Refused: what the account and the pattern are refused for."""
        values = self.query_one(Form).values()
        checks = Gathering()
        account = checks.keep(fields.text, given=values["account"], field="account", limit=20)
        pattern = checks.keep(po_pattern, given=values["po_pattern"], field="po_pattern")
        checks.settle()
        return replace(self._seen(), account=account or "", po_pattern=pattern or "")

    def _seen(self) -> Settings:
        """The settings with what is chosen here and can be seen at once."""
        values = self.query_one(Form).values()
        return replace(
            self.workplace.settings,
            language=Language(values["language"]),
            theme=Theme(values["theme"]),
            density=Density(values["density"]),
        )

    @on(Select.Changed)
    def _look(self) -> None:
        """Colours and density are seen while they are chosen."""
        self.workplace.wear(self._seen())

    @on(Input.Changed, "#po-pattern")
    def _show_example(self, event: Input.Changed) -> None:
        """What the pattern makes of the first number; nothing as long as it is none, or nobody knows the date."""
        number, clock = "", self.workplace.clock
        if clock is not None:
            with suppress(Refused):
                number = next_po_number(po_pattern(event.value), clock.today)
        example = self.query_one("#po-example", Words)
        example.update(_("次の番号の例: {number}").format(number=number))
        example.display = bool(number)

    def action_save(self) -> None:
        """保存."""
        workplace = self.workplace
        try:
            settings = self._typed()
            workplace.keep_settings(settings)
        except Refused as refused:
            self.show_refusal(refused.findings)
            return
        workplace.use(settings)
        # At once, so that no key comes between the two and opens something over the page.
        self.dismiss(None)
        workplace.speak(Language(settings.language or language()))

    def called(self) -> str:
        return _("設定")

    def action_leave(self) -> None:
        """キャンセル."""
        self.leave()

    def throw_away(self) -> None:
        """Everything looks as it did."""
        self.workplace.wear(self.workplace.settings)

    @on(Input.Submitted, "#po-pattern")
    def _last_field(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one("#save").focus()


def _place_of_file() -> str:
    """Where the settings are kept, `~` being the home folder."""
    path, home = settings_path(), Path.home()
    return str(Path("~") / path.relative_to(home)) if path.is_relative_to(home) else str(path)
