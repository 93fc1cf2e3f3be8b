"""What a kabupaten carries: its rekap, figures, social resources, warehouses and networks, to whom it may be shown."""

from typing import Any

import pytest

from tests.client import Client

_ELEMENTS = ["REH09", "BAN05", "PPK03", "WIL04", "WIL05"]
_FIGURES = """query($e: [String!]!, $p: [Periode!]!) {
  kabupaten(kode: "53.14") { nilai(elemen: $e, periode: $p) { elemen { kode } periode nilai status } }
  agregat(elemen: $e, periode: $p, wilayah: "53.14", tingkat: KABUPATEN) { elemen { kode } periode nilai status } }"""


def _key(row: Any) -> tuple[str, str]:
    return row["elemen"]["kode"], row["periode"]


@pytest.mark.parametrize("whom", [None, "53.15", "53.14", "53", ""])
def test_figures_are_those_of_agregat(read_hub: Client, whom: str | None) -> None:
    """Missing ones, closed ones and those the hub counts itself too."""
    answer = read_hub.ask(_FIGURES, {"e": _ELEMENTS, "p": ["2020", "2019", "2020-S1"]}, whom)
    figures, rows = answer["kabupaten"]["nilai"], answer["agregat"]
    assert sorted(figures, key=_key) == sorted(rows, key=_key)
    assert [_key(f) for f in figures] == [(e, p) for e in _ELEMENTS for p in ("2020", "2019", "2020-S1")]
    counted = {_key(f): f["nilai"] for f in figures}
    assert counted["WIL05", "2020"] == 10


def test_rekap_are_those_that_the_caller_may_see(read_hub: Client) -> None:
    query = '{ kabupaten(kode: "53.14") { rekap { id status } some: rekap(formulir: ["f05", "F02"], periode: ["2020"]) { id } } }'
    for whom in (None, "53.14"):
        found = read_hub.ask(query, None, whom)["kabupaten"]
        ids = [r["id"] for r in found["rekap"]]
        listed = read_hub.ask('{ daftarRekap(saring: {pelapor: ["53.14"]}) { edges { node { id } } } }', None, whom)
        assert ids == [e["node"]["id"] for e in listed["daftarRekap"]["edges"]]
        assert len(ids) > 5
        assert [r["id"] for r in found["some"]] == ["53.14:F02:2020", "53.14:F05:2020"]
    (error,) = read_hub.errors('{ kabupaten(kode: "53.14") { rekap(formulir: ["F99"]) { id } } }')
    assert error["extensions"]["kode"] == "TIDAK_DIKENAL"


def test_resources_are_those_of_its_desa(read_hub: Client) -> None:
    query = """{ kabupaten(kode: "53.14") { sumberDaya { id desa { kode } } panti: sumberDaya(jenis: [PANTI]) { id } gudang { id } wksbm { id }
      kecamatan { desa { sumberDaya { id } panti: sumberDaya(jenis: [PANTI]) { id } wksbm { id } gudang: sumberDaya(jenis: [GUDANG_BENCANA]) { id } } } } }"""
    found = read_hub.ask(query, None, "53.14")["kabupaten"]
    desa = [d for k in found["kecamatan"] for d in k["desa"]]
    for field in ("sumberDaya", "panti", "wksbm", "gudang"):
        assert sorted(s["id"] for s in found[field]) == sorted(s["id"] for d in desa for s in d[field])
        assert found[field], field
    codes = [s["desa"]["kode"] for s in found["sumberDaya"]]
    assert codes == sorted(codes)


def test_another_service_gets_them_by_the_key(read_hub: Client) -> None:
    query = """query($k: [_Any!]!) { _entities(representations: $k) { ... on Kabupaten { kode
      nilai(elemen: ["REH09"], periode: ["2020"]) { status } gudang { id } rekap(periode: ["2020"]) { id } } } }"""
    keys = [{"__typename": "Kabupaten", "kode": k} for k in ("53.15", "53.14", "53.99")]
    other, own, none = read_hub.ask(query, {"k": keys})["_entities"]
    assert none is None
    assert (other["kode"], other["rekap"]) == ("53.15", [])
    assert "53.14:F05:2020" in {r["id"] for r in own["rekap"]}
    assert own["gudang"]
