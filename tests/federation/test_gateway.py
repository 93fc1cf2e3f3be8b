"""A real gateway over the hub and a statistics service answers questions that need both."""

from typing import Any

import psycopg
import pytest

from tests.client import Klien
from tests.federation.gateway import Gabungan
from tests.federation.statistik_service import luas_hutan, pdrb
from tests.rekap.texts import SIMPAN, angka, masukan

DARI_HUB = '{ kabupaten(kode: "53.14") { nama pdrb kecamatan { nama desa { kode nama luasHutan } } } }'
DARI_STATISTIK = "{ hutanTerluas(banyak: 119) { kode luasHutan nama kecamatan { nama } } }"


@pytest.fixture
def dikirim(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement of the hub that is not about the transaction, the settings of a connection, a newer catalogue, or the
    listener's pulse."""
    catatan: list[str] = []
    asli = psycopg.AsyncCursor.execute

    async def execute(self: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
        teks = str(query)
        lain = teks == "SELECT 1" or teks.startswith(("BEGIN", "COMMIT", "SET ", "SELECT set_config"))
        if not lain and "katalog_riwayat" not in teks:
            catatan.append(teks)
        return await asli(self, query, *args, **kwargs)

    monkeypatch.setattr(psycopg.AsyncCursor, "execute", execute)
    return catatan


@pytest.fixture
def bersih(gabungan: Gabungan, dikirim: list[str]) -> Gabungan:
    """Nothing sent yet; the catalogue read and the gateway warm."""
    gabungan.gerbang.tanya('{ formulir(kode: "F01") { kode } }')
    gabungan.hub.diterima.clear()
    gabungan.statistik.diterima.clear()
    dikirim.clear()
    return gabungan


def test_the_hubs_desa_with_the_other_services_figures(bersih: Gabungan, dikirim: list[str]) -> None:
    jawab = bersih.gerbang.tanya(DARI_HUB)
    assert "errors" not in jawab, jawab["errors"]
    kab = jawab["data"]["kabupaten"]
    assert (kab["nama"], kab["pdrb"], len(kab["kecamatan"])) == ("Rote Ndao", pdrb("53.14"), 11)
    desa = [d for c in kab["kecamatan"] for d in c["desa"]]
    assert [d["kode"] for d in desa] == bersih.desa
    assert len(desa) == 119
    assert [d["luasHutan"] for d in desa] == [luas_hutan(d["kode"]) for d in desa]
    assert len(bersih.hub.diterima) == len(dikirim) == 1


def test_the_other_services_desa_with_the_hubs_names(bersih: Gabungan, dikirim: list[str]) -> None:
    """119 desa of a list that the hub did not make: one `_entities` request, one SQL statement."""
    jawab = bersih.gerbang.tanya(DARI_STATISTIK)
    assert "errors" not in jawab, jawab["errors"]
    assert len(bersih.hub.diterima) == 1
    assert bersih.hub.diterima[0].count("_entities") == 1
    assert len(dikirim) == 1
    desa = jawab["data"]["hutanTerluas"]
    assert [d["luasHutan"] for d in desa] == sorted((luas_hutan(k) for k in bersih.desa), reverse=True)
    with psycopg.connect(bersih.url) as conn:
        harus = {
            kode: (nama, kecamatan)
            for kode, nama, kecamatan in conn.execute(
                "SELECT d.kode, d.nama, c.nama FROM wilayah d JOIN wilayah c ON c.kode_kab = d.kode_kab AND c.kode = d.kode_induk"
                " WHERE d.kode_kab = '53.14' AND d.tingkat = 4 AND d.berlaku_sampai IS NULL AND c.berlaku_sampai IS NULL"
            )
        }
    assert {d["kode"]: (d["nama"], d["kecamatan"]["nama"]) for d in desa} == harus
    assert len(harus) == 119


def test_the_callers_token_travels_along(bersih: Gabungan) -> None:
    with Klien(bersih.hub.alamat, bersih.url) as klien:
        draf = masukan("53.15", "F02", "2022", "rahasia-gerbang", nilai=[angka("53.15", "BAN05", 4_242)])
        assert klien.tanya(SIMPAN, {"m": draf}, sebagai="53.15")["hasil"]["__typename"] == "RekapDiterima"
        query = '{ rekap(id: "53.15:F02:2022") { status pelapor { ... on Kabupaten { nama pdrb } } } }'
        assert bersih.gerbang.tanya(query)["data"]["rekap"] is None
        jawab = bersih.gerbang.tanya(query, token=klien.token("53.15"))
        assert jawab["data"]["rekap"]["status"] == "DRAF"
        assert jawab["data"]["rekap"]["pelapor"]["pdrb"] == pdrb("53.15")


def test_the_hubs_part_stays_when_the_other_service_is_down(bersih: Gabungan) -> None:
    """The last test of this file: it ends the service."""
    bersih.statistik.mati()
    jawab = bersih.gerbang.tanya(DARI_HUB)
    assert jawab["errors"]
    kab = jawab["data"]["kabupaten"]
    assert (kab["nama"], kab["pdrb"]) == ("Rote Ndao", None)
    desa = [d for c in kab["kecamatan"] for d in c["desa"]]
    assert len(desa) == 119
    assert all(d["nama"] and d["luasHutan"] is None for d in desa)
