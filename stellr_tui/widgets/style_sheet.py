"""A style sheet that reads no style twice in one process."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet

if TYPE_CHECKING:
    from textual.css.model import RuleSet

_MOST = 512


class StyleSheet(Stylesheet):
    """Textual's own reads all styles anew at each screen that is new to an app, and in each app.

    What has been read depends on the text, where it stands, and the theme's variables, and nobody changes it.
    """

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        super().__init__(variables=variables)
        self._parse_cache = _read_with(frozenset(self._variables.items()))

    def set_variables(self, variables: dict[str, str]) -> None:
        """Go by other variables from now on. What was read with those before stays known, for when they come back."""
        self._parse_cache = LRUCache(_MOST)  # Textual empties it
        super().set_variables(variables)
        self._parse_cache = _read_with(frozenset(variables.items()))

    def reparse(self) -> None:
        """Read what is new. Textual does it in a sheet of its own, which has to read all."""
        self.parse()


@cache
def _read_with(variables: frozenset[tuple[str, str]]) -> LRUCache[tuple[Any, ...], list[RuleSet]]:
    """What has been read with these variables."""
    return LRUCache(_MOST)
