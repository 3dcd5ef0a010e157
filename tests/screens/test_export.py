"""Every list of the portal is saved as a file by one key, as it is shown."""

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook
from textual.widgets import Checkbox

from screens.save_file import SaveDates, SaveSheet
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.widgets import places
from tests.desk.office import MONTHLY, a_sent_order, another_end_user, turn_to
from tests.screens.clerk import Clerk, Open
from tests.spoken import spoken

SIZE = (80, 24)


@pytest.fixture
def business(desk: Desk, lucy: SignedIn) -> None:
    """A contract of the manual's end user, one of another, and their invoices of two months."""
    a_sent_order(desk, lucy, 5, sku=MONTHLY, po_number="first")
    a_sent_order(desk, lucy, 3, sku=MONTHLY, po_number="=second", customer=another_end_user(desk, lucy, "[red]=1+1"))
    turn_to(desk, "2024-05-02")


async def saves(clerk: Clerk, file: Path) -> list[dict[str, str]]:
    """Ctrl+E, a file's name, and Enter; what the file holds."""
    await clerk.presses("ctrl+e")
    await clerk.until(lambda: isinstance(clerk.app.screen, SaveSheet) and clerk.one("#file").has_focus)
    await clerk.types("file", str(file))
    await clerk.presses("enter")
    await clerk.until(lambda: not isinstance(clerk.app.screen, SaveSheet), "the dialog is answered")
    await clerk.until(lambda: str(file) in clerk.notices(), "it is said where the file is")
    with file.open(encoding="utf-8-sig", newline="") as written:
        return list(csv.DictReader(written))


@pytest.mark.usefixtures("business")
async def test_the_contracts_are_saved_as_they_are_filtered(portal: Open, tmp_path: Path) -> None:
    async with portal(places.Results(), size=SIZE) as clerk:
        await clerk.opens_tab("tab-subscriptions")
        clerk.one("#all-subscriptions").focus()
        rows = await saves(clerk, tmp_path / "all.csv")
        assert [row[spoken("契約番号")] for row in rows] == ["81766", "81767"]
        assert rows[1][spoken("エンドユーザー")] == "[red]=1+1"
        await clerk.types("searched", "first")
        await clerk.settles()
        clerk.one("#all-subscriptions").focus()
        assert [row[spoken("契約番号")] for row in await saves(clerk, tmp_path / "some.csv")] == ["81766"]


@pytest.mark.usefixtures("business")
async def test_the_invoices_are_saved_with_their_lines(portal: Open, tmp_path: Path) -> None:
    async with portal(places.Results("tab-invoices"), size=SIZE) as clerk:
        await clerk.until(lambda: clerk.one("#invoices").has_focus)
        assert len(await saves(clerk, tmp_path / "all.csv")) == 4
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.rows("#invoice-lines").row_count == 2)
        rows = await saves(clerk, tmp_path / "one.csv")
        assert [(row[spoken("年月")], row[spoken("発注番号")]) for row in rows] == [
            ("2024-05", "first"),
            ("2024-05", "'=second"),
        ]


@pytest.mark.usefixtures("business")
async def test_what_is_only_foreseen_is_no_invoice_to_be_saved(portal: Open) -> None:
    async with portal(places.InvoiceOfMonth(), size=SIZE) as clerk:
        await clerk.presses("ctrl+e")
        await clerk.settles()
        assert not isinstance(clerk.app.screen, SaveSheet)
        assert not clerk.sees("書き出し")


@pytest.mark.usefixtures("business")
async def test_the_end_users_are_saved_as_they_were_looked_for(portal: Open, tmp_path: Path) -> None:
    async with portal(places.Customers(), size=SIZE) as clerk:
        await clerk.until(lambda: clerk.one("#end-users").has_focus)
        assert len(await saves(clerk, tmp_path / "all.csv")) == 2
        await clerk.types_into("#search", str(CUSTOMER))
        clerk.one("#end-users").focus()
        assert [row[spoken("顧客番号")] for row in await saves(clerk, tmp_path / "one.csv")] == [str(CUSTOMER)]


