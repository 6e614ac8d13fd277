"""Portfolios as files: what is read, what is refused, and that what is written reads back."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import attrs
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap.errors import Fault, FormatError, RoadmapError
from roadmap.facts import Capability, Initiative, Need, Risk, Team, Unit, Workaround
from roadmap.io import read, write
from roadmap.io._places import MAX_FAULTS, placed
from roadmap.io._written import plain, text_keys, yaml_text
from roadmap.io.documents import Document, parse
from roadmap.io.portfolios import portfolio_of
from roadmap.losses import CostOfDelay, Deadline, Fading, LossSum, Table, Window
from roadmap.portfolio import Portfolio
from roadmap.timeline import Timeline
from tests.io.mutants import GOOD, garbled, mutated
from tests.strategies import LARGE, portfolios

YEAR = "timeline: {start: 2027-01, periods: 12}\n"


def portfolio(text: str, suffix: str = ".yaml") -> Portfolio:
    """The portfolio that a text states."""
    return portfolio_of(parse(text, suffix))


def faults(text: str, suffix: str = ".yaml") -> list[Fault]:
    """What is wrong with a text."""
    with pytest.raises(FormatError) as refused:
        portfolio(text, suffix)
    return list(refused.value.faults)


def test_a_whole_file() -> None:
    """Every kind of fact is read as what it is."""
    facts = portfolio(GOOD)
    assert ("bank", "EUR") == (facts.name, facts.currency)
    assert Timeline("2027-01", 24, "month", 4) == facts.timeline
    assert Team("channels", {0: 2, "2027-07": 3, "2028": 1}) == facts.teams[1]
    assert {3: "any"} == dict(facts.capabilities[2].combine)
    assert CostOfDelay(80_000) == facts.needs[0].loss
    due = Deadline("2027-Q3", 500_000, 20_000)
    gates = ["go live", "rented hub"]
    need = Need("identity", 2, due, "strong sign-on", gated_by=gates, ramp=4)
    assert need == facts.needs[1]
    area = Capability("identity", 1, "payments", option_value={2: 500, 3: 10})
    assert area == facts.capabilities[1]
    assert ["build", "buy"] == [mode.name for mode in facts.initiative["payments hub"].modes]
    assert ("2027-W10", 20) == (
        facts.initiative["rented hub"].earliest_start,
        facts.initiative["rented hub"].latest_finish,
    )
    assert Risk(4, 900) == facts.initiative["go live"].risk
    assert {2: "audited", 3: "none"} == dict(facts.capability["instant payments"].measures)
    assert ("audited", "CTO") == (facts.needs[2].measure, facts.needs[2].technology_owner)
    (outcome,) = facts.outcomes
    assert ({"identity": 4}, "2028-03") == (dict(outcome.weights), outcome.due_by)
    ties = [(item.link, item.lag, item.interest) for item in facts.dependencies]
    assert [("FS", 1, None), ("SS", -2, None), ("FS", 2, 40)] == ties
    assert Workaround("payments hub", "identity", 70, 8, "policy") == facts.workarounds[0]
    assert (4, Unit("branches", 3, 2, "Bob")) == (facts.parallel, facts.units[0])


def test_a_list_of_profiles_is_their_sum() -> None:
    """A need's loss may be several profiles."""
    loss = portfolio(GOOD).needs[2].loss
    window = Window(40_000, closes="2028-06-30", opens="2027-06")
    assert LossSum((Fading(9_000, 10), window, Table((0, -10, 20)))) == loss


def test_a_number_is_a_cost_of_delay() -> None:
    """Also as a part of a sum."""
    text = YEAR + "capabilities: [{name: c, level: 1}]\nneeds: [{capability: c, level: 1, loss: "
    assert CostOfDelay(5) == portfolio(text + "5}]").needs[0].loss
    assert LossSum((CostOfDelay(5), CostOfDelay(6))) == portfolio(text + "[5, 6]}]").needs[0].loss


