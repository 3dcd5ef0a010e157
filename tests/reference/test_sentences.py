"""The sentences for what the rules find, and the labels they use."""

import unicodedata
from datetime import date

import pytest

from stellr_tui.reference import field_labels, labels, sentences
from stellr_tui.reference.field_labels import field_label
from stellr_tui.reference.labels import billing_type, event_label, plan_label, status_explained, status_label
from stellr_tui.reference.sentences import sentence
from stellr_tui.reference.texts import speaking
from stellr_tui.rules.calendar import Plan
from stellr_tui.rules.findings import Finding, Reason
from stellr_tui.rules.status import Event, Status

# One finding for each reason, as the rules and the desk make them, and what its sentence must name.
FOUND: dict[Reason, tuple[Finding, tuple[str, ...]]] = {
    one.reason: (one, named)
    for one, named in (
        (Finding(Reason.REQUIRED, "company"), ("会社名", "必須")),
        (Finding(Reason.TOO_LONG, "po_number", "P" * 41, {"limit": 40, "length": 41}), ("発注番号", "PPP", "40", "41")),
        (
            Finding(Reason.CONTROL_CHARACTER, "address1", "毛\x1b利", {"position": 2, "code": "U+001B"}),
            ("住所1", "2文字目", "U+001B"),
        ),
        (
            Finding(Reason.NOT_A_QUANTITY, "lines.2.seats", "0", {"maximum": 9999}),
            ("2行目の数量", "「0」", "1", "9,999"),
        ),
        (Finding(Reason.NOT_KATAKANA, "company_kana", "test"), ("会社名カナ", "「test」", "全角カタカナ")),
        (Finding(Reason.NOT_A_POSTAL_CODE, "postal_code", "123"), ("〒", "「123」", "7桁")),
        (Finding(Reason.UNKNOWN_POSTAL_CODE, "postal_code", "0000000"), ("〒", "「0000000」", "都道府県", "市区町村")),
        (Finding(Reason.NOT_AN_EMAIL, "contact.email", "a@"), ("Eメール", "「a@」", "test@yourcompany.com")),
        (Finding(Reason.NOT_A_PHONE_NUMBER, "contact.phone", "123"), ("電話番号", "「123」", "10桁", "11桁")),
        (Finding(Reason.UNUSUAL_PHONE_NUMBER, "contact.phone", "03123456798"), ("電話番号", "「03123456798」")),
        (Finding(Reason.NOT_A_PREFECTURE, "prefecture", "東京"), ("都道府県", "「東京」", "47")),
        (
            Finding(
                Reason.LIKELY_KNOWN, "postal_code", "1350001", {"customer_number": 159813, "company": "テスト株式会社"}
            ),
            ("〒", "「1350001」", "顧客番号 159813", "テスト株式会社", "保存できます"),
        ),
        (Finding(Reason.NOT_A_MARKUP, "markup", "0", {"maximum": 999}), ("マークアップ率", "「0」", "1～999", "空欄")),
        (
            Finding(
                Reason.CHANGED_MEANWHILE,
                "customer",
                "159813",
                {"person": "山田 花子", "changed_at": "2024-03-11 12:00"},
            ),
            ("「159813」", "山田 花子", "2024-03-11 12:00"),
        ),
        (Finding(Reason.NOT_A_DATE, "wish", "7/1"), ("希望日", "「7/1」", "YYYY-MM-DD")),
        (
            Finding(Reason.NOT_A_CHOICE, "plan", "weekly", {"allowed": "annual, monthly"}),
            ("契約期間", "「weekly」", "annual, monthly"),
        ),
        (
            Finding(Reason.UNKNOWN_KEY, "customer.compny", "compny", {"allowed": "company, contact"}),
            ("compny", "company, contact"),
        ),
        (Finding(Reason.WRONG_TYPE, "lines", "3", {"allowed": "list"}), ("商品", "「3」", "リスト")),
        (Finding(Reason.KEYS_CLASH, "keys", "f2", {"other": "visit.home"}), ("キー", "「f2」", "visit.home")),
        (
            Finding(Reason.UNREADABLE_FILE, "", "a.toml", {"file": "/home/a.toml", "detail": "line 3"}),
            ("/home/a.toml", "line 3"),
        ),
        (
            Finding(Reason.UNKNOWN_FILE_KIND, "file", "list.pdf", {"allowed": ".csv, .xlsx"}),
            ("ファイル", "「list.pdf」", ".csv, .xlsx"),
        ),
        (
            Finding(Reason.UNKNOWN_COLUMN, "file", "備考", {"key": "備考", "allowed": "発注番号, SKU番号"}),
            ("「備考」", "発注番号, SKU番号"),
        ),
        (Finding(Reason.MISSING_COLUMN, "file", "", {"key": "数量"}), ("「数量」の列", "1行目")),
        (Finding(Reason.COLUMN_TWICE, "file", "", {"key": "数量"}), ("「数量」の列", "1つ")),
        (
            Finding(Reason.ROWS_DISAGREE, "rows.1234.customer_number", "999", {"row": 1200, "other": "159813"}),
            ("1234行目の顧客番号", "「999」", "1200行目", "「159813」", "空欄"),
        ),
        (
            Finding(Reason.NUMBER_AND_NEW, "rows.7.customer_number", "159813", {"columns": "会社名, 〒"}),
            ("7行目の顧客番号", "「159813」", "会社名, 〒"),
        ),
        (
            Finding(
                Reason.PO_NUMBER_USED,
                "po_number",
                "PO-1",
                {"po_number": "PO-1", "created_on": date(2024, 5, 1), "order_id": 1234},
            ),
            ("発注番号", "「PO-1」", "2024-05-01", "1234"),
        ),
        (Finding(Reason.EMPTY_CART, "lines"), ("カート", "商品")),
        (Finding(Reason.UNKNOWN_DRAFT, "", "7"), ("書きかけのオーダー", "「7」")),
        (Finding(Reason.PRODUCT_GONE, "lines", "[サンプル]"), ("「[サンプル]」", "外しました", "カタログ")),
        (
            Finding(Reason.PRICE_CHANGED, "lines", "サンプル", {"before": 24_710, "now": 27_000}),
            ("「サンプル」", "¥24,710", "¥27,000"),
        ),
        (Finding(Reason.UNKNOWN_PRODUCT, "sku", "1"), ("SKU番号", "「1」", "カタログ")),
        (
            Finding(Reason.NO_PRICE, "sku", "6900990", {"day": date(2023, 12, 31), "first_on": date(2024, 1, 1)}),
            ("SKU番号", "「6900990」", "2023-12-31", "2024-01-01"),
        ),
        (
            Finding(Reason.NO_TAX_RATE, facts={"day": date(2019, 9, 30), "first_on": date(2019, 10, 1)}),
            ("2019-09-30", "2019-10-01", "tax_rate"),
        ),
        (Finding(Reason.TWICE_IN_ORDER, "sku", "6900990"), ("SKU番号", "「6900990」", "1行")),
        (Finding(Reason.UNKNOWN_CUSTOMER, "customer", "1"), ("エンドユーザー", "「1」", "顧客番号")),
        (Finding(Reason.UNKNOWN_CONTACT, "end_user", "1"), ("連絡先", "「1」")),
        (Finding(Reason.UNKNOWN_LOCATION, "end_user", "1"), ("場所", "「1」")),
        (Finding(Reason.UNKNOWN_RESELLER_CONTACT, "reseller_contact", "1"), ("リセラー担当者", "「1」", "Stellr")),
        (Finding(Reason.UNKNOWN_ORDER, "", "1"), ("オーダー", "「1」")),
        (Finding(Reason.UNKNOWN_CONTRACT, "contract_number", "1"), ("契約番号", "「1」")),
        (
            Finding(
                Reason.NO_CONTRACT_YET,
                "contract_number",
                "81766",
                {"day": date(2024, 3, 10), "created_on": date(2024, 3, 11)},
            ),
            ("契約番号", "「81766」", "2024-03-10", "2024-03-11"),
        ),
        (Finding(Reason.KEY_USED_OTHERWISE, "key", "k-1", {"key": "k-1"}), ("キー", "「k-1」", "同じ内容")),
        (
            Finding(
                Reason.MISSED_CUTOFF,
                "",
                "2024-05-16",
                {
                    "created_on": date(2024, 5, 15),
                    "cutoff_on": date(2024, 5, 15),
                    "delivered_on": date(2024, 6, 20),
                },
            ),
            ("完了しておらず", "2024-05-15", "2024-06-20"),
        ),
        (
            Finding(Reason.STATUS_FORBIDS, "", "add", {"status": Status.PROVISIONING, "event": Event.ADD}),
            ("Manual Provisioning", "数量追加", "承認", "差戻し"),
        ),
        (Finding(Reason.PAST_DAY, "", "2024-04-04"), ("「2024-04-04」", "時点", "今の契約")),
        (
            Finding(Reason.TOO_FEW_SEATS_LEFT, "seats", "6", {"allowed": 5, "seats": 10, "pending": 4, "minimum": 1}),
            ("数量", "「6」", "5 まで", "10", "4", "1", "解約"),
        ),
        (
            Finding(Reason.PAST_DEADLINE, "", "2024-06-11", {"deadline": date(2024, 6, 10)}),
            ("2024-06-11", "2024-06-10"),
        ),
        (Finding(Reason.NOTHING_WAITS, "contract_number", "81766"), ("契約番号", "「81766」", "待っている最後の変更")),
        (Finding(Reason.UNKNOWN_INVOICE, "invoice", "9"), ("請求書", "「9」", "請求書番号")),
        (
            Finding(Reason.PAST_MONTH, "month", "2024-05", {"today": date(2024, 5, 15)}),
            ("「2024-05」", "2024-05-15", "1日", "一覧"),
        ),
        (Finding(Reason.TOO_FAR_AHEAD, "month", "2099-05", {"last": "2029-05"}), ("「2099-05」", "2029-05 まで")),
        (Finding(Reason.UNKNOWN_MAIL, "mail", "9"), ("メール「9」", "メール番号")),
        (Finding(Reason.NO_FORWARD_OF_AN_INVOICE, "mail", "9"), ("請求書", "「9」", "提供単価", "完了通知と変更通知")),
        (Finding(Reason.A_FORWARD_ALREADY, "mail", "9"), ("「9」", "下書き", ".eml")),
        (
            Finding(Reason.NOTHING_TO_SEND_AGAIN, "mail", "9", {"sent_at": "2024-03-20 09:00"}),
            ("「9」", "2024-03-20 09:00", "送信されていない"),
        ),
        (Finding(Reason.MAIL_IN_TRAINING), ("訓練用", "stellr mail")),
        (Finding(Reason.NO_MAIL_SERVER, facts={"settings": "/home/mail.toml"}), ("/home/mail.toml", "[smtp]")),
        (Finding(Reason.FILE_EXISTS, "file", "a.eml"), ("ファイル", "「a.eml」", "別の名前")),
        (
            Finding(Reason.UNWRITABLE_FILE, "file", "/x/a.eml", {"detail": "No such file or directory"}),
            ("ファイル", "「/x/a.eml」", "No such file"),
        ),
        (Finding(Reason.WRONG_LOGIN, "login"), ("ログインID", "パスワード")),
        (
            Finding(Reason.NOT_YOUR_ACCOUNT, "account", "9", {"allowed": "100234, 100235"}),
            ("請求先口座番号", "「9」", "100234, 100235"),
        ),
        (
            Finding(Reason.ACCOUNT_NEEDED, "account", "", {"allowed": "100234, 100235"}),
            ("請求先口座番号", "100234, 100235"),
        ),
        (
            Finding(Reason.OPERATORS_ONLY, "", "Lucy Jin", {"event": Event.SEND_BACK, "allowed": "operator"}),
            ("「Lucy Jin」", "差戻し", "承認担当者だけ", "ログインIDは operator"),
        ),
        (Finding(Reason.CLOCK_IS_THE_SYSTEMS, "date", "2024-05-16"), ("2024-05-16", "今日")),
        (
            Finding(Reason.CLOCK_ONLY_FORWARD, "date", "2024-05-14", {"today": date(2024, 5, 15)}),
            ("2024-05-14", "2024-05-15"),
        ),
        (Finding(Reason.ONE_OF, "step.1.until", "", {"allowed": "place, order"}), ("step.1.until", "place, order")),
        (
            Finding(Reason.SEVERAL_MATCH, "customer", "テスト", {"candidates": "1 テスト商会, 2 テスト堂"}),
            ("エンドユーザー", "「テスト」", "1 テスト商会, 2 テスト堂"),
        ),
        (Finding(Reason.NOT_PART_OF_IT, "", "余り"), ("「余り」", "エンドユーザー", "商品", "数量", "発注番号")),
        (Finding(Reason.MORE_QUANTITIES, "seats", "", {"quantities": "5, 7"}), ("数量", "5, 7", "1つだけ")),
        (
            Finding(Reason.NOBODY_FOUND, "customer", "やまだ 690"),
            ("エンドユーザー", "「やまだ 690」", "顧客番号", "会社名", "カナ", "電話番号"),
        ),
        (Finding(Reason.UNKNOWN_LESSON, "", "x", {"allowed": "new-order"}), ("「x」", "new-order")),
        (
            Finding(
                Reason.UNKNOWN_TARGET,
                "step.1.target",
                "sav",
                {"step": "first", "screen": "login", "similar": "save", "file": "/home/a.toml", "line": 7},
            ),
            ("/home/a.toml:7: ", "step.1.target", "「sav」", "first", "login", "save"),
        ),
        (
            Finding(
                Reason.OUT_OF_REACH, "step.1.do.1", "save", {"step": "first", "screen": "login", "detail": "because"}
            ),
            ("step.1.do.1", "「save」", "first", "login", "because"),
        ),
        (
            Finding(Reason.NEVER_HOLDS, "step.1.until", "", {"step": "first", "condition": "this", "instead": "that"}),
            ("step.1.until", "first", "this", "that"),
        ),
        (
            Finding(Reason.HOLDS_ALREADY, "step.1.until", "", {"step": "first", "condition": "this"}),
            ("step.1.until", "first", "this"),
        ),
        (
            Finding(Reason.OTHERWISE_UNDER_WAY, "", "new-order", {"mode": "guide", "steps": 3}),
            ("「new-order」", "練習", "試験", "--restart"),
        ),
        (
            Finding(Reason.LESSON_IS_OPEN, "", "new-order", {"trainee": "花子"}),
            ("「new-order」", "花子", "別の画面"),
        ),
        (
            Finding(Reason.POLICY_VALUE, "minimum_seats", "0", {"allowed": "1-9999", "file": "/home/policy.toml"}),
            ("/home/policy.toml", "minimum_seats", "「0」", "1-9999"),
        ),
        (
            Finding(Reason.POLICY_KEY, "seats", "0", {"allowed": "address2, approval", "file": "/home/policy.toml"}),
            ("/home/policy.toml", "「seats」", "address2, approval"),
        ),
        (
            Finding(
                Reason.POLICY_KEY_REPLACED, "tax_percent", "8", {"instead": "[[tax_rate]]", "file": "/home/policy.toml"}
            ),
            ("/home/policy.toml", "「tax_percent」", "[[tax_rate]]"),
        ),
    )
}


