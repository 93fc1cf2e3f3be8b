"""terdekat: the nearest first, by geodesic distance, only what stands today; served by the index at ten thousand rows."""

import json
import random
from typing import Any

import psycopg
import pytest

from hub.sumber_daya.nearest_reads import MOST
from tests.client import Client
from tests.gudang.stok_texts import gudang, item, movement, record, without_samples
from tests.sumber_daya.rows import KINDS, uuid_of

NEAREST = """query ($x: Float!, $y: Float!, $j: [JenisSumberDaya!], $km: Float, $n: Int) {
  terdekat(lon: $x, lat: $y, jenis: $j, jarakKm: $km, batas: $n) { jarakKm sumberDaya { __typename id jenis titik aktif } } }"""
SIZE = 10_000
STANDING = "sejak <= current_date AND (sampai IS NULL OR sampai > current_date)"


@pytest.fixture(scope="module")
def module_hub(module_hub: Client) -> Client:
    return without_samples(module_hub)


@pytest.fixture(scope="module")
def full(module_hub: Client) -> Client:
    """Ten thousand resources over Nusa Tenggara, a few of some kinds and many of others; every tenth without a point, every
    tenth gone, every tenth to come; four warehouses far from them, one with stock, one whose place is secret."""
    kinds = ["LKS", "KARANG_TARUNA", "PANTI", "PUSKESOS", "LK3"]
    chance = random.Random(1)
    rows: list[tuple[Any, ...]] = []
    for n in range(SIZE):
        j = "SLRT" if n % 100 == 7 else "GUDANG_BENCANA" if n % 1000 == 8 else kinds[n % 5]
        point = (
            None if n % 10 == 1 else f"SRID=4326;POINT({chance.uniform(119, 125):.6f} {chance.uniform(-11, -8):.6f})"
        )
        since, until = ("2999-01-01", None) if n % 10 == 3 else ("2019-01-01", "2020-07-01" if n % 10 == 2 else None)
        panti = ("Anak", 40) if j == "PANTI" else (None, None)
        rows.append((uuid_of(n + 10), j, f"Lembaga {n}", point, since, until, *panti))
    with psycopg.connect(module_hub.url) as conn, conn.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO sumber_daya (kode_kab, id, jenis, nama, pemilik, kode_desa, titik, sejak, sampai, sasaran, "
            "daya_tampung, diubah_oleh) VALUES ('53.14', %s, %s, %s, 'MASYARAKAT', '53.14.10.2003', ST_GeomFromEWKT(%s), "
            "%s, %s, %s, %s, 'uji')",
            rows,
        )
    g = gudang(module_hub, 1, titik="SRID=4326;POINT(140 0)")
    gudang(module_hub, 2, titik="SRID=4326;POINT(141 0)")
    gudang(module_hub, 3, titik="SRID=4326;POINT(140 1)")
    gudang(module_hub, 4, rahasia=True)
    record(module_hub, movement(g, "TERIMA", "a", item("SELIMUT", 30), item("MATRAS", 5)))
    module_hub.sql("ANALYZE sumber_daya")
    return module_hub


