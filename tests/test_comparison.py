"""Comparing answers: one judge for all, differences and moves against the first."""

from __future__ import annotations

import csv
import io

import pytest

from roadmap.comparison import compare
from roadmap.errors import ProblemError
from roadmap.evaluation import evaluate
from roadmap.facts import Capability, Initiative, Mode, Need, Team
from roadmap.losses import CostOfDelay
from roadmap.portfolio import Portfolio
from roadmap.problem import as_problem
from roadmap.result import Result, Status
from roadmap.schedule import Placement, Schedule
from roadmap.timeline import Timeline

LENGTHS = {"F": 4, "A": 3, "B": 2, "C": 6, "D": 3}
RATES = {"A": 30, "B": 20, "C": 24, "D": 9}


@pytest.fixture
def five() -> Portfolio:
    """The five-item case: one team, F is the foundation of A and B."""
    return Portfolio(
        timeline=Timeline("2027-01", 18),
        teams=[Team("team", 1)],
        capabilities=[Capability(name) for name in LENGTHS],
        needs=[Need(name, 1, CostOfDelay(rate), name=name) for name, rate in RATES.items()],
        initiatives=[
            Initiative(
                name,
                duration=length,
                demand={"team": 1},
                raises={name: 1},
                requires={"F": 1} if name in "AB" else {},
            )
            for name, length in LENGTHS.items()
        ],
    )


def in_turn(portfolio: Portfolio, order: str) -> Schedule:
    """Place the work one after the other."""
    starts, now = {}, 0
    for name in order:
        starts[name] = now
        now += LENGTHS[name]
    return Schedule.of(portfolio, starts)


def result_of(portfolio: Portfolio, schedule: Schedule | None) -> Result:
    """A report as a solver would give it."""
    problem = as_problem(portfolio)
    if schedule is None:
        return Result(problem=problem, status=Status.INFEASIBLE, solver="by hand")
    return Result(
        problem=problem,
        status=Status.FEASIBLE,
        schedule=schedule,
        evaluation=evaluate(problem, schedule),
        solver="by hand",
    )


def test_costs_and_differences(five: Portfolio) -> None:
    """The five-item case: the optimum and WSJF's order cost what the design says."""
    best, wsjf = in_turn(five, "FABCD"), in_turn(five, "CDFBA")
    compared = compare({"best": result_of(five, best), "WSJF": wsjf})
    rows = compared.to_rows()
    assert [912, 1065] == [row["total"] for row in rows]
    assert [0, 153] == [row["difference"] for row in rows]
    assert ["feasible", "given"] == [row["status"] for row in rows]
    assert 1065 == rows[1]["cost: urgency"]


def test_attainment_is_told_as_the_day_from_which(five: Portfolio) -> None:
    """A need is met from the first day after the finish, and never if it is not."""
    compared = compare({"short": in_turn(five, "FA")}, five)
    row = compared.to_rows()[0]
    assert "2027-08-01" == row["attained: A"]
    assert row["attained: C"] is None
    assert "2027-08" in str(compared)
    assert "never" in str(compared)


def test_moves(five: Portfolio) -> None:
    """Shifts, entries and departures are told against the first schedule."""
    compared = compare({"ours": in_turn(five, "FABC"), "theirs": in_turn(five, "FBAD")}, five)
    moves = compared["theirs"].moves
    assert moves is not None
    assert {"B": -3, "A": 2} == dict(moves.shifted)
    assert 5 == moves.periods
    assert ("D",) == moves.entered
    assert ("C",) == moves.left
    assert () == moves.changed


def test_changed_modes() -> None:
    """An initiative that stays where it is in another mode has changed."""
    modes = [Mode("build", 3), Mode("buy", 1)]
    portfolio = Portfolio(
        timeline=Timeline("2027-01", 6), initiatives=[Initiative("hub", modes=modes)]
    )
    build = Schedule.of(portfolio, {"hub": 0}, {"hub": "build"})
    buy = Schedule.of(portfolio, {"hub": 0}, {"hub": "buy"})
    compared = compare({"build": build, "buy": buy}, portfolio)
    assert [0, 1] == [row["modes changed"] for row in compared.to_rows()]
    assert [0, 0] == [row["moved"] for row in compared.to_rows()]


