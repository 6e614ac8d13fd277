"""Reading YAML, JSON and TOML: what values mean, where they stand, and what is refused."""

from __future__ import annotations

import importlib
import io
import json
import math
import random
import time
import tomllib
from contextlib import suppress
from pathlib import Path as FilePath

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap.errors import Fault, FormatError
from roadmap.io import guarded_yaml
from roadmap.io._yaml_troubles import trouble
from roadmap.io.documents import MAX_BYTES, Document, parse, read_document

Path = tuple[str | int, ...]
SUFFIXES = (".yaml", ".json", ".toml")

YAML = """\
# a plan
timeline: {start: 2027-01, periods: 24}
capabilities:
  - name: identity
    level: 1
  - name: "instant payments"
    level:
initiatives:
  - name: hub
    raises:
      identity: 3
    combine: {3: all}
    note: |
      two
      lines
    cost: 80_000
    share: 0.5
"""
JSON = """\
{
\t"timeline": {"start": "2027-01", "periods": 24},
\t"capabilities": [
\t\t{"name": "identity", "level": 1},
\t\t{"name": "caf\\u00e9 \\ud83d\\ude00", "level": null,
\t\t "cost": -2.5e3, "open": true}
\t]
}
"""
TOML = """\
title = "plan"            # with a remark
[timeline]
start = 2027-01-15
periods = 24
[[capabilities]]
name = "identity"
"two words".level = 1
[[capabilities]]
name = 'instant payments'
text = \"\"\"
[timeline]
start = 3
\"\"\"
demand = { platform = 2, teams = [
  "a",
  { b = 1 },
] }
[capabilities.parent]
name = "x"
"""
SAMPLES = {".yaml": YAML, ".json": JSON, ".toml": TOML}


def refusal(text: str, suffix: str = ".yaml") -> tuple[Fault, ...]:
    """The faults for which a text is refused; each has a place, a problem and a remedy."""
    with pytest.raises(FormatError) as caught:
        parse(text, suffix, "bank" + suffix)
    assert "bank" + suffix == caught.value.source
    for fault in caught.value.faults:
        assert fault.path
        assert fault.problem
        assert fault.remedy
        assert fault.line is not None
    return caught.value.faults


def places(text: str, suffix: str = ".yaml") -> list[tuple[int | None, str]]:
    """Line and path of each fault."""
    return [(fault.line, fault.path) for fault in refusal(text, suffix)]


def paths(value: object, path: Path = ()) -> set[Path]:
    """The paths to a value and to all that it holds."""
    items: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        items = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    return {path}.union(*(paths(inner, (*path, part)) for part, inner in items))


def reads_or_refuses(text: str, suffix: str) -> bool:
    """Whether a text is read; any end but that or a refusal breaks the test."""
    try:
        document = parse(text, suffix)
    except FormatError as error:
        return not str(error)
    assert paths(document.data) == set(document.lines)
    assert min(document.lines.values()) >= 1
    assert max(document.lines.values()) <= 1 + text.count("\n") + text.count("\r")
    return True


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *((word, word) for word in ("NO", "no", "yes", "on", "off", "y", "Yes", "nUll", "=")),
        *((word, word) for word in ("1:30", "1:30:00", "010", "00", "-05", "0x1F", "0o17", "01.5")),
        *(
            (word, word)
            for word in ("1_00", "1__000", "_1", "1_000_", "1_000.5", "0_000", "2027_1")
        ),
        *((word, word) for word in ("2027-01", "2027-01-15", "2027-01-15T10:00:00Z", "1.2.3")),
        *((word, word) for word in (".", "--", "+", "e3", "1e", "0b1", "٣", "inf", "nan", "<<")),
        *((word, None) for word in ("", "~", "null", "Null", "NULL")),
        *((word, True) for word in ("true", "True", "TRUE")),
        *((word, False) for word in ("false", "False", "FALSE")),
        *(("0", 0), ("-0", 0), ("7", 7), ("-3", -3), ("+4", 4), ("1000000", 1_000_000)),
        *(("80_000", 80_000), ("-1_000_000", -1_000_000)),
        *(("1.5", 1.5), ("1e3", 1000.0), (".5", 0.5), ("1.", 1.0), ("-2.5E-1", -0.25)),
        *((".inf", math.inf), ("-.INF", -math.inf), ("+.Inf", math.inf)),
        *((f"'{word}'", word) for word in ("true", "1", "null", "1.5", "~")),
    ],
)
def test_plain_words_mean_what_yaml_1_2_says(written: str, meant: object) -> None:
    """Each word becomes the value, of the type, that the core schema gives it."""
    read = parse(f"- {written}\n", ".yaml").data
    assert repr([meant]) == repr(read)


