"""Language packs: the words, shapes and cues of one language, read from `packs/*.toml`.

A pack is data. It is read when a document of its language comes, and then whole: every pattern is
compiled once, and a mistake is reported with the file and line of the entry.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from flows.ground.folding import key
from flows.normalise.language.file import LanguageFile, Rule
from schemas.kinds import RoleKind

LANGUAGES = Path(__file__).parent / "packs"
_SHAPES = ("header", "panels", "people", "sources", "recommendations", "figures")
_ROMAN = {"i": 1, "v": 5, "x": 10}

Pattern = re.Pattern[str]
T = TypeVar("T")


def beginnings(words: Iterable[str]) -> frozenset[str]:
    """The first letters, four at most, of the longest word of each number in words.

    Empty where one has no letters: then numbers are looked for in every text.
    """
    found = [max(re.findall(r"[^\W\d_]+", word), key=len, default="")[:4] for word in words]
    return frozenset(found) if all(len(f) > 1 for f in found) else frozenset()


@dataclass(frozen=True)
class Wording:
    """A pattern with the clues that a sentence needs for it (see Clues)."""

    pattern: Pattern
    mask: int


@dataclass(frozen=True)
class Cue:
    """Wording that shows something; `mask` as for Wording."""

    rule: str
    pattern: Pattern
    mask: int
    force: str = ""
    source: bool = False
    object: bool = False


@dataclass(frozen=True)
class Role:
    """How a role shows: see [[roles]] of a pack."""

    role: RoleKind
    pattern: Pattern | None
    before: Pattern | None
    context: Pattern | None
    anywhere: Pattern | None
    label: Pattern | None
    noun: Pattern | None


@dataclass(frozen=True)
class Group:
    """Words for people: `consumes` hides them from later groups, `adds` gives further codes."""

    code: str
    pattern: Pattern
    mask: int
    unless: Pattern | None
    consumes: bool
    adds: tuple[str, ...]


@dataclass(frozen=True)
class Term:
    """Words that suggest an objective, and how strongly; `mask` as for Wording."""

    objective: int
    weight: float
    pattern: Pattern
    mask: int


# ---------------------------------------------------------------- how an attribute is read


class _Entry(Generic[T]):
    """An attribute of a pack: `read` makes it from the language file, once."""

    def __init__(self, read: Callable[[LanguageFile], T]) -> None:
        self._read = read

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, pack: "Pack", owner: type) -> T:
        # The value takes the place of this descriptor, which has no __set__.
        value: T = self._read(pack.file)
        vars(pack)[self._name] = value
        return value


def _text(path: str) -> _Entry[str]:
    return _Entry(lambda file: file.entry(path, str))


def _list(path: str) -> _Entry[list[str]]:
    return _Entry(lambda file: file.entry(path, list))


def _words(path: str) -> _Entry[frozenset[str]]:
    return _Entry(lambda file: frozenset(file.entry(path, list)))


def _keys(path: str) -> _Entry[frozenset[str]]:
    return _Entry(lambda file: frozenset(map(key, file.entry(path, list))))


def _table(path: str) -> _Entry[dict[str, Any]]:
    return _Entry(lambda file: file.entry(path, dict))


def _pattern(path: str, before: str = "", after: str = "") -> _Entry[Pattern]:
    return _Entry(lambda file: file.pattern(path, before, after))


def _patterns(path: str, before: str = "", after: str = "") -> _Entry[dict[str, Pattern]]:
    return _Entry(lambda file: file.patterns(path, before, after))


def _named_patterns(path: str, *names: str) -> _Entry[dict[str, Pattern]]:
    return _Entry(lambda file: {name: file.pattern(f"{path}.{name}") for name in names})


def _wordings(path: str, *names: str) -> _Entry[dict[str, Wording]]:
    def read(file: LanguageFile, name: str) -> Wording:
        pattern = file.pattern(f"{path}.{name}")
        return Wording(pattern, file.clues.mask(pattern.pattern))

    return _Entry(lambda file: {name: read(file, name) for name in names})


def _listed_patterns(path: str) -> _Entry[list[Pattern]]:
    def read(file: LanguageFile) -> list[Pattern]:
        return [file.compile(item, file.offset_of(path)) for item in file.entry(path, list)]

    return _Entry(read)


def _fragment(path: str) -> _Entry[str]:
    """A pattern that becomes a part of others: as text, but checked by itself."""
    return _Entry(lambda file: file.pattern(path).pattern)


def _pairs(path: str) -> _Entry[list[tuple[str, Pattern]]]:
    return _Entry(lambda file: list(file.patterns(path).items()))


def _pairs_of_rules(path: str, name: str) -> _Entry[list[tuple[str, Pattern]]]:
    return _Entry(
        lambda file: [
            (rule[name], rule.pattern("pattern")) for rule in file.rules(path, (name, "pattern"))
        ]
    )


def _types(file: LanguageFile) -> list[tuple[Pattern, str]]:
    return [(file.compile(p, at), value) for p, value, at in file.listed("header.types")]


def _anaphora(file: LanguageFile) -> list[tuple[str, Pattern]]:
    return [(name, file.compile(p, at)) for name, p, at in file.listed("citations.anaphora")]


def _labels(file: LanguageFile) -> dict[str, Pattern]:
    names = ("theme", "place", "date", "modality")
    return {name: file.pattern(f"header.{name}_label") for name in names}


def _hour(file: LanguageFile) -> str:
    """The shape of an hour; `{n}` in it is 1 for the first of a range and 2 for the second."""
    shape = file.entry("hours.hour", str)
    file.compile(shape.format(n=1), file.offset_of("hours.hour"))
    return shape


def _section_headings(file: LanguageFile) -> dict[str, str]:
    kinds = file.entry("sections.headings", dict)
    return {key(heading): kind for kind, headings in kinds.items() for heading in headings}


def _alternatives(words: Iterable[str]) -> str:
    """A pattern of literal words, longest first so that none hides a longer one."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _panel_label(file: LanguageFile) -> Pattern:
    """What starts a line that has a panel's label, hours before it; matched on the line's key."""
    hours = file.pattern("panels_shapes.hours_before").pattern
    words = _alternatives(file.entry("panels.words", list))
    numerals = _alternatives(file.entry("numbers.words", dict))
    sign = file.entry("panels_shapes.number_sign", str)
    return re.compile(
        rf"(?:{hours})?(?P<label>(?:{words})s? (?:{sign}\.? ?)?"
        rf"(?P<number>\d{{1,2}}(?:\.\d{{1,2}})?|[ivx]{{1,5}}|[a-h]|{numerals}))(?![\w'])"
        r"(?P<bracket> ?\([^)]{2,60}\))?"
        r"(?P<separator> ?[:.–—-]+ ?| ?$|,? ?(?=[«“\"]))"
    )


