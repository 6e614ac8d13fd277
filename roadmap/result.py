"""What a solver reports: the status, the schedule, its judgement and what was proven."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

import attrs

from roadmap._files import write_whole
from roadmap._frozen import frozen_fields
from roadmap._text import csv_cell, html_table, money, safe, text_table
from roadmap.errors import Fault, FormatError, InfeasibleError
from roadmap.evaluation import Evaluation, evaluate
from roadmap.plan import Plan
from roadmap.problem import Problem
from roadmap.schedule import Placement, Schedule

FORMAT = "roadmap plan 1"


class Status(StrEnum):
    """What is known when a solver stops."""

    OPTIMAL = "optimal"
    """A plan, and the proof that there is none better."""
    FEASIBLE = "feasible"
    """A plan; whether there is a better one is not known."""
    INFEASIBLE = "infeasible"
    """The proof, twice found, that there is no plan."""
    UNKNOWN = "unknown"
    """Neither a plan nor a proof."""


@attrs.frozen
class Progress:
    """One step of a run.

    Attributes
    ----------
    elapsed
        Seconds since the start; ``None`` in a reproducible run, whose report must not vary.
    objective
        Cost of the best plan so far; ``None`` before the first.
    bound
        What no plan can cost less than; ``None`` while nothing is proven.
    source
        Who found it.
    """

    elapsed: float | None
    objective: int | None
    bound: int | None
    source: str


@attrs.frozen(field_transformer=frozen_fields)
class Result:
    """A solver's report. Its schedule has passed the judge, or there is none.

    Attributes
    ----------
    problem
        What was asked.
    status
        What is known.
    schedule
        The best plan found; ``None`` if none was.
    evaluation
        The judge's word on it; ``None`` without a plan.
    bound
        What no plan can cost less than; ``None`` if nothing was proven.
    solver
        Name of the solver.
    seed
        The seed of its random choices.
    elapsed
        Seconds it took; ``None`` in a reproducible run.
    note
        Why it stopped, or what stands in the way of a plan, in a sentence; may be empty.
    trace
        The run: every improvement of plan or bound.
    versions
        Versions of the packages that the outcome depends on.
    """

    problem: Problem
    status: Status
    schedule: Schedule | None = None
    evaluation: Evaluation | None = None
    bound: int | None = None
    solver: str = ""
    seed: int = 0
    elapsed: float | None = None
    note: str = ""
    trace: tuple[Progress, ...] = ()
    versions: Mapping[str, str] = attrs.field(factory=dict)

    @property
    def objective(self) -> int | None:
        """Cost of the plan; ``None`` without one."""
        return None if self.evaluation is None else self.evaluation.objective

    @property
    def gap(self) -> float | None:
        """By what share of its cost the plan may be above the best; ``None`` if not known."""
        if self.objective is None or self.bound is None:
            return None
        if self.objective == self.bound:
            return 0.0
        return (self.objective - self.bound) / max(abs(self.objective), abs(self.bound))

    def require(self) -> Schedule:
        """The schedule.

        Raises
        ------
        InfeasibleError
            There is none.
        """
        if self.schedule is None:
            raise InfeasibleError(f"no plan: {self.headline}")
        return self.schedule

    @property
    def headline(self) -> str:
        """The outcome in a line: status, cost, bound and gap."""
        currency = self.problem.portfolio.currency
        said = [str(self.status)]
        if self.objective is not None:
            said.append(f"costs {money(self.objective, currency)}")
        if self.status is not Status.OPTIMAL and self.bound is not None:
            said.append(f"none can cost less than {money(self.bound, currency)}")
        if self.status is Status.FEASIBLE:
            said.append("gap not known" if self.gap is None else f"gap {self.gap:.1%}")
        told = ", ".join(said)
        return f"{told}: {self.note}" if self.note else told

    def __str__(self) -> str:
        told = f"{self.solver}: {self.headline}"
        return f"{told}\n\n{self.tables}" if self.tables else told

    @property
    def tables(self) -> str:
        """What the plan costs and what is done when, in plain text; empty without a plan."""
        parts = []
        if self.evaluation is not None:
            parts.append(text_table(("term", "amount"), self._term_rows()))
            parts += [note] if (note := self.problem.portfolio.unpriced_note) else []
        if self.schedule:
            parts.append(text_table(_PLAN_HEAD, self.rows()))
            if self.problem.portfolio.programmes:
                parts.append(text_table(_PROGRAMME_HEAD, self.programme_rows()))
            left_out = self.left_out
            if left_out:
                parts.append("left out: " + ", ".join(left_out))
        return "\n\n".join(parts)

    def _repr_html_(self) -> str:
        parts = [f"<p>{safe(self.solver)}: {safe(self.headline)}</p>"]
        if self.evaluation is not None:
            parts.append(html_table(("term", "amount"), self._term_rows()))
            if note := self.problem.portfolio.unpriced_note:
                parts.append(f"<p>{safe(note)}</p>")
        if self.schedule:
            parts.append(html_table(_PLAN_HEAD, self.rows()))
            if self.problem.portfolio.programmes:
                parts.append(html_table(_PROGRAMME_HEAD, self.programme_rows()))
            if self.left_out:
                parts.append(f"<p>left out: {safe(', '.join(self.left_out))}</p>")
        return "".join(parts)

    def _term_rows(self) -> list[tuple[str, str]]:
        assert self.evaluation is not None
        return [(name, money(amount)) for name, amount in self.evaluation.terms.items()]

    @property
    def left_out(self) -> tuple[str, ...]:
        """Initiatives that are not in the plan, in the portfolio's order."""
        placed = self.schedule or Schedule()
        return tuple(i.name for i in self.problem.portfolio.initiatives if i.name not in placed)

    def rows(self) -> list[tuple[str, ...]]:
        """The plan as a table: initiative, start, finish, time, mode, what it raises."""
        timeline = self.problem.portfolio.timeline
        rows: list[tuple[str, ...]] = []
        for place in (self.schedule or Schedule()).values():
            raises = self.problem.portfolio.initiative[place.initiative].raises
            told = ", ".join(f"{name} to {level}" for name, level in raises.items())
            takes_time = place.finish > place.start
            rows.append(
                (
                    place.initiative,
                    timeline.label(place.start),
                    timeline.until(place.finish) if takes_time else "–",
                    timeline.count(place.finish - place.start) if takes_time else "milestone",
                    place.mode or "–",
                    told or "–",
                )
            )
        return rows

    def programme_rows(self) -> list[tuple[str, ...]]:
        """The programmes as a table: start, finish, time, how many of the initiatives."""
        facts = self.problem.portfolio
        plan = Plan(facts, self.schedule or Schedule())
        rows: list[tuple[str, ...]] = []
        for item in facts.programmes:
            inside = sum(name in plan.placed for name in item.initiatives)
            share = f"{inside} of {len(item.initiatives)}"
            span = plan.programme(item.name)
            if span is None:
                rows.append((item.name, "–", "–", "–", share))
                continue
            start, finish = span
            ends = facts.timeline.label(start), facts.timeline.until(finish)
            rows.append((item.name, *ends, facts.timeline.count(finish - start), share))
        return rows

    def to_json(self) -> str:
        """The report as JSON text; ``from_json`` reads it back."""
        evaluation = self.evaluation
        data: dict[str, Any] = {
            "format": FORMAT,
            "problem": self.problem.fingerprint,
            "status": str(self.status),
            "objective": self.objective,
            "bound": self.bound,
            "solver": self.solver,
            "seed": self.seed,
            "elapsed": self.elapsed,
            "note": self.note,
            "versions": dict(self.versions),
            "terms": dict(evaluation.terms) if evaluation else None,
            "attainment": dict(evaluation.attainment) if evaluation else None,
            "schedule": None if self.schedule is None else self._placements(),
            "trace": [attrs.asdict(step) for step in self.trace],
        }
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"

    def _placements(self) -> list[dict[str, Any]]:
        """Placements with their dates, for people and for other tools."""
        timeline = self.problem.portfolio.timeline
        return [
            attrs.asdict(place)
            | {"from": str(timeline.day(place.start)), "to": str(timeline.last_day(place.finish))}
            for place in (self.schedule or Schedule()).values()
        ]

    @classmethod
    def from_json(cls, text: str, problem: Problem) -> Result:
        """Read a report back; its schedule is judged anew.

        Parameters
        ----------
        text
            What ``to_json`` wrote.
        problem
            What was asked.

        Raises
        ------
        FormatError
            The text is no such report, is damaged, claims what its plan belies, or answers
            another problem: read its schedule alone then, and judge it.
        """
        data = _report(text)
        if data.get("problem") != problem.fingerprint:
            remedy = "the facts or the rules have changed; read its schedule alone, and judge that"
            raise _refused("problem", "it answers another problem", remedy)
        try:
            result = cls._of(data, problem)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise _refused("", f"it is damaged: {error}", "solve again") from None
        if result.status is Status.OPTIMAL and result.objective != result.bound:
            told = f"it says optimal, with {result.objective} and a bound of {result.bound}"
            raise _refused("status", told, "solve again")
        return result

    @classmethod
    def _of(cls, data: dict[str, Any], problem: Problem) -> Result:
        """The report that the data state, its schedule judged anew."""
        placed = data["schedule"]
        schedule = None
        if placed is not None:
            fields = [field.name for field in attrs.fields(Placement)]
            schedule = Schedule(Placement(**{f: item[f] for f in fields}) for item in placed)
        return cls(
            problem=problem,
            status=Status(data["status"]),
            schedule=schedule,
            evaluation=None if schedule is None else evaluate(problem, schedule),
            bound=data["bound"],
            solver=data["solver"],
            seed=data["seed"],
            elapsed=data["elapsed"],
            note=data["note"],
            trace=tuple(Progress(**step) for step in data["trace"]),
            versions=data["versions"],
        )

    def to_csv(self) -> str:
        """The plan as CSV text: initiative, start, finish, mode, with inclusive dates.

        A name that a spreadsheet would take for a formula gets an apostrophe before it.
        """
        timeline = self.problem.portfolio.timeline
        lines = ["initiative,start,finish,mode"]
        for place in (self.schedule or Schedule()).values():
            last = str(timeline.last_day(place.finish)) if place.finish > place.start else ""
            cells = (place.initiative, str(timeline.day(place.start)), last, place.mode or "")
            lines.append(",".join(csv_cell(cell) for cell in cells))
        return "\n".join(lines) + "\n"

    def write(self, path: str | os.PathLike[str], *, overwrite: bool = False) -> Path:
        """Write the report as ``.json``, or the plan alone as ``.csv``.

        Raises
        ------
        FormatError
            The name ends otherwise.
        FileExistsError
            The file is there and ``overwrite`` is not said.
        """
        suffix = Path(path).suffix.lower()
        writers = {".json": self.to_json, ".csv": self.to_csv}
        if suffix not in writers:
            remedy = f"name it {' or '.join(writers)}"
            raise FormatError(
                [Fault("", f"{suffix or 'no suffix'!r} is no format", remedy)], str(path)
            )
        return write_whole(path, writers[suffix](), overwrite=overwrite)


_PLAN_HEAD = ("initiative", "start", "finish", "time", "mode", "raises")
_PROGRAMME_HEAD = ("programme", "start", "finish", "time", "initiatives")


def _report(text: str) -> dict[str, Any]:
    """The report's data."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _refused("", f"it is no JSON: {error}", "") from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        remedy = f'it must say "format": "{FORMAT}"'
        raise _refused("format", "it is no report of this library", remedy)
    return data


def _refused(path: str, problem: str, remedy: str) -> FormatError:
    return FormatError([Fault(path, problem, remedy)], "the report")
