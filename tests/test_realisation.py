"""Standing: what is delivered by a date, apart from what is realised by then."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

import roadmap as rm
from roadmap.realisation import delivered


def service(**changes: Any) -> rm.Portfolio:
    """An app whose benefit waits two months for customers, and for training."""
    facts: dict[str, Any] = {
        "timeline": rm.Timeline("2027-01", 12),
        "capabilities": [rm.Capability("self service", 1, combine={2: "all"})],
        "needs": [
            rm.Need(
                "self service",
                2,
                rm.Deadline("2027-06", penalty=9),
                "calls",
                owner="Service",
                technology_owner="CTO",
            )
        ],
        "initiatives": [
            rm.Initiative("app", duration=3, raises={"self service": 2}, ramp=2),
            rm.Initiative("training", duration=2, raises={"self service": 2}),
            rm.Initiative("paint", duration=1),
        ],
        "outcomes": [rm.Outcome("waiting time", 30, 10, "2027-08", {"self service": 2})],
    }
    return rm.Portfolio(**(facts | changes))


def at(when: Any, starts: dict[str, int], **changes: Any) -> rm.Realisation:
    """How a plan stands at a date."""
    facts = service(**changes)
    return rm.standing(rm.Plan(facts, rm.Schedule.of(facts, starts)), when)


STARTS = {"app": 0, "training": 0, "paint": 11}


@pytest.mark.parametrize(
    ("when", "lamps"),
    [
        ("2027-01", ("grey", "grey")),
        ("2027-03", ("green", "red")),
        ("2027-04", ("green", "red")),
        ("2027-05", ("green", "green")),
        (None, ("green", "green")),
    ],
)
def test_lamps(when: Any, lamps: tuple[str, str]) -> None:
    """Not yet; delivered and no benefit: green and red; then both green."""
    found = at(when, STARTS)
    assert lamps == found["calls"].lamps
    assert lamps == found["waiting time"].lamps
    assert lamps == found["app"].lamps
    assert (3, 5) == (found["calls"].delivered, found["calls"].realised)


def test_training_moves_the_benefit_and_not_the_delivery_of_the_app() -> None:
    """Work of others holds the benefit back: the app is green and red until all have done."""
    found = at("2027-06", STARTS | {"training": 5})
    assert (3, 7) == (found["app"].delivered, found["app"].realised)
    assert ("green", "red") == found["app"].lamps
    assert (7, 7) == (found["calls"].delivered, found["calls"].realised)
    assert ("grey", "grey") == found["calls"].lamps
    assert ("red", "red") == at("2027-07", STARTS | {"training": 9})["calls"].lamps


def test_a_gate_holds_the_benefit_and_not_the_delivery() -> None:
    """With training as a gate of the need, the app is delivered and its benefit waits: red."""
    initiatives = [
        rm.Initiative("app", duration=3, raises={"self service": 2}),
        rm.Initiative("training", duration=2, kind="people"),
    ]
    needs = [attrs.evolve(service().needs[0], gated_by=["training"])]
    facts: dict[str, Any] = {
        "initiatives": initiatives,
        "needs": needs,
        "capabilities": [rm.Capability("self service", 1)],
    }
    for start, met in ((0, 3), (6, 8)):
        found = at("2027-04", {"app": 0, "training": start}, **facts)
        assert (3, met) == (found["calls"].delivered, found["calls"].realised)
        assert ("green", "green" if met == 3 else "red") == found["calls"].lamps
        assert found["calls"].lamps == found["app"].lamps
        assert met == found["training"].realised
    without = at("2027-04", {"app": 0}, **facts)
    assert (3, None) == (without["calls"].delivered, without["calls"].realised)


def test_what_never_comes() -> None:
    """A need that is not met by its date is red on both lamps; with training left out, too."""
    found = at("2027-07", {"app": 0})
    assert (None, None) == (found["calls"].delivered, found["calls"].realised)
    assert ("red", "red") == found["calls"].lamps
    assert ("green", "red") == found["app"].lamps
    assert [each.subject for each in found.work] == ["app"]
    late = at(None, {"app": 9, "training": 0})
    assert (12, None) == (late["calls"].delivered, late["calls"].realised)


def test_what_is_there_today() -> None:
    """A need whose level is there today is delivered and realised from the start."""
    found = at(0, {}, needs=[rm.Need("self service", 1, rm.CostOfDelay(4), "old")])
    assert (0, 0, ("green", "green")) == (
        found["old"].delivered,
        found["old"].realised,
        found["old"].lamps,
    )
    assert "old   –               –                 today      today" in str(found)


def test_work_without_a_benefit_has_one_lamp() -> None:
    """What raises nothing can be delivered, and there is nothing to realise."""
    found = at(None, STARTS)
    assert ("green", "grey") == found["paint"].lamps
    assert str(found).splitlines()[-1].split() == ["paint", "2027-12", "–", "green", "–"]


@pytest.mark.parametrize(("how", "time"), [("all", 6), ("any", 2), (2, 4)])
def test_delivered_counts_as_levels_do(how: str | int, time: int) -> None:
    """All, any or so many of those who raise a level, without their ramps."""
    facts = rm.Portfolio(
        timeline=rm.Timeline("2027-01", 12),
        capabilities=[rm.Capability("c", combine={2: how})],
        initiatives=[
            rm.Initiative(name, duration=months, raises={"c": 2}, ramp=6)
            for name, months in {"x": 2, "y": 4, "z": 6}.items()
        ],
    )
    plan = rm.Plan(facts, rm.Schedule.of(facts, {"x": 0, "y": 0, "z": 0}))
    assert time == delivered(plan, "c", 1) == delivered(plan, "c", 2)
    assert None is delivered(plan, "c", 3)
    assert 0 == delivered(plan, "c", 0)


def test_it_shows_itself() -> None:
    """A headline, then a table each for needs, outcomes and work; owners on both sides."""
    told = str(at("2027-04", STARTS))
    assert told.startswith("by the end of 2027-04: 1 of 1 needs delivered, 0 realised\n\nneeds\n")
    row = next(line for line in told.splitlines() if line.startswith("calls"))
    assert ["calls", "Service", "CTO", "2027-03", "2027-06", "green", "red"] == row.split()
    row = next(line for line in told.splitlines() if line.startswith("waiting time"))
    assert ["30", "2027-03", "2027-06", "green", "red"] == row.split()[4:]
    shown = at("2027-04", STARTS)._repr_html_()
    assert 3 == shown.count("<table>")
    empty = rm.Portfolio(timeline=rm.Timeline("2027-01", 2))
    nothing = rm.standing(rm.Plan(empty, rm.Schedule()))
    assert "by the end of 2027-02: 0 of 0 needs delivered, 0 realised" == str(nothing)


def test_results_are_taken_and_dates_are_checked() -> None:
    """A result stands too; a date that is none or beyond the timeline is refused."""
    result = rm.solve(service(), solver="wsjf")
    assert rm.standing(result, "2027-12")["calls"].realised == 5
    for wrong in ("soon", "2029", 13, -1):
        with pytest.raises(rm.FaultyInputError, match="the date of a standing has 1 fault"):
            rm.standing(result, wrong)
