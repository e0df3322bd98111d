"""Names of the reference tables, ready to be found in texts, by language."""

from collections import defaultdict
from functools import cache

from flows.normalise.text.gazetteer import Gazetteer
from schemas import Tables

_CAPITALISED = {"country_names", "city_names"}


class Lexicon:
    """`sectors` maps organisations, by id, to their sectors."""

    def __init__(self, reference: Tables) -> None:
        self._reference = reference
        self._gazetteer = cache(self._read)
        self._adjectives = cache(self._read_adjectives)
        self.sectors = {
            str(row["organisation_id"]): str(row["sector"]) for row in reference["organisations"]
        }

    def countries(self, language: str) -> Gazetteer:
        """Names of countries → their codes."""
        return self._gazetteer("country_names", "country_code", language)

    def adjectives(self, language: str) -> Gazetteer:
        """Adjectives of one country → its code; those of several countries are left out."""
        return self._adjectives(language)

    def cities(self, language: str) -> Gazetteer:
        """Names of cities → the codes of their countries."""
        return self._gazetteer("city_names", "country_code", language)

    def bodies(self, language: str) -> Gazetteer:
        """Names of organisations → their ids."""
        return self._gazetteer("organisation_names", "organisation_id", language)

    def instruments(self, language: str) -> Gazetteer:
        """Names of instruments → their ids."""
        return self._gazetteer("instrument_names", "instrument_id", language)

    def _read(self, table: str, target: str, language: str) -> Gazetteer:
        return Gazetteer(
            (
                (str(row["name"]), str(row[target]))
                for row in self._reference[table]
                if row["language"] == language
            ),
            capital=table in _CAPITALISED,
        )

    def _read_adjectives(self, language: str) -> Gazetteer:
        codes: defaultdict[str, set[str]] = defaultdict(set)
        for row in self._reference["country_adjectives"]:
            if row["language"] == language:
                codes[str(row["adjective"])].add(str(row["country_code"]))
        return Gazetteer((form, code) for form, (code, *others) in codes.items() if not others)
