"""Plain data to records: a walk along the fields, which finds what is wrong with the shape.

Leaf values pass as they stand, and a required one that is missing passes as ``None``: the
portfolio's own check names what is wrong with them. Nothing is coerced, guessed or dropped.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import attrs

from roadmap._frozen import FrozenMapping
from roadmap.errors import Fault, nearest
from roadmap.fields import Kind, Levels, LevelTexts, Profile, Record, Records, shown
from roadmap.io._places import MAX_FAULTS
from roadmap.listed import LevelAmounts
from roadmap.losses import PROFILES, CostOfDelay, Deadline, Fading, Loss, LossSum, Table, Window
from roadmap.timeline import Timeline

PROFILE_WORDS: Mapping[str, type[Loss]] = FrozenMapping(
    {
        "cost of delay": CostOfDelay,
        "deadline": Deadline,
        "window": Window,
        "fading": Fading,
        "table": Table,
    }
)
"""What a file calls the loss profiles."""

_STAND_IN = CostOfDelay(0)
"""Takes the place of a loss whose faults are told already."""

_FIELDS: Sequence[Any] = PROFILES
_PROFILE_KEYS = tuple({"profile": 0} | {f.name: 0 for cls in _FIELDS for f in attrs.fields(cls)})


@attrs.define
class Walk:
    """A walk over plain data; the faults of its shape gather on the way."""

    faults: list[Fault] = attrs.field(factory=list)

    def add(self, path: str, problem: str, remedy: str) -> None:
        """Note a fault, unless there are too many to be of use."""
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(Fault(path, problem, remedy))

    def fields(
        self, cls: type, data: Mapping[Any, Any], path: str, own: Collection[str] = ()
    ) -> dict[str, Any]:
        """The arguments for a record's class.

        Parameters
        ----------
        cls
            The attrs class.
        data
            A table of the file.
        path
            Where it stands; empty for the whole file.
        own
            Further keys that the table may have; they are passed over.
        """
        fields = {field.name: field for field in attrs.fields(cls)}
        keys = self._keys(data, tuple(fields), path, own)
        found: dict[str, Any] = {}
        for name, field in fields.items():
            if name in keys:
                place = _at(path, keys[name])
                found[name] = self._value(field.metadata.get("kind"), data[keys[name]], place)
            elif field.default is attrs.NOTHING:
                found[name] = None
        return found

    def timeline(self, value: Any) -> Any:
        """The timeline, or what stands there instead."""
        if not isinstance(value, Mapping):
            told = "it is missing" if value is None else f"{shown(value)} is no timeline"
            self.add("timeline", told, "write it as {start: 2027-01, periods: 24, unit: month}")
            return value
        stated = self.fields(Timeline, value, "timeline")
        for name, part in stated.items():
            if part is None and name != "fiscal_weeks":
                self.add(f"timeline.{name}", "it is missing", _TIMELINE_PARTS[name])
            elif isinstance(part, Mapping | list):
                self.add(f"timeline.{name}", f"{shown(part)} stands here", _TIMELINE_PARTS[name])
        return Timeline(**stated)

    def _keys(
        self, data: Mapping[Any, Any], names: Collection[str], path: str, own: Collection[str]
    ) -> dict[str, Any]:
        """The key of each field that is stated.

        A misspelt key counts as what it was meant for, once it is told: so its value is
        checked too, and nobody is told that something is missing.
        """
        keys: dict[str, Any] = {name: name for name in names if name in data}
        for key in data:
            if key in names or key in own:
                continue
            if len(self.faults) >= MAX_FAULTS:
                break
            self._refuse(key, (*names, *own), path)
            for meant in difflib.get_close_matches(str(key), names, n=1):
                keys.setdefault(meant, key)
        return keys

    def _refuse(self, key: Any, known: Collection[str], path: str) -> None:
        close = nearest(key, known)
        remedy = close if close.endswith("?") else f"known: {', '.join(known)}"
        self.add(_at(path, key), f"{shown(key)} is not a key here", remedy)

    def _value(self, kind: Kind | None, value: Any, path: str) -> Any:
        """A field's value, with records for tables; leaves stay as they stand in the file."""
        if isinstance(kind, Records) and isinstance(value, list):
            cls = kind.classes[0]
            return [self._record(cls, item, f"{path}[{at}]") for at, item in enumerate(value)]
        if isinstance(kind, Record):
            return None if value is None else self._one(kind.classes[0], value, path)
        numbered = LevelAmounts | Levels | LevelTexts | Profile
        if isinstance(kind, numbered) and isinstance(value, Mapping):
            return self._numbered(value, path, years=isinstance(kind, Profile))
        return value

    def _one(self, cls: type, value: Any, path: str) -> Any:
        """A single record: a loss, or a table of its fields."""
        loss = issubclass(cls, Loss)
        return self._loss(value, path) if loss else self._record(cls, value, path)

    def _record(self, cls: type, value: Any, path: str) -> Any:
        if isinstance(value, Mapping):
            return cls(**self.fields(cls, value, path))
        if value is None:
            self.add(path, "it is empty", "fill it, or take it out")
            return value
        word = cls.__name__.lower()
        first = next(iter(attrs.fields(cls))).name
        self.add(path, f"{shown(value)} is no {word}", f"write it as {{{first}: ..., and so on}}")
        return value

    def _loss(self, value: Any, path: str) -> Loss:
        """A profile; a list of them is their sum, and a number alone a cost of delay."""
        if isinstance(value, list):
            return LossSum([self._part(part, f"{path}[{at}]") for at, part in enumerate(value)])
        return self._part(value, path)

    def _part(self, value: Any, path: str) -> Loss:
        if isinstance(value, int | float):
            rate: Any = value  # a fraction too, for the check to name
            return CostOfDelay(rate)
        if isinstance(value, Mapping):
            return self._profile(value, path)
        self.add(path, f"{shown(value)} is no loss profile", _LOSS_FORMS)
        return _STAND_IN

    def _profile(self, value: Mapping[Any, Any], path: str) -> Loss:
        """A profile by its word; a misspelt ``profile`` is told, and counts."""
        key = next(iter(difflib.get_close_matches("profile", [*map(str, value)], n=1)), "profile")
        word = value.get(key)
        profile = PROFILE_WORDS.get(word) if isinstance(word, str) else None
        if profile is not None:
            stated: dict[str, Any] = self.fields(profile, value, path, own=("profile",))
            return profile(**stated)
        close = nearest(word, PROFILE_WORDS)
        hint = f"{close} Allowed" if close.endswith("?") else "allowed"
        told = "it is missing" if word is None else f"{shown(word)} is no loss profile"
        self.add(f"{path}.{key}", told, f"{hint}: {', '.join(PROFILE_WORDS)}")
        for other in value:
            if other not in _PROFILE_KEYS and other != key:
                self._refuse(other, _PROFILE_KEYS, path)
        return _STAND_IN

    def _numbered(self, table: Mapping[Any, Any], path: str, *, years: bool) -> dict[Any, Any]:
        """A table whose keys may be numbers: JSON and TOML can only write these as text.

        Where years can stand, four digits are a year, and a number of four digits has a sign.
        """
        digits = "(?![0-9]{4}$)[+]?[0-9]{1,9}" if years else "[+]?[0-9]{1,9}"
        found: dict[Any, Any] = {}
        for key, part in table.items():
            number = int(key) if isinstance(key, str) and re.fullmatch(digits, key) else key
            if number in found:
                told = f"{shown(number)} stands twice, as a number and as text"
                self.add(_at(path, key), told, "keep one of them")
            found[number] = part
        return found


_LOSS_FORMS = "write it as {profile: cost of delay, rate: 80000}, or as a whole number a period"
_TIMELINE_PARTS = {
    "start": "write a date, such as 2027-01",
    "periods": "write how many there are, such as 24",
    "unit": "write day, week, month or quarter",
    "fiscal_year_start": "write the month's number, 1 to 12",
    "fiscal_weeks": "write 4-4-5, 4-5-4 or 5-4-4",
}


def _at(path: str, key: Any) -> str:
    return f"{path}.{key}" if path else str(key)
