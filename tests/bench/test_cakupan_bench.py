"""The bench of coverage measures what it says: it checks the hub against plain PostGIS before it measures anything."""

import asyncio
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from bench import cakupan_bench, cakupan_data, national_data, servers
from bench.national_data import Ukuran
from hub.db.private_cluster import PrivateCluster

_KECIL = Ukuran(3, 30, 60, 260, besar=(5, 11, 40), kecil=(3, 9), periode=1)


@pytest.fixture
def url(cluster: PrivateCluster, run: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(cakupan_data, "SUMBER_DAYA", 50)
    monkeypatch.setattr(cakupan_data, "TANAH", (110.0, -7.2, 110.4, -6.9))
    nama = f"uji_{run}_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(cluster.url(), autocommit=True) as conn:
        conn.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(nama)))
        for bagian in (national_data, cakupan_data):
            bagian.build(cluster.url(nama), _KECIL, lambda teks: None)
        yield cluster.url(nama)
        conn.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(nama)))


def test_the_hub_and_plain_postgis_find_the_same_and_every_bar_has_a_value(url: str, tmp_path: Path) -> None:
    with psycopg.connect(url) as conn:
        ada = conn.execute(
            "SELECT count(*), sum(luas_km2), bool_and(ST_Covers(geom, titik) AND ST_IsValid(geom)) FROM batas"
        ).fetchone()
        assert ada is not None
        assert (ada[0], ada[2]) == (260, True)
        assert ada[1] == pytest.approx(1_465, rel=0.001)  # they fill the land, and none of it twice
        assert conn.execute("SELECT count(*) FROM sumber_daya WHERE kode_kab LIKE '33.%'").fetchone() == (50,)
    with servers.hub(url, tmp_path) as hub:
        works = asyncio.run(cakupan_bench._measure(hub, url, 1, 2))
    assert len({w.work for w in works}) == len(works) == 10
    assert all(w.value > 0 for w in works)
