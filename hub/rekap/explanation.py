"""What a figure is made of, as text of SQL: which revisions of which rekap, and who is missing.

A figure of a period stands on the approved rekap of that very period, else on those of the periods within it, the longest there
are: `put_into_force` makes it so, and here the way is gone back. Of flows all of them count, of stocks the one the kabupaten's
figures were taken from: its figure and the period's own are one and the same, so it is recognised by that, and by figures that the
caller may see. What he may not see is never used to find anything out.
"""

from hub.akses.closed_figures import closed, reached
from hub.angka.counted_regions import is_known
from hub.angka.history import TableNames, expected
from hub.base.kode import Level
from hub.plan.sql_text import Names
from hub.wilayah.first_list import region_day

ADDS_UP = "e.agregasi_wilayah IN ('JUMLAH', 'HITUNG')"


def counted_by_hub(n: Names, level: Level) -> str:
    """Whether the hub counts that element itself, from its list of regions, and not from rekap (as `agregat` has it)."""
    return f"({n.dimensi} = '' AND coalesce(e.registri >= {level:d}, false) OR coalesce({is_known('e.registri', n.dimensi)}, false))"


def units(n: Names, level: Level) -> str:
    """The regions whose stored figures make the one asked for: kabupaten of a province, else the region itself."""
    day = region_day(n.wilayah, last_day(n))
    in_force = f"w.berlaku_sejak <= {day} AND w.hari_terakhir >= {day}"
    if level is Level.PROVINSI:
        return f"""SELECT w.kode_kab, w.kode, w.tingkat FROM wilayah w
  WHERE w.kode_kab > {n.wilayah} || '.' AND w.kode_kab < {n.wilayah} || '/' AND w.tingkat = 2 AND w.kode_induk = {n.wilayah} AND {in_force}"""
    return f"""SELECT w.kode_kab, w.kode, w.tingkat FROM wilayah w
  WHERE w.kode_kab = left({n.wilayah}, 5) AND w.kode = {n.wilayah} AND {in_force}"""


def last_day(n: Names) -> str:
    return f"(CAST({n.akhir} AS date[]))[1]"


def period(n: Names) -> str:
    return f"(CAST({n.periode} AS text[]))[1]"


def element(n: Names) -> str:
    return f"(CAST({n.elemen} AS text[]))[1]"


def _rincian(n: Names) -> str:
    return f"CAST({n.rincian} AS jsonb)" if "rincian" in n else "'{}'::jsonb"


def needed_of_element(n: Names, level: Level) -> str:
    """The stored figures of an element that are added up; none where the hub counts it itself, or it does not add up."""
    sensitivity = "hub_peka(e.kode, x.rincian)" if "rincian" in n else "e.sensitif"
    adds_up = f"AND {ADDS_UP}" if level is Level.PROVINSI else ""
    return f"""SELECT s.kode_kab, s.kode, s.tingkat, e.kode AS elemen, e.formulir, e.agregasi_waktu, CAST({n.dimensi} AS text) AS dimensi, x.rincian,
  NULL::text AS sisi, 1 AS urut, {closed(sensitivity, "s.tingkat", "s.kode_kab")} AS tutup, false AS dari_register
  FROM satuan s JOIN elemen e ON e.kode = {element(n)} CROSS JOIN (SELECT {_rincian(n)} AS rincian) x
  WHERE NOT {counted_by_hub(n, level)} {adds_up}"""


def expected_units(n: Names, level: Level) -> str:
    """Kabupaten that are expected to report an element; none where nobody's rekap makes the figure."""
    adds_up = f"AND {ADDS_UP}" if level is Level.PROVINSI else ""
    return f"""SELECT s.kode_kab FROM ({units(n, level)}) s JOIN elemen e ON e.kode = {element(n)}
  JOIN formulir f ON f.kode = e.formulir
  WHERE {expected(period(n), "f")} = 1 AND NOT {counted_by_hub(n, level)} {adds_up}"""


