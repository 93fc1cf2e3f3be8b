"""The pyramid of boundaries: what is drawn from what, in every band, and that only what changed is drawn anew."""

from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
import pytest
import shapely
from shapely import MultiPolygon, Polygon

from geo.coverage import gaps
from geo.mercator import to_mercator
from hub.batas.pyramid import behind, rebuild
from hub.batas.pyramid_statements import NO_VERSION, boundary_version
from hub.db.database import Database
from tests.batas.boundary_hub import A, B, C, Hub, feature, square

# two kabupaten side by side, a third far away on its own, and another province beside the first
REGIONS = {
    "53": "NTT", "53.01": "Barat", "53.01.01": "Kec A", "53.01.01.2001": "A1", "53.01.01.2002": "A2", "53.01.02": "Kec B",
    "53.01.02.2001": "B1", "53.02": "Timur", "53.02.01": "Kec C", "53.02.01.2001": "C1", "53.02.01.2002": "C2",
    "53.03": "Pulau", "53.03.01": "Kec D", "53.03.01.2001": "D1", "54": "Lain", "54.01": "Lain Satu", "54.01.01": "Kec E",
    "54.01.01.2001": "E1",
}  # fmt: skip
DESA = {
    "53.01.01.2001": square(0, 0), "53.01.01.2002": square(0, 1), "53.01.02.2001": square(1, 0), "53.02.01.2001": square(2, 0),
    "53.02.01.2002": square(2, 1), "53.03.01.2001": square(80, 80), "54.01.01.2001": square(3, 0, 0.02),
}  # fmt: skip

Row = tuple[str, int, int, Any, Any, bool]


@pytest.fixture
def peta(database_url: str) -> Hub:
    h = Hub(database_url)
    h.wilayah(REGIONS)
    return h


def install(h: Hub, shapes: dict[str, MultiPolygon], as_of: date = A, *, is_sample: bool = False) -> Any:
    return h.batas(
        [feature(k, g, number=i) for i, (k, g) in enumerate(shapes.items(), 1)], as_of, is_sample=is_sample
    ).pyramid


def drawing(h: Hub, band: int = 4) -> dict[str, Any]:
    rows = h.sql(f"SELECT kode, ST_AsBinary(geom) FROM batas_piramida WHERE pita = {band} ORDER BY kode")
    return {k: shapely.from_wkb(bytes(g)) for k, g in rows}


def written(h: Hub) -> dict[tuple[str, int], str]:
    """Row → the transaction that wrote it."""
    return {(k, p): x for k, p, x in h.sql("SELECT kode, pita, xmin::text FROM batas_piramida")}


def version(h: Hub) -> UUID:
    async def work(db: Database) -> UUID:
        async with db.as_owner() as conn:
            return await boundary_version(conn)

    return h.run(work)


def is_same(a: shapely.Geometry, *parts: MultiPolygon) -> bool:
    """Whether an area drawn (EPSG:3857) is that of these areas (EPSG:4326) together, up to a square metre."""
    return bool(a.symmetric_difference(shapely.union_all(to_mercator(np.array(parts)))).area < 1)


# ---------- what is drawn ----------


def test_every_level_is_drawn_in_every_band_from_the_desa_alone(peta: Hub) -> None:
    laporan = install(peta, DESA)
    assert (laporan.units, laporan.built, laporan.merged) == (4, 4, 0)
    rows = peta.sql(
        "SELECT tingkat, pita, count(*), bool_and(ST_IsValid(geom) AND ST_SRID(geom) = 3857 AND ST_SRID(titik) = 3857 AND "
        "ST_Contains(geom, titik) AND kode_kab = left(kode, 5) AND wilayah_sejak = '2020-01-01' AND NOT contoh) "
        "FROM batas_piramida GROUP BY 1, 2 ORDER BY 1, 2"
    )
    assert rows == [(t, p, n, True) for t, n in ((1, 2), (2, 4), (3, 5), (4, 7)) for p in range(5)]
    drawn = drawing(peta)
    for kode, g in drawn.items():
        assert is_same(g, *(d for k, d in DESA.items() if k.startswith(kode)))
    assert laporan.rows == 18 * 5


