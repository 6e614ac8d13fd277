"""Many interrupts: ``python -m tests.campaigns.interrupts --moments 150``.

Every moment is a real SIGINT in a process of its own kind: before, in and after a search, in the
rules, in tidying, off the main thread, beside another solve, pressed twice.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.solvers.interrupted import SCENES

ROOT = Path(__file__).parents[2]
PATIENCE_PER_MOMENT = 60


def play(scene: str, seed: int, times: int) -> Counter[str]:
    """Play a scene so often; count what came of it."""
    command = [sys.executable, "-m", "tests.solvers.interrupted", scene, str(seed), str(times)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE_PER_MOMENT * times,
        check=False,
    )
    outcomes = [json.loads(line) for line in done.stdout.splitlines()]
    counts = Counter("in order" if _in_order(outcome) else "amiss" for outcome in outcomes)
    if done.returncode:
        print(f"{scene}: the interpreter ended with {done.returncode}\n{done.stderr}")
        counts["amiss"] += times - len(outcomes)
    return counts


def _in_order(outcome: dict[str, object]) -> bool:
    """Whether there is a plan or an honest exception, and nothing is left behind."""
    answered = outcome.get("status") in ("feasible", "optimal")
    excused = outcome.get("raised") or outcome.get("failed")
    clean = outcome["handler"] and outcome["caught"] and outcome["searches"] == 0
    return bool((answered or excused) and clean)


def main() -> int:
    """Play every scene in turn until there have been so many moments."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moments", type=int, default=150)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    total: Counter[str] = Counter()
    share, more = divmod(given.moments, len(SCENES))
    for number, scene in enumerate(SCENES):
        counts = play(scene, given.seed + number, share + (number < more))
        print(f"{scene}: {dict(counts)}", flush=True)
        total += counts
    print(f"{given.moments} interrupts: {total['in order']} in order, {total['amiss']} amiss")
    return 1 if total["amiss"] else 0


if __name__ == "__main__":
    sys.exit(main())
