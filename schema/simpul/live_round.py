"""One `langsung`: each kabupaten by its own way, all at the same time, and what became of each."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson
import structlog
from graphql import GraphQLObjectType

from hub.base.errors import HubError
from hub.base.off_loop import BULK
from hub.base.uuid7 import uuid7
from hub.katalog.katalog import Katalog
from hub.simpul.live_ask import LiveAsker
from hub.simpul.live_breaker import Way
from hub.simpul.live_line import LiveFailure
from hub.simpul.live_schemas import Errand
from hub.simpul.live_statement import behalf_of
from hub.simpul.live_statements import KabupatenRow
from schema.context import Context
from schema.engine.selection import Selections
from schema.simpul.live_answer import Reader, UnbelievableError
from schema.simpul.live_document import Part, known_in
from schema.simpul.live_plan import ForWhom, LivePlan

_log = structlog.get_logger("hub.simpul")
_HEDGE = 0.5  # share of the time after which the copies of who has not answered yet are read


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one kabupaten. `sumber`: see SumberJawaban; `objects`: response key → the object; `since`: as of when."""

    kode: str
    sumber: str
    objects: Mapping[str, bytes | None]
    since: datetime | None
    why: str | None


@dataclass(slots=True)
class _Live:
    """What a node itself answered. `parts`: response key → key of the part → what it is; `absent`: it says that there is no such thing;
    `copied`: parts that are read from the copy, and why."""

    parts: dict[str, dict[str, Any]] = field(default_factory=dict)
    absent: bool = False
    copied: dict[str, str] = field(default_factory=dict)