_ACCENTS = "\u0301\u0300\u0302\u0308"
_ACCENTED = {
    vowel: f"[{vowel}{''.join(unicodedata.normalize('NFC', vowel + mark) for mark in _ACCENTS)}]"
    for vowel in "aeiou"
}


def _as_written(words: Iterable[str], capital: bool = False) -> str:
    """A pattern of words given as keys, with any accents; `capital`: with a capital in front."""
    written = []
    for word in sorted(words, key=len, reverse=True):
        first = word[0].upper() if capital else _ACCENTED.get(word[0], word[0])
        written.append(first + "".join(_ACCENTED.get(c, re.escape(c)) for c in word[1:]))
    return "|".join(written)


def _panel_word(file: LanguageFile) -> Pattern:
    """A word that only a panel is called by, matched on a key."""
    common = file.pattern("panels_shapes.common_word")
    words = [word for word in file.entry("panels.words", list) if not common.fullmatch(word)]
    return re.compile(rf"\b(?:{_alternatives(words)})s?\b")


def _panel_line(file: LanguageFile) -> Pattern:
    """A line that is a panel's label with a separator, accents as written.

    A word that is common in running text needs a capital and a separator behind the number.
    """
    common = file.pattern("panels_shapes.common_word")
    words = file.entry("panels.words", list)
    own = _as_written(word for word in words if not common.fullmatch(word))
    shared = _as_written((word for word in words if common.fullmatch(word)), capital=True)
    hours = file.pattern("panels_shapes.hours_before").pattern
    numerals = _alternatives(file.entry("numbers.words", dict))
    sign = file.entry("panels_shapes.number_sign", str)
    number = rf"(?i:(?:{sign} ?)?(?:\d{{1,2}}|[IVX]{{1,5}}|[A-H]|{numerals}))\b[*_ ]*"
    return re.compile(
        rf"[*_ ]*(?:{hours})?(?:(?i:{own})s? {number}(?:[:.–—-]|\(|$)"
        rf"|(?:{shared})s? {number}[:–—-])"
    )


