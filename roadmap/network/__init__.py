"""The project network: the one integer form that every solver reads.

It says the same words as ``roadmap.parts``, with positions for names. Activities, resources and
events are numbered from 0 in the order in which they were stated; an event only rests on events
before it. Time is a whole number of periods, from 0 to ``horizon``. Each item keeps the name of
the fact or rule that it came from.
"""

from roadmap.network.building import build_network
from roadmap.network.items import (
    Account,
    Activity,
    Assignment,
    Ceiling,
    Due,
    Event,
    Lag,
    Loss,
    Member,
    Mode,
    Resource,
    Slot,
    SoftWait,
    Term,
    Twin,
    Wait,
)
from roadmap.network.network import Network
from roadmap.network.softness import limited, shortfall, total

__all__ = [
    "Account",
    "Activity",
    "Assignment",
    "Ceiling",
    "Due",
    "Event",
    "Lag",
    "Loss",
    "Member",
    "Mode",
    "Network",
    "Resource",
    "Slot",
    "SoftWait",
    "Term",
    "Twin",
    "Wait",
    "build_network",
    "limited",
    "shortfall",
    "total",
]