class Round:
    """`seconds`: that each node has in all."""

    def __init__(self, context: Context, katalog: Katalog, plan: LivePlan, seconds: float) -> None:
        """Raises HubError where an argument of what is selected cannot be used."""
        self._context = context
        self._asker: LiveAsker = context.services.live
        self._katalog = katalog
        self._plan = plan
        self._copies = plan.copies
        self._copies.check(katalog)
        self._began = time.monotonic()
        now = asyncio.get_running_loop().time()
        self._errand = Errand(behalf_of(context.actor, str(uuid7())), now, now + seconds)
        self._read: dict[str, dict[str, bytes | None] | None] = {}
        self._whys: dict[str, str] = {}

    async def run(self, codes: Sequence[str]) -> dict[str, Told]:
        """By code. `codes`: kabupaten of this hub's region. Raises ServiceNotReadyError."""
        known = await self._asker.kabupaten(codes)
        wanted = {kode: self._plan.for_whom(self._context.actor, kode) for kode in codes}
        parts = {kode: whom.parts for kode, whom in wanted.items()}
        going = [kode for kode, row in known.items() if self._goes(row, parts[kode])]
        if going:
            await self._copies.write_down(self._context.services.db, self._context.actor, self._katalog, going)
        live = {kode: asyncio.create_task(self._ask(known[kode], wanted[kode])) for kode in going}
        at_once = [k for k in known if k not in live or any(p.why for some in parts[k].values() for p in some)]
        reading = asyncio.create_task(self._read_copies(at_once))
        try:
            await self._gather(live, reading)
        finally:
            for task in (reading, *live.values()):
                task.cancel()
        told = {kode: self._told(known[kode], parts[kode], live.get(kode)) for kode in codes}
        self._note(known, told)
        return told

    def _goes(self, row: KabupatenRow, parts: Mapping[str, list[Part]]) -> bool:
        """Whether its node is asked; else why not is kept."""
        if row.mode in (None, "HOSTING"):
            return False
        if row.mode != "TARIK" or row.url is None:
            self._whys[row.kode] = "Simpul kabupaten ini mengirim datanya dan tidak ditanya langsung."
            return False
        of_copy = [p for some in parts.values() for p in some if p.why is not None]
        if of_copy and not any(p.asked for some in parts.values() for p in some):
            self._whys[row.kode] = _copied({p.key: str(p.why) for p in of_copy})
            return False
        if self._asker.way(row) is Way.CLOSED:
            why = self._asker.breakers.why(row.kode) or ""
            self._whys[row.kode] = f"Simpul sedang tidak ditanya, karena berkali-kali gagal; terakhir: {why}"
            return False
        return True

    async def _gather(self, live: Mapping[str, "asyncio.Task[_Live | None]"], reading: "asyncio.Task[None]") -> None:
        """Copies are read while nodes are asked: at once where they are needed anyhow (`reading`), later of who has not answered by then,
        so that they are there when the time is over."""
        if live:
            pause = (self._errand.until - self._errand.began) * _HEDGE
            await asyncio.wait(live.values(), timeout=pause)
            await reading
            await self._read_copies([k for k, t in live.items() if k not in self._read and not _answered(t)])
            await asyncio.wait(live.values())
        await reading
        await self._read_copies([k for k, t in live.items() if k not in self._read and not _whole(t)])

    async def _read_copies(self, codes: Sequence[str]) -> None:
        if not codes:
            return
        try:
            db = self._context.services.db
            found = await self._copies.read(db, self._context.actor, self._katalog, codes)
            self._read.update(found)
        except HubError as error:
            _log.warning("salinan tidak terbaca", permintaan=self._errand.behalf.request, kode=error.kode)
            self._read.update(dict.fromkeys(codes))

    # ---------- asking one node ----------

    async def _ask(self, row: KabupatenRow, whom: ForWhom) -> _Live | None:
        """None: the copy stands in, and why is kept."""
        breakers, kode = self._asker.breakers, row.kode
        try:
            answered = await self._answer(row, whom)
        except LiveFailure as failure:
            self._whys[kode] = failure.why
            if failure.code == "GRAPHQL":
                self._asker.schemas.forget(kode)  # it is not what we thought
            if failure.counts:
                breakers.failed(kode, failure.why)
            else:
                breakers.undecided(kode)
            return None
        except UnbelievableError as error:
            said = "Simpul menjawab tentang wilayah lain" if error.lies else "Jawaban simpul tidak sesuai skema"
            self._whys[kode] = f"{said}; jawabannya tidak dipakai."
            _log.warning(
                "jawaban simpul tidak dipercaya", simpul=kode, permintaan=self._errand.behalf.request, medan=str(error)
            )
            breakers.failed(kode, self._whys[kode])
            return None
        except BaseException:
            breakers.undecided(kode)
            raise
        breakers.succeeded(kode)
        return answered

    async def _answer(self, row: KabupatenRow, whom: ForWhom) -> _Live:
        """Raises LiveFailure, UnbelievableError."""
        theirs, ours = await self._asker.schema_of(row, self._errand), await self._asker.schemas.own()
        known = None
        if theirs.digest != ours.digest:
            known = await BULK.go_on(known_in, theirs.text)
            if known is None:
                raise LiveFailure("Simpul tidak memberitahukan skemanya.")
        question = self._plan.question(whom, theirs.digest, known)
        heard = await self._asker.ask(row, question.body(row.kode), self._errand)
        found = [heard.content.get(f"a{n}" if n else "_entities") for n in range(len(question.asked) or 1)]
        if not all(isinstance(f, list) and len(f) == 1 for f in found):
            raise UnbelievableError("_entities")
        if any(f == [None] for f in found):
            return self._absent(row)
        make, asked = self._believed, question.asked
        parts = await BULK.go_on(make, row.kode, asked, found) if heard.large else make(row.kode, asked, found)
        return _Live(parts, copied=dict(question.copied))

    def _believed(self, kode: str, asked: Mapping[str, list[Part]], found: Sequence[Any]) -> dict[str, dict[str, Any]]:
        """Raises UnbelievableError."""
        plan, schema = self._plan, self._plan.schema
        kabupaten = schema.get_type("Kabupaten")
        assert isinstance(kabupaten, GraphQLObjectType)
        reader = Reader(schema, Selections(schema, plan.fragments, plan.variables), kode)
        if not asked:
            reader.kabupaten(found[0][0])
        parts: dict[str, dict[str, Any]] = {}
        for (key, some), (value,) in zip(asked.items(), found, strict=False):
            reader.kabupaten(value)
            parts[key] = {p.key: reader.field(kabupaten, p.key, value, p.nodes, p.asked or []) for p in some}
            _check_code(parts[key], some, kode)
        return parts

    def _absent(self, row: KabupatenRow) -> _Live:
        """It knows of no such kabupaten. That counts only where its list of regions has it in force."""
        if row.in_force_since is not None and row.regions_since is not None and row.in_force_since <= row.regions_since:
            return _Live(absent=True)
        raise LiveFailure("Simpul belum mengenal wilayah ini; daftar wilayahnya lebih lama.", counts=False)

    # ---------- what it comes to ----------

    def _told(
        self, row: KabupatenRow, parts: Mapping[str, list[Part]], task: "asyncio.Task[_Live | None] | None"
    ) -> Told:
        now, live = datetime.now(UTC), None if task is None else task.result()
        kept = self._read.get(row.kode)
        if not row.known:
            return Told(
                row.kode, "TIDAK_ADA", {}, None, f"Kabupaten/kota {row.kode} tidak ada dalam daftar wilayah hub ini."
            )
        if row.mode in (None, "HOSTING"):
            return Told(row.kode, "LANGSUNG", kept or {}, now, None if kept is not None else _UNREAD)
        if live is not None and live.absent:
            return Told(row.kode, "TIDAK_ADA", {}, now, "Simpul menyatakan tidak punya data kabupaten ini.")
        if live is not None:
            objects = {
                key: _together(some, live.parts.get(key, {}), (kept or {}).get(key)) for key, some in parts.items()
            }
            if any(made for made in live.parts.values()) or not live.copied:
                return Told(row.kode, "LANGSUNG", objects, now, _copied(live.copied) if live.copied else None)
            self._whys[row.kode] = _copied(live.copied)
        why = self._whys.get(row.kode)
        if row.taken_until is None:
            return Told(
                row.kode, "TIDAK_ADA", {}, None, f"Belum pernah ada kiriman dari simpul ini. {why or ''}".strip()
            )
        return Told(row.kode, "SALINAN", kept or {}, row.taken_until, why if kept is not None else _UNREAD)

    def _note(self, known: Mapping[str, KabupatenRow], told: Mapping[str, Told]) -> None:
        asked = [k for k, row in known.items() if row.mode == "TARIK"]
        self._asker.note([(k, told[k].sumber != "SALINAN") for k in asked])
        counts = {s: sum(t.sumber == s for t in told.values()) for s in ("LANGSUNG", "SALINAN", "TIDAK_ADA")}
        _log.info(
            "tanya langsung", permintaan=self._errand.behalf.request, simpul=len(asked), langsung=counts["LANGSUNG"], salinan=counts["SALINAN"],
            tidak_ada=counts["TIDAK_ADA"], ms=round((time.monotonic() - self._began) * 1000),
        )  # fmt: skip


