"""Planning in stages: decisions before a gate are one, those after it follow the outcome.

A portfolio with pilots becomes its deterministic equivalent: each combination of outcomes is a
branch with a copy of everything, weighted by its probability, and branches decide alike as long as
nothing tells them apart (J. R. Birge, F. Louveaux, "Introduction to Stochastic Programming",
2nd edition, 2011, chapter 2.4; non-anticipativity).
"""

from roadmap.staging.branches import MOST_GATES
from roadmap.staging.solving import Staged, StagedBranch, solve_staged

__all__ = ["MOST_GATES", "Staged", "StagedBranch", "solve_staged"]