def _listing(file: LanguageFile) -> list[tuple[RoleKind, Pattern]]:
    roles: tuple[RoleKind, ...] = ("speaker", "participant")
    return [(role, file.pattern(f"people.listing.{role}")) for role in roles]


def _roles(file: LanguageFile) -> list[Role]:
    shapes = ("pattern", "before", "context", "anywhere", "label", "noun")
    return [
        Role(
            role["role"],
            role.optional("pattern"),
            role.optional("before"),
            role.optional("context"),
            role.optional("anywhere"),
            role.optional("label", "^(?:", ")$"),
            role.optional("noun"),
        )
        for role in file.rules("roles", ("role",), shapes)
    ]


def _reporting_forms(file: LanguageFile) -> frozenset[str]:
    """Forms of reporting verbs: those listed, and those of regular verbs by their endings."""
    endings = file.entry("inflection.verbs", dict)
    forms = set(file.entry("reporting.forms", list))
    for verb in file.entry("reporting.verbs", list):
        ending = max((e for e in endings if verb.endswith(e)), key=len, default=None)
        if ending is None:
            raise file.wrong("reporting.verbs", verb, "it has no ending of [inflection.verbs]")
        stem = verb.removesuffix(ending)
        forms.update(stem + form for form in endings[ending])
    return frozenset(forms)


def _needs(file: LanguageFile) -> dict[str, Pattern]:
    """Participle, in any gender and number → what must follow it for it to report."""
    needs = file.patterns("reporting.needs")
    for form, pattern in list(needs.items()):
        for ending in file.entry("inflection.participle", list):
            needs.setdefault(form + ending, pattern)
    return needs


def _mask(file: LanguageFile, rule: Rule) -> int:
    """The clues that a sentence needs for the pattern of a rule."""
    return file.clues.mask(rule.pattern("pattern").pattern)


def _cue(file: LanguageFile, rule: Rule, kind: str) -> Cue:
    return Cue(
        rule=f"{file.entry('language', str)}.{kind}.{rule['id']}",
        pattern=rule.pattern("pattern"),
        mask=_mask(file, rule),
        force=rule.get("force", ""),
        source=rule.get("source", False),
        object=rule.get("object", False),
    )


def _cues(file: LanguageFile) -> list[Cue]:
    rules = file.rules("cues", ("id", "pattern", "force"), ("source", "object"))
    return [_cue(file, rule, rule["force"]) for rule in rules]


def _traps(file: LanguageFile) -> list[Cue]:
    return [_cue(file, rule, "trap") for rule in file.rules("traps", ("id", "pattern"))]


def _groups(file: LanguageFile) -> list[Group]:
    return [
        Group(
            group["code"],
            group.pattern("pattern"),
            _mask(file, group),
            group.optional("unless"),
            group.get("consumes", False),
            tuple(group.get("adds", ())),
        )
        for group in file.rules("groups", ("code", "pattern"), ("unless", "consumes", "adds"))
    ]


