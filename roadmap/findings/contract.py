"""What a finding is, and a list of them that shows itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import overload

import attrs

from roadmap._text import html_table, text_table


@attrs.frozen
class Finding:
    """Something that is no fault, and yet keeps a plan from being believed.

    Attributes
    ----------
    kind
        What sort of thing it is: ``need without owner``.
    path
        Where it stands: ``needs[2].owner``.
    sentence
        What was found, in business words.
    remedy
        What would put it right.
    """

    kind: str
    path: str
    sentence: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.path}: {self.sentence}; {self.remedy}"


class Findings(Sequence[Finding]):
    """Findings in order: by kind, and within a kind as the facts are stated.

    They print as a table, and show as one in a notebook.
    """

    __slots__ = ("_found",)

    def __init__(self, found: Iterable[Finding] = ()) -> None:
        self._found = tuple(found)

    @overload
    def __getitem__(self, at: int) -> Finding: ...
    @overload
    def __getitem__(self, at: slice) -> Findings: ...
    def __getitem__(self, at: int | slice) -> Finding | Findings:
        return Findings(self._found[at]) if isinstance(at, slice) else self._found[at]

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __eq__(self, other: object) -> bool:
        return self._found == other._found if isinstance(other, Findings) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._found)

    def __repr__(self) -> str:
        return f"Findings({list(self._found)!r})"

    def of_kind(self, kind: str) -> Findings:
        """Those of one kind."""
        return Findings(each for each in self._found if each.kind == kind)

    def __str__(self) -> str:
        return text_table(_HEAD, self._rows()) if self._found else _NONE

    def _repr_html_(self) -> str:
        return html_table(_HEAD, self._rows()) if self._found else f"<p>{_NONE}</p>"

    def _rows(self) -> list[tuple[str, ...]]:
        return [(each.kind, each.path, each.sentence, each.remedy) for each in self._found]


_HEAD = ("finding", "where", "what", "remedy")
_NONE = "There is nothing to be found."
