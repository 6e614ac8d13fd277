"""Whose turn it is: by what each has gained."""

from __future__ import annotations

from roadmap.solvers.turns import Turns


def shares(gains: dict[str, float], turns: int, seconds: dict[str, float]) -> dict[str, float]:
    """What part of the time each has, if it gains so much a second in turns so long."""
    taking, had = Turns(dict.fromkeys(gains, 0.05)), dict.fromkeys(gains, 0.0)
    for _ in range(turns):
        name = taking.next()
        had[name] += seconds[name]
        taking.took(name, seconds[name], gains[name] * seconds[name])
    total = sum(had.values())
    return {name: round(time / total, 2) for name, time in had.items()}


def test_each_is_tried_once_in_order() -> None:
    """Whatever the first has gained."""
    taking, order = Turns({"b": 0.05, "a": 0.05, "c": 0.05}), list[str]()
    for _ in range(3):
        order.append(taking.next())
        taking.took(order[-1], 1.0, 1.0 if order[-1] == "b" else 0.0)
    assert ["b", "a", "c"] == order


def test_time_goes_by_gains() -> None:
    """Three quarters and a quarter of all gains, and a twentieth more for each."""
    found = shares({"a": 3.0, "b": 1.0}, 4000, {"a": 1.0, "b": 1.0})
    assert {"a": round(0.80 / 1.1, 2), "b": round(0.30 / 1.1, 2)} == found


def test_long_turns_are_rare() -> None:
    """Time counts, not turns."""
    found = shares({"a": 1.0, "b": 1.0}, 4000, {"a": 9.0, "b": 1.0})
    assert {"a": 0.5, "b": 0.5} == found


def test_what_gains_nothing_is_tried_still() -> None:
    """It has the least share."""
    found = shares({"a": 1.0, "b": 0.0}, 4000, {"a": 1.0, "b": 1.0})
    assert {"a": round(1.05 / 1.1, 2), "b": round(0.05 / 1.1, 2)} == found


def test_equal_where_nothing_is_gained() -> None:
    """Nobody has earned more than another."""
    assert {"a": 0.5, "b": 0.5} == shares({"a": 0.0, "b": 0.0}, 400, {"a": 1.0, "b": 1.0})


def test_a_gain_of_today_counts_more_than_one_of_yesterday() -> None:
    """What no longer gains has its turns less and less often."""
    taking, had = Turns({"a": 0.05, "b": 0.05}), list[str]()
    for turn in range(200):
        name = taking.next()
        had.append(name)
        gains = {"a": 10.0 if turn < 20 else 0.0, "b": 1.0}
        taking.took(name, 1.0, gains[name])
    assert had[:20].count("a") > 15
    assert had[100:].count("a") < 10


def test_a_way_may_have_more_whatever_it_gains() -> None:
    """A least share of 1 is half of all beside what is shared out by gains."""
    taking, had = Turns({"a": 1.0, "b": 0.0}), list[str]()
    for _ in range(400):
        had.append(taking.next())
        taking.took(had[-1], 1.0, 1.0 if had[-1] == "b" else 0.0)
    assert 0.5 == had.count("a") / 400
