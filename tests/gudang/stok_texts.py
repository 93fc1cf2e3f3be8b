"""GraphQL texts and small builders that the tests of warehouses share."""

from contextlib import closing
from typing import Any

import psycopg

from tests.client import Klien
from tests.db.roles import ambil_peran

TEMUAN = "kode tingkat pesan nilai usulan lokasi { indeks }"
HASIL = f"""
__typename
... on StokTercatat {{
  ulangan temuan {{ {TEMUAN} }} gudang {{ id kesehatan }} stok {{ kode jumlah }}
  mutasi {{ urutan jenis kodeBarang lot sumberDana kedaluwarsa jumlah lawan {{ id }} bukti {{ nomorDokumen tujuan alasan oleh }} }}
}}
... on StokDitolak {{ temuan {{ {TEMUAN} }} }}
... on TidakBerwenang {{ pesan }}
"""
CATAT = f"mutation ($m: MutasiStokMasukan!) {{ hasil: catatMutasiStok(masukan: $m) {{ {HASIL} }} }}"
MINIMUM = (
    "mutation ($g: ID!, $m: [MinimumMasukan!]!, $sejak: Date) "
    f"{{ hasil: aturStokMinimum(gudang: $g, minimum: $m, sejak: $sejak) {{ {HASIL} }} }}"
)
STOK = """query ($g: ID!, $pada: DateTime) { sumberDaya(id: $g) { ... on GudangBencana { kesehatan(pada: $pada)
  stok(pada: $pada) { kode barang satuan jumlah minimum hariTersisa layak kedaluwarsa kesehatan
    lot { lot sumberDana kedaluwarsa jumlah } } } } }"""


def tanpa_contoh(hub: Klien) -> Klien:
    """The demo's regions without its social resources and their stock."""
    hub.sql(
        "TRUNCATE sumber_daya, surat_sumber_daya, mutasi_stok, bukti_stok, buku_stok, stok, stok_minimum, pindahan_stok, "
        "jawaban_pindahan"
    )
    return hub


def nomor(n: int) -> str:
    return f"01939f2e-7d1c-7a3b-9c55-{n:012d}"


def gudang(hub: Klien, n: int, kode_desa: str = "53.14.10.2003", **isi: Any) -> str:
    """A warehouse; the public id."""
    baris = {
        "kode_kab": kode_desa[:5], "id": nomor(n), "jenis": "GUDANG_BENCANA", "nama": f"Gudang {n}",
        "pemilik": "KABUPATEN", "kode_desa": kode_desa, "sejak": "2019-01-01", "diubah_oleh": "uji", **isi,
    }  # fmt: skip
    tempat = ", ".join("ST_GeomFromEWKT(%s)" if k == "titik" else "%s" for k in baris)
    hub.sql(f"INSERT INTO sumber_daya ({', '.join(baris)}) VALUES ({tempat})", *baris.values())
    return f"{baris['kode_kab']}:{nomor(n)}"


def satu(barang: str, jumlah: Any, **isi: Any) -> dict[str, Any]:
    return {"barang": barang, "jumlah": jumlah, **isi}


def mutasi(gudang: str, jenis: str, kunci: str, *baris: dict[str, Any], **isi: Any) -> dict[str, Any]:
    """A MutasiStokMasukan with everything its kind needs."""
    if jenis == "TERIMA":
        baris = tuple({"sumberDana": "APBN", **b} for b in baris)
    wajib = {"KELUAR": {"tujuan": "Posko"}, "KOREKSI": {"alasan": "Opname"}}.get(jenis, {})
    return {
        "gudang": gudang, "jenis": jenis, "baris": list(baris), "nomorDokumen": f"BA/{kunci}", "kunciIdempoten": kunci,
        **wajib, **isi,
    }  # fmt: skip


def catat(hub: Klien, masukan: dict[str, Any], sebagai: str | None = None) -> Any:
    """The answer to the movement, as the office of the warehouse's kabupaten unless another is named ("": an admin)."""
    return hub.tanya(CATAT, {"m": masukan}, masukan["gudang"][:5] if sebagai is None else sebagai)["hasil"]


def tercatat(hub: Klien, masukan: dict[str, Any], sebagai: str | None = None) -> Any:
    hasil = catat(hub, masukan, sebagai)
    assert hasil["__typename"] == "StokTercatat", hasil
    return hasil


def ditolak(hub: Klien, masukan: dict[str, Any], sebagai: str | None = None) -> set[str]:
    """Codes of the errors of a movement that is refused."""
    hasil = catat(hub, masukan, sebagai)
    assert hasil["__typename"] == "StokDitolak", hasil
    return {t["kode"] for t in hasil["temuan"] if t["tingkat"] == "GALAT"}


def stok(hub: Klien, gudang: str, pada: str | None = None) -> dict[str, Any]:
    """kode → row of the stock, with `kesehatan` of the warehouse under ""."""
    isi = hub.tanya(STOK, {"g": gudang, "pada": pada})["sumberDaya"]
    return {"": isi["kesehatan"], **{s["kode"]: s for s in isi["stok"]}}


def jumlah(hub: Klien, gudang: str, pada: str | None = None) -> dict[str, Any]:
    return {k: s["jumlah"] for k, s in stok(hub, gudang, pada).items() if k}


# ---------- below the services ----------


def langsung(hub: Klien, peran: str, wilayah: str, *perintah: tuple[str, tuple[Any, ...]]) -> None:
    """What a role could do below the services. A connection's own `with` stays open where its commit is what fails."""
    with closing(psycopg.connect(hub.url)) as conn, conn.transaction():
        ambil_peran(conn, peran, wilayah)
        for teks, nilai in perintah:
            conn.execute(teks, nilai)


_SIMPAN = """mutation ($m: SumberDayaMasukan!) { hasil: simpanSumberDaya(masukan: $m) { __typename
  ... on SumberDayaTersimpan { temuan { kode } } ... on SumberDayaDitolak { temuan { kode } } } }"""


def tutup(hub: Klien, ke: int, versi: int, sebagai: str = "53.14", **isi: str) -> tuple[str, set[str]]:
    """Give the warehouse of that number other days; what comes of it, and the codes of the findings."""
    m = {"jenis": "GUDANG_BENCANA", "nama": f"Gudang {ke}", "pemilik": "KABUPATEN", "desa": "53.14.10.2003"}
    kunci = {"sejak": "2019-01-01", "id": f"53.14:{nomor(ke)}", "versi": versi}
    hasil = hub.tanya(_SIMPAN, {"m": {**m, **kunci, **isi}}, sebagai)["hasil"]
    return hasil["__typename"], {t["kode"] for t in hasil["temuan"]}


MUTASI_LANGSUNG = (
    "INSERT INTO mutasi_stok (kode_kab, gudang, urutan, bukti, baris, jenis, barang, sumber_dana, lot, jumlah, pada, "
    "dicatat_pada, lawan_kab, lawan_gudang) VALUES (%s, %s, 0, gen_random_uuid(), 1, %s, 'SELIMUT', 'APBN', '', %s, now(), "
    "now(), %s, %s)"
)


def terendah(hub: Klien) -> int:
    """The lowest balance any lot ever had, by the ledger alone."""
    ((saldo,),) = hub.sql("""
        SELECT min(saldo)::int FROM (SELECT sum(jumlah) OVER (PARTITION BY kode_kab, gudang, barang, sumber_dana, lot
          ORDER BY pada RANGE UNBOUNDED PRECEDING) AS saldo FROM mutasi_stok) x""")
    assert isinstance(saldo, int)
    return saldo
