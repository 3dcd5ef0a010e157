"""What a rule has to say about something given: a refusal or a warning, without its sentence.

The words belong to a language and live in `stellr_tui.reference.sentences`; here is only what they need.
"""

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

Value = TypeVar("Value")


class Reason(StrEnum):
    """Why something is refused or warned of; each has one sentence in each language."""

    # fields
    REQUIRED = "required"
    TOO_LONG = "too-long"
    CONTROL_CHARACTER = "control-character"
    NOT_A_QUANTITY = "not-a-quantity"
    NOT_A_MARKUP = "not-a-markup"
    NOT_KATAKANA = "not-katakana"
    NOT_A_POSTAL_CODE = "not-a-postal-code"
    UNKNOWN_POSTAL_CODE = "unknown-postal-code"
    NOT_AN_EMAIL = "not-an-email"
    NOT_A_PHONE_NUMBER = "not-a-phone-number"
    UNUSUAL_PHONE_NUMBER = "unusual-phone-number"
    NOT_A_PREFECTURE = "not-a-prefecture"
    LIKELY_KNOWN = "likely-known"
    CHANGED_MEANWHILE = "changed-meanwhile"
    NOT_A_DATE = "not-a-date"
    NOT_A_CHOICE = "not-a-choice"
    UNKNOWN_KEY = "unknown-key"
    WRONG_TYPE = "wrong-type"
    UNREADABLE_FILE = "unreadable-file"
    UNKNOWN_FILE_KIND = "unknown-file-kind"
    UNKNOWN_COLUMN = "unknown-column"
    MISSING_COLUMN = "missing-column"
    COLUMN_TWICE = "column-twice"
    ROWS_DISAGREE = "rows-disagree"
    NUMBER_AND_NEW = "number-and-new"
    ONE_OF = "one-of"
    SEVERAL_MATCH = "several-match"
    NOT_PART_OF_IT = "not-part-of-it"
    MORE_QUANTITIES = "more-quantities"
    NOBODY_FOUND = "nobody-found"
    # orders
    PO_NUMBER_USED = "po-number-used"
    EMPTY_CART = "empty-cart"
    UNKNOWN_DRAFT = "unknown-draft"
    PRODUCT_GONE = "product-gone"
    PRICE_CHANGED = "price-changed"
    UNKNOWN_PRODUCT = "unknown-product"
    NO_PRICE = "no-price"
    NO_TAX_RATE = "no-tax-rate"
    TWICE_IN_ORDER = "twice-in-order"
    UNKNOWN_CUSTOMER = "unknown-customer"
    UNKNOWN_CONTACT = "unknown-contact"
    UNKNOWN_LOCATION = "unknown-location"
    UNKNOWN_RESELLER_CONTACT = "unknown-reseller-contact"
    UNKNOWN_ORDER = "unknown-order"
    UNKNOWN_CONTRACT = "unknown-contract"
    NO_CONTRACT_YET = "no-contract-yet"
    KEY_USED_OTHERWISE = "key-used-otherwise"
    MISSED_CUTOFF = "missed-cutoff"
    # status and changes
    STATUS_FORBIDS = "status-forbids"
    PAST_DAY = "past-day"
    TOO_FEW_SEATS_LEFT = "too-few-seats-left"
    PAST_DEADLINE = "past-deadline"
    NOTHING_WAITS = "nothing-waits"
    UNKNOWN_INVOICE = "unknown-invoice"
    PAST_MONTH = "past-month"
    TOO_FAR_AHEAD = "too-far-ahead"
    # mail
    UNKNOWN_MAIL = "unknown-mail"
    NO_FORWARD_OF_AN_INVOICE = "no-forward-of-an-invoice"
    A_FORWARD_ALREADY = "a-forward-already"
    NOTHING_TO_SEND_AGAIN = "nothing-to-send-again"
    MAIL_IN_TRAINING = "mail-in-training"
    NO_MAIL_SERVER = "no-mail-server"
    FILE_EXISTS = "file-exists"
    UNWRITABLE_FILE = "unwritable-file"
    # people and the clock
    WRONG_LOGIN = "wrong-login"
    NOT_YOUR_ACCOUNT = "not-your-account"
    ACCOUNT_NEEDED = "account-needed"
    OPERATORS_ONLY = "operators-only"
    CLOCK_IS_THE_SYSTEMS = "clock-is-the-systems"
    CLOCK_ONLY_FORWARD = "clock-only-forward"
    # lessons
    UNKNOWN_LESSON = "unknown-lesson"
    UNKNOWN_TARGET = "unknown-target"
    OUT_OF_REACH = "out-of-reach"
    NEVER_HOLDS = "never-holds"
    HOLDS_ALREADY = "holds-already"
    OTHERWISE_UNDER_WAY = "otherwise-under-way"
    LESSON_IS_OPEN = "lesson-is-open"
    # the settings file
    KEYS_CLASH = "keys-clash"
    # the policy file
    POLICY_VALUE = "policy-value"
    POLICY_KEY = "policy-key"
    POLICY_KEY_REPLACED = "policy-key-replaced"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule found.

    reason: why. field: the stable name of the field ("postal_code", "lines.1.seats"), or "" for the whole.
    given: what was typed, as typed. facts: what else the sentence names (numbers, dates, allowed values).
    """

    reason: Reason
    field: str = ""
    given: str = ""
    facts: Mapping[str, object] = dataclasses.field(default_factory=dict)

    def at(self, name: str) -> "Finding":
        """The same finding under another field name: `seats` found in the second line is `lines.2.seats`."""
        return dataclasses.replace(self, field=name)


class Refused(Exception):
    """A rule said no. Carries every finding, in the order of the form, so that all can be shown at once."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(*findings)
        self.findings = findings

    def __str__(self) -> str:
        return "; ".join(f"{one.field}: {one.reason} ({one.given})" for one in self.findings)


@dataclass(frozen=True, slots=True)
class Remarks:
    """What is said of a form while it is filled in: what would be refused as it stands, and what is unusual."""

    refused: tuple[Finding, ...] = ()
    unusual: tuple[Finding, ...] = ()


class Gathering:
    """Runs the checks of a whole form and keeps what each refuses, so that one `Refused` names them all.

    >>> form = Gathering()
    >>> seats = form.keep(quantity, "0", "seats")   # None, and remembered
    >>> form.settle()                               # raises Refused with every finding
    """

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def keep(self, check: Callable[..., Value], /, *given: object, **more: object) -> Value | None:
        """What the check makes of the input, or None where it was refused."""
        try:
            return check(*given, **more)
        except Refused as refused:
            self.findings.extend(refused.findings)
            return None

    def add(self, findings: Iterable[Finding]) -> None:
        """Findings that were made elsewhere."""
        self.findings.extend(findings)

    def settle(self) -> None:
        """Raise `Refused` if anything was refused."""
        if self.findings:
            raise Refused(*self.findings)
