"""What of a page its readers do not see, or is no part of its text: taken out, and said where."""

import re
from collections.abc import Iterator
from itertools import chain

from lxml import etree

from flows.ingest.marks import Marks, excerpt
from flows.ingest.tree import Element

# Never shown as text: neither read nor said.
SILENT = (
    *("head", "script", "style", "noscript", "template", "svg", "math", "object", "iframe"),
    *("audio", "video", "canvas", "map", "datalist", "input", "select", "textarea", "button"),
    *("label", "progress", "meter", "embed", "applet", "colgroup", "col"),
)
AROUND = {"nav", "aside", "footer", "menu"}
AROUND_ROLES = {"navigation", "complementary", "contentinfo", "search", "banner", "dialog"}
DELETED = {"del", "s", "strike"}

HIDDEN_PARTS = "hidden parts left out"
DELETED_PARTS = "deleted passages left out"
PARTS_AROUND = "navigation, footers and other parts around the text left out"

_HIDING = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|(?:content-)?visibility\s*:\s*(?:hidden|collapse)"
    r"|mso-hide\s*:\s*all|(?:opacity|font-size)\s*:\s*(?:0+(?:\.0*)?|\.0+)(?:px|pt|r?em|%)?)"
    r"\s*(?:!\s*important\s*)?(?=;|$)",
    re.IGNORECASE,
)
_STRIKING = re.compile(r"(?:^|;)\s*text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_NO_RULE = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{};]*)\{([^{}]*)\}")
_SELECTOR = re.compile(r"([a-z][a-z0-9]*)?(?:([.#])([\w-]+))?", re.IGNORECASE)
# Parts that go when all that they held is gone: an item without text has no mark either.
_HOLDERS = {"li", "ul", "ol", "p", "div", "span", "b", "i", "em", "strong", "a", "tr", "blockquote"}


class Styles:
    """Which elements the style sheets inside a page hide or strike out.

    Only rules are known that select by one name, class or id and hold on every medium.
    """

    def __init__(self, page: Element) -> None:
        self._rules: dict[tuple[str, str, str], str] = {}
        for sheet in page.iter("style"):
            self._read(_NO_RULE.sub("", "".join(sheet.itertext())))

    def _read(self, sheet: str) -> None:
        depth, outside = 0, []
        for piece in re.split(r"(@[^{};]*\{|[{}])", sheet):
            # The rules inside @media and the like are not for every medium.
            inside_at = depth < 0
            if piece.startswith("@") and piece.endswith("{"):
                depth = -1
            elif inside_at:
                depth += {"{": -1, "}": 1}.get(piece, 0)
            else:
                outside.append(piece)
        for selectors, style in _RULE.findall("".join(outside)):
            for selector in selectors.split(","):
                found = _SELECTOR.fullmatch(selector.strip())
                if found and found[0]:
                    key = (found[1] or "").lower(), found[2] or "", found[3] or ""
                    self._rules[key] = f"{self._rules.get(key, '')};{style}"

    def of(self, element: Element) -> str:
        """All that is declared of an element, weakest first."""
        own = str(element.get("style", ""))
        if not self._rules:
            return own
        name = str(element.tag)
        selected = [("", "", ""), (name, "", "")]
        for kind, names in ((".", element.get("class", "")), ("#", element.get("id", ""))):
            for word in names.split():
                selected += [("", kind, word), (name, kind, word)]
        return ";".join([*(self._rules.get(key, "") for key in selected), own])


def take_out(root: Element, styles: Styles, marks: Marks) -> None:
    """Take out of a part of a page what is no text of it, and leave a mark where words went."""
    parts = list(_parts(root, styles))
    for element, what, before in parts:
        words = excerpt("".join(element.itertext()))
        if not words:
            continue
        holder, slot = before or (root, "text")
        text = getattr(holder, slot) or ""
        end = len(text.rstrip())
        setattr(holder, slot, f"{text[:end]}{marks.new(what, words)}{text[end:]}")
    for element, _, _ in parts:
        _remove(element, root)


def _parts(
    root: Element, styles: Styles
) -> Iterator[tuple[Element, str, tuple[Element, str] | None]]:
    """The outermost elements to take out, why, and where the last text before them stands."""
    before: tuple[Element, str] | None = None
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            what = _why(element, styles) if element is not root else None
            if what:
                yield element, what, before
                walk.skip_subtree()
            elif element.text and not element.text.isspace():
                before = element, "text"
        elif element is not root and element.tail and not element.tail.isspace():
            before = element, "tail"


def _why(element: Element, styles: Styles) -> str | None:
    """Why an element is no part of what is read; None where it is one."""
    name, style = element.tag, styles.of(element)
    if (
        "hidden" in element.attrib
        or (name == "dialog" and "open" not in element.attrib)
        or _hides(style)
    ):
        return HIDDEN_PARTS
    if name in DELETED or _STRIKING.search(style):
        return DELETED_PARTS
    if name in AROUND or element.get("role") in AROUND_ROLES:
        return PARTS_AROUND
    return None


def _hides(style: str) -> bool:
    return bool(style) and _HIDING.search(style) is not None


def _remove(element: Element, root: Element) -> None:
    """Take an element out, what stands behind it stays; and what holds nothing any more."""
    parent = element.getparent()
    if parent is None:
        return  # went with what had held it
    tail, previous = element.tail or "", element.getprevious()
    if previous is not None:
        previous.tail = (previous.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
    if parent is not root and parent.tag in _HOLDERS and not "".join(parent.itertext()).strip():
        _remove(parent, root)


def without_silent(page: Element) -> None:
    """Take out what is never shown as text: programs, styles, controls, comments."""
    etree.strip_elements(page, *SILENT, etree.Comment, etree.PI, with_tail=False)


def words_outside(page: Element, part: Element) -> int:
    """How many words a page has outside a part of it."""
    inside = set(part.iter())
    texts = chain.from_iterable(
        ((e.text if e not in inside else None), (e.tail if e not in inside or e is part else None))
        for e in page.iter()
    )
    return sum(len(text.split()) for text in texts if text)
