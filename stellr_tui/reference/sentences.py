"""The sentence for what a rule found: which field, what was given, and what is allowed."""

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from string import Formatter

from stellr_tui.reference.field_labels import field_label
from stellr_tui.reference.labels import event_label, status_label
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules.findings import Finding, Reason, Refused
from stellr_tui.rules.status import Event, Status, after

__all__ = ["constraint", "field_label", "sentence"]

SHOWN_CHARACTERS = 40

# The first part needs only the field and what was given; a further one is said where its facts are known.
_PARTS: dict[Reason, tuple[str, ...]] = {
    Reason.REQUIRED: (N_("{label}を入力してください"), N_("必須")),
    Reason.TOO_LONG: (N_("{label}の{given}は長すぎます"), N_("{limit}文字以内"), N_("入力は{length}文字")),
    Reason.CONTROL_CHARACTER: (
        N_("{label}の{given}に使えない文字があります"),
        N_("{position}文字目の {code}"),
        N_("使えるのは表示できる文字だけ"),
    ),
    Reason.NOT_A_QUANTITY: (N_("{label}に{given}は入力できません"), N_("1～{maximum}の整数")),
    Reason.NOT_A_MARKUP: (
        N_("{label}に{given}は入力できません"),
        N_("1～{maximum}の整数 (%)、空欄なら価格を表示しない"),
    ),
    Reason.NOT_KATAKANA: (
        N_("{label}に{given}は入力できません"),
        N_("全角カタカナ、長音「ー」、中黒「・」、空白だけ"),
    ),
    Reason.NOT_A_POSTAL_CODE: (N_("{label}に{given}は入力できません"), N_("ハイフンなしの7桁の数字")),
    Reason.UNKNOWN_POSTAL_CODE: (
        N_("{label}の{given}は郵便番号データにありません"),
        N_("都道府県と市区町村を直接入力してください"),
    ),
    Reason.NOT_AN_EMAIL: (N_("{label}に{given}は入力できません"), N_("例: test@yourcompany.com")),
    Reason.NOT_A_PHONE_NUMBER: (
        N_("{label}に{given}は入力できません"),
        N_("10桁か11桁の数字、ハイフン可"),
    ),
    Reason.UNUSUAL_PHONE_NUMBER: (
        N_("{label}の{given}は有効な日本の電話番号ではありません"),
        N_("番号をご確認ください"),
        N_("例: 0312345678"),
    ),
    Reason.NOT_A_PREFECTURE: (
        N_("{label}に{given}は入力できません"),
        N_("47都道府県の一つを省略せずに、例: 東京都"),
    ),
    Reason.LIKELY_KNOWN: (
        N_("{label}の{given}には同じ会社名のエンドユーザーが登録されています"),
        N_("顧客番号 {customer_number} {company}"),
        N_("このままでも保存できます"),
    ),
    Reason.CHANGED_MEANWHILE: (
        N_("エンドユーザー{given}は編集中に変更されました"),
        N_("変更した人 {person}"),
        N_("変更日時 {changed_at}"),
        N_("どちらの値を残すか選んでください"),
    ),
    Reason.NOT_A_DATE: (N_("{label}に{given}は入力できません"), N_("実在する日付を YYYY-MM-DD の形で")),
    Reason.NOT_A_CHOICE: (N_("{label}に{given}は選べません"), N_("選べるのは {allowed}")),
    Reason.UNKNOWN_KEY: (N_("{name}というキーはありません"), N_("使えるキーは {allowed}")),
    Reason.WRONG_TYPE: (N_("{label}に{given}は指定できません"), N_("指定できるのは {allowed}")),
    Reason.ONE_OF: (N_("{label}には、次のキーのうち一つだけを指定してください"), N_("{allowed}")),
    Reason.SEVERAL_MATCH: (N_("{label}の{given}に当てはまるものが複数あります"), N_("{candidates}")),
    Reason.NOT_PART_OF_IT: (
        N_("{given}が何を指すのか分かりません"),
        N_("エンドユーザー、商品、数量、発注番号の順に入力してください"),
    ),
    Reason.MORE_QUANTITIES: (
        N_("商品より多くの数量があります"),
        N_("入力は {quantities}"),
        N_("商品ごとに1つだけ指定してください"),
    ),
    Reason.NOBODY_FOUND: (
        N_("{label}の{given}は見つかりません"),
        N_("顧客番号、会社名やカナの一部、電話番号のいずれかで指定してください"),
    ),
    Reason.UNREADABLE_FILE: (N_("ファイル {path} を読み込めません"), N_("{detail}")),
    Reason.UNKNOWN_FILE_KIND: (N_("{label}の{given}は種類が分かりません"), N_("名前の終わりは {allowed}")),
    Reason.UNKNOWN_COLUMN: (N_("{name}という列はありません"), N_("使える列は {allowed}")),
    Reason.MISSING_COLUMN: (N_("シートに{name}の列がありません"), N_("1行目に列の名前を書いてください")),
    Reason.COLUMN_TWICE: (N_("シートに{name}の列が2つあります"), N_("1つだけにしてください")),
    Reason.ROWS_DISAGREE: (
        N_("{label}の{given}は、同じ発注番号の別の行と違います"),
        N_("{row}行目は「{other}」"),
        N_("同じオーダーの行には同じ値を書くか、空欄にしてください"),
    ),
    Reason.NUMBER_AND_NEW: (
        N_("{label}の{given}と新しいエンドユーザーの両方があります"),
        N_("{columns}を空欄にするか、顧客番号を空欄にしてください"),
    ),
    Reason.PO_NUMBER_USED: (
        N_("{label}の{given}は以前のオーダーで使われています"),
        N_("作成日 {created_on}"),
        N_("オーダー {order_id}"),
        N_("契約番号 {contracts}"),
        N_("このままでも発注できます"),
    ),
    Reason.EMPTY_CART: (N_("カートに商品がありません"), N_("商品と数量を選んでカートに入れてください")),
    Reason.UNKNOWN_DRAFT: (
        N_("書きかけのオーダー{given}は見つかりません"),
        N_("発注されたか、破棄されています"),
    ),
    Reason.PRODUCT_GONE: (
        N_("{given}は今は発注できないため、オーダーから外しました"),
        N_("カタログにないか、この日の価格がありません"),
    ),
    Reason.PRICE_CHANGED: (
        N_("{given}の提供単価が変わりました"),
        N_("以前 ¥{before}"),
        N_("現在 ¥{now}"),
    ),
    Reason.UNKNOWN_PRODUCT: (
        N_("{label}の{given}はカタログにありません"),
        N_("ベンダーカタログのSKU番号を指定してください"),
    ),
    Reason.NO_PRICE: (
        N_("{label}の{given}には、この日の価格がありません"),
        N_("指定の日 {day}"),
        N_("価格があるのは {first_on} 以降"),
    ),
    Reason.NO_TAX_RATE: (
        N_("この日の消費税率がありません"),
        N_("指定の日 {day}"),
        N_("税率があるのは {first_on} 以降"),
        N_("ポリシーの tax_rate に追加してください"),
    ),
    Reason.TWICE_IN_ORDER: (
        N_("{label}の{given}がオーダーに2回あります"),
        N_("同じ商品は1行にまとめ、数量で指定してください"),
    ),
    Reason.UNKNOWN_CUSTOMER: (
        N_("{label}の{given}は見つかりません"),
        N_("この請求先口座番号の顧客番号を指定してください"),
    ),
    Reason.UNKNOWN_CONTACT: (
        N_("{label}の連絡先{given}は見つかりません"),
        N_("このエンドユーザーの連絡先を選んでください"),
    ),
    Reason.UNKNOWN_LOCATION: (
        N_("{label}の場所{given}は見つかりません"),
        N_("このエンドユーザーの場所を選んでください"),
    ),
    Reason.UNKNOWN_RESELLER_CONTACT: (
        N_("{label}の{given}は選べません"),
        N_("Stellrのアカウントがある担当者を選んでください"),
    ),
    Reason.UNKNOWN_ORDER: (
        N_("オーダー{given}は見つかりません"),
        N_("この請求先口座番号のオーダーを指定してください"),
    ),
    Reason.UNKNOWN_CONTRACT: (
        N_("契約番号{given}は見つかりません"),
        N_("この請求先口座番号の契約番号を指定してください"),
    ),
    Reason.NO_CONTRACT_YET: (
        N_("契約番号{given}は、その日にはまだありません"),
        N_("指定の日 {day}"),
        N_("PO作成日 {created_on}"),
    ),
    Reason.KEY_USED_OTHERWISE: (
        N_("キー{given}は内容の違うオーダーで使われています"),
        N_("同じ内容で送るか、別のキーを指定してください"),
    ),
    Reason.MISSED_CUTOFF: (
        N_("オーダーは完了しておらず、締切を過ぎています"),
        N_("PO作成日 {created_on}"),
        N_("締切 {cutoff_on}"),
        N_("今送信すると納品は {delivered_on}"),
    ),
    Reason.STATUS_FORBIDS: (
        N_("この契約には今その操作はできません"),
        N_("操作 {event}"),
        N_("ステータス {status}"),
        N_("今できるのは {possible}"),
    ),
    Reason.PAST_DAY: (
        N_("{given}時点の表示からは変更を申請できません"),
        N_("今の契約を表示してから申請してください"),
    ),
    Reason.TOO_FEW_SEATS_LEFT: (
        N_("{label}を{given}減らすことはできません"),
        N_("減らせるのは {allowed} まで"),
        N_("現在 {seats}、減少予定 {pending}、最小 {minimum}"),
        N_("すべてやめる場合は解約してください"),
    ),
    Reason.PAST_DEADLINE: (N_("{given}の申請は受付期限を過ぎています"), N_("受付期限は {deadline}、当日を含む")),
    Reason.NOTHING_WAITS: (
        N_("契約番号{given}には、取り消せる変更がありません"),
        N_("取り消せるのは、適用を待っている最後の変更だけ"),
    ),
    Reason.UNKNOWN_INVOICE: (
        N_("請求書{given}は見つかりません"),
        N_("この請求先口座番号の請求書番号を指定してください"),
    ),
    Reason.PAST_MONTH: (
        N_("{given}の請求書は予測できません"),
        N_("処理日 {today} より後の1日に発行する月だけ"),
        N_("発行済みの請求書は一覧で確認してください"),
    ),
    Reason.TOO_FAR_AHEAD: (N_("{given}の請求書はまだ予測できません"), N_("予測できるのは {last} まで")),
    Reason.UNKNOWN_MAIL: (
        N_("メール{given}は見つかりません"),
        N_("この請求先口座番号のメール番号を指定してください"),
    ),
    Reason.NO_FORWARD_OF_AN_INVOICE: (
        N_("請求書の通知{given}は転送できません"),
        N_("リセラー様への提供単価が書かれています"),
        N_("転送できるのは完了通知と変更通知だけ"),
    ),
    Reason.A_FORWARD_ALREADY: (
        N_("メール{given}は転送の下書きです"),
        N_("転送と再送信ができるのは、リセラー様宛の通知だけ"),
        N_("下書きは .eml で保存し、お使いのメールソフトから送信してください"),
    ),
    Reason.NOTHING_TO_SEND_AGAIN: (
        N_("メール{given}は送信済みです"),
        N_("送信日時 {sent_at}"),
        N_("再送信できるのは、送信されていないメールだけ"),
    ),
    Reason.MAIL_IN_TRAINING: (
        N_("訓練用データベースのメールは送信されません"),
        N_("内容は stellr mail か、画面の「管理と実績」で確認できます"),
    ),
    Reason.NO_MAIL_SERVER: (
        N_("メールサーバーが設定されていません"),
        N_("{settings} の [smtp] に指定してください"),
    ),
    Reason.FILE_EXISTS: (N_("{label}の{given}はすでにあります"), N_("別の名前を指定してください")),
    Reason.UNWRITABLE_FILE: (N_("{label}の{given}に書き込めません"), N_("{detail}")),
    Reason.WRONG_LOGIN: (
        N_("ログインできません"),
        N_("登録済みのメールアドレスもしくはログインIDと、そのパスワードを入力してください"),
    ),
    Reason.NOT_YOUR_ACCOUNT: (N_("{label}の{given}では作業できません"), N_("このログインで使えるのは {allowed}")),
    Reason.ACCOUNT_NEEDED: (N_("{label}を選んでください"), N_("このログインで使えるのは {allowed}")),
    Reason.OPERATORS_ONLY: (
        N_("{given}にはこの操作はできません"),
        N_("操作 {event}"),
        N_("できるのは承認担当者だけ"),
        N_("承認担当者のログインIDは {allowed}"),
    ),
    Reason.CLOCK_IS_THE_SYSTEMS: (
        N_("処理日を{given}にはできません"),
        N_("訓練用でないデータベースは、日本時間の今日の日付に従います"),
    ),
    Reason.CLOCK_ONLY_FORWARD: (
        N_("処理日を{given}には戻せません"),
        N_("オーダーがある間は {today} 以降"),
        N_("指定できるのは {earliest} 以降"),
    ),
    Reason.UNKNOWN_LESSON: (N_("レッスン{given}は見つかりません"), N_("指定できるのは {allowed}")),
    Reason.UNKNOWN_TARGET: (
        N_("{label}の対象{given}は画面にありません"),
        N_("ステップ {step}"),
        N_("表示中の画面 {screen}"),
        N_("近い名前は {similar}"),
    ),
    Reason.OUT_OF_REACH: (
        N_("{label}の{given}は、ここではキーボードで操作できません"),
        N_("ステップ {step}"),
        N_("表示中の画面 {screen}"),
        N_("{detail}"),
    ),
    Reason.NEVER_HOLDS: (
        N_("{label}の条件が成り立ちません"),
        N_("ステップ {step}"),
        N_("条件: {condition}"),
        N_("実際: {instead}"),
    ),
    Reason.HOLDS_ALREADY: (
        N_("{label}の条件が、操作の前からすでに成り立っています"),
        N_("ステップ {step}"),
        N_("条件: {condition}"),
    ),
    Reason.OTHERWISE_UNDER_WAY: (
        N_("レッスン{given}には、練習と試験のもう一方の途中経過があります"),
        N_("--restart を付けると、それを破棄して始めます"),
    ),
    Reason.LESSON_IS_OPEN: (
        N_("レッスン{given}は、別の画面で開いています"),
        N_("受講者 {trainee}"),
        N_("そちらを終了してから、もう一度操作してください"),
    ),
    Reason.KEYS_CLASH: (
        N_("キー{given}は、同じ画面の別の操作で使われています"),
        N_("別の操作 {other}"),
        N_("ほかのキーを指定してください"),
    ),
    Reason.POLICY_VALUE: (N_("ポリシーの{name}に{given}は指定できません"), N_("指定できるのは {allowed}")),
    Reason.POLICY_KEY: (N_("ポリシーに{name}という項目はありません"), N_("使える項目は {allowed}")),
    Reason.POLICY_KEY_REPLACED: (N_("ポリシーの{name}は使われなくなりました"), N_("代わりに指定するのは {instead}")),
}

