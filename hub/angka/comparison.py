"""What figures of a rekap are held against: the same figures of earlier periods, and the figures of other forms. Only what was approved,
only of the very reporter."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import orjson
from psycopg.rows import class_row

from hub.angka.rollup import AngkaRow
from hub.base.kode import Level, level_of
from hub.base.periode import Periode
from hub.base.public_id import RekapKey
from hub.db.database import Conn
from hub.katalog.katalog import Kewajaran


@dataclass(frozen=True, slots=True)
class Jump:
    """A figure far from what is usual. `place`: among those asked about, from 1; `median`, `distance`: what it may differ from it by;
    `least`, `most`: of what was usual; `count`: of how many periods, from `first` to `last`."""

    place: int
    median: Decimal
    distance: Decimal
    least: Decimal
    most: Decimal
    count: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class OtherForm:
    """An element of another form. `earlier`: where nothing of it is approved for the period itself, its newest figure
    before it means the same."""

    elemen: str
    formulir: str
    earlier: bool


# Periods of the very length that had a rekap of their own: what was made of shorter ones may lack some. Of what is counted since the year
# began the same part of earlier years.
def _periods(table: str, is_there: str) -> str:
    return f"""
SELECT e.tempat, e.elemen, p.periode
FROM unnest(%(tempat)s::integer[], %(formulir)s::text[], %(periode)s::text[], %(bulan)s::integer[], %(elemen)s::text[],
  %(kumulatif)s::boolean[]) AS e(tempat, formulir, periode, bulan, elemen, kumulatif)
CROSS JOIN LATERAL (
  SELECT r.periode FROM rekap r
  WHERE r.kode_kab = %(kab)s AND r.formulir = e.formulir AND r.revisi_disetujui IS NOT NULL AND r.periode < e.periode
    AND hub_bulan(r.periode) = e.bulan AND (NOT e.kumulatif OR substr(r.periode, 5) = substr(e.periode, 5))
    AND EXISTS (SELECT FROM {table} a WHERE a.kode_kab = %(kab)s AND a.elemen = e.elemen AND a.periode = r.periode AND {is_there})
  ORDER BY r.periode DESC LIMIT %(banyak)s
) p
"""


def _before(table: str, is_there: str) -> str:
    return f"""
FROM unnest(%(elemen_lalu)s::text[], %(periode_lalu)s::text[]) AS m(elemen, periode)
JOIN {table} a ON a.kode_kab = %(kab)s AND a.elemen = m.elemen AND a.periode = m.periode AND {is_there}
"""


# Lists as one text: turning thousands of parameters into arrays one by one would take half as long as all the rest. What is costly to
# read stands in a subselect, which is worked out once; as it stands the planner would read it too, only to know how much it is.
_NEW = """
FROM (
  SELECT x.elemen, x.kode_wilayah, (SELECT string_to_array(%(pilihan)s, %(pisah)s)::jsonb[])[x.rincian] AS rincian, x.nilai, x.urut
  FROM unnest(string_to_array(%(elemen)s, %(pisah)s), string_to_array(%(wilayah)s, %(pisah)s),
    (SELECT string_to_array(%(rincian)s, %(pisah)s)::integer[]), (SELECT string_to_array(%(nilai)s, %(pisah)s)::numeric[]))
    WITH ORDINALITY AS x(elemen, kode_wilayah, rincian, nilai, urut)
) b
"""
_BETWEEN = "\x1f"  # in no code, no number and no JSON


def _far(figure: str, before: str) -> str:
    """Nearly every figure is so near to the least and to the most it ever was that it cannot be far from the median, whatever that
    is. Tens of thousands of rows are brought together by 64 bits of their key, which takes a third of the time; two figures whose
    bits are the same would only be looked at once more."""
    return f"""
WITH lalu AS (
  SELECT hashtextextended(a.kode_wilayah, jsonb_hash_extended(a.rincian, hashtextextended(a.elemen, 0))) AS kunci,
    min(a.{figure}) AS terkecil, max(a.{figure}) AS terbesar, count(*) AS banyak {before} GROUP BY 1
)
SELECT b.urut::int {_NEW}
JOIN lalu l ON l.kunci = hashtextextended(b.kode_wilayah, jsonb_hash_extended(b.rincian, hashtextextended(b.elemen, 0)))
WHERE l.terkecil < 0 OR greatest(b.nilai - l.terkecil, l.terbesar - b.nilai) > CASE
  WHEN l.banyak >= %(sedikitnya)s THEN %(kali)s * %(skala)s * greatest(%(bagian)s * l.terkecil, %(terkecil)s)
  WHEN b.nilai > %(faktor)s * l.terkecil OR l.terbesar > %(faktor)s * b.nilai THEN %(faktor)s * %(terkecil)s END
ORDER BY b.urut
"""


def _exact(figure: str, before: str) -> str:
    """The rule itself, for the few that are left."""
    return f"""
