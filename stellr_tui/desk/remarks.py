"""What is said of a form while it is filled in: what would be refused as it stands, and what is only unusual."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial
from unicodedata import normalize

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_user_changes import EndUserEdit, check_edit
from stellr_tui.desk.end_users import ContactForm, EndUserForm, check_contact, check_end_user, field_at, in_use
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.orders import Details, OrderForm, check_numbers
from stellr_tui.desk.pages import containing, storable
from stellr_tui.desk.people import permit
from stellr_tui.desk.provisioning import check_details
from stellr_tui.reference import postal
from stellr_tui.rules import fields
from stellr_tui.rules.findings import Finding, Gathering, Reason, Refused, Remarks
from stellr_tui.rules.likeness import Known, likely_known
from stellr_tui.store import tables


def remarks_on_end_user(desk: Desk, by: SignedIn, form: EndUserForm) -> Remarks:
    """新規エンドユーザーを追加, as it stands."""
    return Remarks(_refused(lambda: check_end_user(form, desk.policy)), warnings_on_end_user(desk, by, form))


def remarks_on_edit(desk: Desk, by: SignedIn, number: int, edit: EndUserEdit) -> Remarks:
    """An end user that is there, as its form stands; it is no twin of itself."""
    unusual = warnings_on_end_user(desk, by, edit.form, beside=number)
    return Remarks(_refused(lambda: check_edit(edit, desk.policy)), unusual)


def remarks_on_contact(desk: Desk, form: ContactForm) -> Remarks:
    """＋ 新しい連絡先, as it stands."""
    return Remarks(_refused(lambda: check_contact(form, desk.policy)), _odd_phones({"contact.phone": form.phone}, desk))


def remarks_on_details(desk: Desk, details: Details) -> Remarks:
    """The first step of the provisioning wizard, as it stands."""
    return Remarks(_refused(lambda: check_details(details, desk.policy)), _odd_phones({"phone": details.phone}, desk))


def remarks_on_order(desk: Desk, by: SignedIn, form: OrderForm) -> Remarks:
    """The numbers of the order page, as they stand; who and what is chosen there is not typed."""
    gathering = Gathering()
    check_numbers(gathering, form)
    return Remarks(tuple(gathering.findings), warnings_on_po_number(desk, by, form.po_number))


def warnings_on_end_user(desk: Desk, by: SignedIn, form: EndUserForm, beside: int | None = None) -> tuple[Finding, ...]:
    """A postal code Japan Post does not know, an odd phone number, an end user who is likely there already.

    beside: the end user whose form it is.
    """
    places, people = enumerate(form.locations), enumerate(form.contacts)
    codes = _kept(fields.postal_code, {field_at("locations", at, "postal_code"): one.postal_code for at, one in places})
    nowhere = [(name, code) for name, code in codes.items() if not postal.lookup(code)]
    unknown = [Finding(Reason.UNKNOWN_POSTAL_CODE, name, code) for name, code in nowhere]
    phones = {field_at("contacts", at, "phone"): one.phone for at, one in people}
    odd = _odd_phones({**phones, "security_contact.phone": form.security_contact.phone}, desk)
    phones = _kept(fields.phone, phones)
    near = [one for one in _near(desk, by, codes.values(), phones.values()) if one.customer_number != beside]
    likely = likely_known(form.company, codes, phones, near)
    return (*unknown, *odd, *([likely] if likely else []))


def warnings_on_po_number(desk: Desk, by: SignedIn, po_number: str) -> tuple[Finding, ...]:
    """A warning where this billing account has used the number before (facts: po_number, created_on, order_id)."""
    with desk.store.reading() as session:
        permit(session, by)
        row = session.scalar(
            select(tables.PurchaseOrder)
            .where(
                tables.PurchaseOrder.account_number == by.account.number,
                tables.PurchaseOrder.po_number == normalize("NFC", storable(po_number)).strip(),
            )
            .order_by(tables.PurchaseOrder.id.desc())
            .limit(1)
        )
        if row is None:
            return ()
        contracts = ", ".join(str(one.number) for one in row.contracts)
        facts = {"po_number": row.po_number, "created_on": row.created_on, "order_id": row.id, "contracts": contracts}
    return (Finding(Reason.PO_NUMBER_USED, "po_number", po_number, facts),)


def _near(desk: Desk, by: SignedIn, codes: Iterable[str], phones: Iterable[str]) -> list[Known]:
    """The end users of this billing account at one of these postal codes or with one of these phone numbers."""
    patterns = [pattern for phone in phones for pattern in containing(phone)]
    called = [tables.EndUser.search_text.like(pattern, escape="\\") for pattern in patterns]
    with desk.store.reading() as session:
        permit(session, by)
        rows = session.scalars(
            select(tables.EndUser)
            .where(
                tables.EndUser.account_number == by.account.number,
                or_(tables.EndUser.locations.any(tables.Location.postal_code.in_(list(codes))), *called),
            )
            .options(selectinload(tables.EndUser.locations), selectinload(tables.EndUser.contacts))
            .order_by(tables.EndUser.number)
        )
        return [
            Known(
                row.number,
                row.company,
                frozenset(one.postal_code for one in in_use(row.locations)),
                frozenset(one.phone for one in in_use(row.contacts)),
            )
            for row in rows
        ]


def _odd_phones(typed: Mapping[str, str], desk: Desk) -> tuple[Finding, ...]:
    """Numbers that are no valid Japanese ones and yet taken; under a policy that refuses them there are none."""
    check = partial(fields.phone, check=desk.policy.phone_check)
    found = [fields.phone_warning(number, name) for name, number in _kept(check, typed).items()]
    return tuple(one for one in found if one)


def _kept(check: Callable[[str, str], str], typed: Mapping[str, str]) -> dict[str, str]:
    """What a check makes of each field, without those that are empty or refused."""
    kept = {}
    for name, given in typed.items():
        with suppress(Refused):
            kept[name] = check(given, name)
    return kept


def _refused(check: Callable[[], object]) -> tuple[Finding, ...]:
    try:
        check()
    except Refused as refused:
        return refused.findings
    return ()
