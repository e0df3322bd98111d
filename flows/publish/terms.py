"""What a person decides about a release."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Terms:
    """`date` (ISO 8601) is that of the release, `commit` that of the code. `allow_major` and
    `accept` are reasons: why it may break what its users rely on, why it may be worse than the
    last. `withdrawn` are the entities that nothing in the release may name."""

    date: str | None = None
    commit: str | None = None
    allow_major: str | None = None
    accept: str | None = None
    withdrawn: frozenset[str] = frozenset()
