"""An exam on the screen: only the task is shown; one hands in, or it ends by itself; the result says what is true."""

from dataclasses import replace
from pathlib import Path

import pytest

from screens.palette import PaletteDialog
from stellr_tui.classroom.exam import ExamApp
from stellr_tui.classroom.overlay import BAND, Mark
from stellr_tui.classroom.result import ResultScreen
from stellr_tui.lessons.intents import Fill, Key, Open, Press, Type, Way
from stellr_tui.lessons.reading import load_scenario
from stellr_tui.lessons.scenario import Filed
from stellr_tui.lessons.shelf import find_scenarios
from tests.lessons.files import SMALL, written
from tests.lessons.players import TRAINEE, Seat, examined
from tests.lessons.test_exams import CUSTOMER, SIGN_IN, WIZARD, order, product

LIMITED = SMALL.replace("[exam]", "[exam]\nminutes = 20")


@pytest.fixture
def filed() -> Filed:
    """The first lesson."""
    [found] = find_scenarios(["new-order"])
    return found


async def hands_in(seat: Seat[ExamApp]) -> None:
    """Say that it is done, and say so again."""
    await seat.presses("f12")
    await seat.until(lambda: seat.sees("もう一度押すと提出します。"), "asked once more")
    await seat.presses("f12")
    await sees_the_result(seat)


async def sees_the_result(seat: Seat[ExamApp]) -> None:
    """Wait until the result is shown."""
    await seat.until(lambda: isinstance(seat.app.screen, ResultScreen), "the result")
    await seat.actor.settles()


async def test_nothing_is_shown_but_the_task_and_no_target_is_marked(filed: Filed, tmp_path: Path) -> None:
    async with examined(filed, tmp_path, (80, 24)) as seat:
        assert seat.sees(str(filed.scenario.exam.task))
        assert seat.box.has_class(BAND)
        assert not any(one.display for one in seat.app.screen.query(Mark))
        assert not seat.sees(str(filed.scenario.step[0].instruction))
        await seat.presses("f10")
        await seat.settles()
        assert not seat.sees("sourcenexttest")
        assert seat.box.size.height == 2
        await seat.presses("ctrl+underscore")
        await seat.settles()
        assert seat.sees("sourcenexttest")


async def test_the_customer_first_and_then_the_product_passes(filed: Filed, tmp_path: Path) -> None:
    async with examined(filed, tmp_path) as seat:
        await seat.does(*SIGN_IN, Open(Way.CUSTOMERS), Key("customers.new-end-user"), *CUSTOMER)
        await seat.does(*product("1"), *order(), Key("order-created.provision"), *WIZARD)
        await hands_in(seat)
        for words in ("合格です。", "100 / 100 点", "[正] オーダーが完了し、3月20日に納品される"):
            assert seat.sees(words), words
        [kept] = seat.records.attempts(TRAINEE, "new-order")
        assert (kept.attempt.points, kept.attempt.passed) == (100, True)


async def test_one_line_of_ctrl_k_instead_of_pages_and_menus_passes(filed: Filed, tmp_path: Path) -> None:
    async with examined(filed, tmp_path) as seat:
        await seat.does(*SIGN_IN, Open(Way.CUSTOMERS), Key("customers.new-end-user"), *CUSTOMER)
        await seat.does(Key("app.quick-order"), Type("159814 6900990 x1 sourcenexttest"))
        await seat.presses("enter")
        await seat.until(lambda: seat.app.sight.screen() == "provisioning-wizard", "the wizard")
        await seat.does(*WIZARD)
        await hands_in(seat)
        assert seat.sees("100 / 100 点")


async def test_the_command_palette_instead_of_keys_and_menus_passes(filed: Filed, tmp_path: Path) -> None:
    async with examined(filed, tmp_path) as seat:
        await seat.does(*SIGN_IN)
        await by_palette(seat, "kokyakukanri", "customers")
        await by_palette(seat, "新規エンドユーザー", "new-end-user")
        await seat.does(*CUSTOMER)
        await by_palette(seat, "ポケットーク", "vendor-page")
        await seat.does(Fill("quantity-6900990", "1"))
        await by_palette(seat, "カートに入れる", "new-order")
        await seat.does(*order())
        await by_palette(seat, "provision", "provisioning-wizard")
        await seat.does(*WIZARD)
        await hands_in(seat)
        assert seat.sees("100 / 100 点")


