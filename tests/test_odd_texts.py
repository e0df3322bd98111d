"""Texts that nobody should write still give rows that can be stored, and in a moment."""

from pathlib import Path

import pytest

from documents import INTRODUCTION, minimal, parts, reference, source
from flows.__main__ import PROJECT
from flows.evaluate import evaluate
from flows.normalise import normalise
from flows.store import validated
from schemas import Tables

LABELS: Path = PROJECT / "seeds" / "gold"

ODD = {
    "note mark in brackets": "Il faut agir vite[1].",
    "tags": "Il faut <u>agir</u> vite.",
    "line break as a tag": "Il faut agir<br/>vite.",
    "tag left open": "Il faut tirer parti<sup>des marées basses pour former les équipages.",
    "no-break space before a space": "Les orateurs\u00a0 ont souligné qu'il faut agir.",
    "narrow no-break spaces": "Les\u202fÉtats\u202font\u202fsouligné qu'il faut agir.",
    "names that end in numbers": "M. Jean Dupont, Ministre, a pris la parole. M. Jean Dupont-2,"
    " Maire, a pris la parole. M. Jean-Dupont, Maire, a pris la parole.",
    "totals beyond belief": "Près de 9999999999 personnes ont participé à la session, venues de"
    " 99999999999 pays, avec 88888888888888 orateurs.",
    "a number of 400 digits": f"Plus de {'9' * 400} migrants sont partis.",
    # Each of these took a pattern that can read the same words in two ways.
    "adverbs without end": f"Les orateurs ont {'également ' * 40}fini.",
    "adverbs before a phrase": f"Les orateurs ont mis {'également ' * 40}fin aux débats.",
    "commas without end": f"Les orateurs ont{', ' * 40}fini.",
    "determiners without end": f"Les orateurs ont tiré {'les des ' * 40}fin.",
}


def stored(text: str) -> Tables:
    tables, refused = normalise([source(minimal(parts(INTRODUCTION, text)))], reference())
    assert not refused
    tables = {**reference(), **tables}
    tables["evaluations"] = evaluate(tables, LABELS)
    validated(tables)
    return tables


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_texts_can_be_stored(text: str) -> None:
    assert stored(text)["sentences"]


def test_a_line_break_as_a_tag_parts_words() -> None:
    last = stored("Il faut agir<br/>vite.")["sentences"][-1]
    assert last["text"] == "Il faut agir vite."
