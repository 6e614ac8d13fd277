"""YAML read under guard: by the words of YAML 1.2, and only what plain data needs.

The events of the parser are guarded one by one and built into data as they come, so nothing
hostile is ever composed, expanded or constructed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from roadmap.io._tree import MAX_DIGITS, Lines, Tree, shown
from roadmap.io._yaml_troubles import trouble

LOADER: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_UNREADABLE = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""Control characters, and the rare line ends (NEL, LS, PS) that YAML would fold away."""

_WORDS: dict[str, object] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((s + w for s in ("", "+") for w in (".inf", ".Inf", ".INF")), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_WHOLE = re.compile(r"[-+]?(?:0|[1-9]\d*+|[1-9]\d{0,2}(?:_\d{3})++)", re.ASCII)
_FRACTION = re.compile(r"[-+]?(?:\.\d++|(?:0|[1-9]\d*+)(?:\.\d*+)?)(?:[eE][-+]?\d++)?", re.ASCII)


def grow(text: str, source: str) -> tuple[object, Lines]:
    """Read YAML into plain data and the line of every value.

    Plain words mean what YAML 1.2 says, with two exceptions for the sake of those who write by
    hand: ``80_000`` (groups of three) is the whole number 80000, and a number with a leading
    zero stays text, as do dates, ``0x1F``, ``1:30``, ``NO`` and ``yes``.

    Parameters
    ----------
    text
        The file.
    source
        Its name, for messages.

    Raises
    ------
    FormatError
        It is no YAML, or uses what is refused here: anchors, aliases, tags, merge keys,
        a name twice in one mapping, names other than text and whole numbers, more than one
        document, more than 50 levels or 1,000,000 values.
    """
    tree = Tree(source)
    _refuse_unreadable(text, tree)
    _refuse_tag_directives(text, tree)
    last = len(text.splitlines()) or 1
    for event in _events(text, tree):
        _take(event, tree, last)
    return tree.result()


def _refuse_unreadable(text: str, tree: Tree) -> None:
    """Find characters that YAML does not allow: with their lines, before it chokes on one."""
    line, last = 1, 0
    for match in _UNREADABLE.finditer(text):
        line, last = line + text.count("\n", last, match.start()), match.start()
        problem = f"the invisible character U+{ord(match[0]):04X}"
        remedy = "delete it, or write it as an escape inside double quotes"
        tree.findings.add((), problem, remedy, line)
    tree.findings.settle()


def _refuse_tag_directives(text: str, tree: Tree) -> None:
    """Refuse the shorthands of tags, on which parsers spend time that grows as their square."""
    for match in re.finditer(r"^%TAG\b", text, re.MULTILINE):
        line = text.count("\n", 0, match.start()) + 1
        tree.findings.add((), "a %TAG line is not allowed", "delete it", line)
    tree.findings.settle()


def _events(text: str, tree: Tree) -> Iterator[yaml.Event]:
    """The parser's events; its complaints become faults."""
    try:
        yield from yaml.parse(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        if "nesting depth" in str(error.problem):  # newer parsers have a bound of their own
            mark = error.problem_mark
            tree.findings.too_deep(tree.path, None if mark is None else mark.line + 1)
        problem, remedy, line = trouble(error, text)
        tree.findings.stop(tree.path, problem, remedy, line)
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        remedy = "look for an escape such as \\U in double quotes that names no character"
        tree.findings.stop(tree.path, f"unreadable YAML: {error}", remedy, None)


def _take(event: yaml.Event, tree: Tree, last: int) -> None:
    """Guard one event and build it in; an empty value at the end stands on the last line."""
    line = min(event.start_mark.line + 1, last) if event.start_mark else 1
    if isinstance(event, yaml.ScalarEvent):
        _refuse_marks(event, tree, line)
        _take_scalar(event, tree, line)
    elif isinstance(event, yaml.MappingStartEvent):
        _refuse_marks(event, tree, line)
        tree.open({}, line)
    elif isinstance(event, yaml.SequenceStartEvent):
        _refuse_marks(event, tree, line)
        tree.open([], line)
    elif isinstance(event, yaml.CollectionEndEvent):
        tree.close()
    elif isinstance(event, yaml.AliasEvent):
        told = f"the alias {shown(f'*{event.anchor}')} is not allowed"
        tree.findings.add(tree.path, told, "write the value out in full here", line)
        tree.add(f"*{event.anchor}", line)
    elif isinstance(event, yaml.DocumentStartEvent) and tree.is_grown:
        told = "a second document starts here, after '---'"
        tree.findings.stop((), told, "keep one document in a file", line)


def _refuse_marks(
    event: yaml.ScalarEvent | yaml.CollectionStartEvent, tree: Tree, line: int
) -> None:
    """Refuse anchors and tags, wherever they stand."""
    if event.anchor is not None:
        told = f"the anchor {shown(f'&{event.anchor}')} is not allowed"
        tree.findings.add(tree.path, told, "delete it, and write each value out in full", line)
    if event.tag is not None:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        told = f"the tag {shown(tag)} is not allowed"
        remedy = "delete it; text that starts with '!' needs quotes"
        tree.findings.add(tree.path, told, remedy, line)


def _take_scalar(event: yaml.ScalarEvent, tree: Tree, line: int) -> None:
    """Build in a text, a number or a word; only what is written without quotes is resolved."""
    written: str = event.value
    if not event.implicit[0] or event.tag is not None:
        tree.add(written, line, written)
        return
    if written == "<<" and tree.awaits_key:
        told = "the merge key << is not allowed"
        tree.findings.add(tree.path, told, "write the merged values out in full", line)
    if len(written) > MAX_DIGITS and (_WHOLE.fullmatch(written) or _FRACTION.fullmatch(written)):
        tree.findings.too_long(tree.path, written, line)
        tree.add(written, line, written)
    else:
        tree.add(_resolved(written), line, written)


def _resolved(written: str) -> object:
    """What a plain word means."""
    if written in _WORDS:
        return _WORDS[written]
    if written[0] not in "+-.0123456789":
        return written
    if _WHOLE.fullmatch(written):
        return int(written)
    return float(written) if _FRACTION.fullmatch(written) else written
