"""The bench of coverage measures what it says: it checks the hub against plain PostGIS before it measures anything."""

import asyncio
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from bench import cakupan_bench, cakupan_data, national_data, servers
from bench.national_data import Size
from hub.db.private_cluster import PrivateCluster

_SMALL = Size(3, 30, 60, 260, large=(5, 11, 40), small=(3, 9), periode=1)


@pytest.fixture
def url(cluster: PrivateCluster, run: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(cakupan_data, "SUMBER_DAYA", 50)
    monkeypatch.setattr(cakupan_data, "LAND", (110.0, -7.2, 110.4, -6.9))
    name = f"uji_{run}_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(cluster.url(), autocommit=True) as conn:
        conn.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        for part in (national_data, cakupan_data):
            part.build(cluster.url(name), _SMALL, lambda text: None)
        yield cluster.url(name)
        conn.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def test_the_hub_and_plain_postgis_find_the_same_and_every_bar_has_a_value(url: str, tmp_path: Path) -> None:
    with psycopg.connect(url) as conn:
        row = conn.execute(
            "SELECT count(*), sum(luas_km2), bool_and(ST_Covers(geom, titik) AND ST_IsValid(geom)) FROM batas"
        ).fetchone()
        assert row is not None
        assert (row[0], row[2]) == (260, True)
        assert row[1] == pytest.approx(1_465, rel=0.001)  # they fill the land, and none of it twice
        assert conn.execute("SELECT count(*) FROM sumber_daya WHERE kode_kab LIKE '33.%'").fetchone() == (50,)
    with servers.hub(url, tmp_path) as hub:
        works = asyncio.run(cakupan_bench._measure(hub, url, 1, 2))
    assert len({w.work for w in works}) == len(works) == 10
    assert all(w.value > 0 for w in works)
