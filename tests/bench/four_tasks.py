"""Four tasks of every day from the home page: what is typed here, and what is clicked and typed in the web portal.

Here the keys are those that are really pressed. Of the web portal there are the manual's pictures; where they leave
something open, it is counted as the quicker way: the page comes without scrolling, Tab leads from field to field,
what can be filled in is filled in, an end user is found by whatever the task gives.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.people import at_the_command_line
from tests.bench.klm import Click, Data, Point, Press, Sees, Step
from tests.desk.office import a_sent_order, turn_to

CONTRACT = "81766"
PHONE = "03123456798"
COMPANY = "未来通訳株式会社"
COMPANY_TYPED = "miraitsuuyakukabushikigaisha"


@dataclass(frozen=True, slots=True)
class Task:
    """A task: what the order book has before, the steps here and in the portal, the most keys beyond the data.

    settings: what has been chosen in the settings, as `settings.toml` has it.
    """

    name: str
    prepare: Callable[[Desk], object]
    here: Sequence[Step | Sees]
    portal: Sequence[Step]
    most_keys: int | None = None
    settings: str = ""


def _one_contract(desk: Desk) -> None:
    """The manual's end user has ordered five seats; they are waiting to be delivered."""
    a_sent_order(desk, at_the_command_line(desk), 5, po_number="PO-1")


def _one_in_use(desk: Desk) -> None:
    """The same, delivered."""
    _one_contract(desk)
    turn_to(desk, "2024-03-21")


_TOP = "トップ画面"
_PRODUCT = "オーダー①製品選択"
_PEOPLE = "オーダー② リセラー情報・EU情報"
_NEW = "オーダー③ EU情報"
_PO = "オーダー④発注番号"
_CREATED = "オーダー⑤PO作成"
_PROVISION = "オーダー⑥プロビジョニング"
_CHANGE = "オーダー⑧数量変更, 解約処理"


def _into_cart(seats: str) -> Sequence[Step]:
    return (
        Click("ポケットーク for BUSINESS 同時通訳", _TOP),
        Point("年契約年払い", f"{_PRODUCT} 1"),
        Point("数量の入力", f"{_PRODUCT} 2"),
        Data(seats, source=f"{_PRODUCT} 2"),
        Click("カートに入れる", f"{_PRODUCT} 3"),
    )


def _place(po_number: str) -> Sequence[Step]:
    return (
        Point("発注番号", f"{_PO} 1"),
        Data(po_number, source=f"{_PO} 1"),
        Click("発注する", f"{_PO} 2"),
        Click("今すぐプロビジョニング", _CREATED),
    )


_SEND: Sequence[Step] = (
    Click("次へ", f"{_PROVISION} 1"),
    Click("次へ", f"{_PROVISION} 2"),
    Click("送信", f"{_PROVISION} 3"),
)


def _found(typed: str) -> Sequence[Step]:
    """From any page to the contracts of an end user."""
    return (
        Click("顧客管理", _TOP),
        Point("検索", f"{_PEOPLE} 2"),
        Data(typed, source=f"{_PEOPLE} 2"),
        Press(("enter",), "検索する", f"{_PEOPLE} 2"),
        Click("エンドユーザー", f"{_PEOPLE} 2"),
    )


REPEAT_ORDER = Task(
    "Repeat order for a known customer",
    _one_contract,
    here=(
        Press(("ctrl+k",), "クイックオーダー"),
        Sees(("POを作成して確認へ",)),
        Data("159813"),
        Press(("space",), "商品へ"),
        Data("6900990"),
        Press(("space", "x"), "数量へ"),
        Data("5"),
        Press(("space",), "発注番号へ"),
        Data("PO-2"),
        Sees(("159813 - テスト株式会社", "¥123,550", "PO-2")),
        Press(("enter",), "POを作成して確認へ"),
        Sees(("この内容で送信すると", "営業部")),
        Press(("ctrl+x",), "送信"),
        Sees(("81767", "合計: 2")),
    ),
    portal=(
        *_into_cart("5"),
        Point("エンドユーザー情報", f"{_PEOPLE} 2"),
        Data("159813", source=f"{_PEOPLE} 2"),
        Click("159813 - テスト株式会社", f"{_PEOPLE} 2"),
        *_place("PO-2"),
        *_SEND,
    ),
    most_keys=8,
)

