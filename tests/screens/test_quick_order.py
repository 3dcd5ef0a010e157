"""クイックオーダー: one line from any page, what it means below it, Enter to the last step, nothing sent unseen."""

from dataclasses import replace

import pytest
from textual.widgets import OptionList

from screens.new_end_user import NewEndUserScreen
from screens.provisioning import ProvisioningWizard
from screens.quick_order import QuickOrderDialog
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_users import end_user
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.orders import list_orders
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.rules.status import Status
from stellr_tui.widgets import places
from stellr_tui.widgets.facts import Facts
from tests.desk.office import DETAILS, a_sent_order, an_order, another_end_user
from tests.screens.clerk import POCKETALK, Clerk, Open

SIZES = [(80, 24), (120, 36)]


async def opens(clerk: Clerk) -> None:
    await clerk.presses("ctrl+k")
    await clerk.until(lambda: isinstance(clerk.app.screen, QuickOrderDialog) and clerk.one("#quick-line").has_focus)
    await clerk.settles()


async def types(clerk: Clerk, line: str) -> None:
    """Key by key, until what it means is shown."""
    await clerk.presses(*line)
    await clerk.until(
        lambda: dialog(clerk)._foreseen_for == dialog(clerk)._line.value and line in dialog(clerk)._line.value
    )
    await clerk.settles()


def dialog(clerk: Clerk) -> QuickOrderDialog:
    screen = clerk.app.screen
    assert isinstance(screen, QuickOrderDialog)
    return screen


def line(clerk: Clerk) -> str:
    return dialog(clerk)._line.value


def offered(clerk: Clerk) -> list[str]:
    options = clerk.app.screen.query_one(OptionList)
    return [str(one.prompt) for one in options.options] if options.display else []


async def checks(clerk: Clerk) -> None:
    """Wait until the wizard stands at its last step."""
    await clerk.until(
        lambda: isinstance(clerk.app.screen, ProvisioningWizard) and clerk.current_step() == "step-3", "the last step"
    )
    await clerk.settles()


def statuses(desk: Desk, by: SignedIn) -> list[Status]:
    return [contract.status for order in list_orders(desk, by).rows for contract in order.contracts]


@pytest.mark.parametrize("size", SIZES)
async def test_what_a_line_means_is_shown_while_one_types(portal: Open, size: tuple[int, int]) -> None:
    async with portal(places.Home(), size=size) as clerk:
        await opens(clerk)
        await types(clerk, "テスト 6900990 x5 PO-1")
        for words in ("159813 - テスト株式会社", "テスト太郎", "6900990", "¥24,710 x 5 = ¥123,550", "PO-1"):
            assert clerk.sees(words), words
        assert clerk.sees("2024-03-20 納品、2024-04-01 課金開始")
        assert clerk.is_seen(clerk.one("#place-quick-order"))


@pytest.mark.parametrize("size", SIZES)
async def test_the_line_stays_in_its_place_while_one_types(portal: Open, size: tuple[int, int]) -> None:
    async with portal(places.Home(), size=size) as clerk:
        await opens(clerk)
        place = clerk.one("#quick-line").region
        for more in ("テスト", " ポケ", "ットーク", " x5", " x7", " PO-1"):
            await types(clerk, more)
            assert clerk.one("#quick-line").region == place, more


