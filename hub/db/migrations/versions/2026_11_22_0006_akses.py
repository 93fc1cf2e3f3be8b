"""Roles and row-level security: the last line, below every service.

Four roles without login. The hub's own login is a member of each and takes one on for every request:
  hub_publik     sees approved rows only
  hub_kabupaten  reads and writes the rows of the one code in the setting hub.wilayah
  hub_provinsi   reads all below its code, approves and returns; writes figures of its own statement
  hub_admin      reads everything
Roles belong to the whole server, so going down takes their rights in this database and leaves them standing.
"""

from alembic import op

revision = "0006_akses"
down_revision = "0005_token"

_ACUAN = (
    "wilayah, silsilah, alias_wilayah, batas, formulir, elemen, rincian, aturan, indikator, suku_indikator, "
    "daftar_kode, katalog_riwayat, tenggat, kelengkapan"
)
_ISI = ("rekap_revisi", "rekap_nilai", "rekap_total", "rekap_temuan", "rekap_peristiwa")
_SEMUA = "hub_publik, hub_kabupaten, hub_provinsi, hub_admin"

_PERAN = """
DO $$
DECLARE peran text;
BEGIN
  FOREACH peran IN ARRAY ARRAY['hub_publik', 'hub_kabupaten', 'hub_provinsi', 'hub_admin'] LOOP
    BEGIN
      IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = peran) THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN', peran);
      END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;  -- another database's migration was quicker
    END;
    IF NOT pg_has_role(current_user, peran, 'MEMBER') THEN
      EXECUTE format('GRANT %I TO current_user', peran);
    END IF;
  END LOOP;
END $$;
"""

_FUNGSI = """
-- the code the caller reaches; empty setting: nothing
CREATE FUNCTION hub_wilayah() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('hub.wilayah', true), '');

-- whether the code is the caller's own or lies below it
CREATE FUNCTION hub_di_bawah(kode text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  RETURN kode = hub_wilayah() OR starts_with(kode, hub_wilayah() || '.');

-- whether the caller sees drafts and raw figures of that reporter; the database role decides, not a setting
CREATE FUNCTION hub_jangkau(kode text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  RETURN CASE current_user
    WHEN 'hub_publik' THEN false
    WHEN 'hub_kabupaten' THEN kode = hub_wilayah()
    WHEN 'hub_provinsi' THEN hub_di_bawah(kode)
    ELSE true
  END;

-- the last day of a reporting period: "2020", "2020-S1", "2020-TW3", "2020-07"
CREATE FUNCTION hub_akhir(periode text) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
  RETURN (make_date(left(periode, 4)::int, CASE
      WHEN length(periode) = 4 THEN 12
      WHEN substr(periode, 6, 1) = 'S' THEN 6 * substr(periode, 7)::int
      WHEN substr(periode, 6, 2) = 'TW' THEN 3 * substr(periode, 8)::int
      ELSE substr(periode, 6)::int
    END, 1) + interval '1 month - 1 day')::date;

-- an exact decimal as a JSON number where every reader gets it back exactly (at most 15 digits), else as a string
CREATE FUNCTION hub_desimal(n numeric) RETURNS json LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
  RETURN CASE
    WHEN abs(n) < 1e9 AND scale(trim_scale(n)) <= 6 OR abs(n) < 1e15 AND scale(trim_scale(n)) = 0
    THEN to_json(trim_scale(n)) ELSE to_json(trim_scale(n)::text)
  END;
"""


