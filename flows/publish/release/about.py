"""What a release says of itself: the facts in seeds/release.toml."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Licence:
    """`id` is the SPDX identifier."""

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
    """`headline`: the measures of `evaluations` that a README shows. `code`, `data` and `sources`
    are the three layers of rights."""

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
