"""Many deaths of the solver's process: ``python -m tests.campaigns.crashes --deaths 100``.

Each at a random moment, by a random signal; each must leave a plan that the judge accepts (no
other can be returned), with a note, and within two seconds of the limit.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
from collections import Counter
from functools import partial

from roadmap.result import Status
from tests.solvers.crashes import LATEST, LIMIT, killed_after, moments, timed

SIGNALS = (signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT, signal.SIGSTOP)


def main() -> int:
    """Kill so many, and count what they leave."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deaths", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    rng = random.Random(given.seed)
    counts: Counter[str] = Counter()
    slowest = 0.0
    for moment in moments(given.seed, given.deaths):
        by = rng.choice(SIGNALS)
        result, took = timed(partial(killed_after, moment, by))
        kept = result.status is Status.FEASIBLE and result.note and took <= LATEST
        counts["kept" if kept else "amiss"] += 1
        slowest = max(slowest, took)
        if not kept:
            print(f"{by.name} after {moment:.3f} s: {result.headline} in {took:.2f} s", flush=True)
    print(
        f"{given.deaths} deaths: {counts['kept']} plans kept, {counts['amiss']} amiss; "
        f"slowest answer {slowest - LIMIT:+.2f} s from the limit"
    )
    return 1 if counts["amiss"] else 0


if __name__ == "__main__":
    sys.exit(main())