def upgrade() -> None:
    op.execute(_PERAN)
    op.execute(_FUNGSI)
    op.execute(f"GRANT USAGE ON SCHEMA public TO {_SEMUA}")
    op.execute(f"GRANT SELECT ON {_ACUAN}, rekap, angka, angka_tertulis, {', '.join(_ISI)} TO {_SEMUA}")
    op.execute("GRANT INSERT, UPDATE, DELETE ON kelengkapan TO hub_kabupaten, hub_provinsi")
    op.execute("GRANT INSERT, DELETE ON angka, angka_tertulis TO hub_provinsi")
    op.execute(f"GRANT INSERT ON rekap, {', '.join(_ISI)} TO hub_kabupaten, hub_provinsi")
    op.execute("GRANT UPDATE (status, revisi, tenggat, diajukan_pada, tepat_waktu) ON rekap TO hub_kabupaten")
    op.execute(
        "GRANT UPDATE (status, revisi, revisi_disetujui, tenggat, diajukan_pada, tepat_waktu) ON rekap TO hub_provinsi"
    )
    for tabel in ("rekap", *_ISI, "angka", "angka_tertulis", "kelengkapan"):
        op.execute(f"ALTER TABLE {tabel} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY admin_baca ON {tabel} FOR SELECT TO hub_admin USING (true)")

    op.execute("""
CREATE POLICY publik_baca ON rekap FOR SELECT TO hub_publik USING (revisi_disetujui IS NOT NULL);
CREATE POLICY kabupaten_baca ON rekap FOR SELECT TO hub_kabupaten
  USING (revisi_disetujui IS NOT NULL OR kode_kab = (SELECT hub_wilayah()));
CREATE POLICY kabupaten_tambah ON rekap FOR INSERT TO hub_kabupaten
  WITH CHECK (kode_kab = (SELECT hub_wilayah()) AND status IN ('DRAF', 'DIAJUKAN') AND revisi_disetujui IS NULL);
CREATE POLICY kabupaten_ubah ON rekap FOR UPDATE TO hub_kabupaten
  USING (kode_kab = (SELECT hub_wilayah()) AND status <> 'DISETUJUI')
  WITH CHECK (kode_kab = (SELECT hub_wilayah()) AND status IN ('DRAF', 'DIAJUKAN', 'DIKEMBALIKAN'));
CREATE POLICY provinsi_baca ON rekap FOR SELECT TO hub_provinsi
  USING (revisi_disetujui IS NOT NULL OR hub_di_bawah(kode_kab));
CREATE POLICY provinsi_tambah ON rekap FOR INSERT TO hub_provinsi WITH CHECK (kode_kab = (SELECT hub_wilayah()));
CREATE POLICY provinsi_ubah ON rekap FOR UPDATE TO hub_provinsi
  USING (hub_di_bawah(kode_kab)) WITH CHECK (hub_di_bawah(kode_kab));
""")
    for tabel in _ISI:
        disetujui = (
            f"EXISTS (SELECT 1 FROM rekap r WHERE r.kode_kab = {tabel}.kode_kab AND r.formulir = {tabel}.formulir "
            f"AND r.periode = {tabel}.periode AND r.revisi_disetujui = {tabel}.revisi)"
        )
        # findings and events are talk between the two offices; the public sees the figures
        terbuka = "false" if tabel in ("rekap_temuan", "rekap_peristiwa") else disetujui
        if tabel in ("rekap_nilai", "rekap_total"):
            terbuka = f"publik AND {disetujui}"
        op.execute(f"""
CREATE POLICY publik_baca ON {tabel} FOR SELECT TO hub_publik USING ({terbuka});
CREATE POLICY kabupaten_baca ON {tabel} FOR SELECT TO hub_kabupaten
  USING (kode_kab = (SELECT hub_wilayah()) OR {terbuka});
CREATE POLICY kabupaten_tambah ON {tabel} FOR INSERT TO hub_kabupaten WITH CHECK (kode_kab = (SELECT hub_wilayah()));
CREATE POLICY provinsi_baca ON {tabel} FOR SELECT TO hub_provinsi USING (hub_di_bawah(kode_kab) OR {terbuka});
""")
        siapa = "hub_di_bawah(kode_kab)" if tabel == "rekap_peristiwa" else "kode_kab = (SELECT hub_wilayah())"
        op.execute(f"CREATE POLICY provinsi_tambah ON {tabel} FOR INSERT TO hub_provinsi WITH CHECK ({siapa})")
    for tabel in ("angka", "angka_tertulis"):
        op.execute(f"""
CREATE POLICY publik_baca ON {tabel} FOR SELECT TO hub_publik USING (publik);
CREATE POLICY kabupaten_baca ON {tabel} FOR SELECT TO hub_kabupaten
  USING (publik OR kode_kab = (SELECT hub_wilayah()));
CREATE POLICY provinsi_baca ON {tabel} FOR SELECT TO hub_provinsi USING (publik OR hub_di_bawah(kode_kab));
CREATE POLICY provinsi_tambah ON {tabel} FOR INSERT TO hub_provinsi WITH CHECK (hub_di_bawah(kode_kab));
CREATE POLICY provinsi_hapus ON {tabel} FOR DELETE TO hub_provinsi USING (hub_di_bawah(kode_kab));
""")
    op.execute("""
CREATE POLICY publik_baca ON kelengkapan FOR SELECT TO hub_publik USING (true);
CREATE POLICY kabupaten_baca ON kelengkapan FOR SELECT TO hub_kabupaten USING (true);
CREATE POLICY kabupaten_tulis ON kelengkapan TO hub_kabupaten
  USING (kode_kab = (SELECT hub_wilayah())) WITH CHECK (kode_kab = (SELECT hub_wilayah()));
CREATE POLICY provinsi_baca ON kelengkapan FOR SELECT TO hub_provinsi USING (true);
CREATE POLICY provinsi_tulis ON kelengkapan TO hub_provinsi
  USING (hub_di_bawah(kode_kab)) WITH CHECK (hub_di_bawah(kode_kab));
""")


def downgrade() -> None:
    for tabel in ("rekap", *_ISI, "angka", "angka_tertulis", "kelengkapan"):
        op.execute(f"""
DO $$
DECLARE kebijakan record;
BEGIN
  FOR kebijakan IN SELECT policyname FROM pg_policies WHERE schemaname = 'public' AND tablename = '{tabel}' LOOP
    EXECUTE format('DROP POLICY %I ON {tabel}', kebijakan.policyname);
  END LOOP;
END $$;
ALTER TABLE {tabel} DISABLE ROW LEVEL SECURITY;
""")
    op.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {_SEMUA}")
    op.execute(f"REVOKE USAGE ON SCHEMA public FROM {_SEMUA}")
    op.execute(
        "DROP FUNCTION hub_desimal(numeric), hub_akhir(text), hub_jangkau(text), hub_di_bawah(text), hub_wilayah() CASCADE"
    )
