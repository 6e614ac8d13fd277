"""The public problems against what is published, in Markdown, made of the record alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from benchmarks.figures import Row, Section, known, proven, sections
from benchmarks.page import listed
from benchmarks.peers import OURS, PLAIN
from benchmarks.record import NO_SCHEDULE, Run

_SAME = 1e-6


def table(runs: Iterable[Run]) -> str:
    """A line for each set of each public suite, and below it one for each instance."""
    found = [section for section in sections(runs) if section.suite.public]
    return "\n".join([_overview(found), *map(_each, found)])


def _overview(found: Sequence[Section]) -> str:
    head = ["", "instances", "limit", "published optimum or none", "of these proven", "open"]
    head += ["better than best known", "as good", "worse, mean", f"beside {PLAIN}: better", "worse"]
    lines = []
    for section in found:
        for kind, rows in section.kinds.items():
            lines.append([f"{section.suite.title}: {kind}", *_counted(section, rows)])
    return listed(head, lines)


def _counted(section: Section, rows: Sequence[Row]) -> list[str]:
    settled = [row for row in rows if _published(row) in ("optimum", "no plan")]
    opened = [row for row in rows if _published(row) == "best known"]
    off = [_off(row) for row in opened]
    worse = [share for share in off if share is not None and share > _SAME]
    beside = Counter(_beside(row) for row in rows)
    return [
        str(len(rows)),
        f"{section.limit:g} s",
        str(len(settled)),
        str(sum(verdict(row) == "proven" for row in settled)),
        str(len(opened)),
        str(sum(share is not None and share < -_SAME for share in off)),
        str(sum(share is not None and abs(share) <= _SAME for share in off)),
        f"{len(worse)}, {sum(worse) / len(worse):.1%}" if worse else "0",
        str(beside[1]),
        str(beside[-1]),
    ]


def _each(section: Section) -> str:
    head = ["instance", "published", OURS, PLAIN, "verdict"]
    lines = [
        [
            row.label,
            _told(row),
            _result(row.runs.get(OURS), row),
            _result(row.runs.get(PLAIN), row),
            verdict(row),
        ]
        for row in section.rows
    ]
    return f"### {section.suite.title}, measured\n\n{section.suite.about}\n\n{listed(head, lines)}"


def verdict(row: Row) -> str:
    """Our answer beside what is published, in a word or two."""
    run, published = row.runs.get(OURS), _published(row)
    if run is None:
        return "not run"
    off = _off(row)
    if _contradicts(run, published, off):
        return "**contradicts what is published**"
    if run.infeasible:
        return "proven" if published else "proven: no plan"
    if run.value is None:
        return "no plan found"
    if off is None or published == "no plan":
        return "proven" if proven(run) else "open"
    if abs(off) <= _SAME:
        return "proven" if proven(run) else "as good"
    return f"better by {-off:.1%}" if off < 0 else f"worse by {off:.1%}"


def _contradicts(run: Run, published: str, off: float | None) -> bool:
    """Whether both cannot be right."""
    if run.infeasible:
        return published in ("optimum", "best known")
    if run.value is None:
        return False
    if published == "no plan":
        return True
    if published == "optimum" and off is not None:
        return off < -_SAME or (proven(run) and off > _SAME)
    return published == "best known" and proven(run) and off is not None and off > _SAME


def _published(row: Row) -> str:
    return next((run.published for run in row.runs.values()), "")


def _off(row: Row) -> float | None:
    """By what share our value is worse than the published; below 0 if it is better."""
    ours, best = row.value(OURS), next(iter(known(run.known for run in row.runs.values())), None)
    if ours is None or best is None:
        return None
    difference = best - ours if row.suite.more_is_better else ours - best
    return difference / max(abs(best), 1)


def _beside(row: Row) -> int:
    """1 if our answer is better than that of the plain model, -1 if it is worse, else 0."""
    ours, plain = row.runs.get(OURS), row.runs.get(PLAIN)
    if ours is None or plain is None:
        return 0
    if ours.infeasible or plain.infeasible:
        return int(ours.infeasible) - int(plain.infeasible)
    if ours.value is None or plain.value is None:
        return int(ours.value is not None) - int(plain.value is not None)
    gain = ours.value - plain.value if row.suite.more_is_better else plain.value - ours.value
    return 0 if abs(gain) <= _SAME * max(1, abs(ours.value)) else 1 if gain > 0 else -1


def _told(row: Row) -> str:
    published = _published(row)
    best = next(iter(known(run.known for run in row.runs.values())), None)
    if best is None:
        return published or "–"
    return f"{best:,.0f} ({published})"


def _result(run: Run | None, row: Row) -> str:
    if run is None:
        return "not run"
    if run.error == NO_SCHEDULE:
        return "none found"
    if run.error:
        return f"failed: {run.error}".replace("|", "/")
    if run.infeasible or run.value is None:
        return f"no plan, {run.seconds or 0:.1f} s"
    shown = f"{run.value:,.1f}" if row.suite.name == "cash-flow" else f"{run.value:,.0f}"
    if proven(run):
        return f"{shown}, proven in {run.seconds or 0:.1f} s"
    return f"{shown} (bound {_bound(run)})"


def _bound(run: Run) -> str:
    return "none" if run.bound is None else f"{run.bound:,.0f}"
