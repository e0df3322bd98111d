"""Twenty texts, and files of them as people's programs make them.

A text is a list of blocks; each block is written in the way of a format: as lines of plain text, as
a page, as a Word document, as a PDF file. What normalise makes of a file must be what it makes of
the plain text, places aside.
"""

from collections.abc import Iterator, Sequence
from html import escape
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from docx import Document
from docx.document import Document as WordDocument
from fpdf import FPDF

FONTS = Path("/usr/share/fonts/truetype/dejavu")


class Block(NamedTuple):
    """`kind` is title, heading, line, paragraph, bullets, numbers or table; `lines` its lines, for
    a table its rows with cells between ` | `."""

    kind: str
    lines: Sequence[str]


class Words(NamedTuple):
    """What a text says in one language."""

    series: str
    session: str
    dates: str
    venue: str
    kind: str
    opening: str
    lead_in: str
    panel: str
    opener: str
    synthesis: str
    headings: Sequence[str]
    items: Sequence[str]
    closing: str
    columns: str


FRENCH = Words(
    "Dialogue international sur la migration {year}",
    "Première session",
    "{day}-{end} mai {year}",
    "Palais des Nations, Genève",
    "Résumé des conclusions",
    "La première session du Dialogue international sur la migration (IDM) {year} s’est tenue à"
    " Genève du {day} au {end} mai {year}. Elle a réuni des maires, des bateliers et des"
    " associations de riverains venus de loin.",
    "Les panels ont abordé les thèmes suivants :",
    "Panel {n} : {title}",
    "Mme {name}, Directrice du Port autonome de Sète, a ouvert la session. Elle a rappelé que les"
    " fleuves séparent moins qu’ils ne relient.",
    "Une synthèse des principales conclusions est présentée ci-après.",
    ("Accès aux services", "Travail et formation"),
    (
        "Les participants ont souligné la nécessité de former les agents des {place}.",
        "Les registres des {place} doivent être tenus à jour par les communes et par ceux qui y"
        " travaillent, sans que les riverains aient à payer pour les consulter.",
        "Il est essentiel d’ouvrir les {place} aux apprentis.",
        "Les participants ont recommandé de relier les {place} entre eux.",
    ),
    "À l’issue de la session, les délégations ont remercié la ville hôte.",
    "Panel | Titre",
)
ENGLISH = Words(
    "International Dialogue on Migration {year}",
    "First session",
    "{day}-{end} May {year}",
    "Palais des Nations, Geneva",
    "Summary of conclusions",
    "The first session of the International Dialogue on Migration (IDM) {year} was held in Geneva"
    " from {day} to {end} May {year}. It brought together mayors, boatmen and associations of"
    " those who live by the river.",
    "The panels addressed the following topics:",
    "Panel {n}: {title}",
    "Ms. {name}, Director of the Port Authority of Sète, opened the session. She recalled that"
    " rivers part less than they link.",
    "A synthesis of the main conclusions is presented below.",
    ("Access to services", "Work and training"),
    (
        "Participants stressed the need to train the officers of the {place}.",
        "Registers of the {place} must be kept up to date by the municipalities and by those who"
        " work there, and nobody who lives by the river should have to pay for reading them.",
        "It is essential to open the {place} to apprentices.",
        "Participants recommended linking the {place} with each other.",
    ),
    "In closing, the delegations thanked the host city.",
    "Panel | Title",
)
SPANISH = Words(
    "Diálogo Internacional sobre la Migración {year}",
    "Primera sesión",
    "{day} a {end} de mayo de {year}",
    "Palais des Nations, Ginebra",
    "Síntesis de conclusiones",
    "La primera sesión del Diálogo Internacional sobre la Migración (IDM) {year} se celebró en"
    " Ginebra del {day} al {end} de mayo de {year}. Reunió a alcaldes, barqueros y asociaciones"
    " de quienes viven junto al río.",
    "Los paneles abordaron los temas siguientes:",
    "Panel {n}: {title}",
    "La Sra. {name}, Directora del Puerto Autónomo de Sète, inauguró la sesión. Recordó que los"
    " ríos separan menos de lo que unen.",
    "A continuación se presenta una síntesis de las principales conclusiones.",
    ("Acceso a los servicios", "Trabajo y formación"),
    (
        "Los participantes subrayaron la necesidad de formar a los agentes de los {place}.",
        "Los registros de los {place} deben mantenerse al día por los municipios y por quienes"
        " trabajan allí, sin que los ribereños tengan que pagar por consultarlos.",
        "Es esencial abrir los {place} a los aprendices.",
        "Los participantes recomendaron unir los {place} entre sí.",
    ),
    "En la clausura, las delegaciones agradecieron a la ciudad su acogida.",
    "Panel | Título",
)
NAMES = ("Odile Marchetti", "Solveig Brandt", "Inés Villarroel", "Amara Touré", "Zoë O’Hara")
TITLES = {
    FRENCH: ("Ouvrir les ports", "Former les équipages", "Relier les rives", "Partager les cartes"),
    ENGLISH: ("Opening the ports", "Training the crews", "Linking the shores", "Sharing the maps"),
    SPANISH: ("Abrir los puertos", "Formar a la gente", "Unir las orillas", "Compartir los mapas"),
}
THEMES = {
    FRENCH: "Ponts et passerelles : la mobilité vue des fleuves",
    ENGLISH: "Bridges and gateways: mobility seen from the rivers",
    SPANISH: "Puentes y pasarelas: la movilidad vista desde los ríos",
}
PLACES = {
    FRENCH: ("ports", "bacs", "chantiers navals", "phares"),
    ENGLISH: ("ports", "ferries", "shipyards", "lighthouses"),
    SPANISH: ("puertos", "barcos", "astilleros", "faros"),
}