async def by_palette(seat: Seat[ExamApp], words: str, leads_to: str) -> None:
    await seat.presses("ctrl+p")
    await seat.until(lambda: isinstance(seat.app.screen, PaletteDialog), "the palette")
    await seat.presses(*words, "enter")
    await seat.until(lambda: seat.app.sight.screen() == leads_to, leads_to)
    await seat.settles()


async def test_the_right_keys_with_ten_seats_instead_of_one_fail_and_it_is_said_what_was_true_instead(
    filed: Filed, tmp_path: Path
) -> None:
    async with examined(filed, tmp_path) as seat:
        await seat.does(*SIGN_IN, *product("10"), Key("order.new-end-user"), *CUSTOMER)
        await seat.does(Fill("po-number", "sourcenexttest"), Key("order.place"), Key("order-created.provision"))
        await seat.does(*WIZARD)
        await hands_in(seat)
        assert seat.sees("不合格です。")
        assert seat.sees("[正] エンドユーザーが正しく登録されている")
        assert seat.sees("[誤] オーダーの商品、数量、金額が正しい")
        instead = seat.app.course.attempt.marks[1].instead if seat.app.course.attempt else ""
        assert "10" in instead
        assert seat.sees(instead)


async def test_it_ends_by_itself_when_the_15th_has_passed(filed: Filed, tmp_path: Path) -> None:
    async with examined(filed, tmp_path) as seat:
        await seat.does(*SIGN_IN, *product("1"), Key("order.new-end-user"), *CUSTOMER)
        await seat.does(Fill("po-number", "sourcenexttest"), Key("order.place"))
        await seat.does(Key("page.move-clock"), Fill("date", "2024-03-16"), Press("move-clock"))
        await sees_the_result(seat)
        assert seat.sees("不合格です。")
        assert seat.sees("15")
        assert seat.app.kept is not None
        assert seat.app.kept.attempt.lost
        assert seat.sees(seat.app.kept.attempt.lost)


async def test_handing_in_is_asked_once_more_and_can_be_thought_better_of(tmp_path: Path) -> None:
    async with examined(load_scenario(written(tmp_path)), tmp_path) as seat:
        await seat.presses("ctrl+y")
        await seat.until(lambda: seat.sees("まだ続ける"))
        assert seat.app.kept is None
        await seat.presses("f10")
        await seat.until(lambda: not seat.sees("まだ続ける"))
        await seat.does(Press("tile-stellr"))
        await hands_in(seat)
        assert seat.sees("合格です。")


async def test_the_time_that_is_left_is_shown_and_when_it_is_over_so_is_the_exam(tmp_path: Path) -> None:
    filed = load_scenario(written(tmp_path, LIMITED))
    async with examined(filed, tmp_path) as seat:
        assert seat.sees("残り 20:00") or seat.sees("残り 19:")
        seat.app.course._spent += 19 * 60
        await seat.until(lambda: seat.sees("残り 1:00") or seat.sees("残り 0:"))
        seat.app.course._spent += 60
        await sees_the_result(seat)
        assert seat.sees("不合格です。")


async def test_an_exam_that_was_left_goes_on_in_the_same_world_and_time_does_not_begin_anew(tmp_path: Path) -> None:
    filed = load_scenario(written(tmp_path, LIMITED))
    async with examined(filed, tmp_path) as seat:
        await seat.does(Press("tile-stellr"))
        seat.app.course._spent += 5 * 60
    async with examined(filed, tmp_path) as seat:
        await seat.until(lambda: seat.sees("残り 14:") or seat.sees("残り 15:00"))


async def test_of_two_exams_in_one_folder_each_has_a_world_of_its_own(tmp_path: Path) -> None:
    filed = load_scenario(written(tmp_path))
    other = replace(filed, scenario=replace(filed.scenario, id="other"))
    async with examined(filed, tmp_path) as seat, examined(other, tmp_path) as beside:
        assert seat.app.world.folder != beside.app.world.folder
