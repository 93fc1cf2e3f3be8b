"""Deadlines that were written by hand before settings were kept are settings now, and go back where one goes back."""

from hub.db.migrate import migrate
from tests.client import Client
from tests.db.older_schema import go_back

_HOLDS = "SELECT kode_wilayah, urut, tanggal::text, kantor FROM tenggat WHERE periode = '2023' ORDER BY 1, 2"


def test_a_day_for_every_province_becomes_one_of_each_that_had_none(hub: Client) -> None:
    go_back(hub.url, "0032_butir")
    hub.sql(
        "INSERT INTO tenggat VALUES ('F02', '2023', '', '2024-02-01'), ('F02', '2023', '53', '2024-03-01'), ('F02', '2022', '53', '2023-02-01')"
    )
    migrate(hub.url)
    provinces = [k for (k,) in hub.sql("SELECT DISTINCT kode FROM wilayah WHERE tingkat = 1 ORDER BY 1")]
    assert "53" in provinces
    assert len(provinces) > 1
    assert hub.sql(_HOLDS) == [(p, 1, "2024-03-01" if p == "53" else "2024-02-01", "") for p in provinces]
    assert hub.sql("SELECT kode_wilayah FROM tenggat WHERE periode = '2022'") == [("53",)]


def test_going_back_leaves_the_newest_day_of_each_province(hub: Client) -> None:
    hub.sql(
        "INSERT INTO tenggat (formulir, periode, kode_wilayah, urut, tanggal, alasan, kantor) VALUES "
        "('F02', '2023', '53', 1, '2024-02-01', 'a', '53'), ('F02', '2023', '53', 2, '2024-03-01', 'b', '53'), "
        "('F02', '2023', '53.15', 1, '2024-04-01', 'c', '53')"
    )
    go_back(hub.url, "0032_butir")
    assert hub.sql("SELECT formulir, periode, kode_prov, tanggal::text FROM tenggat") == [
        ("F02", "2023", "53", "2024-03-01")
    ]
