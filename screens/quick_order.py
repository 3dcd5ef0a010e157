"""クイックオーダー: an order in one line, with what it means and leads to below it while one types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList
from textual.widgets.option_list import Option

from stellr_tui.desk.end_users import EndUser
from stellr_tui.desk.orders import Order
from stellr_tui.desk.quick_line import Part
from stellr_tui.desk.quick_order import Foreseen, Repeated, foresee_quick_order, place_quick_order, same_again
from stellr_tui.reference.catalog import Product
from stellr_tui.reference.field_labels import field_label
from stellr_tui.reference.labels import price
from stellr_tui.reference.sentences import sentence
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules import money
from stellr_tui.rules.findings import Finding, Reason
from stellr_tui.widgets.dialog import Dialog
from stellr_tui.widgets.facts import Facts
from stellr_tui.widgets.form import TextField
from stellr_tui.widgets.words import Words

KEPT = "quick-order"


class QuickOrderDialog(Dialog[Order]):
    """The line, what its parts could mean, and what ordering it would lead to. Gives the PO once it is placed."""

    CSS_PATH = "quick_order.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "take", N_("候補を入力"), id="quick-order.take", show=False, priority=True),
        Binding("up", "walk(-1)", N_("前の候補"), id="quick-order.up", show=False),
        Binding("down", "walk(1)", N_("次の候補"), id="quick-order.down", show=False),
        Binding("ctrl+n", "new_end_user", N_("＋ 新規エンドユーザー"), id="quick-order.new-end-user", show=False),
    ]

    def __init__(self, like_contract: int | None = None) -> None:
        """like_contract: a contract whose order is to be repeated."""
        super().__init__()
        self._like_contract = like_contract
        self._like: int | None = None
        self._foreseen: Foreseen | None = None
        self._foreseen_for: str | None = None
        self._warned_for: str | None = None
        self._offered: tuple[Part | None, Sequence[str]] = (None, ())

    def title_text(self) -> str:
        return _("クイックオーダー")

    def compose_dialog(self) -> Iterable[Widget]:
        example = _("例: 159813 6900990 x5 PO-1、テスト 年額 x5 PO-1")
        yield TextField("quick_line", field_label("quick_line"), placeholder=example)
        yield OptionList(id="quick-candidates", compact=True)
        yield Words(id="quick-findings")
        yield Words(id="quick-unknown", classes="note")
        yield Words(id="quick-warnings")
        yield Facts(id="quick-preview")
        yield Words(
            _(
                "エンドユーザー、商品、数量、発注番号の順に入力します。Tabで候補を入力。"
                "EnterでPOを作成し、プロビジョニングの確認へ進みます。そこで「送信」を押すまで、オーダーは完了しません。"
            ),
            classes="note",
        )

    def compose_buttons(self) -> Iterable[Button]:
        yield Button(_("POを作成して確認へ"), id="place-quick-order", compact=True, variant="primary")
        yield Button(_("キャンセル"), id="cancel", compact=True, action="screen.leave")

    def on_mount(self) -> None:
        """Begin with what is to be repeated, or with what was typed here before: typing replaces it."""
        self.query_one("#quick-candidates").display = False
        self.query_one("#quick-unknown").display = False
        self._line.focus()
        if self._like_contract is None:
            self._line.propose(self.workplace.typed.get(KEPT, {}).get("line", ""))
        else:
            number = self._like_contract
            self.ask(lambda desk: same_again(desk, self.workplace.user, number), self._repeat, about="same-again")

    def has_unsaved(self) -> bool:
        return self._line.is_typed

    @property
    def _line(self) -> TextField:
        return self.query_one(TextField)

    def _repeat(self, repeated: Repeated) -> None:
        self._like = repeated.order_id
        self._line.value = self._line.began_with = f"{repeated.line} "

    @on(Input.Changed, "#quick-line")
    def _follow(self) -> None:
        self._foresee()

    def _foresee(self, then: str = "") -> None:
        """Ask what the line means; `then` take the candidate, or place the order, as if one had waited to press it."""
        line, pattern, like = self._line.value, self.workplace.settings.po_pattern, self._like
        self.ask(
            lambda desk: foresee_quick_order(desk, self.workplace.user, line, pattern=pattern, like=like),
            lambda foreseen: self._show(line, foreseen, then),
            about="entered" if then else "foresee",
            latest_only=not then,
        )

    def _show(self, line: str, foreseen: Foreseen, then: str) -> None:
        if line != self._line.value:
            return
        self._foreseen, self._foreseen_for = foreseen, line
        self._show_findings([one for one in foreseen.findings if one.reason is not Reason.REQUIRED])
        self._show_warnings(foreseen.warnings)
        self.query_one("#quick-preview", Facts).show(_facts(foreseen))
        self._offer(foreseen)
        self._offer_new_end_user(foreseen)
        if then == "new-end-user":
            self._add_end_user(foreseen)
        elif then == "take":
            self._take()
        elif then == "place":
            self._go_on()

    def _show_findings(self, findings: Sequence[Finding]) -> None:
        words = self.query_one("#quick-findings", Words)
        words.update("\n".join(_("エラー：") + sentence(one) for one in findings))
        words.display = bool(findings)

    def _show_warnings(self, warnings: Sequence[Finding]) -> None:
        """What is unusual; also when it is answered once more, that Enter has been stopped at it and goes on now."""
        said = [_("注意：") + sentence(one) for one in warnings]
        if self._warned_for == self._foreseen_for:
            said.append(_("このまま進むには、もう一度Enterを押します。"))
        words = self.query_one("#quick-warnings", Words)
        words.update("\n".join(said))
        words.display = bool(warnings)

    def _offer_new_end_user(self, foreseen: Foreseen) -> None:
        """Whom nobody knows yet can be added from here."""
        words = self.query_one("#quick-unknown", Words)
        words.display = any(one.reason is Reason.NOBODY_FOUND for one in foreseen.findings)
        said = _("{key} で新規エンドユーザーを追加し、このオーダーを続けます。")
        words.update(said.format(key=self.workplace.cap("quick-order.new-end-user")))

    def _offer(self, foreseen: Foreseen) -> None:
        """List what the part at the cursor could mean, else what is not clear or not there yet."""
        part, keys, words = self._choices(foreseen)
        self._offered = (part, keys)
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(Option(Content(one)) for one in words)
        options.highlighted = 0 if words else None
        options.display = bool(words)

    def _choices(self, foreseen: Foreseen) -> tuple[Part | None, Sequence[str], Sequence[str]]:
        read = foreseen.read
        here = read.at(self._line.input.cursor_position)
        customer = (read.customer, *_end_users(foreseen.customers))
        items = [(item.product, *_products(found)) for item, found in zip(read.items, foreseen.products, strict=True)]
        for part, keys, words in (customer, *items):
            if part and part == here and list(keys) != [part.text]:
                return part, keys, words
        for part, keys, words in (customer, *items):
            if part and len(keys) > 1:
                return part, keys, words
        if read.customer and not read.items:
            desk = self.workplace.desk()
            return None, *_products([product for vendor in desk.catalog.vendors for product in vendor.products])
        return None, (), ()

    def action_walk(self, direction: int) -> None:
        """To the candidate above or below."""
        options = self.query_one(OptionList)
        if direction > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def action_new_end_user(self) -> None:
        """＋: the form of a new end user, with the name from the line where nobody has it."""
        if self._foreseen and self._foreseen_for == self._line.value:
            self._add_end_user(self._foreseen)
        else:
            self._foresee("new-end-user")

    @work
    async def _add_end_user(self, foreseen: Foreseen) -> None:
        """Whoever was added stands in the line in place of the name, or in front of it where there was none."""
        from screens.new_end_user import NewEndUserScreen

        named = foreseen.read.customer
        is_new = named is not None and not foreseen.customers and not named.text.isdecimal()
        added = await self.app.push_screen_wait(NewEndUserScreen(named.text if named and is_new else ""))
        if added is not None:
            line = self._line.value
            start, end = (named.start, named.end) if named else (0, 0)
            behind = line[end:].lstrip()
            self._line.value = f"{line[:start]}{added.number} {behind}"

    def action_take(self) -> None:
        """Put the candidate in place of what is typed; without one go on to the buttons."""
        if self._line.input.has_focus:
            # With its priority the key is here before what was typed in front of it has come into the line.
            self._line.input.call_later(self._take_for_what_is_typed)
        else:
            self.focus_next()

    def _take_for_what_is_typed(self) -> None:
        if self._foreseen_for == self._line.value and not self._offered[1]:
            self.focus_next()
        elif self._foreseen_for == self._line.value:
            self._take()
        else:
            self._foresee("take")

    @on(OptionList.OptionSelected)
    def _take_selected(self) -> None:
        self._take()
        self._line.focus()

    def _take(self) -> None:
        part, keys = self._offered
        at = self.query_one(OptionList).highlighted
        if at is None:
            return
        line = self._line.value
        start, end = (part.start, part.end) if part else (len(line.rstrip()), len(line))
        before, behind = line[:start], line[end:].lstrip()
        before += "" if part or not before else " "
        taken = f"{before}{keys[at]} "
        self._line.value = taken + behind
        self._line.input.cursor_position = len(taken)

    @on(Input.Submitted, "#quick-line")
    @on(Button.Pressed, "#place-quick-order")
    def _enter(self) -> None:
        if self._foreseen_for == self._line.value:
            self._go_on()
        else:
            self._foresee("place")

    def _go_on(self) -> None:
        """Place the order that is shown; where it is not clear yet take the candidate, or say what is missing.

        What is unusual stops the first Enter, however long it was shown: a quick hand has not read it.
        """
        foreseen = self._foreseen
        if foreseen is None:
            return
        if foreseen.order and foreseen.warnings and self._warned_for != self._foreseen_for:
            self._warned_for = self._foreseen_for
            self._show_warnings(foreseen.warnings)
        elif order := foreseen.order:
            self.ask(
                lambda desk: place_quick_order(desk, self.workplace.user, order),
                self._placed,
                refused=self._show_findings,
                about="place",
            )
        elif any(one.reason is Reason.SEVERAL_MATCH for one in foreseen.findings) and self._offered[1]:
            self._take()
        else:
            self._show_findings(foreseen.findings)

    def _placed(self, order: Order) -> None:
        self.workplace.typed.pop(KEPT, None)
        self.dismiss(order)

    def action_leave(self) -> None:
        """Nothing has been made; what was typed comes back with the dialog. It is too late while the PO is placed."""
        if not self.is_asking("place"):
            if self._like is None:
                self.workplace.typed[KEPT] = {"line": self._line.value}
                self.dismiss(None)
            else:
                self.leave()


def _end_users(found: Iterable[EndUser]) -> tuple[Sequence[str], Sequence[str]]:
    found = list(found)
    return (
        [str(one.number) for one in found],
        [f"{one}  {one.contacts[0].name}  {one.contacts[0].phone}" for one in found],
    )


def _products(found: Iterable[Product]) -> tuple[Sequence[str], Sequence[str]]:
    found = list(found)
    return [one.sku for one in found], [f"{one.sku}  {one.name}" for one in found]


def _facts(foreseen: Foreseen) -> list[tuple[str, str]]:
    facts = []
    if foreseen.customer and foreseen.location and foreseen.contact:
        facts.append((field_label("customer"), f"{foreseen.customer}  {foreseen.contact.name}"))
        facts.append((field_label("location"), str(foreseen.location)))
    for line in foreseen.lines:
        facts.append((field_label("lines"), f"{line.product.sku}  {line.product.name}"))
        words = _("{price} x {seats} = {amount}")
        unit = price(line.unit_price, sample=line.product.sample)
        facts.append((field_label("seats"), words.format(price=unit, seats=line.seats, amount=money.yen(line.amount))))
    if foreseen.lines:
        facts.append((_("合計金額"), _("{amount} (税抜)").format(amount=money.yen(foreseen.total))))
    if foreseen.po_number:
        proposed = _("{number} (提案)") if foreseen.is_po_proposed else "{number}"
        facts.append((field_label("po_number"), proposed.format(number=foreseen.po_number)))
    if foreseen.dates:
        one = foreseen.dates[0]
        words = _("{delivered} 納品、{billing} 課金開始")
        facts.append((_("今日送信すると"), words.format(delivered=one.delivered_on, billing=one.billing_starts_on)))
    return facts
