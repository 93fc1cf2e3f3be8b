"""GraphQL texts and small builders that the tests of warehouses share."""

from contextlib import closing
from typing import Any

import psycopg

from tests.client import Client
from tests.db.roles import take_role

TEMUAN = "kode tingkat pesan nilai usulan lokasi { indeks }"
RESULT = f"""
__typename
... on StokTercatat {{
  ulangan temuan {{ {TEMUAN} }} gudang {{ id kesehatan }} stok {{ kode jumlah }}
  mutasi {{ urutan jenis kodeBarang lot sumberDana kedaluwarsa jumlah lawan {{ id }} bukti {{ nomorDokumen tujuan alasan oleh }} }}
}}
... on StokDitolak {{ temuan {{ {TEMUAN} }} }}
... on TidakBerwenang {{ pesan }}
"""
RECORD = f"mutation ($m: MutasiStokMasukan!) {{ hasil: catatMutasiStok(masukan: $m) {{ {RESULT} }} }}"
MINIMUM = (
    "mutation ($g: ID!, $m: [MinimumMasukan!]!, $sejak: Date) "
    f"{{ hasil: aturStokMinimum(gudang: $g, minimum: $m, sejak: $sejak) {{ {RESULT} }} }}"
)
STOK = """query ($g: ID!, $pada: DateTime) { sumberDaya(id: $g) { ... on GudangBencana { kesehatan(pada: $pada)
  stok(pada: $pada) { kode barang satuan jumlah minimum hariTersisa layak kedaluwarsa kesehatan
    lot { lot sumberDana kedaluwarsa jumlah } } } } }"""


def without_samples(hub: Client) -> Client:
    """The demo's regions without its social resources and their stock."""
    hub.sql(
        "TRUNCATE sumber_daya, surat_sumber_daya, mutasi_stok, bukti_stok, buku_stok, stok, stok_minimum, pindahan_stok, "
        "jawaban_pindahan"
    )
    return hub


def uuid_of(n: int) -> str:
    return f"01939f2e-7d1c-7a3b-9c55-{n:012d}"


def gudang(hub: Client, n: int, kode_desa: str = "53.14.10.2003", **more: Any) -> str:
    """A warehouse; the public id."""
    row = {
        "kode_kab": kode_desa[:5], "id": uuid_of(n), "jenis": "GUDANG_BENCANA", "nama": f"Gudang {n}",
        "pemilik": "KABUPATEN", "kode_desa": kode_desa, "sejak": "2019-01-01", "diubah_oleh": "uji", **more,
    }  # fmt: skip
    placeholders = ", ".join("ST_GeomFromEWKT(%s)" if k == "titik" else "%s" for k in row)
    hub.sql(f"INSERT INTO sumber_daya ({', '.join(row)}) VALUES ({placeholders})", *row.values())
    return f"{row['kode_kab']}:{uuid_of(n)}"


def item(barang: str, amount: Any, **more: Any) -> dict[str, Any]:
    return {"barang": barang, "jumlah": amount, **more}


def movement(gudang: str, kind: str, key: str, *rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A MutasiStokMasukan with everything its kind needs."""
    if kind == "TERIMA":
        rows = tuple({"sumberDana": "APBN", **b} for b in rows)
    required = {"KELUAR": {"tujuan": "Posko"}, "KOREKSI": {"alasan": "Opname"}}.get(kind, {})
    return {
        "gudang": gudang, "jenis": kind, "baris": list(rows), "nomorDokumen": f"BA/{key}", "kunciIdempoten": key,
        **required, **more,
    }  # fmt: skip


def record(hub: Client, given: dict[str, Any], as_whom: str | None = None) -> Any:
    """The answer to the movement, as the office of the warehouse's kabupaten unless another is named ("": an admin)."""
    return hub.ask(RECORD, {"m": given}, given["gudang"][:5] if as_whom is None else as_whom)["hasil"]


def recorded(hub: Client, given: dict[str, Any], as_whom: str | None = None) -> Any:
    result = record(hub, given, as_whom)
    assert result["__typename"] == "StokTercatat", result
    return result


def refused(hub: Client, given: dict[str, Any], as_whom: str | None = None) -> set[str]:
    """Codes of the errors of a movement that is refused."""
    result = record(hub, given, as_whom)
    assert result["__typename"] == "StokDitolak", result
    return {t["kode"] for t in result["temuan"] if t["tingkat"] == "GALAT"}


def stok(hub: Client, gudang: str, as_of: str | None = None) -> dict[str, Any]:
    """kode → row of the stock, with `kesehatan` of the warehouse under ""."""
    answer = hub.ask(STOK, {"g": gudang, "pada": as_of})["sumberDaya"]
    return {"": answer["kesehatan"], **{s["kode"]: s for s in answer["stok"]}}


def amounts(hub: Client, gudang: str, as_of: str | None = None) -> dict[str, Any]:
    return {k: s["jumlah"] for k, s in stok(hub, gudang, as_of).items() if k}


# ---------- below the services ----------


def directly(hub: Client, role: str, wilayah: str, *statements: tuple[str, tuple[Any, ...]]) -> None:
    """What a role could do below the services. A connection's own `with` stays open where its commit is what fails."""
    with closing(psycopg.connect(hub.url)) as conn, conn.transaction():
        take_role(conn, role, wilayah)
        for statement, nilai in statements:
            conn.execute(statement, nilai)


_SAVE = """mutation ($m: SumberDayaMasukan!) { hasil: simpanSumberDaya(masukan: $m) { __typename
  ... on SumberDayaTersimpan { temuan { kode } } ... on SumberDayaDitolak { temuan { kode } } } }"""


def close(hub: Client, number: int, version: int, as_whom: str = "53.14", **more: str) -> tuple[str, set[str]]:
    """Give the warehouse of that number other days; what comes of it, and the codes of the findings."""
    m = {"jenis": "GUDANG_BENCANA", "nama": f"Gudang {number}", "pemilik": "KABUPATEN", "desa": "53.14.10.2003"}
    base = {"sejak": "2019-01-01", "id": f"53.14:{uuid_of(number)}", "versi": version}
    result = hub.ask(_SAVE, {"m": {**m, **base, **more}}, as_whom)["hasil"]
    return result["__typename"], {t["kode"] for t in result["temuan"]}


DIRECT_MOVEMENT = (
    "INSERT INTO mutasi_stok (kode_kab, gudang, urutan, bukti, baris, jenis, barang, sumber_dana, lot, jumlah, pada, "
    "dicatat_pada, lawan_kab, lawan_gudang) VALUES (%s, %s, 0, gen_random_uuid(), 1, %s, 'SELIMUT', 'APBN', '', %s, now(), "
    "now(), %s, %s)"
)


def lowest(hub: Client) -> int:
    """The lowest balance any lot ever had, by the ledger alone."""
    ((balance,),) = hub.sql("""
        SELECT min(saldo)::int FROM (SELECT sum(jumlah) OVER (PARTITION BY kode_kab, gudang, barang, sumber_dana, lot
          ORDER BY pada RANGE UNBOUNDED PRECEDING) AS saldo FROM mutasi_stok) x""")
    assert isinstance(balance, int)
    return balance
