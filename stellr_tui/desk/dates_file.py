"""Deadlines, deliveries and invoices as an iCalendar file that any calendar takes in, and takes in again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from stellr_tui.desk.actions import Action, Need, actions_needed
from stellr_tui.desk.approval import approval_queue
from stellr_tui.desk.changes import Kind, WaitingChange, waiting_changes
from stellr_tui.desk.clock import TOKYO, read_clock
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.invoices import invoice_heads
from stellr_tui.desk.invoicing import foresee_invoice
from stellr_tui.desk.pages import LARGEST_KEY, MAX_PAGE
from stellr_tui.desk.people import permit
from stellr_tui.desk.renewals import renewals_near
from stellr_tui.reference.labels import event_label, need_label
from stellr_tui.reference.new_file import new_file, suggested_path
from stellr_tui.reference.sheet_files import Written, ending_of
from stellr_tui.reference.texts import _, language
from stellr_tui.rules import calendar
from stellr_tui.rules.money import yen
from stellr_tui.store.tables import Book

ICS = ".ics"
MONTHS_AHEAD = 12
"""For how many invoices ahead, and how many months of renewals."""


@dataclass(frozen=True, slots=True)
class DayEvent:
    """Something of a whole day in Japan. The name is the same in every file, also where the day or the words change."""

    name: str
    day: date
    summary: str
    description: str = ""


def save_dates(desk: Desk, by: SignedIn, file: str) -> Written:
    """Write the dates into a new file. Refused: UNKNOWN_FILE_KIND, FILE_EXISTS, UNWRITABLE_FILE."""
    ending_of(file, [ICS])
    events = dates_ahead(desk, by)
    content = _calendar(desk, by, events)
    with new_file(file) as (path, target):
        target.write(content)
    return Written(path, len(events))


def suggested_dates_file(desk: Desk) -> str:
    """Where the dates could be saved: under the business date, where downloads go."""
    return suggested_path(f"stellr-dates-{read_clock(desk).today}{ICS}")


def dates_ahead(desk: Desk, by: SignedIn) -> tuple[DayEvent, ...]:
    """What is to be done by when, what is delivered and changes when, and what was and will be invoiced."""
    found = [*_deadlines(desk, by), *_deliveries(desk, by), *_changes(desk, by), *_renewals(desk, by)]
    found += _invoices(desk, by)
    return tuple(sorted(found, key=lambda one: (one.day, one.name)))


def _deadlines(desk: Desk, by: SignedIn) -> Iterator[DayEvent]:
    """Orders that are still to be sent: by the 15th that they can make."""
    for one in actions_needed(desk, by, limit=LARGEST_KEY).rows:
        if one.need in (Need.SEND, Need.CORRECT) and one.by is not None:
            words = _("締切: {what} {company}").format(what=need_label(one.need), company=one.company)
            yield DayEvent(f"send-{one.contract_number}", one.by, words, _order_words(one))


def _order_words(one: Action) -> str:
    words = _("発注番号 {po_number}、契約番号 {contract}。この日までに送信すると {day} に納品されます。")
    return words.format(po_number=one.po_number, contract=one.contract_number, day=one.takes_effect_on)


def _deliveries(desk: Desk, by: SignedIn) -> Iterator[DayEvent]:
    for one in approval_queue(desk, by, limit=LARGEST_KEY):
        words = _("納品: {company} {seats}シート").format(company=one.company, seats=one.seats)
        described = _("契約番号 {contract}、{service}").format(contract=one.contract_number, service=one.service)
        yield DayEvent(f"delivery-{one.contract_number}", one.delivered_on, words, described)


def _changes(desk: Desk, by: SignedIn) -> Iterator[DayEvent]:
    """What has been applied for: the day from which it counts, and the last one to take it back."""
    for one in waiting_changes(desk, by):
        # Of one kind and day there can be more than one for a contract; they were applied for on different days.
        name = f"{one.kind}-{one.contract_number}-{one.applied_on}-{one.seats}"
        described = _("契約番号 {contract}").format(contract=one.contract_number)
        yield DayEvent(name, one.takes_effect_on, _change_words(one), described)
        words = _("取消の期限: {what}").format(what=_change_words(one))
        yield DayEvent(f"withdraw-{name}", one.deadline, words, described)


def _change_words(one: WaitingChange) -> str:
    if one.kind is Kind.CANCEL:
        return _("{change}: {company}").format(change=event_label(one.kind), company=one.company)
    words = _("{change}: {company} {seats}シート")
    return words.format(change=event_label(one.kind), company=one.company, seats=one.seats)


def _renewals(desk: Desk, by: SignedIn) -> Iterator[DayEvent]:
    for one in renewals_near(desk, by, days=366):
        words = _("更新を止める期限: {company} {seats}シート").format(company=one.company, seats=one.seats)
        described = _("契約番号 {contract}。この日までに解約しなければ、{day} に更新分が請求されます。")
        described = described.format(contract=one.contract_number, day=one.invoiced_on)
        yield DayEvent(f"renewal-{one.contract_number}-{one.invoiced_on:%Y-%m}", one.decide_by, words, described)


def _invoices(desk: Desk, by: SignedIn) -> Iterator[DayEvent]:
    """Those that were issued, and those of the months ahead under the names that they will keep."""
    for head in invoice_heads(desk, by, limit=MAX_PAGE).rows:
        words = _("請求書 {month}: {total} (税込)").format(month=f"{head.month:%Y-%m}", total=yen(head.total))
        described = _("請求書番号 {number}").format(number=head.number)
        yield DayEvent(f"invoice-{head.month:%Y-%m}", head.issued_on, words, described)
    first = read_clock(desk).today
    for _month in range(MONTHS_AHEAD):
        first = calendar.next_month_start(first)
        foreseen = foresee_invoice(desk, by, first)
        if foreseen is not None:
            words = _("請求書 {month} (予定): {total} (税込)").format(month=f"{first:%Y-%m}", total=yen(foreseen.total))
            yield DayEvent(f"invoice-{first:%Y-%m}", first, words, _("このまま何も申請しない場合の予定です。"))


def _calendar(desk: Desk, by: SignedIn, events: tuple[DayEvent, ...]) -> bytes:
    """The file: days of Japan without a time, each under an identifier of its own that stays."""
    from icalendar import Calendar, Event  # only this needs it

    with desk.store.reading() as session:
        permit(session, by)
        book = _book_of(session)
    now = desk.now()
    said_in = {"LANGUAGE": language()}
    file = Calendar()
    file.add("prodid", f"-//stellr-tui//StreamOne Stellr//{language().upper()}")
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("method", "PUBLISH")
    file.add("x-wr-calname", f"StreamOne Stellr {by.account.number}")
    file.add("x-wr-timezone", str(TOKYO))
    for one in events:
        event = Event()
        event.add("uid", f"{one.name}.{by.account.number}.{book}@stellr.invalid")
        event.add("dtstamp", now)
        # A calendar takes what has the higher number for the newer version of an event.
        event.add("sequence", int(now.timestamp()) // 60)
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        event.add("summary", one.summary, parameters=said_in)
        if one.description:
            event.add("description", one.description, parameters=said_in)
        file.add_component(event)
    return bytes(file.to_ical())


def _book_of(session: Session) -> str:
    """What tells this order book from every other: numbers of contracts are counted anew in each."""
    return f"{session.get_one(Book, 1).created_at:%Y%m%d%H%M%S%f}"
