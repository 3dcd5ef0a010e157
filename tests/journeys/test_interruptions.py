"""The program is killed, or its window closed, between any two steps: what was confirmed is there, nothing by half."""

from collections.abc import Callable
from pathlib import Path

import pytest

from stellr_tui.reference.texts import LANGUAGES
from tests.journeys.book import assert_nothing_by_half, kept_fields, kept_texts, rows, stellr
from tests.journeys.clerk import Clerk
from tests.journeys.conftest import SitDown
from tests.journeys.terminal import Terminal

ENDS: dict[str, Callable[[Terminal], None]] = {"killed": Terminal.kill9, "window-closed": Terminal.hang_up}


@pytest.fixture(params=[("killed", "ja"), ("window-closed", "en")], ids="-".join)
def interruption(request: pytest.FixtureRequest) -> tuple[str, str]:
    """How the program ends, and its language; what is kept does not depend on both together."""
    found: tuple[str, str] = request.param
    return found


@pytest.fixture
def end(interruption: tuple[str, str]) -> Callable[[Terminal], None]:
    """How the program ends."""
    return ENDS[interruption[0]]


@pytest.fixture
def spoken(interruption: tuple[str, str]) -> str:
    """The language that it speaks."""
    return interruption[1]


class Work:
    """A clerk at work on an order of three seats, who is interrupted and starts again."""

    def __init__(self, sit_down: SitDown, book: Path, end: Callable[[Terminal], None]) -> None:
        self._sit_down = sit_down
        self._end = end
        self.book = book
        self.clerk = self._sign_in()

    def _sign_in(self) -> Clerk:
        clerk = self._sit_down()
        clerk.sign_in()
        return clerk

    def interrupt(self) -> None:
        """The program ends here and now; it is started again, and the clerk signs in."""
        self._end(self.clerk.terminal)
        assert_nothing_by_half(self.book)
        self.clerk = self._sign_in()

    def fill_the_cart(self) -> None:
        self.clerk.put_in_cart("3")

    def reach_the_wizard(self) -> None:
        self.fill_the_cart()
        self.clerk.pick_end_user()
        self.clerk.place_order()
        self.clerk.open_wizard()

    def take_up_the_cart(self) -> None:
        """Find what was put into the cart, and go on to the order page."""
        self.clerk.open_stellr()
        self.clerk.open_pocketalk()
        self.clerk.sees("カート: 1件", "¥74,130")
        self.clerk.push("発注ページへ")
        self.clerk.sees("合計金額: ¥74,130")
        self.clerk.comes_to("＊ エンドユーザー情報")

    def is_kept(self, *texts: str) -> None:
        """Wait until all of this, which was typed, is in the book."""
        self.clerk.terminal.await_that(
            lambda: set(texts) <= set(kept_texts(self.book)), f"{' and '.join(texts)} are kept"
        )

    def take_up_the_draft(self, *seen: str) -> None:
        """Find the order half entered on the home page, and go on with it; all this is there again."""
        self.clerk.terminal.press("enter")
        self.clerk.do("続ける")
        self.clerk.sees(*seen or ("同意済み規約の表示", "¥74,130"))

    def take_up_the_po(self) -> None:
        """Find the PO that waits, and open the wizard again, at its first step."""
        self.find_the_po()
        self.clerk.open_wizard()

    def find_the_po(self) -> None:
        """From the home page on to the PO that waits."""
        self.clerk.open_stellr()
        self.clerk.sees("必要なアクション: 1件がプロビジョニング待ち")
        self.clerk.see_waiting()

    def finish(self) -> None:
        """The wizard, to the end; then there is one contract of three seats, and nothing by half."""
        self.clerk.fill_in_details()
        self.clerk.see_services()
        self.clerk.see_check()
        self.clerk.send()
        self.assert_sent_once()

    def assert_sent_once(self) -> None:
        [contract] = stellr(self.book, "subscriptions")
        assert (contract["contract_number"], contract["status"]) == (81766, "provisioning")
        assert (contract["seats"], contract["amount"]) == (3, 74_130)
        assert len(rows(self.book, "SELECT id FROM purchase_order")) == 1
        assert_nothing_by_half(self.book)


