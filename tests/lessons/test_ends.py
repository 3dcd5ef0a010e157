"""The exam of every lesson asks for an end in the order book: any correct way to it passes, another end does not.

What a trainee does on the screen is done here at the desk. The exams ask nothing of the screen: there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from shutil import copytree

import pytest

from stellr_tui.desk.cart import Choice, put_in_cart
from stellr_tui.desk.changes import ChangeForm, Kind, apply_change, withdraw_change
from stellr_tui.desk.closing import set_clock
from stellr_tui.desk.end_users import ContactForm, EndUserForm, LocationForm, add_end_user
from stellr_tui.desk.forwarding import draft_forward
from stellr_tui.desk.orders import Details, Order, OrderForm, discard_order, place_order
from stellr_tui.desk.provisioning import send_provisioning
from stellr_tui.lessons.attempt import Attempt, Mode
from stellr_tui.lessons.conditions import Look, Standing
from stellr_tui.lessons.engine import Course, Finished, Lost
from stellr_tui.lessons.reading import load_scenario
from stellr_tui.lessons.world import OpenWorld, open_world
from stellr_tui.reference.data import data_path
from stellr_tui.rules.mail import MailKind

ANNUAL, MONTHLY = "6900990", "9900990"
TEST, OTHER = 159813, 159814


class NoScreen:
    """There is nothing to see."""

    def place(self) -> Standing | None:
        return pytest.fail("an exam asks for a page")

    def screen(self) -> str:
        return pytest.fail("an exam asks for a screen")

    def focus(self) -> tuple[str, ...]:
        return pytest.fail("an exam asks for the focus")

    def values(self, target: str) -> tuple[str, ...]:
        return pytest.fail(f"an exam asks for the field {target}")

    def text(self, target: str) -> str | None:
        return pytest.fail(f"an exam asks for what {target} shows")

    def refused(self) -> bool:
        return False


@dataclass(frozen=True)
class Trainee:
    """Someone under examination, and what they can do."""

    world: OpenWorld

    def find(self, po_number: str) -> Order:
        """The order of a PO number."""
        return next(one for one in reversed(self.world.book().orders()) if one.po_number == po_number)

    def places(self, po_number: str, *choices: tuple[str, int], customer: int = TEST) -> None:
        """Leaves an order at PO作成."""
        put_in_cart(self.world.desk, self.world.user, [Choice(sku, seats) for sku, seats in choices])
        form = OrderForm(self.world.user.person_id, customer, po_number=po_number)
        place_order(self.world.desk, self.world.user, form)

    def sends(self, po_number: str, department: str = "") -> None:
        """Sends the provisioning information."""
        order = self.find(po_number)
        details = Details("太郎", "山田", order.details.email, order.details.phone, department)
        send_provisioning(self.world.desk, self.world.user, order.id, details)

    def discards(self, po_number: str) -> None:
        """Discards a PO."""
        discard_order(self.world.desk, self.world.user, self.find(po_number).id)

    def moves_to(self, month: int, day: int, year: int = 2024) -> None:
        """Moves the date."""
        set_clock(self.world.desk, date(year, month, day))

    def changes(self, contract: int, kind: Kind, seats: int | None = None, wish: date | None = None) -> None:
        """Applies for a change."""
        apply_change(self.world.desk, self.world.user, contract, ChangeForm(kind, seats or "", wish))

    def withdraws(self, contract: int) -> None:
        """Takes the last change back."""
        withdraw_change(self.world.desk, self.world.user, contract)

    def adds(self, company: str, kana: str, contact: ContactForm, *locations: LocationForm) -> None:
        """Adds an end user."""
        add_end_user(self.world.desk, self.world.user, EndUserForm(company, kana, locations, (contact,)))

    def forwards(self, contract: int) -> None:
        """Drafts the forward of the notice of a contract."""
        letters = self.world.book().letters()
        notice = next(one for one in letters if (one.kind, one.contract_number) == (MailKind.COMPLETED, contract))
        draft_forward(self.world.desk, self.world.user, notice.id)


Acts = Callable[[Trainee], object]


@dataclass(frozen=True)
class End:
    """What somebody did in an exam: which of its demands are then not met, and whether it could not be met any more."""

    lesson: str
    who: str
    acts: tuple[Acts, ...]
    missing: frozenset[int] = frozenset()
    lost: bool = False
    passed: bool = False


def right(lesson: str, who: str, *acts: Acts, missing: int | None = None) -> End:
    """An end that passes, at most one demand not met."""
    return End(lesson, who, acts, frozenset({missing} if missing else ()), passed=True)


def wrong(lesson: str, who: str, *acts: Acts, missing: tuple[int, ...]) -> End:
    """An end that does not pass."""
    return End(lesson, who, acts, frozenset(missing))


def lost(lesson: str, who: str, *acts: Acts, missing: tuple[int, ...]) -> End:
    """An end from which there is no way to the right one."""
    return End(lesson, who, acts, frozenset(missing), lost=True)


def places(po_number: str, *choices: tuple[str, int], customer: int = TEST) -> Acts:
    """An order that is left at PO作成."""
    return lambda one: one.places(po_number, *choices, customer=customer)


def sends(po_number: str, department: str = "") -> Acts:
    """送信."""
    return lambda one: one.sends(po_number, department)


def moves_to(month: int, day: int, year: int = 2024) -> Acts:
    """F9."""
    return lambda one: one.moves_to(month, day, year)


def adds(contract: int, seats: int, wish: date | None = None) -> Acts:
    """数量追加."""
    return lambda one: one.changes(contract, Kind.ADD, seats, wish)


def reduces(contract: int, seats: int, wish: date | None = None) -> Acts:
    """数量減少."""
    return lambda one: one.changes(contract, Kind.REDUCE, seats, wish)


def cancels(contract: int, wish: date | None = None) -> Acts:
    """解約."""
    return lambda one: one.changes(contract, Kind.CANCEL, None, wish)


def withdraws(contract: int) -> Acts:
    """変更の取消."""
    return lambda one: one.withdraws(contract)


def discards(po_number: str) -> Acts:
    """POを破棄."""
    return lambda one: one.discards(po_number)


def forwards(contract: int) -> Acts:
    """転送の下書き."""
    return lambda one: one.forwards(contract)


def end_user(company: str, kana: str, contact: ContactForm, *locations: LocationForm) -> Acts:
    """新規エンドユーザーを追加."""
    return lambda one: one.adds(company, kana, contact, *locations)


BOTH = ((ANNUAL, 2), (MONTHLY, 3))
EXTRA = places("PO-X", (ANNUAL, 1))

HANAKO = ContactForm("山田花子", "0312345678", "hanako@example.com")
HEAD = LocationForm("本社", "1350001", "毛利1-2-3")
ROOM = LocationForm("研修室", "1358559", "東陽6-3-1")
NAGOYA = LocationForm("名古屋支店", "4540954", "富田町江松")
MISTAKEN = LocationForm("名古屋支店", "4540954", "江松")
DEPOT = LocationForm("配送センター", "1350099", "新砂4-5-6", "", "江東区", "東京都")
SAMPLE = ("サンプル商事株式会社", "サンプルショウジカブシキガイシャ", HANAKO)

JIRO = ContactForm("高橋次郎", "0451234567", "jiro@example.com")
YOKOHAMA = LocationForm("本社", "2310023", "山下町1-1")
TASKS: tuple[tuple[Acts, ...], ...] = (
    (sends("PO-0603", "総務部"),),
    (
        end_user("れいだい物流株式会社", "レイダイブツリュウカブシキガイシャ", JIRO, YOKOHAMA),
        places("PO-0610", (ANNUAL, 4), customer=159816),
        sends("PO-0610", "情報システム部"),
    ),
    (adds(81766, 2),),
    (reduces(81767, 4),),
    (withdraws(81768),),
)


def tasks(*numbers: int) -> tuple[Acts, ...]:
    """These of the five tasks of the exam, in this order."""
    return tuple(act for number in numbers for act in TASKS[number - 1])


ENDS = (
    right("existing-end-user", "orders as asked", places("PO-2024-0510", *BOTH), sends("PO-2024-0510")),
    right(
        "existing-end-user",
        "makes a PO for the wrong end user and discards it",
        places("PO-2024-0510", *BOTH, customer=OTHER),
        discards("PO-2024-0510"),
        places("PO-2024-0510", *BOTH),
        sends("PO-2024-0510"),
    ),
    wrong(
        "existing-end-user",
        "mixes the quantities up",
        places("PO-2024-0510", (ANNUAL, 3), (MONTHLY, 2)),
        sends("PO-2024-0510"),
        missing=(1, 2),
    ),
    wrong(
        "existing-end-user",
        "makes two orders of it",
        places("PO-2024-0510", (ANNUAL, 2)),
        places("PO-2024-0510", (MONTHLY, 3)),
        sends("PO-2024-0510"),
        missing=(1, 2),
    ),
    wrong(
        "existing-end-user",
        "takes the company with the similar name",
        places("PO-2024-0510", *BOTH, customer=OTHER),
        sends("PO-2024-0510"),
        missing=(3,),
    ),
    wrong("existing-end-user", "only places the order", places("PO-2024-0510", *BOTH), missing=(4,)),
    lost(
        "existing-end-user",
        "sends on the 16th",
        places("PO-2024-0510", *BOTH),
        moves_to(5, 16),
        sends("PO-2024-0510"),
        missing=(4,),
    ),
    right(
        "fifteenth-and-sixteenth",
        "sends the second one weeks later",
        sends("PO-0515-A", "営業部"),
        moves_to(6, 15),
        sends("PO-0515-B", "研修部"),
    ),
    lost(
        "fifteenth-and-sixteenth",
        "sends both on the 15th",
        sends("PO-0515-A", "営業部"),
        sends("PO-0515-B", "研修部"),
        missing=(2,),
    ),
    lost(
        "fifteenth-and-sixteenth",
        "sends both on the 16th",
        moves_to(5, 16),
        sends("PO-0515-A", "営業部"),
        sends("PO-0515-B", "研修部"),
        missing=(1,),
    ),
    lost(
        "fifteenth-and-sixteenth",
        "sends the second one on June 16",
        sends("PO-0515-A", "営業部"),
        moves_to(6, 16),
        sends("PO-0515-B", "研修部"),
        missing=(2,),
    ),
    wrong(
        "fifteenth-and-sixteenth",
        "mixes the departments up",
        sends("PO-0515-A", "研修部"),
        moves_to(5, 16),
        sends("PO-0515-B", "営業部"),
        missing=(3,),
    ),
    wrong(
        "fifteenth-and-sixteenth",
        "orders once more",
        sends("PO-0515-A", "営業部"),
        EXTRA,
        moves_to(5, 16),
        sends("PO-0515-B", "研修部"),
        missing=(4,),
    ),
    right("finish-order", "discards first", discards("PO-0603-2"), sends("PO-0603", "総務部")),
    wrong("finish-order", "forgets the department", sends("PO-0603"), discards("PO-0603-2"), missing=(2,)),
    wrong("finish-order", "lets the mistake be", sends("PO-0603", "総務部"), missing=(3,)),
    lost("finish-order", "sends both", sends("PO-0603", "総務部"), sends("PO-0603-2", "総務部"), missing=(3,)),
    lost("finish-order", "discards the wrong one", discards("PO-0603"), missing=(1, 2, 3)),
    lost(
        "finish-order",
        "sends on the 16th",
        discards("PO-0603-2"),
        moves_to(6, 16),
        sends("PO-0603", "総務部"),
        missing=(1,),
    ),
    right("delivery-and-invoice", "moves day by day", moves_to(5, 20), moves_to(5, 31), moves_to(6, 1)),
    wrong("delivery-and-invoice", "stops at the end of May", moves_to(5, 31), missing=(2, 3)),
    wrong("delivery-and-invoice", "stops on the day before the delivery", missing=(1, 2, 3)),
    wrong("delivery-and-invoice", "orders as well", EXTRA, moves_to(6, 1), missing=(4,)),
    lost("delivery-and-invoice", "goes too far", moves_to(7, 1), missing=(3,)),
    right("add-seats", "wishes for the day itself", adds(81766, 3, date(2024, 5, 20))),
    right("add-seats", "corrects a first try", adds(81766, 8), withdraws(81766), adds(81766, 3), moves_to(5, 20)),
    right("add-seats", "adds them in two goes", adds(81766, 2), adds(81766, 1)),
    wrong("add-seats", "types the seats in all", adds(81766, 8), missing=(1,)),
    wrong("add-seats", "wishes for June", adds(81766, 3, date(2024, 6, 20)), missing=(1,)),
    wrong("add-seats", "orders them anew", places("PO-X", (ANNUAL, 3)), sends("PO-X"), missing=(1, 2)),
    wrong("add-seats", "adds and orders", adds(81766, 3), EXTRA, missing=(2,)),
    lost("add-seats", "applies on the 16th", moves_to(5, 16), adds(81766, 3), missing=(1,)),
    right("reduce-seats", "applies for both today", reduces(81766, 4), reduces(81767, 4, date(2024, 8, 1))),
    right(
        "reduce-seats",
        "waits with the second one, and sees both come true",
        reduces(81766, 4),
        moves_to(7, 11),
        reduces(81767, 4),
        moves_to(8, 1),
    ),
    wrong("reduce-seats", "reduces both from July", reduces(81766, 4), reduces(81767, 4), missing=(2,)),
    wrong(
        "reduce-seats",
        "reduces the first one once more",
        reduces(81766, 4),
        reduces(81766, 1, date(2024, 8, 1)),
        reduces(81767, 4, date(2024, 8, 1)),
        missing=(1,),
    ),
    wrong(
        "reduce-seats",
        "types the seats that stay",
        reduces(81766, 6),
        reduces(81767, 6, date(2024, 8, 1)),
        missing=(1, 2),
    ),
    wrong(
        "reduce-seats",
        "orders as well",
        reduces(81766, 4),
        reduces(81767, 4, date(2024, 8, 1)),
        EXTRA,
        missing=(3,),
    ),
    lost("reduce-seats", "is a day late", moves_to(6, 11), reduces(81766, 4), reduces(81767, 4), missing=(1,)),
    lost("reduce-seats", "cannot take July back", reduces(81766, 4), reduces(81767, 4), moves_to(6, 11), missing=(2,)),
    right(
        "cancel-and-withdraw",
        "mends a hasty cancellation",
        cancels(81766),
        withdraws(81766),
        cancels(81766, date(2025, 3, 31)),
        withdraws(81767),
    ),
    wrong("cancel-and-withdraw", "ends it at once", cancels(81766), withdraws(81767), missing=(1,)),
    wrong("cancel-and-withdraw", "forgets the other", cancels(81766, date(2025, 3, 31)), missing=(2,)),
    wrong(
        "cancel-and-withdraw",
        "orders the other anew",
        cancels(81766, date(2025, 3, 31)),
        places("PO-X", (ANNUAL, 2)),
        missing=(2, 3),
    ),
    lost(
        "cancel-and-withdraw",
        "is a day late",
        cancels(81766, date(2025, 3, 31)),
        moves_to(6, 11),
        missing=(2,),
    ),
    right("postal-codes", "takes them in another order", end_user(*SAMPLE, DEPOT, NAGOYA, ROOM, HEAD)),
    wrong("postal-codes", "takes the other town", end_user(*SAMPLE, HEAD, ROOM, MISTAKEN, DEPOT), missing=(3,)),
    wrong("postal-codes", "leaves the unknown one out", end_user(*SAMPLE, HEAD, ROOM, NAGOYA), missing=(4,)),
    wrong("postal-codes", "leaves two out", end_user(*SAMPLE, NAGOYA, DEPOT), missing=(1, 2)),
    wrong(
        "postal-codes",
        "adds the company twice",
        end_user(*SAMPLE, HEAD, ROOM),
        end_user(*SAMPLE, NAGOYA, DEPOT),
        missing=(5,),
    ),
    right("sent-back", "sends it again in time", sends("PO-0513", "営業部")),
    wrong("sent-back", "sends it again as it was", sends("PO-0513"), missing=(2,)),
    wrong("sent-back", "lets it be", missing=(1, 2)),
    wrong(
        "sent-back",
        "makes it anew",
        places("PO-0513", (ANNUAL, 4)),
        sends("PO-0513", "営業部"),
        missing=(1, 2, 3),
    ),
    lost("sent-back", "is a day late", moves_to(5, 16), sends("PO-0513", "営業部"), missing=(1,)),
    right("forward-mail", "drafts it twice, which is one draft", forwards(81767), forwards(81767)),
    wrong("forward-mail", "lets it be", missing=(1, 2)),
    wrong("forward-mail", "takes the older notice", forwards(81766), missing=(1,)),
    wrong("forward-mail", "drafts both", forwards(81766), forwards(81767), missing=(2,)),
    right("exam", "does all five, the urgent ones first", *tasks(5, 4, 1, 2, 3)),
    right("exam", "does all five and sees June through", *tasks(1, 2, 3, 4, 5), moves_to(7, 1)),
    right("exam", "leaves the PO of the colleague", *tasks(2, 3, 4, 5), missing=1),
    right("exam", "leaves the added seats", *tasks(1, 2, 4, 5), missing=4),
    right("exam", "reduces to four instead of by four", *tasks(1, 2, 3, 5), reduces(81767, 6), missing=5),
    right("exam", "leaves the cancellation", *tasks(1, 2, 3, 4), missing=6),
    right("exam", "forgets to send the new order", *tasks(1)[:1], *tasks(2)[:2], *tasks(3, 4, 5), missing=3),
    wrong("exam", "leaves the new customer and the added seats", *tasks(1, 4, 5), missing=(2, 3, 4)),
    wrong("exam", "does the simple two", *tasks(3, 4), missing=(1, 2, 3, 6)),
    lost("exam", "lets June 10 pass", *tasks(1, 2, 3), moves_to(6, 11), missing=(5, 6)),
)


LESSONS = {filed.scenario.id: filed for filed in map(load_scenario, data_path("scenarios").glob("*.toml"))}


@pytest.fixture(scope="module")
def beginnings(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The world of a lesson as it begins, made once."""

    @cache
    def beginning(lesson: str) -> Path:
        folder = tmp_path_factory.mktemp(lesson)
        open_world(LESSONS[lesson], folder).close()
        return folder

    return beginning


