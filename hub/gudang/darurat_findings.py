"""What `rencanaDarurat` has to say about its own plan: SQL over the parts of darurat_source. One row per finding: urut, kode,
tingkat, pesan, wilayah, elemen, nilai, usulan, lokasi (jsonb list of places: `indeks` counts desa or kebutuhan as sent)."""

from hub.plan.sql_text import Names

_DESA = "jsonb_build_array(jsonb_build_object('indeks', d.urut - 1, 'kolom', 'desa'))"
_TIADA = "'[]'::jsonb"


def _need(urut: str) -> str:
    return f"jsonb_build_array(jsonb_build_object('indeks', {urut} - 1, 'kolom', 'kebutuhan'))"


def _written(angka: str) -> str:
    """As Indonesians write numbers."""
    return f"replace(trim_scale({angka})::text, '.', ',')"


def _km(meter: str) -> str:
    return _written(f"round(({meter} / 1000)::numeric, 1)")


# one number per desa that is needed and missing: closed to the caller, or never approved
def _unknown(apa: str, kode: str, sebutan: str, elemen: str) -> str:
    return f"""
  SELECT 3, d.urut, CASE WHEN d.tutup_{apa} THEN 'ANGKA_TERTUTUP' ELSE '{kode}' END, 'PERINGATAN', CASE WHEN d.tutup_{apa}
      THEN format('Angka %s di %s tertutup bagi Anda: isi {apa}. Kebutuhan per {sebutan} di sana belum terhitung.', {elemen}, d.nama)
      ELSE format('Banyaknya {sebutan} di %s tidak diketahui, tidak ada angka %s yang disetujui: isi {apa}. Kebutuhan per {sebutan} di '
        'sana belum terhitung.', d.nama, {elemen}) END,
    d.kode, {elemen}, NULL, NULL, {_DESA}
  FROM d WHERE d.kode IS NOT NULL AND d.{apa} IS NULL AND EXISTS (SELECT 1 FROM n WHERE n.perlu_{apa})
"""


