"""What was known then: `pada` on figures, indicators and rekap, while revisions come and go."""

from typing import Any

import psycopg
import pytest

from tests.client import Klien
from tests.db.roles import ambil_peran
from tests.rekap.texts import AJUKAN, BUKA, SETUJUI, angka, masukan

KAB, PROV, ID = "53.15", "53", "53.15:F02:2023"
AGREGAT = """query ($t: TingkatWilayah!, $w: KodeWilayah!, $p: DateTime) {
  agregat(elemen: ["BAN05"], periode: ["2023"], wilayah: $w, tingkat: $t, pada: $p) {
    nilai status kelengkapan { diterima disetujui } } }"""
REKAP = """query ($p: DateTime) { rekap(id: "53.15:F02:2023", pada: $p) {
  status revisi revisiDisetujui boleh nilai { nilai } riwayat { aksi } } }"""


@pytest.fixture
def sejarah(hub: Klien) -> tuple[Klien, dict[str, str]]:
    """100 approved, reopened, 70 approved; with the moments between."""
    saat: dict[str, str] = {"sebelum": _saat(hub)}
    _ajukan(hub, 1, 100)
    saat["diajukan"] = _saat(hub)
    assert _jalan(hub, SETUJUI, {"id": ID, "revisi": 1}, PROV) == "RekapDiterima"
    saat["disetujui"] = _saat(hub)
    assert _jalan(hub, BUKA, {"id": ID, "alasan": "koreksi"}, PROV) == "RekapDiterima"
    saat["dibuka"] = _saat(hub)
    _ajukan(hub, 2, 70)
    assert _jalan(hub, SETUJUI, {"id": ID, "revisi": 2}, PROV) == "RekapDiterima"
    saat["kini"] = _saat(hub)
    return hub, saat


@pytest.mark.parametrize(("tingkat", "wilayah"), [("KABUPATEN", KAB), ("PROVINSI", PROV)])
def test_figures_are_those_of_that_moment(sejarah: tuple[Klien, dict[str, str]], tingkat: str, wilayah: str) -> None:
    hub, saat = sejarah
    nilai = {
        s: hub.tanya(AGREGAT, {"t": tingkat, "w": wilayah, "p": p})["agregat"][0]
        for s, p in {**saat, "tanpa": None}.items()
    }
    assert {s: n["nilai"] for s, n in nilai.items()} == {
        "sebelum": None, "diajukan": None, "disetujui": 100, "dibuka": 100, "kini": 70, "tanpa": 70,
    }  # fmt: skip
    assert nilai["sebelum"]["status"] == nilai["diajukan"]["status"] == "TIDAK_ADA_DATA"
    lengkap = {s: (n["kelengkapan"]["diterima"], n["kelengkapan"]["disetujui"]) for s, n in nilai.items()}
    assert lengkap["sebelum"] == (0, 0)
    assert lengkap["diajukan"] == (1, 0)
    assert lengkap["disetujui"] == lengkap["tanpa"] == (1, 1)


def test_a_rekap_is_seen_as_it_stood(sejarah: tuple[Klien, dict[str, str]]) -> None:
    hub, saat = sejarah
    dilihat = {s: hub.tanya(REKAP, {"p": p}, PROV)["rekap"] for s, p in saat.items()}
    assert dilihat["sebelum"] is None
    ringkas = {s: (r["status"], r["revisi"], r["revisiDisetujui"]) for s, r in dilihat.items() if r}
    assert ringkas == {
        "diajukan": ("DIAJUKAN", 1, None), "disetujui": ("DISETUJUI", 1, 1), "dibuka": ("DIKEMBALIKAN", 1, 1),
        "kini": ("DISETUJUI", 2, 2),
    }  # fmt: skip
    assert [r["nilai"][0]["nilai"] for r in dilihat.values() if r] == [100, 100, 100, 70]
    assert [len(r["riwayat"]) for r in dilihat.values() if r] == [1, 2, 3, 5]
    assert all(r["boleh"] == [] for r in dilihat.values() if r), "the past cannot be acted on"
    assert hub.tanya(REKAP, None, PROV)["rekap"]["boleh"] == ["BUKA"]


