"""The app: from the login to the pages of the portal, and back and forth between them."""

from __future__ import annotations

import os
import signal
from asyncio import get_running_loop, wait_for
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

# Extended key codes turn longer commits of Japanese input methods into garbage in some terminals; Textual looks
# at this once, when it is first imported. Who sets the variable decides.
os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")

from textual import work
from textual._callback import invoke
from textual.binding import Binding, BindingType
from textual.events import Event, Key, MouseDown, MouseEvent, MouseScrollDown, MouseScrollUp, Paste
from textual.worker import WorkerError

from screens.login import LoginScreen
from stellr_tui.reference.settings import Density, Read, Settings, line_of_key, save_settings
from stellr_tui.reference.texts import N_, Language, _, use_language
from stellr_tui.reference.texts import language as spoken
from stellr_tui.widgets.form import Field
from stellr_tui.widgets.ground import Ground
from stellr_tui.widgets.mail_rounds import MailRounds
from stellr_tui.widgets.midnight import OverMidnight
from stellr_tui.widgets.places import OrderCreated, Portal
from stellr_tui.widgets.terminal_keys import read_alt_with_arrows
from stellr_tui.widgets.themes import THEMES
from stellr_tui.widgets.too_small import HEIGHT, WIDTH
from stellr_tui.widgets.unsaved import Fate, UnsavedAtTheEnd
from stellr_tui.widgets.work import work_of

if TYPE_CHECKING:
    from textual.screen import Screen

    from screens.commands import Command
    from stellr_tui.desk.closing import Closed
    from stellr_tui.desk.identity import SignedIn
    from stellr_tui.desk.orders import Order
    from stellr_tui.rules.findings import Finding
    from stellr_tui.widgets.page import Page
    from stellr_tui.widgets.places import Left, Place

Result = TypeVar("Result")

_REMEMBERED = 50
_NAMED = 10  # of the last places, in the palette
_LESSONS, _LESSONS_CHORD = "app.lessons", "ctrl+y"

# Seconds that somebody who has signed in waits without being told why.
_A_MOMENT = 0.5

# Seconds that an order book which does not answer may hold up the end.
_LAST_MOMENT = 3.0


