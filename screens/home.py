"""StreamOne Stellr トップ画面: the vendors as tiles, the orders that wait, and those that are half entered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.widget import Widget
from textual.widgets import Button, DataTable

from screens.confirm import Confirm
from stellr_tui.desk.actions import Actions, actions_needed
from stellr_tui.desk.clock import TOKYO
from stellr_tui.desk.drafts import Draft, TakenUp
from stellr_tui.reference.catalog import Vendor
from stellr_tui.reference.labels import draft_customer, draft_products
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules import money
from stellr_tui.rules.findings import Finding
from stellr_tui.widgets.in_sight import bring_into_sight
from stellr_tui.widgets.order_in_hand import vendor_typed_in
from stellr_tui.widgets.page import Page
from stellr_tui.widgets.places import ImportOrders, NewOrder, Results, VendorCatalog, VendorPage
from stellr_tui.widgets.rows import Column, Rows
from stellr_tui.widgets.tiles import Tile, Tiles
from stellr_tui.widgets.words import Words, relabel


class HomePage(Page):
    """ホーム."""

    CSS_PATH = "home.tcss"
    area = "home"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+o", "import_orders", N_("シートからオーダー"), id="home.import-orders"),
        Binding("ctrl+g", "go_on", N_("続ける"), id="home.go-on"),
        Binding("delete", "throw_away", N_("破棄"), id="home.throw-away"),
        Binding("ctrl+n", "new_order", N_("新しいオーダー"), id="home.new-order"),
    ]

    _drafts: Sequence[Draft] = ()
    _is_acted_on = False
    _stood: tuple[Region, Region, Size] | None = None
    """Where the tile one begins at was on the page, however far that is scrolled, and how much of it can be seen."""

    def crumbs(self) -> Sequence[str]:
        return ["ECNex", "StreamOne Stellr", _("ホーム")]

    def compose_page(self) -> Iterable[Widget]:
        waiting = Button("", id="waiting", compact=True, variant="warning")
        waiting.display = False
        yield waiting
        title = Words(_("書きかけのオーダー"), id="drafts-title", classes="section")
        rows = Rows(_columns(), id="drafts")
        title.display = rows.display = False
        yield title
        yield rows
        yield Words(_("ベンダーを選んでください。"), id="choose-vendor")

    def on_mount(self) -> None:
        """What one begins at stays in sight while drafts and vendors come, each of which moves the other."""
        self.screen_layout_refresh_signal.subscribe(self, self._stay_in_sight)

    def begin(self) -> None:
        super().begin()
        self._is_acted_on = True

    def _stay_in_sight(self, _laid_out: object) -> None:
        """Only where the page has moved it: what somebody else has scrolled to, as a lesson does, stays there."""
        if isinstance(self.focused, Tile) and not self._is_acted_on and not self.is_as_left:
            stands = (
                self.focused.virtual_region,
                self.query_one("#tiles").virtual_region,
                self.query_one("#page").size,
            )
            if stands != self._stood:
                self._stood = stands
                bring_into_sight(self.focused)

    def load(self) -> None:
        self.ask(lambda desk: desk.catalog.vendors, self._show_vendors, about="vendors")
        self.ask(lambda desk: actions_needed(desk, self.workplace.user), self._show_waiting, about="waiting")
        self._read_drafts()

    def _read_drafts(self) -> None:
        order = self.workplace.order
        self.ask(lambda desk: order.drafts(desk, self.workplace.user), self._show_drafts, about="drafts")

    def _show_drafts(self, drafts: Sequence[Draft]) -> None:
        self._drafts = drafts
        rows = self.query_one("#drafts", Rows)
        if not drafts and rows.has_focus:
            self.focus_next()
        rows.display = self.query_one("#drafts-title").display = bool(drafts)
        rows.fill((str(one.id), _cells(one)) for one in drafts)
        self.refresh_bindings()
        if self.focused is not None and not isinstance(self.focused, Tile):
            return
        if any(one.set_aside and one.id != self.workplace.order.draft for one in drafts):
            # What was left half entered is what one comes back for.
            rows.focus()
        elif self.focused is not None and not self.is_as_left:
            # The list has moved it, and may have moved it out of sight.
            self.keep_in_sight(self.focused)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is done with drafts only where there are any."""
        if action in ("go_on", "throw_away", "new_order"):
            return bool(self._drafts)
        return super().check_action(action, parameters)

    @on(DataTable.RowSelected, "#drafts")
    def _go_on_with_selected(self) -> None:
        self.action_go_on()

    def action_go_on(self) -> None:
        """Go on with the draft under the cursor."""
        if (draft := self._draft) is not None:
            order = self.workplace.order
            self.ask(
                lambda desk: order.take_up(desk, self.workplace.user, draft.id),
                self._taken_up,
                refused=self._is_gone,
                about="take-up",
            )

    def _taken_up(self, taken: TakenUp) -> None:
        self.workplace.begin_order(taken.typed)
        vendor = None if taken.cart.lines else vendor_typed_in(taken.typed)
        self.workplace.go(VendorPage(vendor) if vendor else NewOrder())

    @work
    async def action_throw_away(self) -> None:
        """Throw the draft under the cursor away, after asking."""
        if (draft := self._draft) is None:
            return
        question = _("書きかけのオーダー ({what}) を破棄します。よろしいですか。").format(
            what=", ".join(
                part
                for part in (
                    draft_customer(draft.customer_number, draft.company),
                    _products(draft),
                    money.yen(draft.total),
                )
                if part
            )
        )
        if await self.app.push_screen_wait(Confirm(question, _("破棄する"))):
            order = self.workplace.order
            self.ask(
                lambda desk: order.throw_away(desk, self.workplace.user, draft.id),
                self._thrown_away,
                refused=self._is_gone,
                about="throw-away",
            )

    def _thrown_away(self, was_in_hand: bool) -> None:
        if was_in_hand:
            self.workplace.begin_order()
        self._read_drafts()

    def _is_gone(self, findings: tuple[Finding, ...]) -> None:
        """It was ordered or thrown away elsewhere."""
        self.show_refusal(findings)
        self._read_drafts()

    def action_new_order(self) -> None:
        """Begin another order; the one in hand waits among the drafts."""
        order = self.workplace.order
        self.ask(lambda desk: order.set_aside(desk, self.workplace.user), self._begin, about="set-aside")

    def _begin(self, _none: None) -> None:
        self.workplace.begin_order()
        self.workplace.go(VendorCatalog())

    @property
    def _draft(self) -> Draft | None:
        current = self.query_one("#drafts", Rows).current
        return next((one for one in self._drafts if str(one.id) == current), None)

    async def _show_vendors(self, vendors: Sequence[Vendor]) -> None:
        tiles = [Tile(one.name, id=f"vendor-{one.code}", note=one.note) for one in vendors]
        await self.query_one("#page").mount(Tiles(tiles, id="tiles"))
        # The vendors that something can be ordered from come first under the fingers.
        ready = [tile for tile, one in zip(tiles, vendors, strict=True) if one.products]
        for tile in (ready or tiles)[:1]:
            if self.focused is None:
                tile.focus()

    def _show_waiting(self, actions: Actions) -> None:
        button = self.query_one("#waiting", Button)
        button.display = bool(actions.total)
        if actions.orders:
            words = _("必要なアクション: {count}件がプロビジョニング待ち。次の締切は{day}、あと{days}日")
            if actions.others:
                words = _("必要なアクション: {count}件がプロビジョニング待ち (締切{day}、あと{days}日)、ほか{others}件")
        else:
            words = _("必要なアクション: {others}件")
        words = words.format(count=actions.orders, day=actions.cutoff_on, days=actions.days_left, others=actions.others)
        relabel(button, words)

    @on(Button.Pressed, "#waiting")
    def _see_waiting(self) -> None:
        self.workplace.go(Results("tab-waiting"))

    def action_import_orders(self) -> None:
        """Many orders from one sheet."""
        self.workplace.go(ImportOrders())

    @on(Button.Pressed, "Tile")
    def _open_vendor(self, event: Button.Pressed) -> None:
        self.workplace.go(VendorPage((event.button.id or "").removeprefix("vendor-")))


def _columns() -> Sequence[Column]:
    return (
        Column(_("開始"), 16, 0),
        Column(_("エンドユーザー"), 30, 1),
        Column(_("商品"), 40, 1),
        Column(_("合計金額"), 12, 2, right=True),
    )


def _cells(one: Draft) -> Sequence[str]:
    return (
        f"{one.begun_at.astimezone(TOKYO):%Y-%m-%d %H:%M}",
        draft_customer(one.customer_number, one.company),
        _products(one),
        money.yen(one.total),
    )


def _products(one: Draft) -> str:
    return draft_products((line.name or line.sku, line.seats) for line in one.products)
