"""Statements over the catalogue: one snapshot out, whole forms in."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from psycopg import sql
from psycopg.types.json import Jsonb

from hub.db.database import Conn

RowTuples = Sequence[tuple[object, ...]]


async def lock(conn: Conn) -> None:
    """One installation at a time."""
    await conn.execute("LOCK TABLE katalog_riwayat IN SHARE ROW EXCLUSIVE MODE")


async def record(conn: Conn, kind: str, kode: str, hash_: str, content: object) -> tuple[int, bool]:
    """Write a version of something unless its newest one has the same hash. Returns (version, whether it is new)."""
    cursor = await conn.execute(
        "SELECT versi, hash FROM katalog_riwayat WHERE jenis = %s AND kode = %s ORDER BY versi DESC LIMIT 1",
        (kind, kode),
    )
    newest = await cursor.fetchone()
    if newest is not None and newest[1] == hash_:
        return int(newest[0]), False
    version = int(newest[0]) + 1 if newest else 1
    await conn.execute(
        "INSERT INTO katalog_riwayat (jenis, kode, versi, hash, isi, dipasang_pada) VALUES (%s, %s, %s, %s, %s, now())",
        (kind, kode, version, hash_, orjson.dumps(content).decode()),
    )
    return version, True


_ORIGIN = "ASAL"  # whose catalogue it is, kept as a part of it


async def is_of_office(conn: Conn) -> bool:
    """Whether the catalogue in force was installed by an office, in the place of the one that comes with the hub."""
    cursor = await conn.execute(
        "SELECT isi->>'asal' = 'KANTOR' FROM katalog_riwayat WHERE jenis = %s ORDER BY versi DESC LIMIT 1", (_ORIGIN,)
    )
    row = await cursor.fetchone()
    return row is not None and bool(row[0])


async def put_origin(conn: Conn, *, of_office: bool) -> None:
    """Keep whose catalogue is installed now."""
    if of_office != await is_of_office(conn):
        origin = "KANTOR" if of_office else "BAWAAN"
        await record(conn, _ORIGIN, "", origin, {"asal": origin})


async def put_formulir(conn: Conn, row: tuple[object, ...]) -> None:
    await conn.execute(
        "INSERT INTO formulir (kode, nama, versi, hash, periode_jenis, tenggat_hari, periode_tersingkat) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s) "
        "ON CONFLICT (kode) DO UPDATE SET nama = excluded.nama, versi = excluded.versi, hash = excluded.hash, "
        "periode_jenis = excluded.periode_jenis, tenggat_hari = excluded.tenggat_hari, "
        "periode_tersingkat = excluded.periode_tersingkat",
        row,
    )


async def put_elemen(conn: Conn, formulir: str, elemen: RowTuples, rincian: RowTuples) -> None:
    await conn.execute("DELETE FROM rincian WHERE elemen IN (SELECT kode FROM elemen WHERE formulir = %s)", (formulir,))
    await conn.execute("DELETE FROM elemen WHERE formulir = %s", (formulir,))
    await _insert(
        conn, "elemen", elemen,
        "kode formulir urut nama satuan tingkat titik frekuensi agregasi_wilayah agregasi_waktu sensitif bulat arah "
        "kelompok registri definisi kode_ref kode_sipd alias",
    )  # fmt: skip
    await _insert(conn, "rincian", rincian, "elemen kode urut nama pilihan terbuka satuan menjumlah butir terbaru")


async def put_aturan(conn: Conn, formulir: str, aturan: RowTuples) -> None:
    await conn.execute("DELETE FROM aturan WHERE formulir = %s", (formulir,))
    await _insert(
        conn, "aturan", aturan, "kode formulir urut nama kiri operator kanan tingkat pelapor toleransi per_rincian"
    )


async def put_indikator(conn: Conn, indikator: RowTuples, terms: RowTuples) -> None:
    await conn.execute("DELETE FROM suku_indikator")
    await conn.execute("DELETE FROM indikator")
    await _insert(conn, "indikator", indikator, "kode varian urut nama jenis satuan faktor definisi kode_ref")
    await _insert(conn, "suku_indikator", terms, "indikator varian sisi pilihan urut elemen rincian")


async def put_code_list(conn: Conn, code_list: str, version: str, entries: RowTuples) -> None:
    """Put a version of a code list into force; earlier versions stay, out of force."""
    await conn.execute("DELETE FROM daftar_kode WHERE daftar = %s AND versi = %s", (code_list, version))
    await conn.execute("UPDATE daftar_kode SET berlaku = false WHERE daftar = %s", (code_list,))
    rows = [(code_list, version, True, *b) for b in entries]
    await _insert(conn, "daftar_kode", rows, "daftar versi berlaku kode urut nama satuan sensitif alias definisi")


_BOUNDS = (
    "lonjakan_periode lonjakan_sedikitnya lonjakan_kali lonjakan_skala lonjakan_bagian_median lonjakan_terkecil lonjakan_faktor "
    "tetap_digit tetap_stok tetap_ragam pembanding_bulan"
)


async def put_plausibility(conn: Conn, units: RowTuples, bounds: Mapping[str, object]) -> None:
    """Put units and bounds into force."""
    await conn.execute("DELETE FROM satuan")
    await conn.execute("DELETE FROM kewajaran")
    await _insert(conn, "satuan", units, "kode bulat minimum maksimum tingkat")
    await _insert(conn, "kewajaran", [tuple(bounds[k] for k in _BOUNDS.split())], _BOUNDS)


async def put_ranges(conn: Conn, rows: RowTuples) -> None:
    """What figures of every element may be, by its own words or its unit's: (code, whole, from, to, level outside, cumulative,
    seldom changing)."""
    async with conn.cursor() as cursor:
        await cursor.executemany(
            "UPDATE elemen SET bulat = %s, minimum = %s, maksimum = %s, di_luar = %s, kumulatif = %s, jarang_berubah = %s WHERE kode = %s",
            [(*rest, kode) for kode, *rest in rows],
        )


async def sensitivities(conn: Conn) -> dict[str, int]:
    """Element → its sensitivity."""
    return dict(await (await conn.execute("SELECT kode, sensitif FROM elemen")).fetchall())


async def open_anew(conn: Conn, before: Mapping[str, int]) -> None:
    """Say of every stored figure whether everybody may see it, by the catalogue as it is now. `before`: element → its sensitivity
    until now. What became more sensitive is closed until it is decided again, which a job is left for."""
    await conn.execute("SELECT hub_hitung_keterbukaan(%s::jsonb)", (Jsonb(dict(before)),))


async def _insert(conn: Conn, table: str, rows: RowTuples, columns: str) -> None:
    column_names = columns.split()
    statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, column_names)),
        sql.SQL(", ").join(sql.Placeholder() * len(column_names)),
    )
    async with conn.cursor() as cursor:
        await cursor.executemany(statement, rows)


async def sensitive_indicators(conn: Conn) -> frozenset[str]:
    """Codes of indicators, as they are asked for, that elements of sensitivity 3 are part of."""
    cursor = await conn.execute(
        "SELECT DISTINCT concat_ws('.', s.indikator, nullif(s.varian, '')) FROM suku_indikator s "
        "JOIN elemen e ON e.kode = s.elemen WHERE e.sensitif >= 3"
    )
    return frozenset(kode for (kode,) in await cursor.fetchall())


async def fingerprint(conn: Conn) -> str:
    """Changes whenever any part of the catalogue does."""
    cursor = await conn.execute(
        "SELECT coalesce(md5(string_agg(hash, '' ORDER BY jenis, kode, versi)), '') FROM katalog_riwayat"
    )
    row = await cursor.fetchone()
    return str(row[0]) if row else ""


_SNAPSHOT = {
    "formulir": "SELECT kode, nama, versi, hash, periode_jenis, tenggat_hari, periode_tersingkat FROM formulir ORDER BY kode",
    "elemen": (
        "SELECT kode, formulir, nama, satuan, tingkat, titik, frekuensi, agregasi_wilayah, agregasi_waktu, sensitif, "
        "bulat, arah, kelompok, registri, definisi, kode_ref, kode_sipd, minimum, maksimum, di_luar, kumulatif, jarang_berubah, alias "
        "FROM elemen ORDER BY formulir, urut"
    ),
    "rincian": "SELECT elemen, kode, nama, pilihan, terbuka, satuan, menjumlah, butir, terbaru FROM rincian ORDER BY elemen, urut",
    "aturan": (
        "SELECT kode, formulir, nama, kiri, operator, kanan, tingkat, pelapor, toleransi::text, per_rincian FROM aturan "
        "ORDER BY formulir, urut"
    ),
    "satuan": "SELECT kode, minimum, maksimum, tingkat FROM satuan ORDER BY kode",
    "kewajaran": f"SELECT {', '.join(_BOUNDS.split())} FROM kewajaran",
    "indikator": "SELECT kode, varian, nama, jenis, satuan FROM indikator ORDER BY urut",
    "daftar": (
        "SELECT daftar, kode, nama, satuan, sensitif, alias, definisi FROM daftar_kode WHERE berlaku "
        "ORDER BY daftar, urut"
    ),
}


async def snapshot(conn: Conn) -> dict[str, list[tuple[Any, ...]]]:
    """All rows in force, by table, columns as listed above."""
    content: dict[str, list[tuple[Any, ...]]] = {}
    for table, statement in _SNAPSHOT.items():
        content[table] = await (await conn.execute(statement)).fetchall()
    return content
