"""What nodes can be asked: the schema of each, as text. Fetched before anybody asks, and kept by its digest, for most nodes run the same
program: what is worked out of a schema is worked out once."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import orjson
import structlog

from hub.base.actor import Role
from hub.base.errors import ServiceNotReadyError
from hub.base.off_loop import BULK, LEARNING
from hub.base.uuid7 import uuid7
from hub.db.database import Database
from hub.simpul import live_statements as store
from hub.simpul.live_line import Heard, LiveFailure
from hub.simpul.live_statement import Behalf
from hub.simpul.live_statements import AskedRow, KabupatenRow, SchemaRow
from hub.simpul.tables import NODE

_log = structlog.get_logger("hub.simpul")
LARGEST = 2**20  # letters
_QUESTION = orjson.dumps({"query": "{ _service { sdl } }"})
_PATIENCE = 10.0  # seconds that a node has to tell it
_AT_ONCE = 4  # nodes that are asked for it at a time, while nobody waits
_LOOK = 300.0  # seconds between looks, beside what is heard
_PAUSE = 1.0  # seconds between two looks at least: every contact of every node is heard
_LASTS = timedelta(hours=6)  # until it is asked for again, though the node says that it is of the same version
_AGAIN = 300.0  # seconds until one that did not tell it is asked again


@dataclass(frozen=True, slots=True)
class Errand:
    """All that is asked for one caller. `until`, `began`: by the loop's clock."""

    behalf: Behalf
    began: float
    until: float


@dataclass(frozen=True, slots=True)
class NodeSchema:
    """`digest`: of the text; schemas of one digest are one."""

    text: str = field(repr=False)
    digest: str


@dataclass(slots=True)
class _Kept:
    """`version`, `address`: of the node that told it; `until`: by the loop's clock."""

    schema: NodeSchema
    version: str | None
    address: str
    until: float

    def fits(self, version: str | None, address: str | None) -> bool:
        return (self.version, self.address) == (version, address)


Asking = Callable[[KabupatenRow | AskedRow, bytes, Errand], Awaitable[Heard]]
"""Puts a question to a node. Raises LiveFailure."""


def schema_of(text: str) -> NodeSchema:
    return NodeSchema(text, hashlib.sha256(text.encode()).hexdigest())


