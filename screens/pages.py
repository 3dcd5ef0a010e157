"""Which page shows which place."""

from __future__ import annotations

from typing import assert_never

from screens.catalog import CatalogPage
from screens.customers import CustomersPage
from screens.end_user import EndUserDetailPage
from screens.home import HomePage
from screens.import_orders import ImportOrdersPage
from screens.invoice import InvoicePage
from screens.order import OrderPage
from screens.order_created import OrderCreatedPage
from screens.portal import PortalPage
from screens.results.page import ResultsPage
from screens.storefront import StorefrontPage
from screens.subscription import SubscriptionDetailPage
from screens.subscriptions import SubscriptionsPage
from screens.vendor import VendorProductsPage
from stellr_tui.widgets import places
from stellr_tui.widgets.page import Page


def page_for(place: places.Place) -> Page:
    """A new page for a place."""
    match place:
        case places.Portal():
            return PortalPage()
        case places.Home():
            return HomePage()
        case places.VendorCatalog():
            return CatalogPage()
        case places.VendorPage(code):
            return VendorProductsPage(code)
        case places.NewOrder():
            return OrderPage()
        case places.ImportOrders():
            return ImportOrdersPage()
        case places.OrderCreated(order_id):
            return OrderCreatedPage(order_id)
        case places.Customers():
            return CustomersPage()
        case places.EndUserPage(customer):
            return EndUserDetailPage(customer)
        case places.Subscriptions(customer):
            return SubscriptionsPage(customer)
        case places.SubscriptionPage(contract_number, as_of):
            return SubscriptionDetailPage(contract_number, as_of)
        case places.Results(tab):
            return ResultsPage(tab)
        case places.InvoiceOfMonth(month):
            return InvoicePage(month)
        case places.Storefront():
            return StorefrontPage()
        case _:
            assert_never(place)
