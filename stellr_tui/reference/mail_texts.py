"""The mails' templates: plain files, the first line the title, the rest the body, with {names} to be filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from stellr_tui.reference.data import chosen_path

LANGUAGE = "ja"


@dataclass(frozen=True, slots=True)
class MailText:
    """A title and a body."""

    subject: str
    body: str


def mail_text(kind: str, facts: Mapping[str, object]) -> MailText:
    """The mail of a kind (`completed`, `changed`, `invoiced`) with its facts filled in.

    What people typed is filled in as it is: a brace in a company's name is no template.
    """
    subject, body = _template(kind)
    return MailText(subject.format_map(facts), body.format_map(facts))


@cache
def _template(kind: str) -> tuple[str, str]:
    written = chosen_path(f"mail/{kind}.{LANGUAGE}.txt").read_text(encoding="utf-8")
    subject, _line, body = written.partition("\n")
    return subject.strip(), body.lstrip("\n")
