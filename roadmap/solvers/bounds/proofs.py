"""All bounds of a network, first the quick, then the sharp."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from roadmap.network import Assignment, Network
from roadmap.solvers.bounds.cutting import Cutting
from roadmap.solvers.bounds.energy import energy_bounds
from roadmap.solvers.bounds.heads import heads
from roadmap.solvers.bounds.proof import SCALE, Proof
from roadmap.solvers.bounds.refining import refined
from roadmap.solvers.bounds.steps import Steps, has_chain
from roadmap.solvers.generation import Scheme
from roadmap.solvers.linear import Solution, SparseProgram
from roadmap.solvers.rounding import rounded

_QUICK = 1.0
_UNTIMED = 12_000  # steps of the finest grid where no clock is known
_FIRST, _LARGE = 50_000, 150_000  # of the first and of the finest grid
_GROWTH = 3.0  # how much longer a grid twice as fine takes
_ROUNDS, _BLIND = 30, 3  # how often limits are looked for, at the most; and without a clock
_GAIN = 1e-3  # what they must gain, or none are looked for again
_CUTTING = 0.6  # until when: after that, what looks for plans needs the processors more
_WIDTHS = (1, 2, 4, 8, 16, 32)
_WORTH = 1.25  # by how many times more moments a finer grid must have


class Proven(NamedTuple):
    """A proof, and who found it."""

    source: str
    proof: Proof


def proofs(
    network: Network,
    until: int,
    seconds: float | None,
    on_plan: Callable[[Assignment], None] | None = None,
) -> Iterator[Proven]:
    """Prove until nothing is left to try.

    Parameters
    ----------
    network
        What is planned.
    until
        The moment up to which the sharp bounds look closely: the last finish of a good plan.
    seconds
        Wall time; ``None`` for a choice that knows no clock.
    on_plan
        Called with plans that solutions of linear programs are rounded to; ``None`` for nobody.
    """
    began = time.monotonic()

    def left() -> float:
        """Seconds left."""
        return math.inf if seconds is None else max(0.0, seconds - (time.monotonic() - began))

    def use(steps: Steps, solution: Solution) -> None:
        """Make plans of a solution."""
        if on_plan is not None and solution.values:
            for plan in rounded(scheme, steps.courses(solution.values)):
                on_plan(plan)

    scheme = Scheme(network)
    for bound in energy_bounds(scheme, math.inf if seconds is None else _QUICK):
        yield Proven("energy", Proof(bound * SCALE))
    known = heads(network)
    most = _UNTIMED if seconds is None else _LARGE
    grid, moments = _first(network, until, most), most // max(1, _chains(network))
    while True:
        begun, steps = time.monotonic(), Steps(network, known, grid)
        solution = steps.program.solve(left())
        if solution is None:
            return
        yield Proven("steps", steps.weigh(solution.prices))
        took = time.monotonic() - begun
        use(steps, solution)
        more = min(2 * len(grid), moments)
        finer = grid
        if more >= _WORTH * len(grid) and solution.values:
            finer = refined(grid, steps.unknown(solution.values), more)
        if len(finer) == len(grid) or _finer(steps.program, took) > left():
            spare = 0.0 if seconds is None else (1 - _CUTTING) * seconds
            rounds = _BLIND if seconds is None else _ROUNDS
            yield from _cut(steps, solution, rounds, left, took + spare, use)
            return
        grid = finer


def _finer(program: SparseProgram, took: float) -> float:
    """How long a grid twice as fine may take: no longer, if it is the first priced nearly."""
    return took if program.is_nearly_large else _GROWTH * took


def _cut(
    steps: Steps,
    solution: Solution,
    rounds: int,
    left: Callable[[], float],
    least: float,
    use: Callable[[Steps, Solution], None],
) -> Iterator[Proven]:
    """Solve a program again and again, with the limits that the last solution breaks.

    A large one is priced roughly while limits are found, and closely in the end.

    Parameters
    ----------
    steps, solution
        The program and what it last gave.
    rounds
        How often at the most.
    left
        Seconds left.
    least
        Seconds without which it is not solved again.
    use
        What is done with each solution.
    """
    cutting, before, source = Cutting(steps), steps.weigh(solution.prices).weighed, "steps"
    for _ in range(rounds):
        if not solution.values or left() < least or not cutting.cut(solution.values):
            break
        again = steps.program.solve(left(), solution)
        if again is None:
            return
        proof, source = steps.weigh(again.prices), "limits"
        yield Proven(source, proof)
        use(steps, again)
        gained, solution, before = proof.weighed - before, again, proof.weighed
        if gained < _GAIN * abs(before):
            break
    if steps.program.is_large and solution.values and left() >= least:
        last = steps.program.solve(left(), solution, closely=True)
        if last is not None:
            yield Proven(source, steps.weigh(last.prices))


def _first(network: Network, until: int, most: int) -> Sequence[int]:
    """The finest grid of equal cells with not too many steps to decide on, to begin with."""
    chains, most = _chains(network), min(_FIRST, most)
    width = next((w for w in _WIDTHS if chains * (until // w + 1) <= most), _WIDTHS[-1])
    return range(width - 1, until + width, width)


def _chains(network: Network) -> int:
    """How many chains of steps a program has."""
    modes = sum(len(item.modes) for item in network.activities)
    return modes + sum(map(has_chain, network.events))
