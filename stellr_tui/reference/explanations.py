"""What each field is for, what the manual says of it, what is allowed in it, and which rule hangs on it.

By the ids of the widgets. A field that stands in several places, of a second location, of each product, of a row of a
sheet, has one explanation. What is allowed is kept as findings: the words are those of the refusal.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from stellr_tui.reference import manual
from stellr_tui.reference.manual import Quotation
from stellr_tui.reference.texts import N_
from stellr_tui.rules import fields
from stellr_tui.rules.findings import Finding, Reason


class Rule(StrEnum):
    """A rule of 納品及び請求ルール whose dates follow from what is done in a field."""

    DELIVERY = "delivery"
    REDUCTION = "reduction"
    CANCELLATION = "cancellation"


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a field is for; the words and the name, for a field without a label, are marked for translation."""

    words: str
    quoted: tuple[Quotation, ...] = ()
    allowed: tuple[Finding, ...] = ()
    rule: Rule | None = None
    name: str = ""

    def required(self) -> "Explanation":
        """The same for a field that must be filled in."""
        return replace(self, allowed=(Finding(Reason.REQUIRED), *self.allowed))


def explanation_of(id: str) -> Explanation | None:
    """The explanation of a field by the id of its widget; None where there is none.

    `locations-2-city` is explained as `city`, `contacts-1-name` as `contact-name`, `quantity-6900990` as `seats`,
    `cell-sku` of a sheet's row as `sku`.
    """
    for pattern, general in _GENERAL:
        id = pattern.sub(general, id)
    return _EXPLANATIONS.get(id)


_GENERAL = (
    (re.compile(r"^cell-"), ""),
    (re.compile(r"^locations-\d+-"), ""),
    (re.compile(r"^contacts-\d+-"), "contact-"),
    (re.compile(r"^quantity-.+"), "seats"),
)


def _up_to(limit: int) -> Finding:
    return Finding(Reason.TOO_LONG, facts={"limit": limit})


_NAME = _up_to(fields.NAME_LIMIT)
_TEXT = _up_to(fields.TEXT_LIMIT)
_PHONE = Finding(Reason.NOT_A_PHONE_NUMBER)
_EMAIL = Finding(Reason.NOT_AN_EMAIL)
_DATE = Finding(Reason.NOT_A_DATE)
_QUANTITY = Finding(Reason.NOT_A_QUANTITY, facts={"maximum": fields.MAX_QUANTITY})

_ADDRESS_FOLLOWS = N_("郵便番号から自動で入力されます。違うときは書き直せます。")
_ON_THE_INVOICE = (manual.PLACING, manual.ORDER_NUMBERS)
_REDUCED = (manual.REDUCTION, manual.REDUCTION_EXAMPLE)
_CANCELLED = (manual.CANCELLATION, manual.CANCELLATION_EXAMPLE)
_SECURITY = (manual.SECURITY_CONTACT_OPTIONAL, manual.SECURITY_CONTACT)

