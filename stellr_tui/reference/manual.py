"""What the manual (April 2024, V02) says of the fields, word for word, each with the heading that it stands under.

The manual's arrows stand here as >, the circled numbers of its headings as digits: terminals do not agree on how wide
those are. Everything else is as it is printed, its slips of the pen included.
"""

from dataclasses import dataclass

from stellr_tui.reference.texts import N_

RULES = N_("納品及び請求ルール")
LOGIN = "ECNex"
PRODUCTS = N_("オーダー1 製品選択")
PEOPLE = N_("オーダー2 リセラー情報・EU情報")
END_USER = N_("オーダー3 EU情報")
NUMBER = N_("オーダー4 発注番号")
CREATED = N_("オーダー5 PO作成")
PROVISIONING = N_("オーダー6 プロビジョニング")
CHANGES = N_("オーダー8 数量変更, 解約処理")

HEADINGS = (RULES, LOGIN, PRODUCTS, PEOPLE, END_USER, NUMBER, CREATED, PROVISIONING, CHANGES)
"""The headings that are quoted from, in the manual's order."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of the manual and the heading that they stand under, both in Japanese and marked for translation."""

    heading: str
    words: str


DELIVERY = Quotation(RULES, N_("毎月15日までにオーダー分 > 20日メール納品 > 翌月初課金開始"))
AFTER_CUTOFF = Quotation(RULES, N_("16日オーダー分は翌月20日納品となるため御注意ください"))
ADDED_LATER = Quotation(RULES, N_("追加購入時も同様のルールです"))
REDUCTION = Quotation(RULES, N_("減数時は20日前が受付期限(返金無し)"))
REDUCTION_EXAMPLE = Quotation(RULES, N_("例：7/1から契約数を減数希望時は6/10までにSteamOneStellrにて減数処理"))
CANCELLATION = Quotation(RULES, N_("途中解約は20日前が受付期限（返金無し）"))
CANCELLATION_EXAMPLE = Quotation(RULES, N_("例：6月末で解約希望時は6/10までにSteamOneStellrにて解約処理"))
INVOICES = Quotation(RULES, N_("全ての請求書は1日に当月分発行"))
MONTHLY_INVOICES = Quotation(
    RULES,
    N_("例：月額で5/20メール納品分は6/1に6月分の請求書発行、以降毎月の月初に当月分の請求書発行"),
)

SIGN_IN = Quotation(LOGIN, N_("メールアドレスもしくはログインIDでログインしてください。"))
FORGOTTEN = Quotation(LOGIN, N_("パスワードをお忘れですか? お問い合わせ"))
ACCOUNT = Quotation(LOGIN, N_("目的の請求先口座番号を使用してください"))

CHOICE = Quotation(PRODUCTS, N_("対象製品の以下ご希望を選択"))
QUANTITY = Quotation(PRODUCTS, N_("購入する商品の数量を入力し、「カートに入れる」をクリックして下さい"))

RESELLER_CONTACT = Quotation(
    PEOPLE,
    N_("リセラー担当者は、Stellrのアカウント登録が必要です。登録されているアカウントからご選択が可能です。"),
)
SEARCH = Quotation(PEOPLE, N_("顧客番号、エンドユーザー、連絡先名、連絡先電子メール、MicrosoftIDで検索"))
ORDER_NUMBERS = Quotation(
    PEOPLE,
    N_("発注番号（必須）*エンドユーザー注文番号（任意）を入れて発注するをクリック *請求書に印字されます"),
)

REQUIRED = Quotation(END_USER, N_("*の箇所は必須項目です。"))
POSTAL_CODE = Quotation(
    END_USER,
    N_(
        "郵便番号はハイフンなしで入力し、郵便番号のDBがヒットしたら、都道府県、市区町村は自動で入力されますので、"
        "続きを住所1（必須）～住所2（オプション）にご入力ください。"
    ),
)
LOCATION = Quotation(
    END_USER,
    N_("場所名は入力形式の指定はありません。会社名と同一、あるいは「会社名 部署名」のようにご入力ください。"),
)
SECURITY_CONTACT = Quotation(
    END_USER,
    N_(
        "セキュリティインシデントが発生した際のエンドユーザー様の連絡先の入力が可能です。"
        "リセラー様の許可を得ることなく、Security Contactご担当者様にTD SYNnexから直接連絡することはありません。"
    ),
)
SECURITY_CONTACT_OPTIONAL = Quotation(
    END_USER, N_("Security Contact Name、Phone、Emailをご入力ください。（オプション）")
)

PLACING = Quotation(
    NUMBER,
    N_(
        "リセラー様発注番号（必須）、エンドユーザー様注文番号を入れて【発注する】をクリックして、POの作成が完了します。"
    ),
)
COMPLETING = Quotation(CREATED, N_("この注文を完了するには、プロビジョニング情報の入力が必要です。"))
DEPARTMENT = Quotation(PROVISIONING, N_("担当部署名を入力してください"))
NOTICE = Quotation(
    PROVISIONING,
    N_(
        "プロビジョニングが問題なく完了しますと、完了通知メールがリセラー様へ配信されます。"
        "エンドユーザー様には配信されませんので、必要に応じてリセラー様より転送をお願い致します。"
    ),
)
IN_PROVISIONING = Quotation(PROVISIONING, N_("マニュアルプロビジョニングで承認するまで"))
ACTIVE = Quotation(PROVISIONING, N_("プロビジョニングが完了し、エンドユーザー様が利用いただけるステータス"))

CHANGED_SEATS = Quotation(CHANGES, N_("追加減数の場合は、処理したい数量を入力"))
WISH = Quotation(CHANGES, N_("変更処理希望の日付あるいは最短を選択し"))
