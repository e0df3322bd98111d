"""One thing in a document that was not understood, as every module of this room gives it."""

from dataclasses import dataclass

from flows.ground.fragment import Fragment
from flows.ground.span import Span
from schemas.kinds import WarningKind


@dataclass(frozen=True)
class Unclear:
    """`span` is its range in the source, `text` its clean text, `message` why it is here.

    `kind` is a value of `warnings.kind`.
    """

    kind: WarningKind
    span: Span
    text: str
    message: str


def unclear(kind: WarningKind, fragment: Fragment, span: Span, message: str) -> Unclear:
    """What is wrong with a range of a clean text."""
    return Unclear(kind, fragment.span(*span), fragment.text[slice(*span)], message)


def whole(kind: WarningKind, fragment: Fragment, message: str) -> Unclear:
    """What is wrong with a whole clean text."""
    return unclear(kind, fragment, (0, len(fragment.text)), message)