WITH lalu AS (
  SELECT b.urut, b.nilai, array_agg(a.{figure} ORDER BY a.{figure}) AS angka, count(*)::int AS banyak,
    min(a.periode) AS pertama, max(a.periode) AS terakhir
  {before} JOIN (SELECT * {_NEW}) b ON b.elemen = a.elemen AND b.kode_wilayah = a.kode_wilayah AND b.rincian = a.rincian
  GROUP BY b.urut, b.nilai
), tengah AS (
  SELECT l.*, (angka[(banyak + 1) / 2] + angka[(banyak + 2) / 2]) / 2 AS median FROM lalu l
), batas AS (
  SELECT t.*, CASE WHEN banyak >= %(sedikitnya)s THEN %(kali)s * %(skala)s * greatest(%(bagian)s * abs(median), %(terkecil)s, (
      SELECT (d[(banyak + 1) / 2] + d[(banyak + 2) / 2]) / 2
      FROM (SELECT array_agg(abs(x - median) ORDER BY abs(x - median)) AS d FROM unnest(angka) x) sebaran))
    ELSE %(faktor)s * %(terkecil)s END AS jarak
  FROM tengah t
  WHERE abs(nilai - median) > CASE WHEN banyak >= %(sedikitnya)s
    THEN %(kali)s * %(skala)s * greatest(%(bagian)s * abs(median), %(terkecil)s) ELSE %(faktor)s * %(terkecil)s END
)
SELECT urut::int AS place, median, jarak AS distance, u.dari AS least, u.sampai AS most, banyak AS count, pertama AS first, terakhir AS last
FROM batas CROSS JOIN LATERAL (
  SELECT min(x) AS dari, max(x) AS sampai FROM unnest(angka) x WHERE banyak < %(sedikitnya)s OR abs(x - median) <= jarak
) u
WHERE abs(nilai - median) > jarak
  AND (banyak >= %(sedikitnya)s OR abs(nilai) > %(faktor)s * abs(median) OR abs(median) > %(faktor)s * abs(nilai))
ORDER BY urut
"""


def _statements(table: str, figure: str, is_there: str) -> tuple[str, str, str]:
    before = _before(table, is_there)
    return _periods(table, is_there), _far(figure, before), _exact(figure, before)


_OF_KABUPATEN = _statements("angka", "nilai", "a.nilai IS NOT NULL AND NOT a.turunan")
_OF_PROVINSI = _statements("angka_tertulis", "tertulis", "true")


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures that are asked about, column by column; each has a number. `rincian`: places in `pilihan`, from 1, where each breakdown
    stands once, as JSON."""

    elemen: list[str]
    wilayah: list[str]
    rincian: list[str]
    pilihan: list[str]
    nilai: list[str]
    kumulatif: dict[str, bool]

    @classmethod
    def of(cls, angka: Sequence[AngkaRow]) -> "Figures":
        choices = {r: str(place) for place, r in enumerate({r for _, _, r, _ in angka}, 1)}
        return cls(
            [e.kode for e, _, _, _ in angka], [w for _, w, _, _ in angka], [choices[r] for _, _, r, _ in angka],
            [orjson.dumps(dict(r)).decode() for r in choices], [str(a[0]) for _, _, _, a in angka],
            {e.kode: e.kumulatif for e, _, _, _ in angka},
        )  # fmt: skip

    def some(self, places: Sequence[int]) -> "Figures":
        """Those at these places, counted from 1."""
        elemen, wilayah, rincian, nilai = (
            [c[i - 1] for i in places] for c in (self.elemen, self.wilayah, self.rincian, self.nilai)
        )
        return Figures(elemen, wilayah, rincian, self.pilihan, nilai, self.kumulatif)

    def parameters(self) -> dict[str, str]:
        """Of a statement."""
        columns = {
            "elemen": self.elemen, "wilayah": self.wilayah, "rincian": self.rincian, "pilihan": self.pilihan, "nilai": self.nilai
        }  # fmt: skip
        return {"pisah": _BETWEEN} | {name: _BETWEEN.join(c) for name, c in columns.items()}


async def jumps(conn: Conn, key: RekapKey, figures: Figures, bounds: Kewajaran) -> list[Jump]:
    """Those of the figures that are far from what the same region's own were in the last comparable periods before the
    rekap's."""
    (before,) = await periods_before(conn, key.kode_kab, [(key, figures)], bounds)
    return await jumps_from(conn, key, figures, before, bounds)


