"""The quality report on boundaries: what is told, where it is kept, and how long it stays true."""

from typing import Any

import pytest
import shapely

from geo.boundary_quality import Finding, Limits
from hub.base.errors import UnknownNameError
from hub.batas.quality import OfficialAreas, QualitySummary, examine_boundaries
from hub.db.database import Database
from tests.batas.boundary_hub import A, Hub, feature, square

REGIONS = {
    "53": "NTT", "53.01": "Barat", "53.01.01": "Kec A", "53.01.01.2001": "A1", "53.01.01.2002": "A2", "53.01.01.2003": "A3",
    "53.02": "Timur", "53.02.01": "Kec C", "53.02.01.2001": "C1", "53.02.01.2002": "C2", "36": "Banten", "36.01": "Pandeglang",
}  # fmt: skip
# A1 and C1 overlap by a tenth of a square; A2 lies beside them; C2 lies outside its kecamatan; A3 and all of Banten are missing
BATAS = {
    "53.01.01.2001": square(0, 0), "53.01.01.2002": square(0, 1), "53.02.01.2001": square(0.9, 0), "53.02.01.2002": square(6, 6),
    "53.01.01": square(0, 0, 0.02), "53.02.01": square(1, 0, 0.02),
}  # fmt: skip


@pytest.fixture
def peta(database_url: str) -> Hub:
    h = Hub(database_url)
    h.wilayah(REGIONS)
    h.batas([feature(k, g, number=i) for i, (k, g) in enumerate(BATAS.items(), 1)])
    return h


def check(h: Hub, provinsi: str | None = None, **more: Any) -> tuple[QualitySummary, list[Finding]]:
    findings: list[Finding] = []

    async def work(db: Database) -> QualitySummary:
        return await examine_boundaries(db, provinsi, accept=findings.append, **more)

    return h.run(work), findings


def stored(h: Hub) -> list[tuple[Any, ...]]:
    return h.sql("SELECT kode, jenis, nomor, lain FROM mutu_batas ORDER BY kode, jenis, nomor")


def test_every_kind_is_told_stored_and_summed_up_per_kabupaten(peta: Hub) -> None:
    result, findings = check(peta)
    assert stored(peta) == [
        ("53.01.01.2001", "TUMPANG_TINDIH", 1, ["53.02.01.2001"]),
        ("53.01.01.2003", "TANPA_BATAS", 1, []),
        ("53.02.01.2001", "TUMPANG_TINDIH", 1, ["53.01.01.2001"]),
        ("53.02.01.2002", "DI_LUAR_INDUK", 1, []),
    ]
    assert len(findings) == 4
    assert dict(result.counts) == {
        ("53.01", "TUMPANG_TINDIH"): 1, ("53.01", "TANPA_BATAS"): 1, ("53.02", "DI_LUAR_INDUK"): 1,
    }  # fmt: skip
    ((area, share, same, srid),) = peta.sql(
        "SELECT luas_m2, bagian, abs(luas_m2 - ST_Area(geom::geography)) < 1, ST_SRID(geom) FROM mutu_batas "
        "WHERE kode = '53.01.01.2001'"
    )
    assert area == pytest.approx(1.21e5, rel=0.01)
    assert (round(share, 6), same, srid) == (0.1, True, 4326)
    assert result.m2["53.01", "TUMPANG_TINDIH"] == area
    assert result.names["53.02"] == "Timur"


def test_limits_decide_what_is_told(peta: Hub) -> None:
    _, findings = check(peta, limits=Limits(overlap=200_000, gap=0, inside=0))
    assert [t.kind for t in findings] == [
        "TANPA_BATAS",
        "DI_LUAR_INDUK",
    ]  # its middle lies outside, however little is asked
    check(peta)
    assert len(stored(peta)) == 4


def test_official_areas_are_compared_with_the_boundaries(peta: Hub) -> None:
    true_area = 1.21
    official = OfficialAreas(
        {"53.01.01.2001": true_area, "53.01.01.2002": true_area * 2, "53.01.01.2003": 5.0, "36.01": 7.0}
    )
    _, findings = check(peta, official=official)
    (finding,) = (t for t in findings if t.kind == "LUAS_BEDA")
    assert (finding.kode, round(finding.share or 0, 2)) == ("53.01.01.2002", -0.5)
    assert finding.m2 == pytest.approx(1.21e6, rel=0.01)
    assert finding.geom is not None
    assert BATAS["53.01.01.2002"].contains(shapely.from_wkb(finding.geom))


def test_a_province_is_examined_by_itself(peta: Hub) -> None:
    check(peta)
    earlier = stored(peta)
    result, findings = check(peta, "36")
    assert (findings, result.wilayah) == ([], ["36", "36.01"])
    assert stored(peta) == earlier
    with pytest.raises(UnknownNameError, match="Provinsi 99"):
        check(peta, "99")


def test_findings_go_when_the_boundaries_they_speak_of_change(peta: Hub) -> None:
    check(peta)
    peta.batas([feature("53.02.01.2001", square(1, 0))])
    assert stored(peta) == []  # all of it is beside what changed
    check(peta)
    assert [(k, j) for k, j, *_ in stored(peta)] == [
        ("53.01.01.2003", "TANPA_BATAS"),
        ("53.02.01.2002", "DI_LUAR_INDUK"),
    ]
    peta.batas([feature("53.02.01.2001", square(1, 0))], A)
    assert [(k, j) for k, j, *_ in stored(peta)] == [("53.01.01.2003", "TANPA_BATAS")]


def test_without_any_boundary_there_is_nothing_to_tell(database_url: str) -> None:
    h = Hub(database_url)
    h.wilayah(REGIONS)
    result, findings = check(h)
    assert (findings, dict(result.counts)) == ([], {})