_UNREAD = "Data di hub ini sedang tidak terbaca; coba lagi sebentar."


def _answered(task: "asyncio.Task[_Live | None]") -> bool:
    return task.done() and not task.cancelled() and task.exception() is None and task.result() is not None


def _whole(task: "asyncio.Task[_Live | None]") -> bool:
    """Whether nothing of it has to be read from the copy."""
    live = task.result()
    return live is not None and not live.copied


def _copied(parts: Mapping[str, str]) -> str:
    by_reason: dict[str, list[str]] = {}
    for key, why in parts.items():
        by_reason.setdefault(why, []).append(key)
    return "Dari salinan: " + "; ".join(f"{', '.join(keys)} ({why})" for why, keys in by_reason.items()) + "."


def _check_code(made: Mapping[str, Any], parts: Sequence[Part], kode: str) -> None:
    """Raises UnbelievableError."""
    for part in parts:
        if part.nodes[0].name.value in ("kode", "id") and made[part.key] != kode:
            raise UnbelievableError("Kabupaten.kode", lies=True)


def _together(parts: Sequence[Part], live: Mapping[str, Any], kept: bytes | None) -> bytes | None:
    """In the caller's order; null of the copy where there is none."""
    copy = orjson.loads(kept) if kept is not None else {}
    made = {}
    for part in parts:
        if part.nodes[0].name.value == "__typename":
            made[part.key] = "Kabupaten"
        elif part.key in live:
            made[part.key] = live[part.key]
        elif part.key in copy:
            made[part.key] = copy[part.key]
        else:
            return None
    return orjson.dumps(made)