def test_not_a_number_is_left_to_the_facts_to_refuse() -> None:
    """YAML's own word for no number is read, so that it can be refused with its place."""
    read = parse("[.nan, .NaN]", ".yaml").data
    assert "[nan, nan]" == repr(read)


def test_yaml_lines() -> None:
    """Every value of a YAML file has its line."""
    document = parse(YAML, ".yaml", "bank.yaml")
    lines = document.lines
    assert 21 == len(lines)
    assert 2 == lines[()]
    assert 2 == lines["timeline", "start"]
    assert 4 == lines["capabilities", 0]
    assert 7 == lines["capabilities", 1, "level"]
    assert 11 == lines["initiatives", 0, "raises"]
    assert 12 == lines["initiatives", 0, "combine", 3]
    assert 13 == lines["initiatives", 0, "note"]
    assert 16 == lines["initiatives", 0, "cost"]
    assert "bank.yaml" == document.source


def test_json_lines_and_data() -> None:
    """JSON is what the standard library says, tabs and escapes and all, with its lines."""
    document = parse(JSON, ".json")
    assert json.loads(JSON) == document.data
    assert 1 == document.lines[()]
    assert 2 == document.lines["timeline", "periods"]
    assert 3 == document.lines[("capabilities",)]
    assert 5 == document.lines["capabilities", 1, "level"]
    assert 6 == document.lines["capabilities", 1, "open"]


def test_toml_lines_and_data() -> None:
    """TOML has a line for every value, in the right table; days are text."""
    document = parse(TOML, ".toml")
    wanted = tomllib.loads(TOML)
    wanted["timeline"]["start"] = "2027-01-15"
    assert wanted == document.data
    assert {
        ("timeline",): 2,
        ("timeline", "start"): 3,
        ("capabilities",): 5,
        ("capabilities", 0): 5,
        ("capabilities", 0, "two words"): 7,
        ("capabilities", 0, "two words", "level"): 7,
        ("capabilities", 1, "text"): 10,
        ("capabilities", 1, "demand", "teams", 0): 15,
        ("capabilities", 1, "demand", "teams", 1, "b"): 16,
        ("capabilities", 1, "parent", "name"): 19,
    }.items() <= document.lines.items()


def test_the_line_of_what_is_not_there() -> None:
    """A path that leads nowhere has the line of what encloses it."""
    document = parse(YAML, ".yaml")
    assert 5 == document.line(("capabilities", 0, "level"))
    assert 4 == document.line(("capabilities", 0, "parent", "x"))
    assert 2 == document.line(("teams", 4))
    assert Document({}, {}).line(("a",)) is None


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_value_has_a_line(suffix: str) -> None:
    """No value is without a line, and no line is without a value."""
    document = parse(SAMPLES[suffix], suffix)
    assert paths(document.data) == set(document.lines)


def test_empty_files() -> None:
    """An empty YAML file holds nothing, an empty TOML file an empty table; JSON must hold one."""
    assert Document(None, {(): 1}) == parse("", ".yaml")
    assert Document(None, {(): 1}) == parse("# only a remark\n", ".yml")
    assert Document({}, {(): 1}) == parse("", ".toml")
    assert [(1, "document")] == places("", ".json")


def test_all_that_yaml_may_not_use_is_named_at_once() -> None:
    """Anchors, aliases, tags, merge keys and names that stand twice: each with its line."""
    text = (
        "a: &x 1\nb: *x\nc: !!str 2\nd: !python/object:os.system ls\n"
        "<<: {e: 1}\na: 3\n*x : !y &z []\n"
    )
    found = [(fault.line, fault.problem) for fault in refusal(text)]
    assert [
        (1, "the anchor '&x' is not allowed"),
        (2, "the alias '*x' is not allowed"),
        (3, "the tag '!!str' is not allowed"),
        (4, "the tag '!python/object:os.system' is not allowed"),
        (5, "the merge key << is not allowed"),
        (6, "'a' stands twice: first on line 1, again on line 6"),
        (7, "the alias '*x' is not allowed"),
        (7, "the anchor '&z' is not allowed"),
        (7, "the tag '!y' is not allowed"),
    ] == found