def test_neighbours_share_their_border_in_every_band_and_overlap_nowhere(peta: Hub) -> None:
    """Across the border of kabupaten and provinces too, and though the desa overlap and gape as they come."""
    teeth = [(2 + 0.15 * (i % 2) - 0.1 * (i % 3), i / 20) for i in range(21)]
    shifted = [(x + (0.004 if 0 < y < 1 else 0), y) for x, y in teeth]  # four metres, closed at both ends
    west, east = (
        Polygon([(123 + x / 100, -11 + y / 100) for x, y in [(side, 1), (side, 0), *edge]])
        for side, edge in ((1, teeth), (3, shifted))
    )
    install(peta, {**DESA, "53.01.02.2001": MultiPolygon([west]), "53.02.01.2001": MultiPolygon([east])})
    for band in range(5):
        drawn = drawing(peta, band)
        for length in (2, 5, 8, 13):
            shapes = np.array([g for k, g in drawn.items() if len(k) == length])
            assert shapely.coverage_is_valid(shapes), (band, length)
            assert shapely.area(shapes).sum() == pytest.approx(shapely.union_all(shapes).area, rel=1e-12)
    # the gap between the two is filled, the teeth are not lost
    one, two = drawing(peta)["53.01.02.2001"], drawing(peta)["53.02.01.2001"]
    assert shapely.get_parts(shapely.intersection(one.boundary, two.boundary)).size >= 20
    assert not gaps(shapely.union(one, two)).size


def test_a_parent_with_a_bad_boundary_is_drawn_from_its_parts(peta: Hub) -> None:
    install(peta, {**DESA, "53.01": square(50, 50, 0.05), "53.01.01": square(0.3, 0.3, 0.001)})
    drawn = drawing(peta)
    assert is_same(drawn["53.01"], DESA["53.01.01.2001"], DESA["53.01.01.2002"], DESA["53.01.02.2001"])
    assert is_same(drawn["53.01.01"], DESA["53.01.01.2001"], DESA["53.01.01.2002"])


def test_a_parents_own_boundary_fills_what_its_parts_lack(peta: Hub) -> None:
    desa = {k: g for k, g in DESA.items() if k != "53.01.01.2002"}
    install(
        peta, {**desa, "53.01.01": MultiPolygon([shapely.union_all([DESA["53.01.01.2001"], DESA["53.01.01.2002"]])])}
    )
    drawn = drawing(peta)
    assert "53.01.01.2002" not in drawn
    assert is_same(drawn["53.01.01"], DESA["53.01.01.2001"], DESA["53.01.01.2002"])
    assert is_same(drawn["53.01"], DESA["53.01.01.2001"], DESA["53.01.01.2002"], DESA["53.01.02.2001"])
    # the desa comes, and the filling goes
    install(peta, {"53.01.01.2002": square(0, 1, 0.005)})
    assert is_same(drawing(peta)["53.01.01"], DESA["53.01.01.2001"], square(0, 1, 0.005))


def test_boundaries_of_kabupaten_alone_are_enough_for_a_map(peta: Hub) -> None:
    install(peta, {"53.01": square(0, 0, 0.02), "53.02": square(2, 0, 0.02), "54": square(4, 0, 0.02)})
    drawn = drawing(peta)
    assert sorted(drawn) == ["53", "53.01", "53.02", "54"]
    assert is_same(drawn["53"], square(0, 0, 0.02), square(2, 0, 0.02))
    assert is_same(drawn["54"], square(4, 0, 0.02))
    install(peta, {"54.01.01.2001": square(4, 0)})  # its only desa: now the province is what it covers
    assert is_same(drawing(peta)["54"], square(4, 0))


def test_a_parent_of_which_less_than_half_is_known_is_not_drawn(peta: Hub) -> None:
    install(peta, {"53.03.01.2001": DESA["53.03.01.2001"]})
    assert sorted(drawing(peta)) == ["53.03", "53.03.01", "53.03.01.2001"]
    install(peta, {"53.02.01.2001": DESA["53.02.01.2001"]})
    drawn = drawing(peta)
    assert sorted(drawn) == ["53", "53.02", "53.02.01", "53.02.01.2001", "53.03", "53.03.01", "53.03.01.2001"]
    assert is_same(drawn["53"], DESA["53.03.01.2001"], DESA["53.02.01.2001"])


