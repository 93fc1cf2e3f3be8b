"""Of whom an indicator speaks: kabupaten whose figures are known, and with both sides of a ratio."""

from typing import Any

from tests.client import Client
from tests.rekap.texts import APPROVE, SUBMIT, angka, submission
from tests.released import release_as_it_is

QUERY = """query ($i: [String!]!, $w: KodeWilayah!, $t: TingkatWilayah!) {
  indikator(kode: $i, periode: ["2023"], wilayah: $w, tingkat: $t) { pembilang penyebut nilai status kelengkapan { diharapkan disetujui } } }"""


def _approve(hub: Client, kab: str, formulir: str, *nilai: dict[str, Any]) -> None:
    m = submission(kab, formulir, "2023", f"{kab} {formulir}", nilai=list(nilai))
    assert hub.ask(SUBMIT, {"m": m}, kab)["hasil"]["__typename"] == "RekapDiterima"
    hub.ask(APPROVE, {"id": f"{kab}:{formulir}:2023", "revisi": 1}, "53")


def test_who_has_not_reported_is_no_no(hub: Client) -> None:
    for kab, count in (("53.14", 3), ("53.15", 0), ("53.16", 12)):
        _approve(hub, kab, "F02", angka(kab, "BAN09", count))
    asked = {"i": ["I13.pemutakhiran"], "w": "53", "t": "PROVINSI"}
    release_as_it_is(hub)
    (row,) = hub.ask(QUERY, asked)["indikator"]
    assert (row["pembilang"], row["penyebut"], row["nilai"]) == (2, 3, 66.67)
    assert row["kelengkapan"] == {"diharapkan": 22, "disetujui": 3}
    # what is hidden may be nought: then nobody can tell how many have some
    hub.sql(
        "UPDATE angka_rilis SET nilai = NULL, status = 'DISUPRESI' WHERE elemen = 'BAN09' AND kode_wilayah = '53.14'"
    )
    (row,) = hub.ask(QUERY, asked)["indikator"]
    assert (row["pembilang"], row["penyebut"], row["nilai"], row["status"]) == (None, None, None, "DISUPRESI")
    (row,) = hub.ask(QUERY, asked, "53")["indikator"]
    assert row["nilai"] == 66.67


def test_something_of_nothing_does_not_enter_a_ratio(hub: Client) -> None:
    for kab, poor, covered in (("53.14", 100, 40), ("53.15", 0, 20), ("53.16", 0, 0)):
        _approve(hub, kab, "F01", angka(kab, "WIL03", poor))
        _approve(hub, kab, "F02", angka(kab, "BAN01", covered))
    (row,) = hub.ask(QUERY, {"i": ["I01"], "w": "53", "t": "PROVINSI"}, "53")["indikator"]
    assert (row["pembilang"], row["penyebut"], row["nilai"]) == (40, 100, 40)
    (alone,) = hub.ask(QUERY, {"i": ["I01"], "w": "53.15", "t": "KABUPATEN"}, "53")["indikator"]
    assert (alone["nilai"], alone["status"]) == (None, "TIDAK_ADA_DATA")
