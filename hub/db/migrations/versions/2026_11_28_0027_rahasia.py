"""Who sees what, in the database: figures closed by sensitivity and by their size, and shelters that are there for nobody else.

Figures. A trigger says of every stored figure whether everybody may see it (`publik`) and, where its size alone closes it,
that it is there (`kecil`); no statement can forget. One function decides (hub_keterbukaan). The views *_terbaca show what a
caller may see: open figures, DISUPRESI for those closed by their size, everything of those whom he reaches.

Shelters. Row-level security hides them, what belongs to them and what leads to them. How many people an institution serves
is a figure of less than a kabupaten (LEM04), so those columns are read through the view sumber_daya_terbaca alone.
"""

from alembic import op

revision = "0027_rahasia"
down_revision = "0026_pindahan"

_SEMUA = "hub_publik, hub_kabupaten, hub_provinsi, hub_admin"

_FUNGSI = """
-- the level of a code: 1 to 4
CREATE FUNCTION hub_tingkat(kode text) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE length(kode) WHEN 2 THEN 1 WHEN 5 THEN 2 WHEN 8 THEN 3 ELSE 4 END::smallint;

-- whether everybody may see figures of that sensitivity at that level: of 3 none, of 2 none below kabupaten
CREATE FUNCTION hub_terbuka(peka integer, tingkat integer) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN peka < 2 OR peka = 2 AND tingkat <= 2;

-- whether a figure is so small that a person may be recognised (k = 5); nought tells of nobody
CREATE FUNCTION hub_kecil(peka integer, nilai numeric) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN peka >= 1 AND nilai > 0 AND nilai < 5;

-- sensitivity of an element told by these choices: its own, or that of what a choice names in a code list. Realised
-- indicators (KIN02) tell the elements they are made of
CREATE FUNCTION hub_peka(kode_elemen text, rincian jsonb) RETURNS integer LANGUAGE sql STABLE PARALLEL SAFE
  RETURN (SELECT greatest(e.sensitif, CASE
    WHEN hub_peka.rincian = '{}' THEN 0
    WHEN e.sensitif >= 1 THEN (
      SELECT max(d.sensitif) FROM jsonb_each_text(hub_peka.rincian) x JOIN daftar_kode d ON d.berlaku AND d.sensitif > e.sensitif
      WHERE CASE WHEN x.key = 'jenis_' || lower(d.daftar) THEN x.value = d.kode ELSE EXISTS (
        SELECT 1 FROM unnest(d.alias || d.nama) n
        WHERE strpos(' ' || regexp_replace(lower(x.value), '[^a-z0-9]+', ' ', 'g') || ' ',
          ' ' || regexp_replace(lower(n), '[^a-z0-9]+', ' ', 'g') || ' ') > 0) END)
    WHEN e.kode = 'KIN02' THEN (
      SELECT max(b.sensitif) FROM elemen b WHERE b.sensitif >= 3 AND (b.kode = hub_peka.rincian->>'indikator' OR b.kode IN (
        SELECT s.elemen FROM suku_indikator s
        WHERE hub_peka.rincian->>'indikator' IN (s.indikator, s.indikator || '.' || s.varian))))
    END) FROM elemen e WHERE e.kode = kode_elemen);

-- 2: everybody may see the figure; 1: its size closes it; 0: nobody learns that it is there
CREATE FUNCTION hub_keterbukaan(kode_elemen text, tingkat integer, rincian jsonb, nilai numeric)
RETURNS integer LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  peka integer;
BEGIN
  SELECT e.sensitif INTO peka FROM elemen e WHERE e.kode = kode_elemen;
  IF peka IS NULL OR NOT hub_terbuka(peka, tingkat) THEN
    RETURN 0;
  END IF;
  IF rincian <> '{}' THEN
    peka := hub_peka(kode_elemen, rincian);
    IF NOT hub_terbuka(peka, tingkat) THEN
      RETURN 0;
    END IF;
  END IF;
  RETURN CASE WHEN hub_kecil(peka, nilai) THEN 1 ELSE 2 END;
END $$;

-- of a stated total, which may be one of several elements added up, and of what it was found to be
CREATE FUNCTION hub_keterbukaan_total(elemen text, kode text, tertulis numeric, dihitung numeric)
RETURNS integer LANGUAGE sql STABLE PARALLEL SAFE
  RETURN (SELECT coalesce(min(hub_keterbukaan(m.bagian[1], hub_tingkat(hub_keterbukaan_total.kode), '{}', n.nilai)), 0)
    FROM regexp_matches(elemen, '[A-Z]+[0-9]+', 'g') AS m(bagian), (VALUES (tertulis), (dihitung)) AS n(nilai));

CREATE FUNCTION hub_angka_terbuka() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  terbuka integer := hub_keterbukaan(NEW.elemen, NEW.tingkat, NEW.rincian, NEW.nilai);
BEGIN
  NEW.publik := terbuka = 2;
  NEW.kecil := terbuka = 1;
  RETURN NEW;
END $$;
CREATE FUNCTION hub_tertulis_terbuka() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.publik := hub_keterbukaan(NEW.elemen, hub_tingkat(NEW.kode_wilayah), NEW.rincian, NEW.tertulis) = 2;
  RETURN NEW;
END $$;
CREATE FUNCTION hub_nilai_terbuka() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.publik := hub_keterbukaan(NEW.elemen, hub_tingkat(NEW.kode_wilayah), NEW.rincian, NEW.nilai) = 2;
  RETURN NEW;
END $$;
CREATE FUNCTION hub_total_terbuka() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.publik := hub_keterbukaan_total(NEW.elemen, NEW.kode_wilayah, NEW.tertulis, NEW.dihitung) = 2;
  RETURN NEW;
END $$;

-- what was recorded stays; who may see it follows the catalogue
CREATE FUNCTION hub_tolak_ubah_isi() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'publik' = to_jsonb(OLD) - 'publik' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'baris % tidak boleh diubah atau dihapus', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
DROP TRIGGER rekap_nilai_tetap ON rekap_nilai;
DROP TRIGGER rekap_total_tetap ON rekap_total;
CREATE TRIGGER rekap_nilai_tetap BEFORE UPDATE OR DELETE ON rekap_nilai FOR EACH ROW EXECUTE FUNCTION hub_tolak_ubah_isi();
CREATE TRIGGER rekap_total_tetap BEFORE UPDATE OR DELETE ON rekap_total FOR EACH ROW EXECUTE FUNCTION hub_tolak_ubah_isi();
"""

