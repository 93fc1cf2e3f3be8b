"""What a rekap says beside its figures, and who wrote something, for those who answer for it alone.

Stated totals: a total less its open parts is the closed one, so they are read by the reporter's office and its province, of
no revision by others. Findings and events were theirs already.

Names on tokens may be those of persons. Where a table is read by everybody and no answer shows who wrote a row, that column is read
by the hub's own work alone.
"""

from alembic import op

revision = "0041_rekap_publik"
down_revision = "0040_apbn"

_SEMUA = "hub_publik, hub_kabupaten, hub_provinsi, hub_admin"
_KAB = "kode_kab = (SELECT hub_wilayah())"
_PROV = "hub_di_bawah(kode_kab, (SELECT hub_wilayah()))"
_DISETUJUI = """publik AND EXISTS (SELECT 1 FROM rekap r WHERE r.kode_kab = rekap_total.kode_kab
  AND r.formulir = rekap_total.formulir AND r.periode = rekap_total.periode AND r.revisi_disetujui = rekap_total.revisi)"""
_DAHULU = """publik AND EXISTS (SELECT 1 FROM rekap_riwayat r WHERE r.kode_kab = rekap_total.kode_kab
  AND r.formulir = rekap_total.formulir AND r.periode = rekap_total.periode AND r.revisi_disetujui = rekap_total.revisi)"""

# table → who wrote its rows
_PENULIS = {
    "sasaran_kinerja": "oleh",
    "sasaran_kinerja_riwayat": "oleh",
    "skala_kinerja": "oleh",
    "skala_kinerja_riwayat": "oleh",
    "stok_minimum": "diubah_oleh",
    "tahap_wksbm": "dicatat_oleh",
}

# the columns as they are now: a column without SELECT is one that every later column would have to be granted beside
_TANPA = """
DO $$
DECLARE
  kolom text;
BEGIN
  SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO kolom FROM pg_attribute
    WHERE attrelid = '{tabel}'::regclass AND attnum > 0 AND NOT attisdropped AND attname <> '{penulis}';
  REVOKE SELECT ON {tabel} FROM {semua};
  EXECUTE format('GRANT SELECT (%s) ON {tabel} TO {semua}', kolom);
END $$;
"""

# the version of a place says who wrote it to whoever answers for the place
_VERSI = """
DO $$
DECLARE
  v record;
BEGIN
  FOR v IN SELECT c.oid, coalesce(' WITH (' || array_to_string(c.reloptions, ', ') || ')', '') AS pilihan
    FROM pg_class c WHERE c.oid = 'sumber_daya_terbaca'::regclass
  LOOP
    EXECUTE 'CREATE OR REPLACE VIEW sumber_daya_terbaca' || v.pilihan || ' AS ' || regexp_replace(pg_get_viewdef(v.oid), {dari}, {ke});
  END LOOP;
END $$;
"""
_TERBUKA = r"'\n\s*([a-z_.]*diubah_oleh),'"
_TERTUTUP = r"' CASE WHEN hub_jangkau(kode_kab, (SELECT hub_lingkup())) THEN \1 END AS diubah_oleh,'"

_LAMA = r"""
DO $$
DECLARE
  v record;
BEGIN
  FOR v IN SELECT c.oid, coalesce(' WITH (' || array_to_string(c.reloptions, ', ') || ')', '') AS pilihan
    FROM pg_class c WHERE c.oid = 'sumber_daya_terbaca'::regclass
  LOOP
    EXECUTE 'CREATE OR REPLACE VIEW sumber_daya_terbaca' || v.pilihan || ' AS '
      || regexp_replace(pg_get_viewdef(v.oid), 'CASE\s+WHEN hub_jangkau\([^)]*hub_lingkup\(\)[^)]*\)\) THEN ([a-z_.]*diubah_oleh)\s+ELSE NULL::text\s+END AS', '\1 AS');
  END LOOP;
END $$;
"""


def upgrade() -> None:
    op.execute(f"""
ALTER POLICY publik_baca ON rekap_total USING (false);
ALTER POLICY kabupaten_baca ON rekap_total USING ({_KAB});
ALTER POLICY provinsi_baca ON rekap_total USING ({_PROV});
DROP POLICY publik_baca_dahulu ON rekap_total;
DROP POLICY kabupaten_baca_dahulu ON rekap_total;
DROP POLICY provinsi_baca_dahulu ON rekap_total;
""")
    for tabel, penulis in _PENULIS.items():
        op.execute(_TANPA.format(tabel=tabel, penulis=penulis, semua=_SEMUA))
    op.execute(_VERSI.format(dari=_TERBUKA, ke=_TERTUTUP))
    op.execute(f"REVOKE SELECT (diubah_oleh) ON sumber_daya FROM {_SEMUA}")


def downgrade() -> None:
    op.execute(f"GRANT SELECT (diubah_oleh) ON sumber_daya TO {_SEMUA}")
    op.execute(_LAMA)
    for tabel in _PENULIS:
        # takes back the rights of single columns as well
        op.execute(f"REVOKE SELECT ON {tabel} FROM {_SEMUA}; GRANT SELECT ON {tabel} TO {_SEMUA}")
    op.execute(f"""
ALTER POLICY publik_baca ON rekap_total USING ({_DISETUJUI});
ALTER POLICY kabupaten_baca ON rekap_total USING ({_KAB} OR {_DISETUJUI});
ALTER POLICY provinsi_baca ON rekap_total USING ({_PROV} OR {_DISETUJUI});
CREATE POLICY publik_baca_dahulu ON rekap_total FOR SELECT TO hub_publik USING ({_DAHULU});
CREATE POLICY kabupaten_baca_dahulu ON rekap_total FOR SELECT TO hub_kabupaten USING ({_DAHULU});
CREATE POLICY provinsi_baca_dahulu ON rekap_total FOR SELECT TO hub_provinsi USING ({_DAHULU});
""")