def test_a_tag_that_says_nothing_is_refused_too() -> None:
    """The lone exclamation mark, and a shorthand for tags, are tags."""
    assert [(2, "[1]")] == places("- 1\n- ! 2\n")
    assert [(1, "document")] == places("%TAG ! tag:x,2000:\n---\na: 1\n")


def test_names_are_text_or_whole_numbers() -> None:
    """Other names are refused, unless in quotes."""
    found = places("a:\n  true: 1\n  ~: 2\n  1.5: 3\n  ? [b]\n  : 4\n  ? {c: 1}\n  : 5\n")
    assert [(2, "a"), (3, "a"), (4, "a"), (5, "a"), (7, "a")] == found
    assert {"true": 1, "~": 2, 3: 4} == parse("'true': 1\n'~': 2\n3: 4", ".yaml").data
    assert "a name is missing" == refusal("?\n: 1")[0].problem


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".yaml", "x:\n  a: 1\n  b: 2\n  a: 3\n  'b': 4\n"),
        (".json", '{"x":\n{"a": 1,\n"b": 2,\n"a": 3,\n"\\u0062": 4}}'),
        (".toml", '[x]\na = 1\nb = 2\na = 3\n"\\u0062" = 4\n'),
    ],
)
def test_names_that_stand_twice_are_named_with_both_lines(suffix: str, text: str) -> None:
    """All of them at once, in each format."""
    found = [(fault.path, fault.problem) for fault in refusal(text, suffix)]
    assert [
        ("x.a", "'a' stands twice: first on line 2, again on line 4"),
        ("x.b", "'b' stands twice: first on line 3, again on line 5"),
    ] == found


def test_a_toml_table_that_stands_twice() -> None:
    """Tables and names in lines of their own are told apart by the list item they are in."""
    text = "[[a]]\n[a.b]\nc = 1\n[[a]]\n[a.b]\nc = 1\n[a.b]\n"
    assert [(7, "a[1].b")] == places(text, ".toml")
    assert [(2, "document")] == places("a.b = 1\n[a]\n", ".toml")
    assert [(1, "a.b")] == places("a = {b = 1, b = 2}", ".toml")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a:\n\tb: 1\n", 2, "a tab indents"),
        ("a: 1\n\tb: 2\n", 2, "a tab indents"),
        ("a: b: c\n", 1, "a colon stands where none may"),
        ("a: 1\n b: 2\n", 2, "indented too far"),
        ("a: 1\nfoo\nb: 2\n", 2, "no colon follows this name: 'foo'"),
        ("x: 1\na: [1, 2\nb: 3\n", 2, "a bracket is opened"),
        ("x: 1\na: {b: 2\nc: 3\n", 2, "a bracket is opened"),
        ("a: 1\nb: 'abc\nc: 1\n", 2, "never closed"),
        ('a: "x\\q"\n', 1, "a backslash"),
        ('a: "\\ud800"\n', 1, "a backslash"),
        ('a: "x" y\n', 1, "does not fit"),
        ("- a\nb: 1\n", 2, "does not fit"),
        ("a:\n  - b\n c: 1\n", 3, "does not fit"),
        ("a: - 1\n", 1, "a list dash"),
        ("a: @x\n", 1, "a value starts with '@'"),
        ("a: *\n", 1, "a value starts with '*' or '&'"),
        ("a: !<\n", 1, "a value starts with '!'"),
        ("a: |x\n b\n", 1, "text stands behind '|'"),
        ("%YAML 3.0\n---\na\n", 1, "a line starts with '%'"),
        ("a: ]\n", 1, "a value is missing"),
        ("[1, 2]]\n", 1, "something follows the end"),
        ("a: 1\nb: \x01\n", 2, "the invisible character U+0001"),
        ("a: 1\nb: x\u2028y\n", 2, "the invisible character U+2028"),
        ("a: 1\n---\nb: 2\n", 2, "a second document"),
        ("a: 1\nb: " + "9" * 5000, 2, "a number of 5000 characters"),
        ("a: " + "_".join(["100"] * 2000), 1, "a number of 7999 characters"),
        ("1" * 301 + ": a", 1, "a number of 301 characters"),
    ],
)
def test_what_is_wrong_with_yaml_is_said_in_plain_words(text: str, line: int, words: str) -> None:
    """The line, and words of no parser."""
    fault = refusal(text)[0]
    assert line == fault.line
    assert words in fault.problem


