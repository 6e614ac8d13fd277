"""The same document as Markdown and as one HTML page that fetches nothing and runs nothing."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence

import attrs

from roadmap._text import html_table, safe, visible


@attrs.frozen
class Part:
    """A section in a reader's words.

    Attributes
    ----------
    key
        Which one it is.
    title, told
        Its heading and its sentences.
    head, rows
        Its table.
    """

    key: str
    title: str
    told: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@attrs.frozen
class Picture:
    """A chart that stands after a section.

    Attributes
    ----------
    after
        Key of the section.
    told
        What it shows, for those who cannot see it.
    svg
        The chart.
    """

    after: str
    told: str
    svg: bytes


def markdown(title: str, lead: str, parts: Sequence[Part]) -> str:
    """Write a document as Markdown; names cannot become markup."""
    said = [f"# {_plain(title)}", _plain(lead)]
    for part in parts:
        said += [f"## {part.title}", _plain(part.told)]
        said += [_table(part)] if part.rows else []
    return "\n\n".join(said) + "\n"


def _table(part: Part) -> str:
    lines = [part.head, tuple("---" for _ in part.head), *part.rows]
    rule = lines[1]
    return "\n".join(
        "| " + " | ".join(cells if cells is rule else map(_plain, cells)) + " |" for cells in lines
    )


def _plain(text: str) -> str:
    """Text that Markdown shows as it stands."""
    shown = visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    shown = re.sub(r"([\\`*_\[\]#|~$])", r"\\\1", shown)
    return re.sub(r"(?i)\b(https?|ftp|mailto|www)(?=[:.])", r"\1&#8203;", shown)


def page(title: str, lead: str, parts: Sequence[Part], pictures: Sequence[Picture]) -> str:
    """Write a document as one HTML page; every text is escaped."""
    inner = body(title, lead, parts, pictures)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{safe(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{inner}\n</main>\n</body>\n</html>\n"
    )


def body(title: str, lead: str, parts: Sequence[Part], pictures: Sequence[Picture]) -> str:
    """Write what stands in the page."""
    said = [f"<h1>{safe(title)}</h1>", f'<p class="lead">{safe(lead)}</p>']
    for part in parts:
        said.append(f"<section><h2>{safe(part.title)}</h2><p>{safe(part.told)}</p>")
        if part.rows:
            said.append(f'<div class="wide">{html_table(part.head, part.rows)}</div>')
        said += [_figure(picture) for picture in pictures if picture.after == part.key]
        said.append("</section>")
    return "\n".join(said)


def _figure(picture: Picture) -> str:
    """A picture inside the page; as an image it cannot run anything."""
    data = b64encode(picture.svg).decode("ascii")
    told = safe(picture.told)
    return f'<figure><img alt="{told}" src="data:image/svg+xml;base64,{data}"></figure>'


_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; color: #1c1c1c; background: #fff; margin: 0; }
main { max-width: 70rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .25rem; }
p { max-width: 46rem; margin: .25rem 0 1rem; }
.lead { font-size: 1.1rem; color: #444; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th { font-weight: 600; border-bottom: 2px solid #888; vertical-align: bottom; }
td { border-bottom: 1px solid #ddd; vertical-align: top; }
th, td { padding: .3rem 1.2rem .3rem 0; }
figure { margin: 1.5rem 0 0; }
img { max-width: 100%; height: auto; }
@media print { main { padding: 0; } section { break-inside: avoid-page; } }
"""
