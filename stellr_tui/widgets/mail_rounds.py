"""Mail that leaves while the app is open: a round now and then, in a thread that holds up neither a key nor the end."""

from __future__ import annotations

from threading import Event, Thread
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.message import Message
from textual.worker import get_current_worker

from stellr_tui.reference.texts import _
from stellr_tui.rules.findings import Refused
from stellr_tui.store.errors import StoreUnavailable
from stellr_tui.widgets.workplace import Workplace

if TYPE_CHECKING:
    from stellr_tui.desk.delivery import Delivered
    from stellr_tui.desk.desk import Desk
    from stellr_tui.rules.mail import Trouble

_A_MOMENT = 0.1


class MailRounds(Workplace):
    """Delivers what is due in the outbox, one round at a time, while somebody is signed in."""

    ROUND_EVERY: ClassVar[float] = 20.0
    """Seconds between two looks at the outbox."""

    LEAVING: ClassVar[float] = 3.0
    """Seconds that the mail which is just being handed over has left when the app is closed."""

    class MailMoved(Message):
        """A round is over in which mails were sent, were put off or have failed."""

        def __init__(self, delivered: Delivered) -> None:
            self.delivered = delivered
            super().__init__()

    _mail_trouble: Trouble | None = None

    def deliver_mail_from_now_on(self) -> None:
        """Begin to look at the outbox."""
        self.set_interval(self.ROUND_EVERY, self.deliver_mail)

    def deliver_mail(self) -> None:
        """Begin a round, unless one is under way or nobody is signed in."""
        under_way = any(one.group == "mail-round" and not one.is_finished for one in self.workers)
        if self.signed_in is not None and not under_way:
            self._deliver()

    @work(thread=True, group="mail-round")
    def _deliver(self) -> None:
        desk = self.desk()
        if desk.mail.server is None or not _is_mail_due(desk):
            return
        worker = get_current_worker()
        under_way = _Round(desk)
        under_way.start()
        while under_way.is_alive() and not worker.is_cancelled:
            under_way.join(_A_MOMENT)
        if worker.is_cancelled:
            under_way.stop.set()
            under_way.join(self.LEAVING)
        elif under_way.error is not None:
            raise under_way.error
        elif under_way.delivered is not None:
            self.post_message(self.MailMoved(under_way.delivered))

    @on(MailMoved)
    def _show_mail(self, message: MailMoved) -> None:
        """Show it where mails are shown; say what has failed, and once what keeps everything from being sent."""
        from stellr_tui.widgets.page import Page

        for screen in self.screen_stack:
            if isinstance(screen, Page) and screen.is_here:
                screen.mail_moved()
        delivered = message.delivered
        if delivered.failed:
            words = _("送信できなかった通知: {count}件。管理と実績のメールで理由を確認できます。")
            self.notify(words.format(count=delivered.failed), severity="warning", markup=False)
        if delivered.trouble and delivered.trouble is not self._mail_trouble:
            from stellr_tui.reference.labels import trouble_words

            words = trouble_words(delivered.trouble, delivered.detail)
            self.notify(words, title=_("通知を送信できません"), severity="warning", markup=False)
        self._mail_trouble = delivered.trouble


class _Round(Thread):
    """A round in a thread that the end of the program does not wait for.

    A server may take minutes for an answer. Whoever leaves the app meanwhile leaves its thread behind; the mail's claim
    then runs out, as that of any program that ended in the middle of it.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(name="mail", daemon=True)
        self.stop = Event()
        self.delivered: Delivered | None = None
        self.error: Exception | None = None
        self._desk = desk

    def run(self) -> None:
        """Deliver what is due."""
        from stellr_tui.desk.delivery import deliver_mail

        try:
            self.delivered = deliver_mail(self._desk, stop=self.stop.is_set)
        except (Refused, StoreUnavailable):
            pass  # a training database by now, or one that cannot be reached: the next round sees
        except Exception as error:
            self.error = error


def _is_mail_due(desk: Desk) -> bool:
    from stellr_tui.desk.delivery import is_mail_due

    try:
        return is_mail_due(desk)
    except StoreUnavailable:
        return False  # whoever asks the desk next is told