# What may stand in a file, by the short words of those who read it.
_KINDS = {
    "text": N_("文字列"),
    "number": N_("数値"),
    "list": N_("リスト"),
    "texts": N_("文字列のリスト"),
    "lists-of-tables": N_("テーブルのリストのリスト"),
    "table": N_("テーブル"),
    "tables": N_("テーブルのリスト"),
    "date": N_("YYYY-MM-DD の日付（引用符なし）"),
    "month": N_("YYYY-MM の年月、1900年から2999年まで"),
    "true-or-false": N_("true または false"),
    "yen": N_("0以上の整数（円）"),
    "code": N_("半角の英小文字、数字、ハイフン"),
    "sku": N_("半角の英数字とハイフン"),
    "unique": N_("ファイルの中で重ならない値"),
    "web-address": N_("https:// で始まるアドレス、? と # なし"),
    "later": N_("一つ前の価格より後の日付"),
    "host": N_("半角のサーバー名またはIPアドレス"),
    "file": N_("読み込めるファイル"),
    "po-pattern": N_("連番の {nnn} を一つと、{yyyy} {yy} {mm} {dd}、例: PO-{yyyy}-{nnn}"),
    "key-names": N_("f12 や ctrl+k のようなキーの名前、複数ならコンマ区切り"),
    "none-here": N_("このコンピューター自身のサーバーに限り none（ほかは allow_unencrypted = true を付けて）"),
    "later-rate": N_("一つ前の税率より後の日付"),
}

