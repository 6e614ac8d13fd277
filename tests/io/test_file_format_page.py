"""The page on the file format says what the records say: every key, its bounds and its default."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import attrs
import pytest

from roadmap.errors import FormatError
from roadmap.facts import (
    Absence,
    Blackout,
    Budget,
    Capability,
    Dependency,
    Fence,
    Freeze,
    Holiday,
    Initiative,
    Member,
    Mode,
    Need,
    Outcome,
    Pilot,
    Programme,
    Quota,
    ReleaseCalendar,
    Risk,
    Selection,
    System,
    Team,
    Unit,
    Workaround,
)
from roadmap.fields import (
    Amounts,
    Choice,
    Flag,
    Kind,
    Levels,
    LevelTexts,
    Moment,
    Names,
    Percent,
    Profile,
    Record,
    Records,
    Text,
    Whole,
    Wholes,
)
from roadmap.io import read
from roadmap.io.schema import schema
from roadmap.listed import LevelAmounts, Moments, SkillAmounts
from roadmap.losses import CostOfDelay, Deadline, Fading, Table, Window
from roadmap.portfolio import Portfolio
from roadmap.timeline import FISCAL_WEEKS, UNITS, Timeline

PAGE = Path(__file__).parents[2] / "docs" / "file-format.md"
SECTIONS: dict[str, type] = {
    "The file": Portfolio,
    "`timeline`": Timeline,
    "`teams`": Team,
    "`units`": Unit,
    "`capabilities`": Capability,
    "`needs`": Need,
    "`initiatives`": Initiative,
    "`modes`": Mode,
    "`dependencies`": Dependency,
    "`systems`": System,
    "`workarounds`": Workaround,
    "`pilots`": Pilot,
    "`absences`": Absence,
    "`members`": Member,
    "`freezes`": Freeze,
    "`blackouts`": Blackout,
    "`release_calendars`": ReleaseCalendar,
    "`holidays`": Holiday,
    "`selections`": Selection,
    "`programmes`": Programme,
    "`budgets`": Budget,
    "`quotas`": Quota,
    "`fences`": Fence,
    "`outcomes`": Outcome,
    "`risk`": Risk,
    "`cost of delay`": CostOfDelay,
    "`deadline`": Deadline,
    "`window`": Window,
    "`fading`": Fading,
    "`table`": Table,
}
_TIMELINE = {
    "start": "a date",
    "periods": "whole, 1 to 10,000",
    "unit": ", ".join(UNITS),
    "fiscal_year_start": "whole, 1 to 12",
    "fiscal_weeks": ", ".join(FISCAL_WEEKS),
}


def holds(kind: Kind | None, name: str) -> str:
    """What a key may hold, in words."""
    match kind:
        case Text(names=str() as names):
            return f"a name, of {names}"
        case Text():
            return "text"
        case Whole(minimum=least, maximum=most):
            return f"whole, {least:,} to {most:,}"
        case Choice(options=options):
            return ", ".join(options)
        case Moment():
            return "a date or a boundary"
        case Flag():
            return "`true` or `false`"
        case Moments():
            return "a list of dates or boundaries"
        case SkillAmounts():
            return "a table: teams to skills to whole numbers"
        case Amounts(names=names):
            return f"a table: names of {names} to whole numbers"
        case LevelAmounts():
            return "a table: levels to whole numbers"
        case Levels():
            return "a table: levels to `all`, `any` or how many"
        case Names(names=None):
            return "a list of texts"
        case Names(names=str() as names):
            return f"a list of names, of {names}"
        case Percent():
            return "a number, 0 to 100"
        case LevelTexts():
            return "a table: levels to text"
        case Profile():
            return "whole, a list, or a table by date"
        case Wholes():
            return "a list of whole numbers"
        case Record(classes=classes) if classes == (Risk,):
            return "a table"
        case Record():
            return "a loss profile, or a list of them"
        case Records():
            return "a list of tables"
        case _:
            return _TIMELINE.get(name, "a table")


def default(field: attrs.Attribute[Any]) -> str:
    """What holds when a key is left out."""
    if field.default is attrs.NOTHING:
        return "**required**"
    if field.default is False:
        return "`false`"
    plain = isinstance(field.default, int) or (isinstance(field.default, str) and field.default)
    return f"`{field.default}`" if plain else "–"


def expected(cls: type) -> list[str]:
    """The rows of a section's table."""
    return [
        f"| `{field.name}` | {holds(field.metadata.get('kind'), field.name)} | {default(field)} |"
        for field in attrs.fields(cls)
    ]


def section(title: str) -> str:
    """A section of the page, without its title."""
    found = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#|\Z)", PAGE.read_text(), re.M | re.S)
    assert found is not None, f"the page has no section {title}"
    return found[1]


@pytest.mark.parametrize("title", SECTIONS)
def test_every_key_stands_on_the_page_as_it_is(title: str) -> None:
    """Each section lists the record's keys, in order, with what they hold and their defaults."""
    rows = re.findall(r"^(\| `.*? \|.*? \|.*? \|).*\|$", section(title), re.M)
    assert expected(SECTIONS[title]) == rows


def blocks(language: str) -> list[str]:
    """The page's blocks in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE.read_text(), re.M | re.S)


def test_the_page_shows_one_portfolio_in_three_languages(tmp_path: Path) -> None:
    """The YAML, JSON and TOML at the top are the same portfolio."""
    read_ones = []
    for language in ("yaml", "json", "toml"):
        path = tmp_path / f"minimal.{language}"
        path.write_text(blocks(language)[0])
        read_ones.append(read(path))
    assert read_ones == [read_ones[0]] * 3


def test_the_page_shows_the_faults_of_a_file_as_they_are_told(tmp_path: Path) -> None:
    """The faulty file of the page gives the message beneath it."""
    path = tmp_path / "mine.yaml"
    path.write_text(blocks("yaml")[1])
    with pytest.raises(FormatError) as told:
        read(path)
    assert blocks("text")[0].rstrip().replace("mine.yaml", str(path)) == str(told.value)


def test_the_page_names_the_schemas_keys() -> None:
    """What the schema allows at the top is on the page."""
    for key in schema()["properties"]:
        assert f"`{key}`" in PAGE.read_text()
