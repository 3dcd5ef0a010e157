"""Many orders from one sheet: every bad row is named, all go in or none, and none goes in twice."""

import csv
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_users import search_end_users
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.order_import import Imported, import_orders
from stellr_tui.desk.order_sheet import COLUMNS, OrderRow, read_order_sheet, write_order_template
from stellr_tui.desk.orders import list_orders
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.reference.field_labels import label_in
from stellr_tui.reference.texts import LANGUAGES, use_language
from stellr_tui.rules.findings import Reason
from stellr_tui.rules.policy import PhoneCheck
from stellr_tui.rules.status import Status
from tests.desk.office import ANNUAL, MONTHLY, at_once, everything
from tests.rules.refusals import findings_of

NEW = {
    "company": "株式会社新",
    "company_kana": "シン",
    "location": "本社",
    "postal_code": "1350001",
    "address1": "毛利 1",
    "contact.name": "山田",
    "contact.phone": "0312345678",
    "contact.email": "yamada@example.com",
}


def row(number: int, po_number: str = "PO-1", sku: str = ANNUAL, seats: str = "1", **more: str) -> OrderRow:
    """A row for the manual's end user, or with other cells; `contact__name` is `contact.name`."""
    cells = {"po_number": po_number, "sku": sku, "seats": seats, "customer_number": str(CUSTOMER)}
    return OrderRow(number, cells | {name.replace("__", "."): cell for name, cell in more.items()})


def new_row(number: int, po_number: str = "PO-1", sku: str = ANNUAL, **more: str) -> OrderRow:
    """A row for a new end user."""
    made = row(number, po_number, sku, customer_number="")
    return replace(made, cells={**made.cells, **NEW, **more})


def brought(imported: Imported) -> list[tuple[tuple[int, ...], str, int]]:
    return [(one.rows, one.answer.po_number, one.answer.total) for one in imported.orders]


def rejected(desk: Desk, by: SignedIn, *rows: OrderRow) -> list[tuple[str, Reason]]:
    """Where and why, after an attempt that must leave no trace."""
    before = everything(desk)
    found = findings_of(import_orders, desk, by, rows)
    assert everything(desk) == before
    return [(one.field, one.reason) for one in found]


def test_rows_with_the_same_po_number_are_one_order_wherever_they_stand(desk: Desk, lucy: SignedIn) -> None:
    imported = import_orders(
        desk,
        lucy,
        [
            row(2, seats="３", department="営業部"),
            row(3, "PO-2", seats="2"),
            row(4, " PO-1 ", MONTHLY, "5", customer_number="", department="営業部"),
        ],
    )
    assert brought(imported) == [((2, 4), "PO-1", 3 * 24_710 + 5 * 2_200), ((3,), "PO-2", 2 * 24_710)]
    assert imported.rows == 3
    orders = list_orders(desk, lucy).rows
    assert [one.po_number for one in orders] == ["PO-1", "PO-2"]
    assert {contract.status for one in orders for contract in one.contracts} == {Status.PROVISIONING}
    assert orders[0].details.department == "営業部"


def test_rows_that_name_the_same_new_end_user_make_one(desk: Desk, lucy: SignedIn) -> None:
    import_orders(desk, lucy, [new_row(2), new_row(3, "PO-2"), new_row(4, "PO-3", company="株式会社別")])
    assert [one.company for one in search_end_users(desk, lucy).rows] == ["テスト株式会社", "株式会社新", "株式会社別"]
    numbers = [one.end_user.number for one in list_orders(desk, lucy).rows]
    assert numbers[0] == numbers[1] != numbers[2]


def test_a_dry_run_says_the_same_and_leaves_no_trace(desk: Desk, lucy: SignedIn) -> None:
    rows = [new_row(2), row(3, "PO-2")]
    before = everything(desk)
    tried = import_orders(desk, lucy, rows, dry_run=True)
    assert everything(desk) == before
    assert all(one.contract_number is None for order in tried.orders for one in order.answer.contracts)
    assert brought(tried) == brought(import_orders(desk, lucy, rows))


