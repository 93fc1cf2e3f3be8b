"""What the hub counts itself is answered by the kind of desa, at every level and by every way, and adds up."""

from typing import Any

import pytest

from tests.client import Client
from tests.peta.tile_client import fetch

QUERY = """query ($e: [String!]!, $p: [Periode!]!, $w: KodeWilayah!, $t: TingkatWilayah!, $r: [String!], $h: Date) {
  agregat(elemen: $e, periode: $p, wilayah: $w, tingkat: $t, rincian: $r, wilayahPada: $h) {
    wilayah { kode } rincian { pilihan } nilai tertulis status terisi { dari berisi } } }"""
LEVELS = ("PROVINSI", "KABUPATEN", "KECAMATAN", "DESA")


def by_kind(hub: Client, level: str, wilayah: str = "53.14", **more: Any) -> dict[tuple[str, str], Any]:
    asked = {"e": ["WIL04"], "p": ["2020"], "w": wilayah, "t": level, "r": ["jenis_desa"], **more}
    rows = hub.ask(QUERY, asked)["agregat"]
    return {(b["wilayah"]["kode"], "+".join(r["pilihan"] for r in b["rincian"])): b["nilai"] for b in rows}


@pytest.mark.parametrize("day", [None, "2024-06-30"])
def test_desa_and_kelurahan_add_up_at_every_level(read_hub: Client, day: str | None) -> None:
    assert by_kind(read_hub, "KABUPATEN", h=day) == {("53.14", "desa"): 112, ("53.14", "kelurahan"): 7}
    for wilayah in ("53", "36"):
        whole: dict[str, int] = {}
        for level in LEVELS:
            found = by_kind(read_hub, level, wilayah, h=day)
            of_level = {k: sum(n for (_, kind), n in found.items() if kind == k) for k in ("desa", "kelurahan")}
            whole = whole or of_level
            assert of_level == whole, level
            totals = read_hub.ask(QUERY, {"e": ["WIL04"], "p": ["2020"], "w": wilayah, "t": level, "h": day})["agregat"]
            for b in totals:
                kode = b["wilayah"]["kode"]
                assert b["nilai"] == found[kode, "desa"] + found[kode, "kelurahan"], kode
    assert by_kind(read_hub, "DESA", "53.14.03.1001", h=day) == {
        ("53.14.03.1001", "desa"): 0,
        ("53.14.03.1001", "kelurahan"): 1,
    }


def test_a_breakdown_that_the_list_of_regions_does_not_know_is_no_data(read_hub: Client) -> None:
    for elemen, names in (("WIL05", ["jenis_desa"]), ("WIL04", ["JK"]), ("WIL04", ["jenis_desa", "JK"])):
        for day in (None, "2024-06-30"):
            (row,) = read_hub.ask(
                QUERY, {"e": [elemen], "p": ["2020"], "w": "53.14", "t": "KABUPATEN", "r": names, "h": day}
            )["agregat"]
            assert (row["rincian"], row["nilai"], row["status"]) == ([], None, "TIDAK_ADA_DATA")


def test_every_part_of_what_is_counted_is_filled(read_hub: Client) -> None:
    for day, kecamatan in ((None, 10), ("2024-06-30", 11)):
        rows = read_hub.ask(
            QUERY, {"e": ["WIL04"], "p": ["2020"], "w": "53.14", "t": "KABUPATEN", "r": ["jenis_desa"], "h": day}
        )["agregat"]
        assert [b["terisi"] for b in rows] == [{"dari": kecamatan, "berisi": kecamatan}] * 2


def test_other_ways_say_the_same(read_hub: Client) -> None:
    query = '{ desa(kode: "53.14.03.1001") { nilai(elemen: ["WIL04", "WIL05"], periode: ["2020"]) { elemen { kode } nilai status } } }'
    assert [(n["nilai"], n["status"]) for n in read_hub.ask(query)["desa"]["nilai"]] == [
        (1, "ADA"),
        (None, "TIDAK_ADA_DATA"),
    ]
    for kind, number in (("desa", 112), ("kelurahan", 7)):
        url = f"/angka.json?elemen=WIL04&periode=2020&wilayah=53.14&tingkat=KABUPATEN&rincian=jenis_desa:{kind}"
        assert fetch(read_hub, url, "").json()["nilai"] == [number]


def test_a_term_of_an_indicator_counts_its_own_kind(hub: Client) -> None:
    hub.sql("INSERT INTO indikator (kode, varian, nama, jenis, faktor, satuan, urut) SELECT 'UJI', '', nama, jenis, 100, satuan, 99 "
            "FROM indikator WHERE kode = 'I07' AND varian = ''")  # fmt: skip
    hub.sql("INSERT INTO suku_indikator (indikator, varian, sisi, pilihan, urut, elemen, rincian) VALUES "
            "('UJI', '', 'PEMBILANG', 1, 1, 'WIL04', '{\"jenis_desa\": \"kelurahan\"}'), ('UJI', '', 'PENYEBUT', 1, 1, 'WIL04', '{}')")  # fmt: skip
    query = '{ indikator(kode: ["UJI"], periode: ["2020"], wilayah: "%s", tingkat: %s) { wilayah { kode } pembilang penyebut } }'
    (row,) = hub.ask(query % ("53.14", "KABUPATEN"))["indikator"]
    assert (row["pembilang"], row["penyebut"]) == (7, 119)
