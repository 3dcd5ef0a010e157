"""契約一覧 of 管理と実績: every contract of the billing account, found, narrowed, and as it was on a day."""

from datetime import date
from functools import partial

from textual.widgets import Button

from stellr_tui.desk.changes import ChangeForm, Kind, apply_change
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.reference.texts import _, language
from stellr_tui.widgets import places
from tests.desk.office import MONTHLY, a_sent_order, an_order, another_end_user, turn_to
from tests.screens.clerk import Clerk, Open
from tests.spoken import spoken

SIZE = (120, 40)


def three_contracts(desk: Desk, lucy: SignedIn) -> None:
    """An annual one of 3/11, a monthly one of another end user of 4/2, and a PO of 4/5 that was not sent."""
    a_sent_order(desk, lucy, 3, po_number="PO-first")
    turn_to(desk, "2024-04-02")
    a_sent_order(desk, lucy, 5, sku=MONTHLY, customer=another_end_user(desk, lucy, "株式会社[red]"), po_number="二番")
    turn_to(desk, "2024-04-05")
    an_order(desk, lucy, 2, po_number="third")


def sums(*parts: str) -> str:
    """What the line under the list says, in the language spoken now."""
    return _("合計: {totals}").format(totals="  ".join(spoken(part) for part in parts))


def listed(clerk: Clerk) -> list[str]:
    return list(clerk.rows("#all-subscriptions").keys)


def shows(clerk: Clerk, numbers: list[str]) -> bool:
    return listed(clerk) == numbers


