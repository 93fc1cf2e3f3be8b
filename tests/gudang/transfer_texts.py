"""GraphQL texts and small builders that the tests of goods between offices share."""

from typing import Any

from tests.client import Klien
from tests.gudang.stok_texts import TEMUAN

PINDAHAN = (
    "id dari { id } ke { id } status alasan dikirimPada mutasi { jenis kodeBarang jumlah lot bukti { nomorDokumen } }"
)
RECEIPT = f"""__typename
... on StokTercatat {{ ulangan gudang {{ id }} stok {{ kode jumlah }} temuan {{ {TEMUAN} }} pindahan {{ {PINDAHAN} }}
  mutasi {{ urutan jenis kodeBarang lot jumlah pada lawan {{ id }} bukti {{ nomorDokumen alasan oleh }} }} }}
... on StokDitolak {{ temuan {{ {TEMUAN} }} }}
... on TidakBerwenang {{ pesan }}"""
SEND = f"mutation ($m: MutasiStokMasukan!) {{ hasil: catatMutasiStok(masukan: $m) {{ {RECEIPT} }} }}"
ACCEPT = f"mutation ($id: ID!, $k: String!) {{ hasil: terimaPindahan(id: $id, kunciIdempoten: $k) {{ {RECEIPT} }} }}"
REFUSE = f"mutation ($id: ID!, $a: String!) {{ hasil: tolakPindahan(id: $id, alasan: $a) {{ {RECEIPT} }} }}"
UNDER_WAY = f"""query ($g: ID!) {{ sumberDaya(id: $g) {{ ... on GudangBencana {{
  pindahanMasuk {{ {PINDAHAN} }} pindahanKeluar {{ {PINDAHAN} }} }} }} }}"""

# What the warehouses hold and what is under way between them, in one statement: at one moment.
_ALL = """
SELECT (SELECT coalesce(sum(jumlah), 0)::int FROM stok) + (
  SELECT coalesce(-sum(m.jumlah), 0)::int FROM pindahan_stok p
  JOIN mutasi_stok m ON m.kode_kab = p.kode_kab AND m.bukti = p.id AND m.gudang = p.gudang AND m.jenis = 'PINDAH_KELUAR'
  LEFT JOIN jawaban_pindahan j ON j.kode_kab = p.ke_kab AND j.asal_kab = p.kode_kab AND j.pindahan = p.id
  WHERE j.status IS NULL OR j.status = 'DITOLAK' AND p.bukti_kembali IS NULL)"""

# Transactions that wrote in more than one kabupaten.
_SPANNING = """
SELECT count(*) FROM (SELECT x FROM (
  SELECT xmin::text AS x, kode_kab FROM mutasi_stok UNION SELECT xmin::text, kode_kab FROM bukti_stok
  UNION SELECT xmin::text, kode_kab FROM pindahan_stok UNION SELECT xmin::text, kode_kab FROM jawaban_pindahan
  UNION SELECT xmin::text, kode_kab FROM stok UNION SELECT xmin::text, kode_kab FROM buku_stok) w
  GROUP BY x HAVING count(DISTINCT kode_kab) > 1) t"""


def send(hub: Klien, masukan: dict[str, Any], sebagai: str | None = None) -> Any:
    return hub.tanya(SEND, {"m": masukan}, masukan["gudang"][:5] if sebagai is None else sebagai)["hasil"]


def accept(hub: Klien, id_: str, kunci: str, sebagai: str) -> Any:
    return hub.tanya(ACCEPT, {"id": id_, "k": kunci}, sebagai or None)["hasil"]


def refuse(hub: Klien, id_: str, alasan: str, sebagai: str) -> Any:
    return hub.tanya(REFUSE, {"id": id_, "a": alasan}, sebagai or None)["hasil"]


def codes(answer: Any) -> set[str]:
    """Codes of the errors of an answer that refuses."""
    assert answer["__typename"] == "StokDitolak", answer
    return {t["kode"] for t in answer["temuan"] if t["tingkat"] == "GALAT"}


def incoming(hub: Klien, gudang: str, sebagai: str | None) -> list[Any]:
    rows: list[Any] = hub.tanya(UNDER_WAY, {"g": gudang}, sebagai)["sumberDaya"]["pindahanMasuk"]
    return rows


def outgoing(hub: Klien, gudang: str, sebagai: str | None) -> list[Any]:
    rows: list[Any] = hub.tanya(UNDER_WAY, {"g": gudang}, sebagai)["sumberDaya"]["pindahanKeluar"]
    return rows


def everything(hub: Klien) -> int:
    """Stock and what is under way, of all goods."""
    ((total,),) = hub.sql(_ALL)
    assert isinstance(total, int)
    return total


def spanning(hub: Klien) -> int:
    """How many transactions wrote in two kabupaten."""
    ((count,),) = hub.sql(_SPANNING)
    assert isinstance(count, int)
    return count
