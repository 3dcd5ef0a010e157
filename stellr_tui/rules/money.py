"""Whole yen, in integers, excluding tax (価格には税抜き価格です)."""

from collections.abc import Iterable


def amount(unit_price: int, seats: int) -> int:
    """提供金額: the price of that many seats, in yen for one period of the plan."""
    return unit_price * seats


def selling_price(cost: int, markup_percent: int) -> int:
    """販売価格 in yen: what the reseller pays and its markup, rounded up to the yen, so that it is never below."""
    return -(-cost * (100 + markup_percent) // 100)


def total(amounts: Iterable[int]) -> int:
    """合計金額 in yen, excluding tax."""
    return sum(amounts)


def consumption_tax(subtotal: int, percent: int) -> int:
    """消費税 in yen on an invoice's subtotal, rounded down once, as a qualified invoice (適格請求書) requires."""
    return subtotal * percent // 100


def yen(value: int) -> str:
    """As the manual prints money: `¥24,710`."""
    return f"-¥{-value:,}" if value < 0 else f"¥{value:,}"
