"""The whole model at once: families of features mixed by chance, against the oracle."""

from __future__ import annotations

import pytest

from tests.campaigns.agreement import drawn_mixed, examined, reproduction
from tests.features import FEATURES

CASES = 3_000
CHUNK = 50
SEED = 20_270_601


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_mixed_features_agree(first: int) -> None:
    """Exhaustive search, CP-SAT, every list rule and the judge say the same of any mixture."""
    found = examined(SEED, range(first, first + CHUNK), drawn_mixed)
    told = [reproduction(drawn_mixed(s, case), [text]) for s, case, text in found.troubles[:3]]
    assert [] == told, "\n".join(told)


def test_mixtures_are_rich() -> None:
    """Every family of facts comes up, most cases hold several, and rules are lifted too."""
    problems = [drawn_mixed(SEED, case) for case in range(300)]
    told = "".join(map(repr, problems))
    wanted = ["Freeze(", "Blackout(", "ReleaseCalendar(", "effort=1", "skills={'team", "Holiday("]
    wanted += ["Selection(", "Programme(", "Budget(", "Quota(", "Fence(", "discount_rate=3.5"]
    wanted += ["System(", "lowers={'", "floor={", "Pilot(", "Workaround(", "interest=2"]
    wanted += ["option_value={1", "Unit(", "gated_by=('", "overtime=1", "Risk(", "lateness_price=1"]
    wanted += ["removed=('"]
    assert [] == [word for word in wanted if word not in told]
    assert len(FEATURES) > 10