def test_the_same_sheet_again_is_answered_and_doubles_nothing(desk: Desk, lucy: SignedIn) -> None:
    rows = [new_row(2), row(3, "PO-2")]
    first = import_orders(desk, lucy, rows)
    before = everything(desk)
    again = import_orders(desk, lucy, rows)
    assert everything(desk) == before
    assert [one.is_again for one in first.orders] == [False, False]
    assert [one.is_again for one in again.orders] == [True, True]
    assert [one.answer.contracts for one in again.orders] == [one.answer.contracts for one in first.orders]
    assert again.warnings == ()


def test_rows_added_to_a_sheet_bring_only_themselves(desk: Desk, lucy: SignedIn) -> None:
    import_orders(desk, lucy, [new_row(2)])
    more = import_orders(desk, lucy, [new_row(2), new_row(3, "PO-2")])
    assert [one.is_again for one in more.orders] == [True, False]
    first, second = list_orders(desk, lucy).rows
    assert first.end_user.number == second.end_user.number


def test_another_order_under_the_same_po_number_is_taken_with_a_warning(desk: Desk, lucy: SignedIn) -> None:
    import_orders(desk, lucy, [row(2)])
    imported = import_orders(desk, lucy, [row(2, seats="2")])
    assert [one.is_again for one in imported.orders] == [False]
    assert [(one.field, one.reason) for one in imported.warnings] == [("rows.2.po_number", Reason.PO_NUMBER_USED)]


def test_the_same_sheet_twice_at_the_same_moment_is_one(desk: Desk, lucy: SignedIn, hanako: SignedIn) -> None:
    rows = [new_row(2), row(3, "PO-2")]
    answers = at_once(*(lambda by=by: import_orders(desk, by, rows) for by in (lucy, hanako, lucy)))
    assert all(isinstance(one, Imported) for one in answers)
    assert [one.po_number for one in list_orders(desk, lucy).rows] == ["PO-1", "PO-2"]


def test_every_bad_cell_is_named_and_nothing_goes_in(desk: Desk, lucy: SignedIn) -> None:
    assert rejected(
        desk,
        lucy,
        row(2),
        row(3, "", seats="0"),
        row(4, "PO-2", "123", "1.5"),
        row(5, "PO-3", customer_number="999"),
        row(6, "PO-4", customer_number="一番"),
        row(7, "PO-5", customer_number=""),
        new_row(8, "PO-6", company_kana="漢字", postal_code="135", contact__phone=""),
        row(9, "PO-7", company="株式会社新"),
        row(10, "P" * 41, department="\x1b[31m"),
    ) == [
        ("rows.3.po_number", Reason.REQUIRED),
        ("rows.3.seats", Reason.NOT_A_QUANTITY),
        ("rows.4.seats", Reason.NOT_A_QUANTITY),
        ("rows.4.sku", Reason.UNKNOWN_PRODUCT),
        ("rows.5.customer_number", Reason.UNKNOWN_CUSTOMER),
        ("rows.6.customer_number", Reason.UNKNOWN_CUSTOMER),
        ("rows.7.customer_number", Reason.REQUIRED),
        ("rows.8.company_kana", Reason.NOT_KATAKANA),
        ("rows.8.postal_code", Reason.NOT_A_POSTAL_CODE),
        ("rows.9.customer_number", Reason.NUMBER_AND_NEW),
        ("rows.10.department", Reason.CONTROL_CHARACTER),
        ("rows.10.po_number", Reason.TOO_LONG),
    ]


def test_rows_of_one_order_that_disagree_are_named_at_the_later_one(desk: Desk, lucy: SignedIn) -> None:
    assert rejected(
        desk, lucy, row(2, department="営業部"), row(5, sku=MONTHLY, department="総務部"), row(9, seats="2")
    ) == [("rows.5.department", Reason.ROWS_DISAGREE), ("rows.9.sku", Reason.TWICE_IN_ORDER)]


