"""Several answers to one question, side by side, each put before the same judge."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

import attrs

from roadmap._frozen import FrozenMapping, frozen_fields
from roadmap._text import html_table, inert, money, safe, text_table
from roadmap.errors import Fault, ProblemError
from roadmap.evaluation import Evaluation, evaluate
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem, as_problem
from roadmap.result import Result
from roadmap.schedule import Schedule

_TOLD = 10  # violations of a schedule that a table writes out; the data has them all


@attrs.frozen(field_transformer=frozen_fields)
class Moves:
    """How a schedule differs from another one.

    Attributes
    ----------
    shifted
        Periods by which each initiative that is in both starts later; earlier is negative.
        Those that start at the same time are left out.
    entered
        Initiatives that are in this schedule only.
    left
        Initiatives that are in the other schedule only.
    changed
        Initiatives that are in both, in another mode.
    """

    shifted: Mapping[str, int]
    entered: tuple[str, ...]
    left: tuple[str, ...]
    changed: tuple[str, ...]

    @property
    def periods(self) -> int:
        """The sum of the periods by which starts differ, in either direction."""
        return sum(abs(shift) for shift in self.shifted.values())


@attrs.frozen
class Entry:
    """One of the schedules that are compared.

    Attributes
    ----------
    name
        What it is called in the comparison.
    status
        What its solver knew of it; ``given`` for a schedule that came without a solver.
    schedule
        The schedule; ``None`` if there is none.
    evaluation
        The judge's word on it, under the common question; ``None`` without a schedule.
    moves
        How it differs from the first; ``None`` where one of the two has no schedule.
    difference
        Its cost less that of the first; ``None`` where one of the two has no schedule.
    """

    name: str
    status: str
    schedule: Schedule | None
    evaluation: Evaluation | None
    moves: Moves | None
    difference: int | None


@attrs.frozen
class Comparison:
    """Schedules side by side; it prints itself and shows itself in a notebook.

    Attributes
    ----------
    problem
        The question under which all of them were judged.
    entries
        The schedules, in the order in which they were given.
    """

    problem: Problem
    entries: tuple[Entry, ...]

    def __getitem__(self, name: str) -> Entry:
        """The entry of a name."""
        return {entry.name: entry for entry in self.entries}[name]

    def __len__(self) -> int:
        return len(self.entries)

    def __str__(self) -> str:
        parts = [text_table(*self._costs())]
        parts += [note] if (note := self.problem.portfolio.unpriced_note) else []
        if self.problem.portfolio.needs:
            parts.append(text_table(*self._attainment()))
        return "\n\n".join([*parts, *("\n".join(lines) for lines in self._violations())])

    def _repr_html_(self) -> str:
        parts = [html_table(*self._costs())]
        if note := self.problem.portfolio.unpriced_note:
            parts.append(f"<p>{safe(note)}</p>")
        if self.problem.portfolio.needs:
            parts.append(html_table(*self._attainment()))
        for title, *messages in self._violations():
            items = "".join(f"<li>{safe(message.strip())}</li>" for message in messages)
            parts.append(f"<p>{safe(title)}</p><ul>{items}</ul>")
        return "".join(parts)

    def to_rows(self) -> list[dict[str, str | int | None]]:
        """One flat record for each schedule: plain data, for data frames and files.

        Money by term stands under ``cost: ...``, the day from which a need is met under
        ``attained: ...`` (``None`` for never, or without a schedule).
        """
        return [self._record(entry) for entry in self.entries]

    def to_csv(self) -> str:
        """The records as CSV text; a text that a spreadsheet might run gets an apostrophe."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        rows = self.to_rows()
        for line in (list(rows[0]), *(row.values() for row in rows)) if rows else ():
            writer.writerow([_inert(cell) for cell in line])
        return out.getvalue()

    def _record(self, entry: Entry) -> dict[str, str | int | None]:
        judged, moves = entry.evaluation, entry.moves
        timeline = self.problem.portfolio.timeline
        record: dict[str, str | int | None] = {
            "schedule": entry.name,
            "status": entry.status,
            "violations": len(judged.violations) if judged else None,
            "total": judged.objective if judged else None,
            "difference": entry.difference,
            "moved": len(moves.shifted) if moves else None,
            "periods moved": moves.periods if moves else None,
            "entered": len(moves.entered) if moves else None,
            "left": len(moves.left) if moves else None,
            "modes changed": len(moves.changed) if moves else None,
        }
        for term in self.problem.objective:
            record[f"cost: {term.name}"] = judged.terms[term.name] if judged else None
        for need in self.problem.portfolio.needs:
            time = judged.attainment[need.label] if judged else None
            day = None if time is None else timeline.day(time).isoformat()
            record[f"attained: {need.label}"] = day
        return record

    def _costs(self) -> tuple[list[str], list[list[str]]]:
        """Head and rows of the table of costs and moves; columns of zeros are left out."""
        currency = self.problem.portfolio.currency
        terms = [f"cost: {term.name}" for term in self.problem.objective]
        kept = [*terms, "total", "difference", "violations", "moved", "periods moved"]
        records = self.to_rows()
        kept += [c for c in ("entered", "left", "modes changed") if any(r[c] for r in records)]
        head = ["schedule", "status", *(name.removeprefix("cost: ") for name in kept)]
        if currency:
            head[head.index("total")] = f"total, {currency}"
        rows = []
        for record in records:
            cells = [_shown(record[name], name == "difference") for name in kept]
            rows.append([str(record["schedule"]), str(record["status"]), *cells])
        return head, rows

    def _attainment(self) -> tuple[list[str], list[list[str]]]:
        """Head and rows of the table that says from when each need is met."""
        head = ["need met from", *(entry.name for entry in self.entries)]
        labels = [need.label for need in self.problem.portfolio.needs]
        return head, [
            [need, *(self._met(entry, need) for entry in self.entries)] for need in labels
        ]

    def _met(self, entry: Entry, need: str) -> str:
        if entry.evaluation is None:
            return "–"
        time = entry.evaluation.attainment[need]
        return "never" if time is None else self.problem.portfolio.timeline.label(time)

    def _violations(self) -> list[list[str]]:
        """For each schedule that breaks a rule: a title, then what is wrong."""
        told = []
        for entry in self.entries:
            messages = (
                [str(each) for each in entry.evaluation.violations] if entry.evaluation else []
            )
            if messages:
                rest = len(messages) - _TOLD
                more = [f"  and {rest} more"] if rest > 0 else []
                lines = [f"  {message}" for message in messages[:_TOLD]]
                told.append([f"{entry.name} breaks rules:", *lines, *more])
        return told


