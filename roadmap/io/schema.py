"""The JSON Schema of portfolio files, built from the fields themselves.

Types, bounds and choices come from the kinds beside the fields, descriptions from the docstrings;
so the schema says what the reader does. It is shipped as ``roadmap.schema.json``; after a change of
the facts, ``built_text`` gives its new content.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Mapping
from functools import singledispatch
from importlib.resources import files
from typing import Any

import attrs

from roadmap.facts import Initiative, Mode, Team
from roadmap.fields import (
    LARGEST,
    Amounts,
    Choice,
    Flag,
    Kind,
    Levels,
    LevelTexts,
    Moment,
    Names,
    Percent,
    Profile,
    Record,
    Records,
    Text,
    Whole,
    Wholes,
)
from roadmap.io._records import PROFILE_WORDS
from roadmap.io._written import FORMAT, SCHEMA_FILE
from roadmap.listed import LevelAmounts, Moments, SkillAmounts
from roadmap.losses import Loss
from roadmap.portfolio import Portfolio
from roadmap.timeline import FISCAL_WEEKS, UNITS, Timeline

_DATES = (
    "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?"
    "|-[Ww](0[1-9]|[1-4][0-9]|5[0-3])|[- ]?[Qq][1-4])?"
)
_DATE = {"type": "string", "pattern": f"^{_DATES}$"}
_MOMENT = {"anyOf": [_DATE, {"type": "integer", "minimum": 0, "maximum": 10_000}]}
_AMOUNT = {"type": "integer", "minimum": 0, "maximum": LARGEST}
_ONE_OF: Mapping[type, tuple[str, ...]] = {
    Initiative: ("duration", "effort", "modes"),
    Mode: ("duration", "effort"),
    Team: ("capacity", "members"),
}
_TIMELINE: Mapping[str, Mapping[str, Any]] = {
    "start": _DATE,
    "periods": {"type": "integer", "minimum": 1, "maximum": 10_000},
    "unit": {"enum": list(UNITS)},
    "fiscal_year_start": {"type": "integer", "minimum": 1, "maximum": 12},
    "fiscal_weeks": {"enum": [*FISCAL_WEEKS, None]},
}


def schema_text() -> str:
    """The JSON Schema (draft 2020-12) of portfolio files, as it is shipped.

    Editors that know it complete keys, show what they mean and mark what is wrong. Names that
    must exist, dates on the timeline and circles are checked when the file is read.
    """
    return (files("roadmap.io") / SCHEMA_FILE).read_text(encoding="utf-8")


def built_text() -> str:
    """Build the schema anew, as text."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def schema() -> dict[str, Any]:
    """Build the schema as plain data."""
    body = _object(Portfolio)
    body["properties"] = {
        "format": {"description": "What this file is.", "const": FORMAT},
        "$schema": {"description": "Where this schema is, for editors."},
        **body["properties"],
        "timeline": _timeline(),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "roadmap portfolio",
        **body,
        "$defs": {"loss": _loss(), "profile": _profile()},
    }


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
    body = {
        "description": inspect.cleandoc(cls.__doc__ or "").partition("\n")[0],
        "type": "object",
        "properties": properties,
        "required": [f.name for f in attrs.fields(cls) if f.default is attrs.NOTHING],
        "additionalProperties": False,
    }
    if cls in _ONE_OF:
        body["anyOf"] = [{"required": [key]} for key in _ONE_OF[cls]]
    return body


def _timeline() -> dict[str, Any]:
    body = _object(Timeline)
    for name, form in _TIMELINE.items():
        told = body["properties"][name]["description"]
        body["properties"][name] = {"description": told, **form}
    return body


def _loss() -> dict[str, Any]:
    """A profile, or a list of them: their sum."""
    profile = {"$ref": "#/$defs/profile"}
    return {"anyOf": [profile, {"type": "array", "items": profile}]}


def _profile() -> dict[str, Any]:
    """A profile by its word; or a number, which is a cost of delay."""
    profiles = []
    for word, profile in PROFILE_WORDS.items():
        body = _object(profile)
        body["properties"] = {"profile": {"const": word}, **body["properties"]}
        body["required"] = ["profile", *body["required"]]
        profiles.append(body)
    return {"anyOf": [_AMOUNT, *profiles]}


def _descriptions(cls: type) -> Mapping[str, str]:
    """What a class's docstring says of each of its attributes."""
    text = inspect.cleandoc(cls.__doc__ or "").partition("Attributes\n----------\n")[2]
    found: dict[str, str] = {}
    for names, body in re.findall(r"^(\w[\w, ]*)\n((?:    .*\n?|\n)+)", text, re.MULTILINE):
        said = " ".join(body.split()).replace("``", "")
        found |= {name.strip(): said for name in names.split(",")}
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
    dated = {
        "type": "object",
        "propertyNames": {"pattern": f"^({_DATES}|[+]?[0-9]{{1,9}})$"},
        "additionalProperties": _AMOUNT,
        "minProperties": 1,
    }
    return {"anyOf": [_AMOUNT, listed, dated]}


@_form.register
def _(_kind: Levels) -> dict[str, Any]:
    how = {"anyOf": [{"enum": ["all", "any"]}, {"type": "integer", "minimum": 1}]}
    names = {"pattern": "^[+]?0*[1-9][0-9]{0,8}$"}
    return {"type": "object", "propertyNames": names, "additionalProperties": how}


@_form.register
def _(kind: Names) -> dict[str, Any]:
    name = {"type": "string", "pattern": r"\S"}
    return {"type": "array", "items": name, "minItems": kind.least, "uniqueItems": True}


@_form.register
def _(_kind: Percent) -> dict[str, Any]:
    return {"type": "number", "minimum": 0, "maximum": 100}


@_form.register
def _(_kind: Wholes) -> dict[str, Any]:
    whole = {"type": "integer", "minimum": -LARGEST, "maximum": LARGEST}
    return {"type": "array", "items": whole, "minItems": 1}


@_form.register
def _(_kind: Moments) -> dict[str, Any]:
    return {"type": "array", "items": dict(_MOMENT)}


@_form.register
def _(_kind: LevelAmounts) -> dict[str, Any]:
    names = {"pattern": "^[+]?0*[1-9][0-9]*$"}
    return {"type": "object", "propertyNames": names, "additionalProperties": _AMOUNT}


@_form.register
def _(_kind: SkillAmounts) -> dict[str, Any]:
    amounts = {"type": "object", "additionalProperties": {**_AMOUNT, "minimum": 1}}
    return {"type": "object", "additionalProperties": amounts}


@_form.register
def _(_kind: LevelTexts) -> dict[str, Any]:
    names = {"pattern": "^[+]?0*[1-9][0-9]{0,8}$"}
    text = {"type": "string", "pattern": r"\S"}
    return {"type": "object", "propertyNames": names, "additionalProperties": text}


@_form.register
def _(kind: Record) -> dict[str, Any]:
    loss = issubclass(kind.classes[0], Loss)
    return {"$ref": "#/$defs/loss"} if loss else _object(kind.classes[0])


@_form.register
def _(kind: Records) -> dict[str, Any]:
    return {"type": "array", "items": _object(kind.classes[0])}
