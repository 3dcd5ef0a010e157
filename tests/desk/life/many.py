"""Many contracts at once, as if each had been ordered and sent on the business date: for what would take too long."""

from collections.abc import Callable
from dataclasses import asdict
from itertools import islice

from sqlalchemy import func, insert, select

from stellr_tui.desk.clock import clock_in
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.sent_for import as_it_is
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.rules.calendar import order_dates
from stellr_tui.store.tables import Contract, ContractEvent, Counter, EndUser, PurchaseOrder, SeatLot
from tests.desk.office import ANNUAL, MONTHLY

SEATS = 5
AT_ONCE = 1_000


def add_contracts(desk: Desk, by: SignedIn, many: int, told: Callable[[int], object] = lambda _: None) -> list[int]:
    """That many contracts in Manual Provisioning, monthly and annual by turns: their numbers.

    `told` hears how many more there are, from time to time.
    """
    with desk.store.writing() as session:
        today = clock_in(session, desk).today
        counter = session.get_one(Counter, "contract")
        numbers = list(range(counter.next, counter.next + many))
        counter.next += many
        end_user = session.get_one(EndUser, CUSTOMER)
        location, contact = end_user.locations[0], end_user.contacts[0]
        sent_for = asdict(as_it_is(end_user, location, contact))
        first_order = (session.scalar(select(func.max(PurchaseOrder.id))) or 0) + 1_000_000
        products = {sku: desk.catalog.product(sku) for sku in (MONTHLY, ANNUAL)}
        left = iter(numbers)
        while part := list(islice(left, AT_ONCE)):
            sold = [(number, products[MONTHLY if number % 2 else ANNUAL]) for number in part]
            session.execute(
                insert(PurchaseOrder),
                [
                    {
                        "id": first_order + number,
                        "account_number": by.account.number,
                        "po_number": f"PO-{number}",
                        "end_user_order_number": "",
                        "reservation_number": "",
                        "reseller_contact_id": by.person_id,
                        "end_user_number": CUSTOMER,
                        "location_id": location.id,
                        "contact_id": contact.id,
                        "created_on": today,
                        "created_at": desk.now(),
                        "details": {},
                    }
                    for number in part
                ],
            )
            session.execute(
                insert(Contract),
                [
                    {
                        "number": number,
                        "order_id": first_order + number,
                        "account_number": by.account.number,
                        "end_user_number": CUSTOMER,
                        "sku": product.sku,
                        "product_name": product.name,
                        "manufacturer_part_number": product.manufacturer_part_number,
                        "vendor_code": product.vendor_code,
                        "vendor_name": "Vendor",
                        "plan": product.plan,
                        "status": "provisioning",
                        "sent_on": today,
                        "delivered_on": order_dates(today, product.plan).delivered_on,
                        "sent_for": sent_for,
                    }
                    for number, product in sold
                ],
            )
            session.execute(
                insert(SeatLot),
                [
                    {
                        "contract_number": number,
                        "number": 1,
                        "seats": SEATS,
                        "unit_price": product.price_on(today),
                        "ordered_on": today,
                        "delivered_on": order_dates(today, product.plan).delivered_on,
                        "next_invoice_on": order_dates(today, product.plan).first_invoice_on,
                    }
                    for number, product in sold
                ],
            )
            session.execute(
                insert(ContractEvent),
                [
                    {
                        "contract_number": number,
                        "kind": "sent",
                        "status": "provisioning",
                        "happened_on": today,
                        "happened_at": desk.now(),
                        "person_name": by.name,
                        "facts": {"delivered_on": order_dates(today, product.plan).delivered_on.isoformat()},
                    }
                    for number, product in sold
                ],
            )
            told(len(part))
    return numbers
