"""Language packs: the words, shapes and cues of one language, read from `languages/*.toml`.

A pack is data. Reading it checks it whole: every pattern is compiled once, and a mistake is
reported with the file and line of the entry.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from flows.normalise.text import fold_typography, key
from flows.problems import Problem, Refused

LANGUAGES = Path(__file__).parent / "languages"


def beginnings(words: Iterable[str]) -> frozenset[str]:
    """The first letters, four at most, of the longest word of each entry of a `when` list.

    Empty where an entry has no letters: then the pattern is always tried.
    """
    found = [max(re.findall(r"[^\W\d_]+", word), key=len, default="")[:4] for word in words]
    return frozenset(found) if all(len(f) > 1 for f in found) else frozenset()


@dataclass(frozen=True)
class Cue:
    """Wording that shows something.

    `when` are beginnings of words of which the sentence must hold one, if any are given.
    """

    rule: str
    pattern: re.Pattern[str]
    when: frozenset[str]
    force: str = ""
    source: bool = False
    object: bool = False


@dataclass(frozen=True)
class Role:
    """How a role shows: see [[roles]] of a pack."""

    role: str
    pattern: re.Pattern[str] | None
    before: re.Pattern[str] | None
    context: re.Pattern[str] | None
    anywhere: re.Pattern[str] | None
    label: re.Pattern[str] | None


@dataclass(frozen=True)
class Group:
    """Words for people: `consumes` hides them from later groups, `adds` gives further codes."""

    code: str
    pattern: re.Pattern[str]
    when: frozenset[str]
    unless: re.Pattern[str] | None
    consumes: bool
    adds: tuple[str, ...]


@dataclass(frozen=True)
class Objective:
    """Terms that suggest an objective, with their weights; `when` as for cues."""

    number: int
    when: frozenset[str]
    terms: list[tuple[float, re.Pattern[str]]]


class Pack:
    """One language. `data` is the parsed file; what needs compiling is an attribute."""

    def __init__(self, data: Mapping[str, Any], file: str, text: str) -> None:
        self.data = data
        self.file = file
        self._text = text
        self.language: str = data["language"]
        self.name: str = data["name"]
        self.stop_words: frozenset[str] = frozenset(key(w) for w in data["stop_words"])
        self._macros: dict[str, str] = {}
        for name, pattern in data["macros"].items():
            self._macros[name] = self.expand(pattern)
            self.compile(pattern)
        self._compile()

    # ------------------------------------------------------------ reading

    def expand(self, pattern: str) -> str:
        """The pattern with each {name} replaced by the macro of that name."""
        return re.sub(r"\{([a-z_]+)\}", lambda found: self._macros.get(found[1], found[0]), pattern)

    def compile(self, pattern: str) -> re.Pattern[str]:
        """The compiled pattern. Raises Refused naming the line of a mistake."""
        try:
            return re.compile(self.expand(pattern))
        except re.error as error:
            line = self._line_of(pattern)
            raise Refused(
                [
                    Problem(
                        self.file,
                        line,
                        f"the pattern cannot be read: {error}.",
                        "Correct the regular expression.",
                    )
                ]
            ) from None

    def _line_of(self, pattern: str) -> int | None:
        """The line of the entry that a pattern was made from: it may be wrapped for compiling."""
        inner = pattern
        while inner:
            offset = self._text.find(inner)
            if offset >= 0:
                return self._text.count("\n", 0, offset) + 1
            inner = (
                re.sub(r"^(?:\\b|\(\?:|\^|\()|(?:\\b| \?\$|\)\$?|\$)$", "", inner, count=1)
                if inner[:2] in ("\\b", "(?", "^(", "^") or inner[-1] in "b$)"
                else ""
            )
        return None

    def _optional(self, pattern: str | None) -> re.Pattern[str] | None:
        return None if pattern is None else self.compile(pattern)

    def _compile(self) -> None:
        data, compile_ = self.data, self.compile
        layout, header, sections = data["layout"], data["header"], data["sections"]
        days, panels, people = data["days"], data["panels"], data["people"]
        self.abbreviations = frozenset(data["sentences"]["abbreviations"])
        self.before_numbers = frozenset(data["sentences"]["before_numbers"])
        self.unfinished = compile_(layout["unfinished"])
        self.hyphen_prefixes = frozenset(layout["hyphen_prefixes"])
        self.page_number = compile_(layout["page_number"])
        self.field_label = compile_(layout["field_label"])

        self.series = compile_(header["series"])
        self.types = [(compile_(pattern), value) for pattern, value in header["types"]]
        self.other_lines = [compile_(pattern) for pattern in header["other_lines"]]
        self.filler = compile_(header["filler"])
        self.held = compile_(header["held"])
        self.took_place = compile_(header["took_place"])
        self.other_session = compile_(header["other_session"])
        self.session_noun: str = header["session_noun"]
        self.themes = [compile_(pattern) for pattern in header["theme"]]
        self.labels = {
            name.removesuffix("_label"): compile_(header[name])
            for name in ("theme_label", "place_label", "date_label", "modality_label")
        }
        self.venue = compile_(header["venue"])
        self.held_at = compile_(header["held_at"])
        self.venue_at = compile_(header["venue_at"])
        self.modality = [(m["value"], compile_(m["pattern"])) for m in header["modality"]]
        self.ordinals: dict[str, int] = data["ordinals"]["words"]
        self.numbers: dict[str, int] = data["numbers"]["words"]

        self.section_headings: dict[str, str] = {
            key(heading): kind
            for kind, headings in sections["headings"].items()
            for heading in headings
        }
        self.heading_patterns = {kind: compile_(p) for kind, p in sections["patterns"].items()}
        self.section_cues = {kind: compile_(p) for kind, p in sections["cues"].items()}
        self.day_label = compile_(days["label"])
        self.day_statement = compile_(days["statement"])

        words = "|".join(sorted((re.escape(w) for w in panels["words"]), key=len, reverse=True))
        numerals = "|".join(sorted((re.escape(w) for w in self.numbers), key=len, reverse=True))
        # A line that starts with a panel's label; matched on the key of the line.
        self.panel_label = re.compile(
            rf"(?P<label>(?:{words})s? (?:n ?[°o]\.? ?)?(?P<number>\d{{1,2}}(?:\.\d{{1,2}})?|[ivx]{{1,5}}|[a-h]|{numerals}))"
            rf"(?![\w'])(?P<bracket> ?\([^)]{{2,60}}\))?(?P<separator> ?[:.–—-]+ ?| ?$|,? ?(?=[«“\"]))"
        )
        self.panel_lead_in = compile_(panels["lead_in"])
        self.panel_prose = compile_(panels["prose_lead"])
        self.panel_prose_item = compile_(panels["prose_item"])
        self.panel_inside = compile_(panels["inside"])
        self.panel_columns = {name: compile_(p) for name, p in panels["columns"].items()}
        self.panel_link = compile_(panels["link"])
        self.panel_numbered = compile_(panels["numbered"])
        self.panel_ordinal = compile_(panels["ordinal"])

        self.honorific = compile_(people["honorific"])
        self.feminine_honorific = compile_(people["feminine_honorific"])
        self.particles: list[str] = people["particles"]
        self.not_names = frozenset(people["not_names"])
        self.function = compile_(people["function"])
        self.masculine_function = compile_(people["masculine_function"])
        self.feminine_function = compile_(people["feminine_function"])
        self.predicate = compile_(people["predicate"])
        self.not_body = compile_(people["not_body"])
        self.clause_subject = compile_(people["clause_subject"])
        self.finite = compile_(people["finite"])
        self.body = compile_(rf"\b{people['body']}\b")
        self.body_of_body = compile_(people["body_of_body"])
        self.body_link = compile_(people["body_link"])
        self.government = compile_(rf"\b{people['government']}\b")
        self.seat = compile_(rf"\b{people['seat']}")
        self.affiliation = compile_(people["affiliation"])
        self.absent_before = compile_(rf"\b{people['absent_before']}")
        self.absent_later = compile_(people["absent_later"])
        self.any_participle = compile_(people["any_participle"])
        self.not_function = compile_(people["not_function"])
        self.on_behalf_of_state = compile_(people["on_behalf_of_state"])
        self.joined = compile_(rf"\b{people['joined']}")
        self.absent_after = compile_(people["absent_after"])
        self.group_nouns = compile_(rf"\b{people['group_nouns']}\b")
        self.group_sectors = [(s, compile_(p)) for s, p in people["group_sectors"].items()]
        self.sectors = [(sector, compile_(p)) for sector, p in people["sectors"].items()]
        self.listing = [
            (role, compile_(people["listing"][role])) for role in ("speaker", "participant")
        ]
        self.not_listing = compile_(people["listing"]["unless"])
        self.roles = [
            Role(
                role["role"],
                self._optional(role.get("pattern")),
                self._optional(role.get("before")),
                self._optional(role.get("context")),
                self._optional(role.get("anywhere")),
                None if "label" not in role else compile_(rf"^(?:{role['label']})$"),
            )
            for role in data["roles"]
        ]

        sources, reporting = data["sources"], data["reporting"]
        self.adverbial = compile_(sources["adverbial"])
        self.inverted = compile_(sources["inverted"])
        self.inverted_present = compile_(sources["inverted_present"])
        self.agent = compile_(sources["agent"])
        self.postposed = compile_(sources["postposed"])
        self.postposed_pronoun = compile_(sources["postposed_pronoun"])
        self.possessive = compile_(sources["possessive"])
        self.supported = compile_(sources["supported"])
        self.authored = compile_(sources["authored"])
        self.representative = compile_(rf"\b{sources['representative']}")
        self.pronouns: dict[str, str] = sources["pronouns"]
        self.determiners: str = sources["determiners"]
        self.source_nouns = [(n["attribution"], compile_(n["pattern"])) for n in sources["nouns"]]
        self.reporting = compile_(rf"\b{reporting['auxiliary']}{{adverb}} (?P<form>[^\W\d_]+)")
        self.needs = {form: compile_(pattern) for form, pattern in reporting["needs"].items()}
        for form, pattern in list(self.needs.items()):
            for ending in ("e", "s", "es"):
                self.needs.setdefault(form + ending, pattern)
        self.representatives = compile_(sources["representatives"])
        self.verbs_of_things = frozenset(reporting["of_things"])
        self.participles = frozenset(reporting["participles"])
        self.reporting_present = compile_(reporting["present"])
        self.reporting_passive = compile_(reporting["passive"])
        self.passive_demand = compile_(reporting["passive_demand"])
        self.grammatical_gender = compile_(sources["grammatical_gender"])
        self.passive_participle = compile_(reporting["passive_participles"])
        self.participial = compile_(reporting["participial"])

        self.priority = compile_(data["lists"]["priority"])
        self.not_priority = compile_(data["lists"]["not_priority"])
        self.action_item = compile_(data["lists"]["item"])
        self.not_item = compile_(data["lists"]["not_item"])
        self.traps = [self._cue(entry, "trap") for entry in data["traps"]]
        self.cues = [self._cue(entry, entry["force"]) for entry in data["cues"]]
        importance = data["importance"]
        self.importance = {
            name: compile_(importance[name])
            for name in (
                "infinitive",
                "not_infinitive",
                "indefinite",
                "enumerated",
                "action_noun",
                "past",
            )
        }
        self.action_endings = tuple(importance["action_endings"])
        self.action_nouns = frozenset(key(w) for w in importance["action"])
        self.not_action_nouns = frozenset(key(w) for w in importance["not_action"])
        addressees = data["addressees"]
        self.actors = compile_(rf"\b{addressees['actors']}\b")
        self.addressee = {
            name: compile_(addressees[name])
            for name in (
                "asked",
                "asked_dative",
                "asked_of",
                "agent",
                "passive_asked",
                "for_whom",
                "that_who",
                "between",
                "gathering",
                "efforts",
                "strip",
                "subject_stop",
            )
        }
        self.modal = compile_(addressees["modal"])
        self.contracted: dict[str, str] = addressees["contracted"]

        self.groups = [
            Group(
                group["code"],
                compile_(group["pattern"]),
                beginnings(group.get("when", ())),
                self._optional(group.get("unless")),
                bool(group.get("consumes")),
                tuple(group.get("adds", ())),
            )
            for group in data["groups"]
        ]
        self.carried = compile_(data["codes"]["carried"])
        objectives = data["objectives"]
        self.explicit_objectives = compile_(objectives["explicit"])
        self.compact = compile_(objectives["compact"])
        self.through = compile_(objectives["through"])
        self.not_compact = compile_(objectives["not_compact"])
        self.objectives = [
            Objective(
                int(number),
                self._literal_beginnings(pattern for _, pattern in terms),
                [(weight, compile_(rf"(?:{pattern})")) for weight, pattern in terms],
            )
            for number, terms in objectives["terms"].items()
        ]
        figures = data["figures"]
        self.percent = compile_(figures["percent"])
        self.not_before = compile_(figures["not_before"])
        self.not_after = compile_(figures["not_after"])
        self.year = compile_(figures["year"])
        self.countable = compile_(rf"{figures['countable']}\b")
        self.clock = compile_(figures["clock"])
        self.plural = compile_(figures["plural"])
        self.qualifiers = {q: compile_(rf"\b{p} ?$") for q, p in figures["qualifiers"].items()}
        self.measures = {
            measure: (compile_(shape["unit"]), compile_(shape["sentence"]))
            for measure, shape in figures["measures"].items()
        }
        self.figure_number: str = figures["number"]
        self.number_beginnings = beginnings([*self.numbers, *figures["rounded"]]) - {"un", "une"}
        self.rounded: dict[str, int] = figures["rounded"]
        citations = data["citations"]
        self.anaphora = [(name, compile_(pattern)) for name, pattern in citations["anaphora"]]
        self.symbol = compile_(citations["symbol"])

    def reports(self, form: str) -> bool:
        """Whether a participle, in any gender and number, is one of a reporting verb."""
        if form in self.participles:
            return True
        return form.endswith(("s", "e")) and re.sub(r"e?s?$", "", form) in self.participles

    def _literal_beginnings(self, patterns: Iterable[str]) -> frozenset[str]:
        """Beginnings of the words that stand in patterns, frequent words left out.

        A text can match only if it holds one of them: each alternative of such a pattern has a
        word of its own.
        """
        words = re.findall(
            r"(?<![\\\w])[^\W\d_]{3,}", " ".join(patterns).replace("\\b", " ").replace("\\w", " ")
        )
        return beginnings(word for word in words if key(word) not in self.stop_words)

    def _cue(self, entry: Mapping[str, Any], kind: str) -> Cue:
        return Cue(
            rule=f"{self.language}.{kind}.{entry['id']}",
            pattern=self.compile(entry["pattern"]),
            when=beginnings(entry.get("when", ())),
            force=entry.get("force", ""),
            source=bool(entry.get("source")),
            object=bool(entry.get("object")),
        )

    # ------------------------------------------------------------ derived

    @cached_property
    def header_line(self) -> re.Pattern[str]:
        """Shapes that belong to a header even where the line ends with a full stop (key)."""
        from flows.normalise.dates import date_pattern

        types = "|".join(f"(?:{pattern.pattern})" for pattern, _ in self.types)
        return re.compile(
            rf"^.{{0,90}}(?:{date_pattern(self)}).{{0,60}}$|^[-–— ]*(?:{types})[-–— ]*$"
        )

    @cached_property
    def panel_line(self) -> re.Pattern[str]:
        """A line that starts with a panel's label, in any case, accents as written."""
        return re.compile(
            r"(?i)[*_ ]*(?:panel|"
            + "|".join(
                re.escape(w)
                for w in self.data["panels"]["words"]
                if w not in ("session", "reunion", "debat", "discussion")
            )
            + r")s? (?:n ?[°o] ?)?(?:\d{1,2}|[IVX]{1,5}|[A-H])\b[*_ ]*(?:[:.–—-]|\(|$)"
        )


