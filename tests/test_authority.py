"""The example authority: it uses the whole model, and is as its guide says."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

import roadmap as rm
from roadmap.fields import Choice, Record, Records
from roadmap.losses import PROFILES, LossSum

EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"


@pytest.fixture(scope="module")
def authority() -> rm.Portfolio:
    """The example."""
    return rm.read(EXAMPLES / "authority.yaml")


@pytest.fixture(scope="module")
def plan(authority: rm.Portfolio) -> rm.Schedule:
    """The plan that lies beside it."""
    return rm.read_schedule(EXAMPLES / "authority.csv", authority)


def records(fact: Any) -> Iterator[Any]:
    """Yield a fact, and every fact that stands in it."""
    if isinstance(fact, tuple):
        for each in fact:
            yield from records(each)
    elif attrs.has(type(fact)):
        yield fact
        for field in attrs.fields(type(fact)):
            yield from records(getattr(fact, field.name))


def classes(kind: type) -> set[type]:
    """All classes of facts that may stand in one."""
    found = {kind}
    for field in attrs.fields(kind):
        stated = field.metadata.get("kind")
        if isinstance(stated, Record | Records):
            for each in stated.classes:
                found |= classes(each)
    return found


def default_of(field: Any) -> Any:
    """What a field is where nothing is said; a mapping that is made anew is empty."""
    return field.default if not hasattr(field.default, "factory") else field.default.factory()


def test_it_is_as_large_as_told(authority: rm.Portfolio) -> None:
    """64 initiatives, 24 needs, 24 capabilities and 8 teams over 156 weeks."""
    sizes = (authority.initiatives, authority.needs, authority.capabilities, authority.teams)
    assert (64, 24, 24, 8) == tuple(map(len, sizes))
    assert (156, "week") == (authority.timeline.periods, authority.timeline.unit)


def test_every_kind_of_fact_is_used(authority: rm.Portfolio) -> None:
    """Each class of facts that a portfolio may hold occurs in it."""
    known = classes(rm.Portfolio)
    assert {rm.Absence, rm.Fence, rm.Member, rm.Mode, rm.Risk, rm.Workaround} <= known
    assert set() == known - {type(fact) for fact in records(authority)}


def test_every_field_is_used(authority: rm.Portfolio) -> None:
    """Each field that has a default is somewhere something else."""
    fields = {
        f"{type(fact).__name__}.{field.name}": False
        for fact in records(authority)
        for field in attrs.fields(type(fact))
        if field.default is not attrs.NOTHING
    }
    for fact in records(authority):
        for field in attrs.fields(type(fact)):
            if getattr(fact, field.name) != default_of(field):
                fields[f"{type(fact).__name__}.{field.name}"] = True
    assert len(fields) > 100
    assert [] == [name for name, used in fields.items() if not used]


@pytest.mark.parametrize("name", ["basis", "how", "kind", "link", "money", "per", "spend"])
def test_every_choice_occurs(name: str, authority: rm.Portfolio) -> None:
    """Where a field is one of several words, each of the words is used somewhere."""
    words: set[str] = set()
    used: set[str] = set()
    for fact in records(authority):
        for field in attrs.fields(type(fact)):
            stated = field.metadata.get("kind")
            if field.name == name and isinstance(stated, Choice):
                words |= set(stated.options)
                used.add(getattr(fact, name))
    assert words
    assert words == used


def test_every_loss_occurs(authority: rm.Portfolio) -> None:
    """All five profiles, and a sum."""
    losses = {type(fact) for fact in records(tuple(need.loss for need in authority.needs))}
    assert {*PROFILES, LossSum} == losses


def test_its_findings_are_those_of_the_guide(authority: rm.Portfolio) -> None:
    """Three, left in on purpose."""
    expected = [
        ("need without technology owner", "needs[18].technology_owner"),
        ("artificial deadline", "initiatives[14].latest_finish"),
        ("basis unstated", "dependencies[14].basis"),
    ]
    assert expected == [(each.kind, each.path) for each in authority.findings()]


def test_its_first_plan_is_there_at_once(authority: rm.Portfolio) -> None:
    """Network and first plan take less than a second of processor time; no rule is broken."""
    rm.solve(rm.read(EXAMPLES / "five.yaml"), time_limit=0)  # loads what is loaded only once
    begun = time.process_time()
    result = rm.solve(authority, time_limit=0)
    assert time.process_time() - begun < 1
    assert result.evaluation is not None
    assert () == result.evaluation.violations


def test_every_rule_finds_a_plan_that_costs_more(
    authority: rm.Portfolio, plan: rm.Schedule
) -> None:
    """No list rule is as good as the plan beside the example."""
    best = rm.evaluate(authority, plan)
    for rule in rm.RULES:
        judged = rm.solve(authority, solver=rule).evaluation
        assert judged is not None
        assert () == judged.violations
        assert judged.objective > best.objective


def test_its_plan_keeps_every_rule(authority: rm.Portfolio, plan: rm.Schedule) -> None:
    """The judge finds nothing."""
    assert () == rm.evaluate(authority, plan).violations
