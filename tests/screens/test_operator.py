"""承認待ち of 管理と実績: the operator's queue, shown to those who may answer it."""

from pathlib import Path

import pytest
from sqlalchemy import update
from textual.widgets import Button, TabPane

from stellr_tui.desk.approval import send_back
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.people import at_the_command_line
from stellr_tui.desk.subscriptions import subscription
from stellr_tui.reference.texts import language
from stellr_tui.rules.status import Status
from stellr_tui.store.tables import Person
from stellr_tui.widgets import places
from tests.desk.office import a_sent_order
from tests.screens.clerk import Clerk, Open
from tests.spoken import Given

SIZE = (120, 50)


@pytest.fixture
def operated(settings: Path) -> None:
    """An operator approves what is sent."""
    (settings / "policy.toml").write_text('approval = "operator"\n', encoding="utf-8")


@pytest.fixture
def operator(desk: Desk) -> SignedIn:
    """The operator of the training database."""
    return at_the_command_line(desk, login="operator")


def tabs(clerk: Clerk) -> list[str | None]:
    return [one.id for one in clerk.app.screen.query(TabPane)]


@pytest.mark.usefixtures("operated")
async def test_an_operator_approves_one_contract_and_sends_another_back(
    portal: Open, desk: Desk, lucy: SignedIn, operator: SignedIn
) -> None:
    approved = a_sent_order(desk, lucy).contracts[0].number
    returned = a_sent_order(desk, lucy, po_number="second").contracts[0].number
    async with portal(places.Results(), operator, size=SIZE) as clerk:
        await clerk.opens_tab("tab-queue")
        await clerk.presses("tab")
        await clerk.until(lambda: clerk.one("#queue").has_focus and clerk.rows("#queue").row_count == 2)
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.one("#question"))
        await clerk.presses("tab", "enter")
        await clerk.until(lambda: "2024-03-11" in clerk.cells("#queue", str(approved)).split()[-1])
        await clerk.presses("down", "ctrl+r")
        await clerk.until(lambda: clerk.one("#take-line"))
        assert (
            str(clerk.app.screen.query_one("#take-line", Button).label)
            == {"ja": "差し戻す", "en": "Send back"}[language()]
        )
        await clerk.until(lambda: clerk.one("#reason").has_focus)
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.refused() == ["reason"])
        await clerk.types_into("#reason", "担当部署名が必要です")
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.rows("#queue").keys == (str(approved),))
        await clerk.opens_tab("tab-waiting")
        await clerk.until(lambda: clerk.rows("#waiting").row_count == 1)
    assert subscription(desk, lucy, returned).subscription.status is Status.SENT_BACK
    assert subscription(desk, lucy, returned).history[-1].person_name == "Stellr Operator"


@pytest.mark.usefixtures("operated")
async def test_a_clerk_sees_no_queue_and_where_an_approval_waits_the_contract(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    a_sent_order(desk, lucy)
    async with portal(places.Results(), lucy, size=SIZE) as clerk:
        assert "tab-queue" not in tabs(clerk) and "tab-mail" in tabs(clerk)
        assert not clerk.sees("承認待ち")
        await clerk.until(lambda: clerk.rows("#waiting").row_count == 1)
        await clerk.presses("enter")
        await clerk.arrives(places.SubscriptionPage(81766))


async def test_without_an_operator_everyone_sees_the_queue(portal: Open, lucy: SignedIn) -> None:
    async with portal(places.Results(), lucy, size=SIZE) as clerk:
        assert "tab-queue" in tabs(clerk)


@pytest.mark.usefixtures("operated")
async def test_who_is_no_operator_any_more_is_refused_in_a_sentence_and_nothing_changes(
    portal: Open, desk: Desk, lucy: SignedIn, operator: SignedIn
) -> None:
    number = a_sent_order(desk, lucy).contracts[0].number
    async with portal(places.Results("tab-queue"), operator, size=SIZE) as clerk:
        await clerk.until(lambda: clerk.rows("#queue").row_count == 1)
        with desk.store.writing() as session:
            session.execute(update(Person).where(Person.id == operator.person_id).values(role="clerk"))
        clerk.rows("#queue").focus()
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.one("#question"))
        await clerk.presses("tab", "enter")
        await clerk.until(lambda: "承認担当者だけ" in clerk.notices())
    assert subscription(desk, lucy, number).subscription.status is Status.PROVISIONING


@pytest.mark.usefixtures("operated")
async def test_the_login_screen_of_a_training_database_names_the_operator_where_one_approves(
    login_screen: Open,
) -> None:
    async with login_screen() as clerk:
        await clerk.until(lambda: clerk.sees("承認担当者のログインID: operator"))


REASON = Given("[red]部署名[/x]がありません")


async def test_what_came_back_says_why_on_the_po_page_in_the_wizard_and_in_the_history_until_it_is_sent_again(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    order = a_sent_order(desk, lucy)
    async with portal(places.OrderCreated(order.id), size=SIZE) as clerk:
        assert not clerk.one("#sent-back").display
        send_back(desk, lucy, 81766, REASON)
        clerk.app.show_again()
        await clerk.until(lambda: clerk.is_seen(clerk.one("#sent-back")))
        assert clerk.said("#sent-back") == f"契約番号 81766 は差し戻されました。理由: {REASON}"
        await clerk.until(lambda: not clerk.sees("POを破棄"))
        await clerk.opens_wizard(order.id)
        assert clerk.sees(f"理由: {REASON}")
        await clerk.presses("ctrl+s")
        await clerk.until(lambda: clerk.current_step() == "step-2")
        await clerk.presses("ctrl+s")
        await clerk.until(lambda: clerk.current_step() == "step-3")
        assert clerk.sees(f"理由: {REASON}")
        await clerk.presses("ctrl+x")
        await clerk.arrives(places.Subscriptions(order.end_user.number))
        await clerk.goes(places.SubscriptionPage(81766))
        (sent_back,) = (key for key in clerk.rows("#history").keys if "差戻し" in clerk.texts("#history", key)[1])
        assert REASON in clerk.texts("#history", sent_back)
        await clerk.goes(places.OrderCreated(order.id))
        assert not clerk.one("#sent-back").display


async def test_the_longest_reason_leaves_room_for_the_wizard_on_a_small_screen(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    order = a_sent_order(desk, lucy)
    reason = "担当部署名が必要です。" * 18 + "以上"
    send_back(desk, lucy, 81766, reason)
    async with portal(places.OrderCreated(order.id), size=(80, 24)) as clerk:
        await clerk.opens_wizard(order.id)
        assert clerk.sees(Given("以上"))
        assert clerk.is_seen(clerk.one("#given-name")) and clerk.is_seen(clerk.one("#forward"))
