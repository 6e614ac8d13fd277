"""Choices among work, and order among what is chosen, told to the oracle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.features.contract import Feature

if TYPE_CHECKING:
    from tests.features.contract import Kept
    from tests.oracle import Oracle, Plan


class Alternatives(Feature):
    """Those in the plan are counted; those that are both there are held against each other."""

    name = "selection"

    def rule(self, rule: Any, oracle: Oracle) -> tuple[str, Kept] | None:
        """Read a rule by its fields."""
        kind = type(rule).__name__
        if kind == "Alternatives":
            return str(rule.name), lambda plan: self._counted(rule, plan)
        if kind == "Succession":
            return str(rule.name), lambda plan: self._in_order(rule, oracle, plan)
        return None

    def _counted(self, rule: Any, plan: Plan) -> bool:
        if rule.given is not None and rule.given not in plan:
            return True
        done = len([name for name in rule.among if name in plan])
        enough = done >= rule.least
        return bool(enough and (rule.most is None or done <= rule.most))

    def _in_order(self, rule: Any, oracle: Oracle, plan: Plan) -> bool:
        if rule.predecessor not in plan or rule.successor not in plan:
            return True
        return oracle.finish(rule.predecessor, plan) <= plan[rule.successor].start