def _parts(n: Names) -> str:
    return f"""
  SELECT 1, d.urut, 'DESA_TAK_DIKENAL', 'GALAT', format('%s bukan desa atau kelurahan yang berlaku hari ini; tidak ikut dihitung.', d.ditanya),
    d.ditanya, NULL::text, NULL::text, NULL::text, {_DESA}
  FROM d WHERE d.kode IS NULL
  UNION ALL
  SELECT 2, m.urut, 'BARANG_TAK_DIKENAL', 'GALAT', format('Barang "%s" tidak dikenal; barang yang ada: lihat daftarBarang.', m.tulisan),
    NULL, NULL, m.tulisan, NULL, {_need("m.urut")}
  FROM minta m WHERE m.kode IS NULL
  UNION ALL {_unknown("kk", "KK_TAK_DIKETAHUI", "KK", f"CAST({n.elemen_kk} AS text)")}
  UNION ALL {_unknown("orang", "ORANG_TAK_DIKETAHUI", "orang", f"CAST({n.elemen_orang} AS text)")}
  UNION ALL
  SELECT 4, n.urut, 'KEBUTUHAN_TAK_DIKETAHUI', 'PERINGATAN', format('Kebutuhan %s tidak diketahui: banyaknya KK atau orang tidak diketahui '
      'di satu desa pun.', n.nama), NULL, NULL, n.kode, NULL, {_need("n.urut")}
  FROM n WHERE n.butuh IS NULL
  UNION ALL
  SELECT 5, d.urut, 'DESA_TANPA_TITIK', 'PERINGATAN', format('Batas %s dan kabupaten/kotanya belum dimuat: letaknya tidak diketahui dan '
      'tidak ikut menentukan titik tengah.', d.nama), d.kode, NULL, NULL, NULL, {_DESA}
  FROM d WHERE d.kode IS NOT NULL AND d.titik IS NULL
  UNION ALL
  SELECT 6, d.urut, 'TITIK_DARI_ATAS', 'INFO', format('Batas %s belum dimuat; dipakai titik %s.', d.nama, d.dari_nama),
    d.kode, NULL, NULL, NULL, {_DESA}
  FROM d WHERE d.dari_tingkat < 4
  UNION ALL
  SELECT 7, d.urut, 'DESA_BERJAUHAN', 'PERINGATAN', format('%s berjarak %s km dari titik tengah desa-desa ini, lebih jauh daripada jarakKm; '
      'rencanakan tersendiri.', d.nama, {_km("ST_Distance(d.titik::geography, p.pusat)")}),
    d.kode, NULL, {_km("ST_Distance(d.titik::geography, p.pusat)")}, NULL, {_DESA}
  FROM d CROSS JOIN p WHERE d.kode IS NOT NULL AND ST_Distance(d.titik::geography, p.pusat) > {n.meter}
  UNION ALL
  SELECT 8, 0, 'TITIK_TENGAH_TAK_DIKETAHUI', 'PERINGATAN', 'Letak desa-desa ini tidak diketahui: hanya gudang di kabupaten/kota yang '
    'sama yang direncanakan, tanpa jarak.', NULL, NULL, NULL, NULL, {_TIADA}
  FROM p WHERE p.pusat IS NULL
  UNION ALL
  SELECT 9, g.urut, 'GUDANG_TANPA_TITIK', 'PERINGATAN', format('Titik %s tidak diketahui; %s.', s.nama, CASE
      WHEN s.dari_nama IS NOT NULL THEN format('dipakai titik %s', s.dari_nama)
      WHEN g.id IS NOT NULL THEN 'dipakai paling akhir, tanpa jarak' ELSE 'tidak ikut direncanakan' END),
    s.kode_kab, NULL, s.kode_kab || ':' || s.id, NULL, {_TIADA}
  FROM semua s LEFT JOIN g ON g.kode_kab = s.kode_kab AND g.id = s.id
  WHERE s.tanpa_titik AND (g.id IS NOT NULL OR s.dari_nama IS NULL AND left(s.kode_kab, 2) IN (SELECT left(d.kode_kab, 2) FROM d))
  UNION ALL
  SELECT 10, 0, 'TIDAK_ADA_GUDANG', 'PERINGATAN', format('Tidak ada gudang bencana yang hari ini ada dalam %s km.', {_km(n.meter)}),
    NULL, NULL, NULL, NULL, {_TIADA}
  WHERE NOT EXISTS (SELECT 1 FROM g)
  UNION ALL
  SELECT 11, h.urut, 'STOK_KURANG', 'PERINGATAN', format('%s: dibutuhkan %s %s, dalam %s km dapat diambil %s, kurang %s.', h.nama,
      {_written("h.butuh")}, h.satuan, {_km(n.meter)}, {_written("h.terpenuhi")}, {_written("h.butuh - h.terpenuhi")}),
    NULL, NULL, h.kode, trim_scale(h.butuh - h.terpenuhi)::text, {_need("h.urut")}
  FROM hasil h WHERE h.butuh > h.terpenuhi
  UNION ALL
  SELECT 12, a.urut, 'DI_BAWAH_MINIMUM', 'PERINGATAN', format('Sesudah diambil, %s di %s tinggal %s %s, di bawah minimum %s.', a.nama, g.nama,
      {_written("a.layak - a.ambil")}, a.satuan, {_written("a.minimum")}),
    a.kode_kab, NULL, a.kode, NULL, {_TIADA}
  FROM a JOIN g ON g.kode_kab = a.kode_kab AND g.id = a.id WHERE a.ambil > 0 AND a.layak - a.ambil < a.minimum
"""


def findings(n: Names) -> str:
    return f"""
  SELECT row_number() OVER (ORDER BY x.golongan, x.dalam, x.elemen, x.nilai) AS urut, x.kode, x.tingkat, x.pesan, x.wilayah, x.elemen,
    x.nilai, x.usulan, x.lokasi
  FROM ({_parts(n)}) AS x(golongan, dalam, kode, tingkat, pesan, wilayah, elemen, nilai, usulan, lokasi)
"""
