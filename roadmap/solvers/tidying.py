"""Tidy plans: of equally good ones, always the same, and the one that does its work earliest.

Work that no need waits for would otherwise lie wherever the search left it. Among plans of the
same cost the order is: the fewest optional initiatives; the earliest work, where each period of
each initiative counts the same, so that splitting an initiative changes nothing; then the earliest
start of the initiative whose name comes first, then of the next. A plan that is proven optimal
and tidied to the end does not depend on seed, workers or the order of statement.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import attrs
from ortools.sat.python import cp_model

from roadmap.network import Assignment, Network
from roadmap.result import Status
from roadmap.solvers.bounds.proof import Proof
from roadmap.solvers.contract import Run
from roadmap.solvers.encoding import Encoding
from roadmap.solvers.engine import LARGEST_COEFFICIENT, Search, Threads, parameters
from roadmap.solvers.generation import Scheme
from roadmap.solvers.pricing import priced
from roadmap.solvers.pruning import prune

_SHARE = 0.2
_LEAST = 2.0


def tidy(
    network: Network, plan: Assignment, status: Status, run: Run, proof: Proof | None = None
) -> Assignment:
    """Make a plan tidy without loss: at once by the serial scheme, then, if optimal, exactly.

    Parameters
    ----------
    network
        What is planned.
    plan
        A sound plan.
    status
        What is known of it.
    run
        The conditions of the run.
    proof
        What tells where other plans of the same cost can lie; default nothing.
    """
    compact = compacted(Scheme(network), plan)
    if status is not Status.OPTIMAL or run.stop.is_set() or not run.tidy:
        return compact
    return Tidying(network, run, compact, proof).plan()


def compacted(scheme: Scheme, plan: Assignment) -> Assignment:
    """Place everything again, as early as it fits, in the order of its starts."""
    network = scheme.network
    kept = prune(network, plan)
    again = placed_anew(scheme, kept)
    if again is None or network.cost(again) > network.cost(kept):
        return kept
    return again if _lateness(network, again) <= _lateness(network, kept) else kept


def placed_anew(scheme: Scheme, plan: Assignment) -> Assignment | None:
    """The work of a plan, sound or not, placed as early as it fits in the order of its starts."""
    order = sorted((slot.start, activity) for activity, slot in enumerate(plan) if slot is not None)
    rank = [float(len(plan))] * len(plan)
    for turn, (_, activity) in enumerate(order):
        rank[activity] = float(turn)
    return scheme.generate(rank, [slot is not None for slot in plan]).plan


def _lateness(network: Network, plan: Assignment) -> tuple[int, int]:
    """How much is in the plan, and how late its periods of work lie."""
    placed = [
        (slot.start, item) for slot, item in zip(plan, network.activities, strict=True) if slot
    ]
    return len(placed), sum(start * item.modes[0].duration for start, item in placed)


@attrs.define
class Tidying:
    """The exact choice among plans of the same cost, one criterion after another.

    Attributes
    ----------
    network
        What is planned.
    run
        The conditions of the run.
    best
        The tidiest plan so far.
    proof
        What tells where plans of its cost can lie; ``None`` for nothing.
    """

    network: Network
    run: Run
    best: Assignment
    proof: Proof | None = None
    _encoding: Encoding = attrs.field(init=False)
    _budget: float = attrs.field(init=False)

    def plan(self) -> Assignment:
        """Go through the criteria while there is time; each keeps what those before fixed."""
        cost = self.network.cost(self.best)
        self._encoding = priced(self.network, self.proof, self.best, cost + 1)
        least = cost - self._encoding.offset
        self._encoding.model.add(self._encoding.objective <= least // self._encoding.unit)
        self._budget = self._seconds()
        if all(self._settled(criterion) for criterion in self._work()):
            self._settle_names()
        return self.best

    def _seconds(self) -> float:
        """What is left, but no more than a fifth of the whole."""
        if self.run.time_limit is None or self.run.remaining is None:
            return 5 * _LEAST
        return min(self.run.remaining, max(_LEAST, self.run.time_limit * _SHARE))

    def _work(self) -> Iterator[cp_model.LinearExprT]:
        """How much of what is optional is done, and how late the periods of work lie."""
        works, activities = self._encoding.works, self.network.activities
        optional = [w.present for w, a in zip(works, activities, strict=True) if not a.mandatory]
        durations = [activity.modes[0].duration for activity in activities]
        late = sum(periods * self._start(at) for at, periods in enumerate(durations))
        beyond = sum(durations) * self.network.horizon + 1  # no work is so late
        if beyond * (len(optional) + 1) <= LARGEST_COEFFICIENT:
            yield beyond * sum(optional) + late
        else:
            yield sum(optional)
            if beyond <= LARGEST_COEFFICIENT:
                yield late

    def _start(self, at: int) -> cp_model.LinearExpr:
        """When an activity starts; 0 if it is left out, wherever the model has it stand then."""
        work = self._encoding.works[at]
        stands = self._encoding.network.activities[at].earliest
        return work.start - stands * (1 - work.present)

    def _settle_names(self) -> None:
        """Settle start and mode of each, name after name.

        A plan that comes before the best does so by the first name in which they differ. Where that
        may be is asked of all names at once, as mostly there is no such plan.
        """
        places = [self.network.position[name] for name in sorted(self.network.position)]
        while places:
            sooner = self._sooner(places)
            first = self._minimum(sum(turn * literal for turn, literal in enumerate(sooner)))
            if first is None or first == len(places):
                return
            self._encoding.model.add(sooner[first] == 1)
            number, count = self._number(places[first:])
            if not self._settled(number):
                return
            places = places[first + count :]

    def _sooner(self, places: Sequence[int]) -> list[cp_model.IntVar]:
        """For each of some activities whether it is the first to differ, and earlier.

        Earlier, that is, than in the best plan. One more says that none differs.
        """
        model, same = self._encoding.model, self._encoding.model.new_constant(1)
        found = []
        for at in places:
            turn, now = self._turn(at), self._turn_now(at)
            former, same, sooner = same, model.new_bool_var(""), model.new_bool_var("")
            model.add_implication(same, former)
            model.add_implication(sooner, former)
            model.add(turn == now).only_enforce_if(same)
            model.add(turn <= now - 1).only_enforce_if(sooner)
            found.append(sooner)
        model.add_exactly_one(*found, same)
        return [*found, same]

    def _number(self, places: Sequence[int]) -> tuple[cp_model.LinearExprT, int]:
        """The turns of the first activities as one number, and of how many it has room for."""
        number, room, count = self._turn(places[0]), self._out(places[0]) + 1, 1
        for at in places[1:]:
            base = self._out(at) + 1
            if room * base > LARGEST_COEFFICIENT:
                break
            number, room, count = base * number + self._turn(at), room * base, count + 1
        return number, count

    def _turn(self, at: int) -> cp_model.LinearExpr:
        """Start and mode of an activity as one number, greatest if it is left out."""
        work = self._encoding.works[at]
        mode = cp_model.LinearExpr.weighted_sum(work.modes, range(len(work.modes)))
        return len(work.modes) * self._start(at) + mode + self._out(at) * (1 - work.present)

    def _turn_now(self, at: int) -> int:
        """The same number in the best plan."""
        slot = self.best[at]
        if slot is None:
            return self._out(at)
        return len(self._encoding.works[at].modes) * slot.start + slot.mode

    def _out(self, at: int) -> int:
        """The same number where it is left out."""
        return len(self._encoding.works[at].modes) * (self.network.horizon + 1)

    def _settled(self, criterion: cp_model.LinearExprT) -> bool:
        """Whether the least value of a criterion is proven; what comes after keeps it."""
        value = self._minimum(criterion)
        if value is None:
            return False
        self._encoding.model.add(criterion == value)
        return True

    def _modest(self, solver: cp_model.CpSolver) -> None:
        """In one thread, without probing: else it takes longer, and now and then much memory."""
        parameters(self.run, self._budget, Threads(1))(solver)
        solver.parameters.cp_model_probing_level = 0

    def _minimum(self, criterion: cp_model.LinearExprT) -> int | None:
        """The least value of a criterion; ``best`` becomes a plan with it. ``None`` if unproven."""
        if self._budget <= 0 or self.run.stop.is_set():
            return None
        began = time.monotonic()
        encoding = self._encoding
        encoding.model.minimize(criterion)
        encoding.hint(self.best)
        search = Search(
            encoding.model,
            encoding.watched,
            self.run.stop,
            on_values=lambda values: None,
            on_bound=lambda bound: None,
        )
        finding = search.run(self._modest)
        took = finding.effort if self.run.reproducible else time.monotonic() - began
        self._budget -= took
        if finding.values is None:
            return None
        self.best = encoding.assignment(finding.values)
        return finding.bound if finding.status == cp_model.OPTIMAL else None
