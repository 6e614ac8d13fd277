"""The look of the charts: fills, letters as data, and files of the same bytes."""

from __future__ import annotations

import io
from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure

from roadmap.errors import FormatError, RoadmapWarning
from roadmap.render import theme
from tests.render.pictures import HOSTILE


def test_each_group_has_a_fill_of_its_own() -> None:
    """Colours are the same for the same groups, and patterns tell more than eight apart."""
    names = [f"group {at}" for at in range(40)]
    found = theme.styles(names)
    assert len(names) == len(set(found.values()))
    assert "" == found["group 7"].hatch != found["group 8"].hatch
    assert found == theme.styles(names)
    assert theme.Style("#0072B2") == found["group 0"]


@pytest.mark.parametrize(("colour", "expected"), [("#ffffff", theme.INK), ("#000000", theme.PAPER)])
def test_ink_can_be_read(colour: str, expected: str) -> None:
    """Dark letters on light, light letters on dark."""
    assert expected == theme.ink_on(colour)


def test_tint_goes_to_white() -> None:
    """No share leaves a colour, the whole share is white."""
    assert ("#0072b2", "#ffffff") == (theme.tint("#0072B2", 0), theme.tint("#0072B2", 1))


@pytest.mark.parametrize("text", [*HOSTILE, "payments hub", "WWW iii", "😀", "Ünïcode", "n" * 40])
@pytest.mark.parametrize("size", [6.5, 9.0, 14.0])
@pytest.mark.parametrize("dpi", [100, 160])
def test_measure_is_never_short(text: str, size: float, dpi: int) -> None:
    """A text takes no more room on the page than it was measured to, and not much less."""
    figure = Figure(figsize=(4, 2), dpi=dpi)
    axes = figure.add_subplot()
    theme.label(axes, 0, 0, text, fontsize=size)
    figure.savefig(io.BytesIO(), format="raw")
    drawn = axes.texts[0].get_window_extent().width / dpi
    assert 0.85 * theme.measure(text, size) - 0.02 <= drawn <= theme.measure(text, size) + 0.02


@pytest.mark.parametrize("text", [*HOSTILE, "n" * 40])
@pytest.mark.parametrize("width", [0.5, 1.0, 3.0])
def test_short_texts_fit(text: str, width: float) -> None:
    """What is shortened or wrapped fits, and begins as the text does."""
    short = theme.shorten(text, width, 8)
    assert theme.measure(short, 8) <= width
    assert text.startswith(short.removesuffix("…"))
    rows = theme.wrap(text, width, 8, 3)
    assert len(rows) <= 3
    assert all(theme.measure(row, 8) <= width for row in rows)


def test_words_stay_whole() -> None:
    """Lines break between words where they can, and anywhere where there are none."""
    assert ("the quick", "brown fox") == theme.wrap("the quick brown fox", 0.65, 8, 2)
    assert ("支付平台", "现代化") == theme.wrap("支付平台现代化", 0.48, 8, 2)
    assert ("",) == theme.wrap("", 1, 8, 2)


def test_marks_stay_with_their_letter() -> None:
    """A cut never takes an accent from its letter."""
    text = "e\u0301" * 30
    short = theme.shorten(text, 0.7, 8)
    assert 0 == short.removesuffix("…").count("e") - short.count("\u0301")


def test_turning_characters_are_shown() -> None:
    """Characters that turn the direction of what follows, or break lines, become marks."""
    assert "a�b�c�d" == theme.legible("a\u202eb\nc\u2066d")


def test_missing_letters_are_one_warning() -> None:
    """Characters without a glyph are named once, together, in the library's own words."""
    with pytest.warns(
        RoadmapWarning, match="can draw 2 of the characters.*\U0001f680\U0001f9ff"
    ) as said:
        theme.warn_of_missing(["\U0001f680 one", "two \U0001f9ff", "\U0001f680"])
    assert 1 == len(said)
    theme.warn_of_missing(["plain", "منصة"])


def test_label_is_never_markup() -> None:
    """No text is read as mathematics, whatever the user's settings."""
    axes = theme.new_axes(2, 1)
    with mpl.rc_context({"text.parse_math": True}):
        theme.label(axes, 0, 0, "save $\\badmacro$ now")
    theme.whole(axes.figure).savefig(io.BytesIO(), format="raw")
    assert "save $\\badmacro$ now" == axes.texts[0].get_text()


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_same_bytes_whoever_saves(kind: str, tmp_path: Path) -> None:
    """A file is the same each time; the user's own ``savefig`` is as good for SVG and PDF."""
    axes = theme.new_axes(2, 1)
    theme.label(axes, 0, 0, "one")
    first = theme.save(axes.figure, tmp_path / f"one.{kind}")
    again = theme.save(axes.figure, tmp_path / f"two.{kind}")
    assert first.read_bytes() == again.read_bytes()
    theme.whole(axes.figure).savefig(tmp_path / f"three.{kind}")
    assert first.read_bytes() == (tmp_path / f"three.{kind}").read_bytes()


def test_any_figure_can_be_saved(tmp_path: Path) -> None:
    """A figure of the user's own is saved as the same bytes too."""
    figure = Figure()
    figure.add_subplot().plot([0, 1], [1, 0])
    kinds = [theme.drawn(figure, "svg") for _ in range(2)]
    assert kinds[0] == kinds[1]
    assert b"<dc:date>" not in theme.save(figure, tmp_path / "one.svg").read_bytes()


def test_nothing_is_overwritten_unsaid(tmp_path: Path) -> None:
    """A file that is there stays as it is until its owner says so."""
    figure, path = theme.new_axes(1, 1).figure, tmp_path / "one.svg"
    path.write_text("mine")
    with pytest.raises(FileExistsError):
        theme.save(figure, path)
    assert "mine" == path.read_text()
    theme.save(figure, path, overwrite=True)
    assert "mine" != path.read_text()


def test_other_endings_are_refused(tmp_path: Path) -> None:
    """Only formats that can be kept to the same bytes are written."""
    with pytest.raises(FormatError, match=r"'\.gif' is no picture format; name it \.png"):
        theme.save(theme.new_axes(1, 1).figure, tmp_path / "one.gif")
    assert [] == list(tmp_path.iterdir())


def test_tall_figures_keep_within_the_renderer() -> None:
    """A figure of hundreds of inches is drawn more coarsely, not refused."""
    assert theme.drawn(theme.whole(theme.new_axes(1, 500).figure), "png").startswith(b"\x89PNG")


def test_figures_show_themselves() -> None:
    """A notebook is given a picture."""
    figure = theme.new_axes(1, 1).figure
    show = getattr(figure, "_repr_png_", None)
    assert show is not None
    assert show().startswith(b"\x89PNG")