@pytest.fixture
def work(sit_down: SitDown, order_book: Path, end: Callable[[Terminal], None]) -> Work:
    return Work(sit_down, order_book, end)


def test_after_the_login_nothing_has_begun(work: Work) -> None:
    work.interrupt()
    work.reach_the_wizard()
    work.finish()


def test_the_cart_is_as_it_was(work: Work) -> None:
    work.fill_the_cart()
    work.interrupt()
    work.take_up_the_cart()
    work.clerk.pick_end_user()
    work.clerk.place_order()
    work.clerk.open_wizard()
    work.finish()


def test_a_half_filled_form_leaves_no_half_end_user(work: Work) -> None:
    work.fill_the_cart()
    work.clerk.open_end_user_form()
    work.clerk.fill("会社名", "半分株式会社")
    work.clerk.fill("場所名", "本社")
    work.is_kept("半分株式会社", "本社")
    work.interrupt()
    assert [one["number"] for one in rows(work.book, "SELECT number FROM end_user")] == [159813]
    work.take_up_the_draft("＊ 会社名 半分株式会社", "＊ 場所名 本社")
    work.clerk.do("リセット")
    work.clerk.comes_to("キャンセル")
    work.clerk.push("リセット")
    work.clerk.sees_no_longer("半分株式会社")
    work.clerk.comes_to("＊ 会社名")
    work.clerk.fill_in_end_user()
    work.clerk.save_end_user()
    work.clerk.place_order()
    work.clerk.open_wizard()
    work.finish()


def test_a_stored_end_user_is_there(work: Work) -> None:
    work.fill_the_cart()
    work.clerk.open_end_user_form()
    work.clerk.fill_in_end_user("保存済み株式会社", "ホゾン")
    work.clerk.save_end_user()
    work.is_kept("159814")
    work.interrupt()
    work.take_up_the_draft("同意済み規約の表示", "¥74,130", "159814 - 保存済み株式会社")
    work.clerk.place_order()
    work.clerk.open_wizard()
    work.finish()


def test_the_order_page_is_as_it_was(work: Work) -> None:
    work.fill_the_cart()
    work.clerk.pick_end_user()
    work.clerk.fill("発注番号", "PO-KEPT")
    work.clerk.fill("エンドユーザー注文番号", "[注文] 7")
    work.is_kept("159813", "PO-KEPT", "[注文] 7")
    work.interrupt()
    work.take_up_the_draft("同意済み規約の表示", "¥74,130", "159813 - テスト株式会社", "PO-KEPT", "[注文] 7")
    work.clerk.do("発注する")
    work.clerk.sees("オーダーはまだ完了していません。", "PO-KEPT")
    work.clerk.do("ホーム")
    work.clerk.comes_to("ポケットーク for BUSINESS 同時通訳")
    assert not work.clerk.reads("書きかけのオーダー")
    work.clerk.see_waiting("PO-KEPT")
    work.clerk.open_wizard()
    work.finish()


def test_in_the_middle_of_typing_nothing_is_there_by_half(work: Work) -> None:
    """Typed is not kept yet when the program ends: the cart waits, with what was typed or without."""
    work.fill_the_cart()
    work.clerk.pick_end_user()
    work.clerk.terminal.type("PO-TYPED")
    work.interrupt()
    work.take_up_the_draft()


# Only the window is closed, so in each language.
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_what_was_shown_before_the_window_was_closed_is_kept(sit_down: SitDown, order_book: Path) -> None:
    work = Work(sit_down, order_book, Terminal.hang_up)
    work.fill_the_cart()
    work.clerk.fill("発注番号", "PO-SHOWN")
    work.interrupt()
    assert "PO-SHOWN" in kept_texts(order_book)