def test_what_is_wrong_with_yaml_in_words_not_yet_known() -> None:
    """A complaint that is not yet put in plain words is kept, and has a remedy all the same."""
    problem, remedy, line = trouble(yaml.MarkedYAMLError(problem="oh"), "")
    assert ("this is no YAML (oh)", None) == (problem, line)
    assert remedy


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('{"a": 1,\n}', 2, "a name in double quotes|a comma stands"),
        ("{'a': 1}", 1, "a name in double quotes"),
        ('{"a": 1\n"b": 2}', 2, "a comma or a closing bracket"),
        ('{"a" 1}', 1, "a colon is missing"),
        ('{"a": tru}', 1, "a value is missing or not JSON"),
        ('{"a": 010}', 1, "a comma"),
        ('{"a": "x\ny"}', 1, "a line break"),
        ('{"a": "\\q"}', 1, "a backslash"),
        ('{"a": "x', 1, "never closed"),
        ("1 2", 1, "something follows the end"),
        ('["\\ud800"]', 1, "half a character"),
        ("[\n" + "9" * 5000 + "]", 2, "a number of 5000 characters"),
    ],
)
def test_what_is_wrong_with_json_is_said_in_plain_words(text: str, line: int, words: str) -> None:
    """The line, and words of no parser."""
    fault = refusal(text, ".json")[0]
    assert abs(line - (fault.line or 0)) <= words.count("|")
    assert any(word in fault.problem for word in words.split("|"))


def test_json_has_no_word_for_no_number() -> None:
    """NaN and Infinity are each refused at their place, beside other faults."""
    text = '{"a": NaN,\n"b": [Infinity,\n-Infinity], "a": 2,\n"c": tru}'
    wanted = [(1, "a"), (2, "b[0]"), (3, "a"), (3, "b[1]"), (4, "c")]
    assert wanted == sorted(places(text, ".json"))


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a = 1\nb = 2027-01\n", 2, "not written as TOML"),
        ("a = x\n", 1, "not written as TOML"),
        ("a: 1\n", 1, "an equals sign"),
        ("[a\nb = 1\n", 1, "a table's name is not closed"),
        ("a = [1\n", 1, "a list is not closed"),
        ("a = {b = 1\n", 1, "a table is not closed"),
        ("a = 'x\n", 1, "never closed"),
        ("a = 1\nb\n", 2, "not written as TOML|an equals sign"),
        ("a = 1\n= 2\n", 2, "not written as TOML"),
        ("a = 'x\0'\n", 1, "a character that TOML does not allow"),
        ('a = "x\\q"\n', 1, "a backslash"),
        ("a = 2027-02-30\n", 1, "there is no such day"),
        ("a = 1\nb = 2027-01-15T10:00:00\n", 2, "holds a time of day"),
        ("b = [10:00:00]\n", 1, "holds a time of day"),
        ("a = 1\nb = " + "9" * 5000, 2, "a number of 5000 characters"),
    ],
)
def test_what_is_wrong_with_toml_is_said_in_plain_words(text: str, line: int, words: str) -> None:
    """The line, and words of no parser."""
    fault = refusal(text, ".toml")[0]
    assert line == fault.line
    assert any(word in fault.problem for word in words.split("|"))


def test_what_is_wrong_with_toml_in_words_not_yet_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """A complaint of a later Python is kept, with its line and a remedy."""

    def complain(text: str) -> None:
        raise tomllib.TOMLDecodeError(f"Oh {len(text)} (at line 2, column 1)")

    monkeypatch.setattr(tomllib, "loads", complain)
    (fault,) = refusal("a = 1\nb = 2", ".toml")
    assert (2, "this is no TOML (Oh 11): 'b = 2'") == (fault.line, fault.problem)


@pytest.mark.parametrize(
    ("suffix", "opening", "closing", "inner"),
    [
        (".yaml", "[", "]", ""),
        (".yaml", "- ", "", "1"),
        (".json", "[", "]", ""),
        (".json", '{"a":', "}", "1"),
        (".toml", "[", "]", ""),
        (".toml", "{a = ", "}", "1"),
    ],
)
def test_depth_is_bounded(suffix: str, opening: str, closing: str, inner: str) -> None:
    """Fifty levels are read; 51, or a hundred thousand, are refused at once."""

    def nested(depth: int) -> str:
        before = "x = " if suffix == ".toml" else ""
        return before + opening * depth + inner + closing * depth

    levels = 50 - (suffix == ".toml")
    assert reads_or_refuses(nested(levels), suffix)
    for depth in (levels + 1, 100_000):
        assert "more than 50 levels of nesting" == refusal(nested(depth), suffix)[0].problem