_ANGKA = "hub_keterbukaan(elemen, tingkat, rincian, nilai)"
_NILAI = "hub_keterbukaan(elemen, hub_tingkat(kode_wilayah), rincian, nilai)"
_TERTULIS = "hub_keterbukaan(elemen, hub_tingkat(kode_wilayah), rincian, tertulis)"
_TOTAL = "hub_keterbukaan_total(elemen, kode_wilayah, tertulis, dihitung)"
# table → how open a row of it is, and the trigger function that says so when it is written
_BERTANDA = {
    "angka": (_ANGKA, "hub_angka_terbuka"),
    "angka_riwayat": (_ANGKA, ""),
    "angka_tertulis": (_TERTULIS, "hub_tertulis_terbuka"),
    "angka_tertulis_riwayat": (_TERTULIS, ""),
    "rekap_nilai": (_NILAI, "hub_nilai_terbuka"),
    "rekap_total": (_TOTAL, "hub_total_terbuka"),
}
_KOLOM_ANGKA = (
    "kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan, publik, kecil, sejak"
)

# As the owner of the tables: nobody else may write what was.
_RIWAYAT_ANGKA = """
CREATE OR REPLACE FUNCTION hub_angka_diganti() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO angka_riwayat {kolom} SELECT {isi}, hub_saat() FROM lama l WHERE l.sejak < hub_saat();
  RETURN NULL;
END $$;
"""

