"""The page on the command line names all there is to say to it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from roadmap.cli import main
from tests.cli.cases import Said

PAGE = Path(__file__).parents[2] / "docs" / "command-line.md"


def test_every_command_and_option_is_on_the_page(said: Said) -> None:
    """Whatever ``--help`` names stands in the page's tables."""
    page = PAGE.read_text(encoding="utf-8")
    commands = re.findall(r"^\| `roadmap (\w+)` ", page, re.MULTILINE)
    assert helped(said)[0] == commands
    for command in commands:
        _, options = helped(said, command)
        told = re.search(rf"^## .*`{command}`\n(.*?)(?=^## )", page, re.MULTILINE | re.DOTALL)
        assert told is not None
        assert options == set(re.findall(r"(?:^\| |, )`(-{1,2}[\w-]+)", told[1], re.MULTILINE))


def helped(said: Said, *words: str) -> tuple[list[str], set[str]]:
    """The commands and options that ``--help`` names."""
    with pytest.raises(SystemExit):
        main([*words, "--help"])
    text = said.out()
    commands = re.findall(r"^    (\w+) +[A-Z]", text, re.MULTILINE)
    options = set(re.findall(r"(?:^  |, )(-{1,2}[a-z][\w-]*)", text, re.MULTILINE))
    return commands, options - {"-h", "--help", "--version"}
