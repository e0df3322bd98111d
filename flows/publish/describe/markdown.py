"""Markdown pages: their wording is in texts/, tables and numbers are filled in."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from string import Template

TEXTS = Path(__file__).with_name("texts")


def filled(name: str, **values: str) -> str:
    """The template of that name, each `${key}` filled in. Raises KeyError for one not given."""
    return Template((TEXTS / name).read_text(encoding="utf-8")).substitute(values)


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows of cells under a header as a Markdown table."""
    lines = [header, ["---"] * len(header), *(map(_cell, row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def score(value: object) -> str:
    """A score with three decimals, a dash for none."""
    return f"{value:.3f}" if isinstance(value, float) else "–"


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return text.replace("|", "&#124;").replace("<", "&lt;")
