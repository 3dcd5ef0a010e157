"""What can be said of the order book: true where it is so, and in words what holds instead where it is not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from stellr_tui.lessons.book import Book
from stellr_tui.lessons.conditions import Condition, Look, Standing
from stellr_tui.lessons.reading import load_scenario
from stellr_tui.lessons.world import open_world
from stellr_tui.reference.texts import use_language
from tests.lessons.files import SMALL, written

PAST = """
[[world.past]]
end_user = { company = "株式会社山田", company_kana = "ヤマダ", location = "本社", postal_code = "1000001", address1 = "千代田 1", contact = { name = "山田 花子", phone = "0312345678", email = "hanako@example.com" } }
[[world.past]]
order = { po_number = "PO-1", customer = "株式会社山田", lines = [{ sku = "6900990", seats = 5 }, { sku = "9900990", seats = 3 }], department = "営業部", end_user_order_number = "EU-7" }
[[world.past]]
order = { po_number = "PO-2", customer = 159813, lines = [{ sku = "9900990", seats = 2 }], sent = false }
[[world.past]]
today = 2024-04-02
[[world.past]]
change = { po_number = "PO-1", sku = "9900990", kind = "reduce", seats = 1 }
[[world.past]]
change = { po_number = "PO-1", sku = "6900990", kind = "add", seats = 2 }
[[world.past]]
withdraw = { po_number = "PO-1", sku = "6900990" }
[[world.past]]
cart = [{ sku = "6900990", seats = 4 }]
"""  # noqa: E501

# A statement that is true of this past, and others that are not, each with words that must say what holds instead.
STATEMENTS: tuple[tuple[str, dict[str, str]], ...] = (
    ('{ order = "PO-1" }', {'{ order = "PO-9" }': "「PO-9」のオーダーはない"}),
    ('{ order = "PO-1", status = "active" }', {'{ order = "PO-1", status = "provisioning" }': "アクティベーション済"}),
    ('{ order = "PO-2", status = "po-created" }', {'{ order = "PO-2", status = "active" }': "要プロビジョニング"}),
    (
        '{ order = "PO-1", seats = 8, count = 1 }',
        {'{ order = "PO-1", seats = 7 }': "数量: 8", '{ order = "PO-1", count = 2 }': "件数: 1"},
    ),
    (
        '{ order = "PO-1", sku = "6900990", seats = 5, total = 130150, sent_on = 2024-03-11, delivered_on = 2024-03-20 }',  # noqa: E501
        {
            '{ order = "PO-1", sku = "6900990", seats = 4 }': "数量: 5",
            '{ order = "PO-1", total = 1 }': "合計金額: ¥130,150",
            '{ order = "PO-1", delivered_on = 2024-04-20 }': "納品: 2024-03-20",
            '{ order = "PO-2", delivered_on = 2024-04-20 }': "納品: -",
            '{ order = "PO-2", sku = "6900990" }': "オーダーはない",
        },
    ),
    (
        '{ order = "PO-1", company = "株式会社山田", postal_code = "1000001", department = "営業部", end_user_order_number = "EU-7" }',  # noqa: E501
        {
            '{ order = "PO-1", company = "山田" }': "株式会社山田",
            '{ order = "PO-1", department = "総務部" }': "営業部",
        },
    ),
    (
        '{ contract = "PO-1", sku = "9900990", seats = 3, change = "reduce", change_seats = 1, change_on = 2024-05-01 }',  # noqa: E501
        {
            '{ contract = "PO-1", sku = "9900990", change = "none" }': "申請中の変更: reduce",
            '{ contract = "PO-1", sku = "9900990", change_on = 2024-06-01 }': "2024-05-01",
            '{ contract = "PO-1", sku = "6900990", change = "add" }': "申請中の変更: none",
        },
    ),
    (
        '{ contract = 81766, amount = 123550, term_ends_on = 2025-03-20, change = "none" }',
        {"{ contract = 81766, term_ends_on = 2025-03-31 }": "2025-03-20", "{ contract = 1 }": "「1」はない"},
    ),
    (
        '{ invoice = "2024-04", subtotal = 130150, lines = 2 }',
        {
            '{ invoice = "2024-04", subtotal = 1 }': "¥130,150",
            '{ invoice = "2024-04", lines = 1 }': "明細: 2",
            '{ invoice = "2024-05" }': "2024-05の請求書はない",
        },
    ),
    (
        '{ mail = "completed", to = "lucyj@synnex.com", says = "81766" }',
        {
            '{ mail = "completed", says = "99999" }': "メール「completed」",
            '{ mail = "completed", to = "hanako@example.com" }': "lucyj@synnex.com",
            '{ mail = "forward" }': "「forward」はない",
            '{ mail = "completed", count = 9 }': "9件ではない",
        },
    ),
    ('{ mail = "any", to = "hanako@example.com", count = 0 }', {'{ mail = "any", count = 0 }': "0件ではない"}),
    (
        '{ end_user = "株式会社山田", postal_code = "1000001", prefecture = "東京都", city = "千代田区", address1 = "千代田 1", contact = "山田 花子", phone = "0312345678", email = "hanako@example.com", count = 1 }',  # noqa: E501
        {
            '{ end_user = "株式会社山田", postal_code = "1350001" }': "〒: 1000001",
            '{ end_user = "株式会社山田", email = "x@example.com" }': "hanako@example.com",
            '{ end_user = "山田" }': "「山田」はない",
            '{ end_user = "株式会社山田", count = 2 }': "件数: 1",
        },
    ),
    (
        '{ cart = "6900990", seats = 4 }',
        {'{ cart = "6900990", seats = 1 }': "数量: 4", '{ cart = "9900990" }': "数量: 0"},
    ),
    ('{ cart = "9900990", seats = 0 }', {'{ cart = "6900990", seats = 0 }': "数量: 4"}),
    ("{ today = 2024-04-02 }", {"{ today = 2024-04-01 }": "2024-04-02"}),
    ("{ after = 2024-04-01 }", {"{ after = 2024-04-02 }": "2024-04-02"}),
    ("{ orders = 2 }", {"{ orders = 1 }": "2件"}),
    ("{ contracts = 3 }", {"{ contracts = 1 }": "3件"}),
    ("{ end_users = 2 }", {"{ end_users = 1 }": "2件"}),
    ("{ invoices = 1 }", {"{ invoices = 0 }": "1件"}),
    ("{ not = { orders = 1 } }", {"{ not = { orders = 2 } }": "件数: 2"}),
    ("{ all = [{ orders = 2 }, { contracts = 3 }] }", {"{ all = [{ orders = 2 }, { contracts = 1 }] }": "契約は3件"}),
    (
        "{ any = [{ orders = 1 }, { contracts = 3 }] }",
        {"{ any = [{ orders = 1 }, { contracts = 1 }] }": "オーダーは2件ある（1件ではない）、契約は3件"},
    ),
)


class Nothing:
    """A view of nothing at all: for what is said of the order book, which must not need one."""

    def place(self) -> Standing | None:
        raise AssertionError("the screen was looked at")

    def screen(self) -> str:
        raise AssertionError("the screen was looked at")

    def focus(self) -> tuple[str, ...]:
        raise AssertionError("the screen was looked at")

    def values(self, target: str) -> tuple[str, ...]:
        raise AssertionError("the screen was looked at")

    def text(self, target: str) -> str | None:
        raise AssertionError("the screen was looked at")

    def refused(self) -> bool:
        raise AssertionError("the screen was looked at")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """The order book after that past."""
    folder = tmp_path_factory.mktemp("past")
    text = SMALL.replace('signed_in = "lucy"\n', f'signed_in = "lucy"\n{PAST}')
    world = open_world(load_scenario(written(folder, text)), folder / "world")
    yield world.book()
    world.close()


def condition(folder: Path, said: str) -> Condition:
    """A statement as it is read from a file."""
    until = load_scenario(written(folder, SMALL.replace('{ place = "home" }', said, 1))).scenario.step[0].until
    assert until is not None
    return until


@pytest.mark.parametrize("said", [said for said, _others in STATEMENTS])
def test_a_statement_on_the_book_holds_where_it_is_true(book: Book, tmp_path: Path, said: str) -> None:
    statement = condition(tmp_path, said)
    assert statement.instead(Look(Nothing(), book)) is None
    assert statement.of_book


@pytest.mark.parametrize(
    ("said", "instead"), [(said, instead) for _right, others in STATEMENTS for said, instead in others.items()]
)
def test_where_it_is_not_true_it_is_said_what_holds_instead(
    book: Book, tmp_path: Path, said: str, instead: str
) -> None:
    found = condition(tmp_path, said).instead(Look(Nothing(), book))
    assert found is not None
    assert instead in found


@pytest.mark.parametrize("said", [said for said, _others in STATEMENTS])
def test_a_statement_reads_in_both_languages(tmp_path: Path, said: str) -> None:
    statement = condition(tmp_path, said)
    japanese = statement.said()
    use_language("en")
    english = statement.said()
    assert japanese != english
    assert "{" not in japanese + english
    assert "None" not in japanese + english


def test_one_look_is_at_one_moment(book: Book) -> None:
    look = Look(Nothing(), book)
    assert look.book.orders() is look.book.orders()
    before = look.book.orders()
    book.turn()
    assert look.book.orders() is not before
