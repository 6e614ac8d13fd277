"""What an item on its own is worth a period, as a spreadsheet has it."""

from __future__ import annotations

from roadmap.network import Network


def own_values(network: Network) -> list[float]:
    """Mean cost of delay of each activity: of the needs it directly contributes to.

    Where several activities contribute to a need, each is credited with the whole, as is done
    in practice; what an activity enables further on is not seen.
    """
    credit = [0.0] * len(network.events)
    for loss in network.losses:
        credit[loss.event] += (loss.table[-1] - loss.table[0]) / max(1, network.horizon)
    values = [0.0] * len(network.activities)
    for index in reversed(range(len(network.events))):
        for member in network.events[index].members:
            if member.activity is not None:
                values[member.activity] += credit[index]
            elif member.event is not None:
                credit[member.event] += credit[index]
    return values


def shortest(network: Network) -> list[int]:
    """Duration of each activity in its quickest mode."""
    return [min(mode.duration for mode in item.modes) for item in network.activities]
