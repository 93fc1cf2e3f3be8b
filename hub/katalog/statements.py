"""Statements over the catalogue: one snapshot out, whole forms in."""

from collections.abc import Sequence
from typing import Any

import orjson
from psycopg import sql

from hub.db.database import Conn

Baris = Sequence[tuple[object, ...]]


async def lock(conn: Conn) -> None:
    """One installation at a time."""
    await conn.execute("LOCK TABLE katalog_riwayat IN SHARE ROW EXCLUSIVE MODE")


async def record(conn: Conn, jenis: str, kode: str, hash_: str, isi: object) -> tuple[int, bool]:
    """Write a version of something unless its newest one has the same hash. Returns (version, whether it is new)."""
    kursor = await conn.execute(
        "SELECT versi, hash FROM katalog_riwayat WHERE jenis = %s AND kode = %s ORDER BY versi DESC LIMIT 1",
        (jenis, kode),
    )
    terakhir = await kursor.fetchone()
    if terakhir is not None and terakhir[1] == hash_:
        return int(terakhir[0]), False
    versi = int(terakhir[0]) + 1 if terakhir else 1
    await conn.execute(
        "INSERT INTO katalog_riwayat (jenis, kode, versi, hash, isi, dipasang_pada) VALUES (%s, %s, %s, %s, %s, now())",
        (jenis, kode, versi, hash_, orjson.dumps(isi).decode()),
    )
    return versi, True


async def put_formulir(conn: Conn, baris: tuple[object, ...]) -> None:
    await conn.execute(
        "INSERT INTO formulir (kode, nama, versi, hash, periode_jenis, tenggat_hari) VALUES (%s, %s, %s, %s, %s, %s) "
        "ON CONFLICT (kode) DO UPDATE SET nama = excluded.nama, versi = excluded.versi, hash = excluded.hash, "
        "periode_jenis = excluded.periode_jenis, tenggat_hari = excluded.tenggat_hari",
        baris,
    )


async def put_elemen(conn: Conn, formulir: str, elemen: Baris, rincian: Baris) -> None:
    await conn.execute("DELETE FROM rincian WHERE elemen IN (SELECT kode FROM elemen WHERE formulir = %s)", (formulir,))
    await conn.execute("DELETE FROM elemen WHERE formulir = %s", (formulir,))
    await _insert(
        conn, "elemen", elemen,
        "kode formulir urut nama satuan tingkat titik frekuensi agregasi_wilayah agregasi_waktu sensitif bulat arah "
        "kelompok registri definisi kode_ref kode_sipd",
    )  # fmt: skip
    await _insert(conn, "rincian", rincian, "elemen kode urut nama pilihan terbuka satuan menjumlah")


async def put_aturan(conn: Conn, formulir: str, aturan: Baris) -> None:
    await conn.execute("DELETE FROM aturan WHERE formulir = %s", (formulir,))
    await _insert(conn, "aturan", aturan, "kode formulir urut nama kiri operator kanan tingkat pelapor toleransi")


async def put_indikator(conn: Conn, indikator: Baris, suku: Baris) -> None:
    await conn.execute("DELETE FROM suku_indikator")
    await conn.execute("DELETE FROM indikator")
    await _insert(conn, "indikator", indikator, "kode varian urut nama jenis satuan faktor definisi kode_ref")
    await _insert(conn, "suku_indikator", suku, "indikator varian sisi pilihan urut elemen rincian")


async def put_daftar(conn: Conn, daftar: str, versi: str, butir: Baris) -> None:
    """Put a version of a code list into force; earlier versions stay, out of force."""
    await conn.execute("DELETE FROM daftar_kode WHERE daftar = %s AND versi = %s", (daftar, versi))
    await conn.execute("UPDATE daftar_kode SET berlaku = false WHERE daftar = %s", (daftar,))
    lengkap = [(daftar, versi, True, *b) for b in butir]
    await _insert(conn, "daftar_kode", lengkap, "daftar versi berlaku kode urut nama satuan sensitif alias definisi")


async def open_anew(conn: Conn) -> None:
    """Say of every stored figure whether everybody may see it, by the catalogue as it is now."""
    await conn.execute("SELECT hub_hitung_keterbukaan()")


async def _insert(conn: Conn, tabel: str, baris: Baris, kolom: str) -> None:
    nama = kolom.split()
    perintah = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(tabel),
        sql.SQL(", ").join(map(sql.Identifier, nama)),
        sql.SQL(", ").join(sql.Placeholder() * len(nama)),
    )
    async with conn.cursor() as kursor:
        await kursor.executemany(perintah, baris)


async def fingerprint(conn: Conn) -> str:
    """Changes whenever any part of the catalogue does."""
    kursor = await conn.execute(
        "SELECT coalesce(md5(string_agg(hash, '' ORDER BY jenis, kode, versi)), '') FROM katalog_riwayat"
    )
    baris = await kursor.fetchone()
    return str(baris[0]) if baris else ""


_SNAPSHOT = {
    "formulir": "SELECT kode, nama, versi, hash, periode_jenis, tenggat_hari FROM formulir ORDER BY kode",
    "elemen": (
        "SELECT kode, formulir, nama, satuan, tingkat, titik, frekuensi, agregasi_wilayah, agregasi_waktu, sensitif, "
        "bulat, arah, kelompok, registri, definisi, kode_ref, kode_sipd FROM elemen ORDER BY formulir, urut"
    ),
    "rincian": "SELECT elemen, kode, nama, pilihan, terbuka, satuan, menjumlah FROM rincian ORDER BY elemen, urut",
    "aturan": (
        "SELECT kode, formulir, nama, kiri, operator, kanan, tingkat, pelapor, toleransi::text FROM aturan "
        "ORDER BY formulir, urut"
    ),
    "indikator": "SELECT kode, varian, nama, jenis, satuan FROM indikator ORDER BY urut",
    "daftar": (
        "SELECT daftar, kode, nama, satuan, sensitif, alias, definisi FROM daftar_kode WHERE berlaku "
        "ORDER BY daftar, urut"
    ),
}


async def snapshot(conn: Conn) -> dict[str, list[tuple[Any, ...]]]:
    """All rows in force, by table, columns as listed above."""
    isi: dict[str, list[tuple[Any, ...]]] = {}
    for nama, perintah in _SNAPSHOT.items():
        isi[nama] = await (await conn.execute(perintah)).fetchall()
    return isi
