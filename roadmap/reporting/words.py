"""The words of two readers: for each section a title, sentences, and names of its columns.

Both are told the same figures: where one reader's words use a date or an amount of money, so do
the other's. Columns that only one of them sees hold neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import attrs

Audience = Literal["business", "technology"]


@attrs.frozen
class Wording:
    """How a section reads.

    Attributes
    ----------
    title
        Its heading.
    told
        Its sentences, with the names of figures in braces; by the figure ``case`` where they
        depend on it.
    columns
        Titles by key of the column, in the order in which they stand.
    """

    title: str
    told: str | Mapping[str, str]
    columns: Mapping[str, str]


_BUSINESS = {
    "recommendation": Wording(
        "What we recommend",
        {
            "proven": "Carry out the plan below. It costs {cost} in all, and it is proven that no "
            "plan which keeps the rules costs less than {bound}.",
            "open": "Carry out the plan below. It costs {cost} in all. No plan can cost less than "
            "{bound}; whether one costs less than ours is not proven.",
            "beaten": "The plan below costs {cost} in all. There is a better one: a plan is known "
            "that costs {best}, and none can cost less than {bound}.",
        },
        {"meaning": "what it costs", "money": "amount"},
    ),
    "decisions": Wording(
        "Decisions due",
        {
            "dated": "Next review: {review}. Each of these must be decided before it, by the day "
            "on which the work starts; the last column says what the business loses for every "
            "{unit} that we wait longer.",
            "undated": "Each of these must be decided by the day on which the work starts; the "
            "last column says what the business loses for every {unit} that we wait longer.",
        },
        {"work": "decision", "owner": "who", "day": "by", "slip": "waiting costs"},
    ),
    "needs": Wording(
        "What the business gets, and when",
        "From when each need is met, and what is lost until then.",
        {"need": "need", "owner": "for whom", "met": "from", "lost": "lost until then"},
    ),
    "delays": Wording(
        "Why not sooner",
        "How long each need takes, in {unit}s: first what the work itself takes, then what is "
        "added because dates are closed, because people are busy, by budgets and other limits, "
        "and because something more valuable goes first. A question mark: not proven.",
        {
            "need": "need",
            "dependencies": "the work itself",
            "calendars": "closed dates",
            "teams": "people are busy",
            "limits": "budgets, limits",
            "priority": "others go first",
            "met": "from",
        },
    ),
    "owners": Wording(
        "Who gives way",
        "What each of us loses under the plan, what it would be if the plan were made for this "
        "one alone, and the difference: what is given up for the others.",
        {
            "owner": "owner",
            "lost": "loses",
            "best": "would lose at best",
            "regret": "given up for others",
        },
    ),
    "work": Wording(
        "The work",
        "Work that is much wanted can wait on work that nobody asks for: the last column says "
        "what one {unit} of delay costs the business, whatever it is that waits. Not carried "
        "out: {left}.",
        {"work": "work", "owner": "who", "start": "from", "finish": "to", "slip": "delay costs"},
    ),
    "challenges": Wording(
        "Rules worth questioning",
        {
            "some": "Of {rules} rules these cost money and rest on a policy, a preference or no "
            "stated ground: somebody can change them.",
            "none": "Of {rules} rules none is proven to cost money on weak grounds: policy, "
            "preference, or nothing stated.",
        },
        {"sentence": "rule", "basis": "rests on", "price": "costs"},
    ),
    "alternatives": Wording(
        "What else we could do",
        "What the usual ways of putting work in order would have given, against {cost}.",
        {"rule": "way of planning", "cost": "costs", "more": "more than the plan"},
    ),
    "triage": Wording(
        "Old systems",
        "What each old system holds up, and what replacing it saves beyond its cost.",
        {
            "system": "system",
            "course": "what to do",
            "blocks": "holds up",
            "saves": "saves",
            "gone": "gone from",
        },
    ),
    "open": Wording(
        "What we do not know",
        "The time was too short to prove these; nothing above takes them for facts.",
        {"what": "not proven", "count": "how many", "which": "which"},
    ),
}

_TECHNOLOGY = {
    "recommendation": Wording(
        "Recommended plan",
        {
            "proven": "Objective {cost}, proven optimal: the lower bound is {bound}.",
            "open": "Objective {cost}, lower bound {bound}; optimality is not proven.",
            "beaten": "Objective {cost}; a plan with {best} is known, and the lower bound is "
            "{bound}.",
        },
        {"term": "term", "money": "amount"},
    ),
    "decisions": Wording(
        "Starts that need a go",
        {
            "dated": "Next review: {review}. These start before it; the derived cost of delay is "
            "that of starting one {unit} later, by a fresh solve.",
            "undated": "All starts; the derived cost of delay is that of starting one {unit} "
            "later, by a fresh solve.",
        },
        {"work": "initiative", "owner": "owner", "day": "go by", "slip": "derived cost of delay"},
    ),
    "needs": Wording(
        "Attainment of needed levels",
        "The first period from which each needed level holds, and the loss until then.",
        {"need": "need", "owner": "owner", "met": "attained", "lost": "urgency"},
    ),
    "delays": Wording(
        "Attainment times taken apart",
        "In {unit}s: the earliest date under dependencies alone; then what calendars, team "
        "capacities, other limits and priority add. Each stage is an optimum of its own; a "
        "question mark stands where it is not proven.",
        {
            "need": "need",
            "dependencies": "dependencies",
            "calendars": "calendars",
            "teams": "teams",
            "limits": "limits",
            "priority": "priority",
            "met": "attained",
        },
    ),
    "owners": Wording(
        "Regret of owners",
        "Loss under the plan, the optimum of each owner's losses alone, and the difference.",
        {"owner": "owner", "lost": "loss", "best": "own optimum", "regret": "regret"},
    ),
    "work": Wording(
        "Sequence",
        "Initiatives with mode, team demand and derived cost of delay: the optimum with the "
        "start pushed by one {unit}, less the optimum. Left out: {left}.",
        {
            "work": "initiative",
            "mode": "mode",
            "teams": "demand",
            "start": "start",
            "finish": "finish",
            "slip": "derived cost of delay",
        },
    ),
    "challenges": Wording(
        "Constraints to relax",
        {
            "some": "Of {rules} constraints these bind and rest on policy, preference or nothing "
            "stated; the price is the optimum less the optimum without the constraint.",
            "none": "Of {rules} constraints none is proven to bind on policy, preference or "
            "nothing stated.",
        },
        {"rule": "constraint", "sentence": "meaning", "basis": "basis", "price": "price"},
    ),
    "alternatives": Wording(
        "Rival sequencing rules",
        "The same facts under each list rule, against an objective of {cost}.",
        {"rule": "rule", "cost": "objective", "more": "difference"},
    ),
    "triage": Wording(
        "Legacy triage",
        "What the dependencies on each replacement cost, and run cost, interest and risk saved "
        "less the cost of replacing.",
        {
            "system": "system",
            "course": "course",
            "blocks": "blocks",
            "saves": "saves",
            "gone": "retired",
        },
    ),
    "open": Wording(
        "Unproven",
        "These questions were cut short by the time limit; no statement above rests on them.",
        {"what": "question", "count": "open", "which": "about"},
    ),
}

WORDS: Mapping[Audience, Mapping[str, Wording]] = {
    "business": _BUSINESS,
    "technology": _TECHNOLOGY,
}

ORDER: Mapping[Audience, tuple[str, ...]] = {
    "business": (
        "recommendation",
        "decisions",
        "needs",
        "delays",
        "owners",
        "challenges",
        "alternatives",
        "triage",
        "work",
        "open",
    ),
    "technology": (
        "recommendation",
        "work",
        "decisions",
        "challenges",
        "delays",
        "needs",
        "triage",
        "alternatives",
        "owners",
        "open",
    ),
}
"""What each reader reads first."""
