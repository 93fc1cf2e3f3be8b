"""The fields about warehouses answer alike in both lanes, with literals and with variables, with fragments and aliases."""

import re
from typing import Any

import pytest

from tests.client import Client

NEAREST = """query ($x: Float!, $y: Float!, $j: [JenisSumberDaya!] = [GUDANG_BENCANA, LKS], $km: Float, $n: Int, $ya: Boolean!) {
  terdekat(lon: $x, lat: $y, jenis: $j, jarakKm: $km, batas: $n) { ...F lagi: sumberDaya { __typename ... on GudangBencana {
    stok @include(if: $ya) { kode lot { lot jumlah } } } } } } fragment F on SumberDayaTerdekat { jarakKm sumberDaya { id nama } }"""
GUDANG = """query ($s: SaringGudang, $n: Int, $a: String) { satu: daftarGudang(saring: $s, first: $n, after: $a) { totalCount
  edges { cursor node { __typename nama kesehatan } } pageInfo { endCursor hasNextPage } } dua: daftarGudang(saring: { di: "53" }) {
  edges { node { stok { kesehatan } mutasi(first: 2) { edges { node { jumlah lawan { id } } } } } } } }"""
PLAN = """query ($m: RencanaDaruratMasukan!) { rencanaDarurat(masukan: $m) { __typename pusat desa { desa { nama } kk titikDari jarakKm }
  barang { kode dibutuhkan lengkap kurang } gudang { urutan jarakKm gudang { ...G } ambil { ...A a2: lot { jumlah } } }
  temuan { kode pesan lokasi { indeks } } } } fragment G on GudangBencana { id nama stok { kode } }
  fragment A on AmbilDarurat { kode jumlah sisa diBawahMinimum lot { lot kedaluwarsa sumberDana } }"""
_OESELI = {"kode": "53.14.01.2005", "kk": 90}
_M: dict[str, Any] = {"desa": [_OESELI, {"kode": "53.14.05.2003"}], "kebutuhan": [{"barang": "SELIMUT", "perKk": 3}]}


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        (NEAREST, {"x": 106.15, "y": -6.12, "ya": True}), (NEAREST, {"x": 106.15, "y": -6.12, "j": None, "n": 9, "ya": False}),
        (NEAREST, {"x": 123.0, "y": -10.7, "j": [], "km": 500, "ya": True}),
        (GUDANG, {}), (GUDANG, {"s": {"kesehatan": ["KRITIS", "MENIPIS"]}, "n": 2}), (GUDANG, {"s": {"barang": "selimut"}, "n": 3}),
        (PLAN, {"m": _M}), (PLAN, {"m": {**_M, "jarakKm": None, "periode": "2020", "tanpaDiBawahMinimum": True}}),
        (PLAN, {"m": {**_M, "elemenKk": None, "tanpaDiBawahMinimum": None, "kebutuhan": [{"barang": "x", "jumlah": "1,5"}]}}),
    ],
)  # fmt: skip
def test_both_lanes_answer_alike(read_hub: Client, query: str, variables: dict[str, Any]) -> None:
    planned = read_hub.ask(query, variables)
    executed = read_hub.ask(re.sub(r"\) \{", ") { __schema { queryType { name } }", query, count=1), variables)
    assert executed.pop("__schema") == {"queryType": {"name": "Query"}}
    assert executed == planned
    assert bool(next(iter(planned.values()))) is (variables.get("j") != [])


def test_a_literal_input_is_what_a_variable_is(read_hub: Client) -> None:
    literal = """{ rencanaDarurat(masukan: { desa: [{ kode: "5314012005", kk: 90 }], kebutuhan: { barang: "Selimut", perKk: 3 } }) {
      barang { kode dibutuhkan terpenuhi } gudang { jarakKm ambil { jumlah } } } }"""
    query = """query ($m: RencanaDaruratMasukan!) { rencanaDarurat(masukan: $m) {
      barang { kode dibutuhkan terpenuhi } gudang { jarakKm ambil { jumlah } } } }"""
    m = {"desa": [_OESELI], "kebutuhan": [{"barang": "SELIMUT", "perKk": 3}]}
    assert read_hub.ask(literal) == read_hub.ask(query, {"m": m})
