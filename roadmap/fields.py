"""What a field of a fact may hold, said once.

The check of a portfolio, the file reader and the JSON Schema all read these kinds, so a
field's type, range and reference stand in one place: beside the field.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import attrs

from roadmap.errors import Fault, nearest
from roadmap.timeline import Timeline

LARGEST = 2**31 - 1
"""Largest number that a fact may state; what is larger should be stated in thousands."""


@attrs.frozen
class Known:
    """What a value is checked against: the names that exist and the timeline they live on."""

    names: Mapping[str, Collection[str]] = attrs.field(factory=dict)
    timeline: Timeline | None = None


class Kind:
    """The contract of a kind: it names what is wrong with a value."""

    def faults(self, value: Any, path: str, known: Known) -> Iterator[Fault]:
        """Yield one fault for each thing that is wrong with ``value``."""
        raise NotImplementedError


@attrs.frozen
class Text(Kind):
    """Text; a name when it must not be empty, a reference when it must name something.

    Attributes
    ----------
    empty
        Whether it may be empty.
    names
        Which family of names it must be one of (``"teams"``); ``None`` for free text.
    """

    empty: bool = False
    names: str | None = None

    def faults(self, value: Any, path: str, known: Known) -> Iterator[Fault]:
        """Refuse other types, emptiness, invisible characters and unknown names."""
        if not isinstance(value, str):
            yield _not_text(value, path)
        elif not value.strip():
            if not self.empty:
                yield Fault(path, "it is empty", "give it a name")
        elif hidden := sorted({c for c in value if _hidden(c)}):
            if hidden[0] == "\n":
                yield Fault(path, "it holds a line break", "write it on one line")
            else:
                yield Fault(path, f"it holds an invisible character, {hidden[0]!r}", "take it out")
        elif self.names is not None and value not in known.names.get(self.names, (value,)):
            yield _unknown(value, path, self.names, known)


@attrs.frozen
class Whole(Kind):
    """A whole number within bounds, both inclusive."""

    minimum: int = -LARGEST
    maximum: int = LARGEST

    def faults(self, value: Any, path: str, known: Known) -> Iterator[Fault]:
        """Refuse other types, broken numbers and numbers out of range."""
        if value is None:
            yield Fault(path, "it is missing", "give a whole number")
        elif isinstance(value, float) and not math.isfinite(value):
            yield Fault(path, f"{shown(value)} is not a number", "give a whole number")
        elif type(value) is not int:
            yield Fault(path, f"{shown(value)} is not a whole number", _whole_instead(value))
        elif value < self.minimum:
            yield Fault(path, f"{shown(value)} is too small", f"at least {self.minimum:,}")
        elif value > self.maximum:
            remedy = f"at most {self.maximum:,}"
            if self.maximum == LARGEST:
                remedy += "; state money in thousands if it must be larger"
            yield Fault(path, f"{shown(value)} is too large", remedy)


@attrs.frozen
class Flag(Kind):
    """True or false."""

    def faults(self, value: Any, path: str, known: Known) -> Iterator[Fault]:
        """Refuse whatever is not a boolean, 0 and 1 included."""
        if not isinstance(value, bool):
            yield Fault(path, f"{shown(value)} is neither true nor false", "write true or false")


@attrs.frozen
class Choice(Kind):
    """One of a few words."""

    options: tuple[str, ...]

    def faults(self, value: Any, path: str, known: Known) -> Iterator[Fault]:
        """Refuse words that are not among the options."""
        if value not in self.options:
            close = nearest(value, self.options)
            allowed = ", ".join(self.options)
            remedy = f"{close} Allowed: {allowed}" if close.endswith("?") else f"allowed: {allowed}"
            yield Fault(path, f"{shown(value)} is not allowed", remedy)


@attrs.frozen
class Moment(Kind):
    """A date, or a boundary of the timeline counted from 0.

    Attributes
    ----------
    end
        ``True`` for what must be over *by* then, ``False`` for what holds *from* then on.
    beyond
        Whether a date may lie outside the timeline, as in a calendar that is longer.
    """

    end: bool = False
    beyond: bool = False

    def faults(self, value: Any, path: str, known: Known) -> Iterator[Fault]:
        """Refuse what is no date, and dates outside the timeline."""
        if isinstance(value, bool):
            yield _no_date(value, path)
        elif known.timeline is not None:
            timeline = known.timeline
            try:
                boundary = timeline.ending(value) if self.end else timeline.starting(value)
            except (ValueError, OverflowError):
                yield _no_date(value, path)
                return
            outside = not 0 <= boundary <= timeline.periods
            if outside and (isinstance(value, int) or not self.beyond):
                yield Fault(path, *_outside(value, timeline))


@attrs.frozen
class Amounts(Kind):
    """A mapping from names to whole numbers: ``{"platform": 2}``.

    Attributes
    ----------
    names
        Which family of names the keys must be from.
    minimum
        Least amount, inclusive.
    """

    names: str
    minimum: int = 0

    def faults(self, value: Any, path: str, known: Known) -> Iterator[Fault]:
        """Refuse other shapes, unknown names and amounts out of range."""
        if not isinstance(value, Mapping):
            yield Fault(path, f"{shown(value)} is not a table", "write it as {name: number}")
            return
        for name, amount in value.items():
            place = f"{path}.{name}"
            if not isinstance(name, str):
                yield _not_text(name, place)
            elif name not in known.names.get(self.names, (name,)):
                yield _unknown(name, path, self.names, known)
            yield from Whole(self.minimum).faults(amount, place, known)


@attrs.frozen
class Profile(Kind):
    """A capacity: one number, a number for each period, or numbers that hold from dates on."""

    def faults(self, value: Any, path: str, known: Known) -> Iterator[Fault]:
        """Refuse other shapes, a list of another length, numbers and dates out of range."""
        whole = Whole(0)
        if isinstance(value, Mapping):
            for when, amount in value.items():
                yield from Moment().faults(when, f"{path}.{when}", known)
                yield from whole.faults(amount, f"{path}.{when}", known)
            yield from self._starts(value, path, known)
        elif isinstance(value, tuple):
            for period, amount in enumerate(value):
                yield from whole.faults(amount, f"{path}[{period}]", known)
            if known.timeline is not None and len(value) != known.timeline.periods:
                yield Fault(
                    path,
                    f"it states {len(value)} periods",
                    f"the timeline has {known.timeline.periods}: one number for each",
                )
        else:
            yield from whole.faults(value, path, known)

    def _starts(self, value: Mapping[Any, Any], path: str, known: Known) -> Iterator[Fault]:
        """A profile by dates must say what holds at the start, and each instant once."""
        if known.timeline is None:
            return
        timeline = known.timeline
        sound = [when for when in value if not list(Moment().faults(when, path, known))]
        boundaries = [timeline.starting(when) for when in sound]
        if len(boundaries) == len(value) and 0 not in boundaries:
            first = timeline.label(0)
            yield Fault(path, "it does not say what holds at the start", f"add {first!r}: number")
        if len(set(boundaries)) < len(boundaries):
            yield Fault(path, "two of its dates fall on the same period", "keep one of them")


def spread(
    stated: int | Sequence[int] | Mapping[str | int, int], timeline: Timeline
) -> tuple[int, ...]:
    """What a sound profile says of each period of the timeline."""
    if isinstance(stated, int):
        return (stated,) * timeline.periods
    if not isinstance(stated, Mapping):
        return tuple(stated)
    at = {timeline.starting(when): amount for when, amount in stated.items()}
    amount, amounts = 0, []
    for period in range(timeline.periods):
        amount = at.get(period, amount)
        amounts.append(amount)
    return tuple(amounts)


@attrs.frozen
class Levels(Kind):
    """How initiatives that raise one level combine: ``{3: "all"}``, ``"any"`` or a count."""

    def faults(self, value: Any, path: str, known: Known) -> Iterator[Fault]:
        """Refuse other shapes, levels below 1 and other words."""
        if not isinstance(value, Mapping):
            yield Fault(path, f"{shown(value)} is not a table", "write it as {level: all}")
            return
        for level, how in value.items():
            yield from Whole(1).faults(level, f"{path}.{level}", known)
            if how not in ("all", "any") and (type(how) is not int or how < 1):
                told = f"{shown(how)} is no way to combine"
                yield Fault(f"{path}.{level}", told, "say all, any, or how many are enough")


@attrs.frozen
class Names(Kind):
    """A list of names, each of them once.

    Attributes
    ----------
    names
        Which family they must be from (``"initiatives"``); ``None`` for free text.
    least
        How many there must be.
    """

    names: str | None = None
    least: int = 0

    def faults(self, value: Any, path: str, known: Known) -> Iterator[Fault]:
        """Refuse other shapes, too few, what is named twice, and broken or unknown names."""
        if not isinstance(value, tuple):
            yield Fault(path, f"{shown(value)} is not a list of names", "write a list")
            return
        for index, name in enumerate(value):
            yield from Text(names=self.names).faults(name, f"{path}[{index}]", known)
            if name in value[:index]:
                yield Fault(f"{path}[{index}]", f"{shown(name)} stands twice", "take it out")
        if len(value) < self.least:
            yield Fault(path, f"it names {len(value)}", f"name at least {self.least}")


@attrs.frozen
class Percent(Kind):
    """A percentage from 0 to 100, with at most two decimals."""

    def faults(self, value: Any, path: str, known: Known) -> Iterator[Fault]:
        """Refuse other types, numbers out of range and finer ones."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield Fault(path, f"{shown(value)} is not a number", "write a percentage, such as 3.5")
        elif not 0 <= value <= 100:
            yield Fault(path, f"{shown(value)} is out of range", "a percentage from 0 to 100")
        elif round(value, 2) != value:
            remedy = f"at most two decimals: {round(value, 2)}, say"
            yield Fault(path, f"{shown(value)} is too fine", remedy)


