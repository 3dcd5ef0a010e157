"""The vendor catalogue (ベンダーカタログ): vendors, their products, and what these cost from which day on."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from stellr_tui.reference.data import chosen_path
from stellr_tui.reference.toml_file import Section, in_file, read_toml
from stellr_tui.rules.calendar import Plan
from stellr_tui.rules.findings import Finding, Reason, Refused

SKU_LIMIT = 20
DESCRIPTION_LIMIT = 1_000


@dataclass(frozen=True, slots=True)
class Price:
    """提供単価 in yen per seat and period of the plan, excluding tax, from a day on."""

    starts_on: date
    yen: int


@dataclass(frozen=True, slots=True)
class Product:
    """One row of the product table. msrp is yen, None where the manual prints N/A; sample: its price is made up.

    billing_type is 請求タイプ in Japanese; prices are in the order of their days, at least one.
    """

    sku: str
    vendor_code: str
    name: str
    manufacturer_part_number: str
    product_code: str
    msrp: int | None
    plan: Plan
    billing_type: str
    service_description: str
    sample: bool
    prices: tuple[Price, ...]

    def price_on(self, day: date) -> int:
        """提供単価 in force on a day, in yen. Refused before the first one: NO_PRICE (facts: day, first_on)."""
        in_force = [price.yen for price in self.prices if price.starts_on <= day]
        if not in_force:
            facts = {"day": day, "first_on": self.prices[0].starts_on}
            raise Refused(Finding(Reason.NO_PRICE, "sku", self.sku, facts))
        return in_force[-1]


@dataclass(frozen=True, slots=True)
class Vendor:
    """A tile of the portal. code: its stable short name; name: on the tile; company: column ベンダー.

    group heads its items in an order (Sourcenext), wizard_title its provisioning wizard (ポケットーク字幕).
    A vendor may have no products yet.
    """

    code: str
    name: str
    company: str
    group: str
    wizard_title: str
    note: str
    products: tuple[Product, ...]


@dataclass(frozen=True, slots=True)
class Catalog:
    """All vendors, in the order of the tiles."""

    vendors: tuple[Vendor, ...]

    def vendor(self, code: str) -> Vendor:
        """The vendor of a code. Refused: NOT_A_CHOICE (facts: allowed)."""
        for vendor in self.vendors:
            if vendor.code == code:
                return vendor
        allowed = ", ".join(vendor.code for vendor in self.vendors)
        raise Refused(Finding(Reason.NOT_A_CHOICE, "vendor", code, {"allowed": allowed}))

    def product(self, sku: str) -> Product:
        """The product of a SKU. Refused: UNKNOWN_PRODUCT."""
        for vendor in self.vendors:
            for product in vendor.products:
                if product.sku == sku:
                    return product
        raise Refused(Finding(Reason.UNKNOWN_PRODUCT, "sku", sku))

    def is_sample(self, sku: str) -> bool:
        """Whether the price of a SKU is made up; one that has left the catalogue is not known to be."""
        return any(one.sample for vendor in self.vendors for one in vendor.products if one.sku == sku)

    def products(self, vendor_code: str, plan: Plan | None = None) -> tuple[Product, ...]:
        """A vendor's products, of one plan or of all, in the file's order. Refused: NOT_A_CHOICE."""
        return tuple(one for one in self.vendor(vendor_code).products if plan in (None, one.plan))


def load_catalog(path: Path | None = None) -> Catalog:
    """The catalogue of a file: the user's own `catalog.toml` where there is one, else the shipped one.

    Refused with every fault of the file: UNREADABLE_FILE, UNKNOWN_KEY, WRONG_TYPE, REQUIRED and the refusals of
    `rules.fields.text`; the file's path is in their facts (file).
    """
    path = path or chosen_path("catalog.toml")
    book = Section(read_toml(path))
    codes: set[str] = set()
    skus: set[str] = set()
    vendors = tuple(_vendor(one, codes, skus) for one in book.sections("vendor"))
    book.close()
    if book.findings:
        raise in_file(Refused(*book.findings), path)
    return Catalog(vendors)


def _vendor(section: Section, codes: set[str], skus: set[str]) -> Vendor:
    code = section.text("code", pattern=r"[a-z0-9][a-z0-9-]*", allowed="code")
    _once(section, "code", code, codes)
    name = section.text("name")
    note = section.text("note", required=False)
    products = section.sections("product", required=False)
    # A vendor that nothing can be ordered from needs no more than its name.
    vendor = Vendor(
        code=code,
        name=name,
        company=section.text("company", required=bool(products)),
        group=section.text("group", required=bool(products)),
        wizard_title=section.text("wizard_title", required=bool(products)),
        note=note,
        products=tuple(_product(one, code, skus) for one in products),
    )
    section.close()
    return vendor


def _product(section: Section, vendor_code: str, skus: set[str]) -> Product:
    sku = section.text("sku", limit=SKU_LIMIT, pattern=r"[0-9A-Za-z-]+", allowed="sku")
    _once(section, "sku", sku, skus)
    product = Product(
        sku=sku,
        vendor_code=vendor_code,
        name=section.text("name"),
        manufacturer_part_number=section.text("manufacturer_part_number"),
        product_code=section.text("product_code"),
        msrp=section.yen("msrp", required=False),
        plan=section.choice("plan", Plan),
        billing_type=section.text("billing_type"),
        service_description=section.text("service_description", required=False, limit=DESCRIPTION_LIMIT),
        sample=section.flag("sample"),
        prices=_prices(section.sections("price")),
    )
    section.close()
    return product


def _prices(sections: list[Section]) -> tuple[Price, ...]:
    prices: list[Price] = []
    for section in sections:
        price = Price(section.day("from"), section.yen("yen") or 0)
        section.close()
        if prices and price.starts_on <= prices[-1].starts_on:
            section.refuse("from", "later")
        prices.append(price)
    return tuple(prices)


def _once(section: Section, key: str, value: str, seen: set[str]) -> None:
    if value and value in seen:
        section.refuse(key, "unique")
    seen.add(value)