@pytest.mark.parametrize("end", ENDS, ids=lambda end: f"{end.lesson}: {end.who}")
def test_an_exam_is_passed_by_any_correct_way_and_by_no_other(
    end: End, beginnings: Callable[[str], Path], tmp_path: Path
) -> None:
    world = open_world(LESSONS[end.lesson], copytree(beginnings(end.lesson), tmp_path / "world"))
    try:
        was_lost, attempt = examined(world, end.acts)
    finally:
        world.close()
    missing = frozenset(number for number, mark in enumerate(attempt.marks, 1) if not mark.right)
    assert (missing, was_lost, attempt.passed) == (end.missing, end.lost, end.passed), attempt.marks
    assert all(mark.instead for mark in attempt.marks if not mark.right)


def examined(world: OpenWorld, acts: tuple[Acts, ...]) -> tuple[bool, Attempt]:
    """Let somebody act; whether the exam ended before they were done, and how it went in the end.

    Who has lost goes on acting all the same: what is asked for at the end is seen to be out of reach.
    """
    scenario = world.filed.scenario
    course, trainee = Course(scenario, Mode.TEST, 0.0), Trainee(world)
    events = [event for act in acts for event in looked(course, trainee, act)]
    was_lost = any(isinstance(event, Lost) for event in events)
    last = Course(scenario, Mode.TEST, 0.0)
    [finished] = last.done(Look(NoScreen(), world.book()), 1.0)
    assert isinstance(finished, Finished)
    return was_lost, finished.attempt


def looked(course: Course, trainee: Trainee, act: Acts) -> Iterator[object]:
    """What the exam says to one act."""
    act(trainee)
    yield from course.look(Look(NoScreen(), trainee.world.book()), 1.0)


def test_every_lesson_is_examined_here_and_each_of_its_demands_is_missed_by_somebody() -> None:
    for lesson, filed in LESSONS.items():
        if lesson == "new-order":  # examined on the screen
            continue
        ends = [end for end in ENDS if end.lesson == lesson]
        demands = set(range(1, len(filed.scenario.exam.must) + 1))
        assert {number for end in ends for number in end.missing} == demands, lesson
        assert any(end.passed for end in ends), lesson
        assert any(not end.passed for end in ends), lesson
