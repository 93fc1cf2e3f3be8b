"""What the registry of networks says for WKS01, WKS02 and WKS03, per desa, as of a period."""

from typing import Any

import pytest

from hub.store.wksbm_hitung_source import wksbm_hitung_sql
from tests.client import Klien
from tests.wksbm_texts import MBOKAK, SOTIMORI, bersih, jejaring, nomor


def hitung(hub: Klien, wilayah: str, mulai: str, akhir: str) -> dict[tuple[Any, ...], int]:
    """(desa, element, choice) → figure; choice "" for the whole."""
    perintah = wksbm_hitung_sql("'" + wilayah + "'", "'" + mulai + "'::date", "'" + akhir + "'::date")
    baris = hub.sql(f"SELECT kode_kab, kode, elemen, dimensi, rincian, nilai FROM ({perintah}) h")
    assert {k for k, *_ in baris} <= {k[:5] for _, k, *_ in baris}
    hasil = {}
    for _, kode, elemen, dimensi, rincian, nilai in baris:
        assert rincian.keys() == ({dimensi} if dimensi else set())
        hasil[kode, elemen, rincian.get(dimensi, "")] = int(nilai)
    return hasil


@pytest.fixture
def isi(hub: Klien) -> Klien:
    """Two networks in one desa and one in another; the second moves on in July 2020, the third ends in 2021."""
    bersih(hub)
    jejaring(hub, 3, [], [SOTIMORI, SOTIMORI, MBOKAK])
    hub.sql("UPDATE wksbm SET tahap = 'PEMANTAPAN', tahap_sejak = '2020-07-01' WHERE id = %s", nomor(1))
    hub.sql("UPDATE wksbm SET sampai = '2021-01-01' WHERE id = %s", nomor(2))
    for n, nama, jenis, sampai in (
        (0, "A", "5", None),
        (0, "B", "5", "2020-06-01"),
        (1, "C", "4", None),
        (2, "D", "5", None),
    ):
        hub.sql("INSERT INTO anggota_wksbm (kode_kab, wksbm, nama, sejak, jenis, sampai) VALUES ('53.14', %s, %s, '2019-01-01', %s, %s)",
                nomor(n), nama, jenis, sampai)  # fmt: skip
    for n, hari, kegiatan in (
        (0, "2020-01-01", "5a.1"),
        (1, "2020-03-31", "5a.1"),
        (2, "2020-04-01", "7.1"),
        (2, "2020-02-01", "7.1"),
    ):
        hub.sql(
            "INSERT INTO kegiatan_wksbm (kode_kab, wksbm, tanggal, kegiatan, uraian) VALUES ('53.14', %s, %s, %s, '')",
            nomor(n),
            hari,
            kegiatan,
        )
    return hub


def test_networks_and_members_of_the_last_day_and_activities_of_the_whole_period(isi: Klien) -> None:
    assert hitung(isi, "53.14", "2020-01-01", "2020-03-31") == {
        (SOTIMORI, "WKS01", ""): 2, (SOTIMORI, "WKS01", "PENUMBUHAN"): 2,
        (MBOKAK, "WKS01", ""): 1, (MBOKAK, "WKS01", "PENUMBUHAN"): 1,
        (SOTIMORI, "WKS02", ""): 3, (SOTIMORI, "WKS02", "5"): 2, (SOTIMORI, "WKS02", "4"): 1,
        (MBOKAK, "WKS02", ""): 1, (MBOKAK, "WKS02", "5"): 1,
        (SOTIMORI, "WKS03", ""): 2, (SOTIMORI, "WKS03", "5a.1"): 2,
        (MBOKAK, "WKS03", ""): 1, (MBOKAK, "WKS03", "7.1"): 1,
    }  # fmt: skip
    assert hitung(isi, SOTIMORI, "2020-07-01", "2020-12-31") == {
        (SOTIMORI, "WKS01", ""): 2, (SOTIMORI, "WKS01", "PENUMBUHAN"): 1, (SOTIMORI, "WKS01", "PEMANTAPAN"): 1,
        (SOTIMORI, "WKS02", ""): 2, (SOTIMORI, "WKS02", "5"): 1, (SOTIMORI, "WKS02", "4"): 1,
    }  # fmt: skip


def test_what_has_ended_or_lies_elsewhere_is_not_counted(isi: Klien) -> None:
    assert {k[0] for k in hitung(isi, "53", "2021-01-01", "2021-12-31")} == {SOTIMORI}
    assert hitung(isi, "36", "2020-01-01", "2020-12-31") == {}
    assert hitung(isi, "53.14", "2018-01-01", "2018-12-31") == {}
