"""The pages say what is so: their code runs, prints what stands beneath it, and no link is dead.

A page is read as a reader in a clone would follow it: from top to bottom, standing in a folder
that holds ``docs/examples``.

* A ``python`` block is run. If the next block of the page is a ``text`` block, that is exactly
  what it prints.
* A ``console`` block holds commands after ``$`` and, beneath each, exactly what a terminal would
  show of it: standard output and standard error in the order of writing. ``echo $?`` shows the
  last exit code. The terminal is 80 columns wide.
* A comment ``<!-- not run: reason -->`` on the line before excuses a block.

Nothing is normalised before it is compared.
"""

from __future__ import annotations

import io
import re
import shlex
import shutil
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from itertools import pairwise
from pathlib import Path
from typing import Any

import attrs
import pytest

from roadmap.cli import main

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [
    ROOT / "README.md",
    *sorted(path for path in DOCS.rglob("*.md") if "_build" not in path.relative_to(DOCS).parts),
]

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})\s*(\S*)")
_EXCUSE = re.compile(r"\s*<!-- not run: \S.* -->\s*")
_LINK = re.compile(
    r"""\]\(\s*<?([^)\s>]+)  # [text](target), ![text](target)
    | ^\[[^\]]+\]:\s*<?([^\s>]+)  # [name]: target
    | \b(?:src|href)="([^"]+)"  # in HTML""",
    re.MULTILINE | re.VERBOSE,
)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


@attrs.frozen
class Block:
    """A fenced block of a page.

    Attributes
    ----------
    language
        What stands behind the fence; empty for nothing.
    text
        What it holds, with the end of its last line.
    line
        Number of the fence's line, counted from 1.
    excused
        Whether the page says that it is not run.
    """

    language: str
    text: str
    line: int
    excused: bool


def split(page: str) -> tuple[list[Block], str]:
    """Split a page into its blocks and the rest, in which each block is as many empty lines."""
    blocks: list[Block] = []
    rest: list[str] = []
    lines = iter(page.splitlines())
    before = ""
    for line in lines:
        fence = _FENCE.match(line)
        if fence is None:
            rest.append(line)
        else:
            held = list(_until(lines, fence[1]))
            text = "".join(f"{each}\n" for each in held)
            excused = _EXCUSE.fullmatch(before) is not None
            blocks.append(Block(fence[2], text, len(rest) + 1, excused))
            rest += [""] * (len(held) + 2)
        before = line
    return blocks, "\n".join(rest)


def _until(lines: Iterator[str], fence: str) -> Iterator[str]:
    """Yield the lines up to the closing fence."""
    for line in lines:
        bare = line.strip()
        if bare.startswith(fence) and not bare.strip(fence[0]):
            return
        yield line
    raise AssertionError(f"a block that begins with {fence} is never closed")


def of(page: Path) -> list[Block]:
    """Name the blocks of a page."""
    return split(page.read_text("utf-8"))[0]


def has_code(page: Path) -> bool:
    """Say whether something of a page is to be run."""
    return any(each.language in ("python", "console") for each in of(page) if not each.excused)


def name_of(page: Path) -> str:
    """Name a page for people, as the reader in the clone does."""
    return page.relative_to(ROOT).as_posix()


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that looks like a clone to the pages; the tests stand in it."""
    shutil.copytree(DOCS / "examples", tmp_path / "docs" / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("MPLBACKEND", "Agg")
    return tmp_path


class Reader:
    """Follows a page: one namespace for its Python, one exit code for its commands."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._names: dict[str, Any] = {"__name__": "page"}
        self._code = 0

    def python(self, block: Block) -> str:
        """Run a Python block; what it prints."""
        # the empty lines give a traceback the page's own line numbers
        code = compile("\n" * block.line + block.text, self._page, "exec")
        printed = io.StringIO()
        with redirect_stdout(printed):
            exec(code, self._names)  # noqa: S102  # the pages are ours, and this is what they say
        return printed.getvalue()

    def command(self, line: str) -> str:
        """Run a command of a console block; what a terminal shows."""
        words = shlex.split(line, comments=True)
        if words == ["echo", "$?"]:
            return f"{self._code}\n"
        assert "roadmap" == words[0], f"only roadmap is run here: {line}"
        shown = io.StringIO()
        with redirect_stdout(shown), redirect_stderr(shown):
            try:
                self._code = main(words[1:])
            except SystemExit as stopped:
                self._code = int(stopped.code or 0)
        return shown.getvalue()


def commands(block: Block) -> Iterator[tuple[str, str]]:
    """Yield each command of a console block, and what is said to be shown beneath it."""
    lines = block.text.splitlines()
    assert lines[0].startswith("$ "), "a console block begins with a command"
    while lines:
        command = lines.pop(0)[2:]
        while command.endswith("\\"):
            command = command[:-1] + lines.pop(0)
        shown = []
        while lines and not lines[0].startswith("$ "):
            shown.append(lines.pop(0) + "\n")
        yield command, "".join(shown)


def follow(name: str, blocks: list[Block]) -> None:
    """Follow a page from top to bottom."""
    reader = Reader(name)
    for block, after in pairwise([*blocks, Block("", "", 0, False)]):
        if block.excused:
            continue
        if block.language == "console":
            for command, expected in commands(block):
                assert expected == reader.command(command), f"{name}, line {block.line}: {command}"
        elif block.language == "python":
            printed = reader.python(block)
            if after.language == "text" and not after.excused:
                assert after.text == printed, f"{name}, line {after.line}"


