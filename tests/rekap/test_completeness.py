"""Who has reported: offices, by their own rekap of a period or by those of all its parts."""

from typing import Any

from tests.client import Client
from tests.rekap.texts import APPROVE, SUBMIT, angka, submission

KAB, PROV = "53.15", "53"


def send(hub: Client, periode: str) -> int:
    """The revision."""
    m = submission(KAB, "F02", periode, periode, nilai=[angka(KAB, "BAN04", 10)])
    revision: int = hub.ask(SUBMIT, {"m": m}, KAB)["hasil"]["revisi"]
    return revision


def year(hub: Client) -> Any:
    (row,) = hub.ask("""{ agregat(elemen: ["BAN04"], periode: ["2023"], wilayah: "53.15", tingkat: KABUPATEN) {
      kelengkapan { diharapkan diterima disetujui } } }""")["agregat"]
    return row["kelengkapan"]


COMPLETENESS = """query ($f: [String!], $p: [Periode!]!) { kelengkapan(formulir: $f, periode: $p, wilayah: "53.15") {
  formulir { kode } periode status tenggat tepatWaktu terlambat dipenuhi } }"""


def test_finer_rekap_fulfil_a_period_when_all_of_them_are_approved(hub: Client) -> None:
    """Offices are counted, never rekap; and an office that sent half a year has not reported the year."""
    counts = []
    sent = [f"2023-TW{i}" for i in (1, 2)] + [f"2023-{i:02d}" for i in (7, 8, 9)] + ["2023-TW4"]
    for periode in sent:
        revision = send(hub, periode)
        assert year(hub)["disetujui"] == 0
        hub.ask(APPROVE, {"id": f"{KAB}:F02:{periode}", "revisi": revision}, PROV)
        row = year(hub)
        assert row["diterima"] == row["disetujui"]
        counts.append((row["diharapkan"], row["disetujui"]))
    assert counts == [(1, 0)] * 5 + [(1, 1)]
    rows = {b["periode"]: b for b in hub.ask(COMPLETENESS, {"f": "F02", "p": ["2023", "2023-S1", "2023-TW3", "2023-07"]})["kelengkapan"]}  # fmt: skip
    assert {p: b["dipenuhi"] for p, b in rows.items()} == {
        "2023": ["2023-TW1", "2023-TW2", "2023-07", "2023-08", "2023-09", "2023-TW4"],
        "2023-S1": ["2023-TW1", "2023-TW2"], "2023-TW3": ["2023-07", "2023-08", "2023-09"], "2023-07": ["2023-07"],
    }  # fmt: skip
    assert [(rows[p]["status"], rows[p]["tepatWaktu"], rows[p]["terlambat"]) for p in ("2023", "2023-07")] == [
        (None, False, False),  # nothing of the year itself, and nothing is missing
        ("DISETUJUI", False, False),
    ]
    (province,) = hub.ask("""{ agregat(elemen: ["BAN04"], periode: ["2023"], wilayah: "53", tingkat: PROVINSI) {
      kelengkapan { diharapkan disetujui persen } } }""")["agregat"]
    assert province["kelengkapan"] == {"diharapkan": 22, "disetujui": 1, "persen": 4.55}
    query = '{ indikator(kode: ["I13.pemutakhiran"], periode: ["2023", "2023-TW4"], wilayah: "53", tingkat: PROVINSI) { kelengkapan { diharapkan disetujui } } }'
    assert [b["kelengkapan"] for b in hub.ask(query)["indikator"]] == [{"diharapkan": 22, "disetujui": 1}] * 2


def test_a_form_is_expected_at_its_own_frequency_or_a_coarser_one(hub: Client) -> None:
    frequencies = dict(hub.sql("SELECT kode, hub_bulan_jenis(periode_jenis) FROM formulir"))
    for periode, months in (("2023-07", 1), ("2023-TW3", 3), ("2023-S1", 6), ("2023", 12)):
        rows = hub.ask(COMPLETENESS, {"p": [periode]})["kelengkapan"]
        assert {b["formulir"]["kode"] for b in rows} == {f for f, n in frequencies.items() if n <= months}
    assert 1 in frequencies.values()
    assert 3 in frequencies.values()
    query = """{ agregat(elemen: ["WIL02"], periode: ["2023-07", "2023-TW3"], wilayah: "53", tingkat: PROVINSI) {
      kelengkapan { diharapkan diterima disetujui persen } } }"""
    month, quarter = (b["kelengkapan"] for b in hub.ask(query)["agregat"])
    assert month == {"diharapkan": 0, "diterima": 0, "disetujui": 0, "persen": None}
    assert (quarter["diharapkan"], quarter["persen"]) == (22, 0)


def test_late_is_who_has_not_sent_when_the_deadline_is_over(hub: Client) -> None:
    def late(periode: str) -> Any:
        (row,) = hub.ask(COMPLETENESS, {"f": "F02", "p": [periode]})["kelengkapan"]
        return row["terlambat"], row["dipenuhi"]

    assert late("2023") == (True, [])
    hub.sql(
        "INSERT INTO tenggat (formulir, periode, kode_wilayah, urut, tanggal, alasan, kantor) "
        "VALUES ('F02', '2023', '53', 1, '2999-01-01', 'Banjir', '53'), ('F02', '2023', '53.15', 1, '2024-01-01', 'Surat', '53')"
    )
    assert late("2023") == (True, [])
    hub.sql("INSERT INTO tenggat VALUES ('F02', '2023', '53.15', 2, '2999-01-01', 'Banjir', '53')")
    assert late("2023") == (False, [])
    hub.sql("INSERT INTO tenggat VALUES ('F02', '2023', '53.15', 3, '2024-01-01', 'Surat', '53')")
    assert late("2023") == (True, [])
    send(hub, "2023")
    assert late("2023") == (False, [])
