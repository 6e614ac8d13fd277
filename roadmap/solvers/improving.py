"""Improving a plan, turn by turn: by annealing on lists, and by CP-SAT in windows of several kinds.

The windows of a kind grow while CP-SAT looks through them in time, and shrink when it does not; so
most of them are looked through.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from random import Random

import attrs
from ortools.sat.python import cp_model

from roadmap.errors import SolverCrashError
from roadmap.network import Assignment
from roadmap.solvers.annealing import SLICE, Annealing
from roadmap.solvers.cooling import Cycles, heat
from roadmap.solvers.encoding import Encoding
from roadmap.solvers.engine import Search, Threads, parameters
from roadmap.solvers.generation import Scheme
from roadmap.solvers.incumbent import Incumbent
from roadmap.solvers.neighbourhoods import Neighbourhoods
from roadmap.solvers.tempering import PLENTY, Tempering
from roadmap.solvers.tidying import compacted
from roadmap.solvers.turns import Turns
from roadmap.solvers.windows import open_window

ANNEALING = "annealing"

_ANNEALING_SHARE, _WINDOW_SHARE = 1.0, 0.05
"""What annealing, and each kind of window, has of the time beside 1 that goes by gains: a cycle of
annealing gains only as it ends, and makes room for windows. Beside another that anneals above all,
annealing has no more than a kind of window."""

_GLIMPSE = 0.05
"""Seconds of annealing between two looks at the rest, at the most."""

_WINDOW = 1.0
"""Seconds for a window."""

_LEAST, _MOST = 30.0, 100.0
"""How many activities the first windows free: an eighth of all, within these bounds."""

_FEWEST = 5.0
_FEWER, _MORE, _MANY = 0.8, 1.15, 1.6
_EASY = 0.25
"""A window that takes at most this share of its time is far too small."""


@attrs.define(eq=False)
class Improver:
    """Improves the best plan of a run, turn by turn.

    Attributes
    ----------
    scheme
        The network, made ready.
    best
        The best plan, which others may improve as well.
    random
        Where its choices come from.
    anneals
        Whether it anneals above all; otherwise annealing is one way among the kinds of windows.
    deadline
        When its time is over, on the monotonic clock; ``None`` where nobody knows.
    """

    scheme: Scheme
    best: Incumbent
    random: Random
    anneals: bool
    deadline: float | None
    turns: Turns = attrs.field(init=False)
    sizes: dict[str, float] = attrs.field(init=False)
    _cycles: Cycles = attrs.field(init=False, factory=Cycles)
    _annealing: Annealing = attrs.field(init=False)
    _tempering: Tempering = attrs.field(init=False)
    _pace: float = attrs.field(init=False, default=0.0)  # steps a second
    _neighbourhoods: Neighbourhoods = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Know all ways, in the order of their first turns."""
        network = self.scheme.network
        self._annealing = Annealing(self.scheme, self.random)
        self._tempering = Tempering(self.scheme, self.random)
        self._neighbourhoods = Neighbourhoods(network, self.random)
        kinds = self._neighbourhoods.kinds
        least = dict.fromkeys(kinds, _WINDOW_SHARE)
        share = _ANNEALING_SHARE if self.anneals else _WINDOW_SHARE
        self.turns = Turns({ANNEALING: share} | least)
        self.sizes = dict.fromkeys(kinds, min(_MOST, max(_LEAST, len(network.activities) / 8)))

    def turn(self, meanwhile: Callable[[], bool]) -> None:
        """Let the way whose turn it is try to improve the best plan.

        Parameters
        ----------
        meanwhile
            Called now and then; the turn ends soon when it says so.
        """
        name, began = self.turns.next(), time.monotonic()
        gained = self._anneal(meanwhile) if name == ANNEALING else self._look(name, meanwhile)
        self.turns.took(name, max(time.monotonic() - began, 1e-3), gained)

    def _anneal(self, meanwhile: Callable[[], bool]) -> float:
        """Anneal for a cycle; what that has gained, as a share of the cost."""
        best, began = self.best, time.monotonic()
        assert best.plan is not None
        activities = sum(slot is not None for slot in best.plan)
        left = None if self.deadline is None else self.deadline - began
        seconds = self._cycles.next(left, self._pace / max(1, activities))
        tempers = self._pace * seconds >= PLENTY * activities
        search = self._tempering if tempers else self._annealing
        if not search.restart(best.plan):
            return 0.0
        gained, steps, share = 0.0, 0, 0.0
        while share < 1.0 and not meanwhile():
            some = max(1, min(SLICE, int(self._pace * _GLIMPSE)))
            if tempers:
                self._tempering.run(some, share)
            else:
                self._annealing.run(some, heat(self._pace * seconds / activities, share))
            gained += self._offer(search.plan, ANNEALING)
            steps, passed = steps + some, time.monotonic() - began
            self._pace, share = steps / passed, passed / seconds
        return gained

    def _look(self, kind: str, meanwhile: Callable[[], bool]) -> float:
        """Look through a window; what that has gained, as a share of the cost."""
        best, run = self.best, self.best.run
        assert best.plan is not None
        moving = self._neighbourhoods.kinds[kind](best.plan, int(self.sizes[kind]))
        window = open_window(self.scheme.network, best.plan, moving)
        encoding = Encoding(window.network)
        encoding.hint(window.seen)
        seen = window.network.cost(window.seen)
        encoding.model.add(encoding.objective <= (seen - encoding.offset) // encoding.unit - 1)
        search = Search(
            encoding.model, encoding.watched, run.stop, lambda _: None, lambda _: None, meanwhile
        )
        seconds = _WINDOW if run.remaining is None else min(_WINDOW, run.remaining)
        began = time.monotonic()
        try:
            finding = search.run(parameters(run, seconds, Threads(1)))
        except SolverCrashError as error:
            best.mishap(f"a window was left: {error}")
            return 0.0
        self._resize(kind, finding.status, (time.monotonic() - began) / _WINDOW)
        if finding.values is None:
            return 0.0
        answer = encoding.assignment(finding.values)
        return self._offer(compacted(self.scheme, window.fitted(answer)), "window")

    def _resize(self, kind: str, status: cp_model.CpSolverStatus, share: float) -> None:
        """Free fewer the next time if time was too short, more if not, many more if it was long."""
        if status not in (cp_model.OPTIMAL, cp_model.INFEASIBLE):
            factor = _FEWER
        else:
            factor = _MORE if share > _EASY else _MANY
        most = float(len(self.scheme.network.activities))
        self.sizes[kind] = min(max(_FEWEST, self.sizes[kind] * factor), most)

    def _offer(self, plan: Assignment, source: str) -> float:
        """Offer a plan; what it saves, as a share of the cost."""
        best = self.best
        before = best.cost
        best.offer(plan, source)
        assert before is not None
        assert best.cost is not None
        return (before - best.cost) / max(1, abs(before))
