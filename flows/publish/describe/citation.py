"""CITATION.cff: how to cite a release, in the Citation File Format."""

import json

from flows.publish.release.about import About


def citation(about: About, version: str, date: str | None) -> str:
    """The file's text (CFF 1.2.0, YAML). `date` (ISO 8601) is left out when there is none."""
    fields: dict[str, object] = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it as below.",
        "type": "dataset",
        "title": about.title,
        "abstract": about.description,
        "authors": [{"name": creator} for creator in about.creators],
        "version": version,
        "keywords": about.keywords,
        "license": about.data.id,
    }
    if date:
        fields["date-released"] = date
    # A JSON value is a YAML value too.
    return "".join(
        f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items()
    )
