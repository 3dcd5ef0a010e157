"""What every screen finds around it: the desk, who is signed in, the business date, and the way to other pages."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, ClassVar

from textual.geometry import Offset
from textual.reactive import var
from textual.widgets import Input
from textual.worker import WorkerFailed

from stellr_tui.reference.settings import Settings
from stellr_tui.reference.texts import _
from stellr_tui.widgets.style_sheet import StyleSheet
from stellr_tui.widgets.type_ahead import TypeAhead
from stellr_tui.widgets.work import work_of

if TYPE_CHECKING:
    from textual.binding import Binding

    from stellr_tui.desk.clock import Clock
    from stellr_tui.desk.desk import Desk
    from stellr_tui.desk.drafts import Typed
    from stellr_tui.desk.identity import SignedIn
    from stellr_tui.reference.texts import Language
    from stellr_tui.widgets.order_in_hand import OrderInHand
    from stellr_tui.widgets.places import Place


class Workplace(TypeAhead):
    """The app as screens know it."""

    goes_on_with_order: ClassVar[bool] = False
    """Whether a session goes on with the order changed last, without being asked to."""

    goes_on_in_wizard: ClassVar[bool] = True
    """Whether the provisioning wizard opens at the step at which it was left."""

    clock: var[Clock | None] = var(None)
    """The business date as last read from the order book."""

    def __init__(
        self,
        database: str | None = None,
        now: Callable[[], datetime] | None = None,
        settings: Settings | None = None,
    ) -> None:
        """Work with this order book, by default the user's own, this clock, by default the system's, and settings."""
        super().__init__()
        self.stylesheet = StyleSheet(variables=self.get_css_variables())
        self.settings = settings or Settings()
        """What the user has chosen."""
        self.signed_in: SignedIn | None = None
        self.typed: dict[Hashable, dict[str, str]] = {}
        """What was typed into forms that have been left, by form; it comes back with the form."""
        self.unsaved: dict[Hashable, str] = {}
        """Where that is more than was saved, by the same keys: what the page is called."""
        self.failure: Exception | None = None
        """What ended the app, if it was not the user; for whoever ran it to explain."""
        self._database = database
        self._now = now
        self._desk: Desk | None = None
        self._order: OrderInHand | None = None
        self._has_said_unkept = False
        self._opening = Lock()

    def desk(self) -> Desk:
        """The desk, opened at the first call. Call it from a thread: opening reads files and may make a database."""
        with self._opening:
            if self._desk is None:
                from stellr_tui.desk.desk import system_now
                from stellr_tui.desk.opening import open_desk

                self._desk = open_desk(self._database, self._now or system_now)
            return self._desk

    @property
    def cursor_position(self) -> Offset:
        """Where the terminal's own cursor stands: there an input method opens its window, and a magnifier looks.

        In the field that has the focus, else at the first cell of what has it; in the corner where that is out of
        sight. Textual leaves it where a field was written to last, even if nobody types there, or where the field
        was before the page was laid out.
        """
        focused = self.focused
        if focused is None or not focused.is_on_screen:
            return Offset(0, 0)
        start = focused.content_region.offset
        if not self.screen.find_widget(focused).clip.contains_point(start):
            return Offset(0, 0)
        return focused.cursor_screen_offset if isinstance(focused, Input) else start

    @cursor_position.setter
    def cursor_position(self, offset: Offset) -> None:
        """Textual's widgets set it; it follows from the focus instead."""

    def _handle_exception(self, error: Exception) -> None:
        """What nobody foresaw ends the app. Its traceback is not shown: it holds what was typed."""
        if self.failure is None:
            cause = error.error if isinstance(error, WorkerFailed) else error
            self.failure = cause if isinstance(cause, Exception) else error
        super()._handle_exception(error)
        self._exit_renderables.clear()

    @property
    def user(self) -> SignedIn:
        """Who is signed in. Pages behind the login are only ever reached by someone."""
        if self.signed_in is None:
            raise RuntimeError("nobody is signed in")
        return self.signed_in

    @property
    def chosen_keys(self) -> Mapping[str, str]:
        """The keys that the user has given to bindings, by their ids; what cannot be used is left out."""
        return self._keymap

    def cap(self, id: str) -> str:
        """The first key of a binding, as the user has it and as it stands on the keyboard: `Ctrl+S`."""
        from stellr_tui.widgets.keymap import key_caps, keys_of, known_bindings

        return key_caps(keys_of(known_bindings()[id], self.chosen_keys)[:1])

    @property
    def order(self) -> OrderInHand:
        """The order that is being entered, or will be."""
        if self._order is None:
            from stellr_tui.widgets.order_in_hand import OrderInHand

            self._order = OrderInHand(goes_on=self.goes_on_with_order)
        return self._order

    def begin_order(self, typed: Typed | None = None) -> None:
        """Show an order in place of the one that was placed or set aside: by default a new one."""
        from stellr_tui.widgets.order_in_hand import lay_out

        lay_out(self.typed, typed or {})
        self.order.go_on()

    def forget_order(self) -> None:
        """Nothing is typed in this session any more."""
        self.typed.clear()
        self.unsaved.clear()
        self._order = None

    def keep_order(self) -> None:
        """Keep what is typed of the order, in a thread; what changes meanwhile is kept right behind it."""
        order = self._order
        if order is None or self.signed_in is None:
            return
        from stellr_tui.widgets.order_in_hand import typed_for_order

        order.is_typed(typed_for_order(self.typed))
        order.is_behind = True
        if not order.is_being_kept:
            order.is_being_kept = True
            self.run_worker(work_of(self._keep_order, order, self.user), group="order", exit_on_error=False)

    async def _keep_order(self, order: OrderInHand, by: SignedIn) -> None:
        from stellr_tui.rules.findings import Refused
        from stellr_tui.store.errors import StoreUnavailable

        try:
            while order.is_behind:
                order.is_behind = False
                await asyncio.to_thread(lambda: order.keep(self.desk(), by))
            self._has_said_unkept = False
        except (Refused, StoreUnavailable):
            # The page itself says why, as soon as it asks for something; here it would be said at every key.
            if not self._has_said_unkept:
                self._has_said_unkept = True
                self.notify(_("入力中のオーダーを保存できません。"), severity="warning", markup=False)
        finally:
            order.is_being_kept = False

    def names_key(self, binding: Binding) -> bool:
        """Whether the footer names a key on the screen that is shown."""
        return binding.show

    @abstractmethod
    def use(self, settings: Settings) -> None:
        """Work with these settings from now on."""

    @abstractmethod
    def wear(self, settings: Settings) -> None:
        """Look as these settings say, until `use` or `wear` says otherwise."""

    @abstractmethod
    def keep_settings(self, settings: Settings) -> None:
        """Write settings down, for the next time. Refused: as `save_settings`."""

    @abstractmethod
    def speak(self, language: Language) -> None:
        """Say everything in this language from now on. Call it where the open screen can be said anew."""

    @abstractmethod
    def explain(self) -> None:
        """Explain the field that has the focus, over whatever is open."""

    @abstractmethod
    def show_rules(self) -> None:
        """ルール: delivery and billing, with today's case worked out."""

    @abstractmethod
    def go(self, place: Place) -> None:
        """Show another page in place of the one that is shown."""

    @abstractmethod
    def back(self) -> None:
        """Show the page that was left last, as it was left."""

    @abstractmethod
    def forward(self) -> None:
        """Show the page from which one came back last, as it was left."""

    @abstractmethod
    def come_back_to(self, place: Place) -> None:
        """Go to a page that has been left, as it was left."""

    @abstractmethod
    def last_places(self) -> Sequence[tuple[Sequence[str], Place]]:
        """The pages that have been left, the last one first: their names, beginning with the one spoken now."""

    @abstractmethod
    def move_clock(self) -> None:
        """Ask for another date of a training database, and say what happened until then."""

    @abstractmethod
    def quick_order(self, like_contract: int | None = None) -> None:
        """Ask for an order in one line, by default an empty one, else for the same as a contract; then check it."""

    @abstractmethod
    def show_again(self) -> None:
        """Show the page that is shown anew, after something has changed for all pages."""

    @abstractmethod
    def sign_out(self) -> object:
        """Leave the portal for the login screen; what was typed is forgotten, after asking."""
