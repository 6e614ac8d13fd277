"""Turn required capabilities, gaps and dependencies into a proven, sequenced roadmap.

Every public name is here, and each is loaded when it is first used: ``import roadmap`` alone
loads neither a solver nor a drawing library.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from roadmap.comparison import Comparison, compare
    from roadmap.constraints import (
        Absorption,
        Alternatives,
        BlockedWork,
        BudgetLimit,
        Capacity,
        CategoryQuota,
        Choice,
        Consumption,
        EarliestStart,
        Floor,
        GoLiveFreeze,
        Inclusion,
        LatestFinish,
        LeftOut,
        MovedDependant,
        ParallelRun,
        ParallelWork,
        PilotGate,
        Precedence,
        Prerequisite,
        ReleaseDates,
        RingFence,
        SharedDecision,
        SkillDemand,
        Succession,
        TermLimit,
        WorkBlackout,
    )
    from roadmap.critical import critical_chain
    from roadmap.errors import (
        Fault,
        FaultyInputError,
        FormatError,
        InfeasibleError,
        PortfolioError,
        ProblemError,
        RoadmapError,
        RoadmapWarning,
        ScheduleError,
        SolverCrashError,
        SolverError,
        UnknownSolverError,
    )
    from roadmap.evaluation import Evaluation, evaluate
    from roadmap.explaining import (
        Answer,
        Attainable,
        Audit,
        Claims,
        Conflicts,
        Delay,
        Delays,
        Fairest,
        Frontier,
        Inquiry,
        Interval,
        Means,
        Omission,
        Slips,
        Standings,
        Switch,
        TopGaps,
        Triage,
        Why,
        WhyNot,
        attainable,
        audit,
        by_when,
        capacity_slips,
        changes,
        claims,
        conflicts,
        delays,
        fairest,
        frontier,
        slips,
        standings,
        switch_over,
        top_gaps,
        triage,
        what_would_it_take,
        why,
        why_left_out,
        why_not,
    )
    from roadmap.facts import (
        Absence,
        Blackout,
        Budget,
        Capability,
        Dependency,
        Fence,
        Freeze,
        Gap,
        Holiday,
        Initiative,
        Member,
        Mode,
        Need,
        Outcome,
        Pilot,
        Programme,
        Quota,
        ReleaseCalendar,
        Risk,
        Selection,
        System,
        Team,
        Unit,
        Workaround,
    )
    from roadmap.findings import Finding, Findings
    from roadmap.forecasts import Forecast, Forecasts, forecast
    from roadmap.io import read, read_schedule, schema_text, write
    from roadmap.losses import CostOfDelay, Deadline, Fading, Loss, LossSum, Table, Window
    from roadmap.objectives import (
        Debt,
        DeliveryCost,
        Lateness,
        Makespan,
        OptionValue,
        Overspend,
        Overtime,
        RiskExposure,
        RunCost,
        Urgency,
    )
    from roadmap.plan import Plan
    from roadmap.portfolio import Portfolio
    from roadmap.problem import Problem
    from roadmap.realisation import Realisation, Standing, standing
    from roadmap.render import (
        dependencies,
        front,
        gantt,
        load,
        prices,
        progress,
        quadrant,
        save,
        value,
        waits,
    )
    from roadmap.reporting import Report, report
    from roadmap.result import Progress, Result, Status
    from roadmap.rules import Constraint, Objective, Violation
    from roadmap.schedule import Placement, Schedule
    from roadmap.solvers import RULES, SOLVERS, solve
    from roadmap.staging import Staged, StagedBranch, solve_staged
    from roadmap.timeline import Timeline
    from roadmap.yardsticks import Case, Categories, evaluate_categories

    __version__: str
else:
    from importlib import import_module

    _ROOMS = {
        "comparison": "Comparison compare",
        "constraints": (
            "Absorption Alternatives BlockedWork BudgetLimit Capacity CategoryQuota Choice "
            "Consumption EarliestStart Floor GoLiveFreeze Inclusion LatestFinish LeftOut "
            "MovedDependant ParallelRun ParallelWork PilotGate Precedence Prerequisite "
            "ReleaseDates RingFence SharedDecision SkillDemand Succession TermLimit WorkBlackout"
        ),
        "critical": "critical_chain",
        "errors": (
            "Fault FaultyInputError FormatError InfeasibleError PortfolioError ProblemError "
            "RoadmapError RoadmapWarning ScheduleError SolverCrashError SolverError "
            "UnknownSolverError"
        ),
        "evaluation": "Evaluation evaluate",
        "explaining": (
            "Answer Attainable Audit Claims Conflicts Delay Delays Fairest Frontier Inquiry "
            "Interval Means Omission Slips Standings Switch TopGaps Triage Why WhyNot attainable "
            "audit by_when capacity_slips changes claims conflicts delays fairest frontier slips "
            "standings switch_over top_gaps triage what_would_it_take why why_left_out why_not"
        ),
        "facts": (
            "Absence Blackout Budget Capability Dependency Fence Freeze Gap Holiday Initiative "
            "Member Mode Need Outcome Pilot Programme Quota ReleaseCalendar Risk Selection System "
            "Team Unit Workaround"
        ),
        "findings": "Finding Findings",
        "forecasts": "Forecast Forecasts forecast",
        "io": "read read_schedule schema_text write",
        "losses": "CostOfDelay Deadline Fading Loss LossSum Table Window",
        "objectives": (
            "Debt DeliveryCost Lateness Makespan OptionValue Overspend Overtime RiskExposure "
            "RunCost Urgency"
        ),
        "plan": "Plan",
        "portfolio": "Portfolio",
        "problem": "Problem",
        "realisation": "Realisation Standing standing",
        "render": "dependencies front gantt load prices progress quadrant save value waits",
        "reporting": "Report report",
        "result": "Progress Result Status",
        "rules": "Constraint Objective Violation",
        "schedule": "Placement Schedule",
        "solvers": "RULES SOLVERS solve",
        "staging": "Staged StagedBranch solve_staged",
        "timeline": "Timeline",
        "yardsticks": "Case Categories evaluate_categories",
    }
    _HOMES = {name: room for room, names in _ROOMS.items() for name in names.split()}

    # hidden from type checkers, which would take any misspelt name for one of these
    def __getattr__(name: str) -> object:
        if name == "__version__":
            found = _version()
        elif name in _HOMES:
            found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
        elif name in _ROOMS:
            found = import_module(f"{__name__}.{name}")
        else:
            raise AttributeError(_unknown(name))
        globals()[name] = found
        return found

    def _version() -> str:
        from importlib.metadata import PackageNotFoundError, version

        try:
            return version(__name__)
        except PackageNotFoundError:
            return "not installed"

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})

    def _unknown(name: str) -> str:
        told = f"module {__name__!r} has no attribute {name!r}"
        if name.startswith("_"):
            return told
        from roadmap.errors import nearest

        close = nearest(name, __all__)
        return f"{told}; {close}" if close.endswith("?") else told


__all__ = [
    "RULES",
    "SOLVERS",
    "Absence",
    "Absorption",
    "Alternatives",
    "Answer",
    "Attainable",
    "Audit",
    "Blackout",
    "BlockedWork",
    "Budget",
    "BudgetLimit",
    "Capability",
    "Capacity",
    "Case",
    "Categories",
    "CategoryQuota",
    "Choice",
    "Claims",
    "Comparison",
    "Conflicts",
    "Constraint",
    "Consumption",
    "CostOfDelay",
    "Deadline",
    "Debt",
    "Delay",
    "Delays",
    "DeliveryCost",
    "Dependency",
    "EarliestStart",
    "Evaluation",
    "Fading",
    "Fairest",
    "Fault",
    "FaultyInputError",
    "Fence",
    "Finding",
    "Findings",
    "Floor",
    "Forecast",
    "Forecasts",
    "FormatError",
    "Freeze",
    "Frontier",
    "Gap",
    "GoLiveFreeze",
    "Holiday",
    "Inclusion",
    "InfeasibleError",
    "Initiative",
    "Inquiry",
    "Interval",
    "Lateness",
    "LatestFinish",
    "LeftOut",
    "Loss",
    "LossSum",
    "Makespan",
    "Means",
    "Member",
    "Mode",
    "MovedDependant",
    "Need",
    "Objective",
    "Omission",
    "OptionValue",
    "Outcome",
    "Overspend",
    "Overtime",
    "ParallelRun",
    "ParallelWork",
    "Pilot",
    "PilotGate",
    "Placement",
    "Plan",
    "Portfolio",
    "PortfolioError",
    "Precedence",
    "Prerequisite",
    "Problem",
    "ProblemError",
    "Programme",
    "Progress",
    "Quota",
    "Realisation",
    "ReleaseCalendar",
    "ReleaseDates",
    "Report",
    "Result",
    "RingFence",
    "Risk",
    "RiskExposure",
    "RoadmapError",
    "RoadmapWarning",
    "RunCost",
    "Schedule",
    "ScheduleError",
    "Selection",
    "SharedDecision",
    "SkillDemand",
    "Slips",
    "SolverCrashError",
    "SolverError",
    "Staged",
    "StagedBranch",
    "Standing",
    "Standings",
    "Status",
    "Succession",
    "Switch",
    "System",
    "Table",
    "Team",
    "TermLimit",
    "Timeline",
    "TopGaps",
    "Triage",
    "Unit",
    "UnknownSolverError",
    "Urgency",
    "Violation",
    "Why",
    "WhyNot",
    "Window",
    "WorkBlackout",
    "Workaround",
    "__version__",
    "attainable",
    "audit",
    "by_when",
    "capacity_slips",
    "changes",
    "claims",
    "compare",
    "conflicts",
    "critical_chain",
    "delays",
    "dependencies",
    "evaluate",
    "evaluate_categories",
    "fairest",
    "forecast",
    "front",
    "frontier",
    "gantt",
    "load",
    "prices",
    "progress",
    "quadrant",
    "read",
    "read_schedule",
    "report",
    "save",
    "schema_text",
    "slips",
    "solve",
    "solve_staged",
    "standing",
    "standings",
    "switch_over",
    "top_gaps",
    "triage",
    "value",
    "waits",
    "what_would_it_take",
    "why",
    "why_left_out",
    "why_not",
    "write",
]
