"""At a node: pieces that come are kept until a part is complete; then it is put in force in one transaction, and only if the node then holds
what its province does. Stopped at any moment, nothing is half there, and what has come need not come again."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import orjson
import psycopg
import structlog

from hub.base.errors import InvalidInputError
from hub.base.periode import Periode
from hub.base.temuan import WARNING, Temuan
from hub.batas import pyramid
from hub.batas.statements import lock as lock_boundaries
from hub.db.database import Conn, Database, refresh_statistics
from hub.katalog import statements as catalogue
from hub.katalog.cache import build
from hub.katalog.formula import read_formula
from hub.rekap import deadline_statements as deadlines
from hub.rekap.approval import recount_all
from hub.simpul import bundle_statements as store
from hub.simpul.bundle_digests import Listing, listing
from hub.simpul.bundle_offer import BundleError, Offer, Plan, plan_of, too_new
from hub.simpul.bundle_parts import BOUNDARIES, CATALOGUE, DEADLINES, PARTS, REGIONS
from hub.simpul.bundle_state import (
    deadlines_in_force,
    drafts_without_element,
    drafts_without_region,
    put_failure,
    put_taken,
)
from hub.simpul.bundle_statements import Place

_log = structlog.get_logger("hub.simpul")
_MANY = 1_000  # rows written, after which the planner is told
_MOST_FOUND = 100  # findings that are kept of one part


class ChangedError(BundleError):
    """The province has changed the part while it was fetched."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A piece that has come: its rows as JSON."""

    table: str
    piece: str
    digest: str
    content: bytes


@dataclass(slots=True)
class Taking:
    """Of that kabupaten, into that database."""

    db: Database
    kode_kab: str

    async def look(self, offer: Offer) -> Plan:
        """What is to be fetched and dropped. Raises BundleError where the part could not be taken."""
        async with self.db.as_owner() as conn:
            await self._known(conn, offer)
            return plan_of(offer, await self._here(conn, offer))

    async def staged(self, part: str) -> dict[tuple[str, str], str]:
        """(table, piece) → digest of what has come already."""
        async with self.db.as_owner() as conn:
            return await store.staged(conn, self.kode_kab, part)

    async def stage(self, part: str, arrived: Iterable[Arrived]) -> None:
        """Keep what has come. Raises InvalidInputError where it is no list of rows."""
        read = [(a, _rows(a)) for a in arrived]
        async with self.db.as_owner() as conn:
            for a, rows in read:
                await store.stage(conn, Place(part, a.table, self.kode_kab), a.piece, a.digest, rows)

    async def apply(self, offer: Offer, plan: Plan) -> str:
        """Put in force what has come: all of it or nothing. The digest of the part here afterwards.

        Raises ChangedError where what has come is not what was offered, BundleError where it cannot be written."""
        try:
            async with self.db.as_owner() as conn:
                return await self._apply(conn, offer, plan)
        except ChangedError:  # whatever of it is not what it says: it comes anew
            async with self.db.as_owner() as conn:
                await store.unstage(conn, self.kode_kab, offer.part)
            raise
        except psycopg.Error as error:
            why = str(error).strip().split("\n")[0]
            raise BundleError(
                f"Bekal {offer.part} dari provinsi tidak dapat dipasang ({why}); perbarui hub ini. Isi yang lama tetap dipakai."
            ) from None

    async def _apply(self, conn: Conn, offer: Offer, plan: Plan) -> str:
        await store.hold(conn)
        await _prepare(conn, offer.part)
        await store.speak_alike(conn)
        written = 0
        places = {t: Place(offer.part, t, self.kode_kab) for t in offer.columns}
        types = {t: await self._types(conn, t, names) for t, names in offer.columns.items()}
        changed = {t: [*plan.gone[t], *plan.wanted[t]] for t in places if plan.gone[t] or plan.wanted[t]}
        for table, pieces in changed.items():
            written += await store.drop_others(conn, places[table], types[table], pieces)
        for table, pieces in changed.items():
            written += await store.add_missing(conn, places[table], types[table], pieces)
        if (await self._here(conn, offer)).digest != offer.digest:
            raise ChangedError(
                f"Bekal {offer.part} berubah di provinsi selama diambil; diambil lagi pada kontak berikutnya."
            )
        temuan = await self._finish(conn, offer.part, plan)
        await store.unstage(conn, self.kode_kab, offer.part)
        alike = {t: list(await store.columns(conn, t)) for t in PARTS[offer.part]} == offer.columns
        digest = offer.digest if alike else (await listing(conn, offer.part, self.kode_kab)).digest
        await put_taken(conn, self.kode_kab, offer.part, (digest, offer.digest), temuan)
        if written >= _MANY:
            await refresh_statistics(conn, *offer.columns)
        _log.info("bekal dipasang", simpul=self.kode_kab, bagian=offer.part, baris=written)
        return digest

    async def _known(self, conn: Conn, offer: Offer) -> None:
        for table, names in offer.columns.items():
            if unknown := set(names) - set(await store.columns(conn, table)):
                raise too_new(offer.part, [f"{table}.{name}" for name in unknown])

    async def _types(self, conn: Conn, table: str, names: Sequence[str]) -> dict[str, str]:
        known = await store.columns(conn, table)
        return {n: known[n] for n in names}

    async def _here(self, conn: Conn, offer: Offer) -> Listing:
        """What there is, looked at as the province does: a newer node has columns that its province does not."""
        return await listing(conn, offer.part, self.kode_kab, offer.columns)

    async def _finish(self, conn: Conn, part: str, plan: Plan) -> list[dict[str, Any]]:
        """What follows from it; what was found."""
        await conn.execute(
            "SELECT set_config('TimeZone', %s, true)", (self.db.zone.key,)
        )  # days are the office's again
        if part == BOUNDARIES:
            changed = {*plan.wanted.get("batas", ()), *plan.gone.get("batas", ())}
            if changed:
                await pyramid.build(conn, changed)
        if part == DEADLINES:
            await self._carry_over(conn, {*plan.wanted["tenggat"], *plan.gone["tenggat"]})
        temuan: list[Temuan] = []
        if part == REGIONS:
            temuan = [_region_gone(*d) for d in await drafts_without_region(conn, self.kode_kab)]
        elif part == CATALOGUE:
            await _check_catalogue(conn)
            temuan = [_element_gone(*d) for d in await drafts_without_element(conn, self.kode_kab)]
        return [asdict(t) for t in temuan[:_MOST_FOUND]]

    async def _carry_over(self, conn: Conn, pieces: Collection[str]) -> None:
        """Rekap that there are get the deadlines, as they did at the province."""
        for key, day in await deadlines_in_force(conn, self.kode_kab, pieces):
            offices = await deadlines.hold_offices(conn, self.kode_kab, key.formulir)
            changed = await deadlines.carry_over(conn, key, day, offices)
            await recount_all(conn, changed, key.formulir, Periode.read(key.periode))


