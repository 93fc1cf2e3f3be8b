"""daftarSumberDaya and Desa.sumberDaya: pages, filters, what stood when; each served by an index."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import psycopg
import pytest

from hub.db.private_cluster import PrivateCluster
from tests.client import Client
from tests.database_clones import clone_of
from tests.sumber_daya.rows import KINDS, SOTIMORI, add, surat, uuid_of

LISTING = """query ($s: SaringSumberDaya, $p: Date, $n: Int, $a: String) {
  daftarSumberDaya(saring: $s, pada: $p, first: $n, after: $a) {
    totalCount edges { cursor node { __typename id jenis desa { kode } } } pageInfo { hasNextPage endCursor } } }"""


_PAPERS = "surat_sumber_daya t WHERE t.kode_kab = sumber_daya.kode_kab AND t.id = sumber_daya.id"


def _add_papers(hub: Client, n: int) -> None:
    """In turn: an accreditation that was renewed, one that has ended, a letter that has ended, one without end."""
    papers: list[list[tuple[Any, ...]]] = [
        [("AKREDITASI", "2019-01-01", "2020-01-01"), ("AKREDITASI", "2020-01-01", "2999-01-01")],
        [("AKREDITASI", "2019-01-01", "2025-01-01")],
        [("SK", "2019-01-01", "2024-01-01"), ("TANDA_DAFTAR", "2019-01-01", None)],
        [("TANDA_DAFTAR", "2019-01-01", None)],
    ]
    for kind, since, until in papers[n // len(KINDS) % 4]:
        grade = {"peringkat": "A"} if kind == "AKREDITASI" else {}
        surat(hub, n, kind, since, until, **grade)


@pytest.fixture(scope="module")
def full(module_hub: Client) -> Client:
    """One of each kind in each of several desa of two provinces; odd ones have a point, some are gone or to come. Only
    read from it."""
    module_hub.sql("TRUNCATE sumber_daya, surat_sumber_daya")
    desa = module_hub.sql("""SELECT w.kode, ST_X(b.titik), ST_Y(b.titik) FROM wilayah w LEFT JOIN batas b ON b.kode = w.kode AND b.sampai IS NULL
      WHERE w.tingkat = 4 AND w.berlaku_sampai IS NULL AND (w.kode_kab = '53.14' OR w.kode LIKE '36.73.01.%') ORDER BY w.kode""")
    chosen = [d for i, d in enumerate(desa) if i % max(1, len(desa) // 12) == 0]
    n = 0
    for kode, lon, lat in chosen:
        for kind in KINDS.values():
            n += 1
            columns: dict[str, Any] = {"kode_desa": kode, "kode_kab": kode[:5], "pemilik": ("PROVINSI", "DESA")[n % 2]}
            if n % 2 and lon is not None:
                columns["titik"] = f"SRID=4326;POINT({lon} {lat})"
            if n % 5 == 0:
                columns["sampai"] = "2020-07-01"
            if kind in ("SLRT", "PUSKESOS"):
                columns |= {"sumber_dana": ("APBN", "apbn ", "APBD", None)[n % 4], "tahun": (None, 2017, 2024)[n % 3]}
            if n % 7 == 0:
                columns |= {"sejak": "2999-01-01", "sampai": None}
            add(module_hub, n, kind, **columns)
            if kind == "LKS" and kode.startswith("53.14"):
                _add_papers(module_hub, n)
    module_hub.sql("ANALYZE sumber_daya")
    return module_hub


@pytest.fixture(scope="module")
def many_url(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[str]:
    """A database with so many social resources all over the country that an index is worth it. Only read from it."""
    for url in clone_of(cluster, templates["dasar"]):
        with psycopg.connect(url, autocommit=True) as conn:
            conn.execute(f"""INSERT INTO sumber_daya (kode_kab, id, jenis, nama, pemilik, kode_desa, sejak, titik, diubah_oleh, sasaran, daya_tampung)
      SELECT left(k, 5), gen_random_uuid(), CASE WHEN n % 500 = 0 THEN 'SLRT' ELSE 'LKS' END, 'X' || n,
        CASE WHEN n % 500 = 1 THEN 'KEMENTERIAN' ELSE 'DESA' END, k, '2020-01-01',
        ST_SetSRID(ST_MakePoint(95 + random() * 45, -11 + random() * 17), 4326), '{uuid_of(1)}', 'x', 1
      FROM (SELECT n, format('%s.%s.01.2001', 11 + n % 80, lpad((1 + n / 80 % 60)::text, 2, '0')) AS k FROM generate_series(1, 20000) n) s""")
            conn.execute("ANALYZE sumber_daya")
        yield url


def all_pages(hub: Client, filters: Any = None, as_of: str | None = None, per: int = 7) -> list[str]:
    """Ids on all pages, one after the other."""
    ids: list[str] = []
    after = None
    for _ in range(100):
        page = hub.ask(LISTING, {"s": filters, "p": as_of, "n": per, "a": after})["daftarSumberDaya"]
        ids += [e["node"]["id"] for e in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            assert page["totalCount"] == len(ids)
            return ids
    raise AssertionError("the pages do not end")


def expected(hub: Client, condition: str, *nilai: Any) -> list[str]:
    order = "ORDER BY kode_desa, id"
    return [i for (i,) in hub.sql(f"SELECT kode_kab || ':' || id FROM sumber_daya WHERE {condition} {order}", *nilai)]


def test_pages_and_filters_hold_what_they_say(full: Client) -> None:
    ((lon, lat),) = full.sql(
        "SELECT ST_X(titik), ST_Y(titik) FROM sumber_daya WHERE titik IS NOT NULL ORDER BY kode_desa LIMIT 1"
    )
    circle = f"ST_DWithin(titik::geography, ST_SetSRID(ST_MakePoint({lon}, {lat}), 4326)::geography, 20000)"
    active = "sejak <= current_date AND (sampai IS NULL OR sampai > current_date)"
    holds = "t.sejak <= current_date AND t.sampai > current_date"
    paid_by_state = "jenis IN ('SLRT', 'PUSKESOS') AND upper(trim(sumber_dana)) = 'APBN'"
    cases: list[tuple[Any, str]] = [
        (None, "true"),
        ({}, "true"),
        ({"jenis": ["LKS", "SLRT"]}, "jenis IN ('LKS', 'SLRT')"),
        ({"jenis": []}, "false"),
        ({"pemilik": ["DESA"]}, "pemilik = 'DESA'"),
        ({"di": "53"}, "kode_kab LIKE '53.%'"),
        ({"di": "53.14"}, "kode_kab = '53.14'"),
        ({"di": "53.14.10"}, "kode_desa LIKE '53.14.10.%'"),
        ({"di": "99"}, "false"),
        ({"pindahApbdSampai": 2022}, f"{paid_by_state} AND coalesce(tahun, extract(year FROM sejak)) + 3 <= 2022"),
        ({"pindahApbdSampai": 2027}, f"{paid_by_state} AND coalesce(tahun, extract(year FROM sejak)) + 3 <= 2027"),
        ({"aktif": True}, active),
        ({"aktif": False}, f"NOT ({active})"),
        ({"nama": "lembaga-1 "}, "nama LIKE 'Lembaga 1%'"),
        ({"nama": "LEMBAGA 11", "aktif": True}, f"nama LIKE 'Lembaga 11%' AND {active}"),
        ({"terakreditasi": True}, f"EXISTS (SELECT FROM {_PAPERS} AND t.jenis = 'AKREDITASI' AND {holds})"),
        ({"terakreditasi": False}, f"NOT EXISTS (SELECT FROM {_PAPERS} AND t.jenis = 'AKREDITASI' AND {holds})"),
        ({"suratBerakhirSampai": "2024-01-01"}, f"EXISTS (SELECT FROM {_PAPERS} AND t.jenis = 'SK')"),
        ({"suratBerakhirSampai": "2999-01-01"}, f"EXISTS (SELECT FROM {_PAPERS} AND t.sampai IS NOT NULL)"),
        ({"bbox": [lon - 0.2, lat - 0.2, lon + 0.2, lat + 0.2]}, f"abs(ST_X(titik) - {lon}) <= 0.2 AND abs(ST_Y(titik) - {lat}) <= 0.2"),
        ({"dekat": {"lon": lon, "lat": lat, "jarakKm": 20}}, circle),
        ({"dekat": {"lon": lon, "lat": lat, "jarakKm": 20}, "jenis": ["LKS"], "aktif": True}, f"{circle} AND jenis = 'LKS' AND {active}"),
    ]  # fmt: skip
    counts = [len(all_pages(full, filters)) for filters, _ in cases]
    for filters, condition in cases:
        assert all_pages(full, filters) == expected(full, condition), filters
    assert sum(n == 0 for n in counts) == 2, "a filter that finds nothing proves nothing"
    assert min(n for n in counts if n) < max(counts)


@pytest.mark.parametrize("as_of", ["2018-12-31", "2019-01-01", "2020-06-30", "2020-07-01", "2999-01-01"])
def test_what_stood_on_a_day(full: Client, as_of: str) -> None:
    ids = all_pages(full, None, as_of)
    assert ids == expected(full, "sejak <= %s AND (sampai IS NULL OR sampai > %s)", as_of, as_of)
    assert bool(ids) is (date.fromisoformat(as_of) >= date(2019, 1, 1))


def test_a_desa_holds_what_stands_in_it_on_the_day_it_is_looked_at(hub: Client) -> None:
    former = add(hub, 1, "LKS", sampai="2021-06-01")
    current = add(hub, 2, "PANTI", sejak="2021-06-01")
    add(hub, 3, "PANTI", kode_desa="53.14.10.2002")
    query = 'query ($p: Date) { desa(kode: "%s", pada: $p) { semua: sumberDaya { id } panti: sumberDaya(jenis: [PANTI]) { __typename id } } }'
    query = query % SOTIMORI
    assert hub.ask(query)["desa"] == {"semua": [{"id": current}], "panti": [{"__typename": "Panti", "id": current}]}
    assert hub.ask(query, {"p": "2021-05-31"})["desa"] == {"semua": [{"id": former}], "panti": []}


@pytest.mark.parametrize(
    "filters",
    [
        {"dekat": {"lon": 200, "lat": 0, "jarakKm": 1}}, {"dekat": {"lon": 0, "lat": 0, "jarakKm": 0}},
        {"dekat": {"lon": 0, "lat": 0, "jarakKm": 501}}, {"bbox": [1, 2, 3]}, {"bbox": [3, 2, 1, 4]}, {"di": "5x"},
        {"nama": "x"}, {"nama": "--"},
    ],
)  # fmt: skip
def test_a_filter_that_cannot_be_is_refused(read_hub: Client, filters: Any) -> None:
    (error,) = read_hub.errors(LISTING, {"s": filters})
    assert error["extensions"]["kode"] == "MASUKAN_TIDAK_SAH"


@pytest.mark.parametrize("cursor", ["WyIiXQ==", "WyI1My4xNC4xMC4yMDAzIiwgImJ1a2FuIl0=", "x"])
def test_a_cursor_that_is_none_is_refused(read_hub: Client, cursor: str) -> None:
    (error,) = read_hub.errors(LISTING, {"a": cursor})
    assert error["extensions"]["kode"] == "MASUKAN_TIDAK_SAH"


@pytest.mark.parametrize(
    ("condition", "index"),
    [
        ("kode_desa >= '53.14' AND kode_desa < '53.14/'", "sumber_daya_desa_idx"),
        ("jenis = ANY('{SLRT}')", "sumber_daya_jenis_idx"),
        ("pemilik = ANY('{KEMENTERIAN}')", "sumber_daya_pemilik_idx"),
        (
            "jenis IN ('SLRT', 'PUSKESOS') AND upper(btrim(sumber_dana)) = 'APBN' AND coalesce(tahun, extract(year FROM sejak)::int) + 3 <= 2026",
            "sumber_daya_apbn_idx",
        ),
        ("titik && ST_MakeEnvelope(123, -11, 123.01, -10.99, 4326)", "sumber_daya_titik_idx"),
        ("ST_DWithin(geography(titik), geography(ST_SetSRID(ST_MakePoint(123, -11), 4326)), 1000)", "sumber_daya_jarak_idx"),
    ],
)  # fmt: skip
def test_every_filter_has_an_index(many_url: str, condition: str, index: str) -> None:
    with psycopg.connect(many_url) as conn:
        plan = conn.execute(
            f"EXPLAIN SELECT * FROM sumber_daya WHERE {condition} ORDER BY kode_desa, id LIMIT 50"
        ).fetchall()
    assert index in str(plan), plan