def _terms(file: LanguageFile) -> list[Term]:
    found = []
    for number in file.entry("objectives.terms", dict):
        path = f"objectives.terms.{number}"
        terms = file.entry(path, list)
        place = file.offset_of(path)
        for weight, text in terms:
            pattern = file.compile(text, place)
            mask = file.clues.mask(pattern.pattern)
            found.append(Term(int(number), weight, pattern, mask))
    return found


def _measures(file: LanguageFile) -> dict[str, tuple[Pattern, Pattern]]:
    path = "figures.measures"
    return {
        measure: (
            file.pattern(f"{path}.{measure}.unit"),
            file.pattern(f"{path}.{measure}.sentence"),
        )
        for measure in file.entry(path, dict)
    }


def _number_mask(file: LanguageFile) -> int:
    """The clues that a sentence needs for a number in words."""
    words = [*file.entry("numbers.words", dict), *file.entry("figures.rounded", dict)]
    return file.clues.mask_of_words(beginnings(words) - set(file.entry("numbers.weak", list)))


class _Shapes(dict[str, Pattern]):
    """Name → pattern, for all tables of shapes. Raises Refused for a name that the file lacks."""

    def __init__(self, file: LanguageFile) -> None:
        self._file = file
        for table in _SHAPES:
            self.update(file.patterns(f"{table}_shapes"))

    def __missing__(self, name: str) -> Pattern:
        raise self._file.missing(name)


# ---------------------------------------------------------------- the pack


