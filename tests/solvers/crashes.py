"""Let the solver's own process die at some moment, and say what is left."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from roadmap.result import Result
from roadmap.solvers import solve
from roadmap.solvers.child import GRACE
from tests.solvers.cases import hard

LIMIT = 3.0
"""Seconds; deaths come within it."""
LATEST = LIMIT + 2 * GRACE
"""Seconds after which there is an answer, whatever happens."""


@contextmanager
def births(attend: Callable[[subprocess.Popen[bytes]], None]) -> Iterator[None]:
    """Let each process that the library starts be attended."""
    start = subprocess.Popen

    def attended(*given: Any, **options: Any) -> subprocess.Popen[bytes]:
        process = start(*given, **options)
        attend(process)
        return process

    with patch("roadmap.solvers.child.subprocess.Popen", attended):
        yield


def killed_after(seconds: float, by: int = signal.SIGKILL) -> Result:
    """Solve apart, with the solver's process killed after so long."""
    killers: list[threading.Timer] = []

    def attend(process: subprocess.Popen[bytes]) -> None:
        killers.append(threading.Timer(seconds, os.kill, (process.pid, by)))
        killers[0].start()

    with births(attend):
        result = solve(hard(), time_limit=LIMIT, workers=2, isolate=True)
    killers[0].join()
    return result


def moments(seed: int, count: int) -> list[float]:
    """Random moments of a child's life: its start, its rules, its search."""
    rng = random.Random(seed)
    return [rng.uniform(0.0, LIMIT - 0.7) for _ in range(count)]


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """A result, and how long it took."""
    began = time.monotonic()
    return work(), time.monotonic() - began
