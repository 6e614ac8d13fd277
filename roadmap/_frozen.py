"""Containers that stay as they were made: what the frozen records hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

import attrs

K = TypeVar("K")
V = TypeVar("V")


class FrozenMapping(Mapping[K, V]):
    """A mapping that cannot change, can be hashed and can be pickled."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[K, V] | Iterable[tuple[K, V]] = ()) -> None:
        self._items: dict[K, V] = dict(items)

    def __getitem__(self, key: K) -> V:
        return self._items[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        return repr(self._items)


def freeze(value: Any) -> Any:
    """Turn a list into a tuple, a mapping into a frozen one, a date into its text.

    So are lists, dates and mappings inside of them. The rest passes unchanged, for the portfolio's
    check to name.
    """
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return FrozenMapping({key: freeze(part) for key, part in value.items()})
    if isinstance(value, list) or type(value) is tuple:
        return tuple(freeze(part) for part in value)
    return value


def frozen_fields(_: type, fields: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
    """Let a frozen class freeze what it is given; for ``attrs.frozen(field_transformer=...)``.

    A transformer, not a converter on each field, so that type checkers see the declared types.
    """
    return [field.evolve(converter=freeze) for field in fields]
