"""The names of the reference tables in one language, ready to be found in texts.

Made once a language by `normalise`, and handed to every room that looks for countries,
organisations, instruments or cities.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flows.normalise.text.gazetteer import Gazetteer
from schemas import Tables


@dataclass(frozen=True)
class Names:
    """What each name of a language stands for, and the `sectors` of organisations by their ids.

    Names of countries, their adjectives and names of cities stand for codes of countries (ISO
    3166-1 alpha-3), names of organisations and instruments for ids of the reference tables. An
    adjective of several countries stands for none and is left out.
    """

    countries: Gazetteer
    adjectives: Gazetteer
    cities: Gazetteer
    organisations: Gazetteer
    instruments: Gazetteer
    sectors: Mapping[str, str]


def names_of(language: str, reference: Tables) -> Names:
    """The names that the reference tables have in a language (ISO 639-1)."""

    def read(table: str, target: str, capital: bool = False) -> Gazetteer:
        rows = (row for row in reference[table] if row["language"] == language)
        return Gazetteer(((str(row["name"]), str(row[target])) for row in rows), capital)

    return Names(
        countries=read("country_names", "country_code", capital=True),
        adjectives=Gazetteer(_adjectives(language, reference)),
        cities=read("city_names", "country_code", capital=True),
        organisations=read("organisation_names", "organisation_id"),
        instruments=read("instrument_names", "instrument_id"),
        sectors={
            str(row["organisation_id"]): str(row["sector"]) for row in reference["organisations"]
        },
    )


def _adjectives(language: str, reference: Tables) -> Iterator[tuple[str, str]]:
    """Adjectives of one country with its code."""
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for row in reference["country_adjectives"]:
        if row["language"] == language:
            codes[str(row["adjective"])].add(str(row["country_code"]))
    return ((form, code) for form, (code, *others) in codes.items() if not others)
