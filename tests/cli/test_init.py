"""Beginning: the starter portfolio and the schema."""

from __future__ import annotations

import json
from pathlib import Path

import roadmap as rm
from roadmap.cli import main
from tests.cli.cases import Said


def test_init_makes_a_portfolio_that_solves(said: Said) -> None:
    """The starter portfolio is sound, solves, and names the schema that lies beside it."""
    assert 0 == main(["init"])
    told = said.out()
    assert "Wrote roadmap.yaml and roadmap.schema.json.\n" in told
    assert "roadmap solve roadmap.yaml --out plan" in told
    text = Path("roadmap.yaml").read_text(encoding="utf-8")
    assert "# yaml-language-server: $schema=roadmap.schema.json" in text
    assert rm.schema_text() == Path("roadmap.schema.json").read_text(encoding="utf-8")
    assert 0 == main(["solve", "roadmap.yaml", "--out", "plan", "--time-limit", "20"])


def test_init_in_a_folder_or_a_file(said: Said) -> None:
    """It takes a folder, which it makes, or a name for the file."""
    assert 0 == main(["init", "new/place"])
    assert Path("new/place/roadmap.yaml").is_file()
    assert 0 == main(["init", "mine/city.yml"])
    assert {"city.yml", "roadmap.schema.json"} == {p.name for p in Path("mine").iterdir()}
    assert "roadmap solve mine/city.yml --out mine/plan" in said.out()


def test_init_never_overwrites(said: Said) -> None:
    """A portfolio, or another schema, that is there stays; the same schema is no hindrance."""
    assert 0 == main(["init"])
    said.out()
    Path("roadmap.yaml").write_text("mine", encoding="utf-8")
    assert 2 == main(["init"])
    assert "roadmap: roadmap.yaml is there already; --force replaces what is there\n" == said.err()
    assert 0 == main(["init", "second.yaml"])
    Path("roadmap.schema.json").write_text("mine too", encoding="utf-8")
    said.out()
    assert 2 == main(["init", "third.yaml"])
    assert "roadmap.schema.json is there already" in said.err()
    assert not Path("third.yaml").exists()
    assert "mine" == Path("roadmap.yaml").read_text(encoding="utf-8")
    assert 0 == main(["init", "--force"])
    assert "mine" != Path("roadmap.yaml").read_text(encoding="utf-8")


def test_init_writes_yaml_only(said: Said) -> None:
    """A starter in another format is not promised, and not made."""
    assert 2 == main(["init", "bank.toml"])
    assert "roadmap: the starter is written as YAML: bank.yaml, say\n" == said.err()


def test_schema(said: Said) -> None:
    """The JSON Schema goes to standard output, or to a file that is not there."""
    assert 0 == main(["schema"])
    assert json.loads(rm.schema_text()) == json.loads(said.out())
    assert 0 == main(["schema", "-o", "s.json"])
    assert "Wrote s.json.\n" == said.err()
    assert 2 == main(["schema", "-o", "s.json"])
    assert 0 == main(["schema", "-o", "s.json", "--force"])