def test_a_long_dotted_name_is_deep_too() -> None:
    """It is refused before a parser spends time on it that grows as its square."""
    table = "[" + ".".join("a" * 50) + "]\n"
    assert reads_or_refuses(table, ".toml")
    long = ".".join("a" * 200_000)
    for text in (f"{long} = 1", f"[{long}]", f"{table}a = 1", f"{table}a = []"):
        assert "more than 50 levels of nesting" == refusal(text, ".toml")[0].problem


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".yaml", "[" + "1," * 1_000_001 + "]"),
        (".json", "[" + "1," * 1_000_000 + "1]"),
        (".toml", "x = [" + "1," * 1_000_001 + "]"),
    ],
)
def test_values_are_bounded(suffix: str, text: str) -> None:
    """A million values, no more."""
    assert "more than 1,000,000 values" == refusal(text, suffix)[0].problem


def test_faults_are_bounded() -> None:
    """A file full of faults gives a hundred and says that there may be more."""
    faults = refusal("- *a\n" * 5000)
    assert 101 == len(faults)
    assert "100 faults so far" in faults[-1].problem


@pytest.mark.parametrize(
    ("suffix", "pattern"),
    [
        (".yaml", "%TAG !a! x\n"),
        (".yaml", "- &a x\n"),
        (".yaml", "{a: "),
        (".yaml", "? "),
        (".yaml", '"\\'),
        (".yaml", "\x01"),
        (".json", '"\\"'),
        (".json", '{"a":'),
        (".toml", "a."),
        (".toml", "[[a]]\n"),
        (".toml", '"""\\"'),
    ],
)
def test_hostile_files_take_no_time(suffix: str, pattern: str) -> None:
    """What makes a careless parser hang is refused, or read, in well under a second."""
    began = time.perf_counter()
    reads_or_refuses(pattern * (200_000 // len(pattern)), suffix)
    assert time.perf_counter() - began < 2


def test_five_thousand_items_load_fast() -> None:
    """A YAML file of 5,000 items takes well under a second; the bound allows a slow machine."""
    item = "- name: item {0}\n  duration: 3\n  demand: {{platform: 2}}\n  raises:\n    c{0}: 3\n"
    text = "".join(item.format(number) for number in range(5000))
    began = time.perf_counter()
    document = parse(text, ".yaml")
    assert time.perf_counter() - began < 2
    assert 1 + 7 * 5000 == len(document.lines)


def test_files(tmp_path: FilePath) -> None:
    """A file is read by its name, with or without a byte order mark."""
    for suffix, mark in ((".yaml", b""), (".YML", b"\xef\xbb\xbf"), (".Json", b"\xef\xbb\xbf")):
        file = tmp_path / f"plan{suffix}"
        file.write_bytes(mark + '{"é": 1}'.encode())
        document = read_document(file)
        assert {"é": 1} == document.data
        assert str(file) == document.source
    with pytest.raises(FileNotFoundError):
        read_document(tmp_path / "absent.yaml")


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("a: é\n".encode("utf-16"), 1, "UTF-16"),
        ("a: é\n".encode("utf-32"), 1, "UTF-32"),
        (b"\xfe\xff\x00a", 1, "UTF-16"),
        ("a: x\n".encode("utf-16-le"), 1, "NUL"),
        (b"a: 1\nb: caf\xe9\n", 2, "the byte 0xE9 is not UTF-8 (it may be meant as 'é')"),
        (b"a: 1\nb: \x81\n", 2, "the byte 0x81 is not UTF-8"),
        (b"a: \xed\xa0\x80", 1, "is not UTF-8"),
        (b"a" * (MAX_BYTES + 1), None, "more than 20 MB"),
    ],
)
def test_files_that_are_no_utf8(
    tmp_path: FilePath, content: bytes, line: int | None, words: str
) -> None:
    """Other encodings and files too big are refused clearly."""
    file = tmp_path / "plan.yaml"
    file.write_bytes(content)
    with pytest.raises(FormatError) as caught:
        read_document(file)
    (fault,) = caught.value.faults
    assert line == fault.line
    assert words in fault.problem
    assert fault.remedy


