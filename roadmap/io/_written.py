"""Portfolios as plain data and as YAML text that every reader of YAML takes as it is meant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import attrs
import yaml

from roadmap.errors import Fault, FormatError
from roadmap.io._records import PROFILE_WORDS
from roadmap.losses import Loss, LossSum
from roadmap.portfolio import Portfolio

FORMAT = "roadmap 1"
"""What a portfolio file says of itself under ``format``."""

SCHEMA_FILE = "roadmap.schema.json"
"""Name of the schema that written files point to, for editors."""

_WORDS = {profile: word for word, profile in PROFILE_WORDS.items()}
_HEAD = ("name", "currency", "timeline")


def plain(portfolio: Portfolio) -> dict[str, Any]:
    """The portfolio as plain data: its name first, then the facts; without what is default.

    Raises
    ------
    FormatError
        It holds a loss profile that files do not know.
    """
    data = _fields(portfolio)
    head = {name: data[name] for name in _HEAD if name in data}
    return {"format": FORMAT, **head, **data}


def _plain(value: Any) -> Any:
    if isinstance(value, LossSum):
        return [_plain(part) for part in value.parts]
    if isinstance(value, Loss):
        return {"profile": _word(value), **_fields(value)}
    if attrs.has(type(value)):
        return _fields(value)
    if isinstance(value, Mapping):
        return {_plain(key): _plain(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    # the bare text of kinds of text, whose own str() may be something else
    return str.__str__(value) if isinstance(value, str) else value


def _fields(record: Any) -> dict[str, Any]:
    """A record's fields that differ from their defaults, in their order."""
    fields = {}
    for field in attrs.fields(type(record)):
        value = getattr(record, field.name)
        make = getattr(field.default, "factory", None)
        default = field.default if make is None else make()
        if default is attrs.NOTHING or value != default:
            fields[field.name] = _plain(value)
    return fields


def _word(loss: Loss) -> str:
    if type(loss) not in _WORDS:
        problem = f"{type(loss).__name__} is a loss profile that files do not know"
        raise FormatError([Fault("needs", problem, f"use one of: {', '.join(PROFILE_WORDS)}")])
    return _WORDS[type(loss)]


def text_keys(data: Any) -> Any:
    """The same data with text for keys, as JSON wants them.

    A number of four digits gets a sign, so that it is not taken for a year.
    """
    if isinstance(data, list):
        return [text_keys(part) for part in data]
    if not isinstance(data, dict):
        return data
    return {
        f"+{key}" if isinstance(key, int) and 999 < key < 10_000 else str(key): text_keys(part)
        for key, part in data.items()
    }


def yaml_text(data: dict[str, Any]) -> str:
    """Plain data as YAML, with the line that points editors to the schema."""
    body = yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=98, indent=2)
    return f"# yaml-language-server: $schema={SCHEMA_FILE}\n{body}"


class _Dumper(yaml.SafeDumper):
    """Quotes every text that some reader of YAML might take for something else."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists below their key."""
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        """Write out in full what stands twice: files have no aliases."""
        return True


_HARMLESS = re.compile(r"[^\W\d_][\w /()'’&,.–→-]*(?<![ ,.])")
_WORDS_OF_YAML = frozenset(("yes", "no", "on", "off", "y", "n", "true", "false", "null"))


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    harmless = _HARMLESS.fullmatch(text) is not None and text.lower() not in _WORDS_OF_YAML
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if harmless else '"')


def _table(dumper: yaml.SafeDumper, data: dict[Any, Any]) -> yaml.Node:
    """A table; short ones, of numbers or with a profile, stand on one line."""
    short = "profile" in data or all(type(part) in (int, str) for part in data.values())
    return dumper.represent_mapping("tag:yaml.org,2002:map", data, flow_style=short and _flat(data))


def _flat(data: dict[Any, Any]) -> bool:
    """Whether a table fits on a line: few parts, and none of them a table or a long text."""
    told = [str(part) for pair in data.items() for part in pair]
    return len(told) <= 12 and sum(map(len, told)) <= 60


def _list(dumper: yaml.SafeDumper, data: list[Any]) -> yaml.Node:
    numbers = bool(data) and all(isinstance(part, int) for part in data)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=numbers or not data)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(dict, _table)
_Dumper.add_representer(list, _list)
