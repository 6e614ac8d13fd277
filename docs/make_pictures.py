"""Draw the pictures of these pages: ``python docs/make_pictures.py``.

The searches are reproducible, so the same version draws the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

import matplotlib as mpl

import roadmap as rm

DOCS = Path(__file__).parent
PICTURES = DOCS / "pictures"
RIVALS = ("path criticalness", "wsjf")


def draw(folder: Path = PICTURES) -> None:
    """Draw every picture into a folder.

    Parameters
    ----------
    folder
        Where to; what is there is replaced.
    """
    mpl.use("Agg")
    folder.mkdir(exist_ok=True)
    bank = rm.solve(rm.read(DOCS / "examples" / "bank.yaml"), reproducible=True)
    rivals = {rule: rm.solve(bank.problem, solver=rule) for rule in RIVALS}
    exact = {"CP-SAT alone": rm.solve(bank.problem, solver="cpsat", reproducible=True)}
    chain = "Open banking at level 3"
    for name, axes in {
        "gantt.png": rm.gantt(bank),
        "gantt_teams.png": rm.gantt(bank, group="team", capabilities=False, arrows=True),
        "dependencies.png": rm.dependencies(bank, chain=chain),
        "chain.svg": rm.dependencies(bank, chain=chain, alone=True),
        "load.svg": rm.load(bank),
        "value.svg": rm.value(bank, rivals),
        "progress.svg": rm.progress(bank, exact),
    }.items():
        rm.save(axes.figure, folder / name, overwrite=True)


if __name__ == "__main__":
    draw(*map(Path, sys.argv[1:]))