def test_a_desa_that_lies_wholly_in_others_is_drawn_on_top(peta: Hub) -> None:
    install(peta, {"53.01.01.2001": square(0, 0), "53.01.01.2002": square(0, 0)})
    drawn = drawing(peta)
    assert is_same(drawn["53.01.01.2001"], square(0, 0))
    assert is_same(drawn["53.01.01.2002"], square(0, 0))
    assert is_same(drawn["53.01.01"], square(0, 0))


def test_samples_are_marked_and_make_room_for_real_boundaries_of_their_kabupaten(peta: Hub) -> None:
    install(peta, DESA, is_sample=True)
    assert peta.sql("SELECT bool_and(contoh) FROM batas_piramida") == [(True,)]
    install(peta, {"53.02.01.2001": square(1.5, 0)}, B)  # it reaches into a sample of the other kabupaten
    samples = dict(peta.sql("SELECT kode, bool_or(contoh) FROM batas_piramida WHERE pita = 4 GROUP BY 1"))
    assert samples["53.01.02.2001"]
    assert not samples["53.02.01.2001"]
    assert "53.02.01.2002" not in samples
    assert (samples["53"], samples["53.02"], samples["53.01"]) == (True, False, True)
    assert peta.sql("SELECT contoh FROM batas WHERE kode = '53.02.01.2002'") == [(True,)]


def test_only_the_newest_boundary_of_regions_of_the_newest_list_is_drawn(peta: Hub) -> None:
    install(peta, DESA)
    install(peta, {"53.03.01.2001": square(80, 80, 0.005)}, B)
    assert is_same(drawing(peta)["53.03.01.2001"], square(80, 80, 0.005))
    install(peta, {"53.03.01.2001": square(70, 70)}, A)  # an older one comes late
    assert is_same(drawing(peta)["53.03.01.2001"], square(80, 80, 0.005))
    peta.wilayah({k: n for k, n in REGIONS.items() if not k.startswith("53.01.02")}, C)
    peta.run(lambda db: rebuild(db))
    drawn = drawing(peta)
    assert {"53.01.02", "53.01.02.2001"}.isdisjoint(drawn)
    assert is_same(drawn["53.01"], DESA["53.01.01.2001"], DESA["53.01.01.2002"])


# ---------- only what changed ----------


def test_only_the_kabupaten_that_changed_and_those_around_it_are_drawn_anew(peta: Hub) -> None:
    install(peta, DESA)
    earlier, earlier_version = written(peta), version(peta)
    laporan = install(peta, {"53.03.01.2001": square(80, 80, 0.005)})
    assert (laporan.units, laporan.built) == (4, 1)
    changed = {k for (k, p), x in written(peta).items() if earlier[k, p] != x}
    assert changed == {"53", "53.03", "53.03.01", "53.03.01.2001"}
    assert version(peta) != earlier_version
    earlier = written(peta)
    laporan = install(peta, {"53.02.01.2002": square(2, 1, 0.005)})
    assert laporan.built == 3  # it and its neighbours; not the island
    # 53.01 is looked at again, but as a whole it comes out as it was
    unchanged = {k for (k, p), x in written(peta).items() if earlier[k, p] == x}
    assert unchanged == {"53.01", "53.03", "53.03.01", "53.03.01.2001"}


def test_the_same_boundaries_again_change_nothing_but_a_date(peta: Hub) -> None:
    assert version(peta) == NO_VERSION
    install(peta, DESA)
    earlier, earlier_version = written(peta), version(peta)
    assert earlier_version != NO_VERSION
    assert install(peta, DESA).built == 0
    assert install(peta, DESA, B).built == 0
    assert (written(peta), version(peta)) == (earlier, earlier_version)


