"""The change wizard and what a contract shows of its life (オーダー⑧)."""

import pytest
from textual.widget import Widget

from screens.change import ChangeWizard
from stellr_tui.desk.changes import ChangeForm, Kind, apply_change, waiting_changes
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.invoicing import list_invoices
from stellr_tui.widgets import places
from tests.desk.office import a_sent_order, turn_to
from tests.screens.clerk import Open

SIZE = (120, 50)


def ten_monthly_seats(desk: Desk, lucy: SignedIn) -> int:
    """The manual's example: delivered on 5/20."""
    turn_to(desk, "2024-05-15")
    number = a_sent_order(desk, lucy, 10, sku="9900990").contracts[0].number
    turn_to(desk, "2024-05-20")
    return number


async def test_the_wizard_says_what_fewer_seats_lead_to_before_it_is_sent(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    number = ten_monthly_seats(desk, lucy)
    async with portal(places.SubscriptionPage(number), size=SIZE) as clerk:
        await clerk.presses("minus")
        await clerk.until(lambda: clerk.one("#seats").has_focus)
        await clerk.presses("5")
        await clerk.until(lambda: "2024-07-01" in clerk.reads("#change-effect"))
        assert "受付期限2024-06-10" in clerk.reads("#change-effect")
        assert [clerk.texts("#change-invoices", on) for on in clerk.rows("#change-invoices").keys] == [
            ("2024-06-01", "¥22,000 サンプル価格", "¥22,000 サンプル価格"),
            ("2024-07-01", "¥22,000 サンプル価格", "¥11,000 サンプル価格"),
            ("2024-08-01", "¥22,000 サンプル価格", "¥11,000 サンプル価格"),
        ]
        assert "現在の数量10" in clerk.reads("#change-facts") and clerk.sees("返金はありません。")
        assert not waiting_changes(desk, lucy, number)
        await clerk.presses("enter", "enter", "tab", "enter")
        await clerk.until(lambda: "2024-06-10" in clerk.said("#planned"))
    [change] = waiting_changes(desk, lucy, number)
    assert (change.kind, change.seats, change.takes_effect_on.isoformat()) == (Kind.REDUCE, 5, "2024-07-01")


async def test_too_many_seats_to_give_up_are_refused_at_the_field_and_nothing_is_stored(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    number = ten_monthly_seats(desk, lucy)
    async with portal(places.SubscriptionPage(number), size=SIZE) as clerk:
        await clerk.presses("minus")
        await clerk.until(lambda: clerk.one("#seats").has_focus)
        await clerk.presses("1", "0", "enter", "enter", "tab", "enter")
        await clerk.until(lambda: clerk.refused() == ["seats"])
        assert clerk.value("seats") == "10"
    assert not waiting_changes(desk, lucy, number)


@pytest.mark.parametrize(("kind", "typed"), [("plus", ["5"]), ("minus", ["5"]), ("ctrl+d", [])])
async def test_enter_held_down_comes_to_what_follows_and_does_not_send(
    portal: Open, desk: Desk, lucy: SignedIn, kind: str, typed: list[str]
) -> None:
    number = ten_monthly_seats(desk, lucy)
    async with portal(places.SubscriptionPage(number), size=SIZE) as clerk:
        await clerk.presses(kind)
        await clerk.until(lambda: isinstance(clerk.app.screen, ChangeWizard) and clerk.one("#wish"))
        await clerk.presses(*typed)
        clerk.presses_at_once(*["enter"] * 20)
        await clerk.until(lambda: clerk.one("#change-effect").has_focus)
        clerk.presses_at_once(*["enter"] * 20)
        await clerk.settles()
        assert clerk.one("#change-effect").has_focus
        assert not waiting_changes(desk, lucy, number)
        await clerk.presses("tab", "enter")
        await clerk.until(lambda: not isinstance(clerk.app.screen, ChangeWizard))
    assert len(waiting_changes(desk, lucy, number)) == 1


async def test_a_change_is_sent_by_keys_that_the_dialog_names_and_never_from_a_field(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    number = ten_monthly_seats(desk, lucy)
    async with portal(places.SubscriptionPage(number), size=(80, 24)) as clerk:
        await clerk.presses("minus")
        await clerk.until(lambda: clerk.one("#seats").has_focus)
        assert "Ctrl+S" in clerk.said("#change-keys") and "Ctrl+X" in clerk.said("#change-keys")
        await clerk.presses("5", "ctrl+x")
        await clerk.settles()
        assert clerk.one("#seats").has_focus and clerk.value("seats") == "5"
        effect = clerk.one("#change-effect")
        before = effect.styles.background
        clerk.presses_at_once("ctrl+s", "ctrl+s")
        await clerk.until(lambda: effect.has_focus)
        assert effect.styles.background != before and effect.styles.text_style.bold
        await clerk.presses("pagedown", "pageup")
        assert not waiting_changes(desk, lucy, number)
        clerk.presses_at_once("ctrl+x", "ctrl+x")
        await clerk.until(lambda: not isinstance(clerk.app.screen, ChangeWizard))
    assert len(waiting_changes(desk, lucy, number)) == 1


async def test_a_key_that_comes_while_enter_still_leads_on_waits_until_it_has_led(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    number = ten_monthly_seats(desk, lucy)
    async with portal(places.SubscriptionPage(number), size=SIZE) as clerk:
        await clerk.presses("minus")
        await clerk.until(lambda: clerk.one("#seats").has_focus)
        await clerk.presses("5", "enter")
        await clerk.until(lambda: clerk.one("#wish").has_focus)
        await clerk.settles()
        came: list[Widget | None] = []

        def come(focused: Widget | None) -> None:
            """The next keys come in the very moment in which the focus moves."""
            if not came:
                clerk.presses_at_once("tab", "enter")
            came.append(focused)

        clerk.app.watch(clerk.app.screen, "focused", come, init=False)
        await clerk.presses("enter")
        await clerk.until(lambda: not isinstance(clerk.app.screen, ChangeWizard))
    assert len(waiting_changes(desk, lucy, number)) == 1


async def test_a_cancellation_says_at_once_when_the_contract_ends(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    number = ten_monthly_seats(desk, lucy)
    async with portal(places.SubscriptionPage(number), size=SIZE) as clerk:
        await clerk.presses("ctrl+d")
        await clerk.until(lambda: "2024-06-30" in clerk.reads("#change-effect"))
        await clerk.presses("escape")
    assert not waiting_changes(desk, lucy, number)


async def test_a_contract_shows_its_invoices_and_what_is_planned(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    number = ten_monthly_seats(desk, lucy)
    apply_change(desk, lucy, number, ChangeForm(Kind.REDUCE, 5))
    turn_to(desk, "2024-06-05")
    [invoice] = list_invoices(desk, lucy)
    async with portal(places.SubscriptionPage(number), size=SIZE) as clerk:
        assert f"請求書 {invoice.number}  2024-06-01  ¥22,000" in clerk.said("#invoices")
        assert "5" in clerk.said("#planned") and "2024-06-10" in clerk.said("#planned")
        await clerk.presses("ctrl+w")
        await clerk.until(lambda: clerk.one("#question"))
        assert clerk.said("#question") == "変更「数量減少 5 Seats 24/07/01」を取り消します。よろしいですか。"
        assert clerk.sees("取り消さない") and not clerk.sees("キャンセル")
        await clerk.presses("right", "enter")
        await clerk.until(lambda: clerk.said("#planned") == "予定された変更はありません。")
    assert not waiting_changes(desk, lucy, number)


async def test_a_change_is_kept_where_one_goes_back_to_the_other_button(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    number = ten_monthly_seats(desk, lucy)
    apply_change(desk, lucy, number, ChangeForm(Kind.REDUCE, 5))
    async with portal(places.SubscriptionPage(number), size=SIZE) as clerk:
        await clerk.presses("ctrl+w")
        await clerk.until(lambda: clerk.one("#question"))
        await clerk.presses("left", "right", "right", "left", "enter")
        await clerk.arrives(places.SubscriptionPage(number))
        await clerk.settles()
    assert len(waiting_changes(desk, lucy, number)) == 1


async def test_changes_are_offered_only_for_an_active_contract_and_else_their_keys_say_why_not(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    number = a_sent_order(desk, lucy).contracts[0].number
    async with portal(places.SubscriptionPage(number), size=SIZE) as clerk:
        for key, label in (("plus", "数量追加"), ("minus", "数量減少"), ("ctrl+d", "解約")):
            assert not clerk.sees(label)
            await clerk.presses(key)
            await clerk.until(lambda label=label: f"操作 {label}、ステータス Manual Provisioning" in clerk.notices())  # type: ignore[misc]  # bound at once
        assert not isinstance(clerk.app.screen, ChangeWizard)


async def test_the_date_of_a_training_database_moves_from_the_screen_with_what_happens_on_the_way(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    a_sent_order(desk, lucy)
    async with portal(places.Home(), size=SIZE) as clerk:
        await clerk.presses("f9")
        await clerk.until(lambda: clerk.one("#date").has_focus)
        await clerk.types_into("#date", "2024-03-10")
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.refused() == ["date"])
        await clerk.types_into("#date", "2024-04-02")
        await clerk.presses("enter")
        await clerk.until(lambda: "発行した請求書: 1" in clerk.notices())
        assert "納品した契約: 1" in clerk.notices()
        await clerk.until(lambda: "2024-04-02" in clerk.said("#whose"))


async def test_mails_can_be_read(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy)
    turn_to(desk, "2024-04-02")
    async with portal(places.Results(), size=SIZE) as clerk:
        assert not clerk.rows("#mail").row_count
        await clerk.opens_tab("tab-mail")
        await clerk.presses("tab")
        await clerk.until(lambda: clerk.one("#mail").has_focus and clerk.rows("#mail").row_count == 2)
        await clerk.presses("down", "enter")
        await clerk.until(
            lambda: clerk.sees("StreamOne Stellrから ソースネクスト株式会社 のオーダーが処理されました。")
        )
        assert clerk.sees("ご発注ありがとうございます!")


async def test_a_cancellation_of_a_year_says_what_is_lost_and_the_end_that_costs_nothing_more(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    number = a_sent_order(desk, lucy, 5).contracts[0].number
    turn_to(desk, "2024-06-10")
    async with portal(places.SubscriptionPage(number), size=(80, 24)) as clerk:
        await clerk.presses("ctrl+d")
        await clerk.until(lambda: "契約の最終日2024-06-30" in clerk.reads("#change-effect"))
        for words in ("受付期限2024-06-10", "2025-03-31まで、¥123,550(税抜)", "追加の請求がない最終日2025-03-31"):
            assert words in clerk.reads("#change-effect"), words
        table = clerk.rows("#change-invoices")
        assert [table.texts(on) for on in table.keys] == [
            (f"{year}-04-01", "¥123,550", "¥0") for year in (2025, 2026, 2027)
        ]
        await clerk.types("wish", "2025-03-31")
        await clerk.until(lambda: "受付期限2025-03-11" in clerk.reads("#change-effect"))
        assert "返金なし" not in clerk.reads("#change-effect")
        await clerk.types("wish", "2025-02-30")
        await clerk.until(lambda: not clerk.reads("#change-effect") and not table.display)
        assert not clerk.finding("wish"), "it is still being typed"
        await clerk.presses("tab")
        await clerk.until(lambda: clerk.is_refused("wish") and "2025-02-30" in clerk.finding("wish"))
        await clerk.types("wish", "2025/3/31")
        await clerk.until(lambda: "受付期限2025-03-11" in clerk.reads("#change-effect") and not clerk.finding("wish"))
