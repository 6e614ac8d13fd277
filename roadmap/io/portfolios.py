"""Portfolios as files: YAML, JSON and TOML, read strictly and written so that they read back.

The keys of a file are the fields of the records. Reading builds the records from what the file
says, leaf values as they stand; then the portfolio's own check names every fault, and each is
told with its line. Nothing is coerced, guessed or dropped.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
import yaml

from roadmap._files import write_whole
from roadmap._frozen import FrozenMapping
from roadmap.errors import Fault, FormatError, PortfolioError, nearest
from roadmap.fields import Kind, Levels, Profile, Record, Records
from roadmap.io.documents import Document, read_document
from roadmap.losses import PROFILES, CostOfDelay, Loss, LossSum
from roadmap.portfolio import Portfolio
from roadmap.timeline import Timeline

FORMAT = "roadmap 1"
"""What a file may say of itself under ``format``."""

SCHEMA_FILE = "roadmap.schema.json"
"""Name of the schema that written files point to, for editors."""

_OWN_KEYS = ("format", "$schema")
_WORDS = {
    "CostOfDelay": "cost of delay",
    "Deadline": "deadline",
    "Window": "window",
    "Fading": "fading",
    "Table": "table",
}
PROFILE_WORDS: Mapping[str, type[Loss]] = FrozenMapping(
    {_WORDS[profile.__name__]: profile for profile in PROFILES}
)
"""What a file calls the loss profiles."""


def read(path: str | os.PathLike[str]) -> Portfolio:
    """Read a portfolio from a ``.yaml``, ``.yml``, ``.json`` or ``.toml`` file.

    Parameters
    ----------
    path
        The file; at most 20 MB.

    Raises
    ------
    FormatError
        With every fault at once, each with its line, its path and its remedy.
    OSError
        The file cannot be read.
    """
    return portfolio_of(read_document(path))


def portfolio_of(document: Document) -> Portfolio:
    """Build the portfolio that a document states.

    Raises
    ------
    FormatError
        With every fault at once, each with its line, its path and its remedy.
    """
    faults: list[Fault] = []
    portfolio: Portfolio | None = None
    if isinstance(document.data, Mapping):
        stated = _stated(document.data, faults)
        try:
            portfolio = Portfolio(**stated)
        except PortfolioError as error:
            faults += error.faults
    else:
        remedy = "begin with timeline:, capabilities:, needs: and so on"
        faults.append(Fault("", "the file does not hold a portfolio", remedy))
    if faults or portfolio is None:
        raise FormatError(_placed(faults, document), document.source)
    return portfolio


def _stated(data: Mapping[Any, Any], faults: list[Fault]) -> dict[str, Any]:
    """The portfolio's fields, with records for tables; what is odd passes as it is."""
    if data.get("format", FORMAT) != FORMAT:
        remedy = f"this version reads {FORMAT!r}"
        faults.append(Fault("format", f"{data['format']!r} is not known", remedy))
    body = {key: value for key, value in data.items() if key not in _OWN_KEYS}
    stated = _fields(Portfolio, body, "", faults)
    if isinstance(stated["timeline"], Mapping):
        stated["timeline"] = _timeline(stated["timeline"], faults)
    return stated


def _timeline(data: Mapping[Any, Any], faults: list[Fault]) -> Timeline | None:
    before = len(faults)
    fields = _fields(Timeline, data, "timeline", faults)
    faults += [
        Fault(f"timeline.{name}", "it is missing", "give it a value")
        for name, value in fields.items()
        if value is None
    ]
    return Timeline(**fields) if len(faults) == before else _STAND_IN


_STAND_IN = Timeline("2000", periods=1)
"""Takes the place of a timeline whose faults are told already."""


def _fields(cls: type, data: Mapping[Any, Any], path: str, faults: list[Fault]) -> dict[str, Any]:
    """The arguments for a record's class; a required one that is missing is ``None``."""
    known = {field.name: field for field in attrs.fields(cls)}
    for key in data:
        if key not in known:
            place = f"{path}.{key}" if path else str(key)
            faults.append(Fault(place, f"{key!r} is not a key here", nearest(key, known)))
    found: dict[str, Any] = {}
    for name, field in known.items():
        if name in data:
            place = f"{path}.{name}" if path else name
            found[name] = _value(field.metadata.get("kind"), data[name], place, faults)
        elif field.default is attrs.NOTHING:
            found[name] = None
    return found


def _value(kind: Kind | None, value: Any, path: str, faults: list[Fault]) -> Any:
    """A field's value, with records for tables; leaves stay as they stand in the file."""
    if isinstance(kind, Records) and isinstance(value, list):
        return [
            _record(kind.classes, item, f"{path}[{at}]", faults) for at, item in enumerate(value)
        ]
    if isinstance(kind, Record):
        return _record(kind.classes, value, path, faults)
    if isinstance(kind, Levels | Profile) and isinstance(value, Mapping):
        return {_number(key): part for key, part in value.items()}
    return value


def _record(classes: tuple[type, ...], value: Any, path: str, faults: list[Fault]) -> Any:
    if issubclass(classes[0], Loss):
        return _loss(value, path, faults)
    if isinstance(value, Mapping):
        return classes[0](**_fields(classes[0], value, path, faults))
    return value


