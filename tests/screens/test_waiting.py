"""必要なアクション of 管理と実績, and what the home page says of it."""

from datetime import date
from functools import partial

from stellr_tui.desk.approval import send_back
from stellr_tui.desk.changes import ChangeForm, Kind, apply_change
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.widgets import places
from tests.desk.office import MONTHLY, a_sent_order, an_order, turn_to
from tests.screens.clerk import Clerk, Open
from tests.spoken import Given

SIZE = (160, 40)


def row_of(clerk: Clerk, need: str) -> str:
    return next(key for key in clerk.rows("#waiting").keys if key.startswith(f"{need}-"))


def stands_at(clerk: Clerk, need: str) -> bool:
    return clerk.rows("#waiting").current == row_of(clerk, need)


async def goes_to(clerk: Clerk, need: str) -> None:
    rows = clerk.rows("#waiting")
    rows.focus()
    rows.move_cursor(row=rows.get_row_index(row_of(clerk, need)))
    await clerk.presses("enter")


REASON = Given("[red]部署名[/x]がありません")


async def test_each_thing_that_waits_opens_its_place(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy, 5, po_number="PO-annual")
    turn_to(desk, "2025-02-25")
    back = a_sent_order(desk, lucy, po_number="PO-back")
    send_back(desk, lucy, 81767, REASON)
    waiting = an_order(desk, lucy, po_number="PO-[b]7")
    a_sent_order(desk, lucy, 10, sku=MONTHLY, po_number="PO-monthly")
    turn_to(desk, "2025-03-01")
    async with portal(places.Results(), size=SIZE) as clerk:
        assert clerk.said("#waiting-words") == "プロビジョニング情報の送信を待っているオーダー: 2件  そのほか: 1件"
        assert "契約の更新" in clerk.cells("#waiting", row_of(clerk, "renewal"))
        assert "2025-03-11 (あと10日)" in clerk.cells("#waiting", row_of(clerk, "renewal"))
        assert REASON in clerk.cells("#waiting", row_of(clerk, "correct"))
        assert "PO-[b]7 (81768)" in clerk.cells("#waiting", row_of(clerk, "send"))
        for need, place in (
            ("renewal", places.SubscriptionPage(81766)),
            ("correct", places.OrderCreated(back.id)),
            ("send", places.OrderCreated(waiting.id)),
        ):
            await goes_to(clerk, need)
            await clerk.arrives(place)
            await clerk.presses("escape")
            await clerk.arrives(places.Results())
            await clerk.until(partial(stands_at, clerk, need))


async def test_a_change_that_waits_is_told_with_what_it_does(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy, 10, sku=MONTHLY)
    turn_to(desk, "2024-04-02")
    apply_change(desk, lucy, 81766, ChangeForm(Kind.REDUCE, 4))
    async with portal(places.Results(), size=SIZE) as clerk:
        assert "数量減少 4 Seats 24/05/01" in clerk.cells("#waiting", row_of(clerk, "reduce"))
        await goes_to(clerk, "reduce")
        await clerk.arrives(places.SubscriptionPage(81766))


async def test_a_reason_longer_than_its_cell_is_read_in_full_below(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy)
    reason = "担当部署名が必要です。" * 9 + "以上"
    send_back(desk, lucy, 81766, reason)
    async with portal(places.Results(), size=(80, 24)) as clerk:
        assert clerk.said("#waiting-detail") == f"理由: {reason}"
        assert clerk.is_seen(clerk.one("#waiting-detail")) and clerk.sees(Given("以上"))


async def test_the_home_page_counts_as_the_list_does(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    async with portal(places.Home(), size=SIZE) as clerk:
        assert not clerk.one("#waiting").display
    a_sent_order(desk, lucy, 5)
    turn_to(desk, date(2025, 3, 1).isoformat())
    async with portal(places.Home(), size=SIZE) as clerk:
        await clerk.until(lambda: clerk.sees("必要なアクション: 1件"))
    an_order(desk, lucy)
    async with portal(places.Home(), size=SIZE) as clerk:
        words = "必要なアクション: 1件がプロビジョニング待ち (締切2025-03-15、あと14日)、ほか1件"
        await clerk.until(lambda: clerk.sees(words))
        await clerk.clicks("#waiting")
        await clerk.arrives(places.Results("tab-waiting"))
        assert clerk.rows("#waiting").row_count == 2
