"""terdekat: the nearest first, by geodesic distance, only what stands today; served by the index at ten thousand rows."""

import json
import random
from typing import Any

import psycopg
import pytest

from hub.sumber_daya.nearest_reads import TERBANYAK
from tests.client import Klien
from tests.gudang.stok_texts import catat, gudang, mutasi, satu, tanpa_contoh
from tests.sumber_daya.rows import JENIS, nomor

TERDEKAT = """query ($x: Float!, $y: Float!, $j: [JenisSumberDaya!], $km: Float, $n: Int) {
  terdekat(lon: $x, lat: $y, jenis: $j, jarakKm: $km, batas: $n) { jarakKm sumberDaya { __typename id jenis titik aktif } } }"""
BANYAK = 10_000
ADA = "sejak <= current_date AND (sampai IS NULL OR sampai > current_date)"


@pytest.fixture(scope="module")
def hub_modul(hub_modul: Klien) -> Klien:
    return tanpa_contoh(hub_modul)


@pytest.fixture(scope="module")
def penuh(hub_modul: Klien) -> Klien:
    """Ten thousand resources over Nusa Tenggara, a few of some kinds and many of others; every tenth without a point, every
    tenth gone, every tenth to come; four warehouses far from them, one with stock, one whose place is secret."""
    jenis = ["LKS", "KARANG_TARUNA", "PANTI", "PUSKESOS", "LK3"]
    acak = random.Random(1)
    baris: list[tuple[Any, ...]] = []
    for n in range(BANYAK):
        j = "SLRT" if n % 100 == 7 else "GUDANG_BENCANA" if n % 1000 == 8 else jenis[n % 5]
        titik = None if n % 10 == 1 else f"SRID=4326;POINT({acak.uniform(119, 125):.6f} {acak.uniform(-11, -8):.6f})"
        sejak, sampai = ("2999-01-01", None) if n % 10 == 3 else ("2019-01-01", "2020-07-01" if n % 10 == 2 else None)
        panti = ("Anak", 40) if j == "PANTI" else (None, None)
        baris.append((nomor(n + 10), j, f"Lembaga {n}", titik, sejak, sampai, *panti))
    with psycopg.connect(hub_modul.url) as conn, conn.cursor() as kursor:
        kursor.executemany(
            "INSERT INTO sumber_daya (kode_kab, id, jenis, nama, pemilik, kode_desa, titik, sejak, sampai, sasaran, "
            "daya_tampung, diubah_oleh) VALUES ('53.14', %s, %s, %s, 'MASYARAKAT', '53.14.10.2003', ST_GeomFromEWKT(%s), "
            "%s, %s, %s, %s, 'uji')",
            baris,
        )
    g = gudang(hub_modul, 1, titik="SRID=4326;POINT(140 0)")
    gudang(hub_modul, 2, titik="SRID=4326;POINT(141 0)")
    gudang(hub_modul, 3, titik="SRID=4326;POINT(140 1)")
    gudang(hub_modul, 4, rahasia=True)
    catat(hub_modul, mutasi(g, "TERIMA", "a", satu("SELIMUT", 30), satu("MATRAS", 5)))
    hub_modul.sql("ANALYZE sumber_daya")
    return hub_modul


def tanya(hub: Klien, x: float, y: float, **isi: Any) -> list[dict[str, Any]]:
    hasil: list[dict[str, Any]] = hub.tanya(TERDEKAT, {"x": x, "y": y, **isi})["terdekat"]
    return hasil


def test_the_order_is_that_of_distances_measured_one_by_one(penuh: Klien) -> None:
    acak = random.Random(2)
    semua = list(JENIS.values())
    ada = 0
    for _ in range(60):
        x, y = acak.uniform(118.5, 125.5), acak.uniform(-11.5, -7.5)
        km, batas = acak.choice([1, 15, 50, 500]), acak.choice([1, 5, 30, 100])
        jenis = acak.choice([None, [], ["SLRT"], ["GUDANG_BENCANA"], acak.sample(semua, 3), semua])
        harap = penuh.sql(
            f"""SELECT kode_kab || ':' || id, jarak / 1000 FROM (SELECT *, ST_Distance(titik::geography,
              ST_SetSRID(ST_MakePoint(%s, %s), 4326)::geography) AS jarak FROM sumber_daya
              WHERE {ADA} AND (%s::text[] IS NULL OR jenis = ANY(%s))) s
            WHERE jarak <= %s ORDER BY jarak, id LIMIT %s""",
            x, y, jenis, jenis, km * 1000, batas,
        )  # fmt: skip
        hasil = tanya(penuh, x, y, j=jenis, km=km, n=batas)
        assert [h["sumberDaya"]["id"] for h in hasil] == [i for i, _ in harap]
        assert [h["jarakKm"] for h in hasil] == pytest.approx([float(j) for _, j in harap], abs=0.0006)
        assert all(h["sumberDaya"]["aktif"] for h in hasil)
        ada += bool(hasil)
    assert 30 < ada < 60, "both full and empty answers must occur"


def test_distances_are_geodesic_kilometres(penuh: Klien) -> None:
    """A degree on the equator is a·π/180 with the spheroid's a; a degree northwards from it is shorter: 110.574 km."""
    hasil = tanya(penuh, 140, 0, j=["GUDANG_BENCANA"], km=112)
    assert [(h["sumberDaya"]["id"][-1], h["jarakKm"]) for h in hasil] == [("1", 0), ("3", 110.574), ("2", 111.319)]
    assert len(tanya(penuh, 140, 0, km=111.319)) == 2  # 111.3195


