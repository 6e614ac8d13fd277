"""Tables as text and as HTML: how results show themselves."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from html import escape


def text_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lay out rows under a head in plain text; numbers stand to the right.

    Parameters
    ----------
    head
        Column titles.
    rows
        Cells, as many in each row as there are titles.
    """
    shown = [[visible(cell) for cell in row] for row in (head, *rows)]
    widths = [max(_width(row[at]) for row in shown) for at in range(len(head))]
    right = [_numeric([row[at] for row in rows]) for at in range(len(head))]
    lines = [
        "  ".join(
            _pad(cell, width, to_right)
            for cell, width, to_right in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in shown
    ]
    rule = "  ".join("─" * width for width in widths)
    return "\n".join([lines[0], rule, *lines[1:]])


def html_table(head: Sequence[str], rows: Sequence[Sequence[str]], caption: str = "") -> str:
    """Lay out the same as an HTML table; every text is escaped, and nothing is fetched."""
    right = [_numeric([row[at] for row in rows]) for at in range(len(head))]
    styles = ["text-align:right" if to_right else "text-align:left" for to_right in right]
    titles = "".join(f'<th style="{s}">{safe(c)}</th>' for c, s in zip(head, styles, strict=True))
    body = "".join(
        "<tr>"
        + "".join(f'<td style="{s}">{safe(c)}</td>' for c, s in zip(row, styles, strict=True))
        + "</tr>"
        for row in rows
    )
    told = f'<caption style="text-align:left">{safe(caption)}</caption>' if caption else ""
    return f"<table>{told}<thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table>"


def safe(text: str) -> str:
    """Escape text for HTML, in elements and in attributes; the one door for names."""
    return escape(visible(text), quote=True)


def visible(text: str) -> str:
    """Replace characters that could break or turn round a terminal or a page by a mark."""
    return "".join(
        "�" if unicodedata.category(c) in {"Cc", "Cs"} or c in _TURNS else c for c in text
    )


_TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def inert(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def csv_cell(text: str) -> str:
    """A cell of a CSV file: inert, and quoted where it must be."""
    text = inert(text)
    quoted = any(mark in text for mark in ',"\n\r')
    return '"' + text.replace('"', '""') + '"' if quoted else text


def money(amount: int, currency: str = "") -> str:
    """Write whole money: ``912,000``, with its currency before it if there is one."""
    return f"{currency} {amount:,}".strip()


def brief(amount: int) -> str:
    """Write money in few characters: ``80,000``, and from a million on ``1.2 M``."""
    for size, letter in ((10**9, "G"), (10**6, "M")):
        if abs(amount) >= size:
            return f"{amount / size:.4g} {letter}"
    return f"{amount:,}"


def _numeric(cells: Sequence[str]) -> bool:
    """Whether a column holds numbers and dashes only."""
    filled = [cell for cell in cells if cell not in ("", "–")]
    return bool(filled) and all(cell[-1].isdigit() and not cell[0].isalpha() for cell in filled)


def _width(text: str) -> int:
    """Columns that a text takes in a terminal: wide characters take two, marks none."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def _pad(text: str, width: int, to_right: bool) -> str:
    room = " " * (width - _width(text))
    return room + text if to_right else text + room
