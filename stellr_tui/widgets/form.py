"""Forms: a label, what is typed, and what is wrong with it, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Select

from stellr_tui.reference.texts import _
from stellr_tui.rules.findings import Finding, Remarks
from stellr_tui.widgets.entry import EXPLAIN, Entry
from stellr_tui.widgets.in_sight import bring_into_sight
from stellr_tui.widgets.words import Words

_STAR = "＊ "


def id_of(name: str) -> str:
    """The widget id of a field: `contact.name` is `contact-name`, `po_number` is `po-number`."""
    return name.replace(".", "-").replace("_", "-")


class Field(Vertical):
    """One field: its label, what takes the typing, and below it what is wrong or unusual.

    Subclasses give the control, whose id is the field's name, and read and write its value as text.
    """

    DEFAULT_CSS = """
    Field {
        height: auto;
        .control { height: auto; }
        .label { width: 24; height: 1; padding: 0 1 0 0; text-align: right; text-wrap: nowrap; }
        .finding { display: none; height: auto; margin: 0 0 0 24; }
        &.-refused .finding { display: block; color: $text-error; text-style: bold; }
        &.-warned .finding { display: block; color: $text-warning; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [EXPLAIN]

    value: str

    def __init__(self, name: str, label: str, *, required: bool = False) -> None:
        super().__init__(id=f"field-{id_of(name)}", classes="field")
        self.began_with = ""
        """What stood in the field before anybody typed."""
        self.field_name = name
        self.label = _STAR + label if required else label
        self.finding_words = Words(id=f"finding-{id_of(name)}", classes="finding")

    def compose_control(self) -> ComposeResult:
        """What takes the typing."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        with Horizontal(classes="control"):
            yield Words(self.label, classes="label")
            yield from self.compose_control()
        yield self.finding_words

    @property
    def name_shown(self) -> str:
        """What the field is called on the screen."""
        return self._label.removeprefix(_STAR)

    @property
    def is_required(self) -> bool:
        """Whether its name has the star of what must be filled in."""
        return self._label.startswith(_STAR)

    @property
    def _label(self) -> str:
        return str(self.query_one(".label", Words).content)

    @property
    def is_proposal(self) -> bool:
        """Whether the field holds what the program proposed."""
        return False

    @property
    def is_typed(self) -> bool:
        """Whether somebody has put something in, or taken it out."""
        return not self.is_proposal and self.value.strip() != self.began_with.strip()

    def show_finding(self, finding: Finding, *, warning: bool = False) -> None:
        """Say what is wrong with what was typed, or what is unusual about it."""
        from stellr_tui.reference.sentences import sentence

        mark = _("注意：") if warning else _("エラー：")
        self.finding_words.update(mark + sentence(finding))
        self.set_class(not warning, "-refused")
        self.set_class(warning, "-warned")

    @property
    def has_finding(self) -> bool:
        """Whether something is said at the field."""
        return self.has_class("-refused") or self.has_class("-warned")

    def clear_finding(self) -> None:
        """Nothing is wrong any more, as far as is known. Where nothing was, nothing is laid out anew at each key."""
        if self.has_finding:
            self.remove_class("-refused", "-warned")
            self.finding_words.update("")

    def focus_control(self) -> None:
        """Put the cursor into the field."""
        self.query_one(f"#{id_of(self.field_name)}").focus()


class TextField(Field):
    """A field that is typed into."""

    DEFAULT_CSS = """
    TextField {
        Input { width: 1fr; }
        &.-refused Input { background: $error-muted; }
    }
    """

    def __init__(
        self,
        name: str,
        label: str,
        *,
        required: bool = False,
        placeholder: str = "",
        proposal: str = "",
        password: bool = False,
        replaced: bool = False,
        continues: bool = False,
    ) -> None:
        """Coming to the field selects what the program proposes, unless it `continues`: then one types on behind it.

        `replaced`: coming to it selects whatever is in it.
        """
        super().__init__(name, label, required=required)
        self.input = Entry(
            proposal, placeholder=placeholder, password=password, compact=True, id=id_of(name), select_on_focus=replaced
        )
        self.input.continues = continues
        self.input.proposal = proposal

    def compose_control(self) -> ComposeResult:
        yield self.input

    @property
    def value(self) -> str:
        """What is typed, as typed."""
        return self.input.value

    @value.setter
    def value(self, typed: str) -> None:
        self.input.value = typed
        self.input.cursor_position = len(typed)

    @property
    def is_proposal(self) -> bool:
        """Whether the field holds what the program proposed."""
        return self.input.is_proposal

    @property
    def is_open(self) -> bool:
        """Whether nobody has typed here: the field is empty, or holds what the program proposed."""
        return not self.value.strip() or self.is_proposal

    def propose(self, text: str) -> None:
        """Fill the field with something to be confirmed or replaced."""
        self.input.propose(text)


class ChoiceField(Field):
    """A field that is chosen from a list. Its value is the key of what is chosen, or nothing."""

    takes_only_choice: ClassVar[bool] = True
    """Whether what alone can be chosen is taken at once."""

    DEFAULT_CSS = """
    ChoiceField { Select { width: 1fr; } }
    """

    def __init__(self, name: str, label: str, *, required: bool = False) -> None:
        super().__init__(name, label, required=required)
        self.select: Select[str] = Select([], id=id_of(name), compact=True, prompt=_("選択してください"))
        self._wanted = ""
        self._is_offered = False

    def compose_control(self) -> ComposeResult:
        yield self.select

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        """What there is to choose from, as (key, words)."""
        offered = list(choices)
        self._is_offered = True
        self.select.set_options([(Content(words), key) for key, words in offered])
        keys = [key for key, _words in offered]
        if self._wanted in keys:
            self.select.value = self._wanted
        elif len(keys) == 1 and self.takes_only_choice:
            self.select.value = self.began_with = keys[0]

    @property
    def value(self) -> str:
        """The key of what is chosen, or of what will be as soon as it is offered."""
        chosen = self.select.value
        if isinstance(chosen, str):
            return chosen
        return "" if self._is_offered else self._wanted

    @value.setter
    def value(self, key: str) -> None:
        self._wanted = key
        if any(key == offered for _words, offered in self.select._options):
            self.select.value = key


class Form(Vertical):
    """Fields in the order of the eye. Enter goes on to the next; findings stand at their fields, focus at the first."""

    DEFAULT_CSS = """
    Form { height: auto; }
    """

    class Left(Message):
        """A field was left: time to say what is wrong or unusual, for which the screen calls `show_remarks`."""

        def __init__(self, form: Form) -> None:
            self.form = form
            super().__init__()

    def __init__(self, *fields: Widget, id: str) -> None:
        super().__init__(*fields, id=id)
        self._left: list[Field] = []

    def fields(self) -> dict[str, Field]:
        """The fields by name."""
        return {field.field_name: field for field in self.query(Field)}

    def values(self) -> dict[str, str]:
        """What is typed in each field, as typed."""
        return {name: field.value for name, field in self.fields().items()}

    @property
    def is_typed(self) -> bool:
        """Whether somebody has typed something that is to be kept."""
        return any(field.is_typed for field in self.query(Field))

    def begin(self) -> None:
        """What stands in the fields now was not typed: it is there already, or it has just been kept."""
        for field in self.query(Field):
            field.began_with = field.value

    def fill(self, values: Mapping[str, str]) -> None:
        """Put values into the fields that have them."""
        for name, field in self.fields().items():
            if name in values:
                field.value = values[name]

    def show_findings(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Show each refusal at its field and focus the first of them, in the order of the form.

        Returns the refusals that no field here can show.
        """
        self.clear_findings()
        fields = self.fields()
        homeless = []
        for finding in findings:
            field = fields.get(finding.field)
            if field is None:
                homeless.append(finding)
            elif not field.has_class("-refused"):
                field.show_finding(finding)
        for field in fields.values():
            if field.has_class("-refused"):
                field.focus_control()
                # The focus brings the control into sight, and below it the sentence just misses the edge.
                field.call_after_refresh(field.scroll_visible, animate=False)
                break
        return tuple(homeless)

    def show_remarks(self, remarks: Remarks) -> None:
        """Say what is wrong with the fields that were left, and what is unusual; the focus stays where it is.

        Nobody is reminded of what is still empty, or of what is just being typed.
        """
        self.show_warnings(remarks.unusual)
        refused = {one.field: one for one in remarks.refused}
        for field in self._left:
            finding = refused.get(field.field_name)
            typed = field.value.strip()
            if finding and typed and typed == finding.given.strip() and not field.has_focus_within:
                field.show_finding(finding)
        # Not before what is said has been styled, and then laid out.
        self.call_after_refresh(self.call_after_refresh, self._bring_into_sight)

    def _bring_into_sight(self) -> None:
        """Show what is said at the field that was left last, and above all where one types now.

        Textual calls this behind the next frame of whatever screen is on top then: this one may have been left.
        """
        if not self.is_attached:
            return
        said = [field for field in self._left[-1:] if field.has_finding]
        focused = self.screen.focused
        field = field_of(focused) if focused else None
        # A warning that came above may have pushed the sentence of the field in focus out of sight.
        for widget in (*said, field if field and field.has_finding else focused):
            if widget is not None and widget.is_attached:
                bring_into_sight(widget)

    def show_warnings(self, warnings: Iterable[Finding]) -> None:
        """Show what is unusual at its fields. What was refused stays as it is; what is only proposed is all right."""
        unusual = {warning.field: warning for warning in warnings}
        for name, field in self.fields().items():
            if field.has_class("-refused"):
                continue
            if name in unusual and not field.is_proposal:
                field.show_finding(unusual[name], warning=True)
            else:
                field.clear_finding()

    def clear_findings(self) -> None:
        """Nothing is wrong any more, as far as is known."""
        for field in self.query(Field):
            field.clear_finding()

    @on(Input.Changed)
    @on(Select.Changed)
    def _mended(self, event: Input.Changed | Select.Changed) -> None:
        """A refusal stands until its field is typed into again."""
        field = field_of(event.control)
        if field is not None:
            field.clear_finding()

    @on(Input.Blurred)
    def _leave(self, event: Input.Blurred) -> None:
        field = field_of(event.input)
        if field is not None:
            self._left = [*(one for one in self._left if one is not field), field]
            self.post_message(self.Left(self))

    @on(Input.Submitted)
    def _enter(self, event: Input.Submitted) -> None:
        """Enter goes on, unless it has led elsewhere already."""
        if self.screen.focused is event.input:
            self.go_on(event.input)

    def go_on(self, control: Widget) -> None:
        """Focus the field behind the one that holds a control; behind the last, whatever comes next."""
        fields = [field for field in self.fields().values() if field.display]
        here = next((at for at, field in enumerate(fields) if field in control.ancestors_with_self), None)
        if here is not None and here + 1 < len(fields):
            fields[here + 1].focus_control()
        else:
            self.screen.focus_next()


def field_of(control: Widget) -> Field | None:
    """The field that a control stands in."""
    return next((one for one in control.ancestors if isinstance(one, Field)), None)
