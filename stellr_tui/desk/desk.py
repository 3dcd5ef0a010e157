"""The desk that every use case works at: order book, catalogue, policy, settings for mail, the clock on the wall."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from stellr_tui.reference.catalog import Catalog
from stellr_tui.reference.mail_settings import MailSettings
from stellr_tui.rules.billing import Tariff
from stellr_tui.rules.policy import Policy
from stellr_tui.store.engine import Store


def system_now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a use case needs. `now` gives the present moment with its zone; business dates come from the book."""

    store: Store
    catalog: Catalog
    policy: Policy
    now: Callable[[], datetime] = system_now
    is_new: bool = False
    """Whether the order book was made just now, because there was none."""
    mail: MailSettings = field(default_factory=MailSettings)

    def price_on(self, sku: str, day: date) -> int:
        """The catalogue's price of a product on a day, in yen. Refused: UNKNOWN_PRODUCT, NO_PRICE."""
        return self.catalog.product(sku).price_on(day)

    @property
    def tariff(self) -> Tariff:
        """What billing goes by under this catalogue and policy."""
        return Tariff(self.price_on, self.policy.tax_percent_on, self.policy.renewal_months)