def _loss(value: Any, path: str, faults: list[Fault]) -> Any:
    """A profile; a list of them is their sum, and a whole number alone a cost of delay."""
    if type(value) is int:
        return CostOfDelay(value)
    if isinstance(value, list):
        return LossSum([_loss(p, f"{path}[{at}]", faults) for at, p in enumerate(value)])
    if not isinstance(value, Mapping):
        return value
    word = value.get("profile")
    profile = PROFILE_WORDS.get(word) if isinstance(word, str) else None
    if profile is None:
        told = "it does not say its profile" if word is None else f"{word!r} is no profile"
        allowed = f"say profile: {' or '.join(PROFILE_WORDS)}"
        faults.append(Fault(f"{path}.profile", told, allowed))
        faults += _strange_keys(value, path)
        return CostOfDelay(0)
    rest = {key: part for key, part in value.items() if key != "profile"}
    return profile(**_fields(profile, rest, path, faults))


def _strange_keys(value: Mapping[Any, Any], path: str) -> Iterator[Fault]:
    """Keys that no profile has."""
    known = {"profile"}.union(*(_names(profile) for profile in PROFILES))
    for key in value:
        if key not in known:
            yield Fault(f"{path}.{key}", f"{key!r} is not a key here", nearest(key, known))


def _names(cls: type) -> set[str]:
    return {field.name for field in attrs.fields(cls)}


def _number(key: Any) -> Any:
    """A level or a boundary as a key: JSON and TOML can only write it as text.

    Four digits are a year, as they are everywhere else.
    """
    return int(key) if isinstance(key, str) and re.fullmatch(r"0|[1-9]\d{0,2}", key) else key


def _placed(faults: list[Fault], document: Document) -> list[Fault]:
    """The faults with their lines, in the order of the file."""
    placed = [
        attrs.evolve(
            fault,
            path=fault.path or "document",
            line=fault.line or document.line(_steps(document.data, fault.path)),
        )
        for fault in faults
    ]
    return sorted(placed, key=lambda fault: fault.line or 0)


def _steps(data: Any, path: str) -> tuple[str | int, ...]:
    """The keys and indexes that a path names, as far as the data go.

    Names may hold dots and brackets; so a path is read along the data, longest key first.
    """
    steps: list[str | int] = []
    rest = path
    while rest:
        step = _next_step(data, rest)
        if step is None:
            break
        key, rest = step
        steps.append(key)
        data = data[key]
    return tuple(steps)


def _next_step(data: Any, rest: str) -> tuple[str | int, str] | None:
    """The next key or index of a path, and what remains of it."""
    if isinstance(data, list):
        match = re.match(r"\[(\d+)\]\.?", rest)
        inside = match is not None and int(match[1]) < len(data)
        return (int(match[1]), rest[match.end() :]) if match and inside else None
    if not isinstance(data, Mapping):
        return None
    for key in sorted(data, key=lambda k: -len(str(k))):
        text = str(key)
        if rest.startswith(text) and rest[len(text) : len(text) + 1] in ("", ".", "["):
            return key, rest[len(text) :].removeprefix(".")
    return None


def write(portfolio: Portfolio, path: str | os.PathLike[str], *, overwrite: bool = False) -> Path:
    """Write a portfolio to a ``.yaml``, ``.yml`` or ``.json`` file; ``read`` gives it back.

    Parameters
    ----------
    portfolio
        What is written; what has its default value is left out.
    path
        Where to.
    overwrite
        Whether a file that is there may be replaced; default ``False``.

    Raises
    ------
    FormatError
        The name ends otherwise.
    FileExistsError
        The file is there and may not be replaced.
    """
    suffix = Path(path).suffix.lower()
    if suffix == ".json":
        text = json.dumps(plain(portfolio), ensure_ascii=False, indent=2) + "\n"
    elif suffix in (".yaml", ".yml"):
        text = yaml_text(portfolio)
    else:
        problem = f"portfolios are not written as {suffix or 'files without a suffix'}"
        raise FormatError([Fault("document", problem, "name it .yaml or .json")], str(path))
    return write_whole(path, text, overwrite=overwrite)


def yaml_text(portfolio: Portfolio) -> str:
    """The portfolio as YAML, with the line that points editors to the schema."""
    body = yaml.dump(
        plain(portfolio), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=98
    )
    return f"# yaml-language-server: $schema={SCHEMA_FILE}\n{body}"


def plain(portfolio: Portfolio) -> dict[str, Any]:
    """The portfolio as plain data; what has its default value is left out."""
    return {"format": FORMAT, **_plain(portfolio)}


def _plain(value: Any) -> Any:
    if isinstance(value, LossSum):
        return [_plain(part) for part in value.parts]
    if isinstance(value, Loss):
        return {"profile": _WORDS[type(value).__name__], **_plain_fields(value)}
    if attrs.has(type(value)):
        return _plain_fields(value)
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _plain_fields(record: Any) -> dict[str, Any]:
    """A record's fields that differ from their defaults, in their order."""
    fields = {}
    for field in attrs.fields(type(record)):
        value = getattr(record, field.name)
        make = getattr(field.default, "factory", None)
        default = field.default if make is None else make()
        if default is attrs.NOTHING or value != default:
            fields[field.name] = _plain(value)
    return fields


class _Dumper(yaml.SafeDumper):
    """Quotes every text that some reader of YAML might take for something else."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists below their key."""
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    harmless = re.fullmatch(r"[^\W\d_][\w /()'’&,.–→-]*(?<![ ,.])", text) is not None
    word = text.lower() in ("yes", "no", "on", "off", "y", "n", "true", "false", "null")
    style = None if harmless and not word else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)
