"""A process of our own beside this one, and the lines of JSON that go between the two.

Nothing is pickled, nothing of the caller's ``__main__`` is run, nothing that native code prints
gets in between, and the child ends when its parent does.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from itertools import repeat
from tempfile import TemporaryFile
from types import NoneType, UnionType
from typing import IO, Any, get_args, get_origin, get_type_hints

import attrs

from roadmap.network import Slot
from roadmap.solvers.incumbent import Incumbent

GRACE = 1.0
"""Seconds that a child has to answer after its time is over, before it is ended."""

SLICE = 0.05
"""Seconds between two looks at what a child says."""

PLAN = tuple[Slot | None, ...]
"""The kind of a plan, for ``unpacked``."""

Tell = Callable[[dict[str, Any]], None]
"""A way to speak to the parent."""


@attrs.define(eq=False)
class Child:
    """The other process, and what comes from it and goes to it.

    Either way has a thread of its own, as a child that no longer moves would hold up its caller.
    """

    process: subprocess.Popen[bytes]
    complaints: IO[bytes]
    _came: queue.SimpleQueue[bytes] = attrs.field(factory=queue.SimpleQueue)
    _going: queue.SimpleQueue[bytes] = attrs.field(factory=queue.SimpleQueue)
    _threads: list[threading.Thread] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._threads = [
            threading.Thread(target=work, name="roadmap-child", daemon=True)
            for work in (self._read, self._write)
        ]
        for thread in self._threads:
            thread.start()

    def _read(self) -> None:
        """Pass on its lines; an empty one says that there are no more."""
        for line in self.process.stdout or ():
            self._came.put(line)
        self._came.put(b"")

    def _write(self) -> None:
        """Pass lines to it until an empty one."""
        while self._pass_on(self._going.get()):
            pass  # and nothing is held while waiting: a line may have megabytes

    def _pass_on(self, line: bytes) -> bool:
        """Whether there is a line to pass on; a child that is gone does not listen."""
        if line and self.process.stdin is not None:
            with suppress(OSError):
                self.process.stdin.write(line)
                self.process.stdin.flush()
        return bool(line)

    def news(self) -> Iterator[dict[str, Any] | None]:
        """What it says, and between it and whenever it says nothing ``None``; until it ends."""
        while True:
            with suppress(queue.Empty):
                line = self._came.get(timeout=SLICE)
                if not line.endswith(b"\n"):  # the end, or a line that death cut short
                    return
                yield read(line)
            yield None

    def heard(self) -> Iterator[dict[str, Any]]:
        """What it has said by now, without waiting for more."""
        with suppress(queue.Empty):
            while (line := self._came.get_nowait()).endswith(b"\n"):
                yield read(line)

    def tell(self, what: Any) -> None:
        """Tell it something."""
        self._going.put(written(what).encode() + b"\n")

    def obituary(self) -> str:
        """What became of it, in a sentence."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=GRACE / 2)
        if self.process.returncode is None:
            return "the solver did not end in time; this is the best plan it had told of"
        return f"the solver's process {self._end}; this is the best plan it had told of"

    @property
    def fault(self) -> str:
        """How it broke down; empty while it works, and where it has ended well."""
        return self._end if self.process.poll() else ""

    @property
    def _end(self) -> str:
        """How it ended, and the last that it complained of."""
        code = self.process.returncode
        self.complaints.seek(0)
        said = self.complaints.read().decode(errors="replace").strip().splitlines()
        how = f"was ended by {_signal_name(-code)}" if code < 0 else f"ended with code {code}"
        return f"{how} ({said[-1][:200]})" if said else how

    def bury(self) -> None:
        """End it, if need be, and leave nothing of it behind."""
        self.process.kill()
        self.process.wait()
        self._going.put(b"")
        for thread in self._threads:
            thread.join()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


@contextmanager
def child_of(module: str) -> Iterator[Child | None]:
    """Run a module in a process of its own, which is buried in the end.

    The terminal's Ctrl-C does not reach it.
    ``None`` where no process can be started.
    """
    with TemporaryFile() as complaints:
        try:
            process = subprocess.Popen(  # noqa: S603 - our own modules, by the same interpreter
                [sys.executable, "-P", "-m", module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=complaints,
                env=os.environ | {"PYTHONPATH": _search_path()},
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        except OSError:
            yield None
            return
        child = Child(process, complaints)
        try:
            yield child
        finally:
            child.bury()


@contextmanager
def companion(module: str, best: Incumbent, who: str) -> Iterator[Child | None]:
    """A child beside a search, whose plan takes note if none can be started or if it breaks down.

    Parameters
    ----------
    module
        What it runs.
    best
        What takes note.
    who
        What it is called then.
    """
    with child_of(module) as child:
        if child is None:
            best.mishap("no process could be started beside this one: less is tried and proven")
        yield child
        if child is not None and child.fault:
            best.mishap(f"{who} {child.fault}")


def _search_path() -> str:
    """The caller's module path, so that the child finds the same modules."""
    return os.pathsep.join(os.path.abspath(entry) for entry in sys.path)


def written(told: Any) -> str:
    """A line that tells something; a record is the list of its fields."""
    return json.dumps(told, default=_fields)


def _fields(record: Any) -> list[Any]:
    return [getattr(record, field.name) for field in attrs.fields(type(record))]


def read(line: str | bytes) -> Any:
    """What a line tells, in plain lists; equal numbers are one: a network's tables have many."""
    numbers: dict[str, int] = {}

    def number(digits: str) -> int:
        return numbers.setdefault(digits, int(digits))

    return json.loads(line, parse_int=number)


def unpacked(kind: Any, data: Any) -> Any:
    """The record of a kind, or the tuple of them, that plain lists tell of."""
    if not isinstance(data, list):
        return data
    if get_origin(kind) is UnionType:  # a record, or none
        kind = next(part for part in get_args(kind) if part is not NoneType)
    if get_origin(kind) is tuple:
        inner = get_args(kind)
        kinds: Iterable[Any] = repeat(inner[0]) if inner[-1] is Ellipsis else inner
        return tuple(map(unpacked, kinds, data))
    return kind(*map(unpacked, _field_kinds(kind), data))


@cache
def _field_kinds(kind: Any) -> tuple[Any, ...]:
    return tuple(get_type_hints(kind).values())


def voice() -> Tell:
    """A way to speak to the parent that nothing else writes to, native code included."""
    pipe = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def tell(told: dict[str, Any]) -> None:
        pipe.write(written(told) + "\n")
        pipe.flush()

    return tell


def listen(heard: Callable[[Any], object]) -> None:
    """Hear the parent, in a thread of its own; silence for ever means that it is gone.

    Parameters
    ----------
    heard
        Called with all that it says.
    """

    def hear() -> None:
        for line in sys.stdin.buffer:
            heard(read(line))
        os._exit(0)

    threading.Thread(target=hear, name="roadmap-parent", daemon=True).start()
