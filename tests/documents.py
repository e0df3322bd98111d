"""Small documents made for tests, and what normalise makes of them.

A document is a header and a body; each test writes the lines that it is about, the rest comes from
the building blocks here. Nothing in them is taken from a real session.
"""

import hashlib
from functools import cache
from pathlib import Path

from flows.build import REFERENCE, accepted
from flows.ground.problems import Problem
from flows.ground.source import Source
from flows.inputs.reference import read_reference
from flows.normalise import normalise, read_structure
from flows.normalise.language.pack import Pack, pack_of
from flows.normalise.structure.document import Document, Sentence
from schemas import Row, Tables

HEADER = """\
Première session du Dialogue international sur la migration 2027

Ports et passerelles : la mobilité vue des villes côtières

7-9 juin 2027

Palais des Nations, Genève

--

Résumé des conclusions

--"""

INTRODUCTION = (
    "La première session du Dialogue international sur la migration (IDM) 2027 s'est tenue à"
    " Genève du 7 au 9 juin. Elle a réuni des maires, des armateurs et des associations."
)

PANELS = """\
Les panels ont abordé les thèmes suivants :

- Panel 1 : Accueillir dans les ports
- Panel 2 : Former les équipages
- Panel 3 : Relier les deux rives"""

OPENING = (
    "Mme Odile Marchetti, Directrice du Port autonome de Sète, a ouvert la session. Elle a rappelé"
    " que la mer sépare moins qu'elle ne relie, et que les villes côtières reçoivent depuis des"
    " siècles des personnes venues de loin."
)

SYNTHESIS = "Une synthèse des principales conclusions est présentée ci-après."

CONCLUSIONS = """\
Accès aux services portuaires

- Les participants ont souligné la nécessité de former les agents des ports.
- Les registres doivent être tenus à jour par les capitaineries."""

CLOSING = (
    "À l'issue de la session, les délégations ont remercié la ville hôte. Le prochain rendez-vous"
    " sera annoncé en temps voulu."
)


def minimal(body: str = INTRODUCTION, header: str = HEADER) -> str:
    """A document of a header and a body with one blank line between them."""
    return f"{header}\n\n{body}\n"


def parts(*blocks: str) -> str:
    """A body: the blocks with a blank line between them."""
    return "\n\n".join(blocks)


WHOLE = minimal(parts(INTRODUCTION, PANELS, OPENING, SYNTHESIS, CONCLUSIONS, CLOSING))


# The whole document in two other languages, with totals.
ENGLISH = """\
International Dialogue on Migration 2027
First session

Ports and gateways: mobility seen from coastal cities

7-9 June 2027

Palais des Nations, Geneva

Summary of conclusions

The first session of the International Dialogue on Migration (IDM) 2027 was held in Geneva \
from 7 to 9 June 2027. It brought together mayors, shipowners and associations. The session, in \
three panels, had 30 speakers.

The panels addressed the following topics:

- Panel 1: Welcoming in ports
- Panel 2: Training the crews
- Panel 3: Linking both shores

Ms. Odile Marchetti, Director of the Port Authority of Sète, opened the session. She recalled that \
the sea links more than it parts, and that coastal cities have received people from afar for ages.

A synthesis of the main conclusions is presented below.

Access to port services

- Participants stressed the need to train the officers of the ports.
- Registers must be kept up to date by harbour masters.

In closing, the delegations thanked the host city, which will publish the date of the next meeting.
"""

SPANISH = """\
Diálogo Internacional sobre la Migración 2027
Primera sesión

Puertos y pasarelas: la movilidad vista desde las ciudades costeras

7 a 9 de junio de 2027

Palais des Nations, Ginebra

Síntesis de conclusiones

La primera sesión del Diálogo Internacional sobre la Migración (IDM) 2027 se celebró en Ginebra \
del 7 al 9 de junio de 2027. Reunió a alcaldes, armadores y asociaciones. La sesión, articulada en \
tres paneles, contó con 30 oradores.

Los paneles abordaron los temas siguientes:

- Panel 1: Acoger en los puertos
- Panel 2: Formar a las tripulaciones
- Panel 3: Unir las dos orillas

La Sra. Odile Marchetti, Directora del Puerto Autónomo de Sète, inauguró la sesión. Recordó que \
el mar une más de lo que separa, y que las ciudades costeras reciben desde hace siglos a \
gente de lejos.

A continuación se presenta una síntesis de las principales conclusiones.

Acceso a los servicios portuarios

- Los participantes subrayaron la necesidad de formar a los agentes de los puertos.
- Las capitanías deben mantener los registros al día.

En la clausura, las delegaciones agradecieron a la ciudad su acogida.
"""


def source(text: str, name: str = "resume.txt") -> Source:
    """A source text as ingest would hand it over, without an entry in a register."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Source(name, f"documents/{name}", "text/plain", digest, text)


@cache
def reference() -> Tables:
    """The project's reference tables. To be read only."""
    return read_reference(REFERENCE)


def pack() -> Pack:
    """The French language pack."""
    return pack_of("fr")


def rows(text: str) -> Tables:
    """All tables of one document, which must be one that normalise takes."""
    tables, found = accepted([source(text)], reference())
    assert not found, [str(problem) for problem in found]
    return tables


def problems(*sources: Source) -> list[Problem]:
    """What normalise finds wrong with sources."""
    return normalise(sources, reference())[1]


def session(text: str) -> Row:
    """The one session of a document."""
    (row,) = rows(text)["sessions"]
    return row


def structure(text: str) -> Document:
    """Passages, sections and sentences of a document."""
    return read_structure(source(text), pack())


def blocks(body: str) -> list[tuple[str, str]]:
    """Kind and clean text of the passages of a body, rules left out."""
    start = len(minimal("")) - 1
    document = structure(minimal(body))
    return [(p.kind, p.text) for p in document.passages if p.start >= start and p.kind != "rule"]


def documents_in(language: str) -> list[str]:
    """The texts of the documents at hand in a language."""
    seeds = Path(__file__).resolve().parent.parent / "seeds"
    files = [*seeds.glob("documents/*.txt"), *seeds.glob("gold/invented/*.txt")]
    return [p.read_text(encoding="utf-8") for p in sorted(files) if f".{language}." in p.name]


def sentences_in(read: Pack) -> list[Sentence]:
    """The sentences of the documents at hand in the language of a pack."""
    return [
        sentence
        for text in documents_in(read.language)
        for sentence in read_structure(source(text), read).sentences
    ]
