"""The public problems as cases: what is published of them, and what their schedules are worth."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from benchmarks.cash_flows import cash_flows, drawn_flow
from benchmarks.families import set_of
from benchmarks.peers import PLAIN, Conditions, find_peer
from benchmarks.psplib import NoDataError
from benchmarks.suites import SUITES
from roadmap.evaluation import evaluate
from roadmap.schedule import Schedule

PUBLIC = {
    "rcpsp-max": (165, ["j30", "ubo100", "ubo20", "ubo50"]),
    "multi-mode": (200, ["c15", "j30", "mmlib100", "mmlib50"]),
    "earliness": (12, ["j30", "j60", "j90"]),
    "cash-flow": (60, ["npv100", "npv25", "npv50", "npv75"]),
    "flexible": (2, ["aslib", "rcpsp"]),
    "next-release": (39, ["classic", "nrp-e", "nrp-g", "nrp-m"]),
}
KNOWN = {
    ("rcpsp-max", "ubo20/psp1.sch"): ("optimum", 103.0),
    ("rcpsp-max", "ubo20/psp4.sch"): ("best known", 98.0),
    ("rcpsp-max", "ubo20/psp7.sch"): ("no plan", None),
    ("multi-mode", "c15/c1510_1"): ("optimum", 21.0),
    ("multi-mode", "j30/j301_1"): ("no plan", None),
    ("multi-mode", "j30/j3037_1"): ("best known", 55.0),
    ("earliness", "j30_1_3-wet"): ("", None),
    ("next-release", "nrp1 at 0.3"): ("optimum", 1204.0),
    ("next-release", "nrp2 at 0.3"): ("best known", 4905.0),
}


@pytest.mark.parametrize("name", PUBLIC)
def test_all_instances_are_listed(name: str, data: Path) -> None:
    """Each once, and no set twice before each is there once."""
    count, sets = PUBLIC[name]
    names = SUITES[name].names(data)
    assert (count, count) == (len(names), len(set(names)))
    assert sets == sorted(map(set_of, names[: len(sets)]))


@pytest.mark.parametrize(("suite", "name"), KNOWN)
def test_what_is_published(suite: str, name: str, data: Path) -> None:
    """Optima, best known values, and that there is no plan."""
    case = SUITES[suite].case(data, name)
    assert KNOWN[suite, name] == (case.published, case.known)


@pytest.mark.parametrize("name", PUBLIC)
def test_a_folder_without_data_is_told(name: str, tmp_path: Path) -> None:
    """The error names what is missing, the option and the variable."""
    with pytest.raises(NoDataError, match=r"has no .*--data FOLDER.*ROADMAP_DATA"):
        SUITES[name].names(tmp_path)


@pytest.mark.parametrize("name", PUBLIC)
def test_the_plain_model_can_say_the_first_of_each_set(name: str, data: Path) -> None:
    """It builds them; what is not too large it solves, and the judge takes its schedule."""
    suite = SUITES[name]
    for instance in suite.names(data)[: len(PUBLIC[name][1])]:
        case = suite.case(data, instance)
        if len(case.problem.portfolio.initiatives) > 200:
            continue
        found = find_peer(PLAIN).solve(case.problem, Conditions(2.0, 2, 1))
        assert not found.infeasible or case.published == "no plan"
        if found.schedule is not None:
            judged = evaluate(case.problem, found.schedule)
            assert () == judged.violations
            own = found.steps[-1]
            assert own.cost is not None
            assert own.cost == judged.objective or own.bound != own.cost > judged.objective
            assert pytest.approx(case.told(judged.objective), abs=0.5) == case.value(found.schedule)


def test_cash_flows_are_drawn_by_a_hash(data: Path) -> None:
    """The same everywhere: eight bytes of a digest, between -500 and 500."""
    digest = hashlib.sha256(b"rcpspdc97:3").digest()
    drawn = sum(byte << 8 * (7 - at) for at, byte in enumerate(digest[:8])) % 1001 - 500
    assert drawn == drawn_flow("rcpspdc97", 3)
    instance = cash_flows(data / "dc2" / "npv25" / "rcpspdc97.rcp")
    assert drawn == instance.flows["4"]
    assert min(instance.flows.values()) < 0 < max(instance.flows.values())


def test_a_cash_flow_is_worth_what_is_left_of_it(data: Path) -> None:
    """All activities one after another: their sum, and what the judge says but for rounding."""
    instance = cash_flows(data / "dc2" / "npv25" / "rcpspdc97.rcp")
    facts = instance.problem.portfolio
    starts, at, expected = {}, 0, 0.0
    for item in facts.initiatives:
        starts[item.name] = at
        at += item.duration or 0
        expected += instance.flows.get(item.name, 0) * 2.718281828459045 ** (-0.01 * at)
    schedule = Schedule.of(facts, starts)
    assert pytest.approx(expected) == instance.value(schedule)
    cost = evaluate(instance.problem, schedule).objective
    assert pytest.approx(expected, abs=0.005 * len(starts)) == instance.left(cost)
