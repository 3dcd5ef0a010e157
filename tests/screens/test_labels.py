"""The manual's labels stand on the screens word for word; every page says where one is, who, for whom, and when."""

import pytest

from stellr_tui.desk.cart import Choice, put_in_cart
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.widgets import places
from tests.desk.office import ANNUAL, a_sent_order, an_order
from tests.screens.clerk import POCKETALK, Clerk, Open
from tests.screens.filled import fill_order
from tests.spoken import Given

WIDE = (160, 70)
NAVIGATION = ("ホーム", "ベンダーカタログ", "顧客管理", "管理と実績", "Storefront")
STANDING = ("Lucy Jin", "請求先口座番号 700100", "処理日 2024-03-11")


def all_seen(clerk: Clerk, *labels: str) -> None:
    missing = [label for label in labels if not clerk.sees(label)]
    assert not missing, f"{missing} not on\n{clerk.painted()}"


async def test_the_login(login_screen: Open) -> None:
    async with login_screen() as clerk:
        await clerk.until(lambda: clerk.one("#login").has_focus)
        all_seen(
            clerk,
            "ECNex",
            "メールアドレスもしくはログインIDでログインしてください。",
            "メールアドレスもしくはログインID",
            "パスワード",
            "ログイン",
            "パスワードをお忘れですか? お問い合わせ",
        )


async def test_the_portal(portal: Open) -> None:
    async with portal(places.Portal()) as clerk:
        all_seen(clerk, "ECNex", "StreamOne Stellr", *STANDING)


async def test_the_top_page_with_every_vendor(portal: Open) -> None:
    async with portal(places.Home(), size=WIDE) as clerk:
        all_seen(
            clerk,
            "StreamOne Stellr",
            "PHONE APPLI",
            "Chatwork",
            "LANSCOPE Endpoint Manager for IaaS",
            "LANSCOPE Endpoint Manager Cloud",
            "SYNNEX DaaS",
            "プリンターを月額料金で利用可能!",
            "IBM Cloud",
            "AhnLab V3 Security for Business",
            "vade FOR M365",
            "SOFTCAMP",
            "CLOMO",
            "OneBe",
            "Money Forward クラウド",
            "ポケットーク for BUSINESS 同時通訳",
        )


async def test_choosing_the_product(portal: Open) -> None:
    async with portal(POCKETALK, size=WIDE) as clerk:
        await clerk.types(f"quantity.{ANNUAL}", "1")
        await clerk.until(lambda: ANNUAL in clerk.rows("#selected").keys)
        all_seen(
            clerk,
            "1 契約期間",
            "年契約年払い",
            "月契約月払い",
            "2 製品を選択し、必要な数量を以下に入力します",
            "商品名",
            "メーカー型番",
            "商品コード",
            "SKU番号",
            "Unit MSRP",
            "N/A",
            "提供単価",
            "数量",
            "提供金額",
            "選択済み商品",
            "Action",
            "ルール",
            "構成保存",
            "カートに入れる",
            "ポケットーク同時通訳(年額サブスクリプション)シリアルコード",
            "0000339760",
            "SS104TS",
            "6900990",
        )