_EXPLANATIONS = {
    # ECNex
    "login": Explanation(
        N_("どちらでもログインできます。お名前と請求先口座番号は、ログインのあと画面の上に表示されます。"),
        (manual.SIGN_IN,),
    ),
    "password": Explanation(
        N_("表示されません。忘れたときは、下の「お問い合わせ」で問い合わせ先が分かります。"),
        (manual.SIGN_IN, manual.FORGOTTEN),
    ),
    # オーダー①
    "plan-annual": Explanation(
        N_("年契約の商品を一覧に表示します。1年分をまとめて請求し、解約しなければ更新されます。"),
        (manual.CHOICE, manual.DELIVERY),
        rule=Rule.DELIVERY,
    ),
    "plan-monthly": Explanation(
        N_("月契約の商品を一覧に表示します。毎月1日に、その月の分を請求します。"),
        (manual.CHOICE, manual.MONTHLY_INVOICES),
        rule=Rule.DELIVERY,
    ),
    "seats": Explanation(
        N_("使う人の数です。締切で見るのは発注する日ではなく、プロビジョニング情報を送信する日です。"),
        (manual.QUANTITY, manual.DELIVERY, manual.AFTER_CUTOFF),
        (_QUANTITY,),
        Rule.DELIVERY,
    ),
    "sku": Explanation(N_("商品をSKU番号で指定します。"), (manual.QUANTITY,), (Finding(Reason.UNKNOWN_PRODUCT),)),
    "selection-name": Explanation(
        N_("選んだ商品と数量を、この名前で保存します。同じ名前で保存すると置き換わります。"), (), (_NAME,)
    ),
    # オーダー② and ④
    "reseller-contact": Explanation(
        N_("完了通知と変更通知のメールは、この担当者に届きます。"),
        (manual.RESELLER_CONTACT,),
        (Finding(Reason.UNKNOWN_RESELLER_CONTACT),),
    ),
    "end-user": Explanation(
        N_("打つたびに候補が出ます。Enterで先頭の候補を選びます。新しいエンドユーザーは「＋」で追加します。"),
        (manual.SEARCH,),
        (Finding(Reason.UNKNOWN_CUSTOMER),),
    ),
    "customer-number": Explanation(
        N_("登録済みのエンドユーザーの番号です。新しいエンドユーザーのときは空欄です。"),
        (manual.SEARCH,),
        (Finding(Reason.UNKNOWN_CUSTOMER),),
    ),
    "po-number": Explanation(
        N_("リセラー様の発注の番号です。以前と同じ番号には注意が出ますが、発注できます。"),
        (*_ON_THE_INVOICE, manual.INVOICES),
        (_up_to(fields.PO_NUMBER_LIMIT),),
        Rule.DELIVERY,
    ),
    "end-user-order-number": Explanation(
        N_("エンドユーザー様の注文の番号です。なければ空欄のままにします。"), _ON_THE_INVOICE, (_TEXT,)
    ),
    "chosen-location": Explanation(
        N_("このオーダーのサービスを使う場所を、エンドユーザーの場所から選びます。"), (manual.LOCATION,)
    ),
    "chosen-contact": Explanation(
        N_("このオーダーの連絡先を選びます。プロビジョニングの画面には、この連絡先が入ります。"), (manual.COMPLETING,)
    ),
    # オーダー③
    "company": Explanation(
        N_("エンドユーザーの会社名です。会社名カナの候補は、ここから作られます。"), (manual.REQUIRED,), (_NAME,)
    ),
    "company-kana": Explanation(
        N_("会社名から作った読みが入ります。違うときは、打ち始めると置き換わります。"),
        (manual.REQUIRED,),
        (Finding(Reason.NOT_KATAKANA), _NAME),
    ),
    "microsoft-id": Explanation(N_("検索に使えます。なければ空欄のままにします。"), (manual.SEARCH,), (_TEXT,)),
    "security-contact-name": Explanation(N_("セキュリティインシデントのときに連絡する人です。"), _SECURITY, (_NAME,)),
    "security-contact-phone": Explanation(
        N_("セキュリティインシデントのときに連絡する電話番号です。"), _SECURITY, (_PHONE,)
    ),
    "security-contact-email": Explanation(
        N_("セキュリティインシデントのときに連絡するメールアドレスです。"), _SECURITY, (_EMAIL,)
    ),
    "location": Explanation(N_("サービスを使う場所の名前です。"), (manual.LOCATION,), (_NAME,)),
    "postal-code": Explanation(
        N_("ハイフンや全角の数字で入力しても読み取ります。町名が複数あるときは候補から選びます。"),
        (manual.POSTAL_CODE,),
        (Finding(Reason.NOT_A_POSTAL_CODE), Finding(Reason.UNKNOWN_POSTAL_CODE)),
    ),
    "prefecture": Explanation(_ADDRESS_FOLLOWS, (manual.POSTAL_CODE,), (Finding(Reason.NOT_A_PREFECTURE),)),
    "city": Explanation(_ADDRESS_FOLLOWS, (manual.POSTAL_CODE,), (_TEXT,)),
    "address1": Explanation(
        N_("郵便番号から町名が入るので、続きの番地や建物名を入力します。"), (manual.POSTAL_CODE,), (_TEXT,)
    ),
    "address2": Explanation(N_("住所1に入りきらない建物名や階数です。"), (manual.POSTAL_CODE,), (_TEXT,)),
    "contact-name": Explanation(
        N_("エンドユーザーの担当者です。プロビジョニングの画面には、この名前が入ります。"),
        (manual.REQUIRED,),
        (_NAME,),
    ),
    "contact-phone": Explanation(N_("エンドユーザーの担当者の電話番号です。"), (manual.REQUIRED,), (_PHONE,)),
    "contact-email": Explanation(
        N_("エンドユーザーの担当者のメールアドレスです。ここには何も送信されません。"),
        (manual.REQUIRED, manual.NOTICE),
        (_EMAIL,),
    ),
    # オーダー⑥
    "given-name": Explanation(
        N_("エンドユーザー様の連絡先の名です。連絡先の名前が入っていて、打ち始めると置き換わります。"),
        (manual.COMPLETING,),
        (_NAME,),
    ),
    "family-name": Explanation(N_("エンドユーザー様の連絡先の姓です。"), (manual.COMPLETING,), (_NAME,)),
    "email": Explanation(
        N_("エンドユーザー様の連絡先です。ここには何も送信されません。"),
        (manual.COMPLETING, manual.NOTICE),
        (_EMAIL,),
    ),
    "phone": Explanation(N_("エンドユーザー様の連絡先の電話番号です。"), (manual.COMPLETING,), (_PHONE,)),
    "department": Explanation(
        N_("エンドユーザー様の窓口となる部署です。なければ空欄のままにします。"),
        (manual.DEPARTMENT, manual.COMPLETING),
        (_NAME,),
    ),
    # オーダー⑧
    "seats-add": Explanation(
        N_("増やす数だけを入力します。追加した分は、それ自体の納品日と契約期間を持ちます。"),
        (manual.CHANGED_SEATS, manual.ADDED_LATER, manual.DELIVERY),
        (_QUANTITY,),
        Rule.DELIVERY,
    ),
    "seats-reduce": Explanation(
        N_("減らす数だけを入力します。残る数ではありません。"),
        (manual.CHANGED_SEATS, *_REDUCED),
        (_QUANTITY, Finding(Reason.TOO_FEW_SEATS_LEFT)),
        Rule.REDUCTION,
    ),
    "wish-add": Explanation(
        N_("空欄なら最短です。最短の納品日より後の希望日なら、その日か、その後の最初の20日に納品されます。"),
        (manual.WISH, manual.ADDED_LATER, manual.DELIVERY),
        (_DATE,),
        Rule.DELIVERY,
    ),
    "wish-reduce": Explanation(
        N_("空欄なら最短です。希望日が1日でなければ、その後の最初の1日から減ります。"),
        (manual.WISH, *_REDUCED),
        (_DATE,),
        Rule.REDUCTION,
    ),
    "wish-cancel": Explanation(
        N_("空欄なら最短です。契約は、希望日を含む月の末日に終わります。"),
        (manual.WISH, *_CANCELLED),
        (_DATE,),
        Rule.CANCELLATION,
    ),
    "reason": Explanation(
        N_("差戻しの理由です。オーダーの担当者に表示されます。"), (manual.IN_PROVISIONING,), (_TEXT,)
    ),
    # in one line, and in a sheet
    "quick-line": Explanation(
        N_('エンドユーザー、商品、数量、発注番号を一行で指定します。空白を含むものは " で囲みます。'),
        (manual.PLACING, manual.COMPLETING, manual.DELIVERY),
        (Finding(Reason.NOT_PART_OF_IT), _QUANTITY),
        Rule.DELIVERY,
    ),
    "file": Explanation(
        N_("ファイルの名前、または場所と名前です。~ はホームフォルダーです。"),
    ),
    "save-bom": Explanation(
        N_("Excelが日本語のCSVを正しく読むための目印を、ファイルの先頭に付けます。ほかのプログラムでは外せます。")
    ),
    # lists
    "search": Explanation(
        N_("打つたびに一覧を絞り込みます。EnterまたはTabで一覧へ移ります。"), (manual.SEARCH,), name=N_("検索")
    ),
    "filter": Explanation(
        N_("打つたびに、この名前を含む契約だけを表示します。空欄ならすべてです。"), name=N_("サブスクリプション名")
    ),
    "searched": Explanation(
        N_("契約番号、会社名、発注番号などの一部で契約を探します。打つたびに絞り込みます。"), (manual.SEARCH,), (_TEXT,)
    ),
    "as-of": Explanation(N_("この日の終わりの状態を表示します。空欄なら今の状態です。"), (), (_DATE,)),
    "status": Explanation(N_("このステータスの契約だけを表示します。"), (manual.IN_PROVISIONING, manual.ACTIVE)),
    "plan": Explanation(N_("この契約期間の契約だけを表示します。"), (manual.MONTHLY_INVOICES,)),
    "vendor": Explanation(N_("このベンダーの契約だけを表示します。")),
    "month": Explanation(
        N_("この月の請求書を表示します。先の月は、今の契約から予測します。"),
        (manual.INVOICES,),
        (Finding(Reason.WRONG_TYPE, facts={"allowed": "month"}),),
    ),
    "markup": Explanation(
        N_("提供単価にこの率を加えた価格を、Storefrontでエンドユーザーに表示します。"),
        (),
        (Finding(Reason.NOT_A_MARKUP, facts={"maximum": fields.MAX_MARKUP}),),
    ),
    "palette-searched": Explanation(
        N_("この画面の操作、ページ、エンドユーザー、契約番号を、漢字、かな、ローマ字の一部で探します。"),
        name=N_("コマンドパレット"),
    ),
    "keys-searched": Explanation(N_("操作の名前、キー、IDの一部で探します。"), name=N_("検索")),
    # what is one's own
    "keys": Explanation(
        N_("この操作のキーです。ほかの操作と重なるキーは指定できません。"),
        (),
        (Finding(Reason.WRONG_TYPE, facts={"allowed": "key-names"}),),
    ),
    "language": Explanation(N_("画面とエラーの言語です。")),
    "theme": Explanation(N_("画面の色です。環境変数 NO_COLOR があれば、色を使いません。")),
    "density": Explanation(N_("コンパクトでは、行間を詰めて一度に多くを表示します。")),
    "account": Explanation(
        N_("複数の請求先口座番号があるログインで、最初に選ばれている番号です。"),
        (manual.ACCOUNT,),
    ),
    "po-pattern": Explanation(
        N_("発注番号の提案をこの形で作ります。年や月が変わると、連番は1から始まります。"),
        (),
        (Finding(Reason.WRONG_TYPE, facts={"allowed": "po-pattern"}), _up_to(fields.PO_NUMBER_LIMIT)),
    ),
    "date": Explanation(
        N_("訓練用データベースの今日の日付です。進めると、途中の納品と請求書発行も行われます。"), (), (_DATE,)
    ),
    # lessons
    "trainee": Explanation(N_("この受講者の記録だけを表示します。")),
    "lesson": Explanation(N_("このレッスンの記録だけを表示します。")),
    "since": Explanation(N_("この日以降の記録を表示します。"), (), (_DATE,)),
    "until": Explanation(N_("この日までの記録を表示します。"), (), (_DATE,)),
    "reset-what": Explanation(N_("途中経過を破棄する対象です。終わった記録は残ります。")),
    "reset-history": Explanation(N_("終わった記録も、対象の分をすべて削除します。元に戻せません。")),
    "hurdles-of": Explanation(N_("このレッスンの、つまずきの多いステップを表示します。")),
}
