"""The same bundle in a file, for hubs that no line joins: a node says in its file what it holds, and the province's answer brings what differs;
what a province packs by itself is whole."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from hub.base.errors import InvalidInputError
from hub.db.database import Conn, Database
from hub.simpul import bundle_statements as store
from hub.simpul.bundle_digests import listing
from hub.simpul.bundle_offer import BundleError, Held, Offer, offer_of, read_offer
from hub.simpul.bundle_parts import PARTS
from hub.simpul.bundle_statements import Place
from hub.simpul.bundle_take import Arrived, Taking, note_failure, sizes

BUNDLE, HELD = "BEKAL", "DIPEGANG"
_AT_ONCE = 8 * 2**20  # bytes of rows in one part of a file, about
_ATTEMPTS = 3  # where the province goes on writing


@dataclass(slots=True)
class Packing:
    """`node`: what this hub runs, where it is a kabupaten's own; None: a province."""

    db: Database
    node: str | None
    _held: dict[str, Mapping[str, Held]] = field(default_factory=dict)

    async def give(self, kode_kab: str, *, asked: bool = False) -> AsyncIterator[tuple[str, bytes]]:
        """What goes into a file for the other end, by kind. `asked`: only for a node that said in its file what it holds."""
        if self.node is not None:
            yield HELD, await held_by(self.db, self.node)
        elif not asked or kode_kab in self._held:
            async for content in bundle_for(self.db, kode_kab, self._held.get(kode_kab, {})):
                yield BUNDLE, content

    async def take(self, kind: str, kode_kab: str, content: bytes) -> str | None:
        """What came in a file: why it was not taken; None: it was. Raises HubError."""
        if kind == HELD and self.node is None:
            self._held[kode_kab] = _read_held(content)
            return None
        if kind == BUNDLE and self.node == kode_kab:
            return await apply_bundle(self.db, kode_kab, content)
        return f"Bekal {kode_kab} tidak diterima di sini."


async def held_by(db: Database, kode_kab: str) -> bytes:
    """What a node holds, as a province reads it."""
    async with db.as_owner() as conn:
        groups = {part: (await listing(conn, part, kode_kab)).groups() for part in PARTS}
    return orjson.dumps(groups)


def _read_held(content: bytes) -> dict[str, Held]:
    """Raises InvalidInputError."""
    try:
        held = orjson.loads(content)
        return {
            str(part): {str(t): {str(g): str(d) for g, d in groups.items()} for t, groups in tables.items()}
            for part, tables in held.items()
        }
    except (ValueError, AttributeError):
        raise InvalidInputError("Daftar bekal yang dipegang simpul tidak terbaca.") from None


async def bundle_for(db: Database, kode_kab: str, held: Mapping[str, Held]) -> AsyncIterator[bytes]:
    """Everything for that kabupaten that is not held there; nothing where it holds all. `held`: part → its groups."""
    for part in PARTS:
        for content in await _part(db, kode_kab, part, held.get(part, {})):
            yield content


async def _part(db: Database, kode_kab: str, part: str, held: Held) -> list[bytes]:
    """Raises BundleError where it never stands still."""
    for _ in range(_ATTEMPTS):
        async with db.as_owner() as conn:
            offer = offer_of(part, await listing(conn, part, kode_kab), held)
            if all(of is None for groups in offer.groups.values() for of in groups.values()) and not _fewer(
                offer, held
            ):
                return []
            contents = await _contents(conn, kode_kab, offer)
            if contents is not None:
                return contents
    raise BundleError(f"Bekal {part} terus berubah selama dikemas; kemas sekali lagi sebentar lagi.")


def _fewer(offer: Offer, held: Held) -> bool:
    """Whether the node holds what the province does not."""
    return any(held.get(table, {}).keys() - groups.keys() for table, groups in offer.groups.items())


async def _contents(conn: Conn, kode_kab: str, offer: Offer) -> list[bytes] | None:
    """None: it is not what was offered any more."""
    contents: list[bytes] = []
    batch: list[list[Any]] = []
    size = 0
    for table, groups in offer.groups.items():
        offered = {name: what[0] for of in groups.values() if of for name, what in of.items()}
        read = await store.rows(conn, Place(offer.part, table, kode_kab), offer.columns[table], list(offered))
        if {name: digest for name, digest, _ in read} != offered:
            return None
        for name, digest, rows in read:
            if batch and size + len(rows) > _AT_ONCE:
                contents.append(_content(offer, batch, last=False))
                batch, size = [], 0
            batch.append([table, name, digest, orjson.Fragment(rows)])
            size += len(rows)
    return [*contents, _content(offer, batch, last=True)]


def _content(offer: Offer, pieces: list[list[Any]], *, last: bool) -> bytes:
    return orjson.dumps({"penawaran": offer.content(), "isi": pieces, "habis": last})


async def apply_bundle(db: Database, kode_kab: str, content: bytes) -> str | None:
    """Keep what came, and put the part in force once all of it is here. Why it could not be; None: it could, or more of it follows.

    Raises InvalidInputError where it is none."""
    try:
        read = orjson.loads(content)
        offer, pieces, last = read_offer(read["penawaran"]), read["isi"], read["habis"]
        arrived = [Arrived(t, name, digest, orjson.dumps(rows)) for t, name, digest, rows in pieces]
    except BundleError as error:
        return error.message
    except (ValueError, KeyError, TypeError):
        raise InvalidInputError("Isi berkas bukan bekal; pakai hub versi yang sama di kedua pihak.") from None
    taking = Taking(db, kode_kab)
    try:
        plan = await taking.look(offer)
        wanted = sizes(plan)
        await taking.stage(offer.part, [a for a in arrived if wanted.get((a.table, a.piece), ("",))[0] == a.digest])
        here = await taking.staged(offer.part)
        if any(here.get(place) != what[0] for place, what in wanted.items()):
            if last:
                raise BundleError(f"Bekal {offer.part} dalam berkas ini tidak utuh; mintalah berkas yang utuh.")
            return None
        if last:
            await taking.apply(offer, plan)
    except BundleError as error:
        await note_failure(db, kode_kab, offer.part, error.message)
        return error.message
    return None
