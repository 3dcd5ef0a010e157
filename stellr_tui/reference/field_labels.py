"""The labels of the fields, by the stable names that findings carry (`postal_code`, `lines.2.seats`)."""

from stellr_tui.reference.texts import N_, _, in_language

_LABELS = {
    # the end user (オーダー③)
    "company": N_("会社名"),
    "company_kana": N_("会社名カナ"),
    "security_contact": N_("Security Contact"),
    "security_contact.name": N_("Security Contact Name"),
    "security_contact.phone": N_("Security Contact Phone"),
    "security_contact.email": N_("Security Contact Email"),
    "location": N_("場所名"),
    "postal_code": N_("〒"),
    "address1": N_("住所1"),
    "address2": N_("住所2"),
    "city": N_("市区町村"),
    "prefecture": N_("都道府県"),
    "contact": N_("連絡先"),
    "contact.name": N_("担当者名"),
    "contact.phone": N_("電話番号"),
    "contact.email": N_("Eメール"),
    "microsoft_id": N_("MicrosoftID"),
    "markup": N_("マークアップ率"),
    "storefront_access": N_("Storefront Access"),
    # the order (オーダー①②④)
    "vendor": N_("ベンダー"),
    "plan": N_("契約期間"),
    "sku": N_("SKU番号"),
    "seats": N_("数量"),
    "lines": N_("商品"),
    "quick_line": N_("クイックオーダー"),
    "selection_name": N_("構成名"),
    "reseller_contact": N_("リセラー担当者"),
    "end_user": N_("エンドユーザー情報"),
    "customer": N_("エンドユーザー"),
    "customer_number": N_("顧客番号"),
    "po_number": N_("発注番号"),
    "end_user_order_number": N_("エンドユーザー注文番号"),
    # the wizard and later changes (オーダー⑥⑧)
    "given_name": N_("名"),
    "family_name": N_("姓"),
    "email": N_("Eメール"),
    "phone": N_("電話番号"),
    "department": N_("担当部署名"),
    "contract": N_("契約番号"),
    "contract_number": N_("契約番号"),
    "wish": N_("希望日"),
    "reason": N_("理由"),
    "status": N_("ステータス"),
    # people, the clock, commands
    "login": N_("メールアドレスもしくはログインID"),
    "password": N_("パスワード"),
    "account": N_("請求先口座番号"),
    "name": N_("名前"),
    "role": N_("権限"),
    "date": N_("日付"),
    "as_of": N_("時点"),
    "searched": N_("検索"),
    "month": N_("年月"),
    "invoice": N_("請求書番号"),
    "mail": N_("メール番号"),
    "mail_subject": N_("件名"),
    "key": N_("オーダーのキー"),
    "file": N_("ファイル"),
    # settings
    "language": N_("言語"),
    "theme": N_("テーマ"),
    "density": N_("表示"),
    "po_pattern": N_("発注番号のパターン"),
    "keys": N_("キー"),
    # lessons
    "trainee": N_("受講者"),
    "lesson": N_("レッスン"),
    "pace": N_("速さ"),
    "since": N_("開始日"),
    "until": N_("終了日"),
    "site": N_("サイト"),
}


def label_in(language: str, name: str) -> str:
    """The label of a field that has one of its own, in a language."""
    return in_language(language, _LABELS[name])


def field_label(name: str) -> str:
    """The label of a field in the language spoken now; a name that is not known is its own label.

    `lines.2.seats` is 2行目の数量, `contacts.2.name` 2番目の連絡先の担当者名, `customer.city` as `city`,
    `quantity.6900990` as the quantity it stands beside.
    """
    if name in _LABELS:
        return _(_LABELS[name])
    group, _dot, rest = name.partition(".")
    number, _dot, within = rest.partition(".")
    if group == "customer" and rest:
        return field_label(rest)
    if group == "quantity" and rest:
        return field_label("seats")
    if not (number.isascii() and number.isdecimal()):
        return name
    if group in ("lines", "rows"):
        place = _("{number}行目").format(number=number)
        return _("{place}の{label}").format(place=place, label=field_label(within)) if within else place
    if group in ("contacts", "locations") and within:
        place = _("{number}番目の連絡先") if group == "contacts" else _("{number}番目の場所")
        label = field_label(f"contact.{within}" if group == "contacts" else within)
        return _("{place}の{label}").format(place=place.format(number=number), label=label)
    return name