async def test_the_contracts_of_every_end_user_are_listed_with_their_sums(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    three_contracts(desk, lucy)
    async with portal(places.Results(), size=SIZE) as clerk:
        await clerk.opens_tab("tab-subscriptions")
        assert listed(clerk) == ["81766", "81767", "81768"]
        assert clerk.said("#all-subscriptions-total") == sums(
            "3件", "10シート", "年契約年払い ¥123,550 + 月契約月払い ¥11,000 (税抜)"
        )
        assert "株式会社[red]" in clerk.cells("#all-subscriptions", "81767")
        assert "¥11,000 サンプル価格" in clerk.cells("#all-subscriptions", "81767")


async def test_the_list_is_narrowed_by_search_status_and_plan_and_the_sums_with_it(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    three_contracts(desk, lucy)
    async with portal(places.Results(), size=SIZE) as clerk:
        await clerk.opens_tab("tab-subscriptions")
        await clerk.presses("tab")
        await clerk.until(lambda: clerk.one("#searched").has_focus)
        for searched, found in {
            "二番": ["81767"],
            "株式会社[red]": ["81767"],
            str(CUSTOMER): ["81766", "81768"],
            "81768": ["81768"],
            "no such thing": [],
            "": ["81766", "81767", "81768"],
        }.items():
            await clerk.types("searched", searched)
            await clerk.until(partial(shows, clerk, found), searched)
        await clerk.types("plan", "annual")
        await clerk.until(lambda: listed(clerk) == ["81766", "81768"])
        await clerk.types("status", "po-created")
        await clerk.until(lambda: listed(clerk) == ["81768"])
        await clerk.until(lambda: clerk.said("#all-subscriptions-total").startswith(sums("1件", "2シート")))


async def test_the_sums_say_that_what_has_ended_is_not_in_them(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    three_contracts(desk, lucy)
    turn_to(desk, "2024-05-02")
    apply_change(desk, lucy, 81767, ChangeForm(Kind.CANCEL))
    turn_to(desk, "2024-06-03")
    async with portal(places.Results(), size=SIZE) as clerk:
        await clerk.opens_tab("tab-subscriptions")
        without = "解約済の1件のシート数と価格を除く"
        assert clerk.said("#all-subscriptions-total") == sums("3件", "5シート", "年契約年払い ¥123,550 (税抜)", without)
        await clerk.types("status", "ended")
        await clerk.until(lambda: clerk.said("#all-subscriptions-total") == sums("1件", "0シート", without))


async def test_the_list_shows_a_past_day_and_says_which(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    three_contracts(desk, lucy)
    apply_change(desk, lucy, 81766, ChangeForm(Kind.REDUCE, 2))
    turn_to(desk, "2024-05-02")
    async with portal(places.Results(), size=SIZE) as clerk:
        await clerk.opens_tab("tab-subscriptions")
        assert "\n1\n" in clerk.cells("#all-subscriptions", "81766")
        await clerk.types("as_of", "2024/4/4")
        await clerk.until(lambda: listed(clerk) == ["81766", "81767"])
        assert "\n3\n" in clerk.cells("#all-subscriptions", "81766")
        both = sums("2件", "8シート", "年契約年払い ¥74,130 + 月契約月払い ¥11,000 (税抜)")
        as_of = _("{day} 時点の{totals}").format(day="2024-04-04", totals=both)
        await clerk.until(lambda: clerk.said("#all-subscriptions-total") == as_of)
        await clerk.types("as_of", "2024-03-10")
        await clerk.until(lambda: listed(clerk) == [])


async def test_a_day_that_is_none_is_said_at_its_field_and_the_list_stays(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    three_contracts(desk, lucy)
    async with portal(places.Results(), size=SIZE) as clerk:
        await clerk.opens_tab("tab-subscriptions")
        await clerk.types("as_of", "2024-02-30")
        await clerk.refused_at("as_of", "2024-02-30")
        assert "時点" in clerk.finding("as_of")
        assert listed(clerk) == ["81766", "81767", "81768"]
        await clerk.types("as_of", "2024-03-11")
        await clerk.until(lambda: listed(clerk) == ["81766"] and not clerk.refused())


async def test_one_comes_back_from_a_contract_to_the_same_tab_filters_and_row(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    three_contracts(desk, lucy)
    async with portal(places.Results(), size=SIZE) as clerk:
        await clerk.opens_tab("tab-subscriptions")
        await clerk.types("as_of", date(2024, 4, 5).isoformat())
        await clerk.types("plan", "annual")
        await clerk.types("searched", "テスト")
        await clerk.until(lambda: listed(clerk) == ["81766", "81768"])
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.rows("#all-subscriptions").has_focus)
        await clerk.presses("down", "enter")
        await clerk.arrives(places.SubscriptionPage(81768))
        await clerk.presses("escape")
        await clerk.until(lambda: listed(clerk) == ["81766", "81768"])
        assert clerk.rows("#all-subscriptions").has_focus and clerk.rows("#all-subscriptions").current == "81768"
        assert clerk.typed() == {
            "searched": "テスト",
            "as_of": "2024-04-05",
            "status": "",
            "plan": "annual",
            "vendor": "",
        }
        assert "契約一覧" in clerk.reads("#breadcrumb")


async def test_control_f_leads_from_the_rows_to_the_search(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    three_contracts(desk, lucy)
    async with portal(places.Results(), size=SIZE) as clerk:
        await clerk.opens_tab("tab-subscriptions")
        clerk.rows("#all-subscriptions").focus()
        await clerk.presses("ctrl+f")
        await clerk.until(lambda: clerk.one("#searched").has_focus)


async def test_the_list_of_a_past_day_leads_to_the_contract_of_that_day_and_back(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    three_contracts(desk, lucy)
    apply_change(desk, lucy, 81766, ChangeForm(Kind.REDUCE, 2))
    turn_to(desk, "2024-05-02")
    then = places.SubscriptionPage(81766, date(2024, 4, 5))
    async with portal(places.Results(), size=SIZE) as clerk:
        await clerk.opens_tab("tab-subscriptions")
        await clerk.types("as_of", "2024-04-05")
        await clerk.settles()
        clerk.rows("#all-subscriptions").focus()
        await clerk.presses("enter")
        await clerk.arrives(then)
        assert clerk.said("#past-day") == "2024-04-05 の終わりの状態です。"
        assert "2024-04-05時点" in clerk.reads("#breadcrumb")
        assert clerk.texts("#lots", "1")[1] == "3"
        assert clerk.said("#planned") == "数量減少 2 Seats 24/05/01  受付期限 2024-04-10"
        assert not clerk.sees("＋数量追加") and not clerk.sees("変更の取消") and clerk.sees("今の契約")
        for key in ("plus", "minus", "ctrl+d"):
            await clerk.presses(key)
        await clerk.until(lambda: "「2024-04-05」時点の表示からは変更を申請できません" in clerk.notices())
        await clerk.presses("ctrl+w")
        await clerk.presses("ctrl+o")
        await clerk.arrives(places.SubscriptionPage(81766))
        assert not clerk.one("#past-day").display
        assert clerk.texts("#lots", "1")[1] == "1"
        assert clerk.said("#planned") == "予定された変更はありません。"
        await clerk.presses("escape")
        await clerk.arrives(then)
        await clerk.presses("escape")
        await clerk.until(lambda: clerk.value("as_of") == "2024-04-05" and listed(clerk))


async def test_a_contract_is_shown_as_of_a_day_that_is_typed_on_its_page(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    three_contracts(desk, lucy)
    async with portal(places.SubscriptionPage(81767), size=SIZE) as clerk:
        await clerk.presses("ctrl+t")
        await clerk.until(lambda: clerk.one("#as-of").has_focus)
        assert (
            str(clerk.app.screen.query_one("#take-line", Button).label) == {"ja": "表示する", "en": "Show"}[language()]
        )
        await clerk.types("as_of", "2024-02-30")
        await clerk.presses("enter")
        await clerk.refused_at("as_of", "2024-02-30")
        await clerk.types("as_of", "２０２４／４／２")
        await clerk.presses("enter")
        await clerk.arrives(places.SubscriptionPage(81767, date(2024, 4, 2)))
        assert clerk.said("#past-day") == "2024-04-02 の終わりの状態です。"
        await clerk.presses("ctrl+t")
        await clerk.until(lambda: clerk.one("#as-of").has_focus)
        await clerk.types("as_of", "2024-04-01")
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.sees("その日にはまだありません（指定の日 2024-04-01、PO作成日 2024-04-02）"))
        assert not clerk.one("#lots").display
        await clerk.presses("ctrl+o")
        await clerk.arrives(places.SubscriptionPage(81767))
        assert clerk.one("#lots").display