def test_a_po_waits_under_what_needs_action(work: Work) -> None:
    work.fill_the_cart()
    work.clerk.pick_end_user()
    work.clerk.place_order()
    work.interrupt()
    work.take_up_the_po()
    work.finish()


def test_in_the_first_step_of_the_wizard_the_po_waits(work: Work) -> None:
    work.reach_the_wizard()
    work.clerk.fill("姓", "まだ確定していない姓")
    work.clerk.terminal.await_that(
        lambda: (
            rows(work.book, "SELECT details ->> 'family_name' AS name FROM purchase_order")
            == [{"name": "まだ確定していない姓"}]
        ),
        "it is kept",
    )
    work.interrupt()
    work.take_up_the_po()
    work.clerk.sees("＊ 姓 まだ確定していない姓")
    work.finish()


def test_at_the_last_step_of_the_wizard_one_goes_on_there(work: Work) -> None:
    work.reach_the_wizard()
    work.clerk.fill_in_details("保存される姓")
    work.clerk.fill("担当部署名", "第一営業部")
    work.clerk.see_services()
    work.clerk.see_check()
    work.interrupt()
    work.find_the_po()
    work.clerk.do("今すぐプロビジョニング")
    work.clerk.sees("この内容で送信すると", "保存される姓", "第一営業部")
    work.clerk.send()
    work.assert_sent_once()
    [order] = rows(work.book, "SELECT details ->> 'department' AS department FROM purchase_order")
    assert order["department"] == "第一営業部"


def test_what_was_sent_is_sent(work: Work) -> None:
    work.reach_the_wizard()
    work.clerk.fill_in_details()
    work.clerk.see_services()
    work.clerk.see_check()
    work.clerk.send()
    work.interrupt()
    work.clerk.open_stellr()
    assert not work.clerk.reads("必要なアクション")
    work.assert_sent_once()


def test_the_moment_of_storing_an_end_user(work: Work) -> None:
    """保存 is under way when the program ends: the end user is there as a whole, or not at all."""
    work.fill_the_cart()
    work.clerk.open_end_user_form()
    work.clerk.fill_in_end_user("保存中株式会社", "ホゾン")
    work.is_kept("保存中株式会社")
    work.clerk.do("保存")
    work.interrupt()
    work.take_up_the_draft("＊ 会社名" if "#open" in kept_fields(work.book) else "同意済み規約の表示")
    if work.clerk.reads("＊ 会社名"):
        work.clerk.do("キャンセル")
        work.clerk.sees("同意済み規約の表示")
    if len(rows(work.book, "SELECT number FROM end_user")) == 2:
        work.clerk.pick_end_user("保存中", "159814 - 保存中株式会社")
    else:
        work.clerk.pick_end_user()


def test_the_moment_of_placing_an_order(work: Work) -> None:
    """発注する is under way when the program ends: the PO is there and the cart is empty, or neither."""
    work.fill_the_cart()
    work.clerk.pick_end_user()
    work.clerk.fill("発注番号", "sourcenexttest")
    work.is_kept("159813", "sourcenexttest")
    work.clerk.do("発注する")
    work.interrupt()
    if rows(work.book, "SELECT id FROM purchase_order"):
        work.take_up_the_po()
    else:
        work.take_up_the_draft("159813 - テスト株式会社", "sourcenexttest")
        work.clerk.do("発注する")
        work.clerk.open_wizard()
    work.finish()


def test_the_moment_of_sending(work: Work) -> None:
    """送信 is under way when the program ends: the order is complete, or it waits to be sent."""
    work.reach_the_wizard()
    work.clerk.fill_in_details()
    work.clerk.see_services()
    work.clerk.see_check()
    work.clerk.do("送信")
    work.interrupt()
    if not stellr(work.book, "subscriptions", "--status", "provisioning"):
        work.find_the_po()
        work.clerk.do("今すぐプロビジョニング")
        work.clerk.sees("この内容で送信すると")
        work.clerk.send()
    work.assert_sent_once()
