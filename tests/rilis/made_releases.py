"""Releases of offices put into a database as the approval does it, and what everybody sees then: for tests of a province's totals."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from hub.angka.statements import fold_periods
from hub.base.actor import Actor, Role
from hub.base.periode import Periode
from hub.base.public_id import RekapKey
from hub.db.database import Conn, Database
from hub.db.private_cluster import login_url
from hub.rilis.figures import Figure, Shown
from hub.rilis.office import Beside, Released, release
from hub.rilis.primary import Thresholds
from hub.rilis.service import fold_office
from hub.rilis.stored import StoredRelease, to_store
from hub.rilis.totals import release_totals
from tests.rilis.made_figures import Choices

PROV, FORM, FLOW, ONCE = "98", "F02", "BAN08", "BAN01"
"""A province of the tests, a form, and two of its elements: families that left a programme (they add up over time), families in
it (counted once)."""


_USUAL = Thresholds()
OFFICER = Actor(Role.PROVINSI, PROV, "uji")


async def put_regions(db: Database, kabupaten: int, since: str = "2020-01-01") -> None:
    async with db.as_owner() as conn:
        await conn.execute(
            "INSERT INTO wilayah (kode_kab, kode, berlaku_sejak, tingkat, jenis, nama, kode_induk) "
            "SELECT k, k, %s, CASE length(k) WHEN 2 THEN 1 ELSE 2 END, 'X', 'Nama ' || k, CASE length(k) WHEN 5 THEN %s END "
            "FROM unnest(%s::text[]) k",
            (since, PROV, [PROV, *(f"{PROV}.{i:02d}" for i in range(1, kabupaten + 1))]),
        )


@dataclass
class Made:
    """A province in a database. `now`: (element, period) → kabupaten → its figures; `before`: all its releases; `released`: newest."""

    db: Database
    now: dict[tuple[str, str], dict[str, Sequence[Figure]]] = field(default_factory=dict)
    before: dict[tuple[str, str, str], list[Shown]] = field(default_factory=dict)
    released: dict[tuple[str, str, str], Released] = field(default_factory=dict)

    async def approve(
        self,
        kab: str,
        figures: Sequence[Figure],
        elemen: str = FLOW,
        *,
        totals: bool = True,
        threatened: int = 0,
        thresholds: Thresholds = _USUAL,
    ) -> None:
        """As the approval of a rekap with these figures and no others leaves it. `threatened`: so many of them have no proof."""
        periode = figures[0].periode
        key = elemen, periode, kab
        earlier = self.before.get(key, [])
        path = self.released[key].path if key in self.released else ()
        made = release(kab, figures, thresholds, Beside(earlier, path))
        stored = to_store(figures, made)
        self.released[key] = made
        self.before[key] = [*earlier, Shown(figures, made.hidden)]
        self.now.setdefault((elemen, periode), {})[kab] = figures
        async with self.db.as_actor(OFFICER) as conn:
            await conn.execute(
                "INSERT INTO rilis_kantor (kode_kab, elemen, periode, versi, isi, keperluan, ruang, jalur, terancam) "
                "VALUES (%s, %s, %s, %s, %s::jsonb, %s::jsonb, %s::jsonb, %s, %s)",
                (
                    kab, elemen, periode, stored.versi, *map(_json, (stored.isi, stored.keperluan, stored.ruang)), stored.jalur,
                    stored.terancam + threatened,
                ),
            )  # fmt: skip
            shown = [(f, None if i in made.hidden else f.value) for i, f in enumerate(figures)]
            await put_figures(conn, "angka", kab, elemen, [(f, f.value) for f in figures])
            await put_figures(conn, "angka_rilis", kab, elemen, shown)
            for longer in Periode.read(periode).ancestors:
                if (elemen, str(longer), kab) in self.before:
                    break
                above, parts = RekapKey(kab, FORM, str(longer)), [str(p) for p in longer.parts]
                await fold_periods(conn, above, [elemen], parts)
                await fold_office(conn, above, [elemen], parts)
        if totals:
            await release_totals(self.db, PROV, FORM, periode)


def played(url: str, scene: Callable[[Made], Awaitable[None]], kabupaten: int = 6) -> None:
    """One scene over a province of so many kabupaten without figures."""

    async def play() -> None:
        db = Database(login_url(url), 3)
        await db.open()
        try:
            await put_regions(db, kabupaten)
            await scene(Made(db))
        finally:
            await db.close()

    asyncio.run(play())


async def put_figures(
    conn: Conn,
    table: str,
    kab: str,
    elemen: str,
    figures: Sequence[tuple[Figure, int | None]],
    *,
    folded: bool = False,
) -> None:
    """Make these the rows of an office's element and period. `None`: closed."""
    periode = figures[0][0].periode
    await conn.execute(
        f"DELETE FROM {table} WHERE kode_kab = %s AND elemen = %s AND periode = %s", (kab, elemen, periode)
    )
    async with conn.cursor() as cursor:
        await cursor.executemany(
            f"INSERT INTO {table} (kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s::jsonb, %s, %s, %s)",
            [
                (
                    kab, elemen, periode, 1 + f.region.count("."), "|".join(n for n, _ in f.choices), f.region,
                    _json(dict(f.choices)), n, "DISUPRESI" if n is None else "ADA" if n else "NOL", folded,
                )
                for f, n in figures
            ],
        )  # fmt: skip


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def whole(kab: str, value: int, periode: str = "2025-TW1", choices: Choices = (), sensitivity: int = 1) -> Figure:
    """A kabupaten's own figure."""
    return Figure(kab, choices, periode, value, sensitivity)


async def rows(db: Database, sql: str, *params: Any) -> list[tuple[Any, ...]]:
    async with db.as_owner() as conn:
        return await (await conn.execute(sql, params)).fetchall()


async def totals(db: Database, periode: str = "2025-TW1", elemen: str = FLOW) -> Mapping[str, tuple[Any, ...]]:
    """Choices as text → value (None: closed), folded, completeness, how many kabupaten, since when."""
    found = await rows(
        db,
        "SELECT rincian::text, nilai::int, status, turunan, kelengkapan, terisi, sejak FROM angka_rilis "
        "WHERE kode_kab = %s AND kode_wilayah = %s AND tingkat = 1 AND elemen = %s AND periode = %s",
        PROV, PROV, elemen, periode,
    )  # fmt: skip
    assert all((r[1] is None) == (r[2] == "DISUPRESI") for r in found)
    return {r[0]: (r[1], *r[3:]) for r in found}


async def waits(db: Database, periode: str = "2025-TW1", elemen: str = FLOW) -> dict[str, str]:
    return dict(
        await rows(
            db, "SELECT rincian::text, sebab FROM rilis_tunggu WHERE kode_kab = %s AND elemen = %s AND periode = %s",
            PROV, elemen, periode,
        )
    )  # fmt: skip


async def newest_versions(db: Database, elemen: str, periode: str) -> dict[str, StoredRelease]:
    """Kabupaten → its newest release."""
    found = await rows(
        db,
        "SELECT DISTINCT ON (kode_kab) kode_kab, versi, isi, keperluan, ruang, jalur, terancam FROM rilis_kantor "
        "WHERE elemen = %s AND periode = %s ORDER BY kode_kab, versi DESC",
        elemen, periode,
    )  # fmt: skip
    return {kab: StoredRelease(*stored) for kab, *stored in found}
