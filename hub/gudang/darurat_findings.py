"""What `rencanaDarurat` finds in its own plan: SQL over the parts of darurat_source. One row per finding: urut, kode, tingkat,
pesan, wilayah, elemen, nilai, usulan, lokasi (jsonb list of places: `indeks` counts desa or kebutuhan as sent).

Each part finds `nama` (a key of SENTENCES) and `isi`, the names and figures for the gaps of its sentence."""

from hub.gudang.darurat_sentences import SENTENCES
from hub.plan.sql_text import Names

_DESA = "jsonb_build_array(jsonb_build_object('indeks', d.urut - 1, 'kolom', 'desa'))"
_NO_PLACES = "'[]'::jsonb"


def findings(n: Names) -> str:
    """`n`: beside the plan's parameters `temuan`, `tingkat` and `kalimat` (text[]), the sentences."""
    return f"""
  SELECT row_number() OVER (ORDER BY x.golongan, x.dalam, x.elemen, x.nilai) AS urut, split_part(x.nama, '.', 1) AS kode, k.tingkat,
    format(k.kalimat, VARIADIC x.isi) AS pesan, x.wilayah, x.elemen, x.nilai, x.usulan, x.lokasi
  FROM ({_found(n)}) AS x(golongan, dalam, nama, isi, wilayah, elemen, nilai, usulan, lokasi)
  LEFT JOIN unnest({n.temuan}, {n.tingkat}, {n.kalimat}) AS k(nama, tingkat, kalimat) ON k.nama = x.nama
"""


def _found(n: Names) -> str:
    return "  UNION ALL".join(
        [_unknown_asked(), _count_missing("kk", n.elemen_kk), _count_missing("orang", n.elemen_orang), _places(n), _stock(n)]
    )  # fmt: skip


def _unknown_asked() -> str:
    return f"""
  SELECT 1, d.urut, {_named("DESA_TAK_DIKENAL")}, ARRAY[d.ditanya], d.ditanya, NULL::text, NULL::text, NULL::text, {_DESA}
  FROM d WHERE d.kode IS NULL
  UNION ALL
  SELECT 2, m.urut, {_named("BARANG_TAK_DIKENAL")}, ARRAY[m.tulisan], NULL, NULL, m.tulisan, NULL, {_need("m.urut")}
  FROM minta m WHERE m.kode IS NULL
  UNION ALL
  SELECT 4, n.urut, {_named("KEBUTUHAN_TAK_DIKETAHUI")}, ARRAY[n.nama], NULL, NULL, n.kode, NULL, {_need("n.urut")}
  FROM n WHERE n.butuh IS NULL
"""


def _count_missing(what: str, elemen: str) -> str:
    """One number per desa that is needed and missing: closed to the caller, or never approved."""
    closed, unknown = _named(f"ANGKA_TERTUTUP.{what}"), _named(f"{what.upper()}_TAK_DIKETAHUI")
    return f"""
  SELECT 3, d.urut, CASE WHEN d.tutup_{what} THEN {closed} ELSE {unknown} END,
    CASE WHEN d.tutup_{what} THEN ARRAY[{elemen}, d.nama] ELSE ARRAY[d.nama, {elemen}] END, d.kode, {elemen}, NULL, NULL, {_DESA}
  FROM d WHERE d.kode IS NOT NULL AND d.{what} IS NULL AND EXISTS (SELECT 1 FROM n WHERE n.perlu_{what})
"""


def _places(n: Names) -> str:
    distance = "ST_Distance(d.titik::geography, p.pusat)"
    return f"""
  SELECT 5, d.urut, {_named("DESA_TANPA_TITIK")}, ARRAY[d.nama], d.kode, NULL, NULL, NULL, {_DESA}
  FROM d WHERE d.kode IS NOT NULL AND d.titik IS NULL
  UNION ALL
  SELECT 6, d.urut, {_named("TITIK_DARI_ATAS")}, ARRAY[d.nama, d.dari_nama], d.kode, NULL, NULL, NULL, {_DESA}
  FROM d WHERE d.dari_tingkat < 4
  UNION ALL
  SELECT 7, d.urut, {_named("DESA_BERJAUHAN")}, ARRAY[d.nama, {_km(distance)}], d.kode, NULL, {_km(distance)}, NULL, {_DESA}
  FROM d CROSS JOIN p WHERE d.kode IS NOT NULL AND {distance} > {n.meter}
  UNION ALL
  SELECT 8, 0, {_named("TITIK_TENGAH_TAK_DIKETAHUI")}, ARRAY[]::text[], NULL, NULL, NULL, NULL, {_NO_PLACES}
  FROM p WHERE p.pusat IS NULL
  UNION ALL
  SELECT 9, g.urut, CASE WHEN s.dari_nama IS NOT NULL THEN {_named("GUDANG_TANPA_TITIK.titik_lain")}
      WHEN g.id IS NOT NULL THEN {_named("GUDANG_TANPA_TITIK.terakhir")} ELSE {_named("GUDANG_TANPA_TITIK.tidak_ikut")} END,
    ARRAY[s.nama, s.dari_nama], s.kode_kab, NULL, s.kode_kab || ':' || s.id, NULL, {_NO_PLACES}
  FROM semua s LEFT JOIN g ON g.kode_kab = s.kode_kab AND g.id = s.id
  WHERE s.tanpa_titik AND (g.id IS NOT NULL OR s.dari_nama IS NULL AND left(s.kode_kab, 2) IN (SELECT left(d.kode_kab, 2) FROM d))
"""


def _stock(n: Names) -> str:
    return f"""
  SELECT 10, 0, {_named("TIDAK_ADA_GUDANG")}, ARRAY[{_km(n.meter)}], NULL, NULL, NULL, NULL, {_NO_PLACES}
  WHERE NOT EXISTS (SELECT 1 FROM g)
  UNION ALL
  SELECT 11, h.urut, {_named("STOK_KURANG")}, ARRAY[h.nama, {_written("h.butuh")}, h.satuan, {_km(n.meter)},
      {_written("h.terpenuhi")}, {_written("h.butuh - h.terpenuhi")}],
    NULL, NULL, h.kode, trim_scale(h.butuh - h.terpenuhi)::text, {_need("h.urut")}
  FROM hasil h WHERE h.butuh > h.terpenuhi
  UNION ALL
  SELECT 12, a.urut, {_named("DI_BAWAH_MINIMUM")},
    ARRAY[a.nama, g.nama, {_written("a.layak - a.ambil")}, a.satuan, {_written("a.minimum")}], a.kode_kab, NULL, a.kode, NULL, {_NO_PLACES}
  FROM a JOIN g ON g.kode_kab = a.kode_kab AND g.id = a.id WHERE a.ambil > 0 AND a.layak - a.ambil < a.minimum
"""


def _named(finding: str) -> str:
    """The finding, which must have its sentence."""
    if finding not in SENTENCES:
        raise KeyError(finding)
    return f"'{finding}'"


def _need(order: str) -> str:
    return f"jsonb_build_array(jsonb_build_object('indeks', {order} - 1, 'kolom', 'kebutuhan'))"


def _written(angka: str) -> str:
    """As Indonesians write numbers."""
    return f"replace(trim_scale({angka})::text, '.', ',')"


def _km(meter: str) -> str:
    return _written(f"round(({meter} / 1000)::numeric, 1)")