async def test_the_order_page(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    async with portal(places.NewOrder(), size=WIDE) as clerk:
        all_seen(
            clerk,
            "＊ リセラー担当者",
            "Lucy Jin, 01-2345-2345, lucyj@synnex.com",
            "＊ エンドユーザー情報",
            "顧客番号、エンドユーザー、連絡先名、連絡先電子メール、MicrosoftIDで検索",
            "＊ 支払い条件",
            "NA",
            "Sourcenext",
            "商品名",
            "SNX SKU#",
            "Mfr.P/N",
            "請求タイプ",
            "Service Provision",
            "提供単価",
            "数量",
            "提供金額",
            "1ユーザー当たり / 年額",
            "Required",
            "＊ 発注番号",
            "エンドユーザー注文番号",
            "合計金額",
            "同意済み規約の表示",
            "発注する",
            "＋",
        )
        await fill_order(clerk, {})
        all_seen(
            clerk,
            "159813 - テスト株式会社",
            "テスト太郎",
            "テスト株式会社, 毛利, 江東区, 13, 1350001, JP",
            "03123456798, test@company.com",
            "連絡先の変更",
        )


async def test_the_form_of_a_new_end_user(portal: Open) -> None:
    async with portal(places.Customers(), size=WIDE) as clerk:
        await clerk.opens_new_end_user()
        all_seen(
            clerk,
            *STANDING,
            "新規エンドユーザーを追加",
            "キャンセル",
            "リセット",
            "保存",
            "＊ 会社名",
            "＊ 会社名カナ",
            "Security Contact Name",
            "Phone",
            "Email",
            "＊ 場所名",
            "＊ 〒",
            "＊ 住所1",
            "住所2",
            "＊ 市区町村",
            "＊ 都道府県",
            "＊ 担当者名",
            "＊ 電話番号",
            "＊ Eメール",
            "＋ 新しい連絡先",
            "＋ 新しい場所",
            "セキュリティインシデントが発生した際のエンドユーザー様の連絡先の入力が可能です。"
            "リセラー様の許可を得ることなく、",
            "ご担当者様にTD SYNNEXから直接連絡することはありません。",
        )
        assert not clerk.sees("＊ 住所2")


async def test_the_order_that_is_created_and_not_complete(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    order = an_order(desk, lucy)
    async with portal(places.OrderCreated(order.id), size=WIDE) as clerk:
        all_seen(
            clerk,
            "PO作成",
            "選択されたサービスは正常に保存されました。",
            "契約番号",
            "予約番号",
            "発注番号",
            "ベンダー",
            "アクション",
            "81766",
            "sourcenexttest",
            "ソースネクスト株式会社",
            "契約確認",
            "この注文を完了するには、プロビジョニング情報の入力が必要です。"
            "「今すぐプロビジョニング」または、「契約確認」をクリックして、必須項目を入力の上、情報を送信してください。",
            "後でプロビジョニング処理いただくことも可能です。",
            "必要なアクション",
            "買い物を続ける",
            "今すぐプロビジョニング",
        )


async def test_the_wizard(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    order = an_order(desk, lucy)
    async with portal(places.Home(), size=WIDE) as clerk:
        await clerk.opens_wizard(order.id)
        people = (
            "お客様",
            "アドレス",
            "市町村",
            "都道府県",
            "国",
            "郵便番号",
            "JP",
            "1350001",
            "毛利",
            "江東区",
            Given("東京都"),
        )
        contact = ("名", "姓", "Eメール", "電話番号", "担当部署名")
        headings = ("エンドユーザー情報", "エンドカスタマー連絡先情報")
        all_seen(
            clerk, *STANDING, "Provision", "ポケットーク字幕", "担当部署名を入力してください", "次へ", "キャンセル"
        )
        all_seen(clerk, *people, *contact, *headings)
        await clerk.types("family_name", "太郎")
        await clerk.presses("ctrl+s")
        await clerk.until(lambda: clerk.current_step() == "step-2")
        await clerk.until(lambda: clerk.sees("Sourcenext サービス"))
        all_seen(clerk, "Provision", "ポケットーク字幕", "サービス", "数量", "戻る", "次へ", "キャンセル")
        all_seen(clerk, "ポケットーク同時通訳(年額サブスクリプション)シリアルコード")
        await clerk.presses("ctrl+s")
        await clerk.until(lambda: clerk.current_step() == "step-3" and clerk.sees("送信"))
        all_seen(clerk, "戻る", "送信", "キャンセル", *people, *contact, *headings)
        all_seen(clerk, "2024-03-20", "2024-03-21 ~ 2024-03-31", "2024-04-01", "2025-03-20")
        assert clerk.reads("#dates-facts").startswith("発注番号sourcenexttest合計金額¥24,710(税抜)送信日2024-03-11")


async def test_the_subscriptions_of_an_end_user(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy)
    async with portal(places.Subscriptions(CUSTOMER), size=WIDE) as clerk:
        all_seen(
            clerk,
            "テスト株式会社",
            "契約",
            "契約番号",
            "サービスの概要",
            "ベンダー規約",
            "Storefront Access",
            "新しいサブスクリプションを追加",
            "サブスクリプション名",
            "サブスクリプション",
            "ベンダー名",
            "現在のシート数",
            "合計価格",
            "請求タイプ",
            "ステータス",
            "次の変更",
            "請求開始/終了",
            "合計: 1",
            "ご注意: 価格には税抜き価格です。",
            "81766",
            "¥24,710",
            "Manual Provisioning",
            "New 1 Seat 24/03/21",
            "2024/03/21 ~ 2025/03/20",
        )


@pytest.mark.parametrize("width", [80, 120, 160])
async def test_every_column_of_the_list_of_contracts_is_in_sight_at_any_width(
    portal: Open, desk: Desk, lucy: SignedIn, width: int
) -> None:
    a_sent_order(desk, lucy)
    async with portal(places.Subscriptions(CUSTOMER), size=(width, 24)) as clerk:
        await clerk.until(lambda: clerk.sees("2024/03/21 ~ 2025/03/20"))
        all_seen(
            clerk,
            "契約番号",
            "ベンダー名",
            "現在のシート数",
            "合計価格",
            "請求タイプ",
            "ステータス",
            "次の変更",
            "請求開始/終了",
            "81766",
            "Manual Provisioning",
            "2024/03/21 ~ 2025/03/20",
        )


CRUMBS: dict[places.Place, str] = {
    places.Home(): "ホーム",
    places.VendorCatalog(): "ベンダーカタログ",
    POCKETALK: "ポケットーク for BUSINESS 同時通訳",
    places.NewOrder(): "オーダー",
    places.OrderCreated(1): "PO作成",
    places.Customers(): "顧客管理",
    places.EndUserPage(CUSTOMER): "テスト株式会社 > エンドユーザー情報",
    places.Subscriptions(CUSTOMER): "159813 - テスト株式会社",
    places.SubscriptionPage(81766): "81766",
    places.Results(): "管理と実績 > 必要なアクション",
    places.Storefront(): "Storefront",
}


@pytest.mark.parametrize("width", [80, 120])
async def test_every_page_says_where_one_is_who_for_which_account_and_when(
    portal: Open, desk: Desk, lucy: SignedIn, width: int
) -> None:
    an_order(desk, lucy)
    async with portal(places.Portal(), size=(width, 24)) as clerk:
        for place, crumb in CRUMBS.items():
            await clerk.goes(place)
            await clerk.until(lambda crumb=crumb: clerk.said("#breadcrumb").endswith(crumb))  # type: ignore[misc]  # bound at once
            all_seen(clerk, "StreamOne Stellr", *STANDING, *NAVIGATION)
