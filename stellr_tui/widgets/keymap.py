"""Keys by the ids of their bindings: which there are, which the user has chosen, and what is wrong with those."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import KEY_ALIASES, REPLACED_KEYS, Keys, _character_to_key, key_to_character

from stellr_tui.rules.findings import Finding, Reason
from stellr_tui.widgets.asking import AskingScreen
from stellr_tui.widgets.entry import Entry
from stellr_tui.widgets.page_tab import PageTab
from stellr_tui.widgets.tabbed_page import TabbedPage

if TYPE_CHECKING:
    from textual.app import App

_HERE = re.compile(r"(screens|stellr_tui\.(app|widgets))\b")
_MODIFIERS = {"ctrl", "alt", "shift", "meta", "super", "hyper"}
_CAPS = {"pageup": "PageUp", "pagedown": "PageDown", "escape": "Esc", "space": "Space"}
# Terminals send the one for the other, and keyboards have the other.
_SENT, _PRESSED = "ctrl+underscore", "Ctrl+/"
# Such as f12 and escape, which are no characters.
_NAMES = {one.value.rpartition("+")[2] for one in Keys} | set(KEY_ALIASES)


def known_bindings() -> dict[str, Binding]:
    """The bindings of the portal by their ids, with their own keys. Pages that were never imported have none."""
    found = {}
    for kind in _kinds(DOMNode):
        if _HERE.match(kind.__module__):
            found.update({one.id: one for one in _own(kind) if one.id})
    return dict(sorted(found.items()))


def keys_of(binding: Binding, keymap: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of a binding, those of the keymap before its own."""
    return tuple(_normal(key) for key in keymap.get(binding.id or "", binding.key).split(","))


def key_caps(keys: Iterable[str]) -> str:
    """Keys as they stand on the keyboard: `Ctrl+S`, `F12`, `Tab`."""
    return ", ".join(map(_key_cap, keys))


def check_keymap(app: App[None], keymap: Mapping[str, str]) -> tuple[dict[str, str], tuple[Finding, ...]]:
    """What of a keymap can be used, and what is wrong with the rest.

    The fields of the findings are `keys.ID`: UNKNOWN_KEY for an id that no binding has (facts: key, allowed),
    WRONG_TYPE for what is no key, KEYS_CLASH for a key that does something else on one of the screens (facts: other).
    """
    known = known_bindings()
    findings = []
    right = {}
    for name, keys in keymap.items():
        if name not in known:
            near = get_close_matches(name, known, n=3, cutoff=0.4) or list(known)[:3]
            facts = {"key": name, "allowed": ", ".join([*near, "..."])}
            findings.append(Finding(Reason.UNKNOWN_KEY, f"keys.{name}", keys, facts))
        elif not all(_is_key(_normal(key), known[name]) for key in keys.split(",")):
            findings.append(Finding(Reason.WRONG_TYPE, f"keys.{name}", keys, {"allowed": "key-names"}))
        else:
            right[name] = ",".join(map(_normal, keys.split(",")))
    for name, key, other in list(_clashes(app, known, right)):
        if name in right:
            findings.append(Finding(Reason.KEYS_CLASH, f"keys.{name}", key, {"other": other}))
            del right[name]
    return right, tuple(findings)


def _clashes(app: App[None], known: Mapping[str, Binding], keymap: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """A binding of the keymap, its key, and the binding that has the same one where both can be pressed."""
    for name in keymap:
        for together in _stages(app):
            if name not in together:
                continue
            others = {key: other for other in together if other != name for key in keys_of(known[other], keymap)}
            for key in keys_of(known[name], keymap):
                # What two share from the start is meant to be: a field's key goes before the page's.
                if key in others and key not in _shared(known[name], known[others[key]]):
                    yield name, key, others[key]


def _shared(one: Binding, other: Binding) -> set[str]:
    """The keys that two bindings have both, if nobody chooses others."""
    return {*keys_of(one, {})} & {*keys_of(other, {})}


def _stages(app: App[None]) -> Iterator[set[str]]:
    """The ids of the bindings that can be pressed at the same time: of a screen, or of a tab on its page."""
    everywhere = {*_ids(type(app)), *_ids(Entry)}
    for kind in _kinds(AskingScreen):
        yield everywhere | set(_ids(kind))
    for kind in _kinds(PageTab):
        yield everywhere | set(_ids(TabbedPage)) | set(_ids(kind))


def _ids(kind: type) -> Iterator[str]:
    for base in kind.__mro__:
        if _HERE.match(base.__module__):
            yield from (one.id for one in _own(base) if one.id)


def _own(kind: type) -> Iterable[Binding]:
    """The bindings that a class itself names."""
    return (one for one in kind.__dict__.get("BINDINGS", ()) if isinstance(one, Binding))


def _kinds(kind: type) -> Iterator[type]:
    """A class and all below it, each once."""
    seen: set[type] = set()
    waiting = [kind]
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += one.__subclasses__()
            yield one


def _normal(key: str) -> str:
    """A key as Textual has it: `ctrl+question_mark` for `ctrl+?`, `escape` for `Esc`, `ctrl+z` for `Ctrl+Z`."""
    typed = key.strip()
    if typed.casefold() == _PRESSED.casefold():
        return _SENT
    # The name may itself be a plus.
    before, plus, name = typed[:-1].rpartition("+")
    name += typed[-1:]
    before = before.lower()
    if before == "shift" and len(name) == 1 and name.isalpha():
        return name.upper()
    if len(name) > 1:
        named = {cap.lower(): one for one, cap in _CAPS.items()}
        name = named.get(name.lower(), name.lower())
    elif name:
        name = _character_to_key(name.lower() if before else name)
    return f"{before}{plus}{name}"


def _is_key(key: str, binding: Binding) -> bool:
    """Whether there is such a key. One that is typed into fields must not work everywhere."""
    *modifiers, name = key.split("+")
    is_typed = not modifiers and (len(name) == 1 or (name not in _NAMES and _is_character(name)))
    if binding.priority and is_typed:
        return False
    return set(modifiers) <= _MODIFIERS and (len(name) == 1 or name in _NAMES or _is_character(name))


def _key_cap(key: str) -> str:
    if key == _SENT:
        return _PRESSED
    *modifiers, name = key.split("+")
    printed = key_to_character(REPLACED_KEYS.get(name, name))
    if name in _CAPS or not printed or not printed.isprintable():
        printed = _CAPS.get(name) or name.capitalize()
    # Alone, a letter is another key than the same one with Shift.
    return "+".join(
        [*(one.capitalize() for one in modifiers), printed.upper() if modifiers and len(name) == 1 else printed]
    )


def _is_character(name: str) -> bool:
    return key_to_character(name) is not None
