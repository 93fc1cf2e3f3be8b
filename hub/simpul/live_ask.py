"""Nodes asked live, all at the same time: whoever may be asked, signed for the caller, each within the same time, none twice. What
became of each is counted."""

import asyncio
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import InitVar, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from hub.base.errors import ServiceNotReadyError
from hub.db.database import Database
from hub.simpul import live_statements as store
from hub.simpul.keys import KeyOf
from hub.simpul.live_breaker import Breakers, Way
from hub.simpul.live_line import Heard, LiveFailure, LiveLine
from hub.simpul.live_schemas import Errand, LiveSchemas, NodeSchema
from hub.simpul.live_statement import PATH, signed_question
from hub.simpul.live_statements import AskedRow, KabupatenRow, Share

_log = structlog.get_logger("hub.simpul")
PATIENT = (
    1.0  # seconds that a node must have had before its silence counts against it: callers choose how long they wait
)
_CODE = re.compile(r"[A-Z_]{1,40}")


@dataclass(slots=True)
class LiveAsker:
    """One per hub. `key`: this hub's; `own`, `learn`: see LiveSchemas."""

    db: Database
    key: KeyOf
    own: InitVar[Callable[[], str]]
    learn: InitVar[Callable[[str], object | None]]
    breakers: Breakers = field(init=False)
    schemas: LiveSchemas = field(init=False)
    _lines: dict[str, LiveLine] = field(default_factory=dict)
    _after: set["asyncio.Task[None]"] = field(default_factory=set)

    def __post_init__(self, own: Callable[[], str], learn: Callable[[str], object | None]) -> None:
        self.breakers = Breakers(self.db)
        self.schemas = LiveSchemas(self.db, self.ask, own, learn)

    def start(self, *, is_node: bool) -> None:
        self.schemas.start(is_node=is_node)

    async def close(self) -> None:
        await self.schemas.stop()
        for task in [*self._after]:
            with suppress(asyncio.CancelledError):
                await task
        for line in self._lines.values():
            await line.close()
        self._lines.clear()

    async def kabupaten(self, codes: Sequence[str]) -> dict[str, KabupatenRow]:
        """What is known of each. Raises ServiceNotReadyError."""
        await self.breakers.load()
        async with self.db.as_owner() as conn:
            return await store.kabupaten(conn, codes)

    async def shares(self) -> list[Share]:
        """Of all nodes that were ever to be asked. Raises ServiceNotReadyError."""
        async with self.db.as_owner() as conn:
            return await store.shares(conn)

    async def schema_of(self, node: KabupatenRow, errand: Errand) -> NodeSchema:
        """Raises LiveFailure."""
        try:
            return await self.schemas.of(node, errand.until)
        except LiveFailure as failure:
            raise _judged(failure, errand) from None

    async def ask(self, node: KabupatenRow | AskedRow, body: bytes, errand: Errand) -> Heard:
        """An answer free of errors; its content is the `data` alone. Raises LiveFailure."""
        assert node.url is not None
        created = datetime.now(UTC) + timedelta(milliseconds=node.clock_ms or 0)
        heads = signed_question(self.key(), node.kode, errand.behalf, body, created)
        try:
            heard = await self._line(node.kode, node.url).ask(PATH, body, heads, errand.until)
        except LiveFailure as failure:
            raise _judged(failure, errand) from None
        errors, data = heard.content.get("errors"), heard.content.get("data")
        if errors:
            raise _refused(errors, heard.status)
        if heard.status not in (200, 294) or not isinstance(data, dict):
            raise LiveFailure(f"Yang menjawab di alamat simpul bukan hub (HTTP {heard.status}).")
        return replace(heard, content=data)

    def _line(self, kab: str, address: str) -> LiveLine:
        line = self._lines.get(kab)
        if line is None or line.address != address:
            if line is not None:
                self._later(line.close())
            line = self._lines[kab] = LiveLine(address)
        return line

    def way(self, node: KabupatenRow) -> Way:
        return self.breakers.way(node.kode)

    def note(self, outcomes: Sequence[tuple[str, bool]]) -> None:
        """Keep what became of the questions, beside the answer."""
        if outcomes:
            self._later(self._keep(outcomes))

    async def _keep(self, outcomes: Sequence[tuple[str, bool]]) -> None:
        try:
            await self.breakers.save()
            async with self.db.as_owner() as conn:
                await store.count(conn, outcomes)
        except ServiceNotReadyError:
            _log.warning("hasil tanya langsung tidak tercatat", simpul=[kab for kab, _ in outcomes])

    def _later(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._after.add(task)
        task.add_done_callback(self._after.discard)


def _judged(failure: LiveFailure, errand: Errand) -> LiveFailure:
    """A caller who does not wait proves nothing against a node."""
    if failure.late and errand.until - errand.began < PATIENT:
        return LiveFailure(failure.why, counts=False, late=True)
    return failure


def _refused(errors: Any, status: int) -> LiveFailure:
    """What the node says it cannot answer says that it is there; but that it does not believe us is not to be asked again and again."""
    first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}
    extensions = first.get("extensions")
    code = extensions.get("kode") if isinstance(extensions, dict) else None
    code = code if isinstance(code, str) and _CODE.fullmatch(code) else "GALAT"
    return LiveFailure(f"Simpul menolak pertanyaan ini ({code}).", counts=status in (401, 403, 409), code=code)