def test_what_is_put_back_is_drawn_as_before_under_the_version_of_before(peta: Hub) -> None:
    install(peta, DESA)
    earlier = drawing(peta, 2), version(peta)
    install(peta, {"53.02.01.2001": square(2, 0, 0.008)})
    assert version(peta) != earlier[1]
    install(peta, DESA)
    now = drawing(peta, 2)
    assert version(peta) == earlier[1]
    assert all(g.normalize().equals_exact(now[k].normalize(), 0) for k, g in earlier[0].items())


def test_drawing_everything_anew_gives_the_same(peta: Hub) -> None:
    install(peta, DESA)
    rows_query = "SELECT kode, pita, md5(ST_AsBinary(geom)), md5(ST_AsBinary(titik)) FROM batas_piramida ORDER BY 1, 2"
    earlier = peta.sql(rows_query), version(peta), written(peta)
    laporan = peta.run(lambda db: rebuild(db, everything=True))
    assert laporan.built == 4
    assert (peta.sql(rows_query), version(peta)) == earlier[:2]
    now = written(peta)
    assert now.keys() == earlier[2].keys()
    assert {len(k) for (k, p), x in now.items() if earlier[2][k, p] == x} == {2, 5}  # written only where they differ


@pytest.mark.parametrize(
    "earlier",
    [
        [f"DELETE FROM {t} RETURNING 1" for t in ("batas_piramida", "piramida_satuan", "peta_versi", "tetangga_desa")],
        ["UPDATE piramida_satuan SET sidik = '', hasil = '' RETURNING 1"],
        ["UPDATE peta_versi SET mulai = NULL RETURNING 1"],
    ],
    ids=[
        "boundaries from before there was a map",
        "units from before they told what became of them",
        "a map from before it told from which zoom each level is drawn",
    ],
)
def test_what_an_upgrade_left_undrawn_is_drawn_by_the_next_start(peta: Hub, earlier: list[str]) -> None:
    assert not peta.run(behind)
    install(peta, DESA)
    assert not peta.run(behind)
    rows_query = "SELECT kode, pita, md5(ST_AsBinary(geom)), md5(ST_AsBinary(titik)) FROM batas_piramida ORDER BY 1, 2"
    neighbours_query = "SELECT kode, tetangga FROM tetangga_desa ORDER BY 1, 2"
    before = peta.sql(rows_query), peta.sql(neighbours_query), version(peta)
    assert all(before)
    for statement in earlier:
        peta.sql(statement)
    assert peta.run(behind)
    peta.run(rebuild)
    assert not peta.run(behind)
    assert (peta.sql(rows_query), peta.sql(neighbours_query), version(peta)) == before
    assert peta.sql("SELECT mulai FROM peta_versi") == [([0, 0, 0, 0],)]


def test_a_kabupaten_that_is_no_more_leaves_nothing_behind(peta: Hub) -> None:
    install(peta, DESA)
    peta.wilayah({k: n for k, n in REGIONS.items() if not k.startswith("53.0")}, C)
    peta.run(lambda db: rebuild(db))
    assert sorted(drawing(peta)) == ["54", "54.01", "54.01.01", "54.01.01.2001"]
    assert peta.sql("SELECT kode_kab FROM piramida_satuan") == [("54.01",)]


def test_borders_that_differ_are_drawn_together(peta: Hub) -> None:
    """Whatever is noted of a neighbour's side of the border: when it does not agree, both are built as one."""
    install(peta, DESA)
    peta.sql("""UPDATE piramida_satuan SET tepi = tepi || '{"54.01": "lain"}' WHERE kode_kab = '53.02' RETURNING 1""")
    peta.sql("UPDATE piramida_satuan SET sidik = 'basi' WHERE kode_kab = '54.01' RETURNING 1")
    laporan = peta.run(lambda db: rebuild(db))
    assert (laporan.built, laporan.merged) == (2, 2)
    edges = dict(peta.sql("SELECT kode_kab, tepi FROM piramida_satuan"))
    assert sorted(edges) == ["53.01", "53.02", "53.03", "54.01"]
    assert sorted(edges["53.02"]) == ["53.01", "54.01"]
    assert all(edges[other][unit] == h for unit, content in edges.items() for other, h in content.items())
    content = drawing(peta, 0)
    assert shapely.coverage_is_valid(np.array([g for k, g in content.items() if len(k) == 13]))
