"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# the same examples in every run, and no race against the clock on a slow machine;
# tests/campaigns is where ever new cases are drawn
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")

ORIGINALS = """\
the public benchmark files are not here. Put them in one folder and name it in the environment \
variable ROADMAP_DATA:
  psplib/ multimode/       PSPLIB and MMLIB, https://www.om-db.wi.tum.de/psplib/ and
                           https://www.projectmanagement.ugent.be/research/data
  rcpsp_max/ rg300/ dc2/   https://github.com/ScheduleOpt/optalcp-benchmarks
  multi_project/           https://github.com/PyJobShop/Experiments
  rcpsp_wet/ mspsp/        https://github.com/MiniZinc/minizinc-benchmarks\
"""


@pytest.fixture(scope="session")
def data() -> Path:
    """Folder of the public benchmark instances, which are not part of the project."""
    named = os.environ.get("ROADMAP_DATA")
    if named:
        folder = Path(named).resolve()
        if not folder.is_dir():
            pytest.fail(f"ROADMAP_DATA names {folder}, which is not a folder")
        return folder
    if os.environ.get("CI"):
        pytest.fail(ORIGINALS)
    pytest.skip(ORIGINALS)
