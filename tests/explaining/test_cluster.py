"""An inquiry on a cluster of Dask, whose executor is one of ``concurrent.futures``."""

from __future__ import annotations

from typing import Any

import distributed

import roadmap as rm


def test_a_cluster_gives_the_same_answers() -> None:
    """Derived costs of delay and prices are those that are found without any executor."""
    portfolio = rm.read("docs/examples/five.yaml")
    result = rm.solve(portfolio.replace(timeline=rm.Timeline("2027-01", 24)), time_limit=10)
    alone = rm.Inquiry(each=20)
    dask: Any = distributed  # its calls are not typed
    with (
        dask.LocalCluster(
            n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None
        ) as cluster,
        dask.Client(cluster) as client,
    ):
        shared = rm.Inquiry(each=20, executor=client.get_executor())
        assert str(rm.slips(result, inquiry=alone)) == str(rm.slips(result, inquiry=shared))
        assert str(rm.audit(result, inquiry=alone)) == str(rm.audit(result, inquiry=shared))
