"""Reports: both readers get the same dates and money, and no name can break a page."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import attrs
import pytest

import roadmap as rm
from roadmap.reporting import Evidence
from roadmap.reporting.pages import Part, markdown, page

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "# a | b \\| c",
    "[x](javascript:alert(1)) `code` **bold**",
    "</td></table></style> &lt;b&gt; http://example.org",
)


def five(names: tuple[str, ...] = ("F", "A", "B", "C", "D")) -> rm.Portfolio:
    """The five items under other names, with owners, an old system and a policy."""
    facts = rm.read("docs/examples/five.yaml")
    called = dict(zip(("F", "A", "B", "C", "D"), names, strict=True))
    needs = [attrs.evolve(need, owner=names[at]) for at, need in enumerate(facts.needs)]
    return rm.Portfolio(
        name=names[0],
        timeline=attrs.evolve(facts.timeline, periods=24),
        teams=facts.teams,
        capabilities=facts.capabilities,
        needs=needs,
        initiatives=[attrs.evolve(i, name=called[i.name]) for i in facts.initiatives],
        dependencies=[rm.Dependency(called["D"], called["C"], basis="policy")],
        systems=[rm.System(names[1], run_cost=2, retired_by=called["F"])],
    )


def told(facts: rm.Portfolio, **said: str) -> rm.Report:
    """A report in which everything is proven."""
    inquiry = rm.Inquiry(each=60, solver="cpsat", workers=1)
    return rm.report(rm.solve(facts), inquiry=inquiry, **said)


@pytest.fixture(scope="module")
def plain() -> rm.Report:
    """The report on the five items."""
    return told(five(), review="2027-06")


@pytest.fixture(scope="module")
def hostile() -> rm.Report:
    """The same under names that would be markup."""
    return told(five(HOSTILE), review="2027-06")


def figures(text: str) -> set[str]:
    """Every date and every amount of two digits or more."""
    return set(re.findall(r"\d{4}-\d{2}(?:-\d{2})?|\d[\d,]*\d", text))


def test_both_readers_are_told_the_same_dates_and_money(plain: rm.Report) -> None:
    """Whatever number one of them reads, the other reads too; the words differ."""
    other = plain.to("technology")
    assert figures(plain.markdown) == figures(other.markdown)
    facts = plain.evidence.result.problem.portfolio
    times = plain.evidence.evaluation.attainment.values()
    dates = {facts.timeline.label(time) for time in times if time is not None}
    assert {"2027-06-01", *dates} <= figures(plain.markdown)
    headings = [set(re.findall("^## .*", one.markdown, re.MULTILINE)) for one in (plain, other)]
    assert set() == headings[0] & headings[1]


def test_each_table_holds_the_same_amounts_for_both(plain: rm.Report) -> None:
    """Section by section, not only in the whole."""
    other = plain.to("technology")
    parts = {part.key: part for part in other._parts}
    for part in plain._parts:
        mine, yours = (Counter(cells(one.rows)) for one in (part, parts[part.key]))
        assert mine == yours


def cells(rows: tuple[tuple[str, ...], ...]) -> list[str]:
    """Cells that are a date or an amount."""
    every = [cell for row in rows for cell in row]
    return [cell for cell in every if re.fullmatch(r"-?[\d,]+|\d{4}-\d{2}(-\d{2})?", cell)]


def test_a_report_has_all_its_sections(plain: rm.Report) -> None:
    """Plan, decisions, needs, delays, owners, rules, alternatives, old systems, work."""
    keys = [part.key for part in plain._parts]
    assert [
        "recommendation",
        "decisions",
        "needs",
        "delays",
        "owners",
        "challenges",
        "alternatives",
        "triage",
        "work",
    ] == keys


def test_what_must_be_decided_before_the_review_is_due(plain: rm.Report) -> None:
    """What starts before it, and nothing else."""
    schedule = plain.evidence.schedule
    due = [row[0] for part in plain._parts if part.key == "decisions" for row in part.rows]
    assert sorted(name for name, place in schedule.items() if place.start < 5) == sorted(due)
    undated = rm.reporting.Report(attrs.evolve(plain.evidence, review=None), "business")
    every = [row[0] for part in undated._parts if part.key == "decisions" for row in part.rows]
    assert sorted(schedule) == sorted(every)


def test_a_policy_that_costs_money_is_worth_questioning(plain: rm.Report) -> None:
    """That D comes before C is a policy, and has its price; the optimum says what."""
    facts = five()
    price = rm.solve(facts).objective
    free = rm.solve(facts.replace(dependencies=[])).objective
    assert price is not None
    assert free is not None
    rows = [row for part in plain._parts if part.key == "challenges" for row in part.rows]
    assert [f"{price - free:,}"] == [row[-1] for row in rows if row[1] == "policy"]


def test_that_no_rule_is_worth_questioning_is_said() -> None:
    """One initiative that nothing holds up: a sentence, and no empty table."""
    facts = rm.Portfolio(
        timeline=rm.Timeline("2027-01", periods=4, unit="month"),
        initiatives=[rm.Initiative("work", duration=1, optional=True)],
    )
    pack = told(facts)
    (part,) = [one for one in pack._parts if one.key == "challenges"]
    assert () == part.rows
    assert "none is proven to cost money" in pack.markdown
    assert "none is proven to bind" in pack.to("technology").markdown
    assert "<tbody></tbody>" not in pack.html


class Reader(HTMLParser):
    """Reads a page as a browser would: its tags, its attributes and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.text.append(data)