def parts_of(n: Names, t: TableNames, level: Level, needed: str) -> str:
    """Rows of `asal`: for each needed figure the revisions it was taken from, each with its own figure. A rekap that says nothing
    of it is none of them; what a register counts has a row without a revision. `needed`: a select as `needed_of_element` makes one, of `satuan`."""
    figure = f"""SELECT f.nilai, f.status FROM {t.angka} f WHERE f.kode_kab = p.kode_kab AND f.elemen = p.elemen AND f.tingkat = p.tingkat
      AND f.dimensi = p.dimensi AND f.kode_wilayah = p.kode AND f.rincian = p.rincian AND f.periode ="""
    key = "h.kode_kab = x.kode_kab AND h.formulir = x.formulir AND h.periode = x.periode AND h.revisi_disetujui = x.revisi"
    return f"""
WITH satuan AS ({units(n, level)}),
perlu AS MATERIALIZED ({needed}),
calon AS MATERIALIZED (
  SELECT r.kode_kab, r.formulir, r.periode, r.revisi_disetujui AS revisi, b.mulai, b.selesai
  FROM (SELECT DISTINCT p.kode_kab, p.formulir FROM perlu p) u
  CROSS JOIN LATERAL (
    SELECT * FROM {approved(n)} h WHERE h.kode_kab = u.kode_kab AND h.formulir = u.formulir AND h.periode = ANY({n.bagian}) OFFSET 0) r
  JOIN unnest(CAST({n.bagian} AS text[]), CAST({n.mulai} AS date[]), CAST({n.selesai} AS date[])) AS b(periode, mulai, selesai)
    ON b.periode = r.periode
), daun AS MATERIALIZED (  -- what lies in a longer one with a rekap of its own does not count
  SELECT c.* FROM calon c WHERE NOT EXISTS (
    SELECT FROM calon l WHERE l.kode_kab = c.kode_kab AND l.formulir = c.formulir AND l.periode <> c.periode
      AND l.mulai <= c.mulai AND l.selesai >= c.selesai)
), berisi AS (
  SELECT p.*, d.periode, d.revisi, d.selesai, a.nilai, a.status, row_number() OVER (
    PARTITION BY p.kode_kab, p.kode, p.sisi, p.elemen, p.rincian
    -- of parts that say alike the newest that has a figure anywhere in the kabupaten
    ORDER BY a.nilai IS NOT NULL OR a.status = 'DISUPRESI' OR EXISTS (
      SELECT FROM {t.angka} g WHERE g.kode_kab = p.kode_kab AND g.elemen = p.elemen AND g.periode = d.periode AND g.nilai IS NOT NULL OFFSET 0
    ) DESC, d.selesai DESC) AS ke
  -- each figure looked up by its key: PostgreSQL, expecting one, would read the whole table for a hash
  FROM perlu p CROSS JOIN LATERAL ({figure} {period(n)} OFFSET 0) c
  JOIN daun d ON d.kode_kab = p.kode_kab AND d.formulir = p.formulir
  CROSS JOIN LATERAL ({figure} d.periode OFFSET 0) a
  WHERE NOT p.tutup AND (p.agregasi_waktu = 'JUMLAH' OR a.nilai IS NOT DISTINCT FROM c.nilai AND a.status = c.status)
), semua AS (
  SELECT b.kode_kab, b.kode, b.elemen, b.formulir, b.dimensi, b.rincian, b.sisi, b.urut, b.periode, b.revisi, b.selesai, b.nilai, b.status
  FROM berisi b WHERE b.status <> 'TIDAK_ADA_DATA' AND (b.agregasi_waktu = 'JUMLAH' OR b.ke = 1)
  UNION ALL  -- closed whatever it is: that there is a rekap everybody knows, what it holds nobody learns
  SELECT p.kode_kab, p.kode, p.elemen, p.formulir, p.dimensi, p.rincian, p.sisi, p.urut, d.periode, d.revisi, d.selesai, NULL, 'DISUPRESI'
  FROM perlu p JOIN daun d ON d.kode_kab = p.kode_kab AND d.formulir = p.formulir WHERE p.tutup
  UNION ALL  -- counted from the kabupaten's own register: no rekap stands behind it, and none is missing
  SELECT p.kode_kab, p.kode, p.elemen, p.formulir, p.dimensi, p.rincian, p.sisi, p.urut, NULL, NULL, NULL, NULL, 'ADA'
  FROM perlu p WHERE p.dari_register AND NOT p.tutup
)
SELECT x.*, {last_day(n)} AS acuan, CASE WHEN x.status <> 'DISUPRESI' THEN t.tertulis END AS tertulis,
  (SELECT min(m.sejak) FROM (
    SELECT h.sejak FROM rekap h WHERE {key} UNION ALL SELECT h.sejak FROM rekap_riwayat h WHERE {key}) m) AS disetujui_pada,
  CASE WHEN {reached("x.kode_kab")} THEN hub_sidik_revisi(x.kode_kab, x.formulir, x.periode, x.revisi) END AS sidik
FROM semua x LEFT JOIN LATERAL (
  SELECT s.tertulis FROM {t.angka_tertulis} s WHERE s.kode_kab = x.kode_kab AND s.elemen = x.elemen AND s.periode = x.periode
    AND s.kode_wilayah = x.kode AND s.dimensi = x.dimensi AND s.rincian = x.rincian OFFSET 0
) t ON true
"""


def approved(n: Names) -> str:
    """Approved rekap, as they stood at `pada` where that is given; as what to write after FROM."""
    columns = "kode_kab, formulir, periode, revisi_disetujui"
    if "pada" not in n:
        return f"(SELECT {columns} FROM rekap WHERE revisi_disetujui IS NOT NULL)"
    return (
        f"(SELECT {columns} FROM rekap WHERE revisi_disetujui IS NOT NULL AND sejak <= {n.pada} UNION ALL SELECT {columns} "
        f"FROM rekap_riwayat WHERE revisi_disetujui IS NOT NULL AND sejak <= {n.pada} AND sampai > {n.pada})"
    )