class LiveSchemas:
    """One per hub. `ask`: how nodes are asked; `own`: makes the text of this hub's schema; `learn`: works out what one knows and keeps that,
    None where a text is no schema; both take a while, and are done beside the event loop."""

    def __init__(
        self, db: Database, ask: Asking, own: Callable[[], str], learn: Callable[[str], object | None]
    ) -> None:
        self._db = db
        self._ask = ask
        self._make_own = own
        self._learn = learn
        self._own: NodeSchema | None = None
        self._known: dict[str, _Kept] | None = None
        self._texts: dict[str, NodeSchema] = {}
        self._under_way: dict[str, asyncio.Task[NodeSchema]] = {}
        self._failed: dict[str, tuple[str | None, str | None, float]] = {}
        self._learning = asyncio.Lock()
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    # ---------- ahead ----------

    def table_changed(self, table: str | None) -> None:
        """Something was written to that table; None: to any."""
        if table is None or table == NODE.name:
            self._changed.set()

    def start(self, *, is_node: bool) -> None:
        """From now on it is fetched before anybody asks. `is_node`: this hub's own will be asked for."""
        self._task = asyncio.create_task(self._keep_looking(is_node=is_node))

    async def stop(self) -> None:
        tasks: Sequence[asyncio.Task[Any]] = [*self._under_way.values(), *([self._task] if self._task else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _keep_looking(self, *, is_node: bool) -> None:
        if is_node:
            await self.own()
        while not is_node:  # a node asks nobody
            try:
                await self._look()
            except ServiceNotReadyError:
                pass
            except Exception as error:  # a defect here must not leave nodes unknown for good
                _log.error("skema simpul tidak dapat disiapkan", exc_info=error)
            await asyncio.sleep(_PAUSE)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), _LOOK)
            self._changed.clear()

    async def _look(self) -> None:
        async with self._db.as_owner() as conn:
            nodes = await store.asked_nodes(conn)
        if nodes:
            await self.own()
            await self._load()
        now, gate = asyncio.get_running_loop().time(), asyncio.Semaphore(_AT_ONCE)
        due = [n for n in nodes if self._is_due(n, now)]
        await asyncio.gather(*(self._ahead(n, gate) for n in due))

    def _is_due(self, node: AskedRow, now: float) -> bool:
        kept = (self._known or {}).get(node.kode)
        if kept is not None and kept.fits(node.version, node.url) and now < kept.until:
            return False
        failed = self._failed.get(node.kode)
        return failed is None or failed[:2] != (node.version, node.url) or now >= failed[2]

    async def _ahead(self, node: AskedRow, gate: asyncio.Semaphore) -> None:
        async with gate:
            try:
                await asyncio.shield(self._begin(node))
            except LiveFailure as failure:
                until = asyncio.get_running_loop().time() + _AGAIN
                self._failed[node.kode] = node.version, node.url, until
                _log.info("skema simpul belum diketahui", simpul=node.kode, sebab=failure.why)

    # ---------- now ----------

    async def own(self) -> NodeSchema:
        """Of this hub."""
        if self._own is None:
            self._own = schema_of(await LEARNING.go_on(self._make_own))
        return self._own

    async def of(self, node: KabupatenRow, until: float) -> NodeSchema:
        """Of that node. `until`: by the loop's clock. Raises LiveFailure."""
        kept = (self._known or {}).get(node.kode)
        if kept is not None and kept.fits(node.version, node.url):
            return kept.schema
        try:
            async with asyncio.timeout_at(until):
                await self._load()
                kept = (self._known or {}).get(node.kode)
                if kept is not None and kept.fits(node.version, node.url):
                    return kept.schema
                return await asyncio.shield(self._begin(node))
        except TimeoutError:
            raise LiveFailure("Simpul tidak menjawab dalam batas waktu.", late=True) from None
        except ServiceNotReadyError as error:
            raise LiveFailure(error.message, counts=False) from None

    def forget(self, kab: str) -> None:
        """It is not what we thought."""
        if self._known is not None:
            self._known.pop(kab, None)
        self._changed.set()

    def forget_all(self) -> None:
        self._known = {}
        self._failed.clear()

    # ---------- fetching ----------

    def _begin(self, node: KabupatenRow | AskedRow) -> "asyncio.Task[NodeSchema]":
        """One at a time for each node, whoever waits for it."""
        task = self._under_way.get(node.kode)
        if task is None:
            task = self._under_way[node.kode] = asyncio.create_task(self._fetch(node))
            task.add_done_callback(lambda t: self._done(node.kode, t))
        return task

    def _done(self, kab: str, task: "asyncio.Task[NodeSchema]") -> None:
        self._under_way.pop(kab, None)
        if not task.cancelled():
            task.exception()  # nobody may be waiting for it any more

    async def _fetch(self, node: KabupatenRow | AskedRow) -> NodeSchema:
        """Raises LiveFailure."""
        now = asyncio.get_running_loop().time()
        errand = Errand(Behalf(Role.PUBLIC, "", "hub", str(uuid7())), now, now + _PATIENCE)
        service = (await self._ask(node, _QUESTION, errand)).content.get("_service")
        text = service.get("sdl") if isinstance(service, dict) else None
        if not isinstance(text, str) or len(text) > LARGEST:
            raise LiveFailure("Simpul tidak memberitahukan skemanya.")
        schema = await self._understood(schema_of(text))
        if self._known is None:
            self._known = {}
        self._known[node.kode] = _Kept(schema, node.version, node.url or "", now + _LASTS.total_seconds())
        self._failed.pop(node.kode, None)
        with suppress(ServiceNotReadyError):  # then it is asked for again after a restart
            async with self._db.as_owner() as conn:
                row = SchemaRow(node.kode, schema.digest, node.version, node.url)
                await store.put_schema(conn, row, schema.text)
        return schema

    async def _understood(self, schema: NodeSchema) -> NodeSchema:
        """The same, what it knows having been worked out. Raises LiveFailure."""
        known = self._texts.get(schema.digest)
        if known is not None:
            return known
        if schema.digest != (await self.own()).digest:
            async with self._learning:
                if schema.digest not in self._texts and await BULK.go_on(self._learn, schema.text) is None:
                    raise LiveFailure("Simpul tidak memberitahukan skemanya.")
        return self._texts.setdefault(schema.digest, schema)

    async def _load(self) -> None:
        """As a restart finds them; done once. Raises ServiceNotReadyError."""
        if self._known is not None:
            return
        async with self._db.as_owner() as conn:
            rows, texts = await store.schemas(conn), await store.schema_texts(conn)
        schemas = {}
        for digest, text in texts.items():
            with suppress(LiveFailure):
                schemas[digest] = await self._understood(NodeSchema(text, digest))
        if self._known is None:
            until = asyncio.get_running_loop().time() + _LASTS.total_seconds()
            self._known = {
                r.kode_kab: _Kept(schemas[r.digest], r.version, r.address or "", until)
                for r in rows
                if r.digest in schemas
            }
