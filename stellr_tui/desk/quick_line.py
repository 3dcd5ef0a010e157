"""The line of a quick order, `customer product x seats PO`, taken apart; whom its parts mean is asked elsewhere.

Seats carry a mark (`x5`, `5シート`), or stand as a number behind the product. The PO number stands last or behind a
mark (`#PO-1`, `発注番号:PO-1`). A product is known by a code, or by words of its name and plan; what is left is the
customer. Quotes keep together what has blanks. Where a word could be two things, the order of the line above decides.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, zip_longest

from stellr_tui.desk.pages import plain
from stellr_tui.reference.catalog import Product
from stellr_tui.rules.fields import half_width

LINE_LIMIT = 200

_TIMES = str.maketrans(dict.fromkeys("*\u2715\u2716\u2a2f\u2573", "\u00d7"))
_QUOTED = r"""#?(?:"[^"]+"|「[^」]+」)(?!\S)"""
_TOKEN = re.compile(rf"{_QUOTED}|\S+")
_PO = re.compile(r"(#|po[:=]|発注番号[:=]?)(.*)", re.IGNORECASE)
_NUMBER = r"[-+]?[0-9][0-9.,]*"
_SEATS = [
    re.compile(rf"(?:\u00d7|[xX](?={_NUMBER}$))(.+)"),
    re.compile(r"([0-9]+)(?:[xX\u00d7]|シート|席|[sS]eats?)"),
]
# x between a product and its seats; elsewhere, as in PO-X12, it belongs to the word.
_GLUED = re.compile(rf"(.+?)(\u00d7|[xX])({_NUMBER})")
# What is no code we know is a product by its look: digits alone, or a name in kana or kanji.
_LIKE_A_PRODUCT = re.compile(r"[0-9]+|.*[^\W0-9A-Za-z_]")
_FEW_DIGITS = re.compile(r"[0-9]{1,4}")
_SHORTEST = 2  # characters of a word that tells a product by its name


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the line as typed, and where it stands there: the places before its first and behind its last one."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """A product and its seats, each as typed; None for what is not there."""

    product: Part | None
    seats: Part | None


@dataclass(frozen=True, slots=True)
class QuickLine:
    """The parts of a line; None for what is not there. `unread` is what has no meaning where it stands."""

    customer: Part | None = None
    items: tuple[Item, ...] = ()
    po_number: Part | None = None
    unread: tuple[Part, ...] = ()

    def at(self, place: int) -> Part | None:
        """The customer or product that the cursor stands in or right behind."""
        parts = [self.customer, *(one.product for one in self.items)]
        return next((part for part in parts if part and part.start <= place <= part.end), None)


@dataclass(slots=True)
class _Line:
    """A line while it is taken apart: what each place of it is said to be, token by token."""

    tokens: list[Part]
    kinds: list[str]
    products: list[range] = field(default_factory=list)

    def words(self, places: range) -> list[str]:
        return [self.tokens[at].text for at in places]

    def take(self, places: range) -> None:
        self.products.append(places)
        for at in places:
            self.kinds[at] = "product"

    def part(self, places: Sequence[int]) -> Part:
        parts = [self.tokens[at] for at in places]
        return Part(" ".join(one.text for one in parts), parts[0].start, parts[-1].end)


def read_line(line: str, products: Sequence[Product]) -> QuickLine:
    """The parts of a line, of which 200 characters are looked at."""
    codes = {plain(code) for one in products for code in _codes(one)}
    tokens = list(_tokens(line[:LINE_LIMIT], codes))
    one = _Line([part for _kind, part in tokens], [kind for kind, _part in tokens])
    _find_products(one, products, codes)
    if "seats" not in one.kinds:
        _find_bare_seats(one)
    seats = [at for at, kind in enumerate(one.kinds) if kind == "seats"]
    runs = _runs(one)
    po_number = next((at for at, kind in enumerate(one.kinds) if kind == "po"), None)
    last = None
    if po_number is None and one.products and runs and runs[-1][-1] == len(tokens) - 1:
        if len(runs) > 1:
            last = runs.pop()
        elif len(runs[0]) > 1:
            last = [runs[0].pop()]
    elif po_number is not None:
        last = [po_number]
    pairs = list(zip_longest(sorted(one.products, key=lambda places: places.start), seats))
    extra = runs[1:] + [[at] for at, kind in enumerate(one.kinds) if kind == "po" and at != po_number]
    return QuickLine(
        customer=one.part(runs[0]) if runs else None,
        items=tuple(
            Item(one.part(product) if product else None, None if at is None else tokens[at][1]) for product, at in pairs
        ),
        po_number=one.part(last) if last else None,
        unread=tuple(one.part(run) for run in extra),
    )


def matching_products(typed: str, products: Sequence[Product]) -> tuple[Product, ...]:
    """The products of a SKU, メーカー型番 or 商品コード; without one, those of whose name or plan it has each word.

    A plan is called `annual` or `monthly`, for those who do not write the kanji of the names.
    """
    code = plain(typed)
    exact = tuple(one for one in products if code in map(plain, _codes(one)))
    words = [plain(word) for word in typed.split()]
    return exact or tuple(one for one in products if words and all(_has(one, word) for word in words))


def _has(product: Product, word: str) -> bool:
    return word in plain(product.name) or word == product.plan


def _codes(product: Product) -> tuple[str, ...]:
    return tuple(code for code in (product.sku, product.manufacturer_part_number, product.product_code) if code)


def _tokens(line: str, codes: Collection[str]) -> Iterator[tuple[str, Part]]:
    """The tokens: words, seats and PO numbers without their marks, each where it stands as a whole."""
    read = half_width(line).translate(_TIMES)
    mark = ""
    marked_at = 0
    for token in _TOKEN.finditer(read):
        start, end, text = token.start(), token.end(), token[0]
        if mark:
            given = _unquoted(line[start:end])
            yield mark, Part(half_width(given) if mark == "seats" else given, marked_at, end)
            mark = ""
        elif po := _PO.fullmatch(text):
            if po[2]:
                yield "po", Part(_unquoted(line[start + po.start(2) : end]), start, end)
            else:
                mark, marked_at = "po", start
        elif text == "\u00d7" or (text in "xX" and re.match(rf"\s+{_NUMBER}(?!\S)", read[end:])):
            mark, marked_at = "seats", start
        elif found := next((one for one in (seats.fullmatch(text) for seats in _SEATS) if one), None):
            yield "seats", Part(found[1], start, end)
        elif not text.startswith(('"', "「")) and (glued := _glued(text, codes)):
            middle = start + glued.end(1)
            yield "word", Part(line[start:middle], start, middle)
            yield "seats", Part(glued[3], middle, end)
        else:
            yield "word", Part(_unquoted(line[start:end]), start, end)


def _glued(text: str, codes: Collection[str]) -> re.Match[str] | None:
    found = _GLUED.fullmatch(text)
    if found is None or found[2] == "\u00d7" or plain(found[1]) in codes or _LIKE_A_PRODUCT.fullmatch(found[1]):
        return found
    return None


def _unquoted(typed: str) -> str:
    is_quoted = len(typed) > 2 and half_width(typed[0] + typed[-1]) in ('""', "「」")
    return typed[1:-1] if is_quoted else typed


def _find_products(line: _Line, products: Sequence[Product], codes: Collection[str]) -> None:
    def names(places: range) -> bool:
        words = line.words(places)
        told = all(len(plain(word)) >= _SHORTEST and not half_width(word).isdecimal() for word in words)
        return told and bool(matching_products(" ".join(words), products))

    for at, kind in enumerate(line.kinds):
        if kind == "word" and plain(line.tokens[at].text) in codes:
            line.take(range(at, at + 1))
    seats = [at for at, kind in enumerate(line.kinds) if kind == "seats"]
    for at in seats:
        if len(line.products) >= len(seats):
            break
        if found := _name_before(line, at, names):
            line.take(found)
    if not line.products:
        # Without seats yet, what comes first is the customer.
        for start in range(0 if seats else 1, len(line.tokens)):
            if found := _name_from(line, start, names):
                line.take(found)
                break
    if not line.products and seats:
        before = [at for at in range(seats[0]) if line.kinds[at] == "word"]
        if before[-1:] == [seats[0] - 1] and line.kinds.count("word") > 1:
            line.take(range(seats[0] - 1, seats[0]))
    _leave_a_customer(line)


def _name_before(line: _Line, end: int, names: Callable[[range], bool]) -> range | None:
    start = end
    while start > 0 and line.kinds[start - 1] == "word" and names(range(start - 1, end)):
        start -= 1
    return range(start, end) if start < end else None


def _name_from(line: _Line, start: int, names: Callable[[range], bool]) -> range | None:
    end = start
    while end < len(line.tokens) and line.kinds[end] == "word" and names(range(start, end + 1)):
        end += 1
    return range(start, end) if start < end else None


def _leave_a_customer(line: _Line) -> None:
    """A customer can be called like a product: the first of the words is the customer's, if nobody else is."""
    if not line.products:
        return
    first = min(line.products, key=lambda places: places.start)
    others = [at for at, kind in enumerate(line.kinds) if kind == "word"]
    # The last word of the line is the PO number, unless that is marked.
    nobody = not others or (others == [len(line.tokens) - 1] and "po" not in line.kinds)
    if len(first) > 1 and first.start == 0 and nobody:
        line.products[line.products.index(first)] = range(1, first.stop)
        line.kinds[0] = "word"


def _find_bare_seats(line: _Line) -> None:
    for product in line.products:
        if product.stop < len(line.tokens) and line.kinds[product.stop] == "word":
            token = line.tokens[product.stop]
            if _FEW_DIGITS.fullmatch(half_width(token.text)):
                line.kinds[product.stop] = "seats"


def _runs(line: _Line) -> list[list[int]]:
    """The words that are nothing else so far, those next to each other together."""
    groups = groupby(range(len(line.kinds)), key=lambda at: line.kinds[at] == "word")
    return [list(places) for is_word, places in groups if is_word]
