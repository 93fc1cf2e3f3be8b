"""Statements over what provinces withdraw, and how small a count they hide."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hub.db.database import Conn
from hub.rilis.shown_rows import CLOSED

_LOCK = "hashtextextended('tarik ' || %(prov)s, 0)"


async def hold_withdrawals(conn: Conn, provinsi: str) -> None:
    """Hold all that is withdrawn in a province until the transaction ends: whoever releases there meanwhile is waited for, and
    sees it afterwards. Taken before any totals are held."""
    await conn.execute(f"SELECT pg_advisory_xact_lock({_LOCK})", {"prov": provinsi})


async def hold_off_withdrawals(conn: Conn, provinsi: str) -> None:
    """Nothing more is withdrawn in that province until the transaction ends. Others may do the same meanwhile."""
    await conn.execute(f"SELECT pg_advisory_xact_lock_shared({_LOCK})", {"prov": provinsi})


async def withdrawn(conn: Conn, kode_kab: str, periode: str) -> set[str]:
    """Elements withdrawn for that office and period, by itself or with its province: all that is released of them is closed."""
    cursor = await conn.execute(
        "SELECT elemen FROM rilis_tarik WHERE kode_kab IN (%(kab)s, left(%(kab)s, 2)) AND periode = %(periode)s",
        {"kab": kode_kab, "periode": periode},
    )
    return {e for (e,) in await cursor.fetchall()}


async def withdrawn_totals(conn: Conn, provinsi: str, periode: str) -> set[str]:
    """Elements whose totals of that province and period are closed: withdrawn for the province or for one of its kabupaten."""
    cursor = await conn.execute(
        "SELECT elemen FROM rilis_tarik WHERE (kode_kab = %(prov)s OR kode_kab >= %(prov)s || '.' AND kode_kab < %(prov)s || '/') "
        "AND periode = %(periode)s",
        {"prov": provinsi, "periode": periode},
    )
    return {e for (e,) in await cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class Office:
    """Whose figures are withdrawn. `kabupaten` "": of the whole province."""

    provinsi: str
    kabupaten: str

    def params(self, **more: Any) -> dict[str, Any]:
        return {"prov": self.provinsi, "kab": self.kabupaten, **more}


# its own rows and, of a kabupaten, the totals of its province; of a province everything below as well
_ITS = (
    "(kode_kab = %(prov)s OR CASE WHEN %(kab)s <> '' THEN kode_kab = %(kab)s ELSE kode_kab >= %(prov)s || '.' AND "
    "kode_kab < %(prov)s || '/' END)"
)
_SEEN = ("angka_rilis", "angka_rilis_riwayat")  # by UPDATE: no version of it is left in the history


@dataclass(frozen=True, slots=True)
class ElementForm:
    """`adds_up`: a longer period is the sum of its parts."""

    formulir: str
    sensitivity: int
    adds_up: bool


async def rule_of(conn: Conn, elemen: str) -> ElementForm | None:
    """None: no such element."""
    cursor = await conn.execute(
        "SELECT formulir, sensitif, agregasi_waktu = 'JUMLAH' FROM elemen WHERE kode = %s", (elemen,)
    )
    row = await cursor.fetchone()
    return ElementForm(*row) if row else None


async def is_known(conn: Conn, kode: str) -> bool:
    """Whether a region of that code is, or was, in the list of regions."""
    cursor = await conn.execute("SELECT FROM wilayah WHERE kode_kab = %s AND kode = %s LIMIT 1", (kode, kode))
    return await cursor.fetchone() is not None


async def add(conn: Conn, kode: str, elemen: str, periode: str, reason: str) -> bool:
    """Keep that it is withdrawn. False: it was already."""
    cursor = await conn.execute(
        "INSERT INTO rilis_tarik (kode_kab, elemen, periode, alasan) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (kode, elemen, periode, reason),
    )
    return cursor.rowcount == 1


async def close(conn: Conn, office: Office, elemen: Sequence[str], periode: str) -> None:
    """Of those elements and that period all versions that anybody saw, and what was stated beside them; no revision waits."""
    params = office.params(elemen=list(elemen), periode=periode, tutup=CLOSED)
    this = f"{_ITS} AND elemen = ANY(%(elemen)s) AND periode = %(periode)s"
    for table in _SEEN:
        await conn.execute(
            f"UPDATE {table} SET nilai = NULL, status = %(tutup)s WHERE {this} AND status <> %(tutup)s", params
        )
    for table in ("angka_tertulis_rilis", "angka_tertulis_rilis_riwayat", "rilis_tunggu"):
        await conn.execute(f"DELETE FROM {table} WHERE {this}", params)


async def close_results(conn: Conn, office: Office, results: str, elemen: str, periode: str) -> None:
    """Results (of element `results`) whose choices name that element, in all versions."""
    for table in _SEEN:
        await conn.execute(
            f"UPDATE {table} SET nilai = NULL, status = %(tutup)s WHERE {_ITS} AND elemen = %(hasil)s AND periode = %(periode)s "
            "AND status <> %(tutup)s AND EXISTS (SELECT FROM jsonb_each_text(rincian) x "
            "WHERE %(elemen)s = ANY(regexp_split_to_array(upper(x.value), '[^A-Z0-9]+')))",
            office.params(hasil=results, elemen=elemen, periode=periode, tutup=CLOSED),
        )


async def reporters(conn: Conn, office: Office, elemen: str, periode: str) -> set[str]:
    """Kabupaten among those withdrawn that have rows of that element and period."""
    cursor = await conn.execute(
        f"SELECT DISTINCT kode_kab FROM angka WHERE {_ITS} AND elemen = %(elemen)s AND periode = %(periode)s AND tingkat = 2",
        office.params(elemen=elemen, periode=periode),
    )
    return {k for (k,) in await cursor.fetchall()}


async def with_own(conn: Conn, kabupaten: Sequence[str], elemen: str, periode: str) -> set[str]:
    """Which of those kabupaten have figures of that very period, made of no finer ones."""
    cursor = await conn.execute(
        "SELECT DISTINCT kode_kab FROM angka WHERE kode_kab = ANY(%s) AND elemen = %s AND periode = %s AND tingkat = 2 AND NOT turunan",
        (list(kabupaten), elemen, periode),
    )
    return {k for (k,) in await cursor.fetchall()}


async def counted_parts(conn: Conn, kabupaten: Sequence[str], elemen: str, parts: Sequence[str]) -> dict[str, str]:
    """Kabupaten → the newest of those parts with a figure of it."""
    cursor = await conn.execute(
        "SELECT kode_kab, max(periode) FROM angka WHERE kode_kab = ANY(%s) AND elemen = %s AND periode = ANY(%s) AND tingkat = 2 "
        "AND nilai IS NOT NULL GROUP BY kode_kab",
        (list(kabupaten), elemen, list(parts)),
    )
    return dict(await cursor.fetchall())


async def close_folded(conn: Conn, office: Office, cell: tuple[str, str], kabupaten: Sequence[str]) -> None:
    """What is made of finer periods for that element and period (`cell`): now, of those kabupaten and with them of the province; of
    earlier versions, which may have been made of another part, all."""
    params = office.params(elemen=cell[0], periode=cell[1], tutup=CLOSED, semua=list(kabupaten))
    made = "elemen = %(elemen)s AND periode = %(periode)s AND turunan AND status <> %(tutup)s"
    await conn.execute(
        f"UPDATE angka_rilis SET nilai = NULL, status = %(tutup)s WHERE {made} AND (kode_kab = ANY(%(semua)s) "
        "OR kode_kab = %(prov)s AND %(semua)s::text[] <> '{}')",
        params,
    )
    await conn.execute(
        f"UPDATE angka_rilis_riwayat SET nilai = NULL, status = %(tutup)s WHERE {_ITS} AND {made}", params
    )


async def add_thresholds(conn: Conn, provinsi: str, ks: tuple[int, int, int]) -> None:
    """The newest row counts; none is ever changed."""
    await conn.execute("INSERT INTO ambang_rilis (kode_kab, k1, k2, k3) VALUES (%s, %s, %s, %s)", (provinsi, *ks))
