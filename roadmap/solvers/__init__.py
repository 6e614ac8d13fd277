"""Solvers: each reads a network and answers; ``solve`` turns questions into results."""

from roadmap.solvers.contract import Answer, Run, Solver
from roadmap.solvers.registry import EXACT, RULES, SOLVERS, solve

__all__ = ["EXACT", "RULES", "SOLVERS", "Answer", "Run", "Solver", "solve"]