def test_three_formats_say_the_same(tmp_path: Path) -> None:
    """YAML, JSON and TOML give equal portfolios."""
    toml = """\
"$schema" = "roadmap.schema.json"
format = "roadmap 1"
timeline = {start = 2027-01-01, periods = 12}

[[teams]]
name = "platform"
capacity = {0 = 3, 2027-03-01 = 2}

[[capabilities]]
name = "identity"
combine = {2 = "any"}

[[initiatives]]
name = "a"
duration = 1
raises = {identity = 2}

[[initiatives]]
name = "b"
duration = 1
raises.identity = 2
"""
    expected = portfolio(toml, ".toml")
    assert {2: "any"} == dict(expected.capabilities[0].combine)
    assert Team("platform", {0: 3, "2027-03-01": 2}) == expected.teams[0]
    for name in ("p.yaml", "p.yml", "p.json", "P.JSON"):
        assert expected == read(write(expected, tmp_path / name))


def test_absent_may_be_said() -> None:
    """What may be absent may be said to be nothing."""
    facts = portfolio(YEAR + "teams: [{name: t, capacity: 1, owner: null}]")
    assert facts.teams[0].owner is None


@pytest.mark.parametrize(
    ("key", "number"),
    [("0", 0), ("7", 7), ("12", 12), ("+1500", 1500), ("2027", "2027"), ("2027-03", "2027-03")],
)
def test_keys_that_count(key: str, number: int | str) -> None:
    """Digits are a boundary; four of them are a year, unless they have a sign."""
    timeline = {"start": "2023-01-01", "periods": 4_000, "unit": "day"}
    capacity = {"0": 1, key: 1}
    data = {"timeline": timeline, "teams": [{"name": "t", "capacity": capacity}]}
    team = portfolio(json.dumps(data), ".json").teams[0]
    assert Team("t", {0: 1, number: 1}) == team


def test_boundaries_of_four_digits_read_back(tmp_path: Path) -> None:
    """In JSON too, where they could be taken for years."""
    capacity: dict[str | int, int] = {0: 1, 1999: 2, 2500: 0, "2027": 4}
    facts = Portfolio(timeline=Timeline("2020-01-01", 10_000, "day"), teams=[Team("t", capacity)])
    for suffix in (".json", ".yaml"):
        assert facts == read(write(facts, tmp_path / f"p{suffix}"))


def test_faults_stand_in_the_order_of_the_file() -> None:
    """Shape and meaning are told together, each with its line."""
    text = "dependencies:\n  - {predecessor: a, successor: b}\nteams: 3\ncolour: blue\n" + YEAR
    found = faults(text + "name: 5\n")
    assert [
        (2, "dependencies[0].predecessor"),
        (2, "dependencies[0].successor"),
        (3, "teams"),
        (4, "colour"),
        (6, "name"),
    ] == [(fault.line, fault.path) for fault in found]


def test_names_with_dots_and_brackets_have_their_lines() -> None:
    """A path is read along the data, whatever names it holds."""
    text = "teams:\n- {name: 'a.b[1].c', capacity: 1}\ninitiatives:\n- name: x\n  duration: 1\n"
    found = faults(YEAR + text + "  demand:\n    a: 1\n    'a.b[1].c': -1\n    'b\\n': 1\n")
    assert (9, "initiatives[0].demand.a.b[1].c") == (found[-1].line, found[-1].path)


def test_what_a_path_shows_is_harmless() -> None:
    """Names that could break a terminal are escaped, in the path too."""
    data = {"teams": [{"name": "t", "capacity": 1, "a\x1b\n": 1}], "b\n": 1, "\x07" * 99: 2}
    found = faults(json.dumps(data), ".json")
    assert all(str(fault).isprintable() for fault in found)


def test_a_misspelt_key_counts() -> None:
    """Its value is checked too, and nothing is said to be missing."""
    found = faults(YEAR + "initiatives:\n  - name: a\n    duratoin: 1.5\n")
    assert ["initiatives[0].duration", "initiatives[0].duratoin"] == sorted(f.path for f in found)
    assert [] == [fault for fault in found if "missing" in fault.problem]


