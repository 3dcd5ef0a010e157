"""The main states of what a lesson shows over the portal, each from a small scenario: for snapshots."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from textual.widgets import Input

from screens.rules import RulesDialog
from stellr_tui.classroom.play import open_app, sit_down
from stellr_tui.classroom.player import Player
from stellr_tui.classroom.result import ResultScreen
from stellr_tui.classroom.show import ShowApp
from stellr_tui.lessons.attempt import Attempt, Mark, Mode
from stellr_tui.lessons.reading import load_scenario
from stellr_tui.lessons.records import Records
from stellr_tui.lessons.shelf import find_scenarios
from stellr_tui.lessons.world import open_world
from tests.lessons.players import Seat
from tests.waiting import rests

Act = Callable[[Seat[Player]], Awaitable[None]]

TEMPLATE = """
id = "state"
minutes = 15
manual = { ja = "オーダー③", en = "Order 3" }
title = { ja = "新しいエンドユーザーの新規オーダー", en = "A new order for a new end user" }
purpose = { ja = "-", en = "-" }

[world]
today = 2024-03-11
{world}

[[step]]
id = "first"
{step}

[[step]]
id = "last"
target = "tile-stellr"
instruction = { ja = "開きます。", en = "Open it." }
do = [{ open = "storefront" }]
until = { place = "storefront" }