def test_defaults_are_five_within_fifty_kilometres(penuh: Klien) -> None:
    query = "{ terdekat(lon: 122, lat: -9.5) { jarakKm } lagi: terdekat(lon: 122, lat: -9.5, jarakKm: null, batas: null) { jarakKm } }"
    hasil = penuh.tanya(query)
    assert hasil["terdekat"] == hasil["lagi"]
    assert len(hasil["terdekat"]) == 5
    assert len(tanya(penuh, 141, 0.44)) == 1  # 48.6 km away; the next is 112 km
    assert tanya(penuh, 141, 0.46) == []  # 50.9 km


def test_warehouses_come_with_what_they_hold_in_one_question(penuh: Klien) -> None:
    query = """{ terdekat(lon: 140.1, lat: 0, jenis: [GUDANG_BENCANA], batas: 1) { sumberDaya { nama desa { nama }
      ... on GudangBencana { kesehatan stok { kode jumlah } } } } }"""
    assert penuh.tanya(query)["terdekat"] == [
        {
            "sumberDaya": {
                "nama": "Gudang 1", "desa": {"nama": "Sotimori"}, "kesehatan": "AMAN",
                "stok": [{"kode": "MATRAS", "jumlah": 5}, {"kode": "SELIMUT", "jumlah": 30}],
            }
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("isi", "kode", "kata"),
    [
        ({"x": -10.7, "y": 123.05}, "MASUKAN_TIDAK_SAH", "tertukar. Kirim lon: 123.05, lat: -10.7"),
        ({"x": 181, "y": 0}, "MASUKAN_TIDAK_SAH", "bukan titik di bumi"),
        ({"km": 0}, "MASUKAN_TIDAK_SAH", "lebih dari 0"), ({"km": -1}, "MASUKAN_TIDAK_SAH", "lebih dari 0"),
        ({"km": 501}, "BATAS_TERLAMPAUI", "paling jauh 500"), ({"n": 0}, "MASUKAN_TIDAK_SAH", "paling sedikit 1"),
        ({"n": TERBANYAK + 1}, "BATAS_TERLAMPAUI", "paling banyak 100"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(penuh: Klien, isi: dict[str, Any], kode: str, kata: str) -> None:
    (galat,) = penuh.galat(TERDEKAT, {"x": 123, "y": -10, **isi})
    assert galat["extensions"]["kode"] == kode
    assert kata in galat["message"]


@pytest.fixture
def dikirim(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """Statements about social resources that the hub sends, with their parameters."""
    catatan: list[tuple[str, dict[str, Any]]] = []
    asli = psycopg.AsyncCursor.execute

    async def execute(self: Any, query: Any, params: Any = None, **kwargs: Any) -> Any:
        if "sumber_daya" in str(query):
            catatan.append((str(query), params))
        return await asli(self, query, params, **kwargs)

    monkeypatch.setattr(psycopg.AsyncCursor, "execute", execute)
    return catatan


@pytest.mark.parametrize("rencana", ["force_custom_plan", "force_generic_plan"])
@pytest.mark.parametrize(
    ("argumen", "indeks"),
    [
        ("", "sumber_daya_jarak_idx"), ("jarakKm: 500, batas: 100", "sumber_daya_jarak_idx"),
        ("jenis: [LKS]", "sumber_daya_jarak_idx"), ("jenis: [LKS, KARANG_TARUNA], batas: 30", "sumber_daya_jarak_idx"),
        # where a kind is rare, all of it is sooner looked at than all that is near
        ("jenis: [GUDANG_BENCANA], jarakKm: 500", "sumber_daya_jenis_idx"),
    ],
)  # fmt: skip
def test_no_ten_thousand_rows_are_read(
    penuh: Klien, dikirim: list[tuple[str, dict[str, Any]]], argumen: str, indeks: str, rencana: str
) -> None:
    """Both for the plan of one call and for the one that is kept for all calls."""
    penuh.tanya(f"{{ terdekat(lon: 122.4, lat: -9.7, {argumen}) {{ jarakKm sumberDaya {{ nama }} }} }}")
    ((sql, params),) = dikirim
    nilai = list(params.values())
    for n, nama in enumerate(params, 1):
        sql = sql.replace(f"%({nama})s", f"${n}")
    with psycopg.connect(penuh.url, autocommit=True) as conn:
        conn.execute("SET ROLE hub_publik")
        conn.execute("SET jit = off")
        conn.execute(f"SET plan_cache_mode = {rencana}".encode())
        conn.execute(f"PREPARE tanya AS {sql}".encode())
        isi = psycopg.sql.SQL(", ").join(map(psycopg.sql.Literal, nilai))
        ((penjelasan,),) = conn.execute(
            psycopg.sql.SQL("EXPLAIN (ANALYZE, TIMING off, FORMAT json) EXECUTE tanya({})").format(isi)
        ).fetchall()
    teks = json.dumps(penjelasan)
    assert indeks in teks
    assert "Seq Scan" not in teks
    dibaca = [n["Actual Rows"] + n.get("Rows Removed by Filter", 0) for n in _simpul(penjelasan[0]["Plan"])]
    assert max(dibaca) < 1_500


def _simpul(rencana: dict[str, Any]) -> list[dict[str, Any]]:
    return [rencana, *(n for anak in rencana.get("Plans", ()) for n in _simpul(anak))]