@pytest.mark.usefixtures("business")
async def test_an_end_users_contracts_and_orders_are_saved_from_their_tabs(portal: Open, tmp_path: Path) -> None:
    async with portal(places.Subscriptions(CUSTOMER), size=SIZE) as clerk:
        assert [row[spoken("契約番号")] for row in await saves(clerk, tmp_path / "contracts.csv")] == ["81766"]
        await clerk.opens_tab("tab-numbers")
        [row] = await saves(clerk, tmp_path / "orders.csv")
        assert (row[spoken("発注番号")], row[spoken("送信日")]) == ("first", "2024-03-11")


@pytest.mark.usefixtures("business")
async def test_a_workbook_is_proposed_and_a_name_that_is_taken_is_refused_at_the_field(
    portal: Open, tmp_path: Path
) -> None:
    async with portal(places.Customers(), size=SIZE) as clerk:
        await clerk.until(lambda: clerk.one("#end-users").has_focus)
        await clerk.presses("ctrl+e")
        await clerk.until(lambda: isinstance(clerk.app.screen, SaveSheet) and clerk.one("#file").has_focus)
        assert clerk.value("file").endswith("stellr-customers-2024-05-02.xlsx")
        there = tmp_path / "there.xlsx"
        there.write_text("mine")
        await clerk.types("file", str(there))
        await clerk.presses("enter")
        await clerk.refused_at("file", "すでにあります")
        assert there.read_text() == "mine"
        await clerk.types("file", str(tmp_path / "new.xlsx"))
        await clerk.clicks("#save")
        await clerk.until(lambda: (tmp_path / "new.xlsx").exists() and not isinstance(clerk.app.screen, SaveSheet))
        await clerk.settles()
        assert load_workbook(tmp_path / "new.xlsx").worksheets[0].max_row == 3


@pytest.mark.usefixtures("business")
async def test_the_byte_order_mark_can_be_left_out(portal: Open, tmp_path: Path) -> None:
    async with portal(places.Customers(), size=SIZE) as clerk:
        await clerk.until(lambda: clerk.one("#end-users").has_focus)
        await saves(clerk, tmp_path / "with.csv")
        await clerk.presses("ctrl+e")
        await clerk.until(lambda: isinstance(clerk.app.screen, SaveSheet))
        clerk.app.screen.query_one("#save-bom", Checkbox).focus()
        await clerk.presses("space")
        await clerk.types("file", str(tmp_path / "without.csv"))
        await clerk.presses("enter")
        await clerk.until(lambda: not isinstance(clerk.app.screen, SaveSheet))
        without = (tmp_path / "without.csv").read_bytes()
        assert (tmp_path / "with.csv").read_bytes() == b"\xef\xbb\xbf" + without


@pytest.mark.usefixtures("business")
async def test_escape_leaves_without_a_file(portal: Open, tmp_path: Path) -> None:
    async with portal(places.Customers(), size=SIZE) as clerk:
        await clerk.until(lambda: clerk.one("#end-users").has_focus)
        await clerk.presses("ctrl+e")
        await clerk.until(lambda: isinstance(clerk.app.screen, SaveSheet) and clerk.one("#file").has_focus)
        await clerk.types("file", str(tmp_path / "list.csv"))
        await clerk.presses("escape")
        await clerk.until(lambda: clerk.one("#end-users").has_focus)
        assert not (tmp_path / "list.csv").exists()


@pytest.mark.usefixtures("business")
async def test_the_dates_are_saved_for_a_calendar(portal: Open, tmp_path: Path) -> None:
    async with portal(places.Results("tab-waiting"), size=SIZE) as clerk:
        await clerk.presses("ctrl+e")
        await clerk.until(lambda: isinstance(clerk.app.screen, SaveDates) and clerk.one("#file").has_focus)
        assert clerk.value("file").endswith("stellr-dates-2024-05-02.ics")
        await clerk.types("file", str(tmp_path / "dates.ics"))
        await clerk.presses("enter")
        await clerk.until(lambda: str(tmp_path / "dates.ics") in clerk.notices())
        assert b"\r\nUID:invoice-2024-05.700100." in (tmp_path / "dates.ics").read_bytes()
