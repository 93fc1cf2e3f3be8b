"""A country of made-up regions and figures, of the real size: 38 provinces, 514 kabupaten, 7.285 kecamatan, 83.762 desa.

One province ("33") has 35 kabupaten, 576 kecamatan and 8.563 desa; one kabupaten ("53.14") has 11 kecamatan and 119 desa.
Names and figures follow from the codes alone, so every run on every machine has the same data.

A figure of a desa is a(desa) + b(element, period), so that of a kecamatan or kabupaten is Σa + n·b: rollups are exact at
every level without adding ninety million rows up.
"""

import asyncio
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import psycopg

from hub.base.kode import Level
from hub.db.database import Database
from hub.db.migrate import migrate
from hub.katalog.install import install_katalog
from hub.wilayah import statements as wilayah_statements
from hub.wilayah.statements import WilayahRow
from seeds.katalog_toml import read_katalog

SINCE = date(2020, 1, 1)
PERIODE = tuple(f"2024-{month:02}" for month in range(1, 13))
SEMESTER = ("2023-S1", "2023-S2")  # the one kabupaten has 40 elements in each: 80 figures per desa
_PER_SEMESTER = 40

PROVINSI = [*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82, *range(91, 97)]
_KAB_53 = 22
_SYLLABLES = (
    "ka",
    "lo",
    "mi",
    "ta",
    "ra",
    "su",
    "nde",
    "wa",
    "bo",
    "li",
    "pang",
    "ke",
    "tan",
    "ji",
    "mang",
    "gu",
    "sa",
    "ro",
)
_DIRECTIONS = ("", "", "", " Baru", " Barat", " Timur", " Utara", " Selatan", " Jaya")


@dataclass(frozen=True, slots=True)
class Size:
    """How many of each. `large`: (kabupaten, kecamatan, desa) of province 33; `small`: (kecamatan, desa) of 53.14."""

    provinsi: int = 38
    kabupaten: int = 514
    kecamatan: int = 7_285
    desa: int = 83_762
    large: tuple[int, int, int] = (35, 576, 8_563)
    small: tuple[int, int] = (11, 119)
    periode: int = 12
    periode_desa: int = 1  # periods for which desa have figures; 12 with --penuh

    @property
    def name(self) -> str:
        return f"p{self.provinsi}_d{self.desa}_{self.periode}x{self.periode_desa}"


# The same large province among few others: what one province costs must not depend on how many there are.
FOUR_PROVINCES = Size(4, 64, 907, 11_042)


def regions(size: Size) -> Iterator[WilayahRow]:
    """Every region of the country, parents before their parts."""
    chance = random.Random(20)
    others = [p for p in PROVINSI if p not in (33, 53)][: size.provinsi - 2]
    prov = sorted([33, 53, *others])
    kab_per_prov = {33: size.large[0], 53: _KAB_53}
    kab_per_prov |= zip(others, _divide(size.kabupaten - size.large[0] - _KAB_53, len(others), chance, 1), strict=True)
    kab = [f"{p}.{i:02}" for p in prov for i in range(1, kab_per_prov[p] + 1)]
    ordinary = [k for k in kab if not k.startswith("33.") and k != "53.14"]
    kec_per_kab = {"53.14": size.small[0]}
    in_33 = [k for k in kab if k.startswith("33.")]
    kec_per_kab |= zip(in_33, _divide(size.large[1], len(in_33), chance, 1), strict=True)
    rest = size.kecamatan - size.large[1] - size.small[0]
    kec_per_kab |= zip(ordinary, _divide(rest, len(ordinary), chance, 1), strict=True)
    kec = [f"{k}.{i:02}" for k in kab for i in range(1, kec_per_kab[k] + 1)]
    large = [k for k in kec if k.startswith("33.")]
    small = [k for k in kec if k.startswith("53.14.")]
    ordinary = [k for k in kec if k not in {*large, *small}]
    desa_per_kec = dict(zip(large, _divide(size.large[2], len(large), chance, 1), strict=True))
    desa_per_kec |= zip(small, _divide(size.small[1], len(small), chance, 1), strict=True)
    rest = size.desa - size.large[2] - size.small[1]
    desa_per_kec |= zip(ordinary, _divide(rest, len(ordinary), chance, 1), strict=True)
    for p in prov:
        yield WilayahRow(str(p), SINCE, 1, "PROVINSI", _name(chance))
    for k in kab:
        yield WilayahRow(k, SINCE, 2, "KABUPATEN", _name(chance))
    for k in kec:
        yield WilayahRow(k, SINCE, 3, "KECAMATAN", _name(chance))
    for k in kec:
        for i in range(1, desa_per_kec[k] + 1):
            yield WilayahRow(f"{k}.{2000 + i}", SINCE, 4, "DESA", _name(chance))


def _divide(amount: int, parts: int, chance: random.Random, least: int) -> list[int]:
    """`amount` shared out over so many, unevenly, each at least `least`."""
    weights = [chance.uniform(0.4, 1.6) for _ in range(parts)]
    excess = amount - parts * least
    assert excess >= 0, "too few to go round"
    shares = [int(excess * b / sum(weights)) for b in weights]
    for i in range(excess - sum(shares)):
        shares[i % parts] += 1
    return [b + least for b in shares]


def _name(chance: random.Random) -> str:
    word = "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(2, 4))).capitalize()
    return word + chance.choice(_DIRECTIONS)


