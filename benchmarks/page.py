"""The page of the benchmarks, in Markdown, made of the record of runs and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from benchmarks.charts import draw
from benchmarks.figures import (
    EARLY,
    Row,
    Section,
    geometric_mean,
    known,
    middle,
    over,
    proven,
    sections,
)
from benchmarks.peers import NAIVE, OURS, PLAIN, RIVALS
from benchmarks.psplib import TUNED
from benchmarks.record import Run
from benchmarks.suites import TUNED_GROUPS, TUNED_SEEDS

HEAD = f"""\
# Benchmarks

This page is made of a record of runs by `python -m benchmarks page`; the one in `docs/` is made of
`benchmarks/record.jsonl`, a sample of the suites.

`{OURS}` is this library's search, `closure` and `{NAIVE}` are its list rules, of which `{NAIVE}` is
the naive one: cost of delay of the item itself over its duration.

## How it is measured

- Each run is a process of its own. All peers take an instance, one after another, before the next
  instance comes; limit, threads and seed are the same for all. A record may be continued after
  this library's search has changed, only its own runs being repeated: the versions of a section
  name each commit at which some of its runs were made. Times count from the beginning
  of the model's building, which the limit does not include; imports come before.
- Each run is kept to as many cores as it has threads to search with. `auto` begins more threads
  where it goes through the whole, which then take turns.
- Each schedule is judged by `roadmap.evaluate`, which shares no code with any solver; one that
  breaks a rule counts as a failure. A failure is told in its row.
- *Gap* is between the value and the bound that the same run has proven, over the larger of the
  two. *Ratio* is a value over that of the better of {" and ".join(RIVALS)} on the same instance;
  means of ratios are geometric. *At best* is the ratio that no schedule can better, by the best
  bound that any run has proven.
- *Memory* is the most that the main process held (`ru_maxrss`, imports included); what a peer's
  own child processes held at the most stands behind a plus sign.
- {PLAIN} is one model as a competent engineer writes it (`benchmarks/peers/plain.py`), without
  hints; PyJobShop's tasks must end within the timeline. Its model is searched
  here, with the parameters that it would set, so that its run can be followed.
- Where a peer was not run on all instances, its figures are of those on which it was, as many as
  stand behind *of*; ratios are of instances on which both were run.
- In the pictures, a line is the median over the instances on which all were run; a missing schedule
  or bound counts as infinitely bad, so a line begins when half of the instances have one.

The public instances are PSPLIB's (<https://www.om-db.wi.tum.de/psplib/>); `benchmarks/psplib.py`
says how the folder of data is laid out. Some instances were used while the search was tuned: hard
ones with the number {TUNED} in their group, realistic portfolios with seeds from {TUNED_SEEDS} on,
and merged ones that begin at group {" or ".join(map(str, TUNED_GROUPS))}. None of them is among
the instances here.

