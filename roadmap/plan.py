"""A schedule laid over its portfolio: what the judge reads.

Everything here is worked out from names, dates and the meaning of the words alone; no solver
and no solver's input has a part in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate

import attrs

from roadmap.facts import Mode, Need, System
from roadmap.portfolio import Portfolio
from roadmap.schedule import Placement, Schedule


@attrs.frozen
class Plan:
    """A portfolio and a schedule, with what follows from the two.

    Attributes
    ----------
    portfolio
        The facts.
    schedule
        The answer; from anywhere, sound or not.
    """

    portfolio: Portfolio
    schedule: Schedule

    @cached_property
    def placed(self) -> dict[str, Placement]:
        """Placements of initiatives that the portfolio knows."""
        known = self.portfolio.initiative
        return {name: place for name, place in self.schedule.items() if name in known}

    def mode(self, name: str) -> Mode | None:
        """The mode in which a placed initiative is carried out; ``None`` if there is none such."""
        chosen = self.placed[name].mode or ""
        ways = self.portfolio.initiative[name].ways
        return next((way for way in ways if way.name == chosen), None)

    def takes(self, name: str) -> int | None:
        """Periods that a placed initiative takes from its start, in its mode.

        Returns
        -------
        int or None
            ``None`` if it has no such mode, or if its effort is not done by the end of the
            timeline; outside of that nobody works.
        """
        mode, start = self.mode(name), self.placed[name].start
        if mode is None or mode.effort is None:
            return None if mode is None else mode.duration
        left, period = mode.effort, start
        while left > 0:
            if period >= self.portfolio.timeline.periods:
                return None
            left -= sum(self.taken(name, team, period) for team in mode.demand)
            period += 1
        return period - start

    def taken(self, name: str, team: str, period: int) -> int:
        """Capacity units of a team that a placed initiative takes in a period of its work.

        What takes effort makes do with what there is.
        """
        mode = self.mode(name)
        if mode is None or not 0 <= period < self.portfolio.timeline.periods:
            return 0
        wanted = mode.demand.get(team, 0)
        return min(wanted, self.portfolio.capacity[team][period]) if mode.effort else wanted

    def attained(self, capability: str, level: int) -> int | None:
        """First boundary from which a capability is at a level or above for good.

        Returns
        -------
        int or None
            0 if it is so today and nothing lowers it; ``None`` if the plan does not get there
            within the timeline.
        """
        reached = self.reached(capability, level)
        for name in self.portfolio.lowered_below(capability, level):
            if name in self.placed and reached is not None:
                restored = self.placed[name].finish
                late = restored > self.portfolio.timeline.periods
                reached = None if late else max(reached, restored)
        return reached

    def reached(self, capability: str, level: int) -> int | None:
        """First boundary at which a capability has been raised to a level, whatever lowers it."""
        facts = self.portfolio
        if level <= facts.capability[capability].level:
            return 0
        times = (self._raised(capability, at) for at in facts.raisers[capability] if at >= level)
        return min((time for time in times if time is not None), default=None)

    def met(self, need: Need) -> int | None:
        """First boundary from which a need is met: its level holds, and its gates are finished.

        Returns
        -------
        int or None
            ``None`` if the plan does not get there within the timeline.
        """
        time = self.attained(need.capability, need.level)
        if time is None:
            return None
        for gate in need.gated_by:
            finished = self.finished(gate)
            if finished is None:
                return None
            time = max(time, finished)
        return time

    def retired(self, system: System) -> int | None:
        """First boundary from which a system is gone; ``None`` if it is there for good."""
        return self.finished(system.retired_by)

    def finished(self, name: str | None) -> int | None:
        """First boundary of the timeline at which an initiative is finished.

        Returns
        -------
        int or None
            ``None`` if it is not in the plan, not finished by the end of the timeline, or nobody.
        """
        place = self.placed.get(name) if name is not None else None
        if place is None or place.finish > self.portfolio.timeline.periods:
            return None
        return max(place.finish, 0)

    def _raised(self, capability: str, level: int) -> int | None:
        """When enough of the initiatives that raise exactly this level have done so."""
        key = (capability, level)
        if key not in self._times:
            times = sorted(self._effects(capability, level))
            count = self.portfolio.needed(capability, level)
            self._times[key] = times[count - 1] if count <= len(times) else None
        return self._times[key]

    @cached_property
    def _times(self) -> dict[tuple[str, int], int | None]:
        return {}

    def _effects(self, capability: str, level: int) -> list[int]:
        """When each placed raiser's work takes effect, if by the end of the timeline."""
        facts = self.portfolio
        effects = []
        for name in facts.raisers[capability][level]:
            if name in self.placed:
                effect = self.placed[name].finish + facts.initiative[name].ramp
                if effect <= facts.timeline.periods:
                    effects.append(max(effect, 0))
        return effects

    def load(self, team: str) -> tuple[int, ...]:
        """Capacity units of a team that the plan occupies in each period of the timeline."""
        return self._loads[team]

    @cached_property
    def _loads(self) -> dict[str, tuple[int, ...]]:
        """Each team's load: the running sum of what begins and ends at each boundary."""
        periods = self.portfolio.timeline.periods
        change = {name: [0] * (periods + 1) for name in self.portfolio.team}
        for name, place in self.placed.items():
            mode = self.mode(name)
            start, finish = (min(max(at, 0), periods) for at in (place.start, place.finish))
            alike = 1 if mode and mode.effort else max(finish - start, 1)  # periods at a time
            for team in mode.demand if mode else ():
                for since in range(start, finish, alike):
                    amount = self.taken(name, team, since)
                    change[team][since] += amount
                    change[team][since + alike] -= amount
        return {team: tuple(accumulate(steps[:-1])) for team, steps in change.items()}

    @cached_property
    def _outlays(self) -> dict[str, tuple[tuple[int, int, int], ...]]:
        """Of each placed initiative the period, capital and operating money of each outlay."""
        last = self.portfolio.timeline.periods - 1
        found = {}
        for name, place in self.placed.items():
            mode = self.mode(name)
            outlays = mode.outlays(place.finish - place.start) if mode else ()
            found[name] = tuple(
                (min(max(place.start + at, 0), last), *outlay) for at, outlay in enumerate(outlays)
            )
        return found

    def outlays(self, name: str) -> tuple[tuple[int, int], ...]:
        """The periods in which an initiative spends money, and how much; nothing if left out.

        A milestone at the end of the timeline spends in its last period.
        """
        spent = self._outlays.get(name, ())
        return tuple((period, capital + operating) for period, capital, operating in spent)

    def spent(self, name: str, periods: range, money: str = "all") -> int:
        """Money that an initiative spends in some periods; nothing if it is left out.

        Parameters
        ----------
        name
            Its name.
        periods
            The periods.
        money
            ``capital`` or ``operating`` for that part alone; default all of it.
        """
        return sum(
            capital * (money != "operating") + operating * (money != "capital")
            for period, capital, operating in self._outlays.get(name, ())
            if period in periods
        )

    def occupied(self, name: str, teams: Iterable[str], periods: range) -> int:
        """Capacity units times periods that an initiative takes of teams in some periods."""
        place = self.placed.get(name)
        if place is None:
            return 0
        busy = range(max(place.start, periods.start), min(place.finish, periods.stop))
        return sum(self.taken(name, team, period) for team in teams for period in busy)

    def programme(self, name: str) -> tuple[int, int] | None:
        """Start of a programme's first initiative and finish of its last; ``None`` without any."""
        members = self.portfolio.programme[name].initiatives
        places = [self.placed[member] for member in members if member in self.placed]
        if not places:
            return None
        return min(place.start for place in places), max(place.finish for place in places)

    def levels(self, capability: str) -> tuple[tuple[int, int], ...]:
        """The steps of a capability: (boundary, level) from today on, ascending in time.

        A level rises where work has raised it, and is lower while other work lowers it.
        """
        raised = self._rising(capability)
        dips = [
            (max(self.placed[name].start, 0), self.placed[name].finish, level)
            for name, level in self.portfolio.lowerers[capability].items()
            if name in self.placed
        ]
        times = {time for time, _ in raised} | {time for dip in dips for time in dip[:2]}
        steps: list[tuple[int, int]] = []
        for now in sorted(time for time in times if 0 <= time <= self.portfolio.timeline.periods):
            reached = max(level for time, level in raised if time <= now)
            lowest = min((to for start, finish, to in dips if start <= now < finish), default=None)
            level = reached if lowest is None else min(reached, lowest)
            if not steps or level != steps[-1][1]:
                steps.append((now, level))
        return tuple(steps)

    def _rising(self, capability: str) -> list[tuple[int, int]]:
        """What a capability has been raised to, and when; today's level first."""
        steps = [(0, self.portfolio.capability[capability].level)]
        for level in self.portfolio.raisers[capability]:
            time = self._raised(capability, level)
            if time is not None:
                steps.append((time, level))
        return steps
