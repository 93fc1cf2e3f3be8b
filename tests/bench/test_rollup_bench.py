"""The bench of the proof of totals makes rekap that the proof finds right, and figures that it finds wrong when they are."""

import asyncio
import uuid
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from bench import rollup_bench, rollup_data
from bench.national_data import Size
from hub.db.private_cluster import PrivateCluster

_SMALL = Size(3, 30, 60, 260, large=(2, 4, 12), small=(3, 9), periode=1)


@pytest.fixture
def url(cluster: PrivateCluster, run: str) -> Iterator[str]:
    name = f"uji_{run}_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(cluster.url(), autocommit=True) as conn:
        conn.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        rollup_data.build(cluster.url(name), _SMALL, lambda text: None)
        yield cluster.url(name)
        conn.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def test_every_figure_is_looked_at_and_one_that_is_wrong_stops_the_measuring(url: str) -> None:
    seconds, figures = asyncio.run(rollup_bench.measure(url, 2))
    assert len(seconds) == 2
    with psycopg.connect(url) as conn:
        assert conn.execute("SELECT count(DISTINCT kode_wilayah), count(DISTINCT periode) FROM angka").fetchone() == (
            18,
            5,
        )
        assert conn.execute("SELECT count(*) FROM angka").fetchone() == (figures,)
        conn.execute(
            "UPDATE angka SET nilai = nilai + 1 WHERE kode_wilayah = '33.01' AND elemen = 'WIL01' AND periode = '2024'"
        )
    with pytest.raises(AssertionError, match="WIL01"):
        asyncio.run(rollup_bench.measure(url, 1))