def _rows(a: Arrived) -> list[list[str | None]]:
    try:
        rows = orjson.loads(a.content)
    except ValueError:
        rows = None
    if not isinstance(rows, list) or not all(isinstance(r, list) for r in rows):
        raise InvalidInputError("Bekal dari provinsi bukan daftar baris; pakai hub versi yang sama di kedua pihak.")
    return rows


async def _prepare(conn: Conn, part: str) -> None:
    """Who writes the same by another way waits."""
    if part == CATALOGUE:
        await catalogue.lock(conn)
    elif part == BOUNDARIES:
        await lock_boundaries(conn)


async def _check_catalogue(conn: Conn) -> None:
    """Raises BundleError where this program cannot work with it."""
    try:
        katalog = build(await catalogue.snapshot(conn))
        for form in katalog.formulir.values():
            for rule in form.aturan:
                read_formula(rule.kiri)
                read_formula(rule.kanan)
    except (ValueError, KeyError, TypeError) as error:
        raise BundleError(
            f"Katalog provinsi memuat yang belum dikenal hub ini ({error}); perbarui hub ini. Katalog yang lama tetap dipakai."
        ) from None


def _element_gone(formulir: str, periode: str, elemen: str) -> Temuan:
    message = (
        f"Draf {formulir} {periode} memuat elemen {elemen}, yang tidak ada lagi dalam formulir itu di katalog provinsi; isinya tetap "
        "tersimpan, dan elemen itu tidak dapat diajukan."
    )
    return Temuan("ELEMEN_DRAF_HILANG", WARNING, message, elemen=elemen, nilai=f"{formulir} {periode}")


def _region_gone(formulir: str, periode: str, kode: str) -> Temuan:
    message = (
        f"Draf {formulir} {periode} memuat wilayah {kode}, yang tidak berlaku pada akhir periode itu menurut daftar provinsi; isinya tetap "
        "tersimpan, dan angka wilayah itu tidak dapat diajukan."
    )
    return Temuan("WILAYAH_DRAF_HILANG", WARNING, message, wilayah=kode, nilai=f"{formulir} {periode}")


async def note_failure(db: Database, kode_kab: str, part: str, why: str) -> None:
    """A part could not be taken."""
    async with db.as_owner() as conn:
        await put_failure(conn, kode_kab, part, why)


def sizes(plan: Plan) -> Mapping[tuple[str, str], tuple[str, int]]:
    """(table, piece) → digest and size of what is wanted."""
    return {(table, name): what for table, of in plan.wanted.items() for name, what in of.items()}