# What is allowed here are the names of keys, and `sku` is one of them.
_NAMES_KEYS = {Reason.UNKNOWN_KEY, Reason.UNKNOWN_COLUMN, Reason.POLICY_KEY}
_SECRET_FIELDS = {"password", "new_password"}
_NUMBERS_OF_THINGS = {"order_id", "row", "contract", "contract_number", "customer_number"}


def sentence(finding: Finding) -> str:
    """What was found, as one sentence in the language spoken now.

    Long input is cut, control characters are shown by their code, a password never. Facts that are missing only
    shorten what is said.
    """
    words = _words(finding)
    first, *more = _said(finding.reason, words)
    said = (
        _("{first}（{more}）。").format(first=first, more=_("、").join(more))
        if more
        else _("{first}。").format(first=first)
    )
    if finding.reason is Reason.UNREADABLE_FILE or "file" not in finding.facts:
        return said
    place = words["path"]
    if (line := finding.facts.get("line")) is not None:
        place += f":{line}"
        # In the file one looks for the key, whatever its value is called on the screen.
        place += f": {_visible(finding.field)}" if finding.field not in said else ""
    return _("{path}: {sentence}").format(path=place, sentence=said)


def constraint(finding: Finding) -> str:
    """What is allowed, in the words of the sentence that refuses what is not; "" where that says nothing of it."""
    return _("、").join(_said(finding.reason, _words(finding))[1:])


