"""The row of `rencanaDarurat`: one row that carries the whole plan as jsonb lists, so that it is worked out once however many
of its lists are read.

What desa need, against what warehouses hold, the nearest warehouse first:
- the centre is that of the label points of the desa; a desa without a boundary lends the point of its kecamatan, else of
  its kabupaten. Distances are geodesic (WGS 84), metres, from the centre to the warehouse's own point, else to that of its
  desa. A warehouse nobody can place counts where it stands in the kabupaten of a desa asked about, and comes last.
- what a warehouse can give of some goods is what has not expired, less its minimum where that is to stay. With `sebelum`,
  what nearer warehouses can give, it gives least(what it has, what is still needed): no sum exceeds the need or the stock.
- lots are taken as the ledger takes them: first expiring first, without a day last, then by name and fund.
"""

from typing import Any

from sqlalchemy import Subquery
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from hub.akses.closed_figures import closed
from hub.gudang.darurat_findings import findings
from hub.plan.sql_text import Binds, Names, names, sql_rows


def _in_force(w: str) -> str:
    return f"{w}.berlaku_sejak <= current_date AND {w}.hari_terakhir >= current_date"


def _place(kab: str, kode: str) -> str:
    """The finest label point at hand for a desa (EPSG:4326, lon first), and whose it is."""
    return f"""
  SELECT b.titik, b.tingkat, v.nama FROM batas b
  JOIN wilayah v ON v.kode_kab = b.kode_kab AND v.kode = b.kode AND v.berlaku_sejak = b.wilayah_sejak AND {_in_force("v")}
  WHERE b.kode_kab = {kab} AND b.kode IN ({kode}, left({kode}, 8), {kab}) AND b.sejak <= current_date
    AND (b.sampai IS NULL OR b.sampai > current_date)
  ORDER BY b.tingkat DESC, b.tanggal DESC LIMIT 1
"""


# the approved figure of a desa: of one period, or of the newest that has a number
_ANGKA = (
    "a.kode_kab = w.kode_kab AND a.elemen = e.kode AND a.tingkat = 4 AND a.dimensi = '' AND a.kode_wilayah = w.kode"
)


def _figure_of(periode: str) -> str:
    return f"SELECT a.nilai, a.status, a.periode FROM angka_terbaca a WHERE {_ANGKA} AND a.periode = {periode}"


_NEWEST_ANGKA = f"""SELECT a.nilai, a.status, a.periode FROM rekap r JOIN angka_terbaca a ON a.kode_kab = r.kode_kab AND a.periode = r.periode
  WHERE r.kode_kab = w.kode_kab AND r.formulir = e.formulir AND r.revisi_disetujui IS NOT NULL AND {_ANGKA}
    AND (a.nilai IS NOT NULL OR a.status = 'DISUPRESI')
  ORDER BY hub_akhir(r.periode) DESC, length(r.periode) LIMIT 1"""


def _count(n: Names, elemen: str, written: str) -> str:
    angka = _figure_of(n.periode) if "periode" in n else _NEWEST_ANGKA
    return f"""
  SELECT n.nilai, CASE WHEN n.nilai IS NOT NULL THEN n.periode END AS periode, t.tutup OR coalesce(n.status = 'DISUPRESI', false) AS tutup
  FROM elemen e CROSS JOIN LATERAL (SELECT {closed("e.sensitif", "4", "w.kode_kab")} AS tutup OFFSET 0) t
  LEFT JOIN LATERAL ({angka}) n ON NOT t.tutup
  WHERE e.kode = {elemen} AND {written} IS NULL
"""


def _desa(n: Names) -> str:
    """The desa asked about, with their counts and places; their centre."""
    return f"""d AS MATERIALIZED (
  SELECT m.urut, m.kode AS ditanya, w.kode_kab, w.kode, w.nama, t.titik, t.tingkat AS dari_tingkat, t.nama AS dari_nama,
    coalesce(m.kk, k.nilai) AS kk, coalesce(m.orang, o.nilai) AS orang, k.periode AS periode_kk, o.periode AS periode_orang,
    coalesce(k.tutup, false) AS tutup_kk, coalesce(o.tutup, false) AS tutup_orang
  FROM unnest(CAST({n.desa} AS text[]), CAST({n.kk} AS numeric[]), CAST({n.orang} AS numeric[])) WITH ORDINALITY AS m(kode, kk, orang, urut)
  LEFT JOIN wilayah w ON w.kode_kab = left(m.kode, 5) AND w.kode = m.kode AND w.tingkat = 4 AND {_in_force("w")}
  LEFT JOIN LATERAL ({_place("w.kode_kab", "w.kode")}) t ON true
  LEFT JOIN LATERAL ({_count(n, n.elemen_kk, "m.kk")}) k ON w.kode IS NOT NULL
  LEFT JOIN LATERAL ({_count(n, n.elemen_orang, "m.orang")}) o ON w.kode IS NOT NULL
), p AS MATERIALIZED (
  SELECT ST_Centroid(ST_Collect(titik)::geography) AS pusat FROM d
)"""