def test_the_public_sees_what_was_public_then(sejarah: tuple[Klien, dict[str, str]]) -> None:
    hub, saat = sejarah
    dilihat = {s: hub.tanya(REKAP, {"p": p})["rekap"] for s, p in saat.items()}
    assert dilihat["sebelum"] is dilihat["diajukan"] is None
    assert (dilihat["disetujui"]["revisi"], dilihat["disetujui"]["nilai"]) == (1, [{"nilai": 100}])
    assert (dilihat["dibuka"]["status"], dilihat["dibuka"]["nilai"]) == ("DISETUJUI", [{"nilai": 100}])
    assert dilihat["kini"]["nilai"] == [{"nilai": 70}]
    assert [r["riwayat"] for r in dilihat.values() if r] == [[], [], []]


def test_a_moment_is_that_of_the_event(sejarah: tuple[Klien, dict[str, str]]) -> None:
    """The time in the history is the very time from which the figures hold."""
    hub, _ = sejarah
    peristiwa = hub.tanya('{ rekap(id: "53.15:F02:2023") { riwayat { aksi pada } } }', None, PROV)["rekap"]["riwayat"]
    pada = [p["pada"] for p in peristiwa if p["aksi"] == "SETUJUI"]
    jawab = [hub.tanya(AGREGAT, {"t": "KABUPATEN", "w": KAB, "p": p})["agregat"][0]["nilai"] for p in pada]
    assert jawab == [100, 70]


def test_an_indicator_is_that_of_that_moment(hub: Klien) -> None:
    query = """query ($p: DateTime) { indikator(kode: ["I01"], periode: ["2020"], wilayah: "53.14", tingkat: KABUPATEN, pada: $p) {
      nilai status } }"""
    (dahulu,) = hub.tanya(query, {"p": "2001-01-01T00:00:00+07:00"})["indikator"]
    (kini,) = hub.tanya(query, {"p": _saat(hub)})["indikator"]
    assert (dahulu["nilai"], dahulu["status"]) == (None, "TIDAK_ADA_DATA")
    assert kini["nilai"] == 51.96


def test_nobody_writes_what_was(sejarah: tuple[Klien, dict[str, str]]) -> None:
    hub, _ = sejarah
    for tabel in ("angka_riwayat", "angka_tertulis_riwayat", "kelengkapan_riwayat", "rekap_riwayat"):
        for peran in ("hub_publik", "hub_kabupaten", "hub_provinsi", "hub_admin"):
            with psycopg.connect(hub.url) as conn:
                ambil_peran(conn, peran, "53.15")
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    conn.execute(f"DELETE FROM {tabel}")


def test_what_was_sensitive_stays_hidden(hub: Klien) -> None:
    """The history of figures obeys the same walls as the figures."""
    hub.sql("INSERT INTO angka_riwayat SELECT kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, "
            "status, turunan, publik, '2001-01-01', '2002-01-01', kecil FROM angka WHERE NOT publik")  # fmt: skip
    (banyak,) = hub.sql("SELECT count(*) FROM angka_riwayat")[0]
    assert banyak > 0
    for peran, wilayah, terlihat in (
        ("hub_publik", "", 0),
        ("hub_kabupaten", "53.15", 0),
        ("hub_provinsi", "53", banyak),
    ):
        with psycopg.connect(hub.url) as conn:
            ambil_peran(conn, peran, wilayah)
            assert conn.execute("SELECT count(*) FROM angka_riwayat").fetchone() == (terlihat,), peran


def _saat(hub: Klien) -> str:
    saat: str = hub.sql("SELECT clock_timestamp()")[0][0].isoformat()
    return saat


def _ajukan(hub: Klien, revisi: int, nilai: int) -> None:
    m = masukan(KAB, "F02", "2023", f"k{revisi}", nilai=[angka(KAB, "BAN05", nilai)])
    assert _jalan(hub, AJUKAN, {"m": m, "uji": False}, KAB) == "RekapDiterima"


def _jalan(hub: Klien, mutasi: str, variables: dict[str, Any], sebagai: str) -> str:
    jenis: str = hub.tanya(mutasi, variables, sebagai)["hasil"]["__typename"]
    return jenis
