"""GraphQL texts and small builders that the Tagana tests share. Everybody in them is artificial."""

from datetime import date, datetime, timedelta
from typing import Any

from hub.base.settings import Settings
from tests.client import Klien

HASIL = """
__typename
... on TaganaTersimpan { id versi tahap temuan { kode tingkat } tagana { id nama tahap versi } }
... on TaganaDitolak { temuan { kode tingkat pesan usulan lokasi { indeks kolom } } }
... on TidakBerwenang { pesan }
... on BentrokRevisi { revisiTerbaru }
"""
SIMPAN = f"mutation ($m: TaganaMasukan!) {{ hasil: simpanTagana(masukan: $m) {{ {HASIL} }} }}"
VERIFIKASI = f"mutation ($id: ID!, $v: Int!) {{ hasil: verifikasiTagana(id: $id, versi: $v) {{ {HASIL} }} }}"
_IZIN = """__typename ... on IzinNamaTercatat { ulangan izin { id berlaku sampai berakhirPada } }
... on TaganaDitolak { temuan { kode } } ... on TidakBerwenang { pesan }"""
IZINKAN = f"mutation ($m: IzinNamaMasukan!) {{ hasil: izinkanNama(masukan: $m) {{ {_IZIN} }} }}"
CABUT = f"mutation ($id: ID!) {{ hasil: cabutIzinNama(id: $id) {{ {_IZIN} }} }}"
BACA = """mutation ($k: KodeWilayah!, $t: String!, $n: Int, $a: String) {
  hasil: bacaNamaTagana(kabupaten: $k, tujuan: $t, first: $n, after: $a) { __typename
    ... on NamaTaganaTerbaca { catatan lanjut anggota { id nama tahap versi } }
    ... on TaganaDitolak { temuan { kode } } ... on TidakBerwenang { pesan } } }"""
CATATAN = (
    """{ catatanAkses { totalCount edges { node { kabupaten provinsi oleh aksi tujuan banyak anggota izin } } } }"""
)


def hari_ini() -> date:
    return datetime.now(Settings().zona).date()


def anggota(nomor: int, desa: str = "53.14.01.2005", **isi: Any) -> dict[str, Any]:
    """A TaganaMasukan that nothing is wrong with."""
    return {
        "nama": f"Anggota {nomor}", "tanggalLahir": "1995-05-17", "jenisKelamin": "P" if nomor % 2 else "L", "desa": desa,
        "didata": "2020-06-30", "berpengetahuan": True, "bersediaDilatih": True, "beriman": True, "setiaPancasila": True, **isi,
    }  # fmt: skip


def simpan(hub: Klien, m: dict[str, Any], sebagai: str | None = "53.14") -> Any:
    return hub.tanya(SIMPAN, {"m": m}, sebagai)["hasil"]


def verifikasi(hub: Klien, id_: str, versi: int, sebagai: str | None) -> Any:
    return hub.tanya(VERIFIKASI, {"id": id_, "v": versi}, sebagai)["hasil"]


def izinkan(hub: Klien, kab: str = "53.14", lama: int = 30, **isi: Any) -> Any:
    m = {"kabupaten": kab, "sampai": str(hari_ini() + timedelta(days=lama)), "alasan": "Verifikasi provinsi", **isi}
    return hub.tanya(IZINKAN, {"m": m}, kab)["hasil"]


def baca(hub: Klien, kab: str = "53.14", sebagai: str | None = "53", **isi: Any) -> Any:
    return hub.tanya(BACA, {"k": kab, "t": "Verifikasi provinsi", **isi}, sebagai)["hasil"]


def catatan(hub: Klien, sebagai: str | None) -> list[dict[str, Any]]:
    return [e["node"] for e in hub.tanya(CATATAN, None, sebagai)["catatanAkses"]["edges"]]


def kode(hasil: Any) -> list[str]:
    return [t["kode"] for t in hasil["temuan"]]
