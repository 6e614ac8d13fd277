"""Portfolios as files: YAML, JSON and TOML, read strictly and written so that they read back.

The keys of a file are the fields of the records. A file may also say ``format: roadmap 1``, which
is checked, and ``$schema``, which is for editors.

A need's ``loss`` is a table with its ``profile`` (``cost of delay``, ``deadline``, ``window``,
``fading`` or ``table``) and that profile's fields; a list of such tables is their sum; and a whole
number alone is a cost of delay. Where keys count (levels under ``combine``, boundaries under
``capacity``), text that holds digits only is a number, since JSON and TOML have text keys only;
under ``capacity``, four digits are a year, and a boundary of four digits has a plus sign.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from roadmap._files import write_whole
from roadmap.errors import Fault, FormatError, PortfolioError
from roadmap.fields import shown
from roadmap.io._places import MAX_FAULTS, limited, placed
from roadmap.io._records import Walk
from roadmap.io._written import FORMAT, plain, text_keys, yaml_text
from roadmap.io.documents import Document, read_document
from roadmap.portfolio import Portfolio
from roadmap.result import FORMAT as PLAN_FORMAT

_OWN_KEYS = ("format", "$schema")


def read(path: str | os.PathLike[str]) -> Portfolio:
    """Read a portfolio from a ``.yaml``, ``.yml``, ``.json`` or ``.toml`` file.

    Parameters
    ----------
    path
        The file, in UTF-8; at most 20 MB.

    Raises
    ------
    FormatError
        With every fault at once, each with its line, its path and its remedy; only of more than
        1,000 the rest is left out.
    OSError
        The file cannot be read.
    """
    return portfolio_of(read_document(path))


def portfolio_of(document: Document) -> Portfolio:
    """Build the portfolio that a document states.

    Parameters
    ----------
    document
        Plain data with their lines, as ``documents.parse`` gives them.

    Raises
    ------
    FormatError
        With every fault at once, each with its line, its path and its remedy; only of more than
        1,000 the rest is left out.
    """
    walk = Walk()
    stated = _stated(document.data, walk)
    found: tuple[Fault, ...] = ()
    if stated is not None:
        try:
            portfolio = Portfolio(**stated)
        except PortfolioError as error:
            told = {fault.path for fault in walk.faults}
            found = tuple(fault for fault in error.faults if fault.path not in told)
        else:
            if not walk.faults:
                return portfolio
    faults = placed([*walk.faults, *found][: MAX_FAULTS + 1], document)
    raise FormatError(limited(faults), document.source)


def _stated(data: Any, walk: Walk) -> dict[str, Any] | None:
    """The portfolio's arguments; ``None`` where the file holds no portfolio at all."""
    if not isinstance(data, Mapping):
        told = "it is empty" if data is None else f"{shown(data)} is no portfolio"
        walk.add("", told, "begin with timeline:, then capabilities:, needs:, initiatives:")
        return None
    said = data.get("format", FORMAT)
    if said == PLAN_FORMAT:
        walk.add("format", "this is a plan, not a portfolio", "name the portfolio's file")
        return None
    if said != FORMAT:
        walk.add("format", f"{shown(said)} is not known", f"this version reads {FORMAT!r}")
    stated = walk.fields(Portfolio, data, "", own=_OWN_KEYS)
    return {**stated, "timeline": walk.timeline(stated["timeline"])}


def write(portfolio: Portfolio, path: str | os.PathLike[str], *, overwrite: bool = False) -> Path:
    """Write a portfolio to a ``.yaml``, ``.yml`` or ``.json`` file; ``read`` gives it back.

    TOML is read but not written.

    Parameters
    ----------
    portfolio
        What is written; what has its default value is left out.
    path
        Where to.
    overwrite
        Whether a file that is there may be replaced; default ``False``.

    Returns
    -------
    Path
        Where it was written.

    Raises
    ------
    FormatError
        The name ends otherwise, or the portfolio holds a loss profile that files do not know.
    FileExistsError
        The file is there and may not be replaced.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in _WRITERS:
        kind = "TOML is read, but not written" if suffix == ".toml" else "this is no format"
        raise FormatError([Fault("document", kind, "name it .yaml or .json")], os.fspath(path))
    return write_whole(path, _WRITERS[suffix](plain(portfolio)), overwrite=overwrite)


def _json_text(data: dict[str, Any]) -> str:
    return json.dumps(text_keys(data), ensure_ascii=False, indent=2) + "\n"


_WRITERS = {".json": _json_text, ".yaml": yaml_text, ".yml": yaml_text}
