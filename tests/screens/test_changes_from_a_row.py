"""＋数量追加, －数量減少 and 解約 from a row of the lists of contracts (オーダー⑧)."""

from dataclasses import dataclass

import pytest

from screens.change import ChangeWizard
from stellr_tui.desk.changes import ChangeForm, Kind, WaitingChange, apply_change, waiting_changes
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.widgets import places
from tests.desk.office import MONTHLY, a_sent_order, turn_to
from tests.screens.clerk import Clerk, Open

SIZE = (120, 40)
ACTIVE, ENDED, LATEST = 81766, 81767, 81768
KEYS = {"plus": "数量追加", "minus": "数量減少", "ctrl+d": "解約"}


@dataclass(frozen=True)
class Where:
    """A list of contracts: its place, its tab, and its table."""

    place: places.Place
    tab: str
    table: str


LISTS = {
    "of an end user": Where(places.Subscriptions(CUSTOMER), "tab-contracts", "#subscriptions"),
    "of all": Where(places.Results(), "tab-subscriptions", "#all-subscriptions"),
}


@pytest.fixture(params=LISTS)
def where(request: pytest.FixtureRequest) -> Where:
    return LISTS[request.param]


@pytest.fixture
def contracts(desk: Desk, lucy: SignedIn) -> None:
    """One active since 4/20, one ended with 5/31, and one in Manual Provisioning; it is 6/3."""
    turn_to(desk, "2024-04-11")
    a_sent_order(desk, lucy, 10, sku=MONTHLY)
    a_sent_order(desk, lucy, 5, sku=MONTHLY, po_number="second")
    turn_to(desk, "2024-05-02")
    apply_change(desk, lucy, ENDED, ChangeForm(Kind.CANCEL))
    turn_to(desk, "2024-06-03")
    a_sent_order(desk, lucy, 2, po_number="third")


async def stands_at(clerk: Clerk, where: Where, contract: int) -> None:
    rows = clerk.rows(where.table)
    rows.focus()
    rows.move_cursor(row=rows.get_row_index(str(contract)))
    await clerk.until(lambda: rows.has_focus and rows.current == str(contract))
    await clerk.pilot.pause()


@pytest.mark.usefixtures("contracts")
async def test_each_change_is_applied_for_from_the_row_and_the_list_says_so(
    portal: Open, desk: Desk, lucy: SignedIn, where: Where
) -> None:
    def waiting() -> list[tuple[Kind, int]]:
        return [(one.kind, one.seats) for one in waiting_changes(desk, lucy, ACTIVE)]

    async with portal(where.place, size=SIZE) as clerk:
        await clerk.opens_tab(where.tab)
        await stands_at(clerk, where, ACTIVE)
        for key, typed, told, found in (
            ("minus", ["4"], "4 Seats 24/07/01", [(Kind.REDUCE, 4)]),
            ("plus", ["2"], "2 Seats 24/06/20", [(Kind.ADD, 2), (Kind.REDUCE, 4)]),
            ("ctrl+d", [], "12 Seats 24/06/30", [(Kind.ADD, 2), (Kind.CANCEL, 12), (Kind.REDUCE, 4)]),
        ):
            assert all(clerk.sees(label) for label in KEYS.values())
            await clerk.presses(key)
            await clerk.until(lambda: isinstance(clerk.app.screen, ChangeWizard) and clerk.one("#wish"))
            await clerk.settles()
            await clerk.presses(*typed)
            await clerk.clicks("#send-change")
            await clerk.until(lambda found=found: sorted(waiting()) == found)  # type: ignore[misc]  # bound at once
            said = f"受け付けました: {KEYS[key]} {told}"
            await clerk.until(lambda said=said: said in clerk.notices())  # type: ignore[misc]  # bound at once
            await clerk.until(lambda: clerk.app.screen.query(where.table))
            await clerk.settles()
        assert clerk.rows(where.table).has_focus and clerk.rows(where.table).current == str(ACTIVE)
        await clerk.until(lambda: "解約予定" in clerk.texts(where.table, str(ACTIVE)))


@pytest.mark.usefixtures("contracts")
@pytest.mark.parametrize(("contract", "status"), [(ENDED, "解約済"), (LATEST, "Manual Provisioning")])
async def test_where_it_is_not_possible_no_change_is_offered_and_its_key_says_why(
    portal: Open, desk: Desk, lucy: SignedIn, where: Where, contract: int, status: str
) -> None:
    async with portal(where.place, size=SIZE) as clerk:
        await clerk.opens_tab(where.tab)
        await stands_at(clerk, where, contract)
        assert not clerk.sees("＋数量追加") and not clerk.sees("－数量減少")
        for key, label in KEYS.items():
            await clerk.presses(key)
            said = f"この契約には今その操作はできません（操作 {label}、ステータス {status}"
            await clerk.until(lambda said=said: said in clerk.notices())  # type: ignore[misc]  # bound at once
        assert not isinstance(clerk.app.screen, ChangeWizard)
        assert not waiting_changes(desk, lucy, contract)
        # And where it is possible, the next row offers it again.
        await stands_at(clerk, where, ACTIVE)
        await clerk.until(lambda: clerk.sees("＋数量追加"))


@pytest.mark.usefixtures("contracts")
async def test_the_list_of_a_past_day_offers_no_change(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    where = LISTS["of all"]
    async with portal(where.place, size=SIZE) as clerk:
        await clerk.opens_tab(where.tab)
        await clerk.types("as_of", "2024-05-20")
        await clerk.settles()
        await stands_at(clerk, where, ACTIVE)
        assert not clerk.sees("＋数量追加")
        await clerk.presses("minus")
        await clerk.until(lambda: "「2024-05-20」時点の表示からは変更を申請できません" in clerk.notices())
        # As of today it is the list of now.
        await clerk.types("as_of", "2024-06-03")
        await clerk.settles()
        await stands_at(clerk, where, ACTIVE)
        await clerk.until(lambda: clerk.sees("＋数量追加"))


@pytest.mark.usefixtures("contracts")
async def test_a_row_that_has_ended_meanwhile_is_refused_by_the_desk(
    portal: Open, desk: Desk, lucy: SignedIn, where: Where
) -> None:
    def waiting() -> tuple[WaitingChange, ...]:
        return waiting_changes(desk, lucy, ACTIVE)

    async with portal(where.place, size=SIZE) as clerk:
        await clerk.opens_tab(where.tab)
        await stands_at(clerk, where, ACTIVE)
        apply_change(desk, lucy, ACTIVE, ChangeForm(Kind.CANCEL))
        before = waiting()
        await clerk.presses("plus")
        await clerk.until(lambda: isinstance(clerk.app.screen, ChangeWizard) and clerk.one("#seats").has_focus)
        await clerk.presses("1")
        await clerk.until(lambda: "解約予定" in clerk.reads("#change-effect"))
        await clerk.clicks("#send-change")
        await clerk.until(lambda: "ステータス 解約予定" in clerk.notices())
    assert waiting() == before


async def test_without_a_row_the_keys_do_nothing(portal: Open, where: Where) -> None:
    async with portal(where.place, size=SIZE) as clerk:
        await clerk.opens_tab(where.tab)
        clerk.rows(where.table).focus()
        await clerk.presses("plus", "minus", "ctrl+d")
        assert not isinstance(clerk.app.screen, ChangeWizard)
        assert not clerk.notices()
