"""What a page offers to choose from: provinces, indicators, and which figures there are."""

from tests.client import Klien


def test_provinces_in_force_in_order_of_code(hub_baca: Klien) -> None:
    isi = hub_baca.tanya("{ daftarProvinsi { kode nama kabupaten { kode } } }")["daftarProvinsi"]
    assert [(p["kode"], p["nama"]) for p in isi] == [("36", "Banten"), ("53", "Nusa Tenggara Timur")]
    assert [len(p["kabupaten"]) for p in isi] == [8, 22]


def test_a_province_that_is_no_more_is_not_listed(hub: Klien) -> None:
    hub.sql("UPDATE wilayah SET berlaku_sampai = current_date WHERE kode = '36' AND berlaku_sampai IS NULL")
    assert hub.tanya("{ daftarProvinsi { kode } }") == {"daftarProvinsi": [{"kode": "53"}]}


def test_indicators_by_the_code_they_are_asked_for_by(hub_baca: Klien) -> None:
    isi = {
        i["kode"]: i for i in hub_baca.tanya("{ daftarIndikator { kode nama satuan jenis elemen } }")["daftarIndikator"]
    }
    assert isi["I01"]["elemen"] == ["BAN01", "WIL03"]
    assert isi["I04.disabilitas"]["elemen"] == ["REH01", "REH02"]
    assert (isi["I12"]["jenis"], isi["I12"]["elemen"]) == ("RERATA", [])
    dijawab = hub_baca.tanya(
        'query ($k: [String!]!) { indikator(kode: $k, periode: "2020", wilayah: "53", tingkat: PROVINSI) { kode } }',
        {"k": list(isi)},
    )["indikator"]
    assert {i["kode"] for i in dijawab} == set(isi)


def test_figures_at_hand_are_those_that_aggregates_find(hub_baca: Klien) -> None:
    query = "query ($w: KodeWilayah!) { ketersediaan(wilayah: $w) { elemen periode kabupaten } }"
    ada = {(b["elemen"], b["periode"]): b["kabupaten"] for b in hub_baca.tanya(query, {"w": "53"})["ketersediaan"]}
    assert ada["BAN01", "2020"] == 1
    assert ada == {
        (b["elemen"], b["periode"]): b["kabupaten"]
        for b in hub_baca.tanya(query, {"w": "53.14.03.2005"})["ketersediaan"]
    }
    assert hub_baca.tanya(query, {"w": "36"}) == {"ketersediaan": []}, "a statement is no figure"
    angka = hub_baca.tanya(
        """query ($e: [String!]!) { agregat(elemen: $e, periode: ["2020"], wilayah: "53", tingkat: KABUPATEN) {
        elemen { kode } nilai } }""",
        {"e": sorted({e for e, _ in ada})},
    )["agregat"]
    assert {b["elemen"]["kode"] for b in angka if b["nilai"] is not None} == {e for e, p in ada if p == "2020"}


def test_an_element_says_whether_the_hub_counts_it_itself(hub_baca: Klien) -> None:
    isi = hub_baca.tanya('{ formulir(kode: "F01") { elemen { kode registri } } }')["formulir"]["elemen"]
    assert {e["kode"]: e["registri"] for e in isi if e["registri"]} == {"WIL04": "DESA", "WIL05": "KECAMATAN"}
