"""The JSON Schema of portfolio files, built from the fields themselves.

Types, bounds and choices come from the kinds beside the fields, descriptions from the docstrings;
so the schema cannot say what the reader does not do.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Mapping
from functools import singledispatch
from typing import Any

import attrs

from roadmap.fields import (
    LARGEST,
    Amounts,
    Choice,
    Flag,
    Kind,
    Levels,
    Moment,
    Profile,
    Record,
    Records,
    Text,
    Whole,
    Wholes,
)
from roadmap.io.portfolios import FORMAT, PROFILE_WORDS
from roadmap.losses import Loss
from roadmap.portfolio import Portfolio
from roadmap.timeline import UNITS, Timeline

_MOMENT = {"anyOf": [{"type": "string", "minLength": 4}, {"type": "integer", "minimum": 0}]}
_AMOUNT = {"type": "integer", "minimum": 0, "maximum": LARGEST}


def schema() -> dict[str, Any]:
    """The schema (draft 2020-12) of a portfolio file, as plain data."""
    body = _object(Portfolio)
    body["properties"] = {
        "format": {"const": FORMAT, "description": "What this file is."},
        "$schema": {"type": "string", "description": "Where this schema is, for editors."},
        **body["properties"],
        "timeline": _timeline(),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "roadmap portfolio",
        **body,
        "$defs": {"loss": _loss()},
    }


def schema_text() -> str:
    """The schema as text, as it is shipped and written beside new files."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _object(cls: type) -> dict[str, Any]:
    """A record's table: its keys, which of them must be there, and no others."""
    told = _descriptions(cls)
    properties: dict[str, Any] = {}
    for field in attrs.fields(cls):
        kind = field.metadata.get("kind")
        form = {} if kind is None else _form(kind)
        if field.default is None:
            form = {"anyOf": [form, {"type": "null"}]}
        properties[field.name] = {"description": told.get(field.name, ""), **form}
    return {
        "type": "object",
        "description": inspect.cleandoc(cls.__doc__ or "").partition("\n\n")[0],
        "properties": properties,
        "required": [f.name for f in attrs.fields(cls) if f.default is attrs.NOTHING],
        "additionalProperties": False,
    }


def _timeline() -> dict[str, Any]:
    body = _object(Timeline)
    properties = body["properties"]
    properties["start"] |= {"type": "string", "minLength": 4}
    properties["periods"] |= {"type": "integer", "minimum": 1, "maximum": 10_000}
    properties["unit"] |= {"enum": list(UNITS)}
    properties["fiscal_year_start"] |= {"type": "integer", "minimum": 1, "maximum": 12}
    return body


def _loss() -> dict[str, Any]:
    """A profile by its word, a list of profiles, or a number: a cost of delay."""
    profiles = []
    for word, profile in PROFILE_WORDS.items():
        body = _object(profile)
        body["properties"] = {"profile": {"const": word}, **body["properties"]}
        body["required"] = ["profile", *body["required"]]
        profiles.append(body)
    listed = {"type": "array", "items": {"$ref": "#/$defs/loss"}, "minItems": 1}
    return {"anyOf": [_AMOUNT, *profiles, listed]}


def _descriptions(cls: type) -> Mapping[str, str]:
    """What a class's docstring says of each of its attributes."""
    text = inspect.cleandoc(cls.__doc__ or "").partition("Attributes\n----------\n")[2]
    found: dict[str, str] = {}
    for names, body in re.findall(r"^(\w[\w, ]*)\n((?:    .*\n?|\n)+)", text, re.MULTILINE):
        said = " ".join(body.split())
        found |= {name.strip(): said.replace("``", "") for name in names.split(",")}
    return found


@singledispatch
def _form(kind: Kind) -> dict[str, Any]:
    raise TypeError(f"the schema has no form for {kind!r}")


@_form.register
def _(kind: Text) -> dict[str, Any]:
    return {"type": "string"} if kind.empty else {"type": "string", "pattern": r"\S"}


@_form.register
def _(kind: Whole) -> dict[str, Any]:
    return {"type": "integer", "minimum": kind.minimum, "maximum": kind.maximum}


@_form.register
def _(_kind: Flag) -> dict[str, Any]:
    return {"type": "boolean"}


@_form.register
def _(kind: Choice) -> dict[str, Any]:
    return {"enum": list(kind.options)}


@_form.register
def _(_kind: Moment) -> dict[str, Any]:
    return dict(_MOMENT)


@_form.register
def _(kind: Amounts) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": {**_AMOUNT, "minimum": kind.minimum}}


@_form.register
def _(_kind: Profile) -> dict[str, Any]:
    listed = {"type": "array", "items": _AMOUNT, "minItems": 1}
    dated = {"type": "object", "additionalProperties": _AMOUNT, "minProperties": 1}
    return {"anyOf": [_AMOUNT, listed, dated]}


@_form.register
def _(_kind: Levels) -> dict[str, Any]:
    how = {"anyOf": [{"enum": ["all", "any"]}, {"type": "integer", "minimum": 1}]}
    return {"type": "object", "additionalProperties": how}


@_form.register
def _(_kind: Wholes) -> dict[str, Any]:
    whole = {"type": "integer", "minimum": -LARGEST, "maximum": LARGEST}
    return {"type": "array", "items": whole, "minItems": 1}


@_form.register
def _(kind: Record) -> dict[str, Any]:
    return {"$ref": "#/$defs/loss"} if issubclass(kind.classes[0], Loss) else {}


@_form.register
def _(kind: Records) -> dict[str, Any]:
    return {"type": "array", "items": _object(kind.classes[0])}
