"""The mails' templates: plain files, the first line the title, the rest the body, with {names} to be filled in.

The user's own copy under `mail/` in the settings folder goes before the shipped one, where the settings say so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

from stellr_tui.reference.data import chosen_path, data_path
from stellr_tui.reference.mail_settings import MailSettings
from stellr_tui.rules.findings import Finding, Reason, Refused
from stellr_tui.rules.mail import MailKind

# What a template may name; whoever writes the mail gives all of it.
FACTS: dict[MailKind, frozenset[str]] = {
    MailKind.COMPLETED: frozenset(
        {
            "vendor",
            "contract_number",
            "reseller",
            "reseller_contact",
            "reseller_address",
            "reseller_city",
            "reseller_prefecture",
            "reseller_postal_code",
            "reseller_phone",
            "reseller_email",
            "company",
            "contact",
            "address",
            "city",
            "prefecture",
            "postal_code",
            "phone",
            "email",
            "service",
            "manufacturer_part_number",
            "sku",
            "seats",
        }
    ),
    MailKind.CHANGED: frozenset(
        {
            "contract_number",
            "customer_number",
            "company",
            "service",
            "what",
            "seats",
            "effective_on",
            "deadline",
            "applied_on",
            "person",
        }
    ),
    MailKind.INVOICED: frozenset(
        {"month", "number", "account_number", "issued_on", "lines", "subtotal", "tax_percent", "tax", "total"}
    ),
    MailKind.FORWARD: frozenset(
        {"company", "contact", "reseller", "person", "phone", "email", "from", "date", "to", "subject", "body"}
    ),
}


@dataclass(frozen=True, slots=True)
class MailText:
    """A title and a body."""

    subject: str
    body: str


def mail_text(kind: MailKind, settings: MailSettings, facts: Mapping[str, object]) -> MailText:
    """The mail of a kind with its facts filled in. Refused as `check_mail_texts`.

    What people typed is filled in as it is: a brace in a company's name is no template.
    """
    text = _template(_path(kind, settings), kind)
    return MailText(text.subject.format_map(facts), text.body.format_map(facts))


def check_mail_texts(settings: MailSettings) -> None:
    """Refused, with every fault of the templates that are used: a day's work does not break off for want of a brace.

    UNREADABLE_FILE (facts: file, detail), UNKNOWN_KEY (facts: file, key, allowed), REQUIRED for a title (facts: file).
    """
    findings: list[Finding] = []
    for kind in MailKind:
        try:
            _template(_path(kind, settings), kind)
        except Refused as refused:
            findings += refused.findings
    if findings:
        raise Refused(*findings)


def _path(kind: MailKind, settings: MailSettings) -> Path:
    name = f"mail/{kind}.{settings.language}.txt"
    return chosen_path(name) if settings.own_texts else data_path(name)


@cache
def _template(path: Path, kind: MailKind) -> MailText:
    try:
        written = path.read_text(encoding="utf-8-sig")
        parts = list(Formatter().parse(written))
    except (OSError, ValueError) as error:  # among the ValueErrors: bytes that are no UTF-8, a brace without another
        facts = {"file": str(path), "detail": str(error)}
        raise Refused(Finding(Reason.UNREADABLE_FILE, "", path.name, facts)) from None
    subject, _line, body = written.partition("\n")
    findings = []
    for _text, name, form, conversion in parts:
        if name is not None and (name not in FACTS[kind] or form or conversion):
            key = name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")
            facts = {"key": key, "allowed": ", ".join(sorted(FACTS[kind])), "file": str(path)}
            findings.append(Finding(Reason.UNKNOWN_KEY, key, key, facts))
    if not subject.strip():
        findings.append(Finding(Reason.REQUIRED, "mail_subject", "", {"file": str(path)}))
    if findings:
        raise Refused(*findings)
    return MailText(subject.strip(), body.lstrip("\n"))
