"""Networks on the map: those there are today, where they stand, and the links between what has a place."""

from typing import Any

import pytest

from geo.tile_address import TileAddress, tile_at
from tests.client import Klien
from tests.peta.tile_client import ubin

DUNIA = TileAddress(0, 0, 0)


def nomor(fitur: list[dict[str, Any]]) -> set[str]:
    return {f["properties"]["id"] for f in fitur}


def test_every_network_of_today_is_drawn_once(hub_baca: Klien) -> None:
    ada = {
        k
        for (k,) in hub_baca.sql(
            "SELECT kode_kab || ':' || id FROM wksbm WHERE sejak <= current_date AND hari_terakhir >= current_date"
        )
    }
    isi = ubin(hub_baca, "wksbm", DUNIA)["wksbm"]
    assert len(isi) == len(ada) > 3
    assert nomor(isi) == ada
    for f in isi:
        assert f["properties"].keys() == {"id", "nama", "tahap", "kode_desa", "tepat"}
    sebaran = [f for a in DUNIA.parts for b in a.parts for f in ubin(hub_baca, "wksbm", b).get("wksbm", [])]
    assert sorted(f["properties"]["id"] for f in sebaran) == sorted(ada)


def test_a_network_without_a_point_stands_in_its_desa(hub_baca: Klien) -> None:
    isi = ubin(hub_baca, "wksbm", DUNIA)["wksbm"]
    tepat = dict(hub_baca.sql("SELECT kode_kab || ':' || id, titik IS NOT NULL FROM wksbm"))
    assert {f["properties"]["id"]: f["properties"]["tepat"] for f in isi}.items() <= tepat.items()
    for f in isi:
        if not f["properties"]["tepat"]:
            kode = f["properties"]["kode_desa"]
            ((x, y),) = hub_baca.sql(
                "SELECT ST_X(t), ST_Y(t) FROM (SELECT ST_Transform(titik, 4326) AS t, tingkat FROM batas_piramida "
                "WHERE pita = 4 AND kode IN (%s, %s, %s)) x ORDER BY tingkat DESC LIMIT 1",
                kode, kode[:8], kode[:5],
            )  # fmt: skip
            dekat = ubin(hub_baca, "wksbm", tile_at(x, y, 14))["wksbm"]
            assert f["properties"]["id"] in nomor(dekat)


def test_links_lie_between_what_has_a_place(hub_baca: Klien) -> None:
    garis = ubin(hub_baca, "wksbm", tile_at(115, -8, 3))["hubungan"]
    semua = hub_baca.sql(
        "SELECT h.asal_kab || ':' || h.asal, h.tujuan_kab || ':' || h.tujuan, h.skala, h.macam FROM hubungan_wksbm h "
        "WHERE h.macam <> 'MITRA' AND h.sejak <= current_date AND h.hari_terakhir >= current_date"
    )
    ada = {tuple(f["properties"][k] for k in ("asal", "tujuan", "skala")) for f in garis}
    assert ada <= {(a, t, s) for a, t, s, _ in semua}
    # from so far away a link within one desa has no length
    antara = {(a, t, s) for a, t, s, macam in semua if macam == "WKSBM"}
    assert antara <= ada
    assert len(antara) > 2
    assert {f["geometry"]["type"] for f in garis} == {"LineString"}


@pytest.mark.parametrize(
    ("tanya", "ciri", "lapis"), [("skala=LOKAL", "skala", "hubungan"), ("tahap=PENUMBUHAN", "tahap", "wksbm")]
)
def test_only_some(hub_baca: Klien, tanya: str, ciri: str, lapis: str) -> None:
    semua = ubin(hub_baca, "wksbm", DUNIA)
    isi = ubin(hub_baca, "wksbm", DUNIA, f"?{tanya}")
    pilihan = tanya.partition("=")[2]
    janji = [f for f in semua.get(lapis, []) if f["properties"][ciri] == pilihan]
    assert len(isi.get(lapis, [])) == len(janji)
    assert {f["properties"][ciri] for f in isi[lapis]} == {pilihan}
    assert hub_baca.get("/ubin/wksbm/0/0/0.mvt?tahap=X").json()["kode"] == "MASUKAN_TIDAK_SAH"


def test_a_shelter_has_no_line(hub: Klien) -> None:
    (asal_kab, asal), *_ = hub.sql("SELECT kode_kab, id FROM wksbm WHERE kode_kab = '53.14' ORDER BY id")
    semula = len(ubin(hub, "wksbm", DUNIA).get("hubungan", []))
    tempat = tile_at(123.05, -10.73, 8)
    semula = len(ubin(hub, "wksbm", tempat)["hubungan"])
    for n, rahasia in ((1, "true"), (2, "false")):
        rumah = f"00000000-0000-7000-8000-00000000000{n}"
        hub.sql(
            "INSERT INTO sumber_daya (kode_kab, id, jenis, nama, pemilik, kode_desa, rahasia, sejak, diubah_oleh) "
            f"VALUES ('53.14', %s, 'RUMAH_SINGGAH', 'Rumah', 'MASYARAKAT', '53.14.01.2005', {rahasia}, '2020-01-01', 'uji')", rumah)  # fmt: skip
        hub.sql(
            "INSERT INTO hubungan_wksbm (id, asal_kab, asal, macam, tujuan_kab, tujuan, jenis, skala, sejak, diubah_oleh) "
            "VALUES (gen_random_uuid(), %s, %s, 'SUMBER_DAYA', '53.14', %s, 'rujukan', 'LOKAL', '2020-01-01', 'uji')",
            asal_kab, asal, rumah)  # fmt: skip
    garis = ubin(hub, "wksbm", tempat, "?skala=LOKAL,REGIONAL,NASIONAL")["hubungan"]
    tujuan = [f["properties"]["tujuan"] for f in garis]
    assert "53.14:00000000-0000-7000-8000-000000000001" not in tujuan
    assert "53.14:00000000-0000-7000-8000-000000000002" in tujuan
    assert len(garis) == semula + 1


def test_networks_as_geojson(hub_baca: Klien) -> None:
    isi = hub_baca.get("/geojson/wksbm").json()["features"]
    assert {f["id"] for f in isi} == nomor(ubin(hub_baca, "wksbm", DUNIA)["wksbm"])
