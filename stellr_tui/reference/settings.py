"""What a user has chosen for the screen: `settings.toml` of the settings folder, read strictly, written with care."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from stellr_tui.reference.data import settings_folder
from stellr_tui.reference.texts import Language

if TYPE_CHECKING:
    from stellr_tui.reference.toml_file import Section
    from stellr_tui.rules.findings import Finding

FILE = "settings.toml"

Choice = TypeVar("Choice", bound=StrEnum)


class Theme(StrEnum):
    """The colours."""

    DARK = "dark"
    LIGHT = "light"
    CONTRAST = "contrast"


class Density(StrEnum):
    """How much room is left between what is shown."""

    NORMAL = "normal"
    COMPACT = "compact"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be chosen.

    language: None where nobody has chosen one. account: the billing account that is proposed at the login. po_pattern:
    see `rules.po_numbers`. keys: the keys of bindings by their ids, those of one binding divided by commas.
    """

    language: Language | None = None
    theme: Theme = Theme.DARK
    density: Density = Density.NORMAL
    account: str = ""
    po_pattern: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)

    def looking_like(self, other: Settings) -> Settings:
        """These, with the language, the colours and the density of others."""
        return replace(self, language=other.language, theme=other.theme, density=other.density)


class Read(NamedTuple):
    """What a file says, and what is wrong with it: there the default is taken."""

    settings: Settings
    findings: tuple[Finding, ...] = ()


def settings_path() -> Path:
    """Where the user's settings are, or will be."""
    return settings_folder() / FILE


def read_settings(path: Path | None = None) -> Read:
    """The settings of a file, by default the user's own. Refuses nothing: what is wrong is handed over beside them.

    The findings are UNREADABLE_FILE, UNKNOWN_KEY, WRONG_TYPE and what `rules.fields.text` refuses; in their facts are
    file, and line where a key is wrong.
    """
    path = path or settings_path()
    if not os.path.lexists(path):
        return Read(Settings())
    from stellr_tui.reference.toml_file import Section, read_toml
    from stellr_tui.reference.toml_lines import line_at, lines_of
    from stellr_tui.rules.findings import Refused

    try:
        section = Section(read_toml(path))
    except Refused as refused:
        return Read(Settings(), refused.findings)
    default = Settings()
    settings = Settings(
        language=_choice(section, "language", Language, None),
        theme=_choice(section, "theme", Theme, default.theme),
        density=_choice(section, "density", Density, default.density),
        account=section.text("account", required=False),
        po_pattern=_po_pattern(section),
        keys=_keys(section),
    )
    section.close()
    lines = lines_of(path.read_text(encoding="utf-8"))
    facts = ({**one.facts, "file": str(path), "line": line_at(lines, one.field)} for one in section.findings)
    return Read(settings, tuple(replace(one, facts=fact) for one, fact in zip(section.findings, facts, strict=True)))


def line_of_key(key: str, path: Path | None = None) -> Mapping[str, object]:
    """File and line of a key of the settings, as facts of a finding; none where there is no file that says it."""
    from stellr_tui.reference.toml_lines import line_at, lines_of

    path = path or settings_path()
    if not path.exists():
        return {}
    return {"file": str(path), "line": line_at(lines_of(path.read_text(encoding="utf-8")), key)}


def save_settings(settings: Settings, path: Path | None = None) -> None:
    """Write the settings, whole or not at all. Comments, and keys that are not known here, stay as they are.

    Refused: UNREADABLE_FILE where what is there is no TOML, UNWRITABLE_FILE (facts: detail), of the field `file`.
    """
    import tomlkit

    from stellr_tui.reference.toml_file import read_toml
    from stellr_tui.reference.unreadable import not_written
    from stellr_tui.rules.findings import Finding, Reason, Refused

    path = (path or settings_path()).resolve()
    document = tomlkit.document()
    if path.exists():
        read_toml(path)
        document = tomlkit.parse(path.read_text(encoding="utf-8"))
    _put(document, settings)
    draft = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(tomlkit.dumps(document), encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise Refused(Finding(Reason.UNWRITABLE_FILE, "file", str(path), {"detail": not_written(error)})) from None


def _put(document: Any, settings: Settings) -> None:
    """What is as it is by default is written only where it is written already."""
    for one in fields(Settings):
        value, default = getattr(settings, one.name), getattr(Settings(), one.name)
        if one.name == "keys" or (value == default and one.name not in document):
            continue
        if value is None:
            del document[one.name]
        elif document.get(one.name) != value:
            document[one.name] = str(value)
    if settings.keys != _flat(document.get("keys", {})):
        document.pop("keys", None)
        if settings.keys:
            document["keys"] = dict(settings.keys)


def _choice(section: Section, name: str, kind: type[Choice], default: Any) -> Any:
    if not section.has(name):
        section.choice(name, kind, required=False)
        return default
    wrong = len(section.findings)
    chosen = section.choice(name, kind)
    return chosen if len(section.findings) == wrong else default


def _po_pattern(section: Section) -> str:
    from stellr_tui.rules.findings import Refused
    from stellr_tui.rules.po_numbers import po_pattern

    try:
        return po_pattern(section.text("po_pattern", required=False))
    except Refused as refused:
        section.findings.extend(refused.findings)
        return ""


def _keys(section: Section) -> dict[str, str]:
    """`"page.back" = "f3"` and `page.back = "f3"` are the same; TOML takes the point of the latter for a table."""
    from stellr_tui.rules.findings import Finding, Reason

    table = section.table("keys", required=False)
    keys = {}
    for name, value in _flat(section.raw("keys") if table else {}).items():
        if isinstance(value, str) and value.strip():
            keys[name] = value
        else:
            section.findings.append(Finding(Reason.WRONG_TYPE, f"keys.{name}", str(value), {"allowed": "key-names"}))
    return keys


def _flat(table: Mapping[str, object], before: str = "") -> dict[str, object]:
    flat: dict[str, object] = {}
    for name, value in table.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{before}{name}.")
        else:
            flat[f"{before}{name}"] = value
    return flat