@pytest.mark.parametrize("reason", list(Reason))
def test_a_sentence_names_the_field_what_was_given_and_what_is_allowed(reason: Reason) -> None:
    finding, named = FOUND[reason]
    said = sentence(finding)
    assert [part for part in named if part not in said] == []
    assert "{" not in said
    assert (said.count("。"), said[-1]) == (1, "。")


def test_every_reason_reads_differently() -> None:
    assert len({sentence(finding) for finding, _named in FOUND.values()}) == len(Reason)


@pytest.mark.parametrize("reason", list(Reason))
def test_missing_facts_shorten_a_sentence_and_never_fail(reason: Reason) -> None:
    for finding in (
        Finding(reason),
        Finding(reason, "seats", "x"),
        Finding(reason, "no.such.field", "", {"file": "f"}),
    ):
        said = sentence(finding)
        assert said.endswith("。")
        assert "{" not in said
        assert "None" not in said


def test_two_reasons_that_differ_only_in_the_field_name_it() -> None:
    names = ("contact.name", "city", "address1")
    assert len({sentence(Finding(Reason.REQUIRED, name)) for name in names}) == len(names)


def test_long_input_is_cut_after_forty_characters() -> None:
    said = sentence(Finding(Reason.TOO_LONG, "company", "あ" * 500, {"limit": 100, "length": 500}))
    assert "「" + "あ" * 40 + "...」" in said
    assert "あ" * 41 not in said