def texts() -> Iterator[list[Block]]:
    """Twenty texts in three languages: no two sessions are of one year."""
    for number in range(20):
        words = (FRENCH, ENGLISH, SPANISH)[number % 3]
        year, day = 2030 + number, 3 + number
        facts = {"year": year, "day": day, "end": day + 2, "name": NAMES[number % 5]}
        panels = [
            words.panel.format(n=n, title=title)
            for n, title in enumerate(TITLES[words][: 2 + number % 3], start=1)
        ]
        place = PLACES[words][number % 4]
        items = [item.format(place=place) for item in words.items]
        if number % 4 == 3:
            rows = [
                words.columns,
                *(panel.replace(" : ", ": ").replace(": ", " | ") for panel in panels),
            ]
            listed = Block("table", rows)
        else:
            listed = Block("bullets", panels)
        yield [
            Block("title", [words.series.format(**facts), words.session]),
            Block("line", [THEMES[words]]),
            Block("line", [words.dates.format(**facts)]),
            Block("line", [words.venue]),
            Block("line", [words.kind]),
            Block("paragraph", [words.opening.format(**facts)]),
            Block("paragraph", [words.lead_in]),
            listed,
            Block("paragraph", [words.opener.format(**facts)]),
            Block("paragraph", [words.synthesis]),
            Block("heading", [words.headings[0]]),
            Block("bullets", items[:2]),
            Block("heading", [words.headings[1]]),
            Block("numbers" if number % 2 else "bullets", items[2:]),
            Block("paragraph", [words.closing]),
        ]


def as_text(blocks: Sequence[Block]) -> str:
    """Plain text; a table with pipes."""
    return "\n\n".join("\n".join(_lines(block)) for block in blocks) + "\n"


def _lines(block: Block) -> list[str]:
    if block.kind == "bullets":
        return [f"- {line}" for line in block.lines]
    if block.kind == "numbers":
        return [f"{n}. {line}" for n, line in enumerate(block.lines, start=1)]
    if block.kind == "table":
        width = block.lines[0].count("|") + 1
        head, *rows = [f"| {line} |" for line in block.lines]
        return [head, "|" + "---|" * width, *rows]
    return list(block.lines)


def as_page(blocks: Sequence[Block]) -> str:
    """A page such as a content management system makes."""
    return (
        '<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>IDM</title></head><body><main>'
        + "\n".join(map(_element, blocks))
        + "</main></body></html>\n"
    )


