"""The dates as iCalendar: whole days in Japan, each under an identifier that stays, in either language."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from stellr_tui.desk.approval import send_back
from stellr_tui.desk.changes import ChangeForm, Kind, apply_change
from stellr_tui.desk.dates_file import save_dates
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.reference.texts import use_language
from stellr_tui.rules.findings import Reason
from tests.desk.office import MONTHLY, a_sent_order, an_order, another_end_user, turn_to
from tests.rules.refusals import findings_of


def saved(desk: Desk, by: SignedIn, path: Path) -> dict[str, Any]:
    """The events of a file by their identifiers."""
    written = save_dates(desk, by, str(path))
    events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert written.rows == len(events)
    by_name = {str(one["UID"]): one for one in events}
    assert len(by_name) == len(events)
    return by_name


def told(events: dict[str, Any]) -> list[tuple[date, str]]:
    return sorted((one.decoded("DTSTART"), str(one["SUMMARY"])) for one in events.values())


def test_deadlines_deliveries_changes_renewals_and_invoices_are_in_it(
    desk: Desk, lucy: SignedIn, tmp_path: Path
) -> None:
    a_sent_order(desk, lucy, 5, po_number="annual")
    turn_to(desk, "2024-04-02")
    an_order(desk, lucy, 2, po_number="waits", customer=another_end_user(desk, lucy, "株式会社待ち"))
    a_sent_order(desk, lucy, 3, sku=MONTHLY, po_number="monthly")
    apply_change(desk, lucy, 81766, ChangeForm(Kind.REDUCE, 2))
    found = told(saved(desk, lucy, tmp_path / "dates.ics"))
    name = "テスト株式会社"
    assert found[:7] == [
        (date(2024, 4, 1), "請求書 2024-04: ¥135,905 (税込)"),
        (date(2024, 4, 10), f"取消の期限: 数量減少: {name} 2シート"),
        (date(2024, 4, 15), "締切: プロビジョニング情報の送信 株式会社待ち"),
        (date(2024, 4, 20), f"納品: {name} 3シート"),
        (date(2024, 5, 1), f"数量減少: {name} 2シート"),
        (date(2024, 5, 1), "請求書 2024-05 (予定): ¥7,260 (税込)"),
        (date(2024, 6, 1), "請求書 2024-06 (予定): ¥7,260 (税込)"),
    ]
    assert (date(2025, 3, 11), f"更新を止める期限: {name} 5シート") in found


def test_every_date_is_a_whole_day_in_japan(desk: Desk, lucy: SignedIn, tmp_path: Path) -> None:
    a_sent_order(desk, lucy, 5)
    path = tmp_path / "dates.ics"
    for one in saved(desk, lucy, path).values():
        assert one["DTSTART"].params["VALUE"] == one["DTEND"].params["VALUE"] == "DATE"
        assert one.decoded("DTEND") - one.decoded("DTSTART") == timedelta(days=1)
        assert one["TRANSP"] == "TRANSPARENT"
        assert one.decoded("DTSTAMP").utcoffset() == timedelta(0)
    text = path.read_bytes()
    assert b"X-WR-TIMEZONE:Asia/Tokyo\r\n" in text
    assert b"METHOD:PUBLISH\r\n" in text
    assert max(len(line) for line in text.split(b"\r\n")) <= 75


def test_a_second_file_updates_the_first_one(desk: Desk, lucy: SignedIn, tmp_path: Path) -> None:
    an_order(desk, lucy, po_number="waits")
    a_sent_order(desk, lucy, 5, sku=MONTHLY, po_number="sent")
    first = saved(desk, lucy, tmp_path / "first.ics")
    turn_to(desk, "2024-04-16")
    send_back_late = replace(desk, now=lambda: desk.now() + timedelta(days=30))
    second = saved(send_back_late, lucy, tmp_path / "second.ics")
    [deadline] = [name for name in first if name.startswith("send-81766.")]
    assert first[deadline].decoded("DTSTART") == date(2024, 3, 15)
    assert second[deadline].decoded("DTSTART") == date(2024, 5, 15)
    assert second[deadline]["SEQUENCE"] > first[deadline]["SEQUENCE"]
    [invoice] = [name for name in first if name.startswith("invoice-2024-04.")]
    assert "予定" in first[invoice]["SUMMARY"]
    assert str(second[invoice]["SUMMARY"]) == "請求書 2024-04: ¥12,100 (税込)"


def test_an_order_that_is_sent_back_keeps_its_deadline_under_the_same_identifier(
    desk: Desk, lucy: SignedIn, tmp_path: Path
) -> None:
    a_sent_order(desk, lucy)
    send_back(desk, lucy, 81766, "部署名")
    [name] = [one for one in saved(desk, lucy, tmp_path / "dates.ics") if one.startswith("send-")]
    assert name.startswith("send-81766.700100.")


def test_the_words_are_in_the_language_spoken(desk: Desk, lucy: SignedIn, tmp_path: Path) -> None:
    a_sent_order(desk, lucy, 5)
    use_language("en")
    try:
        events = saved(desk, lucy, tmp_path / "dates.ics")
    finally:
        use_language("ja")
    delivery = next(one for one in events.values() if str(one["UID"]).startswith("delivery-"))
    assert str(delivery["SUMMARY"]) == "Delivery: テスト株式会社 5 seats"
    assert delivery["SUMMARY"].params["LANGUAGE"] == "en"


def test_what_people_typed_cannot_break_out_of_its_line(desk: Desk, lucy: SignedIn, tmp_path: Path) -> None:
    name = "A,B;C\\n:BEGIN[red]"
    a_sent_order(desk, lucy, 2, customer=another_end_user(desk, lucy, name))
    path = tmp_path / "dates.ics"
    delivery = next(one for one in saved(desk, lucy, path).values() if str(one["UID"]).startswith("delivery-"))
    assert str(delivery["SUMMARY"]) == f"納品: {name} 2シート"


def test_nobody_gets_the_dates_of_another_account(desk: Desk, lucy: SignedIn, rival: SignedIn, tmp_path: Path) -> None:
    a_sent_order(desk, lucy, 5)
    assert saved(desk, rival, tmp_path / "dates.ics") == {}


@pytest.mark.parametrize(
    ("name", "reason"), [("there.ics", Reason.FILE_EXISTS), ("dates.csv", Reason.UNKNOWN_FILE_KIND)]
)
def test_a_file_that_is_there_or_of_another_kind_is_refused(
    desk: Desk, lucy: SignedIn, tmp_path: Path, name: str, reason: Reason
) -> None:
    (tmp_path / "there.ics").write_text("mine")
    [found] = findings_of(save_dates, desk, lucy, str(tmp_path / name))
    assert (found.reason, found.field) == (reason, "file")
    assert (tmp_path / "there.ics").read_text() == "mine"
