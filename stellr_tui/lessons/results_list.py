"""The attempts as a list for spreadsheets, a row each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from stellr_tui.lessons.records import Kept
from stellr_tui.lessons.report import local_time, mode_label, title_of, verdict
from stellr_tui.lessons.scenario import Scenario
from stellr_tui.reference.csv_text import Cell
from stellr_tui.reference.sheet_files import Heading
from stellr_tui.reference.texts import _


def headings() -> tuple[Heading, ...]:
    """What stands above the columns, in the language spoken now."""
    return (
        Heading(_("受講者"), 16),
        Heading(_("レッスン"), 18),
        Heading(_("題名"), 36),
        Heading(_("種類"), 8),
        Heading(_("開始日時"), 18),
        Heading(_("終了日時"), 18),
        Heading(_("ステップ"), 10),
        Heading(_("1回で正解"), 10),
        Heading(_("ヒント"), 8),
        Heading(_("時間（秒）"), 10),
        Heading(_("点数"), 8),
        Heading(_("満点"), 8),
        Heading(_("得点率（%）"), 12),
        Heading(_("結果"), 8),
        Heading(_("途中終了の理由"), 40),
        Heading(_("記録番号"), 36),
    )


def rows(found: Iterable[Kept], scenarios: Mapping[str, Scenario]) -> Iterator[Sequence[Cell]]:
    """How each attempt went. A step that is only read is none."""
    for one in found:
        attempt = one.attempt
        yield (
            one.trainee,
            attempt.scenario,
            title_of(attempt.scenario, scenarios.get(attempt.scenario)),
            mode_label(attempt.mode),
            local_time(one.begun),
            local_time(one.ended),
            len(attempt.tasks),
            attempt.first_try,
            attempt.hints,
            round(attempt.seconds),
            attempt.points,
            attempt.possible,
            attempt.share,
            verdict(attempt),
            attempt.lost,
            str(one.id),
        )
