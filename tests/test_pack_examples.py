"""Every rule of the language packs does what its examples say; see `examples.py`."""

import pytest

from examples import examples, faults, rules, without_examples
from flows.normalise.language.pack import packs

EACH_LANGUAGE = pytest.mark.parametrize("language", sorted(packs()))


@EACH_LANGUAGE
def test_the_rules_do_what_their_examples_say(language: str) -> None:
    wrong = list(faults(language))
    assert not wrong, f"{len(wrong)} examples are not as they say:\n" + "\n".join(wrong)


@EACH_LANGUAGE
def test_every_rule_has_examples(language: str) -> None:
    missing = without_examples(language)
    assert not missing, (
        f"{len(missing)} of {len(rules(language))} rules have no hit or no miss in"
        f" tests/packs/{language}.toml:\n" + "\n".join(missing)
    )


@EACH_LANGUAGE
def test_no_example_stands_twice(language: str) -> None:
    seen = [(example.rule, example.text) for example in examples(language)]
    assert len(seen) == len(set(seen))
