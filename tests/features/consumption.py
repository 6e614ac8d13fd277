"""What there is only so much of, told to the oracle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.features.contract import Feature

if TYPE_CHECKING:
    from tests.features.contract import Kept
    from tests.oracle import Oracle, Plan


class Consumption(Feature):
    """The units that the modes in the plan take are added up."""

    name = "consumption"

    def rule(self, rule: Any, oracle: Oracle) -> tuple[str, Kept] | None:
        """Read the rule by its fields."""
        if type(rule).__name__ != "Consumption":
            return None

        def kept(plan: Plan) -> bool:
            total = 0
            for name, spot in plan.items():
                if name in rule.amounts:
                    mode = oracle.ways[name][spot.mode].name
                    total += dict(rule.amounts[name]).get(mode, 0)
            return bool(total <= rule.most)

        return f"consumption of {rule.resource}", kept
