"""How help is laid out: measured in screen cells, since a Japanese character takes two."""

from collections.abc import Iterable

import click
from rich.cells import cell_len

from stellr_tui.reference.line_breaks import wrapped
from stellr_tui.reference.texts import _


class HelpPage(click.HelpFormatter):
    """Click's help page in the language spoken now."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line that shows how the command is written."""
        super().write_usage(prog, args, prefix or _("使い方: "))

    def write_text(self, text: str) -> None:
        """Paragraphs, indented as the page is at this point."""
        indent = " " * self.current_indent
        for line in wrapped(text, self.width - self.current_indent):
            self.write(f"{indent}{line}".rstrip() + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 34, col_spacing: int = 2) -> None:
        """Terms on the left, what they mean on the right."""
        listed = list(rows)
        left = min(max((cell_len(term) for term, _said in listed), default=0), col_max) + col_spacing
        indent = " " * self.current_indent
        for term, said in listed:
            lines = wrapped(said, max(self.width - self.current_indent - left, 20))
            if cell_len(term) + col_spacing > left:
                self.write(f"{indent}{term}\n")
                term = ""
            for line in lines:
                self.write(f"{indent}{term}{' ' * (left - cell_len(term))}{line}".rstrip() + "\n")
                term = ""
