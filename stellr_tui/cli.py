"""The console script `stellr`: alone it opens the app at once, with a command it hands over to the commands.

Nothing is imported before it is known to be needed: the app shows its first screen without a command line's modules.
"""

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, TextIO

from stellr_tui.commands import COMPLETION_VARIABLE
from stellr_tui.commands.exit_status import DONE, INTERRUPTED, NOBODY_READS, WRONG_USAGE
from stellr_tui.reference.settings import Read, read_settings
from stellr_tui.reference.texts import DEFAULT_LANGUAGE, LANGUAGES, use_language

LANGUAGE_VARIABLE = "STELLR_LANG"


class Opening(NamedTuple):
    """How to open the app: the order book's address, None for the user's own."""

    database: str | None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `stellr` with these arguments, or with those of the process.

    Returns the exit status: 0 done, 1 refused by a rule or failed, 2 wrong usage, 130 interrupted.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    # Python has no stream where the shell closed one (`>&-`).
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    if isinstance(sys.stdout, io.TextIOWrapper):
        # What the terminal's encoding lacks is shown by its code instead of ending the program.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        status = _run(given)
        sys.stdout.flush()  # here, where it can be said that it failed
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _let_go()
        return NOBODY_READS
    except Exception as error:
        from stellr_tui.commands.failures import explain

        _let_go()
        return explain(error, debug="--debug" in given)
    return status


def read_opening(arguments: Sequence[str]) -> Opening | None:
    """What `stellr` without a command was told; None where there is more than that to understand."""
    database = None
    left = list(arguments)
    while left:
        name, equals, value = left.pop(0).partition("=")
        if name == "--debug" and not equals:
            continue
        if name not in ("--database", "--lang"):
            return None
        if not equals:
            value = left.pop(0) if left else ""
        if not value or (name == "--lang" and value not in LANGUAGES):
            return None
        if name == "--database":
            database = value
    return Opening(database)


def _run(arguments: list[str]) -> int:
    read = read_settings()
    if not _speak(arguments, read.settings.language):
        return WRONG_USAGE
    opening = None if COMPLETION_VARIABLE in os.environ else read_opening(arguments)
    if opening is not None:
        return _open_app(opening, read)
    from stellr_tui.commands.program import run

    if read.findings and COMPLETION_VARIABLE not in os.environ:
        from stellr_tui.reference.sentences import sentence

        for one in read.findings:
            print(sentence(one), file=sys.stderr)
    return run(arguments)


def _speak(arguments: Sequence[str], chosen: str | None) -> bool:
    """Speak the language asked for from the first word on, help and mistakes included.

    `--lang` goes before the variable, and that before what is chosen in the settings. A wrong `--lang` is left for
    the commands to refuse; a wrong variable is refused here, as False.
    """
    language = os.environ.get(LANGUAGE_VARIABLE) or chosen or DEFAULT_LANGUAGE
    asked = _language_asked(arguments)
    if asked is None and language not in LANGUAGES:
        from stellr_tui.reference.sentences import sentence
        from stellr_tui.rules.findings import Finding, Reason

        facts = {"allowed": ", ".join(LANGUAGES)}
        print(sentence(Finding(Reason.NOT_A_CHOICE, LANGUAGE_VARIABLE, language, facts)), file=sys.stderr)
        return False
    use_language(asked or language)
    return True


def _language_asked(arguments: Sequence[str]) -> str | None:
    """The last `--lang` that names a language, before or after the command."""
    asked = None
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        name, equals, value = argument.partition("=")
        if name == "--lang":
            value = value if equals else next(iter(arguments[position + 1 :]), "")
            asked = value if value in LANGUAGES else asked
    return asked


def _open_app(opening: Opening, read: Read) -> int:
    from stellr_tui.commands.terminal import ready_for_screen

    if not ready_for_screen():
        return WRONG_USAGE
    from stellr_tui.app import StellrApp

    app = StellrApp(database=opening.database, read=read)
    app.run()
    if app.failure is not None:
        raise app.failure
    return app.return_code or DONE


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def _let_go() -> None:
    """Give up what could not be written to standard output, so that Python does not try it again at its end."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