class StellrApp(OverMidnight, MailRounds):
    """StreamOne Stellr in a terminal."""

    TITLE = "StreamOne Stellr"
    ENABLE_COMMAND_PALETTE = False
    # Whole, since Textual would look for it beside the module of an app that is made of this one.
    CSS_PATH = str(Path(__file__).with_name("app.tcss"))

    BINDINGS: ClassVar[list[BindingType]] = [
        # A function key, and a chord for terminals that keep that key for themselves.
        Binding(f"f12,{_LESSONS_CHORD}", "open_lessons", N_("レッスン"), id=_LESSONS, show=False),
        Binding("ctrl+q", "quit", N_("終了"), id="app.quit", priority=True),
    ]

    leads_to_lessons: ClassVar[bool] = True
    """Whether a key leads to the lessons from here."""

    def __init__(
        self,
        database: str | None = None,
        now: Callable[[], datetime] | None = None,
        read: Read | None = None,
    ) -> None:
        """Open this order book, with this clock, and with settings as they were read."""
        self._read = read or Read(Settings())
        super().__init__(database, now, self._read.settings)
        for theme in THEMES.values():
            self.register_theme(theme)
        self._places: list[Place] = []
        self._ahead: list[Place] = []
        self._left_as: dict[Place, Left] = {}
        read_alt_with_arrows()
        self.wear(self.settings)

    @property
    def place(self) -> Place | None:
        """The page that was gone to last; None before somebody has signed in."""
        return self._places[-1] if self._places else None

    def on_mount(self) -> None:
        """Begin."""
        self.follow_the_date()
        self._keep_what_is_typed_at_the_end()
        of_keys = self._take_keys(self.settings)
        of_keys = [replace(one, facts={**one.facts, **line_of_key(one.field)}) for one in of_keys]
        findings = [*self._read.findings, *of_keys]
        self.begin()
        if findings:
            self._tell_of_settings(findings)
        self.deliver_mail_from_now_on()

    def begin(self) -> None:
        """Begin at the login."""
        self._enter()

    def begin_at(self, user: SignedIn, place: Place) -> None:
        """Begin at a page, with somebody signed in already."""
        self.signed_in = user
        self.forget_places()
        self._places = list(dict.fromkeys([Portal(), place]))
        self.push_screen(_page_for(place))

    @work
    async def _enter(self) -> None:
        user = await self.push_screen_wait(LoginScreen())
        await self._days_are_worked()
        self.signed_in = user
        self._places = [Portal()]
        await self.push_screen(_page_for(Portal()))
        self.tell_what_happened()
        self.deliver_mail()

    async def _days_are_worked(self) -> None:
        """The days that went by while nobody was here are worked behind the login. Whoever is quicker sees how far."""
        self.look_at_the_date()
        with suppress(TimeoutError):
            await wait_for(self.rested.wait(), _A_MOMENT)
        if self.is_catching_up:
            from screens.clock import CatchUp

            await self.push_screen_wait(CatchUp())

    async def on_event(self, event: Event) -> None:
        """Where there is too little room to see what one does, keys only quit; while it ends they do nothing."""
        if isinstance(event, Key | Paste | MouseEvent) and (
            not self.screen_stack or (self._is_too_small and not self._quits(event))
        ):
            return
        if isinstance(event, MouseDown | MouseScrollDown | MouseScrollUp):
            self.acts()
        await super().on_event(event)

    def acts(self) -> None:
        """A page that one came back to is from now on as it becomes."""
        from stellr_tui.widgets.page import Page

        if isinstance(self.screen, Page):
            self.screen.begin()

    @property
    def _is_too_small(self) -> bool:
        return self.size.width < WIDTH or self.size.height < HEIGHT

    def _quits(self, event: Event) -> bool:
        """Whether it is the key to quit, which works through a dialog too."""
        if not isinstance(event, Key):
            return False
        bindings = (one.key_to_bindings.get(event.key, ()) for _node, one in self.screen._binding_chain)
        return any(one.id == "app.quit" for of_node in bindings for one in of_node)

    def use(self, settings: Settings) -> None:
        """Work with these settings from now on."""
        self.settings = settings
        self._take_keys(settings)
        self.wear(settings)

    def keep_settings(self, settings: Settings) -> None:
        """Write settings down, for the next time. Refused: as `save_settings`."""
        save_settings(settings)

    def speak(self, language: Language) -> None:
        """Say everything in this language from now on. Call it where the open screen can be said anew."""
        screen = self.screen
        if isinstance(screen, Ground) and language != spoken():
            use_language(language)
            screen.say_anew()

    def wear(self, settings: Settings) -> None:
        """Look as these settings say."""
        self.theme = THEMES[settings.theme].name
        self.set_class(settings.density is Density.COMPACT, "-compact")

    def _take_keys(self, settings: Settings) -> Sequence[Finding]:
        """Take the keys that the user has chosen; what is wrong with them."""
        if not (settings.keys or self._keymap):
            return ()
        import screens.pages  # all pages, so that the bindings of all are known
        import screens.settings  # noqa: F401
        from stellr_tui.widgets.keymap import check_keymap

        keymap, findings = check_keymap(self, settings.keys)
        self.set_keymap(keymap)
        return findings

    def _tell_of_settings(self, findings: Iterable[Finding]) -> None:
        """Say what is wrong in the file of the settings, and where; the defaults are taken instead."""
        from stellr_tui.reference.sentences import sentence

        said = "\n".join(sentence(one) for one in findings)
        self.notify(
            said, title=_("設定ファイルの誤り (標準の値を使います)"), severity="warning", timeout=20, markup=False
        )

    async def action_quit(self) -> None:
        """End the app; what was typed and not saved is lost with it, after asking."""
        await self.typing_arrives()
        if isinstance(self.screen, UnsavedAtTheEnd):
            if self._is_too_small:
                await self._end()
        elif self.unsaved_places():
            self._end_after_asking()
        else:
            await self._end()

    @work
    async def _end_after_asking(self) -> None:
        if await self._may_be_lost(_("破棄して終了")):
            await self._end()

    async def _end(self) -> None:
        """End the app, once what was typed of an order is kept."""
        await self._keep_what_is_typed()
        self.exit()

    def _keep_what_is_typed_at_the_end(self) -> None:
        """Keep it too where the terminal goes away, or the system ends the program; then it ends as it would have."""
        # Windows has neither; a test has no terminal of its own.
        with suppress(AttributeError, NotImplementedError):
            for name in ("SIGHUP", "SIGTERM") if not self.is_headless else ():
                number = getattr(signal, name)
                get_running_loop().add_signal_handler(number, self._end_by, number)

    @work
    async def _end_by(self, number: int) -> None:
        await self._keep_what_is_typed()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    async def _keep_what_is_typed(self) -> None:
        from stellr_tui.widgets.kept_soon import KEEPING, KeptSoon

        for screen in self.screen_stack:
            if isinstance(screen, KeptSoon):
                screen.keep()
        keeping = [worker for worker in self.workers if worker.group in KEEPING]
        if keeping:  # of none at all Textual would wait for every worker
            with suppress(TimeoutError, WorkerError):
                await wait_for(self.workers.wait_for_complete(keeping), _LAST_MOMENT)

    def action_settings(self) -> None:
        """Open the settings over whatever is open; once open is enough."""
        from screens.settings import SettingsScreen

        self.wait_for(self._open_over_all(lambda: SettingsScreen(may_speak=isinstance(self.screen, Ground))))

    def action_keys(self) -> None:
        """Open the table of the keys over whatever is open; once open is enough."""
        import screens.pages  # all pages, so that the bindings of all are known
        import screens.settings  # noqa: F401
        from screens.keys import KeysDialog

        here = [one.binding.id for one in self.active_bindings.values() if one.binding.id and one.enabled]
        self.wait_for(self._open_over_all(lambda: KeysDialog(here)))

    def action_palette(self) -> None:
        """Find what can be done on the screen that is open, or where to go, by its name; and do it."""
        self.wait_for(self._open_palette())

    @work
    async def _open_palette(self) -> None:
        from screens.commands import commands_on
        from screens.palette import PaletteDialog
        from stellr_tui.widgets.asking import AskingScreen
        from stellr_tui.widgets.page import Page

        await self._everything_is_answered()
        screen = self.screen
        if isinstance(screen, AskingScreen) and not isinstance(screen, PaletteDialog):
            # From a dialog one does not go elsewhere: what is typed in it would be lost.
            go = self.go if isinstance(screen, Page) else None
            self.push_screen(PaletteDialog(commands_on(screen, go), go), self._run_chosen)

    def _run_chosen(self, chosen: Command | None) -> None:
        if chosen is not None:
            self.run_worker(work_of(partial(invoke, chosen.run)))

    def show_rules(self) -> None:
        """ルール: delivery and billing, with today's case worked out."""
        from screens.rules import RulesDialog

        self.push_screen(RulesDialog())

    def explain(self) -> None:
        """Explain the field that has the focus, which has it again behind that. What is typed next waits for it."""
        self.wait_for(self._explain())

    @work
    async def _explain(self) -> None:
        from screens.explanation import FieldExplanation
        from stellr_tui.widgets.asking import AskingScreen

        await self._everything_is_answered()
        screen = self.screen
        if isinstance(screen, AskingScreen) and screen.focused and (explained := screen.explained(screen.focused)):
            self.push_screen(FieldExplanation(*explained))

    @work
    async def _open_over_all(self, kind: Callable[[], Screen[None]]) -> None:
        await self._everything_is_answered()
        screen = kind()
        if not any(type(one) is type(screen) for one in self.screen_stack):
            self.push_screen(screen)

    @work
    async def _open_over_page(self, kind: Callable[[], Screen[Result]], then: Callable[[Result | None], None]) -> None:
        """Open what leads to another page, unless something is open already that would be lost with this one."""
        from stellr_tui.widgets.page import Page

        await self._everything_is_answered()
        if isinstance(self.screen, Page):
            self.push_screen(kind(), then)

    async def _everything_is_answered(self) -> None:
        """What a page has asked may lead to another one, which is then not to come over what is opened here."""
        seen = None
        while seen is not self.screen:
            seen = self.screen
            await self.keys_arrive()
            if isinstance(seen, Ground):
                await seen.answered()

    def go(self, place: Place) -> None:
        """Show another page in place of the one that is shown."""
        self._go(place)

    def come_back_to(self, place: Place) -> None:
        """Show a page that has been left, as it was left."""
        self._go(place, as_left=True)

    def _go(self, place: Place, *, as_left: bool = False) -> None:
        if self.place is None:
            return  # signed out in the same moment
        if self.place != place:
            self._places = [*self._places, place][-_REMEMBERED:]
            self._ahead.clear()
        self._show(place, as_left=as_left)

    def back(self) -> None:
        """Show the page that was left last, as it was left; at the first one stay."""
        if len(self._places) > 1:
            self._ahead.append(self._places.pop())
            self._show(self._places[-1], as_left=True)

    def forward(self) -> None:
        """Show the page from which one came back last, as it was left; at the last one stay."""
        if self._ahead:
            self._places.append(self._ahead.pop())
            self._show(self._places[-1], as_left=True)

    def last_places(self) -> Sequence[tuple[Sequence[str], Place]]:
        """The last pages that have been left, the last one first; without the one that is shown."""
        left = [(place, one.names) for place, one in reversed(self._left_as.items()) if place != self.place]
        return [(list(dict.fromkeys([of[spoken()], *of.values()])), place) for place, of in left[:_NAMED]]

    def forget_places(self) -> None:
        """There is no way back any more."""
        self._places.clear()
        self._ahead.clear()
        self._left_as.clear()

    def move_clock(self) -> None:
        """Ask for another date of a training database, and say what happened until then."""
        from screens.clock import MoveClock

        if (clock := self.clock) is not None and clock.is_training:
            self.wait_for(self._open_over_page(lambda: MoveClock(clock.today.isoformat()), self._clock_moved))

    def _clock_moved(self, closed: Closed | None) -> None:
        from stellr_tui.reference.labels import day_worked

        if closed is not None:
            self.notify(day_worked(closed.through, closed.counts), markup=False)
            self.show_again()

    def quick_order(self, like_contract: int | None = None) -> None:
        """An order in one line, then the wizard at its last step; the PO is there from the one to the other."""
        from screens.quick_order import QuickOrderDialog

        self.wait_for(self._open_over_page(lambda: QuickOrderDialog(like_contract), self._check_quick_order))

    def _check_quick_order(self, order: Order | None) -> None:
        if order is not None:
            self._check_order(order)

    @work
    async def _check_order(self, order: Order) -> None:
        from screens.provisioning import ProvisioningWizard
        from screens.subscriptions import go_to_sent

        sent = await self.push_screen_wait(ProvisioningWizard(order.id, to_check=True))
        if sent is None:
            self.go(OrderCreated(order.id))
        else:
            go_to_sent(self, sent)

    def show_again(self) -> None:
        """Show the page that is shown anew."""
        if self.place is not None:
            self._show(self.place, as_left=True)

    @work
    async def sign_out(self) -> None:
        """Back to the login; what was typed is forgotten, after asking."""
        if self.signed_in is not None and await self._may_be_lost(_("破棄してログアウト")):
            self.keep_order()
            self.forget_order()
            self.signed_in = None
            self.forget_places()
            await self.pop_screen()
            self._enter()

    async def _may_be_lost(self, throw_away: str) -> bool:
        """Whether what was typed and not saved may be lost, if anything was. throw_away: the button that says so."""
        places = self.unsaved_places()
        return not places or await self.push_screen_wait(UnsavedAtTheEnd(places, throw_away)) is Fate.THROW_AWAY

    def unsaved_places(self) -> Sequence[str]:
        """What the screens are called where something is typed and not saved, of those that have been left too."""
        from stellr_tui.widgets.asking import AskingScreen

        here = [one for one in self.screen_stack if isinstance(one, AskingScreen)]
        open_now = {one.typed_key() for one in here if one.query(Field)}
        left = [name for key, name in self.unsaved.items() if key not in open_now]
        return tuple(dict.fromkeys([*(one.called() for one in here if one.has_unsaved()), *left]))

    def _show(self, place: Place, *, as_left: bool = False) -> None:
        from stellr_tui.widgets.page import Page

        if place != self.place:
            return  # one has gone on meanwhile
        leaves = self.screen
        if not leaves.is_mounted:
            # Textual cannot take away what is only half there.
            leaves.call_later(self._show, place, as_left=as_left)
        elif not isinstance(leaves, Page):
            # What was opened over the page in the same moment goes with it.
            leaves.dismiss(None)
            self._show(place, as_left=as_left)
        else:
            leaves.remember()
            self.keep_order()
            self._keep(leaves)
            page = _page_for(place)
            if as_left and (left := self._left_as.get(place)):
                page.come_back(left)
            self.switch_screen(page)

    def _keep(self, page: Page) -> None:
        """Keep how a page was left, for when one comes back; the last one is kept the longest."""
        if page.shows is not None:
            self._left_as.pop(page.shows, None)
            self._left_as[page.shows] = page.as_left()
            if len(self._left_as) > _REMEMBERED:
                del self._left_as[next(iter(self._left_as))]

    def action_open_lessons(self) -> None:
        """Go to the lessons, a program of their own, and come back to where one was."""
        from textual.app import SuspendNotSupported

        from stellr_tui.widgets.aside import run_aside

        try:
            run_aside(self, "lesson")
        except SuspendNotSupported:
            words = _("ここではレッスンを開けません。ターミナルで stellr lesson を実行してください。")
            self.notify(words, severity="warning", markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In a lesson no key leads to the lessons."""
        return self.leads_to_lessons if action == "open_lessons" else super().check_action(action, parameters)

    def names_key(self, binding: Binding) -> bool:
        """The key to the lessons is named on the way in, where there is room; the footer names one of the two."""
        is_named = binding.id == _LESSONS and binding.key != _LESSONS_CHORD
        return super().names_key(binding) or (is_named and self.place in (None, Portal()))

    def export_screenshot(self, *, title: str | None = None, simplify: bool = False) -> str:
        """The screen as an SVG in which Japanese stands at its right width in a browser."""
        from stellr_tui.widgets.picture import correct_svg

        return correct_svg(super().export_screenshot(title=title, simplify=simplify))


def _page_for(place: Place) -> Page:
    """The page that shows a place."""
    from screens.pages import page_for

    page = page_for(place)
    page.shows = place
    return page