def test_too_many_faults_are_counted() -> None:
    """A file that is wrong throughout is told so, without end."""
    listed = "".join(f"  - {{name: t{number}, size: 1}}\n" for number in range(MAX_FAULTS + 9))
    found = faults(YEAR + "teams:\n" + listed)
    assert MAX_FAULTS + 1 == len(found)
    assert "there are more than these 1,000 faults; mend these first" in str(found[-1])


def test_long_values_are_cut() -> None:
    """No message is longer than somebody would read."""
    found = faults(YEAR + f"name: [{'x' * 100_000}]\n{'k' * 100_000}: 1\ncurrency: 1\n")
    assert all(len(str(fault)) < 7_000 for fault in found)


def test_a_fault_without_a_place_stands_at_the_top() -> None:
    """What is wrong with the whole stands in the document."""
    document = Document({"a": 1}, {(): 1, ("a",): 2}, "x")
    found = placed([Fault("", "it is odd"), Fault("a[3]", "no")], document)
    assert [("document", 1), ("a[3]", 2)] == [(fault.path, fault.line) for fault in found]


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    """A file that is there stays, unless its replacement is asked for."""
    facts = portfolio(YEAR)
    path = write(facts, tmp_path / "p.yaml")
    with pytest.raises(FileExistsError):
        write(facts.replace(name="other"), path)
    assert facts == read(path)
    assert "other" == read(write(facts.replace(name="other"), path, overwrite=True)).name


@pytest.mark.parametrize("name", ["p.toml", "p.txt", "p"])
def test_other_formats_are_not_written(name: str, tmp_path: Path) -> None:
    """The message says what to do, and nothing is written."""
    with pytest.raises(FormatError, match=r"name it \.yaml or \.json"):
        write(portfolio(YEAR), tmp_path / name)
    assert [] == list(tmp_path.iterdir())


def test_profiles_of_ones_own_are_not_written(tmp_path: Path) -> None:
    """Files know the shipped profiles only, and say so."""

    @attrs.frozen
    class Steep(CostOfDelay):
        """A profile that only its author knows."""

    facts = portfolio(GOOD)
    own = attrs.evolve(facts.needs[0], loss=Steep(5))
    with pytest.raises(FormatError, match="Steep is a loss profile that files do not know"):
        write(facts.replace(needs=[own]), tmp_path / "p.yaml")


def test_the_name_comes_first() -> None:
    """A written file begins with the line for editors, what it is and whose."""
    lines = yaml_text(plain(portfolio(GOOD))).splitlines()
    assert [
        "# yaml-language-server: $schema=roadmap.schema.json",
        "format: roadmap 1",
        "name: bank",
        "currency: EUR",
    ] == lines[:4]


def test_defaults_are_left_out() -> None:
    """Only what was said is written, in its order."""
    facts = Portfolio(
        timeline=Timeline("2027-01", 12), initiatives=[Initiative("b", duration=1, cost=0)]
    )
    assert {
        "format": "roadmap 1",
        "timeline": {"start": "2027-01", "periods": 12},
        "initiatives": [{"name": "b", "duration": 1}],
    } == plain(facts)


MISREAD = (
    *("NO", "no", "Yes", "on", "OFF", "y", "n", "true", "Null", "~", "=", "<<", "-", "?", ":"),
    *("1:30", "010", "0x1F", "0o7", "1_000", "1e3", ".5", "-.inf", ".nan", "2027", "2027-01-01"),
    *("a: b", "a #b", "#a", "- a", "[a]", "{a}", "a,b", "&a", "*a", "!a", "|", ">", "%a", "@a"),
    *("'a'", '"a"', "a\\n", " a", "a ", "a:", "`a`", "🙂", "日本", "a\u00a0b", "\ufeffa", "é" * 99),
    "long words " * 30 + "end",
)


