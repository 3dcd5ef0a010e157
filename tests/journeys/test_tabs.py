"""The tabs of a page are reached with keys that a plain terminal sends."""

from tests.journeys.conftest import SitDown


def test_the_vendors_terms_are_read_and_storefront_access_is_granted_by_key(sit_down: SitDown) -> None:
    clerk = sit_down()
    clerk.sign_in()
    clerk.open_stellr()
    clerk.do("顧客管理")
    clerk.sees("159813")
    clerk.comes_to("顧客番号")
    clerk.terminal.press("enter")
    clerk.sees("契約はまだありません。")
    clerk.do("契約一覧")
    clerk.sees("合計: 0", "f7f8 タブ")
    clerk.terminal.press("f7")
    clerk.sees("Storefrontを利用できません")
    clerk.terminal.press("enter")
    clerk.sees("このエンドユーザーはStorefrontを利用できます")
    clerk.terminal.press("f8")
    clerk.sees("合計: 0")
    clerk.terminal.press("f8")
    clerk.sees("予約番号", "エンドユーザー注文番号")
