"""Finding the tests that go by Japanese words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import CodeType, FunctionType

_JAPANESE = re.compile("[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]")
_OURS = "tests.screens"


def holds_japanese(value: object, seen: frozenset[int] = frozenset()) -> bool:
    """Whether there is Japanese in a text, in what a collection holds, or in what a test is written in.

    For a function that is its own text, and that of the constants and functions beside it that it names.
    """
    if id(value) in seen:
        return False
    seen |= {id(value)}
    match value:
        case str():
            return _JAPANESE.search(value) is not None
        case CodeType():
            return holds_japanese(value.co_consts, seen)
        case FunctionType():
            if not value.__module__.startswith(_OURS):
                return False
            own = [one for one in value.__code__.co_consts if one != value.__doc__]
            beside = [value.__globals__.get(name) for name in _names(value.__code__)]
            return holds_japanese([*own, *beside], seen)
        case Mapping():
            return holds_japanese([*value.keys(), *value.values()], seen)
        case list() | tuple() | set() | frozenset():
            return any(holds_japanese(one, seen) for one in value)
    return False


def _names(code: CodeType) -> set[str]:
    """The names that are used in a function, and in those within it."""
    within = [one for one in code.co_consts if isinstance(one, CodeType)]
    return {*code.co_names, *(name for one in within for name in _names(one))}
