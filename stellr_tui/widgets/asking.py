"""Screens that ask the desk: the work runs in a thread, which only posts a message with the answer."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from inspect import iscoroutine
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual import work
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.events import Resize
from textual.message import Message
from textual.screen import Screen, ScreenResultType
from textual.widget import Widget
from textual.widgets import Checkbox, Input
from textual.worker import Worker, WorkerState, get_current_worker

from stellr_tui.reference.texts import N_, _
from stellr_tui.rules.findings import Finding, Refused, Remarks
from stellr_tui.widgets.close_up import CloseUp
from stellr_tui.widgets.entry import EXPLAIN
from stellr_tui.widgets.form import Field, Form, field_of, id_of
from stellr_tui.widgets.in_sight import bring_into_sight
from stellr_tui.widgets.too_small import HEIGHT, WIDTH, TooSmall
from stellr_tui.widgets.workplace import Workplace

if TYPE_CHECKING:
    from textual.binding import ActiveBinding

    from stellr_tui.desk.desk import Desk
    from stellr_tui.reference.explanations import Explanation

Answer = TypeVar("Answer")

_TEXTUALS_OWN = {"Dismiss menu": N_("閉じる")}
"""What Textual calls a key of its own that the footer names, and what it is called here."""


class FromDesk(Message):
    """What became of a question."""

    worker: Worker[Any] | None = None
    """What asked it."""


class Answered(FromDesk):
    """The desk's answer, and what the screen does with it."""

    def __init__(self, then: Callable[[Any], object], answer: object) -> None:
        self.then = then
        self.answer = answer
        super().__init__()


class WasRefused(FromDesk):
    """The desk said no; `then` shows why."""

    def __init__(
        self, then: Callable[[tuple[Finding, ...]], None], findings: tuple[Finding, ...], *, while_typing: bool
    ) -> None:
        self.then = then
        self.findings = findings
        self.while_typing = while_typing
        super().__init__()


class Unavailable(FromDesk):
    """The order book cannot be reached."""

    def __init__(self, error: Exception) -> None:
        self.error = error
        super().__init__()


