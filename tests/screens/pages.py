"""The pages of the portal, for what holds on every one of them. They want an order that was sent."""

from stellr_tui.desk.training import CUSTOMER
from stellr_tui.widgets import places
from tests.screens.clerk import POCKETALK

EVERY_PAGE: tuple[places.Place, ...] = (
    places.Portal(),
    places.Home(),
    places.VendorCatalog(),
    POCKETALK,
    places.NewOrder(),
    places.ImportOrders(),
    places.OrderCreated(1),
    places.Customers(),
    places.EndUserPage(CUSTOMER),
    places.Subscriptions(CUSTOMER),
    places.SubscriptionPage(81766),
    places.Results(),
    places.InvoiceOfMonth(),
    places.Storefront(),
)