def _needs(n: Names) -> str:
    """The goods asked for, and how much of each all desa together need."""
    return f"""minta AS MATERIALIZED (
  SELECT m.*, b.kode, b.urut AS urut_barang, b.nama, b.satuan, b.bulat
  FROM unnest(CAST({n.barang} AS text[]), CAST({n.jumlah} AS numeric[]), CAST({n.per_kk} AS numeric[]), CAST({n.per_orang} AS numeric[]))
    WITH ORDINALITY AS m(tulisan, jumlah, per_kk, per_orang, urut)
  LEFT JOIN barang b ON b.kode = upper(m.tulisan) OR lower(b.nama) = lower(m.tulisan)
), n AS MATERIALIZED (
  SELECT x.urut, x.kode, x.nama, x.satuan, x.perlu_kk, x.perlu_orang, CASE WHEN x.bulat THEN ceil(x.butuh) ELSE x.butuh END AS butuh,
    NOT (x.perlu_kk AND x.tanpa_kk > 0 OR x.perlu_orang AND x.tanpa_orang > 0) AS lengkap
  FROM (
    SELECT min(m.urut) AS urut, m.kode, m.nama, m.satuan, m.bulat, bool_or(m.per_kk IS NOT NULL) AS perlu_kk,
      bool_or(m.per_orang IS NOT NULL) AS perlu_orang, j.tanpa_kk, j.tanpa_orang,
      sum(CASE WHEN coalesce(m.jumlah, m.per_kk * j.kk, m.per_orang * j.orang) IS NOT NULL
        THEN coalesce(m.jumlah, 0) + coalesce(m.per_kk * j.kk, 0) + coalesce(m.per_orang * j.orang, 0) END) AS butuh
    FROM minta m CROSS JOIN (
      SELECT sum(kk) FILTER (WHERE kode IS NOT NULL) AS kk, sum(orang) FILTER (WHERE kode IS NOT NULL) AS orang,
        count(*) FILTER (WHERE kk IS NULL OR kode IS NULL) AS tanpa_kk, count(*) FILTER (WHERE orang IS NULL OR kode IS NULL) AS tanpa_orang
      FROM d
    ) j
    WHERE m.kode IS NOT NULL GROUP BY m.kode, m.nama, m.satuan, m.bulat, j.tanpa_kk, j.tanpa_orang
  ) x
)"""


def _warehouses(n: Names) -> str:
    """Warehouses that stand today, and those within reach in the order they are gone through."""
    return f"""semua AS MATERIALIZED (
  SELECT s.kode_kab, s.id, s.nama, s.titik IS NULL AS tanpa_titik, t.nama AS dari_nama,
    ST_Distance(coalesce(s.titik, t.titik)::geography, p.pusat) AS jarak
  FROM sumber_daya s CROSS JOIN p LEFT JOIN LATERAL ({_place("s.kode_kab", "s.kode_desa")}) t ON s.titik IS NULL
  WHERE s.jenis = 'GUDANG_BENCANA' AND s.sejak <= current_date AND s.hari_terakhir >= current_date
), g AS MATERIALIZED (
  SELECT s.*, row_number() OVER (ORDER BY s.jarak NULLS LAST, s.kode_kab, s.id) AS urut FROM semua s
  WHERE s.jarak <= {n.meter} OR (s.jarak IS NULL AND s.kode_kab IN (SELECT d.kode_kab FROM d))
)"""


def _stock(n: Names) -> str:
    """Their usable lots in the order they are taken, and what each warehouse gives of each of the goods."""
    return f"""l AS MATERIALIZED (
  SELECT g.urut, g.kode_kab, g.id, n.kode, s.sumber_dana, s.lot, s.kedaluwarsa, s.jumlah,
    row_number() OVER lot AS nomor, sum(s.jumlah) OVER lot - s.jumlah AS sebelum
  FROM g JOIN stok s ON s.kode_kab = g.kode_kab AND s.gudang = g.id JOIN n ON n.kode = s.barang
  WHERE s.jumlah > 0 AND (s.kedaluwarsa IS NULL OR s.kedaluwarsa > current_date)
  WINDOW lot AS (PARTITION BY g.urut, n.kode ORDER BY s.kedaluwarsa NULLS LAST, s.lot, s.sumber_dana ROWS UNBOUNDED PRECEDING)
), a AS MATERIALIZED (
  SELECT x.*, n.urut AS urut_barang, n.nama, n.satuan, least(x.bisa, greatest(coalesce(n.butuh, 0) - x.sebelum, 0)) AS ambil
  FROM (
    SELECT y.*, sum(y.bisa) OVER (PARTITION BY y.kode ORDER BY y.urut ROWS UNBOUNDED PRECEDING) - y.bisa AS sebelum
    FROM (
      SELECT z.*, CASE WHEN CAST({n.sisakan} AS boolean) THEN greatest(z.layak - z.minimum, 0) ELSE z.layak END AS bisa
      FROM (
        SELECT l.urut, l.kode_kab, l.id, l.kode, sum(l.jumlah) AS layak, coalesce((
          SELECT t.jumlah FROM stok_minimum t WHERE t.kode_kab = l.kode_kab AND t.gudang = l.id AND t.barang = l.kode
            AND t.sejak <= current_date ORDER BY t.sejak DESC LIMIT 1), 0) AS minimum
        FROM l GROUP BY l.urut, l.kode_kab, l.id, l.kode
      ) z
    ) y
  ) x JOIN n ON n.kode = x.kode
)"""


