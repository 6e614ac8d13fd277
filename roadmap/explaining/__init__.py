"""A plan that answers for itself: each answer is a comparison of freshly solved problems."""

from roadmap.explaining.attaining import Attainable, attainable
from roadmap.explaining.conflict import Conflict, Conflicts, Repair, conflicts
from roadmap.explaining.differences import Change, changes
from roadmap.explaining.disputes import Claim, Claims, Switch, claims, switch_over
from roadmap.explaining.forcing import WhyNot, why_not
from roadmap.explaining.fronts import Frontier, Point, Turn, frontier
from roadmap.explaining.inquiry import Answer, Inquiry, Question, Step
from roadmap.explaining.intervals import Interval
from roadmap.explaining.lateness import Delay, Delays, by_when, delays
from roadmap.explaining.legacy import Case, Triage, triage
from roadmap.explaining.means import Means, what_would_it_take
from roadmap.explaining.omission import Omission, why_left_out
from roadmap.explaining.owners import Fairest, Standing, Standings, fairest, standings
from roadmap.explaining.ranking import TopGaps, top_gaps
from roadmap.explaining.reasons import Holder, Reason, Served, Why, why
from roadmap.explaining.slippage import Slip, Slips, capacity_slips, slips
from roadmap.explaining.verdicts import Audit, Finding, audit

__all__ = [
    "Answer",
    "Attainable",
    "Audit",
    "Case",
    "Change",
    "Claim",
    "Claims",
    "Conflict",
    "Conflicts",
    "Delay",
    "Delays",
    "Fairest",
    "Finding",
    "Frontier",
    "Holder",
    "Inquiry",
    "Interval",
    "Means",
    "Omission",
    "Point",
    "Question",
    "Reason",
    "Repair",
    "Served",
    "Slip",
    "Slips",
    "Standing",
    "Standings",
    "Step",
    "Switch",
    "TopGaps",
    "Triage",
    "Turn",
    "Why",
    "WhyNot",
    "attainable",
    "audit",
    "by_when",
    "capacity_slips",
    "changes",
    "claims",
    "conflicts",
    "delays",
    "fairest",
    "frontier",
    "slips",
    "standings",
    "switch_over",
    "top_gaps",
    "triage",
    "what_would_it_take",
    "why",
    "why_left_out",
    "why_not",
]