@pytest.mark.parametrize("nasty", ["\x1b[2J", "\u202eabc", "a\nb", "\x00", "\u2028", "\ud800", "\x9b1m"])
def test_what_could_disturb_the_screen_is_shown_by_its_code(nasty: str) -> None:
    facts = {"position": 1, "code": "U+0000", "file": nasty, "detail": nasty, "allowed": nasty, "contracts": nasty}
    for reason in Reason:
        said = sentence(Finding(reason, f"field{nasty}", nasty, {**facts, "status": nasty, "event": nasty}))
        assert not [one for one in said if unicodedata.category(one)[0] == "C" or one in "\u2028\u2029"]


def test_braces_in_what_was_typed_stay_as_typed() -> None:
    assert "「{limit}{0}」" in sentence(Finding(Reason.TOO_LONG, "company", "{limit}{0}", {"limit": 1, "length": 2}))


def test_a_password_is_never_shown() -> None:
    for name in ("password", "people.1.password"):
        assert "secret" not in sentence(Finding(Reason.TOO_LONG, name, "secret", {"limit": 1, "length": 6}))


def test_a_wrong_login_and_a_wrong_password_read_the_same() -> None:
    assert sentence(Finding(Reason.WRONG_LOGIN, "login", "a")) == sentence(Finding(Reason.WRONG_LOGIN, "password", "b"))