_TERBACA = """
CREATE VIEW {tabel}_terbaca AS
SELECT kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian,
  CASE WHEN publik OR hub_jangkau(kode_kab) THEN nilai END AS nilai,
  CASE WHEN publik OR hub_jangkau(kode_kab) THEN status ELSE 'DISUPRESI' END AS status, turunan, sejak{sampai}
FROM {tabel} WHERE publik OR kecil OR hub_jangkau(kode_kab);
COMMENT ON VIEW {tabel}_terbaca IS 'figures as the caller may see them; DISUPRESI: there, and so small that it is closed';
GRANT SELECT ON {tabel}_terbaca TO {semua};
"""

# ---------- shelters ----------

_TERTUTUP = ("klien_l", "klien_p", "klien")  # persons served: LEM04, never told of a single institution
_KASUS = ("pengaduan_masuk", "pengaduan_selesai")  # cases: LEM12 and LEM13
_TERLIHAT = {
    "publik": "NOT rahasia",
    "kabupaten": "NOT rahasia OR kode_kab = (SELECT hub_wilayah())",
    "provinsi": "NOT rahasia OR hub_di_bawah(kode_kab)",
    "admin": "true",
}
_MILIK = (
    "EXISTS (SELECT 1 FROM sumber_daya s WHERE s.kode_kab = surat_sumber_daya.kode_kab AND s.id = surat_sumber_daya.id)"
)
_TUJUAN = (
    "macam <> 'SUMBER_DAYA' OR EXISTS (SELECT 1 FROM sumber_daya s WHERE s.kode_kab = tujuan_kab AND s.id = tujuan)"
)
_SUMBER_DAYA = [
    "kode_kab",
    "id",
    "jenis",
    "nama",
    "pemilik",
    "kode_desa",
    "alamat",
    "titik",
    "rahasia",
    "sejak",
    "sampai",
    "hari_terakhir",
    "versi",
    "contoh",
    "sumber",
    "diubah_pada",
    "diubah_oleh",
    "sasaran",
    "daya_tampung",
    "klien_l",
    "klien_p",
    "bidang",
    "ketua",
    "ketua_setuju",
    "cakupan",
    "sekretariat",
    "sumber_dana",
    "tahun",
    "petugas_depan",
    "petugas_belakang",
    "pengelola",
    "pengaduan_masuk",
    "pengaduan_selesai",
    "tingkat_gudang",
    "luas_m2",
    "kapasitas_m3",
    "lumbung",
    "gardu",
    "anggota_l",
    "anggota_p",
    "pengurus_l",
    "pengurus_p",
    "klasifikasi",
    "klien",
    "anggota",
    "pengurus",
]
_REVISI = "kode_kab, formulir, periode, revisi, jenis, dibuat_pada, versi_formulir, surat_nomor, surat_tanggal"


def _terbaca(kolom: str) -> str:
    if kolom in _TERTUTUP:
        return f"CASE WHEN hub_jangkau(kode_kab) THEN {kolom} END AS {kolom}"
    if kolom in _KASUS:
        return (
            f"CASE WHEN NOT coalesce(hub_kecil(1, {kolom}), false) OR hub_jangkau(kode_kab) THEN {kolom} END AS {kolom}"
        )
    return kolom


def _ulang() -> str:
    isi = []
    for tabel, (terbuka, _) in _BERTANDA.items():
        kecil = tabel.startswith("angka") and "tertulis" not in tabel
        beda = f"publik <> ({terbuka} = 2)" + (f" OR kecil <> ({terbuka} = 1)" if kecil else "")
        isi.append(
            f"UPDATE {tabel} SET publik = {terbuka} = 2{f', kecil = {terbuka} = 1' if kecil else ''} WHERE {beda};"
        )
    badan = "\n  ".join(isi)
    return f"""
-- say anew of everything that is stored whether everybody may see it: when the catalogue has changed
CREATE FUNCTION hub_hitung_keterbukaan() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  {badan}
END $$;
REVOKE ALL ON FUNCTION hub_hitung_keterbukaan() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hub_hitung_keterbukaan() TO hub_admin;
SELECT hub_hitung_keterbukaan();
"""