async def test_enter_makes_the_po_and_opens_the_wizard_at_its_last_step_and_sends_nothing(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    a_sent_order(desk, lucy)
    async with portal(places.Home()) as clerk:
        await opens(clerk)
        await types(clerk, "159813 6900990 x5 PO-1")
        await clerk.presses("enter")
        await checks(clerk)
        assert clerk.sees(DETAILS.department)
        await clerk.presses("enter", "enter")
        await clerk.settles()
        assert statuses(desk, lucy) == [Status.PROVISIONING, Status.PO_CREATED]
        await clerk.presses("ctrl+x")
        await clerk.arrives(places.Subscriptions(CUSTOMER))
        await clerk.until(lambda: clerk.rows("#subscriptions").current == "81767", "the cursor on what was sent")
        assert statuses(desk, lucy) == [Status.PROVISIONING, Status.PROVISIONING]


async def test_what_was_sent_has_the_cursor_also_where_its_page_stood_below_with_a_filter(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    a_sent_order(desk, lucy)
    async with portal(places.Subscriptions(CUSTOMER)) as clerk:
        await clerk.until(lambda: clerk.rows("#subscriptions").current == "81766")
        await clerk.types_into("#filter", "nothing like that")
        await opens(clerk)
        await types(clerk, "159813 6900990 x5 PO-1")
        await clerk.presses("enter")
        await checks(clerk)
        await clerk.presses("ctrl+x")
        await clerk.arrives(places.Subscriptions(CUSTOMER))
        await clerk.until(lambda: clerk.rows("#subscriptions").current == "81767", "the cursor on what was sent")


async def test_the_last_step_shows_what_is_sent_under_which_number_at_80_columns_without_scrolling(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    a_sent_order(desk, lucy)
    async with portal(places.Home(), size=(80, 24)) as clerk:
        await opens(clerk)
        await types(clerk, "159813 6900990 x5 PO-1")
        await clerk.presses("enter")
        await checks(clerk)
        assert clerk.reads("#dates-facts").startswith("発注番号PO-1合計金額¥123,550(税抜)送信日")
        assert clerk.is_seen(clerk.one("#dates-facts"))
        assert clerk.is_seen(clerk.one("#check-rows"))


async def test_leaving_the_wizard_keeps_the_po_which_is_shown(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy)
    async with portal(places.Home()) as clerk:
        await opens(clerk)
        await types(clerk, "159813 6900990 x5 PO-1")
        await clerk.presses("enter")
        await checks(clerk)
        await clerk.presses("escape")
        await clerk.arrives(places.OrderCreated(2))
        assert clerk.sees("オーダーはまだ完了していません")
        assert clerk.sees("PO-1")


async def test_leaving_the_line_makes_nothing_and_keeps_what_was_typed(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    async with portal(places.Home()) as clerk:
        await opens(clerk)
        await types(clerk, "159813 6900990 x5 PO-1")
        await clerk.presses("escape")
        await clerk.arrives(places.Home())
        assert statuses(desk, lucy) == []
        await opens(clerk)
        assert line(clerk) == "159813 6900990 x5 PO-1"
        await types(clerk, "x")
        assert line(clerk) == "x"


async def test_details_that_are_not_complete_are_asked_for_first(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    async with portal(places.Home()) as clerk:
        await opens(clerk)
        await types(clerk, "159813 6900990 x5 PO-1")
        await clerk.presses("enter")
        await clerk.until(lambda: isinstance(clerk.app.screen, ProvisioningWizard) and clerk.value("given_name"))
        await clerk.refused_at("family_name", "必須")
        assert statuses(desk, lucy) == [Status.PO_CREATED]


async def test_candidates_are_walked_with_the_arrows_and_taken_with_tab(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    other = another_end_user(desk, lucy, "テスト商会")
    async with portal(places.Home()) as clerk:
        await opens(clerk)
        await types(clerk, "テスト")
        assert [one.split()[0] for one in offered(clerk)] == [str(CUSTOMER), str(other)]
        assert "「テスト」に当てはまるものが複数あります" in clerk.said("#quick-findings")
        await clerk.presses("down", "tab")
        await clerk.until(lambda: line(clerk) == f"{other} ")
        await clerk.until(lambda: [one.split()[0] for one in offered(clerk)] == ["6900990", "9900990"])
        await clerk.presses("tab")
        await clerk.until(lambda: line(clerk) == f"{other} 6900990 ")
        await types(clerk, "x3 PO-1")
        await clerk.presses("enter")
        await clerk.until(lambda: isinstance(clerk.app.screen, ProvisioningWizard))
        (order,) = list_orders(desk, lucy).rows
        assert (order.end_user.number, order.contracts[0].seats) == (other, 3)


async def test_enter_takes_the_candidate_where_a_part_is_not_clear(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    another_end_user(desk, lucy, "テスト商会")
    async with portal(places.Home()) as clerk:
        await opens(clerk)
        await types(clerk, "テスト 6900990 x5 PO-1")
        await clerk.presses("enter")
        await clerk.until(lambda: line(clerk) == "159813 6900990 x5 PO-1")
        assert statuses(desk, lucy) == []


async def test_a_candidate_takes_the_place_of_its_part_alone(portal: Open) -> None:
    async with portal(places.Home()) as clerk:
        await opens(clerk)
        await types(clerk, "テスト ポケットーク x5 PO-1")
        await clerk.presses("tab")
        await clerk.until(lambda: line(clerk) == "テスト 6900990 x5 PO-1")


async def test_keys_that_come_at_once_lead_as_far_as_keys_one_by_one(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy)
    async with portal(places.Home()) as clerk:
        await opens(clerk)
        clerk.presses_at_once(*"159813 6900990 x5 PO-1", "enter")
        await checks(clerk)
        assert statuses(desk, lucy) == [Status.PROVISIONING, Status.PO_CREATED]


async def test_what_is_missing_is_said_when_enter_is_pressed(portal: Open) -> None:
    async with portal(places.Home()) as clerk:
        await opens(clerk)
        await types(clerk, "159813")
        assert clerk.said("#quick-findings") == ""
        await clerk.presses("enter")
        await clerk.until(lambda: "数量を入力してください" in clerk.said("#quick-findings"))
        assert "発注番号を入力してください" in clerk.said("#quick-findings")
        assert clerk.one("#quick-line").has_focus


async def test_a_quantity_too_many_is_said_while_one_types(portal: Open) -> None:
    async with portal(places.Home()) as clerk:
        await opens(clerk)
        await types(clerk, "159813 6900990 x5 x7 PO-1")
        assert "商品より多くの数量があります" in clerk.said("#quick-findings")
        assert "5, 7" in clerk.said("#quick-findings")
        await clerk.presses("enter")
        await clerk.settles()
        assert "商品を入力してください" not in clerk.said("#quick-findings")


@pytest.mark.parametrize("at_once", [True, False])
async def test_a_po_number_that_was_used_stops_the_hand_once(
    portal: Open, desk: Desk, lucy: SignedIn, at_once: bool
) -> None:
    an_order(desk, lucy, po_number="PO-1")
    async with portal(places.Home()) as clerk:
        await opens(clerk)
        if at_once:
            clerk.presses_at_once(*"159813 6900990 x5 PO-1", "enter")
        else:
            await types(clerk, "159813 6900990 x5 PO-1")
            await clerk.until(lambda: clerk.sees("以前のオーダーで使われています"))
            await clerk.presses("enter")
        await clerk.until(lambda: clerk.sees("もう一度Enterを押します"))
        await clerk.settles()
        assert statuses(desk, lucy) == [Status.PO_CREATED]
        await clerk.presses("enter")
        await clerk.until(lambda: isinstance(clerk.app.screen, ProvisioningWizard))


async def test_a_po_number_is_proposed_from_the_pattern(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    an_order(desk, lucy, po_number="PO-2024-001")
    async with portal(places.Home()) as clerk:
        clerk.app.settings = replace(clerk.app.settings, po_pattern="PO-{yyyy}-{nnn}")
        await opens(clerk)
        await types(clerk, "159813 6900990 x5")
        assert clerk.sees("PO-2024-002 (提案)")
        await clerk.presses("enter")
        await clerk.until(lambda: isinstance(clerk.app.screen, ProvisioningWizard))
        assert [one.po_number for one in list_orders(desk, lucy).rows] == ["PO-2024-001", "PO-2024-002"]


@pytest.mark.parametrize("place", [places.Portal(), places.Customers(), POCKETALK, places.NewOrder(), places.Results()])
async def test_it_opens_from_every_page_and_what_is_typed_there_stays(portal: Open, place: places.Place) -> None:
    async with portal(place) as clerk:
        await opens(clerk)
        await clerk.presses("escape")
        await clerk.arrives(place)


async def test_it_opens_from_within_a_field(portal: Open) -> None:
    async with portal(POCKETALK) as clerk:
        await clerk.types("quantity.6900990", "7")
        await opens(clerk)
        await clerk.presses("escape")
        await clerk.until(lambda: clerk.value("quantity.6900990") == "7")


async def test_brackets_in_a_company_and_in_the_line_are_only_themselves(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    number = another_end_user(desk, lucy, "[/x]会社")
    async with portal(places.Home()) as clerk:
        await opens(clerk)
        await types(clerk, "[/x] 6900990 x5 [red]")
        assert clerk.sees(f"{number} - [/x]会社")
        assert clerk.sees("[red]")


async def test_a_person_without_the_way_in_has_no_quick_order(login_screen: Open) -> None:
    async with login_screen() as clerk:
        await clerk.until(lambda: clerk.one("#login").has_focus)
        await clerk.presses("ctrl+k")
        await clerk.settles()
        assert not isinstance(clerk.app.screen, QuickOrderDialog)
        assert not clerk.app.screen.query(Facts)


async def repeats(clerk: Clerk) -> None:
    await clerk.presses("ctrl+r")
    await clerk.until(lambda: isinstance(clerk.app.screen, QuickOrderDialog) and clerk.one("#quick-line").has_focus)
    await clerk.until(lambda: line(clerk) == "159813 6900990 x5 " and dialog(clerk)._foreseen is not None)
    await clerk.settles()


async def test_the_same_again_from_a_row_lands_in_the_line_and_takes_a_po_number_of_its_own(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    a_sent_order(desk, lucy, 5, po_number="first")
    async with portal(places.Subscriptions(CUSTOMER)) as clerk:
        await clerk.until(lambda: clerk.rows("#subscriptions").has_focus and clerk.rows("#subscriptions").current)
        await repeats(clerk)
        await clerk.presses(*"second", "enter")
        await checks(clerk)
        assert clerk.sees(DETAILS.department)
        first, second = list_orders(desk, lucy).rows
        assert (second.po_number, second.contracts[0].seats, second.details) == ("second", 5, first.details)
        assert second.is_waiting


async def test_the_same_again_with_a_pattern_needs_no_more_than_enter(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy, 5, po_number="PO-1")
    async with portal(places.Subscriptions(CUSTOMER)) as clerk:
        await clerk.until(lambda: clerk.rows("#subscriptions").has_focus and clerk.rows("#subscriptions").current)
        clerk.app.settings = replace(clerk.app.settings, po_pattern="PO-{n}")
        await repeats(clerk)
        await clerk.presses("enter")
        await checks(clerk)
        assert [one.po_number for one in list_orders(desk, lucy).rows] == ["PO-1", "PO-2"]


@pytest.mark.parametrize(
    "place", [places.SubscriptionPage(81766), places.OrderCreated(1), places.EndUserPage(CUSTOMER), places.Results()]
)
async def test_the_same_again_is_offered_on_the_pages_and_in_the_list_of_all(
    portal: Open, desk: Desk, lucy: SignedIn, place: places.Place
) -> None:
    a_sent_order(desk, lucy, 5)
    async with portal(place) as clerk:
        if isinstance(place, places.Results):
            await clerk.opens_tab("tab-subscriptions")
            clerk.one("#all-subscriptions").focus()
            await clerk.until(lambda: clerk.rows("#all-subscriptions").current)
        await repeats(clerk)
        await clerk.presses("escape")
        await clerk.arrives(place)
        assert len(list_orders(desk, lucy).rows) == 1


async def test_the_same_again_is_offered_where_orders_are_listed(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy, 5)
    async with portal(places.Subscriptions(CUSTOMER)) as clerk:
        await clerk.opens_tab("tab-numbers")
        clerk.one("#orders").focus()
        await clerk.until(lambda: clerk.one("#orders").has_focus)
        await repeats(clerk)


async def test_what_was_repeated_and_left_does_not_come_back_as_a_line_of_ones_own(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    a_sent_order(desk, lucy, 5)
    async with portal(places.SubscriptionPage(81766)) as clerk:
        await repeats(clerk)
        await clerk.presses("escape")
        await clerk.arrives(places.SubscriptionPage(81766))
        await opens(clerk)
        assert line(clerk) == ""


async def test_tab_right_behind_what_is_typed_takes_the_candidate_for_it(portal: Open) -> None:
    async with portal(places.Home()) as clerk:
        await opens(clerk)
        await types(clerk, str(CUSTOMER))
        clerk.presses_at_once("space", "tab", *"x3")
        await clerk.until(lambda: line(clerk) == f"{CUSTOMER} 6900990 x3", "the first product")


async def test_whom_nobody_knows_is_added_from_the_line_and_the_order_goes_on(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    async with portal(places.Home(), size=(80, 24)) as clerk:
        await opens(clerk)
        await types(clerk, "未来通訳 6900990 x2 PO-1")
        assert clerk.is_seen(clerk.one("#quick-unknown")) and clerk.sees("Ctrl+N で新規エンドユーザーを追加")
        await clerk.presses("ctrl+n")
        await clerk.until(lambda: isinstance(clerk.app.screen, NewEndUserScreen))
        await clerk.until(lambda: clerk.control("postal_code").has_focus and clerk.value("company_kana"))
        assert clerk.value("company") == clerk.value("location") == "未来通訳"
        await clerk.fills({"company": "未来通訳株式会社", "postal_code": "1350001"})
        await clerk.until(lambda: clerk.value("location") == "未来通訳株式会社")
        await clerk.until(lambda: clerk.value("city") == "江東区")
        contact = {"name": "山田 太郎", "phone": "0312345678", "email": "a@example.com"}
        await clerk.fills({f"contact.{name}": good for name, good in contact.items()})
        await clerk.presses("ctrl+s")
        await clerk.until(lambda: isinstance(clerk.app.screen, QuickOrderDialog))
        await clerk.until(lambda: line(clerk) == "159814 6900990 x2 PO-1" and clerk.sees("159814 - 未来通訳株式会社"))
        await clerk.settles()
        await clerk.presses("enter")
        await checks(clerk)
    assert statuses(desk, lucy) == [Status.PO_CREATED]
    assert end_user(desk, lucy, 159814).locations[0].name == "未来通訳株式会社"


async def test_who_is_not_added_after_all_leaves_the_line_and_what_was_typed_of_the_form(portal: Open) -> None:
    async with portal(places.Home()) as clerk:
        await opens(clerk)
        clerk.presses_at_once(*"誰も 6900990 x2", "ctrl+n")
        await clerk.until(lambda: isinstance(clerk.app.screen, NewEndUserScreen))
        await clerk.until(lambda: clerk.control("postal_code").has_focus)
        await clerk.types("contact.name", "佐藤")
        await clerk.presses("escape")
        await clerk.until(lambda: isinstance(clerk.app.screen, QuickOrderDialog))
        assert line(clerk) == "誰も 6900990 x2"
        await clerk.presses("ctrl+n")
        await clerk.until(lambda: isinstance(clerk.app.screen, NewEndUserScreen))
        await clerk.until(lambda: clerk.value("contact.name") == "佐藤" and clerk.value("company") == "誰も")


async def test_a_customer_who_is_known_gives_a_new_one_no_name(portal: Open) -> None:
    async with portal(places.Home()) as clerk:
        await opens(clerk)
        await types(clerk, "テスト 6900990")
        assert not clerk.one("#quick-unknown").display
        await clerk.presses("ctrl+n")
        await clerk.until(lambda: isinstance(clerk.app.screen, NewEndUserScreen) and clerk.one("#company").has_focus)
        assert not any(clerk.typed().values())
