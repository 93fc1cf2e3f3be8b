"""GeoJSON: whole, in pages, in boxes; as RFC 7946 has it and as GDAL reads it."""

import json
from pathlib import Path
from typing import Any

import pyogrio
import pytest
from shapely.geometry import box, shape

from hub.base.kode import Level
from hub.db.database import Database
from hub.peta import geojson as geojson_source
from tests.client import Client
from tests.peta.resource_rows import add


def fetch_json(hub: Client, path: str) -> dict[str, Any]:
    response = hub.get(path)
    assert (response.status_code, response.headers["content-type"]) == (200, "application/geo+json")
    collection: dict[str, Any] = response.json()
    assert collection["type"] == "FeatureCollection"
    return collection


def next_link(collection: dict[str, Any]) -> str | None:
    return next((t["href"] for t in collection["links"] if t["rel"] == "next"), None)


def all_pages(hub: Client, path: str) -> list[list[str]]:
    """Ids, page by page."""
    pages = []
    current_path: str | None = path
    while current_path is not None:
        collection = fetch_json(hub, current_path)
        pages.append([f["id"] for f in collection["features"]])
        current_path = next_link(collection)
    return pages


def test_pages_make_up_the_whole(read_hub: Client) -> None:
    whole = [f["id"] for f in fetch_json(read_hub, "/geojson/wilayah?tingkat=DESA")["features"]]
    assert len(whole) == len(set(whole)) == 119
    pages = all_pages(read_hub, "/geojson/wilayah?tingkat=DESA&limit=50")
    assert [len(h) for h in pages] == [50, 50, 19]
    assert [k for h in pages for k in h] == whole == sorted(whole)
    assert [len(h) for h in all_pages(read_hub, "/geojson/wilayah?tingkat=DESA&limit=119")] == [119]


def test_a_long_answer_is_read_in_pages(read_hub: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many features, memory holds a page, and no connection is held between pages."""
    counts: list[int] = []
    original = Database.read_rows

    async def noted(self: Any, actor: Any, statement: Any) -> Any:
        rows = await original(self, actor, statement)
        counts.append(len(rows))
        return rows

    monkeypatch.setattr(Database, "read_rows", noted)
    monkeypatch.setitem(geojson_source.PAGE_SIZES, Level.DESA, 50)
    collection = fetch_json(read_hub, "/geojson/wilayah?tingkat=DESA&wilayah=53.14&limit=110")
    assert len(collection["features"]) == 110
    assert [n for n in counts if n > 1] == [51, 51, 11]
    assert next_link(collection) is not None


def test_features_are_as_rfc_7946_has_them(read_hub: Client) -> None:
    for f in fetch_json(read_hub, "/geojson/wilayah?wilayah=53.14")["features"]:
        assert f["type"] == "Feature"
        assert f["properties"].keys() == {"kode", "nama", "tingkat", "jenis", "contoh"}
        assert f["properties"]["kode"] == f["id"]
        geometry = shape(f["geometry"])
        assert geometry.is_valid
        assert 122 < geometry.bounds[0] < 124  # longitude first
        assert -11.5 < geometry.bounds[1] < -10
        for p in geometry.geoms:
            assert p.exterior.is_ccw
            assert not any(r.is_ccw for r in p.interiors)


def test_a_box_holds_what_touches_it(read_hub: Client) -> None:
    bounds = (123.0, -10.8, 123.1, -10.7)
    collection = fetch_json(read_hub, "/geojson/wilayah?tingkat=DESA&bbox=" + ",".join(str(k) for k in bounds))
    features = fetch_json(read_hub, "/geojson/wilayah?tingkat=DESA")["features"]
    expected = {f["id"] for f in features if shape(f["geometry"]).intersects(box(*bounds))}
    assert 0 < len(expected) < 119
    assert {f["id"] for f in collection["features"]} == expected


@pytest.mark.parametrize(
    "query",
    ["bbox=1,2,3", "bbox=123,-10,122,-9", "bbox=a,b,c,d", "bbox=nan,0,1,1", "limit=0", "limit=100001", "limit=x", "after='",
     "after=53.14~x", "tingat=DESA"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(read_hub: Client, query: str) -> None:
    response = read_hub.get(f"/geojson/wilayah?{query}")
    assert (response.status_code, response.json()["kode"]) == (400, "MASUKAN_TIDAK_SAH")
    assert read_hub.get(f"/geojson/apa?{query}").status_code == 404


def test_social_resources_with_and_without_a_place(empty_hub: Client) -> None:
    add(empty_hub, "LKS", (123.05, -10.73), (1, 30))
    add(empty_hub, "LK3", (123.05, -10.73), (31, 32))
    empty_hub.sql("UPDATE sumber_daya SET titik = NULL WHERE jenis = 'LK3'")
    add(empty_hub, "LK3", (123.05, -10.73), (33, 40), secret=True)  # to the public they are not there
    pages = all_pages(empty_hub, "/geojson/sumber-daya?limit=7")
    assert [len(h) for h in pages] == [7, 7, 7, 7, 4]
    assert len({k for h in pages for k in h}) == 32
    features = fetch_json(empty_hub, "/geojson/sumber-daya?jenis=LK3")["features"]
    assert [f["geometry"] for f in features] == [None, None]
    inside = fetch_json(empty_hub, "/geojson/sumber-daya?bbox=123,-10.8,123.1,-10.7")["features"]
    assert {f["properties"]["jenis"] for f in inside} == {"LKS"}
    assert inside[0]["geometry"] == {"type": "Point", "coordinates": [123.050001, -10.73]}


def test_gdal_reads_it(read_hub: Client, tmp_path: Path) -> None:
    file = tmp_path / "desa.geojson"
    file.write_text(json.dumps(fetch_json(read_hub, "/geojson/wilayah?tingkat=DESA")))
    info = pyogrio.read_info(file)
    assert (info["features"], info["crs"]) == (119, "EPSG:4326")
    assert {"kode", "nama"} <= set(info["fields"])
