"""GraphQL texts and small builders that the Tagana tests share. Everybody in them is artificial."""

from datetime import date, datetime, timedelta
from typing import Any

from hub.base.settings import Settings
from tests.client import Client

RESULT = """
__typename
... on TaganaTersimpan { id versi tahap temuan { kode tingkat } tagana { id nama tahap versi } }
... on TaganaDitolak { temuan { kode tingkat pesan usulan lokasi { indeks kolom } } }
... on TidakBerwenang { pesan }
... on BentrokRevisi { revisiTerbaru }
"""
SAVE = f"mutation ($m: TaganaMasukan!) {{ hasil: simpanTagana(masukan: $m) {{ {RESULT} }} }}"
VERIFY = f"mutation ($id: ID!, $v: Int!) {{ hasil: verifikasiTagana(id: $id, versi: $v) {{ {RESULT} }} }}"
_IZIN = """__typename ... on IzinNamaTercatat { ulangan izin { id berlaku sampai berakhirPada } }
... on TaganaDitolak { temuan { kode } } ... on TidakBerwenang { pesan }"""
ALLOW = f"mutation ($m: IzinNamaMasukan!) {{ hasil: izinkanNama(masukan: $m) {{ {_IZIN} }} }}"
REVOKE = f"mutation ($id: ID!) {{ hasil: cabutIzinNama(id: $id) {{ {_IZIN} }} }}"
READ = """mutation ($k: KodeWilayah!, $t: String!, $n: Int, $a: String) {
  hasil: bacaNamaTagana(kabupaten: $k, tujuan: $t, first: $n, after: $a) { __typename
    ... on NamaTaganaTerbaca { catatan lanjut anggota { id nama tahap versi } }
    ... on TaganaDitolak { temuan { kode } } ... on TidakBerwenang { pesan } } }"""
ACCESS_LOG = (
    """{ catatanAkses { totalCount edges { node { kabupaten provinsi oleh aksi tujuan banyak anggota izin } } } }"""
)


def today() -> date:
    return datetime.now(Settings().zone).date()


def member(number: int, desa: str = "53.14.01.2005", **more: Any) -> dict[str, Any]:
    """A TaganaMasukan that nothing is wrong with."""
    return {
        "nama": f"Anggota {number}", "tanggalLahir": "1995-05-17", "jenisKelamin": "P" if number % 2 else "L", "desa": desa,
        "didata": "2020-06-30", "berpengetahuan": True, "bersediaDilatih": True, "beriman": True, "setiaPancasila": True, **more,
    }  # fmt: skip


def save(hub: Client, m: dict[str, Any], as_whom: str | None = "53.14") -> Any:
    return hub.ask(SAVE, {"m": m}, as_whom)["hasil"]


def verify(hub: Client, id_: str, version: int, as_whom: str | None) -> Any:
    return hub.ask(VERIFY, {"id": id_, "v": version}, as_whom)["hasil"]


def allow(hub: Client, kab: str = "53.14", days: int = 30, **more: Any) -> Any:
    m = {"kabupaten": kab, "sampai": str(today() + timedelta(days=days)), "alasan": "Verifikasi provinsi", **more}
    return hub.ask(ALLOW, {"m": m}, kab)["hasil"]


def read(hub: Client, kab: str = "53.14", as_whom: str | None = "53", **more: Any) -> Any:
    return hub.ask(READ, {"k": kab, "t": "Verifikasi provinsi", **more}, as_whom)["hasil"]


def access_log(hub: Client, as_whom: str | None) -> list[dict[str, Any]]:
    return [e["node"] for e in hub.ask(ACCESS_LOG, None, as_whom)["catatanAkses"]["edges"]]


def kode(result: Any) -> list[str]:
    return [t["kode"] for t in result["temuan"]]