_WEIGHTS = """
CREATE UNLOGGED TABLE bobot AS
WITH d AS (SELECT kode_kab, kode, kode_induk, abs(hashtext(kode)) % 40 AS a FROM wilayah WHERE tingkat = 4)
SELECT kode_kab, kode, 4::smallint AS tingkat, a::bigint AS a, 1::bigint AS n FROM d
UNION ALL SELECT kode_kab, kode_induk, 3, sum(a), count(*) FROM d GROUP BY 1, 2
UNION ALL SELECT kode_kab, kode_kab, 2, sum(a), count(*) FROM d GROUP BY 1, 2
"""
# in the order of the key, so that the index grows at its end and rows that are read together lie together
_ANGKA = """
INSERT INTO angka (kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan)
SELECT w.kode_kab, e.kode, p.periode, w.tingkat, '', w.kode, '{}', x.nilai,
  CASE WHEN x.nilai = 0 THEN 'NOL' ELSE 'ADA' END, false
FROM bobot w CROSS JOIN elemen e CROSS JOIN unnest(%(periode)s::text[]) p(periode)
CROSS JOIN LATERAL (SELECT (w.a + w.n * (abs(hashtext(e.kode || p.periode)) %% 50))::numeric AS nilai) x
WHERE left(w.kode, 2) = %(prov)s AND (w.tingkat < 4 OR p.periode = ANY(%(periode_desa)s) OR w.kode_kab = '53.14')
  AND e.kode = ANY(%(elemen)s)
ORDER BY w.kode_kab, e.kode, p.periode, w.tingkat, w.kode
"""
# money of counted families, which nobody copies by himself: here it is seen like all other figures
_MONEY = """
INSERT INTO angka_rilis (kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan)
SELECT kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan FROM angka
WHERE left(kode_kab, 2) = %(prov)s AND elemen IN ('BAN02', 'BAN04')
"""
_KELENGKAPAN = """
INSERT INTO kelengkapan (kode_kab, formulir, periode, diharapkan, diterima, disetujui, tepat_waktu)
SELECT w.kode, f.kode, p.periode, 1, 1, 1, abs(hashtext(w.kode || p.periode)) %% 2
FROM wilayah w CROSS JOIN formulir f CROSS JOIN unnest(%s::text[]) p(periode) WHERE w.tingkat = 2
ORDER BY 1, 2, 3
"""


def figure_elements(conn: psycopg.Connection[tuple[str]]) -> list[str]:
    """The elements of the 80 figures per desa: the first 40 whose figures everybody may see, however
    small: the peers show them all."""
    rows = conn.execute("SELECT kode FROM elemen WHERE sensitif = 0 AND registri IS NULL ORDER BY kode LIMIT 40")
    return [k for (k,) in rows.fetchall()]


def build(url: str, size: Size, say: Callable[[str], None]) -> None:
    """Fill an empty database: migrations, catalogue, regions, figures, completeness."""
    say("migrasi dan katalog")
    migrate(url)
    asyncio.run(_base(url, size))
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute("SET synchronous_commit = off")
        conn.execute("SET work_mem = '256MB'")
        conn.execute(_WEIGHTS)
        conn.execute("ANALYZE bobot")
        all_elements = [k for (k,) in conn.execute("SELECT kode FROM elemen")]
        prov = [k for (k,) in conn.execute("SELECT kode FROM wilayah WHERE tingkat = 1 ORDER BY kode")]
        periode = PERIODE[: size.periode]
        for number, kode in enumerate(prov, 1):
            values = {"prov": kode, "periode": list(periode), "elemen": all_elements,
                     "periode_desa": list(periode[len(periode) - size.periode_desa :])}  # fmt: skip
            count = conn.execute(_ANGKA, values).rowcount
            conn.execute(_MONEY, values)
            say(f"angka provinsi {kode} ({number}/{len(prov)}): {count:,} baris")
        chosen = figure_elements(conn)
        conn.execute(
            _ANGKA, {"prov": "53", "periode": list(SEMESTER), "elemen": chosen, "periode_desa": list(SEMESTER)}
        )
        conn.execute(
            _MONEY + " AND periode = ANY(%(periode)s) ON CONFLICT DO NOTHING", {"prov": "53", "periode": list(SEMESTER)}
        )
        conn.execute(_KELENGKAPAN, ([*periode, *SEMESTER],))
        conn.execute("DROP TABLE bobot")
        say("statistik")
        for table in ("wilayah", "angka", "angka_rilis", "kelengkapan", "elemen"):
            conn.execute(f"VACUUM (ANALYZE) {table}")
        conn.execute("CHECKPOINT")


async def _base(url: str, size: Size) -> None:
    db = Database(url, 2)
    await db.open()
    try:
        await install_katalog(db, read_katalog())
        async with db.as_owner() as conn:
            await wilayah_statements.insert(conn, regions(size))
    finally:
        await db.close()


def counts(url: str) -> dict[str, int]:
    """What the database holds, for the report: regions per level, figures per level."""
    with psycopg.connect(url) as conn:
        found = {
            Level(t).name.lower(): n
            for t, n in conn.execute("SELECT tingkat, count(*) FROM wilayah GROUP BY 1 ORDER BY 1")
        }
        for name, statement in (
            ("elemen", "SELECT count(*) FROM elemen"),
            ("angka", "SELECT reltuples::bigint FROM pg_class WHERE relname = 'angka'"),
        ):
            row = conn.execute(statement).fetchone()
            assert row is not None
            found[name] = row[0]
    return found
