"""All bounds of a network, first the quick, then the sharp."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

from roadmap.network import Network
from roadmap.solvers.bounds.cutting import Cutting
from roadmap.solvers.bounds.energy import energy_bounds
from roadmap.solvers.bounds.heads import heads
from roadmap.solvers.bounds.proof import SCALE, Proof
from roadmap.solvers.bounds.steps import Steps, has_chain
from roadmap.solvers.generation import Scheme
from roadmap.solvers.linear import Solution, SparseProgram

_QUICK = 1.0
_SMALL, _LARGE = 12_000, 150_000
_GROWTH = 3.0  # how much longer a grid twice as fine takes
_ROUNDS, _BLIND = 30, 3  # how often limits are looked for, at the most; and without a clock
_GAIN = 1e-3  # what they must gain, or none are looked for again
_CUTTING = 0.6  # until when: after that, what looks for plans needs the processors more
_WIDTHS = (32, 16, 8, 4, 2, 1)


class Proven(NamedTuple):
    """A proof, and who found it."""

    source: str
    proof: Proof


def proofs(network: Network, until: int, seconds: float | None) -> Iterator[Proven]:
    """Prove until nothing is left to try.

    Parameters
    ----------
    network
        What is planned.
    until
        The moment up to which the sharp bounds look closely: the last finish of a good plan.
    seconds
        Wall time; ``None`` for a choice that knows no clock.
    """
    began = time.monotonic()

    def left() -> float:
        """Seconds left."""
        return math.inf if seconds is None else max(0.0, seconds - (time.monotonic() - began))

    for bound in energy_bounds(Scheme(network), math.inf if seconds is None else _QUICK):
        yield Proven("energy", Proof(bound * SCALE))
    known = heads(network)
    grids = _grids(network, until, _SMALL if seconds is None else _LARGE)
    for grid in grids:
        begun, steps = time.monotonic(), Steps(network, known, grid)
        solution = steps.program.solve(left())
        if solution is None:
            return
        yield Proven("steps", steps.weigh(solution.prices))
        took = time.monotonic() - begun
        if grid == grids[-1] or _finer(steps.program, took) > left():
            spare = 0.0 if seconds is None else (1 - _CUTTING) * seconds
            rounds = _BLIND if seconds is None else _ROUNDS
            yield from _cut(steps, solution, rounds, left, took + spare)
            return


def _finer(program: SparseProgram, took: float) -> float:
    """How long a grid twice as fine may take: no longer, if it is the first priced nearly."""
    return took if program.is_nearly_large else _GROWTH * took


def _cut(
    steps: Steps, solution: Solution, rounds: int, left: Callable[[], float], least: float
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
        gained, solution, before = proof.weighed - before, again, proof.weighed
        if gained < _GAIN * abs(before):
            break
    if steps.program.is_large and solution.values and left() >= least:
        last = steps.program.solve(left(), solution, closely=True)
        if last is not None:
            yield Proven(source, steps.weigh(last.prices))


def _grids(network: Network, until: int, most: int) -> list[range]:
    """Grids from coarse to fine, as far as there are not too many steps to decide on."""
    chains = sum(len(item.modes) for item in network.activities)
    chains += sum(map(has_chain, network.events))
    sizes = {width: chains * (until // width + 1) for width in _WIDTHS}
    coarsest = next((w for w in reversed(_WIDTHS) if sizes[w] <= _SMALL), _WIDTHS[0])
    widths = [w for w in _WIDTHS if w == coarsest or (w < coarsest and sizes[w] <= most)]
    return [range(width - 1, until + width, width) for width in widths]
