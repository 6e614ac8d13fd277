"""Ctrl-C asks a run to stop, and leaves Python's own handling as it was.

CP-SAT's own handling of the signal does not give Python's handler back, so it is switched off
everywhere; while a run lasts, in the main thread, the first Ctrl-C sets an event and the second
raises ``KeyboardInterrupt`` as usual.
"""

from __future__ import annotations

import math
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_SLICE = 0.02


class Stop(threading.Event):
    """An event without a lock, which a signal's handler may set whatever it breaks into.

    Python runs the handler between two steps of the main thread, which may just hold the lock of
    an ordinary event; setting that would wait for itself for ever.
    """

    _asked = False

    def is_set(self) -> bool:
        """Whether it has been set."""
        return self._asked

    def set(self) -> None:
        """Set it."""
        self._asked = True

    def clear(self) -> None:
        """Unset it."""
        self._asked = False

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until it is set, or so many seconds; whether it is set then."""
        until = math.inf if timeout is None else time.monotonic() + timeout
        while not self._asked and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, _SLICE))
        return self._asked


@contextmanager
def stop_on_interrupt(stop: Stop) -> Iterator[None]:
    """Let Ctrl-C set ``stop`` while the block runs; off the main thread, change nothing."""
    before = signal.getsignal(signal.SIGINT)
    ours_to_take = threading.current_thread() is threading.main_thread() and callable(before)
    if not ours_to_take:
        yield
        return
    pressed = False

    def ask_to_stop(*_: object) -> None:
        # the handler is given back before anything is raised, as what is raised can land where
        # no ``finally`` is reached
        nonlocal pressed
        if pressed:
            signal.signal(signal.SIGINT, before)
            raise KeyboardInterrupt
        pressed = True
        stop.set()

    try:
        signal.signal(signal.SIGINT, ask_to_stop)
        yield
    finally:
        signal.signal(signal.SIGINT, before)
