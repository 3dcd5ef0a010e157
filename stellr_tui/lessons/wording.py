"""Words of a scenario, in every language of the portal."""

from dataclasses import dataclass

from stellr_tui.reference.texts import language


@dataclass(frozen=True, slots=True)
class Wording:
    """What is said in Japanese and in English; lines are kept as the author broke them."""

    ja: str
    en: str

    def __str__(self) -> str:
        """In the language spoken now."""
        return self.en if language() == "en" else self.ja
