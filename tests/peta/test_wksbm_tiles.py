"""Networks on the map: those there are today, where they stand, and the links between what has a place."""

from typing import Any

import pytest

from geo.tile_address import TileAddress, tile_at
from tests.client import Client
from tests.peta.tile_client import tile_layers

WORLD = TileAddress(0, 0, 0)


def ids(features: list[dict[str, Any]]) -> set[str]:
    return {f["properties"]["id"] for f in features}


def test_every_network_of_today_is_drawn_once(read_hub: Client) -> None:
    expected = {
        k
        for (k,) in read_hub.sql(
            "SELECT kode_kab || ':' || id FROM wksbm WHERE sejak <= current_date AND hari_terakhir >= current_date"
        )
    }
    drawn = tile_layers(read_hub, "wksbm", WORLD)["wksbm"]
    assert len(drawn) == len(expected) > 3
    assert ids(drawn) == expected
    for f in drawn:
        assert f["properties"].keys() == {"id", "nama", "tahap", "kode_desa", "tepat"}
    scattered = [f for a in WORLD.parts for b in a.parts for f in tile_layers(read_hub, "wksbm", b).get("wksbm", [])]
    assert sorted(f["properties"]["id"] for f in scattered) == sorted(expected)


def test_a_network_without_a_point_stands_in_its_desa(read_hub: Client) -> None:
    drawn = tile_layers(read_hub, "wksbm", WORLD)["wksbm"]
    exact = dict(read_hub.sql("SELECT kode_kab || ':' || id, titik IS NOT NULL FROM wksbm"))
    assert {f["properties"]["id"]: f["properties"]["tepat"] for f in drawn}.items() <= exact.items()
    for f in drawn:
        if not f["properties"]["tepat"]:
            kode = f["properties"]["kode_desa"]
            ((x, y),) = read_hub.sql(
                "SELECT ST_X(t), ST_Y(t) FROM (SELECT ST_Transform(titik, 4326) AS t, tingkat FROM batas_piramida "
                "WHERE pita = 4 AND kode IN (%s, %s, %s)) x ORDER BY tingkat DESC LIMIT 1",
                kode, kode[:8], kode[:5],
            )  # fmt: skip
            near = tile_layers(read_hub, "wksbm", tile_at(x, y, 14))["wksbm"]
            assert f["properties"]["id"] in ids(near)


def test_links_lie_between_what_has_a_place(read_hub: Client) -> None:
    links = tile_layers(read_hub, "wksbm", tile_at(115, -8, 3))["hubungan"]
    all_links = read_hub.sql(
        "SELECT h.asal_kab || ':' || h.asal, h.tujuan_kab || ':' || h.tujuan, h.skala, h.macam FROM hubungan_wksbm h "
        "WHERE h.macam <> 'MITRA' AND h.sejak <= current_date AND h.hari_terakhir >= current_date"
    )
    drawn = {tuple(f["properties"][k] for k in ("asal", "tujuan", "skala")) for f in links}
    assert drawn <= {(a, t, s) for a, t, s, _ in all_links}
    # from so far away a link within one desa has no length
    between = {(a, t, s) for a, t, s, kind in all_links if kind == "WKSBM"}
    assert between <= drawn
    assert len(between) > 2
    assert {f["geometry"]["type"] for f in links} == {"LineString"}


@pytest.mark.parametrize(
    ("query", "property_name", "layer"), [("skala=LOKAL", "skala", "hubungan"), ("tahap=PENUMBUHAN", "tahap", "wksbm")]
)
def test_only_some(read_hub: Client, query: str, property_name: str, layer: str) -> None:
    everything = tile_layers(read_hub, "wksbm", WORLD)
    drawn = tile_layers(read_hub, "wksbm", WORLD, f"?{query}")
    pilihan = query.partition("=")[2]
    expected = [f for f in everything.get(layer, []) if f["properties"][property_name] == pilihan]
    assert len(drawn.get(layer, [])) == len(expected)
    assert {f["properties"][property_name] for f in drawn[layer]} == {pilihan}
    assert read_hub.get("/ubin/wksbm/0/0/0.mvt?tahap=X").json()["kode"] == "MASUKAN_TIDAK_SAH"


def test_a_shelter_has_no_line(hub: Client) -> None:
    (origin_kab, origin), *_ = hub.sql("SELECT kode_kab, id FROM wksbm WHERE kode_kab = '53.14' ORDER BY id")
    before = len(tile_layers(hub, "wksbm", WORLD).get("hubungan", []))
    place = tile_at(123.05, -10.73, 8)
    before = len(tile_layers(hub, "wksbm", place)["hubungan"])
    for n, secret in ((1, "true"), (2, "false")):
        home = f"00000000-0000-7000-8000-00000000000{n}"
        hub.sql(
            "INSERT INTO sumber_daya (kode_kab, id, jenis, nama, pemilik, kode_desa, rahasia, sejak, diubah_oleh) "
            f"VALUES ('53.14', %s, 'RUMAH_SINGGAH', 'Rumah', 'MASYARAKAT', '53.14.01.2005', {secret}, '2020-01-01', 'uji')", home)  # fmt: skip
        hub.sql(
            "INSERT INTO hubungan_wksbm (id, asal_kab, asal, macam, tujuan_kab, tujuan, jenis, skala, sejak, diubah_oleh) "
            "VALUES (gen_random_uuid(), %s, %s, 'SUMBER_DAYA', '53.14', %s, 'rujukan', 'LOKAL', '2020-01-01', 'uji')",
            origin_kab, origin, home)  # fmt: skip
    links = tile_layers(hub, "wksbm", place, "?skala=LOKAL,REGIONAL,NASIONAL")["hubungan"]
    targets = [f["properties"]["tujuan"] for f in links]
    assert "53.14:00000000-0000-7000-8000-000000000001" not in targets
    assert "53.14:00000000-0000-7000-8000-000000000002" in targets
    assert len(links) == before + 1


def test_networks_as_geojson(read_hub: Client) -> None:
    drawn = read_hub.get("/geojson/wksbm").json()["features"]
    assert {f["id"] for f in drawn} == ids(tile_layers(read_hub, "wksbm", WORLD)["wksbm"])