def upgrade() -> None:
    _figures()
    _shelters()


def _figures() -> None:
    op.execute(_FUNGSI)
    for tabel in ("angka", "angka_riwayat"):
        op.execute(f"ALTER TABLE {tabel} ADD COLUMN kecil BOOLEAN DEFAULT false NOT NULL")
    op.execute("ALTER TABLE angka_riwayat ALTER COLUMN kecil DROP DEFAULT")
    op.execute("COMMENT ON COLUMN angka.kecil IS 'its size alone closes it: everybody may know that it is there'")
    isi = ", ".join(f"l.{k}" for k in _KOLOM_ANGKA.split(", "))
    op.execute(_RIWAYAT_ANGKA.format(kolom=f"({_KOLOM_ANGKA}, sampai)", isi=isi))
    for tabel, (_, pemicu) in _BERTANDA.items():
        if pemicu:
            op.execute(f"""
ALTER TABLE {tabel} ALTER COLUMN publik SET DEFAULT false;
COMMENT ON COLUMN {tabel}.publik IS 'everybody may see it';
CREATE TRIGGER {tabel}_terbuka BEFORE INSERT OR UPDATE ON {tabel} FOR EACH ROW EXECUTE FUNCTION {pemicu}();
""")
    op.execute(_ulang())
    op.execute(_TERBACA.format(tabel="angka", sampai="", semua=_SEMUA))
    op.execute(_TERBACA.format(tabel="angka_riwayat", sampai=", sampai", semua=_SEMUA))
    # a hash of what was sent is tried out quickly where little was sent
    op.execute(f"""
REVOKE SELECT ON rekap_revisi FROM hub_publik;
GRANT SELECT ({_REVISI}) ON rekap_revisi TO hub_publik;
CREATE POLICY kabupaten_sendiri ON rekap_revisi AS RESTRICTIVE FOR SELECT TO hub_kabupaten USING (kode_kab = (SELECT hub_wilayah()));
CREATE POLICY provinsi_sendiri ON rekap_revisi AS RESTRICTIVE FOR SELECT TO hub_provinsi USING (hub_di_bawah(kode_kab));
""")


def _shelters() -> None:
    terbuka = ", ".join(k for k in _SUMBER_DAYA if k not in (*_TERTUTUP, *_KASUS))
    op.execute(f"""
DROP POLICY semua_baca ON sumber_daya;
DROP POLICY semua_baca ON surat_sumber_daya;
REVOKE SELECT ON sumber_daya FROM {_SEMUA};
GRANT SELECT ({terbuka}) ON sumber_daya TO {_SEMUA};
CREATE POLICY tempat_terlihat ON surat_sumber_daya FOR SELECT TO {_SEMUA} USING ({_MILIK});
CREATE VIEW sumber_daya_terbaca WITH (security_barrier) AS
SELECT {", ".join(map(_terbaca, _SUMBER_DAYA))}
FROM sumber_daya WHERE NOT rahasia OR hub_jangkau(kode_kab);
COMMENT ON VIEW sumber_daya_terbaca IS 'social resources as the caller may see them, with what single institutions count';
GRANT SELECT ON sumber_daya_terbaca TO {_SEMUA};
-- it goes along links between networks, which everybody may read; so it need not ask of each whether it leads to a shelter
ALTER FUNCTION hub_jangkauan_wksbm(uuid, integer, date) SECURITY DEFINER SET search_path = public, pg_temp;
""")
    for peran, syarat in _TERLIHAT.items():
        op.execute(f"CREATE POLICY {peran}_baca ON sumber_daya FOR SELECT TO hub_{peran} USING ({syarat})")
    for tabel in ("hubungan_wksbm", "hubungan_wksbm_riwayat"):
        op.execute(f"CREATE POLICY tujuan_terlihat ON {tabel} AS RESTRICTIVE FOR SELECT TO {_SEMUA} USING ({_TUJUAN})")


