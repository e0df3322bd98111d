"""Language packs: the words, shapes and cues of one language, read from a folder of `packs/`.

A pack is data. It is read when a document of its language comes, and then whole: every pattern is
compiled once, and a mistake is reported with the file and line of the entry. An attribute of
`Pack` and the entry of the file have the same name.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar, get_args

from flows.ground.folding import key
from flows.normalise.language.folder import LanguageFolder
from flows.normalise.text.clues import Clues
from schemas.kinds import Force, RoleKind

LANGUAGES = Path(__file__).parent / "packs"
_NEVER = re.compile("(?!)")  # a pattern for what a language does not have
FORCES: tuple[Force, ...] = ("commitment", "call", "obligation", "importance")
_ROMAN = {"i": 1, "v": 5, "x": 10}

Pattern = re.Pattern[str]
PanelColumn = Literal["panel", "title", "day"]
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
    lead: Pattern | None
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
    """An attribute of a pack: `read` makes it from the folder, once.

    `read` gets the path of the entry: the name of the file, a dot, the name of the attribute.
    """

    def __init__(self, read: Callable[[LanguageFolder, str], T], file: str) -> None:
        self._read, self._file = read, file

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, pack: "Pack", owner: type) -> T:
        # The value takes the place of this descriptor, which has no __set__.
        value: T = self._read(pack.folder, f"{self._file}.{self._name}")
        vars(pack)[self._name] = value
        return value


def _value(kind: type[T], file: str) -> _Entry[T]:
    return _Entry(lambda folder, path: folder.entry(path, kind), file)


def _text(file: str) -> _Entry[str]:
    return _value(str, file)


def _flag(file: str) -> _Entry[bool]:
    return _value(bool, file)


def _table(file: str) -> _Entry[dict[str, Any]]:
    return _value(dict, file)


def _optional_table(file: str) -> _Entry[dict[str, Any]]:
    """A table that is empty where a language leaves it out."""
    return _Entry(lambda folder, path: folder.entry(path, dict) if folder.has(path) else {}, file)


def _list(file: str) -> _Entry[tuple[str, ...]]:
    return _Entry(lambda folder, path: tuple(folder.entry(path, list)), file)


def _optional_list(file: str) -> _Entry[tuple[str, ...]]:
    """A list that is empty where a language leaves it out."""
    return _Entry(
        lambda folder, path: tuple(folder.entry(path, list)) if folder.has(path) else (), file
    )


def _words(file: str) -> _Entry[frozenset[str]]:
    return _Entry(lambda folder, path: frozenset(folder.entry(path, list)), file)


def _keys(file: str) -> _Entry[frozenset[str]]:
    return _Entry(lambda folder, path: frozenset(map(key, folder.entry(path, list))), file)


def _pattern(
    file: str, before: str = "", after: str = "", name: str | None = None
) -> _Entry[Pattern]:
    return _Entry(lambda folder, path: folder.pattern(path, before, after, name), file)


def _optional(file: str) -> _Entry[Pattern]:
    """A pattern that matches nothing where a language leaves it out."""
    return _Entry(lambda folder, path: folder.pattern(path) if folder.has(path) else _NEVER, file)


def _fragment(file: str) -> _Entry[str]:
    """A pattern that becomes a part of others: as text, but checked by itself."""
    return _Entry(lambda folder, path: folder.pattern(path).pattern, file)


def _optional_fragment(file: str) -> _Entry[str]:
    """The same, empty where a language leaves it out."""
    return _Entry(
        lambda folder, path: folder.pattern(path).pattern if folder.has(path) else "", file
    )


def _listed_patterns(file: str) -> _Entry[list[Pattern]]:
    return _Entry(LanguageFolder.patterns, file)


def _patterns(file: str, before: str = "", after: str = "") -> _Entry[dict[str, Pattern]]:
    return _Entry(lambda folder, path: _by_name(folder, path, before, after), file)


def _pairs(file: str) -> _Entry[list[tuple[str, Pattern]]]:
    return _Entry(lambda folder, path: list(_by_name(folder, path).items()), file)


def _by_name(
    folder: LanguageFolder, path: str, before: str = "", after: str = ""
) -> dict[str, Pattern]:
    """Name → pattern, for all entries of a table, in their order."""
    names = folder.names(path)
    return {name: folder.pattern(f"{path}.{name}", before, after) for name in names}


def _wording(file: str) -> _Entry[Wording]:
    def read(folder: LanguageFolder, path: str) -> Wording:
        pattern = folder.pattern(path)
        return Wording(pattern, folder.clues.mask(pattern.pattern))

    return _Entry(read, file)


def _types(folder: LanguageFolder, path: str) -> list[tuple[Pattern, str]]:
    """Pattern of a line that names the document's type, and the type."""
    file, inside = folder.split(f"{path}.names")
    found = []
    for item in file.items(inside, ("value", "pattern")):
        value = item.values["value"]
        found.append((folder.pattern_of("header", item, f"{path}.{value}"), value))
    return found


