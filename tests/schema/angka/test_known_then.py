"""What was known then: `pada` on figures, indicators and rekap, while revisions come and go."""

from typing import Any

import psycopg
import pytest

from tests.client import Client
from tests.db.roles import take_role
from tests.rekap.texts import APPROVE, REOPEN, SUBMIT, angka, submission
from tests.released import release_as_it_is

KAB, PROV, ID = "53.15", "53", "53.15:F02:2023"
AGREGAT = """query ($t: TingkatWilayah!, $w: KodeWilayah!, $p: DateTime) {
  agregat(elemen: ["BAN05"], periode: ["2023"], wilayah: $w, tingkat: $t, pada: $p) {
    nilai status kelengkapan { diterima disetujui } } }"""
REKAP = """query ($p: DateTime) { rekap(id: "53.15:F02:2023", pada: $p) {
  status revisi revisiDisetujui boleh nilai { nilai } riwayat { aksi } } }"""


@pytest.fixture
def history(hub: Client) -> tuple[Client, dict[str, str]]:
    """100 approved, reopened, 70 approved; with the moments between."""
    moments: dict[str, str] = {"sebelum": _moment(hub)}
    _submit(hub, 1, 100)
    moments["diajukan"] = _moment(hub)
    assert _run(hub, APPROVE, {"id": ID, "revisi": 1}, PROV) == "RekapDiterima"
    moments["disetujui"] = _moment(hub)
    assert _run(hub, REOPEN, {"id": ID, "alasan": "koreksi"}, PROV) == "RekapDiterima"
    moments["dibuka"] = _moment(hub)
    _submit(hub, 2, 70)
    assert _run(hub, APPROVE, {"id": ID, "revisi": 2}, PROV) == "RekapDiterima"
    moments["kini"] = _moment(hub)
    return hub, moments


@pytest.mark.parametrize(("level", "wilayah"), [("KABUPATEN", KAB), ("PROVINSI", PROV)])
def test_figures_are_those_of_that_moment(history: tuple[Client, dict[str, str]], level: str, wilayah: str) -> None:
    hub, moments = history
    nilai = {
        s: hub.ask(AGREGAT, {"t": level, "w": wilayah, "p": p})["agregat"][0]
        for s, p in {**moments, "tanpa": None}.items()
    }
    assert {s: n["nilai"] for s, n in nilai.items()} == {
        "sebelum": None, "diajukan": None, "disetujui": 100, "dibuka": 100, "kini": 70, "tanpa": 70,
    }  # fmt: skip
    assert nilai["sebelum"]["status"] == nilai["diajukan"]["status"] == "TIDAK_ADA_DATA"
    completeness = {s: (n["kelengkapan"]["diterima"], n["kelengkapan"]["disetujui"]) for s, n in nilai.items()}
    assert completeness["sebelum"] == (0, 0)
    assert completeness["diajukan"] == (1, 0)
    assert completeness["disetujui"] == completeness["tanpa"] == (1, 1)


def test_a_rekap_is_seen_as_it_stood(history: tuple[Client, dict[str, str]]) -> None:
    hub, moments = history
    seen = {s: hub.ask(REKAP, {"p": p}, PROV)["rekap"] for s, p in moments.items()}
    assert seen["sebelum"] is None
    summary = {s: (r["status"], r["revisi"], r["revisiDisetujui"]) for s, r in seen.items() if r}
    assert summary == {
        "diajukan": ("DIAJUKAN", 1, None), "disetujui": ("DISETUJUI", 1, 1), "dibuka": ("DIKEMBALIKAN", 1, 1),
        "kini": ("DISETUJUI", 2, 2),
    }  # fmt: skip
    assert [r["nilai"][0]["nilai"] for r in seen.values() if r] == [100, 100, 100, 70]
    assert [len(r["riwayat"]) for r in seen.values() if r] == [1, 2, 3, 5]
    assert all(r["boleh"] == [] for r in seen.values() if r), "the past cannot be acted on"
    assert hub.ask(REKAP, None, PROV)["rekap"]["boleh"] == ["BUKA"]


