"""Needs that are gated by training: explanations speak of when the need is met, not the level."""

from __future__ import annotations

import roadmap as rm


def facts() -> rm.Portfolio:
    """A portal in 2 months, training in 3 on the same team, and a rival for the team."""
    return rm.Portfolio(
        timeline=rm.Timeline("2027-01", 12),
        teams=[rm.Team("team", capacity=1)],
        capabilities=[rm.Capability("portal"), rm.Capability("rival")],
        needs=[
            rm.Need("portal", 1, loss=rm.CostOfDelay(10), gated_by=["training"]),
            rm.Need("rival", 1, loss=rm.CostOfDelay(50)),
        ],
        initiatives=[
            rm.Initiative("build", 2, {"team": 1}, raises={"portal": 1}),
            rm.Initiative("training", 3, {"team": 1}, kind="people"),
            rm.Initiative("rival work", 1, {"team": 1}, raises={"rival": 1}),
        ],
    )


def test_delays_sum_to_the_date_of_the_gate() -> None:
    """Three months for the longer of the two, two more for the team, one for the rival."""
    result = rm.solve(facts(), time_limit=10)
    assert result.evaluation is not None
    assert 6 == result.evaluation.attainment["portal at level 1"]
    told = str(rm.delays(result, inquiry=rm.Inquiry(each=5)))
    row = next(line for line in told.splitlines() if line.startswith("portal"))
    assert ["3", "0", "2", "0", "1", "2027-07"] == row.split()[-6:]


def test_a_gate_is_part_of_what_it_would_take() -> None:
    """By March the portal is up and nobody is trained: with one more of the team both are."""
    means = rm.what_would_it_take(facts(), "portal at level 1", 3, inquiry=rm.Inquiry(each=5))
    assert False is means.possible
    assert [("team", 1, True)] == [(one.team, one.units, one.proven) for one in means.capacity]
