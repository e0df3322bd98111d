"""What of a Word document its readers do not see, or is no text: taken out, and said where."""

from collections.abc import Iterator, Mapping

from lxml import etree

from flows.ingest.marks import Marks, excerpt
from flows.ingest.tree import Element

DELETED = "deleted passages left out"
HIDDEN = "hidden passages left out"
COMMENTS = "comments left out"
OBJECTS = "embedded objects, diagrams and formulas left out"

_OBJECTS = {"object", "altChunk", "oMath", "chart", "relIds"}
_OFF = {"0", "false", "off"}


def local(element: Element) -> str:
    """The name of an element without its namespace: Word's own and ISO's differ in that only."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def attribute(element: Element | None, name: str) -> str | None:
    """The value of an attribute, whatever its namespace; None where there is none."""
    found = () if element is None else element.attrib.items()
    return next((str(v) for key, v in found if etree.QName(key).localname == name), None)


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of a name, and of that the next, and so on; None where there is none."""
    for name in path:
        element = (
            next((one for one in element if local(one) == name), None)
            if element is not None
            else None
        )
    return element


class Styles:
    """The styles of a Word document: what each says itself or has from those it is based on."""

    def __init__(self, part: Element | None) -> None:
        own = [one for one in part if local(one) == "style"] if part is not None else []
        self._styles = {attribute(one, "styleId"): one for one in own}

    def chain(self, name: str | None) -> Iterator[Element]:
        """A style and those it is based on."""
        seen = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = attribute(child(self._styles[name], "basedOn"), "val")


def take_out(part: Element, styles: Styles, comments: Mapping[str, str], marks: Marks) -> None:
    """Take out of a part what is not read, and leave a mark behind the last visible text before.

    `comments` are the words of the comments by their ids.
    """
    _choose(part)
    before: Element | None = None
    leading, gone = "", []
    walk = etree.iterwalk(part, events=("start",), tag="{*}*")
    for _, element in walk:
        name = local(element)
        if name == "t" and element.text and not element.text.isspace():
            element.text, leading, before = f"{leading}{element.text}", "", element
            continue
        what = _why(element, name, styles)
        if what is None:
            continue
        gone.append(element)
        walk.skip_subtree()
        said = comments.get(str(attribute(element, "id"))) if what == COMMENTS else words(element)
        if what != OBJECTS and not excerpt(said or ""):
            continue
        mark = marks.new(what, excerpt(said or ""))
        if before is None:
            leading += mark
        else:
            end = len(before.text.rstrip())
            before.text = f"{before.text[:end]}{mark}{before.text[end:]}"
    for element in gone:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)


def _choose(part: Element) -> None:
    """Of what is written twice, for new and for old programs, keep one."""
    for twice in list(part.iter("{*}AlternateContent")):
        first, old = child(twice, "Choice"), child(twice, "Fallback")
        if first is None or old is None:
            if first is not None:
                first.tag = str(first.tag).replace("Choice", "Fallback")
        elif any(local(one) in _OBJECTS for one in first.iter()):
            old[:] = list(first)
        else:
            twice.remove(first)


def _why(element: Element, name: str, styles: Styles) -> str | None:
    """Why an element is not read; None where it is."""
    if name in ("del", "moveFrom") and len(element):
        return DELETED
    if name in _OBJECTS:
        return OBJECTS
    if name == "commentReference":
        return COMMENTS
    if name == "r":
        return HIDDEN if _hidden(child(element, "rPr"), "rStyle", styles) else None
    if name == "p":
        return HIDDEN if _hidden(child(element, "pPr"), "pStyle", styles) else None
    return None


def _hidden(properties: Element | None, style: str, styles: Styles) -> bool:
    own = child(properties, "vanish")
    if own is not None:
        return attribute(own, "val") not in _OFF
    name = attribute(child(properties, style), "val")
    return name is not None and any(
        attribute(vanish, "val") not in _OFF
        for one in styles.chain(name)
        if (vanish := child(one, "rPr", "vanish")) is not None
    )


def words(element: Element) -> str:
    return "".join(one.text or "" for one in element.iter("{*}t", "{*}delText"))
