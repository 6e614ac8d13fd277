"""A schedule laid over its portfolio: what the judge reads.

Everything here is worked out from names, dates and the meaning of the words alone; no solver
and no solver's input has a part in it.
"""

from __future__ import annotations

from functools import cached_property
from itertools import accumulate

import attrs

from roadmap.facts import Mode, Need
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

    def attained(self, capability: str, level: int) -> int | None:
        """First boundary from which a capability is at a level or above.

        Returns
        -------
        int or None
            0 if it is so today; ``None`` if the plan does not get there within the timeline.
        """
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
            place = self.placed.get(gate)
            if place is None or place.finish > self.portfolio.timeline.periods:
                return None
            time = max(time, place.finish)
        return time

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
            for team, amount in mode.demand.items() if mode else ():
                change[team][min(max(place.start, 0), periods)] += amount
                change[team][min(max(place.finish, 0), periods)] -= amount
        return {team: tuple(accumulate(steps[:-1])) for team, steps in change.items()}

    def levels(self, capability: str) -> tuple[tuple[int, int], ...]:
        """The steps of a capability: (boundary, level) from today on, ascending."""
        steps = [(0, self.portfolio.capability[capability].level)]
        for level in self.portfolio.raisers[capability]:
            time = self._raised(capability, level)
            if time is not None:
                steps.append((time, level))
        rising: list[tuple[int, int]] = []
        for time, level in sorted(steps):
            if not rising or level > rising[-1][1]:
                rising = [step for step in rising if step[0] < time] + [(time, level)]
        return tuple(rising)
