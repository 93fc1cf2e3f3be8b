"""Indicators of what the hub counts itself: out of the register, where the rekap say nothing."""

from typing import Any

from tests.client import Client
from tests.rekap.texts import angka
from tests.sumber_daya.rows import add, without_samples
from tests.terdaftar.texts import approved

QUERY = """query ($i: [String!]!, $w: KodeWilayah!, $t: TingkatWilayah!, $p: [Periode!]!, $n: DateTime) {
  indikator(kode: $i, periode: $p, wilayah: $w, tingkat: $t, pada: $n) {
    wilayah { kode } pembilang penyebut nilai status kelengkapan { diharapkan disetujui } } }"""


def asked(
    hub: Client, wilayah: str, level: str, kode: str = "I13", periode: str = "2020", **more: Any
) -> dict[str, Any]:
    rows = hub.ask(QUERY, {"i": [kode], "w": wilayah, "t": level, "p": [periode], **more})["indikator"]
    return {b["wilayah"]["kode"]: (b["pembilang"], b["penyebut"], b["nilai"], b["status"]) for b in rows}


def test_slrt_of_banten_comes_out_of_the_register(read_hub: Client) -> None:
    """The document: six of eight."""
    assert asked(read_hub, "36", "PROVINSI") == {"36": (6, 8, 75, "ADA")}
    each = asked(read_hub, "36", "KABUPATEN")
    assert sorted((b[:3]) for b in each.values()) == [(0, 1, 0), (0, 1, 0), *[(1, 1, 100)] * 6]
    (row,) = read_hub.ask(QUERY, {"i": ["I13"], "w": "36", "t": "PROVINSI", "p": ["2020"]})["indikator"]
    assert row["kelengkapan"] == {"diharapkan": 8, "disetujui": 0}  # nobody has reported it


def test_of_what_no_register_holds_nobody_says_no(read_hub: Client) -> None:
    """Rote Ndao's register holds other things; no register of its province holds an SLRT."""
    assert asked(read_hub, "53", "PROVINSI") == {"53": (None, None, None, "TIDAK_ADA_DATA")}
    assert asked(read_hub, "53.14", "KABUPATEN") == {"53.14": (None, None, None, "TIDAK_ADA_DATA")}
    assert asked(read_hub, "36", "PROVINSI", n="2030-01-01T00:00:00Z") == {"36": (None, None, None, "TIDAK_ADA_DATA")}


def test_a_kabupaten_whose_register_is_empty_is_not_counted_and_a_rekap_goes_before(hub: Client) -> None:
    without_samples(hub)
    add(hub, 1, "SLRT", kode_desa="53.14.02.2004")
    add(hub, 2, "PUSKESOS", kode_kab="53.15", kode_desa="53.15.01.2001")
    assert asked(hub, "53", "PROVINSI", periode="2021") == {"53": (1, 2, 50, "ADA")}
    approved(hub, "F09", "2021", [angka("53.14", "LEM10", 0)])
    assert asked(hub, "53", "PROVINSI", periode="2021") == {"53": (0, 2, 0, "NOL")}


def test_a_ratio_takes_what_the_register_counts(hub: Client) -> None:
    """Karang taruna that were helped, of those that stand in the register."""
    without_samples(hub)
    for number in range(4):
        add(hub, number, "KARANG_TARUNA")
    approved(hub, "F09", "2021", [angka("53.14", "LEM16", 1)])
    assert asked(hub, "53.14", "KABUPATEN", "I08", "2021") == {"53.14": (1, 4, 25, "ADA")}
    assert asked(hub, "53", "PROVINSI", "I08", "2021") == {"53": (1, 4, 25, "ADA")}