@pytest.mark.parametrize("page", [page for page in PAGES if has_code(page)], ids=name_of)
@pytest.mark.usefixtures("clone")
def test_what_a_page_shows_is_so(page: Path) -> None:
    """Every block of a page runs, and prints exactly what stands beneath it."""
    follow(name_of(page), of(page))


@pytest.mark.parametrize("name", ["README.md", "docs/tutorial.md", "docs/concepts.md"])
def test_the_pages_are_found(name: str) -> None:
    """The main pages are among those that are followed."""
    assert name in [name_of(page) for page in PAGES if has_code(page)]


@pytest.mark.parametrize(
    "page",
    [
        "```python\nprint(1)\n```\n\n```text\n2\n```\n",
        "```python\nprint(1)\n```\n\nIt prints:\n\n```text\n1 \n```\n",
        "```python\nprint(1)\n```\n\n```text\n```\n",
        "```console\n$ roadmap --version\nroadmap nought\n```\n",
        "```console\n$ roadmap check nowhere.yaml plan.csv\n```\n",
        "```console\n$ roadmap solve --colour\n$ echo $?\n0\n```\n",
        "```console\n$ rm plan\n```\n",
        "```console\nroadmap --version\n```\n",
    ],
)
@pytest.mark.usefixtures("clone")
def test_a_page_that_is_wrong_is_told(page: str) -> None:
    """Another text, a space too many, an untold message, an unknown command: each is a failure."""
    with pytest.raises(AssertionError):
        follow("page", split(page)[0])


@pytest.mark.usefixtures("clone")
def test_commands_are_shown_as_on_a_terminal() -> None:
    """What goes to standard error is shown too, then the exit code; a line may go on."""
    page = (
        "```console\n$ roadmap check nowhere.yaml \\\n    plan.csv  # by nobody\n"
        "roadmap: nowhere.yaml: there is no such file\n$ echo $?\n2\n```\n"
    )
    follow("page", split(page)[0])


@pytest.mark.usefixtures("clone")
def test_a_page_that_breaks_off_is_told() -> None:
    """Code that fails is a failure; names live from block to block, and on one page only."""
    right = split("```python\na = 1\n```\n```python\nprint(a)\n```\n```text\n1\n```\n")[0]
    follow("page", right)
    with pytest.raises(NameError):
        follow("page", right[1:])


@pytest.mark.usefixtures("clone")
def test_only_a_reason_excuses_a_block() -> None:
    """A block is left out if the line before says why, and only then."""
    fails = "```python\n1 / 0\n```\n"
    follow("page", split(f"<!-- not run: it divides by nought -->\n{fails}")[0])
    for comment in ("<!-- not run -->\n", "<!-- not run:  -->\n", "<!-- not run: x -->\n\n"):
        with pytest.raises(ZeroDivisionError):
            follow("page", split(comment + fails)[0])


def test_a_block_that_is_not_closed_is_told() -> None:
    """A page whose last fence is missing is a failure; a longer fence holds a shorter one."""
    with pytest.raises(AssertionError, match="never closed"):
        split("````text\n```\n")
    assert ["```\n"] == [block.text for block in split("````text\n```\n````\n")[0]]


def links(page: str) -> Iterator[tuple[int, str]]:
    """Yield the relative links of a page, with their lines; code holds none."""
    prose = re.sub(r"`[^`\n]*`", "", split(page)[1])
    for found in _LINK.finditer(prose):
        target = found[1] or found[2] or found[3]
        if not _SCHEME.match(target):
            yield prose.count("\n", 0, found.start()) + 1, target


def anchors(page: str) -> set[str]:
    """Name the headings of a page as links name them: as GitHub and MyST both do."""
    names: set[str] = set()
    for line in split(page)[1].splitlines():
        heading = re.match(r"#{1,6}\s+(.+?)\s*#*$", line)
        if heading:
            words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading[1]).lower()
            slug = re.sub(r"[^\w\- ]", "", words).replace(" ", "-")
            again = (f"{slug}-{count}" for count in range(1, 1000))
            names.add(slug if slug not in names else next(n for n in again if n not in names))
    return names


def dead(page: Path, text: str) -> list[str]:
    """Name the links that lead nowhere."""
    found = []
    for number, target in links(text):
        path, _, anchor = target.partition("#")
        file = page.parent / path if path else page
        if path and not file.exists():
            found.append(f"line {number}: {target}: no such file")
        elif anchor and anchor not in anchors(file.read_text("utf-8") if path else text):
            found.append(f"line {number}: {target}: no such heading")
    return found


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    """Every relative link of a page leads to a file, and to a heading if it names one."""
    assert [] == dead(page, page.read_text("utf-8"))


def test_dead_links_are_told() -> None:
    """A file or a heading that is not there is told with its line; what is there is not."""
    text = (
        "# A page, of `code`\n[a](nowhere.md) and ![b](pictures/gantt.png)\n"
        "[c](#a-page-of-code) [d](#a-page)\n[e](https://example.org/nowhere) `[f](nowhere.md)`\n"
        "[g](concepts.md#nowhere)\n\n[h]: nowhere.md\n```text\n[i](nowhere.md)\n```\n"
        "[which goes\non](nowhere.md#x) [![j](pictures/gantt.png)](nowhere.md)\n"
        '<img alt="k" src="nowhere.png"> [l](concepts.md#concepts)\n'
    )
    expected = [
        "line 2: nowhere.md: no such file",
        "line 3: #a-page: no such heading",
        "line 5: concepts.md#nowhere: no such heading",
        "line 7: nowhere.md: no such file",
        "line 12: nowhere.md#x: no such file",
        "line 12: nowhere.md: no such file",
        "line 13: nowhere.png: no such file",
    ]
    assert expected == dead(DOCS / "page.md", text)