def test_a_status_that_came_out_of_the_database_as_text_has_its_label() -> None:
    said = sentence(Finding(Reason.STATUS_FORBIDS, "", "add", {"status": "ended", "event": "add"}))
    assert "解約済" in said
    assert "今できる" not in said


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("seats", "数量"),
        ("lines.2.seats", "2行目の数量"),
        ("lines.2.sku", "2行目のSKU番号"),
        ("lines.3", "3行目"),
        ("customer", "エンドユーザー"),
        ("customer.contact.name", "担当者名"),
        ("customer.locations.2.city", "2番目の場所の市区町村"),
        ("contacts.2.phone", "2番目の連絡先の電話番号"),
        ("security_contact.email", "Security Contact Email"),
        ("postal_code", "〒"),
        ("account", "請求先口座番号"),
        ("login", "メールアドレスもしくはログインID"),
        ("vendor.2.product.1.sku", "vendor.2.product.1.sku"),
        ("lines.two.seats", "lines.two.seats"),
        ("something_new", "something_new"),
        ("", ""),
    ],
)
def test_a_field_has_the_label_of_the_manual_or_its_own_name(name: str, label: str) -> None:
    assert field_label(name) == label


@pytest.mark.parametrize(
    ("status", "label"),
    [
        (Status.PO_CREATED, "要プロビジョニング"),
        (Status.PROVISIONING, "Manual Provisioning"),
        (Status.SENT_BACK, "差戻し"),
        (Status.ACTIVE, "アクティベーション済"),
        (Status.ENDING, "解約予定"),
        (Status.ENDED, "解約済"),
    ],
)
def test_a_status_has_the_label_of_the_rules(status: Status, label: str) -> None:
    assert status_label(status) == label