def _section_headings(folder: LanguageFolder, path: str) -> dict[str, str]:
    kinds = folder.entry(path, dict)
    return {key(heading): kind for kind, headings in kinds.items() for heading in headings}


def _panel_columns(folder: LanguageFolder, path: str) -> dict[PanelColumn, Pattern]:
    names: tuple[PanelColumn, ...] = ("panel", "title", "day")
    return {name: folder.pattern(f"{path}.{name}") for name in names}


def _alternatives(words: Iterable[str]) -> str:
    """A pattern of literal words, longest first so that none hides a longer one."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _panel_label(folder: LanguageFolder, _: str) -> Pattern:
    """What starts a line that has a panel's label, hours before it; matched on the line's key."""
    hours = folder.pattern("panels.hours_before").pattern
    words = _alternatives(folder.entry("panels.panel_words", list))
    numerals = _alternatives(folder.entry("words.numbers", dict))
    sign = folder.pattern("panels.number_sign").pattern
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


def _panel_word(folder: LanguageFolder, _: str) -> Pattern:
    """A word that only a panel is called by, matched on a key."""
    common = folder.pattern("panels.common_word")
    words = [
        word for word in folder.entry("panels.panel_words", list) if not common.fullmatch(word)
    ]
    return re.compile(rf"\b(?:{_alternatives(words)})s?\b")


def _panel_line(folder: LanguageFolder, _: str) -> Pattern:
    """A line that is a panel's label with a separator, accents as written.

    A word that is common in running text needs a capital and a separator behind the number.
    """
    common = folder.pattern("panels.common_word")
    words = folder.entry("panels.panel_words", list)
    own = _as_written(word for word in words if not common.fullmatch(word))
    shared = _as_written((word for word in words if common.fullmatch(word)), capital=True)
    hours = folder.pattern("panels.hours_before").pattern
    numerals = _alternatives(folder.entry("words.numbers", dict))
    sign = folder.pattern("panels.number_sign").pattern
    number = rf"(?i:(?:{sign} ?)?(?:\d{{1,2}}|[IVX]{{1,5}}|[A-H]|{numerals}))\b[*_ ]*"
    return re.compile(
        rf"[*_ ]*(?:{hours})?(?:(?i:{own})s? {number}(?:[:.–—-]|\(|$)"
        rf"|(?:{shared})s? {number}[:–—-])"
    )


def _listing(folder: LanguageFolder, path: str) -> list[tuple[RoleKind, Pattern]]:
    roles: tuple[RoleKind, ...] = ("speaker", "participant")
    return [(role, folder.pattern(f"{path}.{role}")) for role in roles]


def _roles(folder: LanguageFolder, _: str) -> list[Role]:
    """The roles of the pack, in its order; a name that is no role is left unread, and refused."""

    def shape(role: str, name: str) -> Pattern | None:
        place = f"people.role.{role}.{name}"
        return folder.pattern(place) if folder.has(place) else None

    known: dict[str, RoleKind] = {role: role for role in get_args(RoleKind)}
    return [
        Role(
            known[role],
            shape(role, "pattern"),
            shape(role, "before"),
            shape(role, "context"),
            shape(role, "anywhere"),
            shape(role, "label"),
            shape(role, "lead"),
            shape(role, "noun"),
        )
        for role in folder.names("people.role")
        if role in known
    ]


def _reporting_forms(folder: LanguageFolder, path: str) -> frozenset[str]:
    """Forms of reporting verbs: those listed, and those of regular verbs by their endings."""
    endings = folder.entry("speech.verb_endings", dict) if folder.has("speech.verb_endings") else {}
    forms = set(folder.entry(path, list))
    verbs = (
        folder.entry("speech.reporting_verbs", list) if folder.has("speech.reporting_verbs") else []
    )
    for verb in verbs:
        ending = max((e for e in endings if verb.endswith(e)), key=len, default=None)
        if ending is None:
            file, inside = folder.split("speech.reporting_verbs")
            raise file.wrong(inside, verb, "it has no ending of [verb_endings]")
        stem = verb.removesuffix(ending)
        forms.update(stem + form for form in endings[ending])
    return frozenset(forms)


def _needs(folder: LanguageFolder, path: str) -> dict[str, Pattern]:
    """Participle, in any gender and number → what must follow it for it to report."""
    needs = _by_name(folder, path)
    has_endings = folder.has("speech.participle_endings")
    endings = folder.entry("speech.participle_endings", list) if has_endings else ()
    for form, pattern in list(needs.items()):
        for ending in endings:
            needs.setdefault(form + ending, pattern)
    if folder.has("speech.never_report"):
        needs.update(dict.fromkeys(folder.entry("speech.never_report", list), _NEVER))
    return needs


def _cues_of(folder: LanguageFolder, family: str, force: str) -> list[Cue]:
    """The cues of a family such as `[call]`; their ids stand in the data."""
    found = []
    for name in folder.names(f"recommendations.{family}"):
        path = f"recommendations.{family}.{name}"
        pattern = folder.pattern(path, name=f"{family}.{name}")
        found.append(
            Cue(
                f"{folder.language}.{family}.{name}",
                pattern,
                folder.clues.mask(pattern.pattern),
                force,
                folder.has(f"{path}.source") and folder.entry(f"{path}.source", bool),
                folder.has(f"{path}.object") and folder.entry(f"{path}.object", bool),
            )
        )
    return found


def _cues(folder: LanguageFolder, _: str) -> list[Cue]:
    return [cue for force in FORCES for cue in _cues_of(folder, force, force)]


def _traps(folder: LanguageFolder, _: str) -> list[Cue]:
    return _cues_of(folder, "trap", "")


def _groups(folder: LanguageFolder, _: str) -> list[Group]:
    found = []
    for code in folder.names("groups.group"):
        path = f"groups.group.{code}"
        pattern = folder.pattern(path, name=f"group.{code}")
        unless = folder.has(f"{path}.unless")
        found.append(
            Group(
                code,
                pattern,
                folder.clues.mask(pattern.pattern),
                folder.pattern(f"{path}.unless", name=f"group.{code}") if unless else None,
                folder.has(f"{path}.consumes") and folder.entry(f"{path}.consumes", bool),
                tuple(folder.entry(f"{path}.adds", list)) if folder.has(f"{path}.adds") else (),
            )
        )
    return found


def _terms(folder: LanguageFolder, _: str) -> list[Term]:
    found = []
    for number in folder.names("objectives.objective"):
        file, inside = folder.split(f"objectives.objective.{number}")
        for item in file.items(inside, ("weight", "pattern")):
            pattern = folder.pattern_of("objectives", item, f"objective.{number}")
            mask = folder.clues.mask(pattern.pattern)
            found.append(Term(int(number), item.values["weight"], pattern, mask))
    return found


def _measures(folder: LanguageFolder, path: str) -> dict[str, tuple[Pattern, Pattern]]:
    return {
        name: (folder.pattern(f"{path}.{name}.unit"), folder.pattern(f"{path}.{name}.sentence"))
        for name in folder.names(path)
    }


def _number_mask(folder: LanguageFolder, _: str) -> int:
    """The clues that a sentence needs for a number in words."""
    words = [*folder.entry("words.numbers", dict), *folder.entry("figures.rounded", dict)]
    weak = set(folder.entry("words.weak_numbers", list))
    return folder.clues.mask_of_words(beginnings(words) - weak)


# ---------------------------------------------------------------- the pack


class Pack:
    """One language: each attribute is an entry of its files, patterns compiled.

    Raises Refused for a mistake of a file: a pattern that cannot be read, an entry that is
    missing or that nothing reads.
    """

    def __init__(self, folder: LanguageFolder) -> None:
        self.folder = folder
        self.language = folder.language
        for name, entry in vars(Pack).items():
            if isinstance(entry, _Entry):
                getattr(self, name)
        folder.refuse_unknown()

    @property
    def clues(self) -> Clues:
        """What tells which patterns a text can match at all."""
        return self.folder.clues

    name = _text("words")
    stop_words = _keys("words")

    # Sentences and layout
    abbreviations = _words("words")
    before_numbers = _words("words")
    unfinished = _pattern("layout")
    hyphen_prefixes = _words("layout")
    page_number = _pattern("layout")
    field_label = _pattern("layout")

    # Header
    series = _pattern("header")
    types = _Entry(_types, "header")
    other_lines = _listed_patterns("header")
    filler = _pattern("header")
    held = _pattern("header")
    took_place = _pattern("header")
    other_session = _pattern("header")
    this_session = _pattern("header")
    looks_elsewhere = _pattern("header")
    other_event = _pattern("header")
    other_meeting = _pattern("header")
    main_clause = _pattern("header")
    relative_clause = _pattern("header")
    higher_ordinal = _pattern("header")
    session_noun = _fragment("header")
    themes = _listed_patterns("header")
    theme_label = _pattern("header")
    place_label = _pattern("header")
    modality_label = _pattern("header")
    venue = _pattern("header")
    held_at = _pattern("header")
    venue_at = _pattern("header")
    modality = _pairs("header")
    organisation = _pattern("header")
    of_organisation = _pattern("header")
    organisation_alone = _pattern("header")
    series_acronym = _pattern("header")
    session_article = _pattern("header")
    session_link = _pattern("header")
    before_year = _pattern("header")
    venue_lead = _pattern("header")
    date_clause = _pattern("header")
    before_modality = _pattern("header")

    # Numbers, dates and hours
    ordinals: _Entry[dict[str, int]] = _table("words")
    numbers: _Entry[dict[str, int]] = _table("words")
    weak_numbers = _words("words")
    number_joint = _fragment("words")
    multipliers: _Entry[dict[str, int]] = _table("words")
    decimal = _text("words")
    months: _Entry[dict[str, int]] = _table("dates")
    weekdays = _list("dates")
    day_suffix = _fragment("dates")
    date_joiner = _fragment("dates")
    date_range = _fragment("dates")
    date_lead = _fragment("dates")
    first_day = _fragment("dates")
    month_first = _flag("dates")
    hour = _fragment("dates")
    hours_range = _fragment("dates")
    hours_lead = _fragment("dates")
    meridiem = _optional_fragment("dates")
    hour_sign = _pattern("dates")
    zone_bracket = _pattern("dates")
    time_zone = _pattern("dates")

    # Sections, days and panels
    section_headings = _Entry(_section_headings, "layout")
    heading_patterns = _patterns("layout")
    opening_cue = _pattern("layout")
    closing_cue = _pattern("layout")
    synthesis_cue = _pattern("layout")
    notes_cue = _pattern("layout")
    sentence_start = _pattern("layout")
    day_label = _pattern("layout")
    day_statement = _pattern("layout")
    next_day = _pattern("layout")
    panel_label = _Entry(_panel_label, "panels")
    panel_line = _Entry(_panel_line, "panels")
    panel_word = _Entry(_panel_word, "panels")
    panel_lead_in = _pattern("panels")
    panel_prose = _pattern("panels")
    panel_prose_item = _pattern("panels")
    panel_inside = _pattern("panels")
    panel_columns: _Entry[dict[PanelColumn, Pattern]] = _Entry(_panel_columns, "panels")
    panel_link = _pattern("panels")
    panel_numbered = _pattern("panels")
    panel_ordinal = _pattern("panels")
    number_sign = _pattern("panels")
    common_word = _pattern("panels")
    hours_before = _pattern("panels")
    item_lead = _pattern("panels")
    trailing_joint = _pattern("panels")
    clause_start = _pattern("panels")
    clause_verb = _pattern("panels")

    # People
    honorific = _pattern("people")
    masculine_honorific = _pattern("people")
    feminine_honorific = _pattern("people")
    particles = _list("people")
    not_names = _words("people")
    function = _pattern("people")
    masculine_function = _pattern("people")
    feminine_function = _pattern("people")
    predicate = _pattern("people")
    not_body = _pattern("people")
    clause_subject = _pattern("people")
    finite = _pattern("people")
    body = _pattern("people", r"\b", r"\b")
    body_of_body = _pattern("people")
    body_link = _pattern("people")
    government = _pattern("people", r"\b", r"\b")
    seat = _pattern("people", r"\b")
    affiliation = _pattern("people")
    absent_before = _pattern("people", r"\b")
    absent_after = _pattern("people")
    absent_later = _pattern("people")
    acting_before = _list("people")
    any_participle = _pattern("people")
    not_function = _pattern("people")
    on_behalf_of_state = _pattern("people")
    joined = _pattern("people", r"\b")
    group_nouns = _pattern("people", r"\b", r"\b")
    group_sectors = _pairs("people")
    sectors = _pairs("people")
    listing = _Entry(_listing, "people")
    not_listing = _pattern("people")
    statements = _pattern("people")
    roles = _Entry(_roles, "people")
    lead_end = _pattern("people")
    entry_lead = _pattern("people")
    person_columns = _patterns("people")
    minister_in = _optional("people")

    # Small words around names
    name_prefix = _pattern("people")
    name_suffix = _pattern("people")
    surname_joint = _pattern("people")
    plural_honorific = _pattern("people")
    name_joint = _pattern("people")
    elided_article = _optional("people")
    not_name = _pattern("people")
    bears_name = _pattern("people")
    relative = _pattern("people")
    relative_singular = _pattern("people")
    relative_subject = _pattern("people")
    main_verb = _pattern("people")
    conjunction = _pattern("people")
    entry_end = _pattern("people")
    comma = _pattern("people")
    presiding = _pattern("people")
    honour = _pattern("people")
    attendance_note = _pattern("people")
    plural_function = _pattern("people")
    age = _pattern("people")
    abbreviation = _pattern("people")
    adjunct = _pattern("people")
    joint = _pattern("people")
    joint_after_comma = _pattern("people")
    before_function = _pattern("people")
    hanging_preposition = _pattern("people")
    function_article = _pattern("people")
    participle = _pattern("people")
    entry_particle = _pattern("people")
    genitive = _pattern("people")
    coordination = _pattern("people")
    insertion = _pattern("people")
    other_subject = _pattern("people")
    beside = _pattern("people")
    article = _pattern("people")
    located = _pattern("people")
    of_country = _optional("people")
    office_before = _optional("people")
    office_behind = _optional("people")
    minister = _pattern("people")
    next_function = _pattern("people")
    accredited = _pattern("people")
    body_end = _pattern("people")
    company = _pattern("people")
    body_particle = _pattern("people")
    last_particle = _pattern("people")
    belonging = _pattern("people")
    employer = _pattern("people")
    field_of_work = _optional("people")
    bound_to_name = _pattern("people")

    # Who says it
    adverbial = _pattern("speech")
    inverted = _pattern("speech")
    inverted_present = _pattern("speech")
    agent = _pattern("speech")
    postposed = _pattern("speech")
    spoken = _pattern("speech")
    behind_source = _pattern("speech")
    heard = _pattern("speech")
    agreed = _pattern("speech")
    postposed_pronoun = _pattern("speech")
    leading_verb = _optional("speech")
    possessive = _pattern("speech")
    supported = _pattern("speech")
    authored = _pattern("speech")
    officials = _pattern("speech")
    several_bodies = _pattern("speech")
    other_time = _pattern("speech")
    earlier = _pattern("speech")
    as_clause = _pattern("speech")
    decides = _pattern("speech")
    deciding_body = _pattern("speech")
    representative = _pattern("speech", r"\b")
    representatives = _pattern("speech")
    pronouns: _Entry[dict[str, str]] = _table("speech")
    determiners = _fragment("speech")
    source_nouns = _pairs("speech")
    grammatical_gender = _optional("speech")
    reporting = _pattern("speech", r"\b")
    any_verb = _pattern("speech", r"\b")
    needs = _Entry(_needs, "speech")
    verbs_of_things = _words("speech")
    reporting_forms = _Entry(_reporting_forms, "speech")
    participle_endings = _optional_list("speech")
    reporting_present = _pattern("speech")
    reporting_passive = _pattern("speech")
    passive_demand = _pattern("speech")
    passive_participle = _pattern("speech")

    # Small words around sources
    noun_lead = _pattern("speech")
    noun_adjective = _pattern("speech")
    been = _optional("speech")
    thing_pronoun = _pattern("speech")
    plural_verb = _optional("speech")
    purpose = _optional("speech")
    of_several = _optional("speech")
    clitic = _pattern("speech")
    adverb = _pattern("speech")
    adverb_of_noun = _pattern("speech")
    adverb_of_name = _pattern("speech")
    second_verb = _pattern("speech")
    added = _pattern("speech")
    complement = _pattern("speech")
    subordinate = _pattern("speech")
    auxiliary = _pattern("speech")
    examples = _pattern("speech")
    states_of_noun = _pattern("speech")
    states_joint = _pattern("speech")
    state_after_body = _pattern("speech")
    spokesperson = _pattern("speech")
    spokesperson_behind = _optional("speech")
    clause_lead = _pattern("speech")
    body_lead = _pattern("speech")
    office_lead = _pattern("speech")
    body_article = _pattern("speech")
    determiner = _pattern("speech")
    lower_rank = _pattern("speech")
    office_word = _pattern("speech")
    feminine_noun = _optional("speech")
    represented = _pattern("speech")
    contrast = _pattern("speech")
    common_body = _pattern("speech")
    office_start = _pattern("speech")
    office_introduced = _pattern("speech")
    not_office = _pattern("speech")
    organiser = _pattern("speech")

    # Recommendations
    priority = _pattern("recommendations")
    not_priority = _pattern("recommendations")
    action_item = _pattern("recommendations")
    not_item = _pattern("recommendations")
    ordinal_lead = _pattern("recommendations")
    conclusions = _pattern("recommendations")
    traps = _Entry(_traps, "recommendations")
    cues = _Entry(_cues, "recommendations")
    infinitive_behind = _pattern("recommendations")
    not_infinitive_behind = _pattern("recommendations")
    indefinite_behind = _pattern("recommendations")
    enumerated_behind = _pattern("recommendations")
    action_noun_behind = _pattern("recommendations")
    past_behind = _pattern("recommendations")
    action_endings = _list("recommendations")
    action_nouns = _keys("recommendations")
    not_action_nouns = _keys("recommendations")
    actors = _pattern("recommendations", r"\b", r"\b")
    asked = _wording("recommendations")
    asked_dative = _wording("recommendations")
    asked_of = _wording("recommendations")
    passive_asked = _wording("recommendations")
    for_whom = _wording("recommendations")
    that_who = _wording("recommendations")
    acting_agent = _wording("recommendations")
    efforts = _wording("recommendations")
    between = _wording("recommendations")
    gathering = _wording("recommendations")
    before_addressee = _pattern("recommendations")
    subject_stop = _pattern("recommendations")
    modal = _pattern("recommendations")
    has_verb = _pattern("recommendations")
    passive_action = _optional("recommendations")
    preposition = _pattern("recommendations")
    modifiers = _pattern("recommendations")
    contracted: _Entry[dict[str, str]] = _optional_table("recommendations")

    # Codes, figures and citations
    groups = _Entry(_groups, "groups")
    carried = _pattern("groups", name="group.carried")
    explicit_objectives = _pattern("objectives", name="objective.number")
    compact = _pattern("objectives")
    through = _pattern("objectives")
    not_compact = _pattern("objectives")
    before_goals = _pattern("objectives")
    terms = _Entry(_terms, "objectives")
    percent = _pattern("figures")
    not_before = _pattern("figures")
    not_after = _pattern("figures")
    year = _pattern("figures")
    countable = _pattern("figures", after=r"\b")
    clock = _pattern("figures")
    plural = _pattern("figures")
    qualifiers = _patterns("figures", r"\b", " ?$")
    measures = _Entry(_measures, "figures")
    figure_number = _fragment("figures")
    unit_link = _pattern("figures")
    unit_complement = _pattern("figures")
    number_mask = _Entry(_number_mask, "figures")
    rounded: _Entry[dict[str, int]] = _table("figures")
    anaphora = _pairs("citations")
    symbol = _pattern("citations")

    # What looks like a name, known or not
    instrument_like = _pattern("citations")
    organisation_like = _pattern("citations")

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
def language_folders() -> dict[str, LanguageFolder]:
    """Language → its folder in `packs/`, of which no file is read yet."""
    folders = sorted(path for path in LANGUAGES.iterdir() if path.is_dir())
    return {
        path.name: LanguageFolder(path, f"flows/normalise/language/packs/{path.name}")
        for path in folders
    }


@cache
def pack_of(language: str) -> Pack:
    """The pack of a language that has a folder. Raises Refused for a pack with a mistake."""
    return Pack(language_folders()[language])


def packs() -> dict[str, Pack]:
    """Language → pack, for all of them. Raises Refused for a pack with a mistake."""
    return {language: pack_of(language) for language in language_folders()}