async def periods_before(
    conn: Conn, kode_kab: str, asked: Sequence[tuple[RekapKey, Figures]], bounds: Kewajaran
) -> list[list[tuple[str, str]]]:
    """(element, period) of the comparable periods before each of these rekap of one reporter, in no order."""
    found: list[list[tuple[str, str]]] = [[] for _ in asked]
    each = [
        (place, key, elemen, cumulative)
        for place, (key, figures) in enumerate(asked)
        for elemen, cumulative in figures.kumulatif.items()
    ]
    if not each:
        return found
    periods, _, _ = _statements_for(kode_kab)
    cursor = await conn.execute(
        periods,
        {
            "kab": kode_kab, "tempat": [place for place, _, _, _ in each], "formulir": [key.formulir for _, key, _, _ in each],
            "periode": [key.periode for _, key, _, _ in each], "bulan": [int(Periode.read(key.periode).kind) for _, key, _, _ in each],
            "elemen": [e for _, _, e, _ in each], "kumulatif": [c for _, _, _, c in each], "banyak": bounds.lonjakan_periode,
        },
    )  # fmt: skip
    for place, elemen, periode in await cursor.fetchall():
        found[place].append((elemen, periode))
    return found


async def jumps_from(
    conn: Conn, key: RekapKey, figures: Figures, before: Sequence[tuple[str, str]], bounds: Kewajaran
) -> list[Jump]:
    """The same of one rekap whose periods before are known."""
    if not before:
        return []
    _, far, exact = _statements_for(key.kode_kab)
    by: dict[str, object] = {
        "kab": key.kode_kab, "elemen_lalu": [e for e, _ in before], "periode_lalu": [p for _, p in before],
        "sedikitnya": bounds.lonjakan_sedikitnya, "kali": bounds.lonjakan_kali, "skala": bounds.lonjakan_skala,
        "bagian": bounds.lonjakan_bagian_median, "terkecil": bounds.lonjakan_terkecil, "faktor": bounds.lonjakan_faktor,
    }  # fmt: skip
    places = [i for (i,) in await (await conn.execute(far, by | figures.parameters())).fetchall()]
    if not places:
        return []
    found = conn.cursor(row_factory=class_row(Jump))
    await found.execute(exact, by | figures.some(places).parameters())
    return [replace(j, place=places[j.place - 1]) for j in await found.fetchall()]


def _statements_for(kode_kab: str) -> tuple[str, str, str]:
    return _OF_PROVINSI if level_of(kode_kab) is Level.PROVINSI else _OF_KABUPATEN


_OTHER_FORMS = """
WITH masa AS MATERIALIZED (
  SELECT e.tempat, e.elemen, coalesce(sama.periode, lama.periode) AS periode
  FROM unnest(%(tempat)s::integer[], %(periode)s::text[], %(akhir)s::date[], %(elemen)s::text[], %(formulir)s::text[], %(lama)s::boolean[])
    AS e(tempat, periode, akhir, elemen, formulir, lama)
  LEFT JOIN LATERAL (
    SELECT e.periode WHERE EXISTS (
      SELECT FROM angka a WHERE a.kode_kab = %(kab)s AND a.elemen = e.elemen AND a.periode = e.periode AND a.nilai IS NOT NULL)
  ) sama ON true
  LEFT JOIN LATERAL (
    SELECT r.periode FROM rekap r
    WHERE e.lama AND sama.periode IS NULL AND r.kode_kab = %(kab)s AND r.formulir = e.formulir AND r.revisi_disetujui IS NOT NULL
      AND hub_akhir(r.periode) BETWEEN e.akhir - make_interval(months => %(bulan)s) AND e.akhir
      AND EXISTS (SELECT FROM angka a WHERE a.kode_kab = %(kab)s AND a.elemen = e.elemen AND a.periode = r.periode AND a.nilai IS NOT NULL)
    ORDER BY hub_akhir(r.periode) DESC, hub_bulan(r.periode) LIMIT 1
  ) lama ON true
)
SELECT m.tempat, a.kode_wilayah, a.elemen, a.rincian, a.nilai, a.periode
FROM masa m JOIN angka a ON a.kode_kab = %(kab)s AND a.elemen = m.elemen AND a.periode = m.periode AND a.nilai IS NOT NULL
"""
OtherFigure = tuple[str, str, dict[str, str], Decimal, str]
"""Region, element, breakdown, number, period."""


async def figures_of_other_forms(
    conn: Conn, kode_kab: str, asked: Sequence[tuple[Periode, Sequence[OtherForm]]], months: int
) -> list[list[OtherFigure]]:
    """Approved numbers of a kabupaten, for each period and what is asked of it. Of each element all are of one period: the very one,
    else the newest that ended before it, at most so many months."""
    found: list[list[OtherFigure]] = [[] for _ in asked]
    each = [(place, p, o) for place, (p, wanted) in enumerate(asked) for o in wanted]
    if not each:
        return found
    cursor = await conn.execute(
        _OTHER_FORMS,
        {
            "kab": kode_kab, "bulan": months, "tempat": [place for place, _, _ in each], "periode": [str(p) for _, p, _ in each],
            "akhir": [p.last_day for _, p, _ in each], "elemen": [o.elemen for _, _, o in each],
            "formulir": [o.formulir for _, _, o in each], "lama": [o.earlier for _, _, o in each],
        },
    )  # fmt: skip
    for place, *figure in await cursor.fetchall():
        found[place].append(tuple(figure))
    return found
