"""What the registry of networks (WKSBM) counts for WKS01, WKS02 and WKS03, one row each; the part of `terdaftar_source` that
looks at networks.

WKS01: networks that stand on the period's last day, by the phase they are in then. WKS02: members of those, by kind of PSKS.
WKS03: activities of the whole period, by kind.
"""

from hub.plan.sql_text import Names

# element → its breakdown
ELEMEN_WKSBM = {"WKS01": "fase", "WKS02": "jenis_psks", "WKS03": "kegiatan_wksbm"}

_ELEMEN_LIST = ", ".join(f"'{e}'" for e in ELEMEN_WKSBM)


def wksbm_cte(n: Names, cte_name: str, target: str) -> str:
    """A CTE of that name: `target` (columns written in SQL over the network `r`), periode, kode_desa, ditulis (the day its code
    was written for), elemen, rincian. It reads the CTE `p` (periode, akhir)."""
    # Found by the code asked for, like the regions. A phase holds from its day on; the first one also before. A period's first
    # day is that of the month, quarter, half-year or year that ends with its last.
    return f"""
{cte_name} AS MATERIALIZED (
  SELECT {target}, p.periode, r.kode_desa, least(r.hari_terakhir, r.diubah_pada::date) AS ditulis, x.elemen, x.rincian
  FROM p JOIN wksbm r ON r.kode_kab >= left({n.wilayah}, 5) AND r.kode_kab < left({n.wilayah}, 5) || '/'
    AND {n.elemen} && ARRAY[{_ELEMEN_LIST}]
  CROSS JOIN LATERAL (
    SELECT 'WKS01' AS elemen, jsonb_build_object('fase', (
      SELECT t.tahap FROM tahap_wksbm t WHERE t.kode_kab = r.kode_kab AND t.wksbm = r.id AND (t.sejak <= p.akhir OR t.urut = 1)
      ORDER BY t.urut DESC LIMIT 1)) AS rincian
    WHERE r.sejak <= p.akhir AND r.hari_terakhir >= p.akhir
    UNION ALL SELECT 'WKS02', jsonb_build_object('jenis_psks', a.jenis) FROM anggota_wksbm a
    WHERE a.kode_kab = r.kode_kab AND a.wksbm = r.id AND a.sejak <= p.akhir AND a.hari_terakhir >= p.akhir
      AND r.sejak <= p.akhir AND r.hari_terakhir >= p.akhir
    UNION ALL SELECT 'WKS03', jsonb_build_object('kegiatan_wksbm', g.kegiatan) FROM kegiatan_wksbm g
    WHERE g.kode_kab = r.kode_kab AND g.wksbm = r.id AND g.tanggal <= p.akhir AND g.tanggal >= p.akhir + 1 - make_interval(
      months => CASE WHEN length(p.periode) = 4 THEN 12 WHEN strpos(p.periode, '-S') > 0 THEN 6
        WHEN strpos(p.periode, '-TW') > 0 THEN 3 ELSE 1 END)
  ) x WHERE x.elemen = ANY({n.elemen})
)"""
