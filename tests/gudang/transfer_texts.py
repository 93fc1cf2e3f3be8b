"""GraphQL texts and small builders that the tests of goods between offices share."""

from typing import Any

from tests.client import Client
from tests.gudang.stok_texts import TEMUAN

TRANSFER = (
    "id dari { id } ke { id } status alasan dikirimPada mutasi { jenis kodeBarang jumlah lot bukti { nomorDokumen } }"
)
RECEIPT = f"""__typename
... on StokTercatat {{ ulangan gudang {{ id }} stok {{ kode jumlah }} temuan {{ {TEMUAN} }} pindahan {{ {TRANSFER} }}
  mutasi {{ urutan jenis kodeBarang lot jumlah pada lawan {{ id }} bukti {{ nomorDokumen alasan oleh }} }} }}
... on StokDitolak {{ temuan {{ {TEMUAN} }} }}
... on TidakBerwenang {{ pesan }}"""
SEND = f"mutation ($m: MutasiStokMasukan!) {{ hasil: catatMutasiStok(masukan: $m) {{ {RECEIPT} }} }}"
ACCEPT = f"mutation ($id: ID!, $k: String!) {{ hasil: terimaPindahan(id: $id, kunciIdempoten: $k) {{ {RECEIPT} }} }}"
REFUSE = f"mutation ($id: ID!, $a: String!) {{ hasil: tolakPindahan(id: $id, alasan: $a) {{ {RECEIPT} }} }}"
UNDER_WAY = f"""query ($g: ID!) {{ sumberDaya(id: $g) {{ ... on GudangBencana {{
  pindahanMasuk {{ {TRANSFER} }} pindahanKeluar {{ {TRANSFER} }} }} }} }}"""

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


def send(hub: Client, given: dict[str, Any], as_whom: str | None = None) -> Any:
    return hub.ask(SEND, {"m": given}, given["gudang"][:5] if as_whom is None else as_whom)["hasil"]


def accept(hub: Client, id_: str, key: str, as_whom: str) -> Any:
    return hub.ask(ACCEPT, {"id": id_, "k": key}, as_whom or None)["hasil"]


def refuse(hub: Client, id_: str, reason: str, as_whom: str) -> Any:
    return hub.ask(REFUSE, {"id": id_, "a": reason}, as_whom or None)["hasil"]


def codes(answer: Any) -> set[str]:
    """Codes of the errors of an answer that refuses."""
    assert answer["__typename"] == "StokDitolak", answer
    return {t["kode"] for t in answer["temuan"] if t["tingkat"] == "GALAT"}


def incoming(hub: Client, gudang: str, as_whom: str | None) -> list[Any]:
    rows: list[Any] = hub.ask(UNDER_WAY, {"g": gudang}, as_whom)["sumberDaya"]["pindahanMasuk"]
    return rows


def outgoing(hub: Client, gudang: str, as_whom: str | None) -> list[Any]:
    rows: list[Any] = hub.ask(UNDER_WAY, {"g": gudang}, as_whom)["sumberDaya"]["pindahanKeluar"]
    return rows


def everything(hub: Client) -> int:
    """Stock and what is under way, of all goods."""
    ((total,),) = hub.sql(_ALL)
    assert isinstance(total, int)
    return total


def spanning(hub: Client) -> int:
    """How many transactions wrote in two kabupaten."""
    ((count,),) = hub.sql(_SPANNING)
    assert isinstance(count, int)
    return count
