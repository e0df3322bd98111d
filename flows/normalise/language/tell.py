"""The language of a text, told from its frequent words or its script.

Languages that have a pack are known by the stop words of their packs, some others by those of
`other_languages.toml`, so that a document that cannot be read is refused by its language's name.
"""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from flows.ground.folding import fold_typography, key
from flows.normalise.language.pack import language_folders

_OTHERS = Path(__file__).with_name("other_languages.toml")
_LEAST_SHARE = 0.12  # of a language's frequent words among all words of a text
_SHARE_OF_SCRIPT = 0.25  # of a script's letters: others are mixed in
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str | None:
    """The code of the language of a text (ISO 639-1), None where it cannot be told.

    Raises Refused for a language file that cannot be read.
    """
    words = Counter(map(key, _WORD.findall(fold_typography(text))))
    if not words:
        return None
    in_script = _of_script(words)
    if in_script:
        return in_script
    shares = {
        language: sum(words[word] for word in stop_words) / words.total()
        for language, stop_words in _stop_words().items()
    }
    best = max(shares, key=lambda language: shares[language])
    return best if shares[best] >= _LEAST_SHARE else None


def name_of(language: str) -> str:
    """The name of a language in English with its code; the code alone where it is not known."""
    folder = language_folders().get(language)
    name = folder.entry("words.name", str) if folder else _others().get(language, {}).get("name")
    return f"{name} ({language})" if name else f"“{language}”"


def _of_script(words: Mapping[str, int]) -> str | None:
    """The language whose script the text is written in, for scripts that tell a language."""
    letters: Counter[str] = Counter()
    for word, times in words.items():
        for letter in word:
            letters[letter] += times
    for language, entries in _others().items():
        script = entries.get("script")
        if script:
            written = sum(
                times
                for letter, times in letters.items()
                if not letter.isascii() and unicodedata.name(letter, "").startswith(script)
            )
            if written >= _SHARE_OF_SCRIPT * letters.total():
                return language
    return None


@cache
def _others() -> dict[str, dict[str, Any]]:
    return tomllib.loads(_OTHERS.read_text(encoding="utf-8"))


def _stop_words() -> dict[str, frozenset[str]]:
    """Language → the keys of its stop words; languages that have a pack come first."""
    listed = {
        language: folder.entry("words.stop_words", list)
        for language, folder in language_folders().items()
    }
    for language, entries in _others().items():
        listed.setdefault(language, entries.get("stop_words", []))
    return {language: frozenset(map(key, words)) for language, words in listed.items()}
