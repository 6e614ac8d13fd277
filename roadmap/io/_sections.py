"""Files in parts under titles, as PSPLIB's are: the numbers of each part, and what is wrong."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from typing import NoReturn

import attrs

from roadmap.errors import Fault, FormatError
from roadmap.fields import shown


@attrs.define
class Sections:
    """The lines of a file; what is wrong with them gathers in ``faults``.

    Attributes
    ----------
    lines
        The text, cut at its line ends; places in it count from 0.
    kind
        What the file should be, for remedies: "a single-mode file of PSPLIB".
    faults
        What was found so far.
    """

    lines: Sequence[str]
    kind: str
    faults: list[Fault] = attrs.field(factory=list)

    def fault(self, at: int, problem: str, remedy: str) -> None:
        """Note a fault of a line."""
        self.faults.append(Fault("document", problem, remedy, min(at + 1, len(self.lines) or 1)))

    def refuse(self, source: str | os.PathLike[str]) -> NoReturn:
        """Raise all faults, in the order of their lines."""
        raise FormatError(sorted(self.faults, key=lambda fault: fault.line or 0), os.fspath(source))

    def part(self, title: str, head: int) -> dict[int, list[int]] | None:
        """The numbers of each line of a part, which ends at a line of stars.

        Parameters
        ----------
        title
            How its first line begins; blanks before and inside do not count.
        head
            How many lines stand before its numbers, that of the title among them.

        Returns
        -------
        dict or None
            Place of a line to its numbers; ``None`` where the part is missing or there twice.
        """
        wanted = title.replace(" ", "")
        begins = [
            at for at, line in enumerate(self.lines) if line.replace(" ", "").startswith(wanted)
        ]
        if len(begins) != 1:
            times = "is missing" if not begins else f"stands {len(begins)} times"
            told = f"the part {title} {times}"
            self.fault(begins[-1] if begins else 0, told, f"give {self.kind}")
            return None
        return dict(self._numbers(begins[0] + head))

    def _numbers(self, begin: int) -> Iterator[tuple[int, list[int]]]:
        for at, line in enumerate(self.lines[begin:], start=begin):
            if line.startswith("*"):
                return
            if re.fullmatch(r"\s*[0-9]{1,9}(\s+[0-9]{1,9})*\s*", line):
                yield at, [int(number) for number in line.split()]
            elif line.strip():
                told = f"{shown(line.strip())} does not hold whole numbers alone"
                self.fault(at, told, "write numbers from 0 on, with spaces between")
