"""What the first sentences of a document say of its own session, as they name other meetings too.

Sentences come in, and those that tell of this very session go out; in them, clauses on another
meeting or on a text with a date of its own are blanked, so that no date, city or ordinal is taken
from there. `read_header` asks.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from flows.ground.fragment import Fragment
from flows.ground.span import Span
from flows.normalise.language.pack import Pack
from flows.normalise.structure.document import Sentence

_BLANK = "¦"  # no word, no stop, no sign of a date
_CLAUSE_END = re.compile(r"[,;:()] ?(?!(?:19|20)\d\d\b)")  # no comma before a year


def own_sentences(sentences: Iterable[Sentence], pack: Pack) -> list[Sentence]:
    """The sentences that say something of this session itself, all else in them blanked.

    They keep their length and their place in the source.
    """
    blanked = (_without_others(sentence, pack) for sentence in sentences)
    return [sentence for sentence in blanked if _is_own(sentence, pack)]


@cache
def _session_noun(pack: Pack) -> re.Pattern[str]:
    return re.compile(rf"\b{pack.session_noun}\b")


def _is_own(sentence: Sentence, pack: Pack) -> bool:
    """Whether a sentence, others blanked, names the session or says that it took place."""
    text = sentence.key
    other, held = pack.other_session.search(text), pack.held.search(text)
    if other and (held is None or other.start() < held.start()):
        return False
    if held is not None:
        return not _is_of_another(text[: held.start()], pack)
    if pack.this_session.search(text):
        return True
    return pack.series.search(text) is not None and _session_noun(pack).search(text) is not None


def _is_of_another(subject: str, pack: Pack) -> bool:
    """Whether the words before "was held" name another meeting, and this session nowhere."""
    other = pack.other_meeting.search(subject)
    if other is None:
        return False
    beside = subject[: other.start()] + _BLANK + subject[other.end() :]
    return not (pack.series.search(beside) or _session_noun(pack).search(beside))


def _without_others(sentence: Sentence, pack: Pack) -> Sentence:
    """The sentence with the clauses on other meetings and on dated texts blanked."""
    text = list(sentence.text)
    for start, end in of_others(sentence.key, pack):
        text[start:end] = _BLANK * (end - start)
    blanked = "".join(text)
    if blanked == sentence.text:
        return sentence
    fragment = sentence.fragment
    return replace(sentence, fragment=Fragment(blanked, fragment.starts, fragment.ends))


def of_others(text: str, pack: Pack) -> Iterator[Span]:
    """Ranges of a sentence (as a key) that tell of another meeting or text."""
    for found in pack.looks_elsewhere.finditer(text):
        yield found.start(), _end_of_clause(text, found.end(), pack)
    for found in pack.other_event.finditer(text):
        stop = _CLAUSE_END.search(text, found.end())
        yield found.start(), stop.start() if stop else len(text)
    held = pack.held.search(text)
    for found in pack.other_session.finditer(text):
        if held and held.end() < found.start():
            yield found.start(), len(text)


def _end_of_clause(text: str, start: int, pack: Pack) -> int:
    """Where what is said from `start` on ends: where the session itself is spoken of again, or
    else at the first comma that no relative clause follows."""
    stops = list(_CLAUSE_END.finditer(text, start))
    ends = [stop.start() for stop in stops if pack.main_clause.match(text, stop.end())]
    ends += [stop.start() for stop in stops if not pack.relative_clause.match(text, stop.end())]
    return ends[0] if ends else len(text)