class Pack:
    """One language: each attribute is an entry of its file, patterns compiled.

    Raises Refused for a mistake of the file: a pattern that cannot be read, an entry that is
    missing or that nothing reads.
    """

    def __init__(self, file: LanguageFile) -> None:
        self.file = file
        for name, entry in vars(Pack).items():
            if isinstance(entry, _Entry):
                getattr(self, name)
        file.refuse_unknown()

    language = _text("language")
    name = _text("name")
    stop_words = _keys("stop_words")
    clues = _Entry(lambda file: file.clues)
    shapes = _Entry(_Shapes)

    # Sentences and layout
    abbreviations = _words("sentences.abbreviations")
    before_numbers = _words("sentences.before_numbers")
    unfinished = _pattern("layout.unfinished")
    hyphen_prefixes = _words("layout.hyphen_prefixes")
    page_number = _pattern("layout.page_number")
    field_label = _pattern("layout.field_label")

    # Header
    series = _pattern("header.series")
    types = _Entry(_types)
    other_lines = _listed_patterns("header.other_lines")
    filler = _pattern("header.filler")
    held = _pattern("header.held")
    took_place = _pattern("header.took_place")
    other_session = _pattern("header.other_session")
    session_noun = _fragment("header.session_noun")
    themes = _listed_patterns("header.theme")
    labels = _Entry(_labels)
    venue = _pattern("header.venue")
    held_at = _pattern("header.held_at")
    venue_at = _pattern("header.venue_at")
    modality = _pairs_of_rules("header.modality", "value")

    # Numbers, dates and hours
    ordinals: _Entry[dict[str, int]] = _table("ordinals.words")
    numbers: _Entry[dict[str, int]] = _table("numbers.words")
    weak_numbers = _words("numbers.weak")
    number_joint = _fragment("numbers.joint")
    multipliers: _Entry[dict[str, int]] = _table("numbers.multipliers")
    decimal = _text("numbers.decimal")
    months: _Entry[dict[str, int]] = _table("dates.months")
    weekdays = _list("dates.weekdays")
    day_suffix = _fragment("dates.day_suffix")
    date_joiner = _fragment("dates.joiner")
    date_range = _fragment("dates.range")
    date_lead = _fragment("dates.lead")
    month_first: _Entry[bool] = _Entry(lambda file: file.entry("dates.month_first", bool))
    hour = _Entry(_hour)
    hours_range = _fragment("hours.range")
    hours_lead = _fragment("hours.lead")
    meridiem = _fragment("hours.meridiem")
    zone_bracket = _pattern("hours.zone_bracket")
    time_zone = _pattern("hours.zone")

    # Sections, days and panels
    section_headings = _Entry(_section_headings)
    heading_patterns = _patterns("sections.patterns")
    section_cues = _named_patterns(
        "sections.cues", "opening", "closing", "synthesis", "notes", "sentence_start"
    )
    day_label = _pattern("days.label")
    day_statement = _pattern("days.statement")
    next_day = _pattern("days.next")
    panel_label = _Entry(_panel_label)
    panel_line = _Entry(_panel_line)
    panel_word = _Entry(_panel_word)
    panel_lead_in = _pattern("panels.lead_in")
    panel_prose = _pattern("panels.prose_lead")
    panel_prose_item = _pattern("panels.prose_item")
    panel_inside = _pattern("panels.inside")
    panel_columns = _patterns("panels.columns")
    panel_link = _pattern("panels.link")
    panel_numbered = _pattern("panels.numbered")
    panel_ordinal = _pattern("panels.ordinal")

    # People
    honorific = _pattern("people.honorific")
    masculine_honorific = _pattern("people.masculine_honorific")
    feminine_honorific = _pattern("people.feminine_honorific")
    particles = _list("people.particles")
    not_names = _words("people.not_names")
    function = _pattern("people.function")
    masculine_function = _pattern("people.masculine_function")
    feminine_function = _pattern("people.feminine_function")
    predicate = _pattern("people.predicate")
    not_body = _pattern("people.not_body")
    clause_subject = _pattern("people.clause_subject")
    finite = _pattern("people.finite")
    body = _pattern("people.body", r"\b", r"\b")
    body_of_body = _pattern("people.body_of_body")
    body_link = _pattern("people.body_link")
    government = _pattern("people.government", r"\b", r"\b")
    seat = _pattern("people.seat", r"\b")
    affiliation = _pattern("people.affiliation")
    absent_before = _pattern("people.absent_before", r"\b")
    absent_after = _pattern("people.absent_after")
    absent_later = _pattern("people.absent_later")
    acting_before = _list("people.acting_before")
    any_participle = _pattern("people.any_participle")
    not_function = _pattern("people.not_function")
    on_behalf_of_state = _pattern("people.on_behalf_of_state")
    joined = _pattern("people.joined", r"\b")
    group_nouns = _pattern("people.group_nouns", r"\b", r"\b")
    group_sectors = _pairs("people.group_sectors")
    sectors = _pairs("people.sectors")
    listing = _Entry(_listing)
    not_listing = _pattern("people.listing.unless")
    statements = _pattern("people.listing.statements")
    roles = _Entry(_roles)

    # Who says it
    adverbial = _pattern("sources.adverbial")
    inverted = _pattern("sources.inverted")
    inverted_present = _pattern("sources.inverted_present")
    agent = _pattern("sources.agent")
    postposed = _pattern("sources.postposed")
    postposed_pronoun = _pattern("sources.postposed_pronoun")
    leading_verb = _pattern("sources.leading_verb")
    possessive = _pattern("sources.possessive")
    supported = _pattern("sources.supported")
    authored = _pattern("sources.authored")
    representative = _pattern("sources.representative", r"\b")
    representatives = _pattern("sources.representatives")
    pronouns: _Entry[dict[str, str]] = _table("sources.pronouns")
    determiners = _fragment("sources.determiners")
    source_nouns = _pairs_of_rules("sources.nouns", "attribution")
    grammatical_gender = _pattern("sources.grammatical_gender")
    reporting = _pattern("reporting.verb", r"\b")
    any_verb = _pattern("reporting.any_verb", r"\b")
    needs = _Entry(_needs)
    verbs_of_things = _words("reporting.of_things")
    reporting_forms = _Entry(_reporting_forms)
    participle_endings = _list("inflection.participle")
    reporting_present = _pattern("reporting.present")
    reporting_passive = _pattern("reporting.passive")
    passive_demand = _pattern("reporting.passive_demand")
    passive_participle = _pattern("reporting.passive_participles")

    # Recommendations
    priority = _pattern("lists.priority")
    not_priority = _pattern("lists.not_priority")
    action_item = _pattern("lists.item")
    not_item = _pattern("lists.not_item")
    traps = _Entry(_traps)
    cues = _Entry(_cues)
    importance = _named_patterns(
        "importance",
        *("infinitive", "not_infinitive", "indefinite", "enumerated", "action_noun", "past"),
    )
    action_endings: _Entry[tuple[str, ...]] = _Entry(
        lambda file: tuple(file.entry("importance.action_endings", list))
    )
    action_nouns = _keys("importance.action")
    not_action_nouns = _keys("importance.not_action")
    actors = _pattern("addressees.actors", r"\b", r"\b")
    addressee = _wordings(
        "addressees",
        *("asked", "asked_dative", "asked_of", "agent", "passive_asked", "for_whom", "that_who"),
        *("between", "gathering", "efforts", "strip", "subject_stop"),
    )
    modal = _pattern("addressees.modal")
    has_verb = _pattern("addressees.has_verb")
    contracted: _Entry[dict[str, str]] = _table("addressees.contracted")

    # Codes, figures and citations
    groups = _Entry(_groups)
    carried = _pattern("codes.carried")
    explicit_objectives = _pattern("objectives.explicit")
    compact = _pattern("objectives.compact")
    through = _pattern("objectives.through")
    not_compact = _pattern("objectives.not_compact")
    terms = _Entry(_terms)
    percent = _pattern("figures.percent")
    not_before = _pattern("figures.not_before")
    not_after = _pattern("figures.not_after")
    year = _pattern("figures.year")
    countable = _pattern("figures.countable", after=r"\b")
    clock = _pattern("figures.clock")
    plural = _pattern("figures.plural")
    qualifiers = _patterns("figures.qualifiers", r"\b", " ?$")
    measures = _Entry(_measures)
    figure_number = _fragment("figures.number")
    number_mask = _Entry(_number_mask)
    rounded: _Entry[dict[str, int]] = _table("figures.rounded")
    anaphora = _Entry(_anaphora)
    symbol = _pattern("citations.symbol")

    # What looks like a name, known or not
    instrument_like = _pattern("warnings.instrument")
    organisation_like = _pattern("warnings.organisation")

    def reports(self, form: str) -> bool:
        """Whether a form, a participle in any gender and number, is one of a reporting verb."""
        return form in self.reporting_forms or any(
            form.endswith(ending) and form.removesuffix(ending) in self.reporting_forms
            for ending in self.participle_endings
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
    if folded and set(folded) <= set(_ROMAN):
        digits = [_ROMAN[letter] for letter in folded]
        return sum(-d if d < max(digits[i + 1 :], default=0) else d for i, d in enumerate(digits))
    return None


@cache
def language_files() -> dict[str, LanguageFile]:
    """Language → its file in `packs/`, parsed, nothing in it compiled or checked yet.

    Raises Refused for a file that is no TOML or names no language.
    """
    found: dict[str, LanguageFile] = {}
    for path in sorted(LANGUAGES.glob("*.toml")):
        name = f"flows/normalise/language/packs/{path.name}"
        file = LanguageFile(name, path.read_text(encoding="utf-8"))
        found[file.entry("language", str)] = file
    return found


@cache
def pack_of(language: str) -> Pack:
    """The pack of a language that has a file. Raises Refused for a pack with a mistake."""
    return Pack(language_files()[language])


def packs() -> dict[str, Pack]:
    """Language → pack, for all of them. Raises Refused for a pack with a mistake."""
    return {language: pack_of(language) for language in language_files()}
