"""Many orders from one sheet: what is good and bad of it, a cell mended where it stands, and then all or nothing."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Button, DataTable, Input

from screens.confirm import Confirm
from screens.mend_row import MendRow
from screens.save_file import SaveFile
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.order_import import Checked, Imported, check_orders, import_orders
from stellr_tui.desk.order_sheet import OrderRow, cell_at, read_order_sheet, write_order_template
from stellr_tui.reference.field_labels import field_label
from stellr_tui.reference.new_file import suggested_path
from stellr_tui.reference.sentences import sentence
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules import money
from stellr_tui.rules.findings import Finding
from stellr_tui.widgets.form import Form, TextField
from stellr_tui.widgets.names_keys import NamesKeys
from stellr_tui.widgets.page import Page
from stellr_tui.widgets.rows import Column, Rows
from stellr_tui.widgets.words import Words

_SHEET = "sheet"

Findings = Mapping[int, Sequence[Finding]]


class ImportOrdersPage(Page, NamesKeys):
    """シートからオーダー: a file is chosen, its rows are checked by every rule, mended, and sent all at once."""

    CSS_PATH = "import_orders.tcss"
    area = "home"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+o", "choose", N_("ファイル"), id="import.choose"),
        Binding("ctrl+s", "check", N_("確認"), id="import.check"),
        Binding("ctrl+x", "send", N_("すべて送信"), id="import.send"),
        Binding("ctrl+t", "template", N_("空のシート"), id="import.template"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[int, OrderRow] = {}
        self._wrong: Findings = {}
        self._unusual: Findings = {}
        self._tried: Imported | None = None
        self._sent: Imported | None = None
        self._is_mended = False
        self._is_unchecked = False

    def crumbs(self) -> Sequence[str]:
        return ["ECNex", "StreamOne Stellr", _("ホーム"), _("シートからオーダー")]

    def compose_page(self) -> Iterable[Widget]:
        placeholder = _("CSVかExcelのファイル。Enter で読み込みます")
        yield Form(TextField("file", field_label("file"), required=True, placeholder=placeholder), id="sheet-form")
        yield Words(id="import-words")
        yield Rows(_columns(), id="import-rows")
        with VerticalScroll(id="mend", can_focus=False):
            yield MendRow()

    def compose_actions(self) -> Iterable[Button]:
        yield Button(_("確認"), id="check", compact=True, action="screen.check")
        yield Button(_("すべて送信"), id="send", compact=True, variant="primary", action="screen.send")
        yield Button(_("空のシート"), id="template", compact=True, action="screen.template")

    def load(self) -> None:
        """Begin at the file, or with the sheet that was left here."""
        kept = self.workplace.typed.get((self.typed_key(), _SHEET), {})
        if rows := kept.get("rows", ""):
            self._take([OrderRow(number, cells) for number, cells in json.loads(rows)], is_mended=bool(kept["mended"]))
        else:
            self._show()
            self.query_one("#file").focus()

    def has_unsaved(self) -> bool:
        """A file is read again in a moment; what was mended of it is not."""
        return not self._sent and (self._is_mended or self.query_one(MendRow).mended() is not None)

    def remember(self) -> None:
        """Keep the sheet as it has been mended, for when one comes back; what was sent is done with."""
        super().remember()
        self._gather()
        rows = [] if self._sent else [(row.number, dict(row.cells)) for row in self._rows.values()]
        mended = "mended" if self._is_mended else ""
        self.workplace.typed[self.typed_key(), _SHEET] = {"rows": json.dumps(rows) if rows else "", "mended": mended}

    # The file.

    def action_choose(self) -> None:
        """To the file."""
        self.query_one("#file").focus()

    @on(Input.Submitted, "#file")
    def _chosen(self, event: Input.Submitted) -> None:
        event.stop()
        self._read(event.value)

    @work
    async def _read(self, file: str) -> None:
        """Read a sheet, in place of another one; what was mended there is not lost unasked."""
        lost = _("このシートで修正した内容は失われます。別のファイルを読み込みますか?")
        if self._is_mended and not await self.app.push_screen_wait(Confirm(lost, _("読み込む"))):
            self.query_one("#file").focus()
            return
        self.ask(
            lambda _desk: read_order_sheet(file),
            lambda rows: self._take(rows, is_mended=False),
            refused=self._not_read,
            about="sheet",
        )

    def _not_read(self, findings: tuple[Finding, ...]) -> None:
        """Say at the file why it is no sheet of orders; the sheet that was read before stays."""
        self.query_one("#sheet-form", Form).show_findings(findings)

    def _take(self, rows: Sequence[OrderRow], *, is_mended: bool) -> None:
        """Show another sheet."""
        self.query_one("#sheet-form", Form).clear_findings()
        self._rows = {row.number: row for row in rows}
        self._wrong, self._unusual, self._tried, self._sent = {}, {}, None, None
        self._is_mended, self._is_unchecked = is_mended, False
        self.query_one(MendRow).show(None)
        self._show()
        if self._rows:
            self._check_and_show()

    # What the rules say of it.

    def action_check(self) -> None:
        """A dry run of the whole sheet, as it now stands; it leads to the first row that is wrong."""
        if not self._rows:
            self._read(self.query_one("#file", Input).value)
            return
        self._gather()
        self._check_and_show()

    def _check_and_show(self) -> None:
        self._check(then_first=True)
        self.query_one(Rows).focus()

    def _check(self, *, then_first: bool = False) -> None:
        if not self._rows or self._sent:
            return
        rows, user = list(self._rows.values()), self.workplace.user
        self._tried = None
        self._is_unchecked = False
        self.query_one("#import-words", Words).update(_("すべてのルールで確認しています。"))
        self.ask(
            lambda desk: check_orders(desk, user, rows),
            lambda checked: self._checked(checked, then_first=then_first),
            about="check",
            latest_only=True,
        )

    def _checked(self, checked: Checked, *, then_first: bool = False) -> None:
        if self._sent:
            return
        self._tried = checked.imported
        self._wrong = _by_row(checked.findings)
        self._unusual = _by_row(checked.imported.warnings if checked.imported else ())
        self._show()
        if then_first:
            self.query_one(Rows).move_cursor(row=0)

    def name_keys(self) -> None:
        self.query_one("#import-words", Words).update(self._words())

    def _show(self) -> None:
        """The rows, those that are wrong first; and what is to be said of the whole sheet."""
        rows = self.query_one(Rows)
        rows.display = bool(self._rows)
        first_wrong = sorted(self._rows.values(), key=lambda row: (row.number not in self._wrong, row.number))
        rows.fill((str(row.number), self._cells(row)) for row in first_wrong)
        self.query_one("#import-words", Words).update(self._words())
        self.query_one("#import-words").set_class(bool(self._wrong), "warning")
        self._show_row()

    def _cells(self, row: OrderRow) -> Sequence[str]:
        state, said = self._standing(row)
        words = _("{number}行目 {state}: {said}") if said else _("{number}行目 {state}")
        customer = row.cell("customer_number") or row.cell("company")
        shown = words.format(number=row.number, state=state, said=said)
        return [shown, row.cell("po_number"), customer, row.cell("sku"), row.cell("seats")]

    def _standing(self, row: OrderRow) -> tuple[str, str]:
        """What is to be said of a row, in a word and in full."""
        if wrong := self._wrong.get(row.number):
            return _("誤り"), _sentences(wrong)
        done = self._sent or self._tried
        order = next((one for one in done.orders if row.number in one.rows), None) if done else None
        if order is None:
            return _("確認前") if self._tried is None and not self._wrong else _("誤りなし"), ""
        numbers = ", ".join(str(one.contract_number) for one in order.answer.contracts if one.contract_number)
        contracts = _("契約番号 {contracts}").format(contracts=numbers) if numbers else ""
        if order.is_again:
            return _("取り込み済み"), contracts
        if self._sent:
            return _("送信済"), contracts
        if unusual := self._unusual.get(row.number):
            return _("注意"), _sentences(unusual)
        return _("誤りなし"), ""

    def _words(self) -> str:
        if self._sent:
            return _("送信しました: {what}").format(what=_total(self._sent))
        if not self._rows:
            return _(
                "1行が1つの商品です。同じ発注番号の行は1つのオーダーになります。"
                "顧客番号か、新しいエンドユーザーの列のどちらかを書きます。空のシートは {key} で保存できます。"
            ).format(key=self.cap("import.template"))
        if self._wrong:
            words = _("{rows}行のうち{wrong}行に誤りがあります。直すまで何も送信できません。Enter で行を修正します。")
            return words.format(rows=len(self._rows), wrong=len(self._wrong))
        if self._tried:
            return _("送信できます: {what}").format(what=_total(self._tried))
        return _("{rows}行").format(rows=len(self._rows))

    # A row.

    @on(DataTable.RowHighlighted)
    def _show_row(self) -> None:
        """What is wrong with the row under the cursor, with its cells to be mended."""
        self._gather()
        number = int(self.query_one(Rows).current or 0)
        row = None if self._sent else self._rows.get(number)
        self.query_one(MendRow).show(row, self._wrong.get(number, ()), self._unusual.get(number, ()))

    @on(DataTable.RowSelected)
    def _mend(self) -> None:
        mend = self.query_one(MendRow)
        if mend.row is not None:
            mend.show_all()
            mend.call_after_refresh(mend.focus_first)

    def _gather(self) -> None:
        """Take what was typed into the row that is shown."""
        mend = self.query_one(MendRow)
        row = mend.mended()
        if row is not None and not self._sent:
            self._rows[row.number] = mend.row = row
            self._is_mended = self._is_unchecked = True

    def remark(self, form: Form) -> None:
        """A cell was left: what was mended is checked."""
        self._check_mended()

    def _check_mended(self) -> None:
        self._gather()
        if self._is_unchecked:
            self._check()

    @on(MendRow.Done)
    def _done(self) -> None:
        """Behind the last field of a row one goes on among the rows."""
        self._check_mended()
        self.query_one(Rows).focus()

    # All or nothing.

    @work
    async def action_send(self) -> None:
        """送信 of the whole sheet, once it has been asked."""
        self._gather()
        if self._is_unchecked or self._wrong or self._tried is None:
            # Nothing is sent that has not been seen as it now stands.
            self.action_check()
            return
        rows, user = list(self._rows.values()), self.workplace.user
        question = _("すべて送信しますか? {what}").format(what=_total(self._tried))
        if await self.app.push_screen_wait(Confirm(question, _("すべて送信"))):
            self.ask(
                lambda desk: import_orders(desk, user, rows),
                self._went,
                refused=lambda findings: self._checked(Checked(None, findings), then_first=True),
                about="import",
            )

    def _went(self, imported: Imported) -> None:
        self._sent, self._is_mended = imported, False
        self._wrong, self._unusual = {}, {}
        self._show()
        self.query_one(Rows).focus()

    def action_template(self) -> None:
        """Save an empty sheet."""

        def saved(path: Path | None) -> None:
            if path is not None:
                self.notify(_("空のシートを {path} に書き込みました。").format(path=path), markup=False)

        self.app.push_screen(SaveTemplate(_("空のシート"), suggested_path("stellr-orders.xlsx")), saved)


class SaveTemplate(SaveFile[Path]):
    """An empty sheet of orders. Gives where it was saved."""

    def saving(self, file: str) -> Callable[[Desk], Path]:
        return lambda _desk: write_order_template(file)


def _total(imported: Imported) -> str:
    """What an import brings, and when it is delivered; what was there before is told apart."""
    new = [one for one in imported.orders if not one.is_again]
    contracts = [contract for one in new for contract in one.answer.contracts]
    told = _("{orders}件のオーダー、{rows}行、合計 {total}").format(
        orders=len(new), rows=sum(len(one.rows) for one in new), total=money.yen(sum(one.amount for one in contracts))
    )
    if contracts:
        days = ", ".join(sorted({one.delivered_on.isoformat() for one in contracts}))
        told = _("{what}、納品 {days}").format(what=told, days=days)
    again = len(imported.orders) - len(new)
    return _("{what} (ほか{again}件は取り込み済み)").format(what=told, again=again) if again else told


def _by_row(findings: Iterable[Finding]) -> Findings:
    rows: dict[int, list[Finding]] = defaultdict(list)
    for one in findings:
        rows[cell_at(one.field)[0]].append(one)
    return dict(rows)


def _sentences(findings: Iterable[Finding]) -> str:
    return " ".join(sentence(one.at(cell_at(one.field)[1])) for one in findings)


def _columns() -> Sequence[Column]:
    return (
        Column(_("行と状態"), 40, 0),
        Column(_("発注番号"), 16, 1),
        Column(_("エンドユーザー"), 18, 1),
        Column(_("SKU番号"), 9, 2),
        Column(_("数量"), 6, 2, right=True),
    )