def ask(hub: Client, x: float, y: float, **more: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = hub.ask(NEAREST, {"x": x, "y": y, **more})["terdekat"]
    return found


def test_the_order_is_that_of_distances_measured_one_by_one(full: Client) -> None:
    chance = random.Random(2)
    all_kinds = list(KINDS.values())
    nonempty = 0
    for _ in range(60):
        x, y = chance.uniform(118.5, 125.5), chance.uniform(-11.5, -7.5)
        km, limit = chance.choice([1, 15, 50, 500]), chance.choice([1, 5, 30, 100])
        kinds = chance.choice([None, [], ["SLRT"], ["GUDANG_BENCANA"], chance.sample(all_kinds, 3), all_kinds])
        expected = full.sql(
            f"""SELECT kode_kab || ':' || id, jarak / 1000 FROM (SELECT *, ST_Distance(titik::geography,
              ST_SetSRID(ST_MakePoint(%s, %s), 4326)::geography) AS jarak FROM sumber_daya
              WHERE {STANDING} AND (%s::text[] IS NULL OR jenis = ANY(%s))) s
            WHERE jarak <= %s ORDER BY jarak, id LIMIT %s""",
            x, y, kinds, kinds, km * 1000, limit,
        )  # fmt: skip
        found = ask(full, x, y, j=kinds, km=km, n=limit)
        assert [h["sumberDaya"]["id"] for h in found] == [i for i, _ in expected]
        assert [h["jarakKm"] for h in found] == pytest.approx([float(j) for _, j in expected], abs=0.0006)
        assert all(h["sumberDaya"]["aktif"] for h in found)
        nonempty += bool(found)
    assert 30 < nonempty < 60, "both full and empty answers must occur"


def test_distances_are_geodesic_kilometres(full: Client) -> None:
    """A degree on the equator is a·π/180 with the spheroid's a; a degree northwards from it is shorter: 110.574 km."""
    found = ask(full, 140, 0, j=["GUDANG_BENCANA"], km=112)
    assert [(h["sumberDaya"]["id"][-1], h["jarakKm"]) for h in found] == [("1", 0), ("3", 110.574), ("2", 111.319)]
    assert len(ask(full, 140, 0, km=111.319)) == 2  # 111.3195


def test_defaults_are_five_within_fifty_kilometres(full: Client) -> None:
    query = "{ terdekat(lon: 122, lat: -9.5) { jarakKm } lagi: terdekat(lon: 122, lat: -9.5, jarakKm: null, batas: null) { jarakKm } }"
    answer = full.ask(query)
    assert answer["terdekat"] == answer["lagi"]
    assert len(answer["terdekat"]) == 5
    assert len(ask(full, 141, 0.44)) == 1  # 48.6 km away; the next is 112 km
    assert ask(full, 141, 0.46) == []  # 50.9 km


def test_warehouses_come_with_what_they_hold_in_one_question(full: Client) -> None:
    query = """{ terdekat(lon: 140.1, lat: 0, jenis: [GUDANG_BENCANA], batas: 1) { sumberDaya { nama desa { nama }
      ... on GudangBencana { kesehatan stok { kode jumlah } } } } }"""
    assert full.ask(query)["terdekat"] == [
        {
            "sumberDaya": {
                "nama": "Gudang 1", "desa": {"nama": "Sotimori"}, "kesehatan": "AMAN",
                "stok": [{"kode": "MATRAS", "jumlah": 5}, {"kode": "SELIMUT", "jumlah": 30}],
            }
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "kode", "word"),
    [
        ({"x": -10.7, "y": 123.05}, "MASUKAN_TIDAK_SAH", "tertukar. Kirim lon: 123.05, lat: -10.7"),
        ({"x": 181, "y": 0}, "MASUKAN_TIDAK_SAH", "bukan titik di bumi"),
        ({"km": 0}, "MASUKAN_TIDAK_SAH", "lebih dari 0"), ({"km": -1}, "MASUKAN_TIDAK_SAH", "lebih dari 0"),
        ({"km": 501}, "BATAS_TERLAMPAUI", "paling jauh 500"), ({"n": 0}, "MASUKAN_TIDAK_SAH", "paling sedikit 1"),
        ({"n": MOST + 1}, "BATAS_TERLAMPAUI", "paling banyak 100"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(full: Client, given: dict[str, Any], kode: str, word: str) -> None:
    (error,) = full.errors(NEAREST, {"x": 123, "y": -10, **given})
    assert error["extensions"]["kode"] == kode
    assert word in error["message"]


@pytest.fixture
def sent_statements(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """Statements about social resources that the hub sends, with their parameters."""
    statements: list[tuple[str, dict[str, Any]]] = []
    original = psycopg.AsyncCursor.execute

    async def execute(self: Any, query: Any, params: Any = None, **kwargs: Any) -> Any:
        if "sumber_daya" in str(query):
            statements.append((str(query), params))
        return await original(self, query, params, **kwargs)

    monkeypatch.setattr(psycopg.AsyncCursor, "execute", execute)
    return statements


@pytest.mark.parametrize("plan_mode", ["force_custom_plan", "force_generic_plan"])
@pytest.mark.parametrize(
    ("arguments", "index"),
    [
        ("", "sumber_daya_jarak_idx"), ("jarakKm: 500, batas: 100", "sumber_daya_jarak_idx"),
        ("jenis: [LKS]", "sumber_daya_jarak_idx"), ("jenis: [LKS, KARANG_TARUNA], batas: 30", "sumber_daya_jarak_idx"),
        # where a kind is rare, all of it is sooner looked at than all that is near
        ("jenis: [GUDANG_BENCANA], jarakKm: 500", "sumber_daya_jenis_idx"),
    ],
)  # fmt: skip
def test_no_ten_thousand_rows_are_read(
    full: Client, sent_statements: list[tuple[str, dict[str, Any]]], arguments: str, index: str, plan_mode: str
) -> None:
    """Both for the plan of one call and for the one that is kept for all calls."""
    full.ask(f"{{ terdekat(lon: 122.4, lat: -9.7, {arguments}) {{ jarakKm sumberDaya {{ nama }} }} }}")
    ((sql, params),) = sent_statements
    nilai = list(params.values())
    for n, name in enumerate(params, 1):
        sql = sql.replace(f"%({name})s", f"${n}")
    with psycopg.connect(full.url, autocommit=True) as conn:
        conn.execute("SET ROLE hub_publik")
        conn.execute("SET jit = off")
        conn.execute(f"SET plan_cache_mode = {plan_mode}".encode())
        conn.execute(f"PREPARE tanya AS {sql}".encode())
        literals = psycopg.sql.SQL(", ").join(map(psycopg.sql.Literal, nilai))
        ((explanation,),) = conn.execute(
            psycopg.sql.SQL("EXPLAIN (ANALYZE, TIMING off, FORMAT json) EXECUTE tanya({})").format(literals)
        ).fetchall()
    text = json.dumps(explanation)
    assert index in text
    assert "Seq Scan" not in text
    read = [n["Actual Rows"] + n.get("Rows Removed by Filter", 0) for n in _nodes(explanation[0]["Plan"])]
    assert max(read) < 1_500


def _nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [plan, *(n for child in plan.get("Plans", ()) for n in _nodes(child))]