def ordinal_of(pack: Pack, word: str) -> int | None:
    """The number behind an ordinal word, None if it is none."""
    value = pack.ordinals.get(key(word))
    return value if value is not None and value > 0 else None


def number_of(pack: Pack, word: str) -> int | None:
    """The number behind digits, a Roman numeral or a number word, None if it is none."""
    folded = key(word).strip(".() ")
    if folded.isdigit():
        return int(folded)
    if folded in pack.numbers:
        return pack.numbers[folded]
    if folded and set(folded) <= set("ivx"):
        values = {"i": 1, "v": 5, "x": 10}
        digits = [values[c] for c in folded]
        return sum(-d if d < max(digits[i + 1 :], default=0) else d for i, d in enumerate(digits))
    return None


@cache
def packs() -> dict[str, Pack]:
    """Language → pack, for every file in `languages/`. Raises Refused for a pack with a mistake."""
    found: dict[str, Pack] = {}
    for path in sorted(LANGUAGES.glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        name = f"flows/normalise/languages/{path.name}"
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"at line (\d+)", str(error))
            at = int(line[1]) if line else text.count("\n") + 1
            raise Refused([Problem(name, at, f"{error}.", "Correct the TOML.")]) from None
        try:
            pack = Pack(data, name, text)
        except KeyError as error:
            raise Refused(
                [
                    Problem(
                        name, None, f"the entry {error} is missing.", "Add it; fr.toml shows how."
                    )
                ]
            ) from None
        found[pack.language] = pack
    return found


def language_of(text: str) -> tuple[str, float]:
    """The language whose frequent words the text holds most, and their share of all words (0–1)."""
    words = re.findall(r"[^\W\d_]+", fold_typography(text).lower())
    if not words:
        return "", 0.0
    shares = {
        language: sum(key_word in pack.stop_words for key_word in map(_plain, words)) / len(words)
        for language, pack in packs().items()
    }
    best = max(sorted(shares), key=lambda language: shares[language])
    return best, shares[best]


@cache
def _plain(word: str) -> str:
    return key(word)