def _element(block: Block) -> str:
    lines = [escape(line, quote=False) for line in block.lines]
    if block.kind in ("bullets", "numbers"):
        name = "ul" if block.kind == "bullets" else "ol"
        return f"<{name}>" + "".join(f"<li>{line}</li>" for line in lines) + f"</{name}>"
    if block.kind == "table":
        rows = [f"<tr><td>{line.replace(' | ', '</td><td>')}</td></tr>" for line in lines]
        return f"<table border=1>{''.join(rows)}</table>"
    name = {"title": "h1", "heading": "h2"}.get(block.kind, "p")
    return f"<{name}>{'<br>'.join(lines)}</{name}>"


def as_docx(blocks: Sequence[Block]) -> bytes:
    """A Word document with Word's own styles."""
    document = Document()
    for block in blocks:
        _write(document, block)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _write(document: WordDocument, block: Block) -> None:
    if block.kind == "table":
        cells = [line.split(" | ") for line in block.lines]
        table = document.add_table(len(cells), len(cells[0]), style="Table Grid")
        for row, texts_of_row in zip(table.rows, cells, strict=True):
            for cell, text in zip(row.cells, texts_of_row, strict=True):
                cell.text = text
    elif block.kind in ("bullets", "numbers"):
        style = "List Bullet" if block.kind == "bullets" else "List Number"
        for line in block.lines:
            document.add_paragraph(line, style=style)
    elif block.kind == "heading":
        document.add_heading("\n".join(block.lines), 2)
    else:
        style = "Title" if block.kind == "title" else None
        document.add_paragraph("\n".join(block.lines), style=style)


def as_pdf(blocks: Sequence[Block]) -> bytes:
    """A PDF file with a font that is inside it, numbers at the feet of its pages."""

    class File(FPDF):
        def footer(self) -> None:
            self.set_y(-15)
            self.cell(0, 10, str(self.page_no()), align="C")

    file = File(format="A5")
    file.set_font("Helvetica", size=11)
    file.add_page()
    for block in blocks:
        if block.kind == "table":
            with file.table() as table:
                for line in block.lines:
                    row = table.row()
                    for cell in line.split(" | "):
                        row.cell(_plain(cell))
        else:
            for line in _lines(block):
                mark, _, item = line.partition(" ")
                if block.kind in ("bullets", "numbers"):
                    file.cell(8, 5, mark)
                else:
                    item = line
                size = {"title": 16, "heading": 13}.get(block.kind, 11)
                file.set_font("Helvetica", "B" if size > 11 else "", size)
                file.multi_cell(0, size / 2, _plain(item), new_x="LMARGIN", new_y="NEXT", align="L")
            file.set_font("Helvetica", size=11)
        file.ln(4)
    return bytes(file.output())


def _plain(text: str) -> str:
    """What the fonts that every PDF program has can show."""
    return text.replace("’", "'")


def as_tex(blocks: Sequence[Block]) -> str:
    """The source of a TeX article: indented paragraphs without gaps, hyphenated, justified."""
    parts = [
        "\\documentclass{article}\\usepackage[T1]{fontenc}\\usepackage[utf8]{inputenc}",
        "\\usepackage{lmodern}\\begin{document}",
    ]
    for block in blocks:
        lines = list(block.lines)
        if block.kind in ("bullets", "numbers"):
            name = "itemize" if block.kind == "bullets" else "enumerate"
            items = "\n".join(f"\\item {line}" for line in lines)
            parts.append(f"\\begin{{{name}}}\n{items}\n\\end{{{name}}}")
        elif block.kind == "table":
            rows = "\\\\\n".join(line.replace("|", "&") for line in lines)
            parts.append(
                f"\\begin{{center}}\\begin{{tabular}}{{l@{{\\hspace{{4em}}}}l}}\n{rows}\n\\end{{tabular}}\\end{{center}}"
            )
        elif block.kind == "heading":
            parts.append(f"\\section*{{{lines[0]}}}")
        elif block.kind in ("title", "line"):
            parts.append("\\begin{center}" + "\\\\".join(lines) + "\\end{center}")
        else:
            parts.append("\n".join(lines))
    return "\n\n".join([*parts, "\\end{document}"])