class LevelTexts(Kind):
    """A mapping from levels to text: ``{3: "opened within the hour"}``."""

    def faults(self, value: Any, path: str, known: Known) -> Iterator[Fault]:
        """Refuse other shapes, levels below 1 and what is no text."""
        if not isinstance(value, Mapping):
            yield Fault(path, f"{shown(value)} is not a table", "write it as {level: text}")
            return
        for level, text in value.items():
            yield from Whole(1).faults(level, f"{path}.{level}", known)
            yield from Text().faults(text, f"{path}.{level}", known)


@attrs.frozen
class Record(Kind):
    """One record, of any of the given classes.

    Attributes
    ----------
    classes
        The attrs classes that it may be an instance of.
    """

    classes: tuple[type, ...]

    def faults(self, value: Any, path: str, known: Known) -> Iterator[Fault]:
        """Refuse other things, and name every fault of the record's own fields."""
        if isinstance(value, self.classes):
            yield from faults_of(value, path, known)
        else:
            words = " or ".join(c.__name__ for c in self.classes)
            yield Fault(path, f"{shown(value)} is no {words}", "give one")


@attrs.frozen
class Records(Kind):
    """A list of records, of any of the given classes."""

    classes: tuple[type, ...]

    def faults(self, value: Any, path: str, known: Known) -> Iterator[Fault]:
        """Refuse other shapes, and name every fault of every record."""
        if not isinstance(value, tuple):
            yield Fault(path, f"{shown(value)} is not a list", "write a list")
            return
        for index, record in enumerate(value):
            yield from Record(self.classes).faults(record, f"{path}[{index}]", known)


