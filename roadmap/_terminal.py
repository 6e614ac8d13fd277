"""What the command line says, and where: no output can crash it, and no name can command it."""

from __future__ import annotations

import os
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

import attrs

from roadmap._text import money, visible

if TYPE_CHECKING:
    from rich.text import Text

    from roadmap.result import Progress

_PLAIN = str.maketrans("\u2500\u2013\u2192\ufffd", "-->?")

# characters that turn the direction of writing, and so can show a line as what it is not
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd")


def say(text: object) -> None:
    """Write the outcome, to standard output."""
    _write(sys.stdout, str(text))


def tell(text: object) -> None:
    """Write what is said beside the outcome, to standard error."""
    _write(sys.stderr, str(text))


def _write(stream: TextIO | None, text: str) -> None:
    """Write lines whole; what the encoding cannot show is written as it can."""
    if stream is None:
        return
    lines = "".join(visible(line) + "\n" for line in text.split("\n")).translate(_TURNS)
    encoding = stream.encoding or "utf-8"
    if lines.encode(encoding, "replace").decode(encoding) != lines:
        lines = lines.translate(_PLAIN).encode(encoding, "replace").decode(encoding)
    try:
        stream.write(lines)
        stream.flush()
    except BrokenPipeError:
        _drop(stream)
    except OSError as error:
        _drop(stream)
        raise OSError(f"the output cannot be written: {error.strerror}") from None


def _drop(stream: TextIO) -> None:
    """Let what is still to come go nowhere: at the exit too, where it would fail again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


@contextmanager
def told_warnings() -> Iterator[None]:
    """Say warnings as notes, without the place in the code from which they come."""

    def note(message: Warning | str, *_: object, **__: object) -> None:
        tell(f"note: {message}")

    with warnings.catch_warnings():
        warnings.showwarning = note
        yield


@contextmanager
def watching(currency: str, *, quiet: bool = False) -> Iterator[Callable[[Progress], None] | None]:
    """Show a run as it goes, if standard error is a terminal; else nothing at all.

    Parameters
    ----------
    currency
        The unit of money.
    quiet
        Show nothing on a terminal either.

    Yields
    ------
    callable or None
        What a solver is to call with each step of its run.
    """
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.live import Live

    watch = Watch(currency)
    console = Console(stderr=True, highlight=False)
    with Live(watch, console=console, transient=True, redirect_stdout=False, redirect_stderr=False):
        yield watch.see


@attrs.define
class Watch:
    """The line that shows a run: time, cost, bound, gap, and who found it."""

    currency: str
    began: float = attrs.field(factory=time.monotonic)
    last: Progress | None = None
    finder: str = ""

    def see(self, step: Progress) -> None:
        """Take note of a step."""
        if self.last is None or self.last.objective != step.objective:
            self.finder = step.source
        self.last = step

    def line(self) -> str:
        """What is known by now."""
        told = [f"{time.monotonic() - self.began:.0f} s", *self._known()]
        return visible(", ".join(told)) + " (Ctrl-C takes the best plan so far)"

    def _known(self) -> Iterator[str]:
        step = self.last
        if step is None or step.objective is None:
            yield "no plan yet"
        else:
            yield f"costs {money(step.objective, self.currency)} ({self.finder})"
        if step is not None and step.bound is not None:
            yield f"none can cost less than {money(step.bound, self.currency)}"
            if step.objective is not None and step.objective != step.bound:
                most = max(abs(step.objective), abs(step.bound))
                yield f"gap {(step.objective - step.bound) / most:.1%}"

    def __rich__(self) -> Text:
        from rich.text import Text

        return Text(self.line(), overflow="ellipsis", no_wrap=True)