def test_what_the_policy_refuses_is_refused_here_too(desk: Desk, lucy: SignedIn) -> None:
    strict = replace(desk, policy=replace(desk.policy, phone_check=PhoneCheck.REFUSAL))
    odd = new_row(2, **{"contact.phone": "03123456798"})
    assert rejected(strict, lucy, odd) == [("rows.2.contact.phone", Reason.UNUSUAL_PHONE_NUMBER)]
    assert [one.field for one in import_orders(desk, lucy, [odd]).warnings] == ["rows.2.contact.phone"]


def test_nobody_orders_for_the_end_users_of_another_account(desk: Desk, rival: SignedIn) -> None:
    assert rejected(desk, rival, row(2)) == [("rows.2.customer_number", Reason.UNKNOWN_CUSTOMER)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_an_empty_sheet_has_the_columns_and_is_read_back_in_either_language(
    language: str, ending: str, tmp_path: Path, desk: Desk, lucy: SignedIn
) -> None:
    use_language(language)
    try:
        path = write_order_template(str(tmp_path / f"sheet{ending}"))
    finally:
        use_language("ja")
    assert read_order_sheet(str(path)) == ()
    if ending == ".csv":
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        headings = next(iter(csv.reader(path.read_text(encoding="utf-8-sig").splitlines())))
        filled: Mapping[str, str] = {**row(2).cells}
        cells = [filled.get(name, "") for name in COLUMNS]
        path.write_text(",".join(f'"{one}"' for one in headings) + "\n" + ",".join(cells), encoding="cp932")
    else:
        book = load_workbook(path)
        [sheet] = book.worksheets
        assert sheet.column_dimensions["D"].number_format == "@"
        sheet.append([row(2).cells.get(name) for name in COLUMNS])
        book.save(path)
    assert import_orders(desk, lucy, read_order_sheet(str(path))).rows == 1


def test_the_labels_of_the_columns_are_different_in_every_language() -> None:
    for language in LANGUAGES:
        assert len({label_in(language, name) for name in COLUMNS}) == len(COLUMNS)


def sheet(folder: Path, text: str) -> str:
    path = folder / "sheet.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_columns_are_known_by_label_or_field_in_any_order_and_width(tmp_path: Path) -> None:
    [found] = read_order_sheet(
        sheet(tmp_path, "数量, ＳＫＵ番号 ,*発注番号,CONTACT.NAME,,Eメール\n2,6900990,PO-1,山田,,a@b.co\n")
    )
    assert found.number == 2
    assert found.cells == {
        "seats": "2",
        "sku": "6900990",
        "po_number": "PO-1",
        "contact.name": "山田",
        "contact.email": "a@b.co",
    }


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("", [Reason.MISSING_COLUMN] * 3),
        ("発注番号,数量\n", [Reason.MISSING_COLUMN]),
        ("発注番号,SKU番号,数量,備考\n", [Reason.UNKNOWN_COLUMN]),
        ("発注番号,SKU番号,数量,seats\n", [Reason.COLUMN_TWICE]),
        ("発注番号,SKU番号,数量\nPO-1,6900990,1,さらに\n", [Reason.UNKNOWN_COLUMN]),
        ("発注番号,SKU番号,数量,\nPO-1,6900990,1,さらに\n", [Reason.UNKNOWN_COLUMN]),
        ("PO-1,6900990,1\n", [Reason.UNKNOWN_COLUMN, *[Reason.MISSING_COLUMN] * 3]),
    ],
)
def test_columns_that_are_unknown_missing_or_doubled_are_refused_by_name(
    text: str, reasons: list[Reason], tmp_path: Path
) -> None:
    found = findings_of(read_order_sheet, sheet(tmp_path, text))
    assert [one.reason for one in found] == reasons
    assert {one.field for one in found} == {"file"}
