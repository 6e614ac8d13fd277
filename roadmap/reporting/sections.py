"""What a report says, section by section: figures that are the same for every reader.

A section is a table whose columns have keys, and figures by name. Which columns are shown, and in
which words, is said elsewhere; dates and money are written here, once for all readers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import attrs

from roadmap._text import money
from roadmap.explaining import Interval
from roadmap.explaining.verdicts import Finding
from roadmap.facts import Mode
from roadmap.reporting.evidence import RECOMMENDED, Evidence
from roadmap.schedule import Placement


@attrs.frozen
class Section:
    """A part of a report.

    Attributes
    ----------
    key
        Which part it is.
    figures
        What its sentences tell, by name.
    rows
        Cells by the key of their column, already written out.
    """

    key: str
    figures: Mapping[str, str]
    rows: tuple[Mapping[str, str], ...]


def sections(evidence: Evidence) -> tuple[Section, ...]:
    """All parts of a report that have something to say; that no rule is in doubt is said too."""
    made = (build(evidence) for build in _BUILDERS)
    return tuple(section for section in made if section.rows or section.key == "challenges")


def _recommendation(evidence: Evidence) -> Section:
    result, cost = evidence.result, evidence.evaluation.objective
    lower, best = evidence.optimum.lower, evidence.optimum.upper
    figures = {
        "cost": _money(evidence, cost),
        "bound": "not known" if lower is None else _money(evidence, lower),
        "best": "not known" if best is None else _money(evidence, best),
        "case": "proven"
        if lower == cost
        else "beaten"
        if best is not None and best < cost
        else "open",
    }
    problem = result.problem
    rows = [
        {
            "term": term.name,
            "meaning": term.sentence(problem.portfolio),
            "money": money(evidence.evaluation.terms[term.name]),
        }
        for term in problem.objective
    ]
    return Section("recommendation", figures, tuple(rows))


def _needs(evidence: Evidence) -> Section:
    facts, judged = evidence.result.problem.portfolio, evidence.evaluation
    lost = judged.amounts.get("urgency", {})
    rows = []
    for need in facts.needs:
        time = judged.attainment[need.label]
        rows.append(
            {
                "need": need.label,
                "owner": need.owner or "–",
                "met": "never" if time is None else facts.timeline.label(time),
                "lost": money(lost[need.label]) if need.label in lost else "–",
            }
        )
    return Section("needs", {}, tuple(rows))


def _delays(evidence: Evidence) -> Section:
    timeline = evidence.result.problem.portfolio.timeline
    rows = [
        {
            "need": item.need,
            **{name: _periods(part) for name, part in item.parts.items()},
            "met": "never" if item.planned is None else timeline.label(item.planned),
        }
        for item in evidence.delays.items
    ]
    return Section("delays", {"unit": timeline.unit}, tuple(rows))


def _work(evidence: Evidence) -> Section:
    facts = evidence.result.problem.portfolio
    rows = [
        {
            **_timed(evidence, place),
            "mode": place.mode or "–",
            "teams": _teams(facts.initiative[place.initiative].ways, place.mode),
        }
        for place in evidence.schedule.values()
    ]
    left = ", ".join(evidence.result.left_out) or "none"
    return Section("work", {"left": left, "unit": facts.timeline.unit}, tuple(rows))


def _decisions(evidence: Evidence) -> Section:
    timeline = evidence.result.problem.portfolio.timeline
    review = evidence.review
    due = [
        place
        for place in sorted(evidence.schedule.values(), key=lambda one: (one.start, one.initiative))
        if review is None or place.start < review
    ]
    rows = [{**_timed(evidence, place), "day": str(timeline.day(place.start))} for place in due]
    figures = {"unit": timeline.unit, "case": "undated" if review is None else "dated"}
    if review is not None:
        figures["review"] = str(timeline.day(review))
    return Section("decisions", figures, tuple(rows))


def _timed(evidence: Evidence, place: Placement) -> dict[str, str]:
    """The cells that tell of a piece of work."""
    facts = evidence.result.problem.portfolio
    timeline = facts.timeline
    takes_time = place.finish > place.start
    return {
        "work": place.initiative,
        "owner": facts.initiative[place.initiative].owner or "–",
        "start": timeline.label(place.start),
        "finish": timeline.until(place.finish) if takes_time else timeline.label(place.start),
        "slip": evidence.slips[place.initiative].told(),
    }


def _teams(ways: Sequence[Mode], chosen: str | None) -> str:
    """Who works on it, and how much of each team."""
    way = next((one for one in ways if one.name == chosen), ways[0])
    return ", ".join(f"{team} {units}" for team, units in way.demand.items()) or "–"


def _owners(evidence: Evidence) -> Section:
    ordered = sorted(evidence.standings.items, key=lambda one: -(one.regret.lower or 0))
    rows = [
        {
            "owner": one.label,
            "lost": money(one.loss),
            "best": one.own_best.told(),
            "regret": one.regret.told(),
        }
        for one in ordered
    ]
    return Section("owners", {}, tuple(rows))


def _challenges(evidence: Evidence) -> Section:
    rows = [
        {
            "rule": one.rule,
            "sentence": one.sentence,
            "basis": one.basis,
            "price": _price(one),
        }
        for one in evidence.audit.challenges
    ]
    figures = {"rules": str(len(evidence.audit)), "case": "some" if rows else "none"}
    return Section("challenges", figures, tuple(rows))


def _price(finding: Finding) -> str:
    if finding.verdict == "jointly binding":
        others = [name for name in finding.together if name != finding.rule]
        return f"only together with {', '.join(others)}"
    return finding.price.told()


def _alternatives(evidence: Evidence) -> Section:
    rows = []
    for entry in evidence.alternatives.entries:
        judged, more = entry.evaluation, entry.difference
        if entry.name != RECOMMENDED:
            rows.append(
                {
                    "rule": entry.name,
                    "cost": "no plan" if judged is None else money(judged.objective),
                    "more": "–" if more is None else money(more),
                }
            )
    cost = _money(evidence, evidence.evaluation.objective)
    return Section("alternatives", {"cost": cost}, tuple(rows))


def _triage(evidence: Evidence) -> Section:
    timeline = evidence.result.problem.portfolio.timeline
    rows = [
        {
            "system": case.system,
            "course": case.course,
            "blocks": case.blocks.told(),
            "saves": case.saves.told(),
            "gone": "never" if case.planned is None else timeline.label(case.planned),
        }
        for case in evidence.triage.cases
    ]
    return Section("triage", {}, tuple(rows))


def _open(evidence: Evidence) -> Section:
    """What was asked and is not proven."""
    rows = [
        {"what": what, "count": str(len(names)), "which": _some(names)}
        for what, names in _unproven(evidence).items()
        if names
    ]
    return Section("open", {}, tuple(rows))


def _unproven(evidence: Evidence) -> dict[str, list[str]]:
    """Kinds of questions, and about whom each was left open."""
    slips, owners = evidence.slips.items, evidence.standings.items
    unit = evidence.result.problem.portfolio.timeline.unit
    return {
        "what the best plan costs": [] if evidence.optimum.proven else ["the plan"],
        f"what one {unit} of delay costs": [
            one.subject for one in slips if one.possible is not False and not one.price.proven
        ],
        "what is best for one owner alone": [one.label for one in owners if not one.regret.proven],
        "where the time until a need is met comes from": [
            one.need
            for one in evidence.delays.items
            if any(part is not None and not part.proven for part in one.parts.values())
        ],
        "what a rule costs": [
            one.rule for one in evidence.audit.findings if one.verdict == "unproven"
        ],
        "what to do about an old system": [
            one.system for one in evidence.triage.cases if one.course == "unproven"
        ],
    }


def _some(names: Sequence[str]) -> str:
    """The first few names, and how many more there are."""
    rest = len(names) - _NAMED
    more = [f"{rest} more"] if rest > 0 else []
    return ", ".join([*names[:_NAMED], *more])


_NAMED = 5


def _money(evidence: Evidence, amount: int) -> str:
    return money(amount, evidence.result.problem.portfolio.currency)


def _periods(part: Interval | None) -> str:
    """A part of a delay; what is not proven carries a question mark."""
    if part is None:
        return "never"
    if part.value is not None:
        return str(part.value)
    return f"{part.lower or 0}–{'' if part.upper is None else part.upper}?"


_BUILDERS: tuple[Callable[[Evidence], Section], ...] = (
    _recommendation,
    _decisions,
    _needs,
    _delays,
    _owners,
    _work,
    _challenges,
    _alternatives,
    _triage,
    _open,
)