TaskJuggler is not measured here: it can not ask for several people of a team at once, so it would
need instances of its own.
"""


def write(runs: Iterable[Run], page: Path) -> None:
    """Write the page and, in ``pictures`` beside it, its pictures."""
    pictures = page.parent / "pictures"
    pictures.mkdir(parents=True, exist_ok=True)
    found = [section for section in sections(runs) if not section.suite.public]
    parts = [HEAD, _overview([section for section in found if not section.suite.builds])]
    for section in found:
        text = told(section)
        if not section.suite.builds:
            picture = draw(section, pictures)
            text += f"\n![Value and bound over time](pictures/{picture.name})\n"
        parts.append(text)
    page.write_text("\n".join(parts), encoding="utf-8")


def _overview(searched: Sequence[Section]) -> str:
    """A line for each section: our search, and any that could be, beside the better rival."""
    head = ["", "instances", "limit", f"{OURS} / better rival, mean", "worst"]
    head += ["at best, mean", f"after {EARLY:g} s, mean", f"{NAIVE} / {OURS}, mean"]
    lines = []
    for section in searched:
        ratios = known(row.ratio(row.value(OURS)) for row in section.rows)
        lines.append(
            [
                section.suite.title + (" (more is better)" if section.suite.more_is_better else ""),
                str(len(section.rows)),
                f"{section.limit:g} s",
                _plain(geometric_mean(ratios)),
                _plain(section.worst(ratios) if ratios else None),
                _plain(geometric_mean(known(row.at_best for row in section.rows))),
                _plain(geometric_mean(known(row.early for row in section.rows))),
                _plain(geometric_mean(known(row.practice for row in section.rows))),
            ]
        )
    return "## All at a glance\n\n" + listed(head, lines)


def told(section: Section) -> str:
    """One section, without its picture."""
    parts = [f"## {section.suite.title}\n", section.suite.about + "\n", _circumstances(section)]
    if section.suite.builds:
        return "\n".join([*parts, _building(section)])
    parts += [_summary(section), *_sentences(section)]
    if len(section.kinds) > 1:
        parts.append(_by_kind(section))
    return "\n".join([*parts, _each(section)])


def _circumstances(section: Section) -> str:
    """Command, dates, machines and versions, each as the record says."""
    seeds = " ".join(str(seed) for seed in sorted({row.seed for row in section.rows}))
    instances = len({row.instance for row in section.rows})
    command = (
        f"python -m benchmarks {section.suite.name} --limit {section.limit:g} "
        f"--workers {section.workers} --seed {seeds}"
    )
    runs = section.runs
    versions = _all(", ".join(f"{k} {v}" for k, v in run.versions.items()) for run in runs)
    machines = _all(f"{r.machine['processors']} processors, {r.machine['system']}" for r in runs)
    return (
        f"`{command}`, of which {instances} instances: {section.limit:g} s, {section.workers} "
        f"workers, seed {seeds}; {_all(run.date for run in runs)}; {machines}; {versions}.\n"
    )


def _all(texts: Iterable[str]) -> str:
    return " / ".join(sorted(set(texts)))


def _summary(section: Section) -> str:
    """A line for each peer."""
    has_known = any(run.known is not None for run in section.runs)
    head = ["", "ratio, mean", "ratio, worst", "proven", "gap, median", "gap, worst"]
    head += ["first schedule", "last improvement", "memory, MiB", "failed"]
    if has_known:
        head.append("off the best published, mean")
    lines = []
    for peer in section.peers:
        runs = [row.runs[peer] for row in section.rows if peer in row.runs]
        ratios = known(row.ratio(row.value(peer)) for row in section.rows)
        gaps = known(run.gap for run in runs)
        line = [
            peer,
            _plain(geometric_mean(ratios)),
            _plain(section.worst(ratios) if ratios else None),
            f"{sum(map(proven, runs))} of {len(runs)}",
            _percent(middle(gaps)),
            _percent(max(gaps, default=None)),
            _seconds(middle(known(run.first for run in runs))),
            _seconds(middle(known(run.last for run in runs))),
            _memory(runs),
            str(sum(bool(run.error) for run in runs)),
        ]
        if has_known:
            off = known(over(run.value, run.known) for run in runs)
            line.append(_percent(sum(off) / len(off) - 1 if off else None))
        lines.append(line)
    return listed(head, lines)


def _memory(runs: Sequence[Run]) -> str:
    main = middle(known(run.memory for run in runs))
    children = middle(known(run.memory_of_children for run in runs))
    told = "–" if main is None else f"{main:.0f}"
    return f"{told} + {children:.0f}" if children else told


def _sentences(section: Section) -> list[str]:
    """Ours early on, and against practice."""
    found = []
    early = known(row.early for row in section.rows)
    if early and section.limit > EARLY:
        found.append(
            f"After {EARLY:g} s, `{OURS}` has {_plain(geometric_mean(early))} of what the better "
            f"of {' and '.join(RIVALS)} has at the end (worst {_plain(section.worst(early))}).\n"
        )
    practice = known(row.practice for row in section.rows)
    if practice:
        found.append(
            f"`{NAIVE}` over `{OURS}`: {_plain(geometric_mean(practice))}, "
            f"from {_plain(min(practice))} to {_plain(max(practice))}.\n"
        )
    return found


def _by_kind(section: Section) -> str:
    """A line for each kind of instance: our ratio, and what is proven, ours and the rivals'."""
    compared = [peer for peer in section.peers if peer in (OURS, *RIVALS)]
    head = ["kind", "instances", f"{OURS}: ratio, mean", "worst"]
    head += [f"{peer}: {what}" for peer in compared for what in ("proven", "gap", "first")]
    lines = []
    for kind, rows in section.kinds.items():
        ratios = known(row.ratio(row.value(OURS)) for row in rows)
        line = [kind, str(len(rows)), _plain(geometric_mean(ratios))]
        line.append(_plain(section.worst(ratios) if ratios else None))
        for peer in compared:
            runs = [row.runs[peer] for row in rows if peer in row.runs]
            line.append(f"{sum(map(proven, runs))} of {len(runs)}")
            line.append(_percent(middle(known(run.gap for run in runs))))
            line.append(_seconds(middle(known(run.first for run in runs))))
        lines.append(line)
    return listed(head, lines)


def _each(section: Section) -> str:
    """A line for each instance: values with their proven gaps, and ratios."""
    columns: list[tuple[str, Callable[[Row], str]]] = [("instance", lambda row: row.label)]
    if any(run.known is not None for run in section.runs):
        columns.append(("best published", _published))
    columns += [(peer, partial(_cell, peer)) for peer in section.peers]
    columns.append((f"{OURS} / better rival", lambda row: _plain(row.ratio(row.value(OURS)))))
    if section.limit > EARLY:
        columns.append((f"after {EARLY:g} s", lambda row: _plain(row.early)))
    if NAIVE in section.peers:
        columns.append((f"{NAIVE} / {OURS}", lambda row: _plain(row.practice)))
    lines = [[cell(row) for _, cell in columns] for row in section.rows]
    return listed([name for name, _ in columns], lines)


def _published(row: Row) -> str:
    values = known(run.known for run in row.runs.values())
    return _amount(values[0], row) if values else "–"


def _cell(peer: str, row: Row) -> str:
    run = row.runs.get(peer)
    if run is None:
        return "not run"
    if run.error or run.value is None:
        return _failure(run)
    return _amount(run.value, row) + ("" if run.gap is None else f" ({run.gap:.1%})")


def _failure(run: Run) -> str:
    return f"failed: {run.error}".replace("|", "/")


def _amount(value: float, row: Row) -> str:
    return f"{value:,.1f}" if row.suite.more_is_better else f"{value:,.0f}"


def _building(section: Section) -> str:
    """Seconds by instance and peer."""
    lines = []
    for row in section.rows:
        runs = [row.runs.get(peer) for peer in section.peers]
        lines.append([row.label, *(_built(run) for run in runs)])
    return listed(["initiatives", *section.peers], lines)


def _built(run: Run | None) -> str:
    if run is None:
        return "not run"
    return _failure(run) if run.error else _seconds(run.building)


def listed(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """A table in Markdown, its first column to the left and the others to the right."""
    rule = "|---|" + "---:|" * (len(head) - 1)
    return "\n".join([_line(head), rule, *map(_line, lines)]) + "\n"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _plain(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.1%}"


def _seconds(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{1000 * value:.0f} ms" if value < 1 else f"{value:.1f} s"
