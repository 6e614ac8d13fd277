"""What one period's slip costs, as charts of plans say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import attrs

from roadmap._text import brief
from roadmap.render._answers import AuditLike, Bounds


class SlipLike(Protocol):
    """What is read of the price of a slip."""

    @property
    def subject(self) -> str:
        """Name of the initiative."""

    @property
    def price(self) -> Bounds:
        """What one period costs."""

    @property
    def possible(self) -> bool | None:
        """Whether there is a plan at all then."""


class SlipsLike(Protocol):
    """What is read of the derived costs of delay."""

    @property
    def items(self) -> Sequence[SlipLike]:
        """One for each initiative in the plan."""


@attrs.frozen
class Worth:
    """What a period of an initiative is worth.

    Attributes
    ----------
    told
        In a few characters: ``83 a month``.
    share
        What is proven of it, over the dearest; 1 where it can not slip at all.
    proven
        Whether no more is to be found out.
    """

    told: str
    share: float
    proven: bool = True


def worths(slips: SlipsLike | None, unit: str) -> Mapping[str, Worth]:
    """What a period of each initiative is worth, by its name.

    Parameters
    ----------
    slips
        The derived costs of delay; ``None`` for none.
    unit
        What a period is called.
    """
    items = () if slips is None else slips.items
    most = max((item.price.lower or 0 for item in items if item.possible is not False), default=0)
    return {
        item.subject: Worth(_told(item, unit), _share(item, most), _proven(item)) for item in items
    }


def _proven(item: SlipLike) -> bool:
    exact = item.price.lower is not None and item.price.lower == item.price.upper
    return item.possible is False or exact


def _told(item: SlipLike, unit: str) -> str:
    return "can not slip" if item.possible is False else f"{price_told(item.price)} a {unit}"


def _share(item: SlipLike, most: int) -> float:
    if item.possible is False:
        return 1.0
    return max(item.price.lower or 0, 0) / most if most else 0.0


def price_told(price: Bounds) -> str:
    """A price in a few characters, as far as it is proven."""
    if price.lower is None and price.upper is None:
        return "?"
    if price.lower is None:
        return f"≤ {brief(price.upper or 0)}"
    if price.upper is None:
        return f"≥ {brief(price.lower)}"
    if price.lower == price.upper:
        return brief(price.lower)
    return f"{brief(price.lower)}–{brief(price.upper)}"


def rule_prices(found: AuditLike | None) -> Mapping[str, str]:
    """What is known of each rule's price, by its name; not of those proven to cost nothing."""
    findings = () if found is None else found.findings
    return {one.rule: price_told(one.price) for one in findings if one.price.upper != 0}