def test_no_name_can_break_the_page(plain: rm.Report, hostile: rm.Report) -> None:
    """The page under hostile names has the very tags of the page under plain ones."""
    for audience in ("business", "technology"):
        one, other = (Reader(report.to(audience).html) for report in (plain, hostile))
        assert Counter(one.tags) == Counter(other.tags)
        assert "script" not in other.tags
        assert {name for name, _ in one.attributes} == {name for name, _ in other.attributes}
        assert any(HOSTILE[0] in text for text in other.text)


def test_a_page_fetches_nothing(hostile: rm.Report) -> None:
    """Pictures are in it; nothing else has an address, and a policy forbids the rest."""
    page = Reader(hostile.html)
    sources = [value for name, value in page.attributes if name in ("src", "href", "action")]
    assert sources
    assert all(source.startswith("data:image/svg+xml;base64,") for source in sources)
    assert not any(name.startswith("on") for name, _ in page.attributes)
    assert any("default-src 'none'" in value for name, value in page.attributes)
    assert "url(" not in hostile.html
    assert "@import" not in hostile.html


def test_no_name_can_break_markdown(plain: rm.Report, hostile: rm.Report) -> None:
    """As many headings, tables and cells as under plain names, and no raw markup."""
    one, other = plain.markdown, hostile.markdown
    for pattern in (r"^#+ ", r"^\| --- ", r"(?<!\\)\|"):
        counts = [len(re.findall(pattern, text, re.MULTILINE)) for text in (one, other)]
        assert counts[0] == counts[1]
    assert "<" not in other
    assert not re.search(r"(?<!\\)[\[`*]", other)


def test_text_that_facts_would_refuse_breaks_nothing_either() -> None:
    """Line breaks and turned writing become marks, in either form."""
    part = Part("x", "title", "told", ("head",), (("one\n# two\u202e",),))
    assert "| one�\\# two� |" in markdown("t", "l", [part])
    assert "one�# two�" in page("t", "l", [part], [])


def test_what_is_not_proven_is_listed() -> None:
    """Without any time for questions, each kind of question is told to be open."""
    result = rm.solve(five())
    inquiry = rm.Inquiry(total=0)
    pack = rm.report(result, inquiry=inquiry)
    open_ = [row for part in pack._parts if part.key == "open" for row in part.rows]
    assert {"what a rule costs", "where the time until a need is met comes from"} <= {
        row[0] for row in open_
    }
    assert "not proven" in pack.markdown


def test_a_report_is_written_by_its_ending(plain: rm.Report, tmp_path: Path) -> None:
    """Markdown or a page; nothing else, and nothing is replaced unasked."""
    assert plain.markdown == plain.write(tmp_path / "a.md").read_text("utf-8")
    assert plain.html == plain.write(tmp_path / "a.html").read_text("utf-8")
    with pytest.raises(rm.FormatError, match=r"name it \.md or \.html"):
        plain.write(tmp_path / "a.docx")
    with pytest.raises(FileExistsError):
        plain.write(tmp_path / "a.md")


def test_a_plan_that_is_beaten_is_not_called_the_best() -> None:
    """A plan from elsewhere is told beside what is known to be better."""
    facts = five()
    rule = rm.solve(facts, solver="wsjf")
    best = rm.solve(facts).objective
    assert rule.objective is not None
    assert best is not None
    assert best < rule.objective
    pack = rm.report(rule, inquiry=rm.Inquiry(each=60, solver="cpsat", workers=1))
    for audience in ("business", "technology"):
        told = pack.to(audience)._parts[0].told
        assert f"{rule.objective:,}" in told
        assert f"{best:,}" in told
        assert "optimal" not in told


def test_a_plan_that_breaks_rules_is_refused() -> None:
    """A board is not asked to approve it."""
    facts = five()
    schedule = rm.Schedule()
    result = rm.Result(
        rm.Problem(facts), rm.Status.FEASIBLE, schedule, rm.evaluate(facts, schedule)
    )
    with pytest.raises(rm.ScheduleError, match="breaks rules"):
        rm.report(result)


def test_wrong_readers_and_dates_are_refused() -> None:
    """With a remedy, before anything is asked."""
    result = rm.solve(five())
    with pytest.raises(rm.ProblemError, match=r"no reader is called 'busines'.*business"):
        rm.report(result, "busines")
    with pytest.raises(rm.ProblemError, match="review"):
        rm.report(result, review="soon")


def test_without_a_plan_there_is_no_report() -> None:
    """It is said like everywhere."""
    facts = rm.Portfolio(
        timeline=rm.Timeline("2027-01", periods=2, unit="month"),
        initiatives=[rm.Initiative("work", duration=3)],
    )
    with pytest.raises(rm.InfeasibleError):
        rm.report(rm.solve(facts))


def test_evidence_is_gathered_once(plain: rm.Report) -> None:
    """The other reader's report rests on the very same evidence."""
    assert isinstance(plain.evidence, Evidence)
    assert plain.evidence is plain.to("technology").evidence