def test_every_status_has_its_own_label_and_explanation() -> None:
    assert len({status_label(one) for one in Status}) == len(Status)
    assert len({status_explained(one) for one in Status}) == len(Status)
    assert status_explained(Status.PROVISIONING).startswith("プロビジョニング中")


def test_plans_and_billing_types_read_as_in_the_manual() -> None:
    assert [plan_label(one) for one in Plan] == ["年契約年払い", "月契約月払い"]
    assert [billing_type(one) for one in Plan] == ["1ユーザー当たり / 年額", "1ユーザー当たり / 月額"]


def test_every_event_has_a_label_and_an_unknown_kind_is_shown_as_it_is() -> None:
    assert all(event_label(one) != str(one) for one in Event)
    assert [event_label(one) for one in ("po-created", "sent", "discarded", "approved", "sent-back")] == [
        "発注",
        "送信済",
        "破棄済",
        "承認済",
        "差戻し",
    ]
    assert event_label("something-new") == "something-new"


@pytest.mark.parametrize(
    "kind",
    [
        "add-applied",
        "reduce-applied",
        "cancel-applied",
        "change-withdrawn",
        "cancellation-withdrawn",
        "delivered",
        "postponed",
        "added",
        "reduced",
        "ended",
    ],
)
def test_what_the_history_of_a_running_contract_says_has_a_label(kind: str) -> None:
    assert event_label(kind) != kind


