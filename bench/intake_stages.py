"""Where the time of a submission goes: the same hub in this process, a clock around each stage. A stage that is renamed ends the bench."""

import asyncio
import gc
import statistics
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from itertools import islice
from typing import Any

from bench import intake_client
from bench.intake_client import calling
from bench.intake_data import BEFORE, VALUES, Sending, offices
from bench.intake_run import Run
from bench.intake_single import PROVINSI, approve, send
from bench.report import Work, show
from hub.angka import comparison
from hub.app import HubServer, create_app, server_config
from hub.base.settings import Settings
from hub.db.private_cluster import login_url
from hub.rekap import examination, sending
from hub.rekap import statements as store
from schema.http import endpoint

# (what, where, its name); indented: a part of the one above
_STAGES: tuple[tuple[str, Any, str], ...] = (
    ("token, headers, limits", endpoint.GraphQLEndpoint, "__call__"),
    ("body to JSON", endpoint, "read_request"),
    ("input objects, and all below", endpoint, "execute"),
    ("the submission", sending.Sending, "submit"),
    ("  examine", sending, "examine"),
    ("    regions", examination, "read_regions"),
    ("    the half year before", examination, "_previous_periode"),
    ("    read cells", examination, "read_cells_of"),
    ("    checks", examination, "check_all"),
    ("    leaps (database)", comparison, "jumps"),
    ("    findings put together", examination, "put_together"),
    ("  write", sending.Sending, "_write"),
    ("    hash", sending, "new_revision"),
    ("    the revision before", store, "values"),
    ("    difference", sending, "compare"),
    ("    cells", store, "copy_values"),
    ("    findings", store, "insert_findings"),
    ("    completeness", sending, "recount"),
)


def stages(run: Run) -> list[Work]:
    """A table of medians; no bar."""
    some = list(islice((o for o in offices() if o.kode.startswith(PROVINSI)), run.rounds + 1))
    tokens = intake_client.make_tokens(run.url, {o.kode: "KABUPATEN" for o in some} | {PROVINSI: "PROVINSI"})
    new: list[dict[str, float]] = []
    again: list[dict[str, float]] = []
    with run.cores(), _clocks() as clocks, _served(run.url) as url, calling(url, tokens[PROVINSI]) as province:
        for office in some:
            with calling(url, tokens[office.kode]) as caller:
                send(caller, Sending(office, BEFORE).as_table())
                approve(province, Sending(office, BEFORE), 1)
                gc.collect()
                gc.freeze()  # as `hub serve` does once it has started
                for edition, kept in ((1, new), (2, again)):
                    clocks.clear()
                    sent = Sending(office, edition=edition)
                    seconds = send(caller, sent.as_table())
                    share = VALUES / sent.cells
                    kept.append({k: s * share for k, s in clocks.items()} | {"answered": seconds * share})
    rows = []
    for what in (*(name for name, _, _ in _STAGES), "answered"):
        rows.append(
            [what, *(f"{statistics.median(r.get(what, 0.0) for r in kept[1:]) * 1000:.1f}" for kept in (new, again))]
        )
    show("Stages of 7.000 values, ms (client, hub and clocks in one process)", ["stage", "new", "correction"], rows)
    return []


@contextmanager
def _clocks() -> Iterator[dict[str, float]]:
    """Seconds spent in each stage since they were last cleared."""
    seconds: dict[str, float] = defaultdict(float)
    usual = [(owner, name, getattr(owner, name)) for _, owner, name in _STAGES]
    for (what, owner, name), (_, _, work) in zip(_STAGES, usual, strict=True):
        setattr(owner, name, _timed(work, what, seconds))
    try:
        yield seconds
    finally:
        for owner, name, work in usual:
            setattr(owner, name, work)


def _timed(work: Callable[..., Any], what: str, seconds: dict[str, float]) -> Callable[..., Any]:
    if asyncio.iscoroutinefunction(work):

        @wraps(work)
        async def timed_async(*args: Any, **more: Any) -> Any:
            start = time.perf_counter()
            try:
                return await work(*args, **more)
            finally:
                seconds[what] += time.perf_counter() - start

        return timed_async

    @wraps(work)
    def timed(*args: Any, **more: Any) -> Any:
        start = time.perf_counter()
        try:
            return work(*args, **more)
        finally:
            seconds[what] += time.perf_counter() - start

    return timed


@contextmanager
def _served(url: str) -> Iterator[str]:
    """A hub in a thread of this process. Raises RuntimeError where it does not start."""
    server = HubServer(server_config(create_app(Settings(), login_url(url)), port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    until = time.monotonic() + 30
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    try:
        if not server.started:
            raise RuntimeError("the hub did not start")
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(30)
