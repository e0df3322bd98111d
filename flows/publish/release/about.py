"""What a release says of itself: the facts in seeds/release.toml."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Licence:
    """A licence by its SPDX identifier, its title and the address of its text."""

    id: str
    title: str
    url: str


@dataclass(frozen=True)
class SourceTexts:
    """Who holds the rights in the source texts, and the line that says so in descriptors."""

    holder: str
    title: str


@dataclass(frozen=True)
class About:
    """What every release says of itself: the entries of seeds/release.toml.

    `headline` are the measures of `evaluations` that the README of a release shows. `code`, `data`
    and `sources` say who holds which rights in these three.
    """

    name: str
    title: str
    description: str
    creators: list[str]
    keywords: list[str]
    headline: list[str]
    code: Licence
    data: Licence
    sources: SourceTexts


def read_about() -> About:
    """The facts in seeds/release.toml. Raises TypeError when one is missing or unknown."""
    facts = tomllib.loads((PROJECT / "seeds" / "release.toml").read_text(encoding="utf-8"))
    return About(
        **{
            **facts,
            "code": Licence(**facts["code"]),
            "data": Licence(**facts["data"]),
            "sources": SourceTexts(**facts["sources"]),
        }
    )


def licence_text() -> str:
    """The whole licence of the code."""
    return (PROJECT / "LICENSE").read_text(encoding="utf-8")


def citation_line(about: About, version: str, date: str | None) -> str:
    """How to cite a release, as one line of text."""
    released = f" ({date})" if date else ""
    return f"{', '.join(about.creators)}{released}. {about.title}. Version {version}."