def compare(
    schedules: Mapping[str, Result | Schedule], question: Portfolio | Problem | None = None
) -> Comparison:
    """Judge any number of schedules under one question, and set them side by side.

    Parameters
    ----------
    schedules
        Results and schedules by what they shall be called; differences and moves are told
        against the first.
    question
        What all of them are judged by; default the problem of the first result among them. A
        result that answers another problem is judged by this one all the same, and its status
        says so.

    Returns
    -------
    Comparison
        Costs, attainment, moves and violations of each.

    Raises
    ------
    ProblemError
        There is neither a question nor a result that holds one.
    """
    problem = _question(schedules, question)
    entries: list[Entry] = []
    for name, given in schedules.items():
        entries.append(_entry(problem, name, given, entries[0] if entries else None))
    return Comparison(problem, tuple(entries))


def _moves(before: Schedule, after: Schedule) -> Moves:
    """Say how one schedule differs from another, in the order of the later one."""
    both = [name for name in after if name in before]
    shifts = {name: after[name].start - before[name].start for name in both}
    return Moves(
        shifted=FrozenMapping({name: shift for name, shift in shifts.items() if shift}),
        entered=tuple(name for name in after if name not in before),
        left=tuple(name for name in before if name not in after),
        changed=tuple(name for name in both if after[name].mode != before[name].mode),
    )


def _question(
    schedules: Mapping[str, Result | Schedule], question: Portfolio | Problem | None
) -> Problem:
    if question is not None:
        return as_problem(question)
    for given in schedules.values():
        if isinstance(given, Result):
            return given.problem
    problem = "schedules alone do not say what they answer"
    raise ProblemError([Fault("question", problem, "give the portfolio or the problem")])


def _entry(problem: Problem, name: str, given: Result | Schedule, first: Entry | None) -> Entry:
    schedule = given.schedule if isinstance(given, Result) else given
    evaluation = None if schedule is None else evaluate(problem, schedule)
    entry = Entry(name, _status(problem, given), schedule, evaluation, None, None)
    base = first or entry
    if schedule is None or base.schedule is None or not evaluation or not base.evaluation:
        return entry
    difference = evaluation.objective - base.evaluation.objective
    return attrs.evolve(entry, moves=_moves(base.schedule, schedule), difference=difference)


def _status(problem: Problem, given: Result | Schedule) -> str:
    if not isinstance(given, Result):
        return "given"
    same = given.problem is problem or given.problem.fingerprint == problem.fingerprint
    return str(given.status) if same else f"{given.status}, asked otherwise"


def _shown(value: str | int | None, signed: bool) -> str:
    if not isinstance(value, int):
        return "–"
    return f"{value:+,}" if signed and value else money(value)


def _inert(cell: str | int | None) -> str:
    """A CSV cell that no spreadsheet takes for a formula; numbers stay numbers."""
    return inert(cell) if isinstance(cell, str) else "" if cell is None else str(cell)