@attrs.frozen
class Wholes(Kind):
    """A list of whole numbers, one for each boundary of the timeline at the most."""

    def faults(self, value: Any, path: str, known: Known) -> Iterator[Fault]:
        """Refuse other shapes, an empty list, a list too long and broken numbers."""
        if not isinstance(value, tuple):
            yield Fault(path, f"{shown(value)} is not a list of numbers", "write a list")
            return
        if not value:
            yield Fault(path, "it is empty", "write at least one number")
        for index, number in enumerate(value):
            yield from Whole().faults(number, f"{path}[{index}]", known)
        if known.timeline is not None and len(value) > known.timeline.periods + 1:
            allowed = known.timeline.periods + 1
            yield Fault(path, f"it states {len(value)} numbers", f"at most {allowed}: 0 to the end")


def of(kind: Kind) -> dict[str, Kind]:
    """Say a field's kind in its metadata: ``attrs.field(metadata=of(Whole(0)))``."""
    return {"kind": kind}


def faults_of(record: Any, path: str, known: Known) -> Iterator[Fault]:
    """Name every fault of a record's fields, each with its path.

    A field whose default is ``None`` may be ``None``: it is absent.
    """
    for field in attrs.fields(type(record)):
        kind = field.metadata.get("kind")
        value = getattr(record, field.name)
        place = f"{path}.{field.name}" if path else field.name
        if kind is None or (value is None and field.default is None):
            continue
        if value is None:
            absent = "" if field.default is attrs.NOTHING else ", or leave it out"
            yield Fault(place, "it is missing", f"give it a value{absent}")
        else:
            yield from kind.faults(value, place, known)