def _said(reason: Reason, words: Mapping[str, str]) -> list[str]:
    """The parts of the sentence whose facts are known, with them filled in."""
    return [_(part).format(**words) for part in _PARTS[reason] if _names(part) <= words.keys()]


def _words(finding: Finding) -> dict[str, str]:
    """What the parts name, as text that is safe to show."""
    words = {name: _fact(name, value) for name, value in finding.facts.items() if value is not None}
    if finding.reason in _NAMES_KEYS and "allowed" in words:
        words["allowed"] = _visible(str(finding.facts["allowed"]))
    words["label"] = _visible(field_label(finding.field)) if finding.field else _("入力")
    words["name"] = _quoted(str(finding.facts.get("key") or finding.field or finding.given))
    words["path"] = words.get("file") or _visible(finding.given)
    words["given"] = _given(finding)
    possible = _possible(_status(finding.facts.get("status")))
    if possible:
        words["possible"] = possible
    return words


def _given(finding: Finding) -> str:
    if finding.field.rpartition(".")[2] in _SECRET_FIELDS:
        return _("（非表示）")
    same = {Reason.PO_NUMBER_USED: "po_number", Reason.KEY_USED_OTHERWISE: "key"}.get(finding.reason, "")
    given = finding.given or str(finding.facts.get(same, ""))
    return _quoted(given) if given else _("（空欄）")