[exam]
task = { ja = \"\"\"
新しいお客様「テスト株式会社」から、ポケットーク同時通訳の年契約を1ユーザー分いただきました。
発注番号「sourcenexttest」でオーダーを完了させ、3月20日に納品されるようにしてください。\"\"\", en = \"\"\"
A new customer, テスト株式会社, wants ポケットーク同時通訳 for one user, paid yearly.
Complete the order under the PO number sourcenexttest, so that it is delivered on March 20.\"\"\" }

[[exam.must]]
name = { ja = "オーダーが完了している", en = "The order is complete" }
points = 10
until = { order = "sourcenexttest", status = "provisioning" }
"""
LOGIN = """
target = "login"
do = [{ fill = "login", with = "lucy" }, { fill = "password", with = "stellr-demo" }, { press = "sign-in" }]
until = { place = "portal" }
instruction = { ja = \"\"\"
ECNexにログインします。訓練用のログインIDとパスワードは、画面の下に表示されています。
実務では、目的の請求先口座番号のログインを使います。\"\"\", en = \"\"\"
Sign in to ECNex. The login and the password for training are shown at the bottom of the screen.
At work, use the login of the billing account that the order is for.\"\"\" }
hint = [{ ja = "ログインIDは lucyj@synnex.com です。", en = "The login is lucyj@synnex.com." }]
"""
TILE = """
target = "vendor-pocketalk"
do = [{ press = "vendor-pocketalk" }]
until = { place = "vendor-page", of = "pocketalk" }
[step.instruction]
ja = "「ポケットーク for BUSINESS 同時通訳」を開きます。"
en = "Open ポケットーク for BUSINESS 同時通訳."
"""
QUANTITY = """
target = "quantity-6900990"
do = [{ fill = "quantity-6900990", with = "1" }]
until = { cart = "6900990", seats = 1 }
[step.instruction]
ja = "年契約年払いの商品の数量に 1 を入力します。"
en = "Type 1 as the quantity of what is paid yearly."
"""
WARNING = """
target = "not-complete"
instruction = { ja = \"\"\"
ここがマニュアルで一番大切な注意です。POは作成されましたが、オーダーはまだ完了していません。
締切を見るのは「送信」の日です。15日までに送信すると、その月の20日に納品されます。\"\"\", en = \"\"\"
This is what the manual warns of most: the PO is created, the order is not complete.
The cut-off looks at the day of sending. Sent by the 15th, it is delivered on the 20th of that month.\"\"\" }
"""
AT_HOME = 'signed_in = "lucy"\nplace = "home"'
AT_THE_VENDOR = 'signed_in = "lucy"\nplace = "vendor-page"\nof = "pocketalk"'
AT_THE_PO = """
signed_in = "lucy"
place = "order-created"
of = "sourcenexttest"
[[world.past]]
order = { po_number = "sourcenexttest", customer = 159813, sent = false, lines = [{ sku = "6900990", seats = 1 }] }
"""


@dataclass(frozen=True, slots=True)
class LessonState:
    """A player in a state: in which world, at which step, and what is then done."""

    mode: Mode
    world: str
    step: str
    act: Act


def app_for(state: LessonState, folder: Path) -> Player:
    """The player, with nothing that moves by itself."""
    file = folder / "state.toml"
    file.write_text(TEMPLATE.replace("{world}", state.world).replace("{step}", state.step), encoding="utf-8")
    filed = load_scenario(file)
    app: Player
    if state.mode is Mode.SHOW:
        app = ShowApp(open_world(filed, folder / "world"))
        app.pace.pause()
    else:
        app = open_app(filed, sit_down(Records(folder), filed, state.mode, "山田"))
    app.animation_level = "none"
    return app


async def bring(seat: Seat[Player], state: LessonState) -> None:
    """Bring the player into the state."""
    await seat.settles()
    await state.act(seat)
    for control in seat.app.screen.query(Input):
        control.cursor_blink = False
    await rests(seat.pilot)


def press(*keys: str) -> Act:
    """Press keys, and wait until all stands still."""

    async def act(seat: Seat[Player]) -> None:
        await seat.presses(*keys)
        await seat.settles()

    return act


async def over_a_dialog(seat: Seat[Player]) -> None:
    """Over the rules."""
    seat.app.screen.query_one("#rules").focus()
    await seat.presses("enter")
    await seat.until(lambda: isinstance(seat.app.screen, RulesDialog))
    await seat.settles()


async def keys_on_caps(seat: Seat[Player]) -> None:
    """What has been pressed."""
    assert isinstance(seat.app, ShowApp)
    for cap in ("Tab", *"lucyj@synnex.com", "Tab"):
        seat.app.press(cap)
    await seat.settles()


def result(attempt: Attempt) -> Act:
    """The result of an attempt at the first lesson."""

    async def act(seat: Seat[Player]) -> None:
        [filed] = find_scenarios(["new-order"])
        seat.app.push_screen(ResultScreen(filed.scenario, attempt))
        await seat.until(lambda: isinstance(seat.app.screen, ResultScreen))
        await seat.actor.settles()

    return act


def practised() -> Attempt:
    """A practice with every kind of step in it."""
    [filed] = find_scenarios(["new-order"])
    marks = [
        Mark(
            one.id,
            right=True,
            first_try=at % 4 != 2,
            hints=at % 3 // 2,
            seconds=31.0,
            points=one.worth,
            possible=one.worth,
        )
        for at, one in enumerate(filed.scenario.step)
    ]
    possible = sum(one.possible for one in marks)
    return Attempt("new-order", Mode.GUIDE, tuple(marks), 754.0, possible - 3, possible, passed=True)


FAILED = Attempt(
    "new-order",
    Mode.TEST,
    (
        Mark("must-1", True, True, 0, 0.0, 30, 30),
        Mark("must-2", False, False, 0, 0.0, 0, 30, instead="「sourcenexttest」の数量: 10"),
        Mark("must-3", False, False, 0, 0.0, 0, 40, instead="「sourcenexttest」の納品: 2024-04-20"),
    ),
    1103.0,
    30,
    100,
    passed=False,
    lost="締切の15日を過ぎたので、3月20日には納品されません。",
)

STATES: dict[str, LessonState] = {
    "guide": LessonState(Mode.GUIDE, "", LOGIN, press()),
    "guide-hint": LessonState(Mode.GUIDE, "", LOGIN, press("f10")),
    "guide-keys": LessonState(Mode.GUIDE, "", LOGIN, press("f10", "f10")),
    "guide-tile": LessonState(Mode.GUIDE, AT_HOME, TILE, press()),
    "guide-quantity": LessonState(Mode.GUIDE, AT_THE_VENDOR, QUANTITY, press()),
    "guide-elsewhere": LessonState(Mode.GUIDE, AT_THE_VENDOR, QUANTITY, press("f5")),
    "guide-dialog": LessonState(Mode.GUIDE, AT_THE_VENDOR, QUANTITY, over_a_dialog),
    "guide-read": LessonState(Mode.GUIDE, AT_THE_PO, WARNING, press()),
    "show": LessonState(Mode.SHOW, "", LOGIN, keys_on_caps),
    "exam": LessonState(Mode.TEST, AT_HOME, TILE, press()),
    "exam-folded": LessonState(Mode.TEST, AT_HOME, TILE, press("f10")),
    "result-guide": LessonState(Mode.GUIDE, AT_HOME, TILE, result(practised())),
    "result-exam": LessonState(Mode.GUIDE, AT_HOME, TILE, result(FAILED)),
}