def test_the_public_sees_what_was_public_then(history: tuple[Client, dict[str, str]]) -> None:
    hub, moments = history
    seen = {s: hub.ask(REKAP, {"p": p})["rekap"] for s, p in moments.items()}
    assert seen["sebelum"] is seen["diajukan"] is None
    assert (seen["disetujui"]["revisi"], seen["disetujui"]["nilai"]) == (1, [{"nilai": 100}])
    assert (seen["dibuka"]["status"], seen["dibuka"]["nilai"]) == ("DISETUJUI", [{"nilai": 100}])
    assert seen["kini"]["nilai"] == [{"nilai": 70}]
    assert [r["riwayat"] for r in seen.values() if r] == [[], [], []]


def test_a_moment_is_that_of_the_event(history: tuple[Client, dict[str, str]]) -> None:
    """The time in the history is the very time from which the figures hold."""
    hub, _ = history
    events = hub.ask('{ rekap(id: "53.15:F02:2023") { riwayat { aksi pada } } }', None, PROV)["rekap"]["riwayat"]
    approved_at = [p["pada"] for p in events if p["aksi"] == "SETUJUI"]
    answers = [hub.ask(AGREGAT, {"t": "KABUPATEN", "w": KAB, "p": p})["agregat"][0]["nilai"] for p in approved_at]
    assert answers == [100, 70]


def test_an_indicator_is_that_of_that_moment(hub: Client) -> None:
    query = """query ($p: DateTime) { indikator(kode: ["I01"], periode: ["2020"], wilayah: "53.14", tingkat: KABUPATEN, pada: $p) {
      nilai status } }"""
    release_as_it_is(hub)
    (earlier,) = hub.ask(query, {"p": "2001-01-01T00:00:00+07:00"})["indikator"]
    (now,) = hub.ask(query, {"p": _moment(hub)})["indikator"]
    assert (earlier["nilai"], earlier["status"]) == (None, "TIDAK_ADA_DATA")
    assert now["nilai"] == 51.96


def test_nobody_writes_what_was(history: tuple[Client, dict[str, str]]) -> None:
    hub, _ = history
    for table in ("angka_riwayat", "angka_tertulis_riwayat", "kelengkapan_riwayat", "rekap_riwayat"):
        for role in ("hub_publik", "hub_kabupaten", "hub_provinsi", "hub_admin"):
            with psycopg.connect(hub.url) as conn:
                take_role(conn, role, "53.15")
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    conn.execute(f"DELETE FROM {table}")


def test_what_was_sensitive_stays_hidden(hub: Client) -> None:
    """The history of figures obeys the same walls as the figures."""
    hub.sql("INSERT INTO angka_riwayat SELECT kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, "
            "status, turunan, '2001-01-01', '2002-01-01' FROM angka WHERE kode_kab = '53.14'")  # fmt: skip
    (count,) = hub.sql("SELECT count(*) FROM angka_riwayat")[0]
    assert count > 0
    for role, wilayah, visible in (
        ("hub_kabupaten", "53.15", 0),
        ("hub_provinsi", "53", count),
    ):
        with psycopg.connect(hub.url) as conn:
            take_role(conn, role, wilayah)
            assert conn.execute("SELECT count(*) FROM angka_riwayat").fetchone() == (visible,), role
            if not visible:
                assert conn.execute("SELECT count(*) FROM angka_riwayat_terbaca").fetchone() == (0,), role
    with psycopg.connect(hub.url) as conn:
        take_role(conn, "hub_publik", "")
        assert conn.execute("SELECT count(*) FROM angka_riwayat_terbaca").fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute("SELECT count(*) FROM angka_riwayat")


def _moment(hub: Client) -> str:
    moment: str = hub.sql("SELECT clock_timestamp()")[0][0].isoformat()
    return moment


def _submit(hub: Client, revision: int, nilai: int) -> None:
    m = submission(KAB, "F02", "2023", f"k{revision}", nilai=[angka(KAB, "BAN05", nilai)])
    assert _run(hub, SUBMIT, {"m": m, "uji": False}, KAB) == "RekapDiterima"


def _run(hub: Client, mutation: str, variables: dict[str, Any], as_whom: str) -> str:
    type_name: str = hub.ask(mutation, variables, as_whom)["hasil"]["__typename"]
    return type_name
