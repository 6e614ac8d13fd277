"""The report: evidence in the words of one reader, as Markdown or as one page."""

from __future__ import annotations

import os
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import ClassVar, cast, get_args

import attrs

from roadmap._files import write_whole
from roadmap.errors import Fault, FormatError, ProblemError, nearest
from roadmap.explaining import Inquiry
from roadmap.render import gantt, prices, quadrant, waits
from roadmap.render.theme import drawn, whole
from roadmap.reporting.evidence import Evidence, gathered
from roadmap.reporting.pages import Part, Picture, body, markdown, page
from roadmap.reporting.sections import Section, sections
from roadmap.reporting.words import ORDER, WORDS, Audience
from roadmap.result import Result


@attrs.frozen
class Report:
    """What is told to one reader; it prints itself as Markdown and shows itself as a page.

    Attributes
    ----------
    evidence
        What it rests on.
    audience
        Whose words it uses: ``business`` or ``technology``.
    """

    FORMATS: ClassVar[tuple[str, ...]] = (".md", ".html")
    """Endings of the files that it can be written as."""

    evidence: Evidence
    audience: Audience

    def to(self, audience: str) -> Report:
        """The same evidence in another reader's words; nothing is asked again.

        Raises
        ------
        ProblemError
            There is no such audience.
        """
        return Report(self.evidence, _audience(audience))

    @property
    def title(self) -> str:
        """What stands at the top."""
        return f"{self.evidence.result.problem.portfolio.name or 'Roadmap'}: decision pack"

    @cached_property
    def markdown(self) -> str:
        """The report as Markdown."""
        return markdown(self.title, self._lead, self._parts)

    @cached_property
    def html(self) -> str:
        """The report as one HTML page: no scripts, nothing from outside."""
        return page(self.title, self._lead, self._parts, self._pictures())

    def __str__(self) -> str:
        return self.markdown

    def _repr_html_(self) -> str:
        return body(self.title, self._lead, self._parts, self._pictures())

    def write(self, path: str | os.PathLike[str], *, overwrite: bool = False) -> Path:
        """Write the report as ``.md`` or as ``.html``.

        Raises
        ------
        FormatError
            The name ends otherwise.
        FileExistsError
            The file is there and ``overwrite`` is not said.
        """
        suffix = Path(path).suffix.lower()
        if suffix not in self.FORMATS:
            told = f"{suffix or 'no suffix'!r} is no format of reports"
            raise FormatError([Fault("", told, f"name it {' or '.join(self.FORMATS)}")], str(path))
        text = self.markdown if suffix == ".md" else self.html
        return write_whole(path, text, overwrite=overwrite)

    @property
    def _lead(self) -> str:
        facts = self.evidence.result.problem.portfolio
        timeline = facts.timeline
        span = f"{timeline.label(0)} to {timeline.until(timeline.periods)}"
        money = f"All money in {facts.currency}." if facts.currency else ""
        return f"{timeline.count(timeline.periods)}, {span}. {money}".strip()

    @property
    def _parts(self) -> tuple[Part, ...]:
        found = {section.key: section for section in sections(self.evidence)}
        return tuple(self._part(found[key]) for key in ORDER[self.audience] if key in found)

    def _part(self, section: Section) -> Part:
        """A section in the reader's words."""
        wording = WORDS[self.audience][section.key]
        told = wording.told
        if not isinstance(told, str):
            told = told[section.figures["case"]]
        return Part(
            section.key,
            wording.title,
            told.format_map(section.figures),
            tuple(wording.columns.values()),
            tuple(tuple(row[key] for key in wording.columns) for row in section.rows),
        )

    def _pictures(self) -> tuple[Picture, ...]:
        """Charts of what there is to show."""
        found = self.evidence
        charts = [("work", "The plan as a Gantt chart", gantt(found.result))]
        if found.delays.items:
            told = "Where the time until each need is met comes from"
            charts.append(("delays", told, waits(found.delays)))
        if any(one.price.lower for one in found.audit.findings):
            charts.append(("challenges", "What rules cost", prices(found.audit, most=12)))
        if found.triage.cases:
            told = "What old systems hold up, against what replacing them saves"
            charts.append(("triage", told, quadrant(found.triage)))
        return tuple(
            Picture(key, told, drawn(whole(axes.figure), "svg")) for key, told, axes in charts
        )


def report(
    result: Result,
    audience: str = "business",
    *,
    review: str | date | None = None,
    inquiry: Inquiry | None = None,
) -> Report:
    """Write the decision pack of a review board: what to decide, why, and at what price.

    Parameters
    ----------
    result
        A plan.
    audience
        ``business`` (the default) or ``technology``: the same dates and money, in other words.
    review
        Date of the next review, so that only what must be decided before it is listed as due;
        default none: all starts are.
    inquiry
        Asks the questions; default one of its own, which takes two minutes at the most. What it
        could not prove by then is listed as such.

    Raises
    ------
    InfeasibleError
        There is no plan.
    ScheduleError
        The plan breaks rules.
    ProblemError
        There is no such audience, or the review is no date.
    """
    known = _audience(audience)
    return Report(gathered(result, review=review, inquiry=inquiry), known)


def _audience(audience: str) -> Audience:
    known = get_args(Audience)
    if audience not in known:
        told = f"no reader is called {audience!r}"
        raise ProblemError([Fault("audience", told, nearest(audience, known))])
    return cast("Audience", audience)