def _quoted(given: str) -> str:
    shown = given if len(given) <= SHOWN_CHARACTERS else given[:SHOWN_CHARACTERS] + "..."
    return _("「{text}」").format(text=_visible(shown))


def _fact(name: str, value: object) -> str:
    if name == "status":
        status = _status(value)
        return status_label(status) if status else _visible(str(value))
    if name == "event":
        return _visible(event_label(str(value)))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool) and name not in _NUMBERS_OF_THINGS:
        return f"{value:,}"
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(_fact(name, one) for one in value)
    if name == "allowed":
        return ", ".join(_(_KINDS[one]) if one in _KINDS else _visible(one) for one in str(value).split(", "))
    return _visible(str(value))


def _possible(status: Status | None) -> str:
    """What can be done to a contract of that status; its end comes by itself."""
    if status is None:
        return ""
    return ", ".join(event_label(one) for one in Event if one is not Event.END and _leads_on(status, one))


def _leads_on(status: Status, event: Event) -> bool:
    try:
        after(status, event)
    except Refused:
        return False
    return True


def _status(value: object) -> Status | None:
    return Status(str(value)) if str(value) in list(Status) else None


def _visible(text: str) -> str:
    """Controls, escapes and other invisible characters by their code, so that they do nothing to the screen."""
    return "".join(
        f"<U+{ord(one):04X}>" if unicodedata.category(one)[0] == "C" or one in "\u2028\u2029" else one for one in text
    )


def _names(part: str) -> set[str]:
    return {name for _text, name, _format, _conversion in Formatter().parse(part) if name}