def shown(value: Any) -> str:
    """Show a value in a message, as files write it, and cut where it is long.

    Parameters
    ----------
    value
        Whatever was said: text in quotes, ``true``, a number, or the word for what it is.
    """
    if value is None or isinstance(value, bool):
        return {None: "nothing", True: "true", False: "false"}[value]
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, tuple | list | set | frozenset):
        return "a list"
    if isinstance(value, int) and abs(value) >= 10**30:
        return "a number of more than 30 digits"
    if isinstance(value, str) and len(value) > _LONG:
        return f"{value[:_LONG]!r}…"
    told = repr(value)
    return told if isinstance(value, str) or len(told) <= _LONG else f"{told[:_LONG]}…"


def _not_text(value: Any, path: str) -> Fault:
    remedy = "put it in quotes" if isinstance(value, int | float) else "write text"
    return Fault(path, f"{shown(value)} is not text", remedy)


def _whole_instead(value: Any) -> str:
    """The remedy for what is not a whole number, with the number if one can be guessed."""
    if isinstance(value, float):
        return f"give {shown(round(value))}, say"
    digits = re.sub(r"[\s,_'’]", "", value) if isinstance(value, str) else ""
    if re.fullmatch("-?[0-9]{1,20}", digits):
        return f"write it without quotes and separators: {int(digits)}"
    return "give a whole number"


def _no_date(value: Any, path: str) -> Fault:
    return Fault(path, f"{shown(value)} is not a date", "write it as 2027-03 or 2027-03-15")


def _outside(value: Any, timeline: Timeline) -> tuple[str, str]:
    """Problem and remedy of a time beyond the timeline; a number alone counts periods."""
    if isinstance(value, int):
        told = f"a number alone counts {timeline.unit}s, here from 0 to {timeline.periods}"
        return f"{shown(value)} is outside the timeline", f"{told}; put a year in quotes"
    ends = f"{timeline.day(0)} to {timeline.last_day(timeline.periods)}"
    return f"{value!s} is outside the timeline", f"it runs from {ends}"


_LONG = 60
"""Characters of a value that a message shows."""


def _unknown(name: str, path: str, names: str, known: Known) -> Fault:
    irregular = {"capabilities": "capability", "categories": "category", "work": "initiative"}
    family = irregular.get(names, names.removesuffix("s"))
    return Fault(path, f"unknown {family} {shown(name)}", nearest(name, known.names[names]))


def _hidden(character: str) -> bool:
    """Whether a character is a control, a surrogate or one that turns the writing direction."""
    if character in "\u200c\u200d":
        return False
    return unicodedata.category(character) in {"Cc", "Cs"} or character in _DIRECTION


_DIRECTION = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
