"""wilayahDiTitik: one desa for a point on land, also in a gap or an overlap; none at sea; swapped axes are said."""

import asyncio
from datetime import date, timedelta
from pathlib import Path

import pytest

from hub.base.errors import InvalidInputError
from hub.batas.files import BatasFile
from hub.batas.service import BatasSource, import_batas
from hub.db.database import Database
from hub.wilayah.search_reads import valid_point
from tests.client import Client
from tests.schema.wilayah.real_points import AT_POINT, kode_at, real_points_are_found

# two made-up desa side by side at sea south of Rote, 0.02 degrees each: 0.0006 degrees (66 m) apart in the south,
# overlapping in the north; the label point of the eastern one is nearer to the overlap
_WEST, _EAST = "53.14.01.2990", "53.14.01.2991"
_SHAPES = {
    _WEST: "MULTIPOLYGON(((123 -12,123.02 -12,123.02 -11.99,123.022 -11.99,123.022 -11.98,123 -11.98,123 -12)))",
    _EAST: "MULTIPOLYGON(((123.0206 -12,123.04 -12,123.04 -11.98,123.0206 -11.98,123.0206 -12)))",
}
_CENTRES = {_WEST: "POINT(123.003 -11.985)", _EAST: "POINT(123.025 -11.985)"}


@pytest.fixture
def hub_batas(hub: Client) -> Client:
    for kode in _SHAPES:
        hub.sql(
            "INSERT INTO wilayah (kode_kab, kode, berlaku_sejak, tingkat, jenis, nama, kode_induk) "
            "VALUES ('53.14', %s, '2020-01-01', 4, 'DESA', 'Karangan', '53.14.01')",
            kode,
        )
        _install(hub, kode, "2020-01-01", "2020-01-01", None, _SHAPES[kode])
    return hub


def _install(hub: Client, kode: str, day: str, since: str, until: str | None, shape: str) -> None:
    hub.sql(
        "INSERT INTO batas (kode_kab, kode, wilayah_sejak, tanggal, sejak, sampai, tingkat, geom, titik, luas_km2, sumber, "
        "versi, contoh) VALUES ('53.14', %s, '2020-01-01', %s, %s, %s, 4, ST_GeomFromText(%s, 4326), "
        "ST_GeomFromText(%s, 4326), 1, 'uji', 'v', true)",
        kode, day, since, until, shape, _CENTRES[kode],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lon", "lat", "kode"),
    [
        (123.01, -11.985, _WEST), (123.03, -11.985, _EAST),  # inside one
        (123.0202, -11.995, _WEST), (123.0204, -11.995, _EAST),  # in the gap, 22 m from one and 44 m from the other
        (123.0215, -11.985, _EAST),  # in the overlap
        (122.9997, -11.985, _WEST), (122.9994, -11.985, None),  # 33 m and 65 m off the coast
        (123.01, -11.9796, _WEST), (123.01, -11.9795, None),  # 44 m and 55 m north of it
        (123.01, -12.5, None), (0, 0, None), (180, 90, None),
    ],
)  # fmt: skip
def test_one_desa_or_none(hub_batas: Client, lon: float, lat: float, kode: str | None) -> None:
    assert kode_at(hub_batas, lon, lat) == kode


def test_equally_near_goes_to_the_nearest_label_point_whatever_the_code(hub_batas: Client) -> None:
    hub_batas.sql("UPDATE batas SET titik = ST_GeomFromText('POINT(123.021 -11.985)', 4326) WHERE kode = %s", _WEST)
    assert kode_at(hub_batas, 123.0215, -11.985) == _WEST


def test_only_desa_and_boundaries_in_force_today_answer(hub_batas: Client) -> None:
    soon = str(date.today() + timedelta(days=3))
    elsewhere = "MULTIPOLYGON(((123.2 -12,123.22 -12,123.22 -11.98,123.2 -11.98,123.2 -12)))"
    hub_batas.sql("UPDATE batas SET sampai = %s WHERE kode = %s", soon, _WEST)
    _install(hub_batas, _WEST, soon, soon, None, elsewhere)
    assert kode_at(hub_batas, 123.01, -11.985) == _WEST  # the one that still holds
    assert kode_at(hub_batas, 123.21, -11.99) is None  # the one to come
    hub_batas.sql(
        "UPDATE batas SET sampai = '2021-01-01', sejak = '2020-01-01' WHERE kode = %s AND sampai IS NOT NULL", _WEST
    )
    hub_batas.sql("UPDATE batas SET sejak = '2021-01-01' WHERE kode = %s AND sampai IS NULL", _WEST)
    assert kode_at(hub_batas, 123.01, -11.985) is None
    assert kode_at(hub_batas, 123.21, -11.99) == _WEST
    hub_batas.sql("UPDATE wilayah SET berlaku_sampai = '2022-01-01' WHERE kode = %s", _WEST)
    assert kode_at(hub_batas, 123.21, -11.99) is None


def test_every_desa_of_the_demo_is_found_at_its_own_point(read_hub: Client) -> None:
    points = read_hub.sql("SELECT kode, ST_X(titik), ST_Y(titik) FROM batas WHERE tingkat = 4 ORDER BY kode LIMIT 40")
    assert len(points) == 40
    assert [kode_at(read_hub, x, y) for _, x, y in points] == [k for k, _, _ in points]


@pytest.mark.parametrize(
    ("lon", "lat", "word"),
    [
        (-10.7306, 123.0459, "tertukar. Kirim lon: 123.046, lat: -10.7306"), (5.5, 95.3, "tertukar"),
        (200, 0, "bukan titik di bumi"), (0, -90.1, "bukan titik di bumi"), (-180.5, 10, "bukan titik di bumi"),
    ],
)  # fmt: skip
def test_what_is_no_point_is_refused_and_swapped_axes_are_named(
    read_hub: Client, lon: float, lat: float, word: str
) -> None:
    (error,) = read_hub.errors(AT_POINT, {"x": lon, "y": lat})
    assert error["extensions"]["kode"] == "MASUKAN_TIDAK_SAH"
    assert word in error["message"]
    assert f"lon {lon:g}, lat {lat:g}" in error["message"]


@pytest.mark.parametrize("nilai", [float("nan"), float("inf"), float("-inf")])
def test_numbers_without_end_are_refused(nilai: float) -> None:
    for lon, lat in ((nilai, -10.7), (123.0, nilai)):
        with pytest.raises(InvalidInputError, match="berhingga"):
            valid_point(lon, lat)


@pytest.fixture
def original_hub(hub: Client, data: Path) -> Client:
    """The demo's map with the real boundaries of Rote Ndao in it. Among those of two provinces: tests/batas/test_real_boundaries.py."""

    async def install() -> None:
        db = Database(hub.url, 2, 600_000)
        await db.open()
        try:
            file = BatasFile(data / "batas_53_36" / "rbi_desa.gpkg")
            rote = (f for f in file.features() if f.kode.startswith("53.14"))
            laporan = await import_batas(db, rote, date(2025, 1, 1), BatasSource("uji", file.version))
            assert laporan.stored == 119
        finally:
            await db.close()

    asyncio.run(install())
    return hub


def test_real_points_of_rote_ndao(original_hub: Client, data: Path) -> None:
    real_points_are_found(original_hub, data)
