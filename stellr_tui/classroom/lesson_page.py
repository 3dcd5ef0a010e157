"""A lesson as one HTML page: to click through, to read without scripts, to print; it asks the network for nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from string import Template
from typing import TYPE_CHECKING

from stellr_tui.classroom.sheet import Sheet
from stellr_tui.reference.data import data_path
from stellr_tui.reference.texts import N_, in_language

if TYPE_CHECKING:
    from stellr_tui.classroom.pictures import Pictured
    from stellr_tui.lessons.scenario import Scenario
    from stellr_tui.lessons.wording import Wording

END = "_end"
"""The id of what stands behind the last step. No step has it: their ids have no underscore."""

_NAMES = {"ja": "日本語", "en": "English"}
_CONTENTS = N_("ステップの一覧")
_BACK = N_("前へ")
_NEXT = N_("次へ")
_END = N_("終わり")
_HINTS = N_("ヒント")
_SOURCE = N_("マニュアル: {place}  所要時間: 約{minutes}分")


def lesson_page(scenario: Scenario, pictured: Mapping[str, tuple[Pictured, ...]]) -> str:
    """The page. pictured: the steps as they look in each language that it speaks."""
    languages = tuple(pictured)
    sheet = Sheet()

    def said(words: Callable[[str], str], tag: str = "span", name: str = "said") -> str:
        """The same in each language, of which one is shown."""
        return "".join(f'<{tag} class="{name}" lang="{one}">{words(one)}</{tag}>' for one in languages)

    def ours(message: str) -> str:
        return said(lambda language: escape(in_language(language, message)))

    def about(language: str) -> str:
        source = in_language(language, _SOURCE)
        source = source.format(place=_of(scenario.manual, language), minutes=scenario.minutes)
        purpose = escape(_of(scenario.purpose, language))
        return f'<p class="about">{purpose}</p><p class="source">{escape(source)}</p>'

    def step(at: int) -> str:
        def shown(language: str) -> str:
            one = pictured[language][at]
            words = _of(one.step.instruction, language)
            hints = "".join(f"<li>{escape(_of(hint, language))}</li>" for hint in one.step.hint)
            ladder = f"<details><summary>{escape(in_language(language, _HINTS))}</summary><ul>{hints}</ul></details>"
            return (
                f'<p class="instruction">{escape(words)}</p>{ladder if hints else ""}'
                f"<figure>{sheet.add(one.before, words, one.target)}</figure>"
            )

        id = scenario.step[at].id
        head = f"{at + 1} / {len(scenario.step)}"
        return f'<section id="{escape(id)}" tabindex="-1"><h2>{head}</h2>{said(shown, "div")}</section>'

    def end(language: str) -> str:
        words = in_language(language, _END)
        return f"<figure>{sheet.add(pictured[language][-1].after, words)}</figure>"

    def link(at: int) -> str:
        one = scenario.step[at]
        words = said(lambda language: escape(_of(one.instruction, language).partition("\n")[0]))
        return f'<li><a href="#{escape(one.id)}">{words}</a></li>'

    count = range(len(scenario.step))
    steps = [*map(step, count), f'<section id="{END}" tabindex="-1"><h2>{ours(_END)}</h2>{said(end, "div")}</section>']
    page = Template(data_path("lesson", "page.html").read_text(encoding="utf-8"))
    return page.substitute(
        language=languages[0],
        title=escape(" / ".join(dict.fromkeys(_of(scenario.title, one) for one in languages))),
        heading=said(lambda language: escape(_of(scenario.title, language))),
        languages=_switch(languages) if len(languages) > 1 else "",
        about=said(about, "div"),
        contents=ours(_CONTENTS),
        links="".join([*map(link, count), f'<li><a href="#{END}">{ours(_END)}</a></li>']),
        steps="\n".join(steps),
        back=ours(_BACK),
        next=ours(_NEXT),
        count=len(scenario.step),
        css=sheet.css(),
        rows=sheet.definitions(),
    )


def _of(words: Wording, language: str) -> str:
    said: str = getattr(words, language)
    return said


def _switch(languages: tuple[str, ...]) -> str:
    choices = "".join(
        f'<label><input type="radio" name="_language" id="_{one}" value="{one}"{" checked" * (one == languages[0])}>'
        f' <span lang="{one}">{_NAMES[one]}</span></label>'
        for one in languages
    )
    return f'<fieldset class="languages">{choices}</fieldset>'
