"""実績の推移: orders and seats over time, as a chart and as the numbers that it shows."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.figures import MonthFigures, figures_by_month
from stellr_tui.reference.texts import N_, _
from stellr_tui.widgets.page_tab import PageTab
from stellr_tui.widgets.rows import Column, Rows
from stellr_tui.widgets.words import Words


class FiguresTab(PageTab):
    """実績の推移."""

    heading = N_("実績の推移")
    tab_id = "tab-figures"

    def compose(self) -> ComposeResult:
        yield Words(id="figures-words", classes="note")
        with Horizontal(id="figures"):
            yield Vertical(id="charts")
            yield Rows(_columns(), id="figures-table")

    def load(self) -> None:
        self.ask(self._read, self._show, about="figures")

    def _read(self, desk: Desk) -> Sequence[MonthFigures]:
        # A chart needs numpy: the first screen does not wait for it, nor does this one stand still meanwhile.
        import stellr_tui.widgets.bars  # noqa: F401

        return figures_by_month(desk, self.workplace.user)

    async def _show(self, figures: Sequence[MonthFigures]) -> None:
        words = _("まだオーダーがありません。オーダーを作成すると、月ごとのオーダー数とシート数を表示します。")
        if figures:
            words = _("シート: 納品済みで終了前。オーダー: 破棄を除くPO。今月は {day} まで。")
            words = words.format(day=figures[-1].until)
        self.query_one("#figures-words", Words).update(words)
        self.query_one("#figures").display = bool(figures)
        if not figures:
            return
        self.query_one("#figures-table", Rows).fill(_row(one) for one in reversed(figures))
        await self._draw(figures)

    async def _draw(self, figures: Sequence[MonthFigures]) -> None:
        from stellr_tui.widgets.bars import Bars

        charts = self.query_one("#charts")
        if not charts.children:
            await charts.mount(
                Words(_("シート数 (月末)"), classes="section"),
                Bars(id="chart-seats", colour="primary"),
                Words(_("オーダー数 (月)"), classes="section"),
                Bars(id="chart-orders", colour="accent"),
            )
        months = [f"{one.month:%y-%m}" for one in figures]
        self.query_one("#chart-seats", Bars).show(months, [one.seats for one in figures])
        self.query_one("#chart-orders", Bars).show(months, [one.orders for one in figures])


def _row(one: MonthFigures) -> tuple[str, Sequence[str]]:
    month = f"{one.month:%Y-%m}"
    return month, [month, str(one.orders), str(one.seats)]


def _columns() -> Sequence[Column]:
    return (
        Column(_("年月"), 8, 0),
        Column(_("オーダー"), 8, 1, right=True),
        Column(_("シート"), 8, 2, right=True),
    )