@pytest.mark.parametrize("name", MISREAD)
def test_no_reader_of_yaml_takes_a_name_for_something_else(name: str) -> None:
    """By the words of YAML 1.1 and of 1.2, keys and values are the text that they are."""
    facts = Portfolio(
        timeline=Timeline("2027-01", 12),
        teams=[Team(name, 1, owner=name)],
        initiatives=[Initiative("a", duration=1, demand={name: 1})],
    )
    text = yaml_text(plain(facts))
    assert facts == portfolio(text)
    read_by_1_1 = yaml.safe_load(text)
    assert {"name": name, "capacity": 1, "owner": name} == read_by_1_1["teams"][0]
    assert {name: 1} == read_by_1_1["initiatives"][0]["demand"]


def test_kinds_of_text_are_written_as_text(tmp_path: Path) -> None:
    """What shows itself as something else, as enumerations do, is the text that it is."""

    class Name(str):
        def __str__(self) -> str:
            return "something else"

    facts = Portfolio(timeline=Timeline("2027-01", 12), teams=[Team(Name("NO"), 1)])
    for suffix in (".yaml", ".json"):
        assert "NO" == read(write(facts, tmp_path / f"p{suffix}")).teams[0].name


TEXT = st.text(min_size=1, max_size=30)


@settings(max_examples=150)
@given(portfolios(), TEXT, st.sampled_from((".yaml", ".json")))
def test_what_is_written_reads_back(facts: Portfolio, name: str, suffix: str) -> None:
    """Any portfolio, whatever it is called, comes back equal."""
    with suppress(RoadmapError):  # a name that no portfolio takes
        facts = facts.replace(name=name, teams=[*facts.teams, Team(name, 1, owner=name)])
    assert facts == portfolio(_text(facts, suffix), suffix)


@settings(max_examples=30)
@given(portfolios(LARGE), st.sampled_from((".yaml", ".json")))
def test_large_ones_read_back(facts: Portfolio, suffix: str) -> None:
    """Portfolios of tens of initiatives, too."""
    assert facts == portfolio(_text(facts, suffix), suffix)


def _text(facts: Portfolio, suffix: str) -> str:
    data = plain(facts)
    return yaml_text(data) if suffix == ".yaml" else json.dumps(text_keys(data))


def refusal(reading: Callable[[], Portfolio]) -> FormatError | None:
    """Why a file is refused; ``None`` when it is read, and reads back after writing."""
    try:
        facts = reading()
    except FormatError as error:
        return error
    assert facts == portfolio_of(Document(plain(facts), {(): 1}))
    return None


def test_mutated_data_never_break_the_reader() -> None:
    """5,000 documents: each is refused with a fault on a line, or reads back after writing."""
    rng = random.Random(2027)
    good = parse(GOOD, ".yaml").data
    documents = [Document(mutated(good, rng), {(): 1}) for _ in range(5_000)]
    found = [error for item in documents if (error := refusal(partial(portfolio_of, item)))]
    assert 2_500 < len(found) < 5_000
    assert [] == [error for error in found if not error.faults]
    assert {1} == {fault.line for error in found for fault in error.faults}
    assert [] == [f for error in found for f in error.faults if not str(f).isprintable()]


@pytest.mark.parametrize("suffix", [".yaml", ".json", ".toml"])
def test_garbled_bytes_never_break_the_reader(suffix: str, tmp_path: Path) -> None:
    """5,000 files in all: nothing but this library's errors comes out."""
    rng = random.Random(suffix)
    text, count = _garble(suffix)
    path = tmp_path / f"p{suffix}"
    refused = 0
    for _ in range(count):
        path.write_bytes(garbled(text, rng))
        refused += refusal(partial(read, path)) is not None
    assert count / 4 < refused <= count


def _garble(suffix: str) -> tuple[str, int]:
    """A good file, and how often it is garbled."""
    if suffix == ".yaml":
        return GOOD, 2_000
    if suffix == ".json":
        data: Any = text_keys(plain(portfolio(GOOD)))
        return json.dumps(data, indent=1), 2_000
    head = '[timeline]\nstart = "2027-01"\nperiods = 12\n'
    team = '[[teams]]\nname = "a"\ncapacity = {0 = 1, 2027-03 = 2}\n'
    return head + team + '[[initiatives]]\nname = "b"\nduration = 2\ndemand.a = 1\n', 1_000