def downgrade() -> None:
    op.execute(f"""
DROP POLICY tujuan_terlihat ON hubungan_wksbm;
DROP POLICY tujuan_terlihat ON hubungan_wksbm_riwayat;
ALTER FUNCTION hub_jangkauan_wksbm(uuid, integer, date) SECURITY INVOKER;
ALTER FUNCTION hub_jangkauan_wksbm(uuid, integer, date) RESET ALL;
DROP VIEW sumber_daya_terbaca;
DROP POLICY tempat_terlihat ON surat_sumber_daya;
{" ".join(f"DROP POLICY {p}_baca ON sumber_daya;" for p in _TERLIHAT)}
REVOKE SELECT ({", ".join(_SUMBER_DAYA)}) ON sumber_daya FROM {_SEMUA};
GRANT SELECT ON sumber_daya TO {_SEMUA};
CREATE POLICY semua_baca ON sumber_daya FOR SELECT TO {_SEMUA} USING (true);
CREATE POLICY semua_baca ON surat_sumber_daya FOR SELECT TO {_SEMUA} USING (true);
DROP POLICY kabupaten_sendiri ON rekap_revisi;
DROP POLICY provinsi_sendiri ON rekap_revisi;
REVOKE SELECT ({_REVISI}) ON rekap_revisi FROM hub_publik;
GRANT SELECT ON rekap_revisi TO hub_publik;
DROP VIEW angka_terbaca, angka_riwayat_terbaca;
DROP FUNCTION hub_hitung_keterbukaan();
""")
    for tabel, (_, pemicu) in _BERTANDA.items():
        if pemicu:
            op.execute(f"DROP TRIGGER {tabel}_terbuka ON {tabel}; ALTER TABLE {tabel} ALTER COLUMN publik DROP DEFAULT")
            op.execute(f"DROP FUNCTION {pemicu}()")
    op.execute(_RIWAYAT_ANGKA.format(kolom="", isi="l.*"))
    op.execute("""
COMMENT ON COLUMN angka.publik IS 'the element''s sensitivity lets everybody see this level';
COMMENT ON COLUMN rekap_nilai.publik IS 'the element''s sensitivity lets everybody see this level';
COMMENT ON COLUMN angka_tertulis.publik IS NULL;
COMMENT ON COLUMN rekap_total.publik IS NULL;
ALTER TABLE angka DROP COLUMN kecil;
ALTER TABLE angka_riwayat DROP COLUMN kecil;
DROP TRIGGER rekap_nilai_tetap ON rekap_nilai;
DROP TRIGGER rekap_total_tetap ON rekap_total;
CREATE TRIGGER rekap_nilai_tetap BEFORE UPDATE OR DELETE ON rekap_nilai FOR EACH ROW EXECUTE FUNCTION hub_tolak_ubah();
CREATE TRIGGER rekap_total_tetap BEFORE UPDATE OR DELETE ON rekap_total FOR EACH ROW EXECUTE FUNCTION hub_tolak_ubah();
DROP FUNCTION hub_tolak_ubah_isi();
DROP FUNCTION hub_keterbukaan_total(text, text, numeric, numeric);
DROP FUNCTION hub_keterbukaan(text, integer, jsonb, numeric);
DROP FUNCTION hub_peka(text, jsonb), hub_kecil(integer, numeric), hub_terbuka(integer, integer), hub_tingkat(text);
UPDATE angka a SET publik = e.sensitif < 2 OR a.tingkat <= CASE e.sensitif WHEN 2 THEN 3 ELSE 2 END FROM elemen e WHERE e.kode = a.elemen;
""")