def test_violations_are_told(five: Portfolio) -> None:
    """A schedule that breaks rules is judged, not refused, and the reasons are written out."""
    compared = compare({"broken": in_turn(five, "AFBCD")}, five)
    evaluation = compared["broken"].evaluation
    assert evaluation is not None
    assert len(evaluation.violations) == compared.to_rows()[0]["violations"]
    assert "broken breaks rules:" in str(compared)
    assert str(evaluation.violations[0]) in str(compared)


def test_many_violations_are_cut_short(five: Portfolio) -> None:
    """A table tells the first ten violations and how many more there are."""
    strange = [Placement(f"stranger {at}", 0, 1) for at in range(14)]
    compared = compare({"wild": Schedule(strange)}, five)
    assert 19 == compared.to_rows()[0]["violations"]
    assert "and 9 more" in str(compared)


def test_result_without_a_plan_shows_its_status(five: Portfolio) -> None:
    """A run that found nothing stands in the table with its status, and no figure."""
    compared = compare({"none": result_of(five, None), "ours": in_turn(five, "FABCD")})
    none, ours = compared.to_rows()
    assert "infeasible" == none["status"]
    assert none["total"] is None
    assert none["attained: A"] is None
    assert 912 == ours["total"]
    assert ours["difference"] is None
    assert compared["ours"].moves is None


def test_other_questions_are_judged_by_the_first(five: Portfolio) -> None:
    """A result that answers another problem is judged by the first one's, and says so."""
    dearer = five.replace(needs=[Need(name, 1, CostOfDelay(99), name=name) for name in "ABCD"])
    plan = in_turn(five, "FABCD")
    compared = compare({"first": result_of(five, plan), "other": result_of(dearer, plan)})
    assert [912, 912] == [row["total"] for row in compared.to_rows()]
    assert "feasible, asked otherwise" == compared["other"].status


def test_the_question_given_comes_first(five: Portfolio) -> None:
    """A question that is given judges every result."""
    free = five.replace(needs=())
    compared = compare({"plan": result_of(five, in_turn(five, "FABCD"))}, free)
    assert [0] == [row["total"] for row in compared.to_rows()]


def test_schedules_alone_need_a_question(five: Portfolio) -> None:
    """Without a result or a question nobody knows what to judge by."""
    with pytest.raises(ProblemError, match="schedules alone do not say what they answer"):
        compare({"ours": in_turn(five, "FABCD")})


def test_nothing_to_compare(five: Portfolio) -> None:
    """No schedules give an empty table, not an error."""
    compared = compare({}, five)
    assert 0 == len(compared)
    assert [] == compared.to_rows()
    assert "" == compared.to_csv()
    assert "schedule" in str(compared)


def test_html_escapes_every_name(five: Portfolio) -> None:
    """Names cannot break out of a page."""
    hostile = "<script>alert(1)</script>"
    need = Need("A", 1, CostOfDelay(1), name=hostile)
    compared = compare({hostile: in_turn(five, "AF")}, five.replace(needs=[need]))
    html = compared._repr_html_()
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_csv_reads_back_and_runs_no_formula(five: Portfolio) -> None:
    """The CSV text reads back as the records; a name like a formula is kept from running."""
    compared = compare({"=1+1": in_turn(five, "FABCD"), "-x": in_turn(five, "FBACD")}, five)
    read = list(csv.DictReader(io.StringIO(compared.to_csv())))
    assert ["'=1+1", "'-x"] == [row["schedule"] for row in read]
    assert ["912", "912"] == [row["total"] for row in read]
    assert list(compared.to_rows()[0]) == list(read[0])
