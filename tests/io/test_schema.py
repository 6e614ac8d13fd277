"""The schema that editors use: it says what the reader does."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from typing import Any

import attrs
import jsonschema
import pytest

from roadmap.errors import FormatError
from roadmap.io import schema_text
from roadmap.io._written import plain, text_keys
from roadmap.io.documents import Document, parse
from roadmap.io.portfolios import portfolio_of
from roadmap.io.schema import built_text, schema
from roadmap.portfolio import Portfolio
from tests.io.mutants import GOOD, mutated
from tests.strategies import random_portfolio

SCHEMA = json.loads(schema_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

MEANING = re.compile(
    r"unknown (team|capability|category|initiative|unit)|outside the timeline|already|"
    r"depends on itself|"
    r"no initiative raises|all raise|nothing to combine|of \d+ initiatives|in a circle|"
    r"justify each other|part of itself|it has modes as well|takes no time|states \d+|"
    r"what holds at the start|same period|first day of a month|after the year 9999|stands twice|"
    r"the baseline as well|no capability carries it|none of its capabilities|"
    r"does not require|unit of overtime|no overtime that|no latest finish|from finish to start|"
    r"invisible character|line break|is not a date|"
    r"it is missing; give a (duration|whole number, or members)|"
    # in JSON, names are text
    r"(demand|raises|requires|capabilities|weights)\S+\d\S*: (-?\d+|a number .*) is not text"
)
"""What no schema can say, or only at the price of being understood."""


def as_json(data: Any) -> Any:
    """Plain data as a validator of JSON sees them."""
    if isinstance(data, dict):
        return {str(key): as_json(part) for key, part in data.items()}
    return [as_json(part) for part in data] if isinstance(data, list) else data


def fraction_free(data: Any) -> bool:
    """Whether no whole number is written as a fraction: to a schema, 3.0 is whole."""
    if isinstance(data, dict):
        return all(map(fraction_free, data.values()))
    if isinstance(data, list):
        return all(map(fraction_free, data))
    return not isinstance(data, float) or not data.is_integer()


def test_the_shipped_schema_is_the_built_one() -> None:
    """Whoever changes a fact writes the schema anew: ``built_text`` of roadmap.io.schema."""
    assert built_text() == schema_text()


def test_it_is_a_schema() -> None:
    """It is sound by its own standard."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert schema() == SCHEMA


def described(node: Any, path: str = "") -> Iterator[str]:
    """The properties that say nothing of themselves."""
    for name, part in node.get("properties", {}).items() if isinstance(node, dict) else ():
        if not part.get("description") and "const" not in part:
            yield f"{path}.{name}"
    parts = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for part in parts:
        yield from described(part, path)


def test_every_key_is_described() -> None:
    """An editor has a sentence for each, from the docstrings."""
    assert [] == list(described(SCHEMA))
    level = SCHEMA["properties"]["capabilities"]["items"]["properties"]["level"]
    assert "Today's level; at least 0, default 0 (absent)." == level["description"]


def test_every_field_is_in_it() -> None:
    """Keys of the file are the fields of the records."""
    fields = [field.name for field in attrs.fields(Portfolio)]
    assert ["format", "$schema", *sorted(fields)] == [
        *list(SCHEMA["properties"])[:2],
        *sorted(list(SCHEMA["properties"])[2:]),
    ]


def test_written_portfolios_are_valid() -> None:
    """What is written passes the schema, however it was drawn."""
    for seed in range(300):
        data = text_keys(plain(random_portfolio(random.Random(seed))))
        assert [] == list(VALIDATOR.iter_errors(data))


@pytest.mark.parametrize("part", range(4))
def test_schema_and_reader_agree(part: int) -> None:
    """Of 2,000 documents, both take or refuse each; where only the reader refuses, by meaning."""
    rng = random.Random(part)
    good = parse(GOOD, ".yaml").data
    taken = refused = 0
    for _ in range(500):
        data = mutated(good, rng)
        if not fraction_free(data):
            continue
        valid = VALIDATOR.is_valid(as_json(data))
        found = shape_faults(data)
        # some of what MEANING covers is seen by the schema too: a date such as 2027-13
        assert not found if valid else found is not None, (valid, found)
        taken += found is None
        refused += not valid
    assert min(taken, refused) > 50


def shape_faults(data: Any) -> list[str] | None:
    """The reader's faults that a schema can say; ``None`` when the reader has none at all."""
    try:
        portfolio_of(Document(data, {(): 1}))
    except FormatError as error:
        return [str(fault) for fault in error.faults if not MEANING.search(str(fault))]
    return None