def test_what_was_done_does_not_read_as_what_is_to_be_done_in_english() -> None:
    with speaking("en"):
        said = [event_label(one) for one in ("sent", "discarded", "approved", "sent-back", "added", "reduced")]
    assert said == ["Sent", "Discarded", "Approved", "Sent back", "Seats added", "Seats reduced"]


def test_to_apply_for_a_change_reads_otherwise_than_its_taking_effect() -> None:
    for applied, done in (("add-applied", "added"), ("reduce-applied", "reduced"), ("cancel-applied", "ended")):
        assert event_label(applied) != event_label(done)


def test_the_clock_names_the_earliest_day_with_an_order_and_without() -> None:
    for fact in ("today", "earliest"):
        said = sentence(Finding(Reason.CLOCK_ONLY_FORWARD, "date", "2024-05-14", {fact: date(2024, 5, 15)}))
        assert "2024-05-14" in said
        assert "2024-05-15 以降" in said


@pytest.mark.parametrize("module", [field_labels, labels, sentences])
def test_no_text_has_a_character_whose_width_terminals_disagree_on(module: object) -> None:
    shown = "".join(_texts(vars(module)))
    assert len(shown) > 100
    assert {one for one in shown if unicodedata.east_asian_width(one) == "A"} == set()


def _texts(names: dict[str, object]) -> list[str]:
    """Every text in the tables of a module."""
    texts: list[str] = []
    for name, table in names.items():
        if name.startswith("_") and not name.startswith("__") and isinstance(table, dict):
            for value in table.values():
                texts.extend([value] if isinstance(value, str) else value)
    return texts


def test_the_keys_that_may_be_written_are_named_as_they_are_written() -> None:
    """`sku`, `code` and `date` are also short words for what may stand there."""
    said = sentence(Finding(Reason.UNKNOWN_KEY, "lines.1.skuu", "skuu", {"allowed": "sku, seats, code, date"}))
    assert said.endswith("使えるキーは sku, seats, code, date）。")