class AskingScreen(Screen[ScreenResultType]):
    """A screen that asks the desk. Page up and page down scroll what does not fit, whatever has the focus."""

    HORIZONTAL_BREAKPOINTS = [(0, "-too-narrow"), (WIDTH, "-narrow"), (116, "-wide"), (156, "-extra-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-too-low"), (HEIGHT, "-high")]

    BINDINGS: ClassVar[list[BindingType]] = [
        # With priority, or a table in focus would take the keys while the page is still to be scrolled.
        Binding("pageup", "turn(-1)", N_("前のページ"), id="screen.page-up", show=False, priority=True),
        Binding("pagedown", "turn(1)", N_("次のページ"), id="screen.page-down", show=False, priority=True),
        # With priority the focus moves at once, so that what is typed right behind Tab, by a fast hand or by a
        # password manager, goes into the next field and not into the one before.
        Binding("tab", "app.focus_next", N_("次へ"), id="screen.next", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", N_("戻る"), id="screen.previous", show=False, priority=True),
        # Of every screen and not of the app, whose keys do not reach through a dialog. Two keys each, since some
        # terminals keep F10 and F11 for themselves; Ctrl+/ arrives as Ctrl+_.
        Binding("f10,ctrl+underscore", "app.keys", N_("キー"), id="app.keys", show=False),
        Binding("ctrl+p", "app.palette", N_("コマンドパレット"), id="app.palette", show=False),
        Binding("f11,ctrl+backslash", "app.settings", N_("設定"), id="app.settings", show=False),
        Binding(
            "ctrl+right_square_bracket,ctrl+circumflex_accent", "jump", N_("ジャンプ"), id="screen.jump", show=False
        ),
    ]

    can_be_saved: ClassVar[bool] = False
    """Whether `action_save` saves what is typed here and leaves."""

    _focus_before: Widget | None = None

    def __init__(self) -> None:
        super().__init__()
        self._compositor = CloseUp()
        self._deciding: set[Worker[Any]] = set()

    def _extend_compose(self, widgets: list[Widget]) -> None:
        """Beside Textual's own parts of every screen, the one that covers it where there is too little room."""
        super()._extend_compose(widgets)
        widgets.append(TooSmall(self.words_where_too_small))

    def on_resize(self, event: Resize) -> None:
        """What has the focus has it again as soon as there is room for the page once more."""
        if event.size.width < WIDTH or event.size.height < HEIGHT:
            self._focus_before = self._focus_before or self.focused
        elif self._focus_before is not None:
            self.call_after_refresh(self.set_focus, self._focus_before)
            self._focus_before = None

    def set_focus(self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False) -> None:
        """Bring what gets the focus into sight once the page is laid out.

        Textual does so at once: where the page grows at the same moment, what comes into sight hangs on which of the
        two was quicker. A page that was below another screen is laid out last of all.
        """
        moves = widget is not self.focused
        super().set_focus(widget, scroll_visible=False, from_app_focus=from_app_focus)
        if moves and scroll_visible and widget is not None:
            self.keep_in_sight(widget)

    def keep_in_sight(self, widget: Widget) -> None:
        """Bring what has the focus into sight once the page is laid out, unless the focus has moved on by then."""
        self.call_after_refresh(self.call_after_refresh, self._bring_into_sight, widget)

    def _bring_into_sight(self, widget: Widget) -> None:
        if self.focused is widget:
            bring_into_sight(widget)

    def action_turn(self, direction: int) -> None:
        """Scroll a page up (-1) or down (1)."""
        scroll = self._to_turn(direction)
        if scroll is not None:
            scroll.scroll_relative(y=direction * max(1, scroll.size.height - 2), animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Page up and page down are for what has the focus where the page cannot be scrolled further.

        What has no explanation leaves the key of explanations to the page.
        """
        if action == "turn":
            return self._to_turn(1 if parameters == (1,) else -1) is not None
        if action == "explain":
            return self.focused is not None and self.explained(self.focused) is not None
        return super().check_action(action, parameters)

    def explained_as(self, id: str) -> str:
        """Under which id a field of this screen is explained; by default its own."""
        return id

    def action_explain(self) -> None:
        """Explain the field that has the focus."""
        self.workplace.explain()

    def explained(self, control: Widget) -> tuple[str, Explanation] | None:
        """What a field is called as it stands there, and its explanation, by what takes the typing or choosing."""
        from stellr_tui.reference.explanations import explanation_of

        field = field_of(control)
        id = id_of(field.field_name) if field else control.id or ""
        if (explanation := explanation_of(self.explained_as(id))) is None:
            return None
        if field:
            return field.name_shown, explanation.required() if field.is_required else explanation
        return str(control.label) if isinstance(control, Checkbox) else _(explanation.name), explanation

    def action_jump(self) -> None:
        """Show a letter on everything that one can go to here, and go where the letter that is typed stands."""
        from stellr_tui.widgets.jump import Jump, targets_on

        if targets := targets_on(self):
            self.app.push_screen(Jump(self, targets, self.app.size))

    def _to_turn(self, direction: int) -> VerticalScroll | None:
        """The part of the screen that has more to show in that direction."""
        for scroll in self.query(VerticalScroll):
            more = scroll.scroll_offset.y < scroll.max_scroll_y if direction > 0 else scroll.scroll_offset.y > 0
            if more and scroll.is_on_screen:
                return scroll
        return None

    @property
    def workplace(self) -> Workplace:
        """The app, as what screens know of it."""
        return cast(Workplace, self.app)

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The bindings, described in the language spoken now, and shown as the app has it."""
        return {
            key: active._replace(binding=self._as_shown(active.binding))
            for key, active in super().active_bindings.items()
        }

    def _as_shown(self, binding: Binding) -> Binding:
        from dataclasses import replace

        group = binding.group and replace(binding.group, description=_(binding.group.description))
        shown = self.workplace.names_key(binding) or (binding.id == EXPLAIN.id and self._names(binding.key))
        words = _TEXTUALS_OWN.get(binding.description, binding.description)
        return replace(binding, description=_(words), group=group, show=shown)

    def _names(self, key: str) -> bool:
        """Whether the footer names a key of the screen's own: then also where something else is done with it."""
        return any(one.show for one in self._bindings.key_to_bindings.get(key, ()))

    def ask(
        self,
        question: Callable[[Desk], Answer],
        then: Callable[[Answer], object],
        *,
        refused: Callable[[tuple[Finding, ...]], None] | None = None,
        about: str = "",
        latest_only: bool = False,
    ) -> bool:
        """Ask the desk in a thread; `then` gets the answer on the event loop, `refused` the findings.

        A question `about` something is not asked twice at once: False if it is still under way. With
        `latest_only` the newer question takes the older one's place instead, whose answer is dropped.
        """
        if about and not latest_only and self.is_asking(about):
            return False

        def work() -> None:
            worker = get_current_worker()
            # An order book that cannot be opened at all ends the app: there is nothing to do here without it.
            desk = self.workplace.desk()
            message: FromDesk
            try:
                message = Answered(then, question(desk))
            except Refused as why:
                message = WasRefused(refused or self.show_refusal, why.findings, while_typing=latest_only)
            except Exception as error:
                if not _is_unavailable(error):
                    raise
                message = Unavailable(error)
            message.worker = worker
            if not worker.is_cancelled:
                self.post_message(message)

        worker = self.run_worker(work, thread=True, group=about or "asking", exclusive=latest_only)
        if not latest_only:
            self._deciding.add(worker)
            self.workplace.wait_for(worker)
        return True

    @property
    def is_here(self) -> bool:
        """Whether the screen stands with all its parts.

        While it comes and while it goes some are missing, and it is called all the same: it still looks at messages
        as it goes, and what it had put off until a frame is done by the next screen.
        """
        # What is taken away is not displayed any more, but attached until the last of its parts is gone.
        return self.is_mounted and self.is_attached and self.display

    def words_where_too_small(self) -> str:
        """What is said of the screen where the terminal is too small for it."""
        return _("入力中のものは\nそのままです。")

    def called(self) -> str:
        """What the screen is called where it is not seen."""
        return ""

    def typed_key(self) -> Hashable:
        """Under what the typed text of this screen is kept while it is left; None where it is not kept."""
        return None

    def has_unsaved(self) -> bool:
        """Whether something is typed here that is not saved."""
        return any(form.is_typed for form in self.query(Form))

    def note_unsaved(self) -> None:
        """What was typed is kept when the screen is left now, but not beyond the end of the program.

        A page that is left before it was loaded has no fields yet: what was noted of them stays.
        """
        if self.has_unsaved():
            self.workplace.unsaved[self.typed_key()] = self.called()
        elif self.query(Field):
            self.workplace.unsaved.pop(self.typed_key(), None)

    def leave(self) -> None:
        """Leave without a result; what is typed here, and kept nowhere, is not lost unasked.

        While the desk is asked to do something with it, it is too late to leave.
        """
        if isinstance(self.focused, Input):
            # Behind what was typed in the same moment.
            self.focused.call_later(self._leave)
        else:
            self._leave()

    def _leave(self) -> None:
        if not self.has_unsaved():
            self._leave_as_it_was()
        elif not self._deciding:
            self._ask_before_leaving()

    def _leave_as_it_was(self) -> None:
        self.throw_away()
        self.dismiss(None)

    def throw_away(self) -> None:
        """What is typed here is not to be: take back what it has led to already."""

    def action_save(self) -> None:
        """保存."""

    @work
    async def _ask_before_leaving(self) -> None:
        from stellr_tui.widgets.unsaved import Fate, Unsaved

        words = _("入力した内容はまだ保存されていません。")
        fate = await self.app.push_screen_wait(Unsaved(words, _("破棄"), can_save=self.can_be_saved))
        if fate is Fate.SAVE:
            self.action_save()
        elif fate is Fate.THROW_AWAY:
            self._leave_as_it_was()

    def is_asking(self, about: str) -> bool:
        """Whether a question about something is under way."""
        under_way = (WorkerState.PENDING, WorkerState.RUNNING)
        return any(
            worker.group == about and worker.node is self and worker.state in under_way for worker in self.workers
        )

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Leave with a result, once: what is answered after the screen was left must not close the page below it."""
        return super().dismiss(result) if self.is_current else AwaitComplete()

    def remarks(self) -> Callable[[Desk], Remarks] | None:
        """What to ask the desk about what is typed here, when a field is left; by default nothing."""
        return None

    def remark(self, form: Form) -> None:
        """Say at the fields of a form what is wrong or unusual about it so far."""
        question = self.remarks()
        if question is not None:
            self.ask(question, form.show_remarks, about="remarks", latest_only=True)

    def on_form_left(self, message: Form.Left) -> None:
        """A field was left."""
        message.stop()
        self.remark(message.form)

    def show_refusal(self, findings: tuple[Finding, ...]) -> None:
        """Say why the desk refused: at the fields, and what has none here as a notice over the page."""
        from stellr_tui.reference.sentences import sentence

        for form in self.query(Form):
            findings = form.show_findings(findings)
        if findings:
            self.notify("\n".join(sentence(one) for one in findings), severity="error", markup=False)

    def _decided(self, message: FromDesk) -> None:
        message.stop()
        if message.worker is not None:
            self._deciding.discard(message.worker)

    async def on_answered(self, message: Answered) -> None:
        """Hand the answer on, unless the screen has been left meanwhile."""
        self._decided(message)
        if self.is_here:
            shown = message.then(message.answer)
            if iscoroutine(shown):
                await shown
            self.has_shown()

    def has_shown(self) -> None:
        """An answer of the desk is shown."""

    def on_was_refused(self, message: WasRefused) -> None:
        """Hand the findings on, unless the screen has been left meanwhile. What was typed ahead has lost its page."""
        self._decided(message)
        if not message.while_typing:
            self.workplace.forget_typed_ahead()
        if self.is_here:
            message.then(message.findings)

    def on_unavailable(self, message: Unavailable) -> None:
        """Say that the order book cannot be reached; nothing typed is lost."""
        self._decided(message)
        self.workplace.forget_typed_ahead()
        self.notify(str(message.error), title=_("データベースに接続できません"), severity="error", markup=False)


def asking_screen(widget: Widget) -> AskingScreen[Any]:
    """The screen that a widget stands on, which asks the desk for it."""
    if not isinstance(widget.screen, AskingScreen):
        raise TypeError(f"{widget} stands on a screen that cannot ask the desk")
    return widget.screen


def _is_unavailable(error: Exception) -> bool:
    from stellr_tui.store.errors import StoreUnavailable

    return isinstance(error, StoreUnavailable)
