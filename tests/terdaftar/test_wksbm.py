"""What the registry of networks counts for WKS01, WKS02 and WKS03, beside the rekap's figures."""

from typing import Any

import pytest

from tests.client import Client
from tests.rekap.texts import SUBMIT, angka, submission
from tests.terdaftar.texts import NEW_BONI, OLD_BONI, rows, terdaftar
from tests.wksbm.texts import MBOKAK, SOTIMORI, emptied, jejaring, uuid_of


@pytest.fixture
def filled(hub: Client) -> Client:
    """Two networks in one desa and one in another; the second moves on in July 2020, the third ends in 2021."""
    emptied(hub)
    jejaring(hub, 3, [], [SOTIMORI, SOTIMORI, MBOKAK])
    hub.sql("UPDATE wksbm SET tahap = 'PEMANTAPAN', tahap_sejak = '2020-07-01' WHERE id = %s", uuid_of(1))
    hub.sql("UPDATE wksbm SET sampai = '2021-01-01' WHERE id = %s", uuid_of(2))
    members = ((0, "A", "5", None), (0, "B", "5", "2020-06-01"), (1, "C", "4", None), (2, "D", "5", None))
    for n, name, kind, until in members:
        hub.sql(
            "INSERT INTO anggota_wksbm (kode_kab, wksbm, nama, sejak, jenis, sampai) "
            "VALUES ('53.14', %s, %s, '2019-01-01', %s, %s)", uuid_of(n), name, kind, until,
        )  # fmt: skip
    activities = (
        (0, "2020-01-01", "5a.1"),
        (1, "2020-03-31", "5a.1"),
        (2, "2020-04-01", "7.1"),
        (2, "2020-02-01", "7.1"),
    )
    for n, day, kode in activities:
        hub.sql(
            "INSERT INTO kegiatan_wksbm (kode_kab, wksbm, tanggal, kegiatan, uraian) VALUES ('53.14', %s, %s, %s, '')",
            uuid_of(n), day, kode,
        )  # fmt: skip
    return hub


def by_breakdown(hub: Client, elemen: str, name: str, wilayah: str = "53.14", periode: str = "2020") -> dict[str, Any]:
    return {
        b["rincian"][0]["pilihan"]: b["terdaftar"]
        for b in rows(hub, elemen, wilayah, periode, r=[name])
        if b["rincian"]
    }


def test_networks_and_members_of_the_last_day_and_activities_of_the_whole_period(filled: Client) -> None:
    assert [terdaftar(filled, "WKS01", w, "2020-TW1") for w in ("53.14", "53.14.10", SOTIMORI, MBOKAK)] == [3, 2, 2, 1]
    assert by_breakdown(filled, "WKS01", "fase", periode="2020-TW1") == {"PENUMBUHAN": 3}
    assert by_breakdown(filled, "WKS01", "fase") == {"PENUMBUHAN": 2, "PEMANTAPAN": 1}
    assert by_breakdown(filled, "WKS02", "jenis_psks", periode="2020-TW1") == {"5": 3, "4": 1}
    assert [terdaftar(filled, "WKS02", "53.14", p) for p in ("2020-05", "2020-06", "2021")] == [4, 3, 2]
    assert by_breakdown(filled, "WKS03", "kegiatan_wksbm", periode="2020-TW1") == {"5a.1": 2, "7.1": 1}
    periods = ("2020-01", "2020-02", "2020-TW1", "2020-TW2", "2020-S1", "2020-S2", "2020", "2021")
    assert [terdaftar(filled, "WKS03", "53.14", p) for p in periods] == [1, 1, 3, 1, 4, 0, 4, 0]


def test_what_has_ended_or_lies_elsewhere_is_not_counted(filled: Client) -> None:
    assert [terdaftar(filled, "WKS01", w, "2021") for w in ("53", "53.14", MBOKAK, "53.13")] == [2, 2, 0, 0]


def test_a_desa_that_has_another_code_since_is_followed(filled: Client) -> None:
    filled.sql("UPDATE wksbm SET kode_desa = %s WHERE id = %s", NEW_BONI, uuid_of(2))
    assert terdaftar(filled, "WKS01", OLD_BONI, "2020") == 1
    assert terdaftar(filled, "WKS02", OLD_BONI[:8], "2020") == 1


def test_a_rekap_that_says_otherwise_is_told(filled: Client) -> None:
    m = submission("53.14", "F11", "2020-TW1", "a", nilai=[angka(SOTIMORI, "WKS01", 5), angka(SOTIMORI, "WKS02", 4)])
    temuan = filled.ask(SUBMIT, {"m": m}, "53.14")["hasil"]["temuan"]
    found = [(t["wilayah"], t["elemen"], t["nilai"], t["usulan"]) for t in temuan if t["kode"] == "REGISTER_BEDA"]
    assert found == [("53.14", "WKS01", "5", "3"), (SOTIMORI, "WKS01", "5", "2"), (SOTIMORI, "WKS02", "4", "3")]
