"""Source → document: passages, sections and sentences, before anything is understood."""

from flows.ground.source import Source
from flows.normalise.language.pack import Pack
from flows.normalise.structure.document import Document, Sentence
from flows.normalise.structure.passages import Passage, passages_of
from flows.normalise.structure.sections import find_sections
from flows.normalise.structure.sentences import sentence_ranges

_WITHOUT_SENTENCES = ("rule", "artefact")
_DIVIDED = ("paragraph", "list_item", "footnote")


def read_structure(source: Source, pack: Pack) -> Document:
    """The document with its passages, sections and sentences."""
    document = Document(source, pack, passages_of(source, pack))
    document.sections = find_sections(document)
    for index, passage in enumerate(document.passages):
        if passage.kind in _WITHOUT_SENTENCES:
            continue
        for position, (start, end) in enumerate(_ranges(passage, pack), 1):
            fragment = passage.fragment.slice(start, end)
            if len(fragment):
                document.sentences.append(
                    Sentence(
                        pack,
                        fragment,
                        index,
                        passage.section,
                        position,
                        passage.kind,
                        len(document.sentences),
                    )
                )
    return document


def _ranges(passage: Passage, pack: Pack) -> list[tuple[int, int]]:
    """Where the sentences of a passage stand; a heading is one."""
    if passage.kind in _DIVIDED:
        return sentence_ranges(passage.fragment, pack)
    return [(0, len(passage.text))]
