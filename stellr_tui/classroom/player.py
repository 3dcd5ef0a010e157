"""A player: the real app in a lesson's world, an overlay that follows what happens there, and someone who may act."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from textual.events import InputEvent, Key, MouseDown
from textual.widgets import Input

from stellr_tui.classroom.actor import Actor, Stuck
from stellr_tui.classroom.app import LessonApp
from stellr_tui.classroom.overlay import Overlay, Said
from stellr_tui.classroom.sight import Sight
from stellr_tui.lessons.world import fresh_world
from stellr_tui.rules.findings import Finding, Reason

if TYPE_CHECKING:
    from textual.events import Event
    from textual.screen import Screen

    from stellr_tui.classroom.actor import Pace
    from stellr_tui.lessons.engine import Course
    from stellr_tui.lessons.scenario import Step
    from stellr_tui.lessons.world import OpenWorld
    from stellr_tui.widgets.places import Place

LOOKS_EVERY = 0.2
"""Seconds between two looks at what has changed, while nothing is pressed."""

HINT_KEYS = "f10,ctrl+underscore"
ON_KEYS = "f12,ctrl+y"
"""A function key, and a chord for terminals that keep that key for themselves. The portal uses none of these."""

HINT_CAPS = "F10 ^/"
ON_CAPS = "F12 ^y"


class Player(LessonApp):
    """The app of a lesson that is played. Subclasses say what the overlay says, and who acts."""

    CSS = LessonApp.CSS + "Screen { layers: default lesson; }"

    def __init__(self, world: OpenWorld, course: Course, begin_at: Place | None = None) -> None:
        super().__init__(world, begin_at)
        self.course = course
        self.sight = Sight(self, world.book())
        self._overlays: WeakKeyDictionary[Screen[Any], Overlay] = WeakKeyDictionary()
        self._is_touched = False
        """Whether the trainee has done something since the target last changed."""
        self._subject: object = None
        self._is_in_sight = True
        self.is_moving = False
        """Whether one world has been left and the next one has not been entered: there is nothing to look at."""

    def said(self) -> Said:
        """What the box says now."""
        raise NotImplementedError

    def target(self) -> str:
        """The id of what is marked now; empty where nothing is."""
        return ""

    def look_about(self) -> None:
        """See what has changed since the last time."""

    def actor(self, pace: Pace | None = None, within: float | None = None) -> Actor:
        """Someone who acts here."""
        return Actor(self, self.sight, pace, within)

    def on_mount(self) -> None:
        """Follow from the first screen on."""
        self.screen_change_signal.subscribe(self, self._come_to)
        self.set_interval(LOOKS_EVERY, self._look_about)

    async def perform(self, steps: Iterable[Step], actor: Actor) -> None:
        """Do steps, each until its condition holds. Raises Stuck."""
        for step in steps:
            for intent in step.do:
                await actor.do(intent)
            await self.reaches(step, actor)
            self.passed(step)

    def passed(self, step: Step) -> None:
        """The program has done a step, and its condition holds."""

    async def reaches(self, step: Step, actor: Actor) -> None:
        """Wait until the condition of a step holds. Raises Stuck, with what holds instead."""
        until = step.until
        if until is not None and not await actor.until(lambda: until.instead(self.sight.look()) is None):
            facts = {"step": step.id, "condition": until.said(), "instead": until.instead(self.sight.look())}
            raise Stuck(Finding(Reason.NEVER_HOLDS, "", "", facts))

    async def replay(self, number: int) -> None:
        """A fresh world, and all that is done in it before a step, as fast as it goes. Raises Stuck."""
        await self.actor().settles()
        self.is_moving = True
        try:
            before = self.world
            self.world.close()
            self.world = await asyncio.to_thread(fresh_world, before)
            self.sight = Sight(self, self.world.book())
            await self.move_into(self.world)
        finally:
            self.is_moving = False
        await self.perform(self.course.scenario.step[: number - 1], self.actor())

    async def on_event(self, event: Event) -> None:
        """Look before anything is done: it may lead on from what was just reached. Leave scrolling to the trainee."""
        if isinstance(event, InputEvent) and not event.is_forwarded:
            self._is_touched = True
            if isinstance(event, MouseDown) or self._leads_on(event):
                self._look()
        await super().on_event(event)

    def follow(self) -> None:
        """Say and mark what is to be said and marked, where that is now."""
        overlay = self._overlays.get(self.screen)
        if overlay is None or not overlay.is_ready:
            return
        target = self.target()
        widget = self.sight.find(target) if target else None
        subject = (self.course.number, target, widget)
        if subject != self._subject:
            self._subject = subject
            self._is_touched = False
        scroll = not self._is_touched
        self._is_in_sight = overlay.show(
            self.said(), widget, subject, scroll=scroll, waits=bool(target), is_coming=self._is_coming()
        )

    def _is_coming(self) -> bool:
        """Whether what is on the screen still waits for an answer of the desk."""
        return any(not worker.is_finished for worker in self.workers if worker.group != "default")

    def _leads_on(self, event: Event) -> bool:
        """Whether it is a key that does something, and not a letter that is typed."""
        return isinstance(event, Key) and not (event.is_printable and isinstance(self.focused, Input))

    async def _look_about(self) -> None:
        self._look()
        if self.screen_stack:
            await self._come_to(self.screen)

    def _look(self) -> None:
        """Look about, unless there is nothing to look at: it is ending, or between two worlds."""
        if self.screen_stack and not self.is_moving:
            self.look_about()

    async def _come_to(self, screen: Screen[Any]) -> None:
        """Be on the screen that is on top now, and on no other."""
        for other, left in self._overlays.items():
            if other is not screen:
                left.hide()
        if screen is not self.screen or screen is not self.portal_screen or not screen.is_attached:
            return
        if not screen.is_mounted:
            screen.call_later(self._come_to, screen)  # behind its being mounted
            return
        overlay = self._overlays.get(screen)
        if overlay is None or overlay.is_gone:
            self._overlays[screen] = overlay = Overlay(screen, self.follow)
            await overlay.begin()
        self.follow()
