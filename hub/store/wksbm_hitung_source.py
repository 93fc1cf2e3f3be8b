"""What the registry of networks says for the elements WKS01, WKS02 and WKS03, per desa, to stand beside what a rekap says."""

from hub.store.jejaring_source import phase_times_sql

# each element once as a whole and once per choice of its breakdown; `dimensi` and `rincian` as in the table `angka`
_HITUNG = """
WITH masa AS MATERIALIZED (
  SELECT m.* FROM ({masa}) m
  WHERE m.sejak <= {akhir} AND m.hari_terakhir >= {akhir} AND m.mulai <= {akhir} AND m.berikut > {akhir}
), satu AS (
  SELECT kode_kab, kode_desa, 'WKS01' AS elemen, 'fase' AS dimensi, tahap AS pilihan FROM masa
  UNION ALL
  SELECT a.kode_kab, m.kode_desa, 'WKS02', 'jenis_psks', a.jenis
  FROM masa m JOIN anggota_wksbm a ON a.kode_kab = m.kode_kab AND a.wksbm = m.id AND a.sejak <= {akhir} AND a.hari_terakhir >= {akhir}
  UNION ALL
  SELECT g.kode_kab, w.kode_desa, 'WKS03', 'kegiatan_wksbm', g.kegiatan
  FROM wksbm w JOIN kegiatan_wksbm g ON g.kode_kab = w.kode_kab AND g.wksbm = w.id
  WHERE w.kode_desa >= {wilayah} AND w.kode_desa < {wilayah} || '/' AND g.tanggal >= {mulai} AND g.tanggal <= {akhir}
)
SELECT kode_kab, kode_desa AS kode, elemen, CASE WHEN GROUPING(pilihan) = 1 THEN '' ELSE dimensi END AS dimensi,
  CASE WHEN GROUPING(pilihan) = 1 THEN '{{}}'::jsonb ELSE jsonb_build_object(dimensi, pilihan) END AS rincian,
  count(*)::numeric AS nilai
FROM satu GROUP BY GROUPING SETS ((kode_kab, kode_desa, elemen, dimensi), (kode_kab, kode_desa, elemen, dimensi, pilihan))
"""


def wksbm_hitung_sql(wilayah: str, mulai: str, akhir: str) -> str:
    """A SELECT of kode_kab, kode (of the desa), elemen, dimensi, rincian (jsonb), nilai (numeric), for three SQL expressions:
    the region's code (text) and the first and last day of the period (date).

    WKS01: networks that stand on the last day, by phase. WKS02: members of those, by kind of PSKS. WKS03: activities of
    the whole period, by kind. A desa without any has no row: the registry counts nought there.
    """
    return _HITUNG.format(masa=phase_times_sql(wilayah), wilayah=wilayah, mulai=mulai, akhir=akhir)
