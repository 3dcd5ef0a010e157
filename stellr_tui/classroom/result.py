"""The result of a lesson or an exam, at its end and looked up later: passed or not, points, what went how."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static

from stellr_tui.lessons.attempt import Mode
from stellr_tui.lessons.report import is_as_it_was, local_time, mark_name, title_of, went
from stellr_tui.reference.field_labels import field_label
from stellr_tui.reference.texts import N_, _
from stellr_tui.widgets.dialog import Dialog
from stellr_tui.widgets.facts import Facts
from stellr_tui.widgets.rows import Column, Rows
from stellr_tui.widgets.words import Words

if TYPE_CHECKING:
    from stellr_tui.lessons.attempt import Attempt, Mark
    from stellr_tui.lessons.records import Kept
    from stellr_tui.lessons.scenario import Scenario

_MINUTE = 60


class ResultScreen(Dialog[None]):
    """How an attempt went. scenario: as it is now, which may be another than it was then; None where it is gone.

    following: the scenario that comes next, for who has just done this one. kept: for who looks it up later, and wants
    to know whose it is.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "turn(-1)", N_("前のページ"), id="result.up", show=False),
        Binding("down", "turn(1)", N_("次のページ"), id="result.down", show=False),
    ]

    DEFAULT_CSS = """
    ResultScreen {
        #dialog { height: 100%; #dialog-body { height: 1fr; } }
        #result-steps { max-height: initial; }
        #result-changed { margin: 1 0 0 0; color: $text-warning; }
        #result-words { text-style: bold; color: $text-error; }
        #result-words.-passed { color: $text-success; }
        #result-next { margin: 1 0; color: $foreground; }
        .must { margin: 1 0 0 0; }
    }
    """

    def __init__(
        self,
        scenario: Scenario | None,
        attempt: Attempt,
        following: Scenario | None = None,
        kept: Kept | None = None,
    ) -> None:
        super().__init__()
        self._scenario = scenario
        self._attempt = attempt
        self._following = following
        self._kept = kept

    def title_text(self) -> str:
        said = _("試験の結果: {title}") if self._attempt.mode is Mode.TEST else _("練習の結果: {title}")
        return said.format(title=title_of(self._attempt.scenario, self._scenario))

    def compose_dialog(self) -> Iterable[Widget]:
        attempt = self._attempt
        verdict = _("合格です。") if attempt.passed else _("不合格です。")
        words = "\n".join(filter(None, (verdict, attempt.lost)))
        yield Words(words, id="result-words", classes="-passed" if attempt.passed else None)
        yield Facts(self._facts(), id="result-facts")
        if not is_as_it_was(self._scenario, attempt):
            yield Words(_("この記録のあとで、レッスンの内容が変更されています。"), id="result-changed")
        if self._kept is None:
            yield Words(self._next(), id="result-next")
        if attempt.mode is Mode.TEST:
            for mark in attempt.marks:
                name = mark_name(self._scenario, mark.of)
                yield Static(_judgement(mark, name), id=f"result-{mark.of}", classes="must")
        else:
            yield Rows(_columns(), id="result-steps", cursor=False)

    def compose_buttons(self) -> Iterable[Button]:
        yield Button(_("閉じる"), id="close", compact=True, variant="primary", action="screen.leave")

    def on_mount(self) -> None:
        """Show every step."""
        for rows in self.query(Rows):
            rows.fill(
                (mark.of, (f"{number:2} {mark_name(self._scenario, mark.of)}", went(mark), _points(mark)))
                for number, mark in enumerate(self._attempt.marks, 1)
            )

    def _facts(self) -> list[tuple[str, str]]:
        attempt, kept = self._attempt, self._kept
        facts = [(_("得点"), self._points())]
        if kept is not None:
            facts = [(field_label("trainee"), kept.trainee), (_("終了日時"), local_time(kept.ended)), *facts]
        if attempt.mode is not Mode.TEST:
            facts.append((_("1回で正解"), f"{attempt.first_try} / {len(attempt.tasks)}"))
            facts.append((_("ヒント"), _("{count}回").format(count=attempt.hints)))
        return [*facts, (_("所要時間"), duration(attempt.seconds))]

    def _points(self) -> str:
        """How many there are, and how many pass, as long as that is known."""
        said = _("{points} / {possible} 点 ({share}%)")
        attempt = self._attempt
        numbers = {"points": attempt.points, "possible": attempt.possible, "share": attempt.share}
        if self._scenario is not None:
            said = _("{points} / {possible} 点 ({share}%、合格は {mark}% から)")
            numbers["mark"] = self._scenario.exam.pass_mark
        return said.format(**numbers)

    def _next(self) -> str:
        attempt, id = self._attempt, self._attempt.scenario
        if attempt.mode is Mode.TEST and attempt.passed and self._following is not None:
            said = _("次のレッスン「{title}」: レッスンの一覧、または {command}")
            return said.format(title=self._following.title, command=f"stellr lesson guide {self._following.id}")
        if attempt.passed and attempt.mode is Mode.GUIDE:
            return _("次は試験です: レッスンの一覧、または {command}").format(command=f"stellr lesson test {id}")
        if attempt.passed:
            return _("すべてのレッスンが終わりました。")
        return _("もう一度: レッスンの一覧、または {command}").format(command=f"stellr lesson guide {id}")


def duration(seconds: float) -> str:
    """A time in minutes and seconds."""
    minutes, rest = divmod(round(seconds), _MINUTE)
    return _("{minutes}分{seconds}秒").format(minutes=minutes, seconds=rest)


def _columns() -> list[Column]:
    return [
        Column(_("ステップ"), 30, 0),
        Column(_("結果"), 16, 1),
        Column(_("得点"), 7, 2, right=True),
    ]


def _points(mark: Mark) -> str:
    return f"{mark.points}/{mark.possible}" if mark.possible else "-"


def _judgement(mark: Mark, name: str) -> Content:
    """One thing that had to be true: right, or wrong and what was true instead."""
    said = _("正") if mark.right else _("誤")
    style = "$text-success bold" if mark.right else "$text-error bold"
    points = _("{points} / {possible} 点").format(points=mark.points, possible=mark.possible)
    lines = [Content.assemble((f"[{said}]", style), f" {name}  {points}")]
    if mark.instead:
        lines.append(Content(_("実際: {instead}").format(instead=mark.instead)))
    return Content("\n").join(lines)