def _taken() -> str:
    """Where the needs are met, which warehouses are looked at until then, and what they give in all."""
    return """cukup AS (
  SELECT n.kode, min(a.urut) AS urut FROM n JOIN a ON a.kode = n.kode WHERE a.sebelum + a.bisa >= n.butuh GROUP BY n.kode
), dilihat AS MATERIALIZED (
  SELECT g.* FROM g WHERE g.urut <= (
    SELECT max(coalesce(c.urut, (SELECT max(urut) FROM g))) FROM n LEFT JOIN cukup c ON c.kode = n.kode WHERE n.butuh > 0)
), hasil AS MATERIALIZED (
  SELECT n.*, coalesce(sum(a.bisa), 0) AS terjangkau, coalesce(sum(a.ambil), 0) AS terpenuhi
  FROM n LEFT JOIN a ON a.kode = n.kode
  GROUP BY n.urut, n.kode, n.nama, n.satuan, n.perlu_kk, n.perlu_orang, n.butuh, n.lengkap
)"""


def _lists(n: Names) -> str:
    return f"""SELECT (SELECT ST_AsGeoJSON(p.pusat::geometry, 6)::jsonb FROM p) AS pusat,
  (SELECT jsonb_agg(jsonb_build_object('urut', d.urut, 'kode_kab', d.kode_kab, 'kode', d.kode, 'kk', d.kk, 'orang', d.orang,
     'periode_kk', d.periode_kk, 'periode_orang', d.periode_orang, 'titik', ST_AsGeoJSON(d.titik, 6)::jsonb, 'tingkat', d.dari_tingkat,
     'jarak', ST_Distance(d.titik::geography, p.pusat))) FROM d CROSS JOIN p WHERE d.kode IS NOT NULL) AS desa,
  (SELECT jsonb_agg(jsonb_build_object('urut', h.urut, 'kode', h.kode, 'barang', h.nama, 'satuan', h.satuan, 'dibutuhkan', h.butuh,
     'lengkap', h.lengkap, 'terjangkau', h.terjangkau, 'terpenuhi', h.terpenuhi, 'kurang', h.butuh - h.terpenuhi)) FROM hasil h) AS barang,
  (SELECT jsonb_agg(jsonb_build_object('urut', g.urut, 'kode_kab', g.kode_kab, 'id', g.id, 'jarak', g.jarak)) FROM dilihat g) AS gudang,
  (SELECT jsonb_agg(jsonb_build_object('gudang', a.urut, 'urut', a.urut_barang, 'kode', a.kode, 'barang', a.nama, 'satuan', a.satuan,
     'jumlah', a.ambil, 'layak', a.layak, 'sisa', a.layak - a.ambil, 'minimum', a.minimum)) FROM a WHERE a.ambil > 0) AS ambil,
  (SELECT jsonb_agg(jsonb_build_object('gudang', l.urut, 'kode', l.kode, 'nomor', l.nomor, 'sumber_dana', l.sumber_dana, 'lot', l.lot,
     'kedaluwarsa', l.kedaluwarsa, 'jumlah', least(l.jumlah, a.ambil - l.sebelum)))
   FROM l JOIN a ON a.urut = l.urut AND a.kode = l.kode WHERE a.ambil > l.sebelum) AS lot,
  (SELECT jsonb_agg(to_jsonb(f)) FROM ({findings(n)}) f) AS temuan
"""


_COLUMNS: dict[str, TypeEngine[Any]] = {
    k: JSONB() for k in ("pusat", "desa", "barang", "gudang", "ambil", "lot", "temuan")
}


def darurat_source(binds: Binds) -> Subquery:
    """One row: pusat (GeoJSON point, EPSG:4326) and the lists. `binds`: bound parameters desa (text[], codes of desa) with kk and
    orang (numeric[], null: not told), barang (text[], codes or names) with jumlah, per_kk and per_orang (numeric[]), elemen_kk
    and elemen_orang (text), periode (text; left out: the newest), meter (float), sisakan (boolean: the minimum stays); temuan, tingkat and
    kalimat (text[]): findings, how grave each is, and what is said of it (hub.gudang.darurat_sentences)."""
    written = names(binds)
    typed = {
        "meter": "float",
        "elemen_kk": "text",
        "elemen_orang": "text",
        "temuan": "text[]",
        "tingkat": "text[]",
        "kalimat": "text[]",
    }
    n = Names({k: f"CAST({getattr(written, k)} AS {typed[k]})" if k in typed else getattr(written, k) for k in binds})
    ctes = ", ".join([_desa(n), _needs(n), _warehouses(n), _stock(n), _taken()])
    return sql_rows(f"\nWITH {ctes}\n{_lists(n)}", binds, _COLUMNS)
