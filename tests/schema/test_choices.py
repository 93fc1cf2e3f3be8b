"""What a page offers to choose from: provinces, indicators, and which figures there are."""

from tests.client import Client


def test_provinces_in_force_in_order_of_code(read_hub: Client) -> None:
    provinces = read_hub.ask("{ daftarProvinsi { kode nama kabupaten { kode } } }")["daftarProvinsi"]
    assert [(p["kode"], p["nama"]) for p in provinces] == [("36", "Banten"), ("53", "Nusa Tenggara Timur")]
    assert [len(p["kabupaten"]) for p in provinces] == [8, 22]


def test_a_province_that_is_no_more_is_not_listed(hub: Client) -> None:
    hub.sql("UPDATE wilayah SET berlaku_sampai = current_date WHERE kode = '36' AND berlaku_sampai IS NULL")
    assert hub.ask("{ daftarProvinsi { kode } }") == {"daftarProvinsi": [{"kode": "53"}]}


def test_indicators_by_the_code_they_are_asked_for_by(read_hub: Client) -> None:
    indicators = {
        i["kode"]: i for i in read_hub.ask("{ daftarIndikator { kode nama satuan jenis elemen } }")["daftarIndikator"]
    }
    assert indicators["I01"]["elemen"] == ["BAN01", "WIL03"]
    assert indicators["I04.disabilitas"]["elemen"] == ["REH01", "REH02"]
    assert (indicators["I12"]["jenis"], indicators["I12"]["elemen"]) == ("RERATA", [])
    answered = read_hub.ask(
        'query ($k: [String!]!) { indikator(kode: $k, periode: "2020", wilayah: "53", tingkat: PROVINSI) { kode } }',
        {"k": list(indicators)},
    )["indikator"]
    assert {i["kode"] for i in answered} == set(indicators)


def test_figures_at_hand_are_those_that_aggregates_find(read_hub: Client) -> None:
    query = "query ($w: KodeWilayah!) { ketersediaan(wilayah: $w) { elemen periode kabupaten } }"
    available = {(b["elemen"], b["periode"]): b["kabupaten"] for b in read_hub.ask(query, {"w": "53"})["ketersediaan"]}
    assert available["BAN01", "2020"] == 1
    assert available == {
        (b["elemen"], b["periode"]): b["kabupaten"] for b in read_hub.ask(query, {"w": "53.14.03.2005"})["ketersediaan"]
    }
    assert read_hub.ask(query, {"w": "36"}) == {"ketersediaan": []}, "a statement is no figure"
    angka = read_hub.ask(
        """query ($e: [String!]!) { agregat(elemen: $e, periode: ["2020"], wilayah: "53", tingkat: KABUPATEN) {
        elemen { kode } nilai } }""",
        {"e": sorted({e for e, _ in available})},
    )["agregat"]
    assert {b["elemen"]["kode"] for b in angka if b["nilai"] is not None} == {e for e, p in available if p == "2020"}


def test_an_element_says_whether_the_hub_counts_it_itself(read_hub: Client) -> None:
    elements = read_hub.ask('{ formulir(kode: "F01") { elemen { kode registri } } }')["formulir"]["elemen"]
    assert {e["kode"]: e["registri"] for e in elements if e["registri"]} == {"WIL04": "DESA", "WIL05": "KECAMATAN"}