FIRST_ORDER = Task(
    "First order for a new customer",
    lambda _desk: None,
    here=(
        Press(("ctrl+k",), "クイックオーダー"),
        Sees(("POを作成して確認へ",)),
        Data(COMPANY, COMPANY_TYPED),
        Press(("space", "tab"), "商品の候補を入力"),
        Sees(("6900990",)),
        Press(("x",), "数量へ"),
        Data("1"),
        Sees(("新規エンドユーザーを追加",)),
        Press(("ctrl+n",), "＋ 新規エンドユーザー"),
        Sees(("＊ 会社名カナ", "ミライツウヤクカブシキガイシャ")),
        Data("1350001"),
        Sees(("江東区",)),
        Press(("enter",) * 3, "住所1へ"),
        Data("123 BLDG"),
        Press(("enter",) * 2, "担当者名へ"),
        Data("山田 太郎", "yamada tarou"),
        Press(("enter",), "電話番号へ"),
        Data("0312345678"),
        Press(("enter",), "Eメールへ"),
        Data("test@yourcompany.com"),
        Press(("ctrl+s",), "保存"),
        Sees((f"159814 - {COMPANY}", "PO-2024-0001")),
        Press(("enter",), "POを作成して確認へ"),
        Sees(("この内容で送信すると",)),
        Press(("ctrl+x",), "送信"),
        Sees(("Manual Provisioning", "合計: 1")),
    ),
    portal=(
        *_into_cart("1"),
        Click("＋", f"{_PEOPLE} 2"),
        Point("会社名", _NEW),
        Data(COMPANY, COMPANY_TYPED, _NEW),
        Press(("tab",), "会社名カナへ", _NEW),
        Data("ミライツウヤクカブシキガイシャ", COMPANY_TYPED, _NEW),
        Press(("tab",) * 4, "場所名へ", _NEW),
        Data(COMPANY, COMPANY_TYPED, _NEW),
        Press(("tab",), "〒へ", _NEW),
        Data("1350001", source=_NEW),
        Press(("tab",), "住所1へ", _NEW),
        Data("123 BLDG", source=_NEW),
        Press(("tab",) * 4, "担当者名へ", _NEW),
        Data("山田太郎", "yamadatarou", _NEW),
        Press(("tab",), "電話番号へ", _NEW),
        Data("0312345678", source=_NEW),
        Press(("tab",), "Eメールへ", _NEW),
        Data("test@yourcompany.com", source=_NEW),
        Click("保存", _NEW),
        *_place("PO-2024-0001"),
        Point("姓", f"{_PROVISION} 1"),
        Data("山田", "yamada", f"{_PROVISION} 1"),
        *_SEND,
    ),
    settings='po_pattern = "PO-{yyyy}-{nnnn}"\n',
)

ADD_SEATS = Task(
    "Add seats",
    _one_in_use,
    here=(
        Press(("ctrl+p",), "コマンドパレット"),
        Sees(("コマンドパレット",)),
        Data(CONTRACT),
        Press(("enter",), "契約の詳細"),
        Sees(("現在のシート数", "＋数量追加")),
        Press(("+",), "＋数量追加"),
        Sees(("追加数量",)),
        Data("2"),
        Press(("enter", "enter"), "送信すると"),
        Sees(("変更後の数量",)),
        Press(("ctrl+x",), "送信"),
        Sees(("変更の取消",)),
    ),
    portal=(
        *_found(CONTRACT),
        Click("契約番号", f"{_CHANGE} 1"),
        Click("＋数量追加", f"{_CHANGE} 1"),
        Point("数量", f"{_CHANGE} 2"),
        Data("2", source=f"{_CHANGE} 2"),
        Click("次へ", f"{_CHANGE} 2"),
        Point("最短", f"{_CHANGE} 3"),
        Click("送信", f"{_CHANGE} 3"),
    ),
    most_keys=8,
)

FIND_CONTRACT = Task(
    "Find a contract by phone number",
    _one_contract,
    here=(
        Press(("ctrl+p",), "コマンドパレット"),
        Sees(("コマンドパレット",)),
        Data(PHONE),
        Sees((CONTRACT,)),
        Press(("down", "enter"), "契約の詳細"),
        Sees(("現在のシート数", CONTRACT)),
    ),
    portal=(*_found(PHONE), Click("契約番号", f"{_PROVISION} 4")),
    most_keys=3,
)

TASKS = (REPEAT_ORDER, FIRST_ORDER, ADD_SEATS, FIND_CONTRACT)
