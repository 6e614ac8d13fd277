"""Documents by chance: a good portfolio with something done to it."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from roadmap.errors import FormatError

GOOD = """\
format: roadmap 1
name: bank
currency: EUR
timeline: {start: 2027-01, periods: 24, unit: month, fiscal_year_start: 4}
teams:
  - {name: platform, capacity: 3, owner: Ann, overtime: {0: 1}, overtime_price: 90, parallel: 2}
  - {name: channels, capacity: {0: 2, 2027-07: 3, "2028": 1}}
  - {name: risk, capacity: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2]}
units:
  - {name: branches, adoption: 3, absorbs: 2, owner: Bob}
parallel: 4
capabilities:
  - {name: payments}
  - {name: identity, level: 1, parent: payments, option_value: {2: 500, 3: 10}}
  - {name: instant payments, parent: payments, combine: {3: any}, measures: {2: audited, 3: none}}
needs:
  - {capability: instant payments, level: 3, loss: 80000, owner: Retail, basis: plan 2026}
  - capability: identity
    level: 2
    name: strong sign-on
    gated_by: [go live, rented hub]
    ramp: 4
    loss: {profile: deadline, due_by: 2027-Q3, penalty: 500000, rate: 20000}
  - capability: instant payments
    level: 2
    measure: audited
    technology_owner: CTO
    loss:
      - {profile: fading, rate: 9000, percent: 10}
      - {profile: window, value: 40000, opens: 2027-06, closes: 2028-06-30}
      - {profile: table, values: [0, -10, 20]}
initiatives:
  - {name: identity platform, duration: 4, demand: {platform: 2}, raises: {identity: 3}, cost: 900}
  - name: payments hub
    modes:
      - {name: build, duration: 8, demand: {platform: 2, channels: 1}, cost: 2000}
      - {name: buy, duration: 3, demand: {risk: 1}, cost: 5000}
    raises: {instant payments: 3}
    requires: {identity: 3}
    ramp: 1
    category: transform
    optional: false
  - name: rented hub
    duration: 2
    raises: {instant payments: 3}
    earliest_start: 2027-W10
    latest_finish: 20
    lateness_price: 30
    changes: [branches]
    kind: process
    optional: true
    description: for the time being
    estimate_basis: an offer
  - {name: go live, duration: 0, mandate: the law, risk: {percent: 4, impact: 900}}
dependencies:
  - {predecessor: payments hub, successor: go live, link: FS, lag: 1, basis: law}
  - {predecessor: identity platform, successor: rented hub, link: SS, lag: -2, rationale: why not}
  - {predecessor: go live, successor: rented hub, lag: 2, interest: 40, rework: 9}
outcomes:
  - name: cost of a payment
    baseline: 12
    target: -3
    due_by: 2028-03
    capabilities: {instant payments: 3, identity: 2}
    weights: {identity: 4}
    unit: cent
    measure: ledger
    owner: Retail
    technology_owner: CTO
workarounds:
  - {initiative: payments hub, capability: identity, interest: 70, rework: 8, basis: policy}
"""

ODD: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 3, 2027, 10**6, 10**12, 10**299, -(10**40)),
    *(0.5, -2.25, 1e300, float("nan"), float("inf")),
    *("", " ", "x", "3", "0", "2027", "2027-03", "2027-13", "2027-Q2", "9999-12", "platform"),
    *("identity", "payments hub", "any", "FS", "cost of delay", "a\nb", "\u202e", "🙂", "y" * 999),
    *([], [[]], [1, 2], ["platform"], {}, {"name": "x"}, {"": ""}, {"platform": 1}, {0: 1}),
    *({"profile": "table"}, {"profile": ["table"]}, {"a.b": {"c[0]": 1}}, {-1: None}),
)
"""Values that stand in the wrong place somewhere."""


def mutated(good: Any, rng: random.Random) -> Any:
    """A copy of plain data with one to three changes."""
    data = copy.deepcopy(good)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        holders = list(_holders(data))
        if not holders:
            return data
        rng.choice(_CHANGES)(rng.choice(holders), rng)
    return data


def garbled(text: str, rng: random.Random) -> bytes:
    """The bytes of a text with one to four changes."""
    content = bytearray(text.encode())
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(content) + 1)
        kind = rng.random()
        if kind < 0.3:
            content[at : at + 1] = bytes([rng.randrange(256)])
        elif kind < 0.6:
            content[at:at] = rng.choice(_PIECES)
        elif kind < 0.8:
            del content[at : at + rng.choice((1, 1, 2, 5, 40))]
        else:
            begin = rng.randrange(len(content) + 1)
            content[at:at] = content[begin : begin + rng.choice((1, 5, 30, 200))]
    return bytes(content)


def refusals(read: Callable[[Path], object], text: str, path: Path, times: int = 1_000) -> int:
    """How many garbled copies of a file its reader refuses; other errors pass through."""
    rng = random.Random(30)
    refused = 0
    for _ in range(times):
        path.write_bytes(garbled(text, rng))
        try:
            read(path)
        except FormatError:
            refused += 1
    return refused


_PIECES = tuple(
    piece.encode()
    for piece in (
        *("\n", " ", "\t", ":", ": ", "- ", "{", "}", "[", "]", ",", '"', "'", "#", "&a ", "*a"),
        *("!!x ", "|", ">", "?", "%", "@", "<<: ", "---\n", "null", "true", ".nan", "1e9", "-"),
        *("=", "[[", "]]", "\\", "\\u", "\0", "\ufeff", "\u2028", "é", "🙂", "9" * 400, "[" * 60),
    )
)


def _holders(data: Any) -> Any:
    """Every table and list that holds something."""
    if isinstance(data, dict | list) and data:
        yield data
        for part in data.values() if isinstance(data, dict) else data:
            yield from _holders(part)


def _key(holder: Any, rng: random.Random) -> Any:
    return rng.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))


def _replace(holder: Any, rng: random.Random) -> None:
    holder[_key(holder, rng)] = copy.deepcopy(rng.choice(ODD))


def _delete(holder: Any, rng: random.Random) -> None:
    del holder[_key(holder, rng)]


def _nudge(holder: Any, rng: random.Random) -> None:
    """Change a number a little, and a text by a letter."""
    key = _key(holder, rng)
    value = holder[key]
    if type(value) is int:
        holder[key] = value + rng.choice((-1, 1, 7, -100))
    elif isinstance(value, str) and value:
        at = rng.randrange(len(value))
        holder[key] = value[:at] + rng.choice(("", "x", " ", "0")) + value[at + 1 :]


def _repeat(holder: Any, rng: random.Random) -> None:
    """Say an item of a list twice, or a value under another name."""
    key = _key(holder, rng)
    value = copy.deepcopy(holder[key])
    if isinstance(holder, list):
        holder.append(value)
    else:
        odd = [part for part in ODD if type(part) in (int, str)]
        holder[rng.choice((f"{key}s", *odd))] = value


def _wrap(holder: Any, rng: random.Random) -> None:
    key = _key(holder, rng)
    holder[key] = rng.choice(([holder[key]], {"value": holder[key]}, [holder[key]] * 2))


def _swap(holder: Any, rng: random.Random) -> None:
    one, other = _key(holder, rng), _key(holder, rng)
    holder[one], holder[other] = holder[other], holder[one]


_CHANGES: tuple[Callable[[Any, random.Random], None], ...] = (
    *(_replace, _replace, _replace, _delete, _delete, _nudge, _nudge, _repeat, _wrap, _swap),
)
