"""Ctrl-C asks a run to stop, and leaves Python's own handling as it was.

CP-SAT's own handling of the signal does not give Python's handler back, so it is switched off
everywhere; while a run lasts, in the main thread, the first Ctrl-C sets an event and the second
raises ``KeyboardInterrupt`` as usual.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def stop_on_interrupt(stop: threading.Event) -> Iterator[None]:
    """Let Ctrl-C set ``stop`` while the block runs; off the main thread, change nothing."""
    before = signal.getsignal(signal.SIGINT)
    ours_to_take = threading.current_thread() is threading.main_thread() and callable(before)
    if not ours_to_take:
        yield
        return
    pressed = False

    def ask_to_stop(*_: object) -> None:
        # of its own, and first: a second signal can land inside ``stop.set()``, whose lock must
        # not be asked for again; and the handler is given back before anything is raised, as
        # what is raised can land where no ``finally`` is reached
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