def test_text_that_no_file_could_hold() -> None:
    """Text from elsewhere is bounded as a file is."""
    assert "half a character" in refusal("a: 1\nb: \ud800")[0].problem
    for text in ("é" * (MAX_BYTES // 2 + 1), "a" * (MAX_BYTES + 1)):
        with pytest.raises(FormatError, match="more than 20 MB"):
            parse(text, ".yaml")


def test_formats_that_are_not_known(tmp_path: FilePath) -> None:
    """The nearest format is named, and the file is not opened."""
    with pytest.raises(FormatError, match=r"'\.jsn' is no format.*did you mean '\.json'"):
        parse("{}", ".jsn")
    with pytest.raises(FormatError, match="is no format"):
        read_document(tmp_path / "absent")


def mutated(text: str, chance: random.Random) -> str:
    """A text with a few pieces cut, doubled, moved, or replaced by signs that mean something."""
    signs = "[]{}:,-?&*!|>'\"%@`#~\\=.<\t\n\r \0\x01\x85\u2028\ufeff\ud8000e9_+TnN😀é"
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice((0, 1, 1, 2, 8, 40)))
        piece = chance.choice(
            ("", chance.choice(signs), chance.choice(signs) * chance.choice((2, 3, 60)))
        )
        other = chance.randrange(len(text) + 1)
        piece += text[other : other + chance.choice((0, 0, 3, 30))]
        text = text[:start] + piece + text[end:]
    return text


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_mutated_files_are_read_or_refused(suffix: str) -> None:
    """Of thousands of broken files none ends otherwise than read or refused; some are read."""
    chance = random.Random(20270115)
    texts = [mutated(SAMPLES[suffix], chance) for _ in range(2500)]
    read = sum(reads_or_refuses(text, suffix) for text in texts)
    assert 0 < read < len(texts)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_mutated_bytes_are_read_or_refused(suffix: str, tmp_path: FilePath) -> None:
    """The same of files whose bytes are broken."""
    chance = random.Random(20270116)
    file = tmp_path / f"plan{suffix}"
    for _ in range(300):
        content = bytearray(SAMPLES[suffix].encode())
        for _ in range(chance.randint(1, 3)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        file.write_bytes(content)
        with suppress(FormatError):
            read_document(file)


def test_without_the_c_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pure parser reads the same, and what it alone stumbles over is refused."""
    wanted = parse(YAML, ".yaml")
    monkeypatch.setattr(guarded_yaml, "LOADER", yaml.SafeLoader)
    assert wanted == parse(YAML, ".yaml")
    for text in ('a: "\\UFFFFFFFF"', 'a: "\\ud800"', "%YAML 1." + "9" * 5000 + "\n---\na"):
        assert not reads_or_refuses(text, ".yaml")
    chance = random.Random(20270117)
    read = sum(reads_or_refuses(mutated(YAML, chance), ".yaml") for _ in range(600))
    assert 0 < read < 600


def test_where_the_c_parser_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader falls back to the pure parser when it is imported."""
    with monkeypatch.context() as missing:
        missing.delattr(yaml, "CSafeLoader", raising=False)
        assert yaml.SafeLoader is importlib.reload(guarded_yaml).LOADER
    importlib.reload(guarded_yaml)


@settings(max_examples=500, derandomize=True, deadline=None)
@given(text=st.text(max_size=60), suffix=st.sampled_from(SUFFIXES))
def test_any_text_is_read_or_refused(text: str, suffix: str) -> None:
    """Whatever characters come."""
    reads_or_refuses(text, suffix)


@settings(max_examples=500, derandomize=True, deadline=None)
@given(
    text=st.text(st.sampled_from("[]{}:,-?&*!|>'\"%#\\=.\t\n 1ax"), max_size=40),
    suffix=st.sampled_from(SUFFIXES),
)
def test_any_signs_are_read_or_refused(text: str, suffix: str) -> None:
    """Signs that mean something, in any order."""
    reads_or_refuses(text, suffix)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(value=VALUES, indent=st.sampled_from((None, 2, "\t")))
def test_json_is_what_the_standard_library_says(value: object, indent: int | str | None) -> None:
    """Whatever can be written as JSON is read back, type for type."""
    text = json.dumps(value, indent=indent)
    if "Infinity" not in text:
        assert repr(value) == repr(parse(text, ".json").data)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(value=VALUES)
def test_yaml_that_is_written_by_others_is_read_back(value: object) -> None:
    """Text that PyYAML writes comes back as the same text; only its own words differ."""
    stream = io.StringIO()
    quoted = json.loads(json.dumps(value), parse_constant=str, parse_float=str)
    yaml.safe_dump(quoted, stream, sort_keys=False, default_style='"', allow_unicode=False)
    plain = stream.getvalue()
    if "!!" not in plain:
        assert repr(quoted) == repr(parse(plain, ".yaml").data)
