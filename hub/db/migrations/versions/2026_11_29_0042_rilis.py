"""What everybody may see is a table of its own, with its history: figures, stated totals, totals of provinces.

Elements of sensitivity 0 are copied by triggers, so that no statement can forget; of all others nothing is there until somebody
decides it (hub/rilis). What this hub had shown until now was released: it stands there as it was seen.

The public reads names of the schema `publik`, which its connections look through first: the same statement reads released rows
for it and, for an officer, raw rows of whom he reaches and released ones of all others. Raw figures are for whoever reaches the
office; the public has no right on them.
"""

from alembic import op

revision = "0042_rilis"
down_revision = "0041_rekap_publik"

_SEMUA = "hub_publik, hub_kabupaten, hub_provinsi, hub_admin"
_KUNCI = "kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian"
_ISI = f"{_KUNCI}, nilai, status, turunan"
_KUNCI_TERTULIS = "kode_kab, elemen, periode, kode_wilayah, dimensi, rincian"
_ISI_TERTULIS = f"{_KUNCI_TERTULIS}, tertulis"
_KAB = "kode_kab = (SELECT hub_wilayah())"
_PROV = "hub_di_bawah(kode_kab, (SELECT hub_wilayah()))"
_JANGKAU = "hub_jangkau(kode_kab, (SELECT hub_lingkup()))"


def _of(alias: str, columns: str) -> str:
    return ", ".join(f"{alias}.{c}" for c in columns.split(", "))


_TABEL = """
CREATE TABLE angka_rilis (
  kode_kab TEXT COLLATE "C" NOT NULL,
  elemen TEXT COLLATE "C" NOT NULL,
  periode TEXT COLLATE "C" NOT NULL,
  tingkat SMALLINT NOT NULL,
  dimensi TEXT COLLATE "C" NOT NULL,
  kode_wilayah TEXT COLLATE "C" NOT NULL,
  rincian JSONB NOT NULL,
  nilai NUMERIC,
  status TEXT NOT NULL,
  turunan BOOLEAN NOT NULL,
  kelengkapan INTEGER[],
  terisi INTEGER,
  sejak TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT hub_saat(),
  CONSTRAINT angka_rilis_pkey PRIMARY KEY (kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian)
);
COMMENT ON COLUMN angka_rilis.kode_kab IS 'the reporter; of totals of a province the province';
COMMENT ON COLUMN angka_rilis.tingkat IS 'level of kode_wilayah: 1 to 4';
COMMENT ON COLUMN angka_rilis.kelengkapan IS 'of a province: offices expected, received, approved, in time, as they were in this total';
COMMENT ON COLUMN angka_rilis.terisi IS 'of a province: how many kabupaten carry a figure in this total';
COMMENT ON COLUMN angka_rilis.sejak IS 'when this row came to hold';
COMMENT ON COLUMN angka_rilis.turunan IS 'made of finer periods';
CREATE INDEX angka_rilis_kabupaten_idx ON angka_rilis (kode_kab, elemen, periode, dimensi) WHERE tingkat = 2;
CREATE INDEX angka_rilis_wilayah_idx ON angka_rilis (kode_kab, periode, kode_wilayah) WHERE dimensi = '' AND tingkat = 4;
CREATE TABLE angka_tertulis_rilis (
  kode_kab TEXT COLLATE "C" NOT NULL,
  elemen TEXT COLLATE "C" NOT NULL,
  periode TEXT COLLATE "C" NOT NULL,
  kode_wilayah TEXT COLLATE "C" NOT NULL,
  dimensi TEXT COLLATE "C" NOT NULL,
  rincian JSONB NOT NULL,
  tertulis NUMERIC NOT NULL,
  sejak TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT hub_saat(),
  CONSTRAINT angka_tertulis_rilis_pkey PRIMARY KEY (kode_kab, elemen, periode, kode_wilayah, dimensi, rincian)
);
COMMENT ON COLUMN angka_tertulis_rilis.kode_kab IS 'the reporter: kabupaten, or province for its statement';
COMMENT ON COLUMN angka_tertulis_rilis.sejak IS 'when this row came to hold';
CREATE TABLE rilis_kantor (
  kode_kab TEXT COLLATE "C" NOT NULL,
  elemen TEXT COLLATE "C" NOT NULL,
  periode TEXT COLLATE "C" NOT NULL,
  versi INTEGER NOT NULL,
  isi JSONB NOT NULL,
  keperluan JSONB NOT NULL,
  ruang JSONB NOT NULL,
  jalur TEXT[] COLLATE "C" NOT NULL,
  terancam INTEGER NOT NULL,
  sejak TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT hub_saat(),
  CONSTRAINT rilis_kantor_pkey PRIMARY KEY (kode_kab, elemen, periode, versi)
);
COMMENT ON TABLE rilis_kantor IS 'every version of an element that an office showed for a period, with what it hid: for the next decision, never shown';
COMMENT ON COLUMN rilis_kantor.versi IS 'counted from 0';
COMMENT ON COLUMN rilis_kantor.isi IS 'figures: [region, choices, value, sensitivity, hidden]';
COMMENT ON COLUMN rilis_kantor.keperluan IS 'what totals of the province must let the office''s own figures be: [vector, times]';
COMMENT ON COLUMN rilis_kantor.ruang IS 'how far its hidden own figures go down for others: [choices, down, versions]';
COMMENT ON COLUMN rilis_kantor.jalur IS 'regions below the office on which it does so';
COMMENT ON COLUMN rilis_kantor.terancam IS 'figures for which no proof was found: the total above is not shown';
COMMENT ON COLUMN rilis_kantor.sejak IS 'when this row came to hold';
CREATE TABLE rilis_total (
  kode_kab TEXT COLLATE "C" NOT NULL,
  elemen TEXT COLLATE "C" NOT NULL,
  periode TEXT COLLATE "C" NOT NULL,
  rincian JSONB NOT NULL,
  versi INTEGER NOT NULL,
  nilai NUMERIC NOT NULL,
  bagian JSONB NOT NULL,
  sejak TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT hub_saat(),
  CONSTRAINT rilis_total_pkey PRIMARY KEY (kode_kab, elemen, periode, rincian, versi)
);
COMMENT ON TABLE rilis_total IS 'every version of a total of a province that was ever open';
COMMENT ON COLUMN rilis_total.kode_kab IS 'the province';
COMMENT ON COLUMN rilis_total.versi IS 'counted from 0';
COMMENT ON COLUMN rilis_total.bagian IS 'kabupaten → its version in this sum';
COMMENT ON COLUMN rilis_total.sejak IS 'when this row came to hold';
CREATE TABLE rilis_tunggu (
  kode_kab TEXT COLLATE "C" NOT NULL,
  elemen TEXT COLLATE "C" NOT NULL,
  periode TEXT COLLATE "C" NOT NULL,
  rincian JSONB NOT NULL,
  sebab TEXT NOT NULL,
  sejak TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT hub_saat(),
  CONSTRAINT rilis_tunggu_pkey PRIMARY KEY (kode_kab, elemen, periode, rincian)
);
COMMENT ON TABLE rilis_tunggu IS 'what is not shown yet: a total of a province, a revision of an office';
COMMENT ON COLUMN rilis_tunggu.kode_kab IS 'the province, or the office whose revision waits';
COMMENT ON COLUMN rilis_tunggu.sebab IS 'TOTAL, KECIL, REVISI';
COMMENT ON COLUMN rilis_tunggu.sejak IS 'when this row came to hold';
CREATE TABLE ambang_rilis (
  kode_kab TEXT COLLATE "C" NOT NULL,
  k1 INTEGER NOT NULL,
  k2 INTEGER NOT NULL,
  k3 INTEGER NOT NULL,
  sejak TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT hub_saat(),
  CONSTRAINT ambang_rilis_pkey PRIMARY KEY (kode_kab, sejak),
  CONSTRAINT ambang_rilis_ambang_check CHECK (k1 BETWEEN 3 AND 100 AND k2 BETWEEN 3 AND 100 AND k3 BETWEEN 3 AND 100)
);
COMMENT ON TABLE ambang_rilis IS 'how small a count a province hides: the newest row counts';
COMMENT ON COLUMN ambang_rilis.kode_kab IS 'the province';
COMMENT ON COLUMN ambang_rilis.k1 IS 'of sensitivity 1; k2, k3 alike';
COMMENT ON COLUMN ambang_rilis.sejak IS 'when this row came to hold';
CREATE TABLE rilis_tarik (
  kode_kab TEXT COLLATE "C" NOT NULL,
  elemen TEXT COLLATE "C" NOT NULL,
  periode TEXT COLLATE "C" NOT NULL,
  alasan TEXT NOT NULL,
  sejak TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT hub_saat(),
  CONSTRAINT rilis_tarik_pkey PRIMARY KEY (kode_kab, elemen, periode)
);
COMMENT ON TABLE rilis_tarik IS 'what was withdrawn: all versions of it answer DISUPRESI';
COMMENT ON COLUMN rilis_tarik.kode_kab IS 'the province or the office';
COMMENT ON COLUMN rilis_tarik.sejak IS 'when this row came to hold';
"""
_BARU = ("angka_rilis", "angka_tertulis_rilis", "rilis_kantor", "rilis_total", "rilis_tunggu", "ambang_rilis", "rilis_tarik")  # fmt: skip

_RIWAYAT = """
CREATE TABLE {tabel}_riwayat (LIKE {tabel}, sampai TIMESTAMP WITH TIME ZONE NOT NULL);
ALTER TABLE {tabel}_riwayat ADD CONSTRAINT {tabel}_riwayat_pkey PRIMARY KEY ({kunci}, sejak);
COMMENT ON COLUMN {tabel}_riwayat.sampai IS 'when it was replaced';
CREATE FUNCTION hub_{tabel}_diganti() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO {tabel}_riwayat SELECT l.*, hub_saat() FROM lama l WHERE l.sejak < hub_saat();
  RETURN NULL;
END $$;
CREATE TRIGGER {tabel}_diganti AFTER DELETE ON {tabel} REFERENCING OLD TABLE AS lama
  FOR EACH STATEMENT EXECUTE FUNCTION hub_{tabel}_diganti();
"""

# of sensitivity 0, but for what tells of others: money of counted families, results made of other figures
_TERBUKA = "e.sensitif = 0 AND e.kode NOT IN ('BAN02', 'BAN04', 'KIN02') AND hub_peka(e.kode, {b}.rincian) = 0"
_SALIN = """
CREATE FUNCTION hub_{tabel}_disalin() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM {tabel}_rilis r USING lama l JOIN elemen e ON e.kode = l.elemen
    WHERE ({kunci_r}) = ({kunci_l}) AND {terbuka_l};
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO {tabel}_rilis ({isi}) SELECT {isi_b} FROM baru b JOIN elemen e ON e.kode = b.elemen WHERE {terbuka_b};
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER {tabel}_disalin_tambah AFTER INSERT ON {tabel} REFERENCING NEW TABLE AS baru
  FOR EACH STATEMENT EXECUTE FUNCTION hub_{tabel}_disalin();
CREATE TRIGGER {tabel}_disalin_hapus AFTER DELETE ON {tabel} REFERENCING OLD TABLE AS lama
  FOR EACH STATEMENT EXECUTE FUNCTION hub_{tabel}_disalin();
CREATE TRIGGER {tabel}_disalin_ubah AFTER UPDATE ON {tabel} REFERENCING OLD TABLE AS lama NEW TABLE AS baru
  FOR EACH STATEMENT EXECUTE FUNCTION hub_{tabel}_disalin();
"""

# Released rows are everybody's to read. They are written with the approval, by the province that approves; totals and all that
# is put right later by the hub's own work.
_HAK = (
    f"""
ALTER TABLE angka_rilis ENABLE ROW LEVEL SECURITY;
ALTER TABLE angka_tertulis_rilis ENABLE ROW LEVEL SECURITY;
ALTER TABLE rilis_kantor ENABLE ROW LEVEL SECURITY;
ALTER TABLE rilis_total ENABLE ROW LEVEL SECURITY;
ALTER TABLE rilis_tunggu ENABLE ROW LEVEL SECURITY;
ALTER TABLE ambang_rilis ENABLE ROW LEVEL SECURITY;
ALTER TABLE rilis_tarik ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON angka_rilis, angka_rilis_riwayat, angka_tertulis_rilis, angka_tertulis_rilis_riwayat TO {_SEMUA}, hub_terbaca;
ALTER TABLE angka_rilis_riwayat ENABLE ROW LEVEL SECURITY;
ALTER TABLE angka_tertulis_rilis_riwayat ENABLE ROW LEVEL SECURITY;
"""
    + "".join(
        f"""
CREATE POLICY semua_baca ON {t} FOR SELECT TO {_SEMUA} USING (true);
CREATE POLICY terbaca ON {t} FOR SELECT TO hub_terbaca USING (NOT {_JANGKAU});
"""
        for t in ("angka_rilis", "angka_rilis_riwayat", "angka_tertulis_rilis", "angka_tertulis_rilis_riwayat")
    )
    + f"""
GRANT INSERT ({_ISI}), DELETE ON angka_rilis TO hub_provinsi;
GRANT INSERT ({_ISI_TERTULIS}), DELETE ON angka_tertulis_rilis TO hub_provinsi;
GRANT SELECT, INSERT (kode_kab, elemen, periode, versi, isi, keperluan, ruang, jalur, terancam) ON rilis_kantor TO hub_provinsi;
GRANT SELECT, INSERT (kode_kab, elemen, periode, rincian, sebab), DELETE ON rilis_tunggu TO hub_provinsi;
GRANT SELECT ON rilis_total, ambang_rilis, rilis_tarik TO hub_provinsi;
CREATE POLICY provinsi_baca ON rilis_kantor FOR SELECT TO hub_provinsi USING ({_PROV});
CREATE POLICY provinsi_baca ON rilis_tunggu FOR SELECT TO hub_provinsi USING ({_PROV});
CREATE POLICY provinsi_baca ON rilis_total FOR SELECT TO hub_provinsi USING ({_PROV});
CREATE POLICY provinsi_baca ON ambang_rilis FOR SELECT TO hub_provinsi USING ({_PROV});
CREATE POLICY provinsi_baca ON rilis_tarik FOR SELECT TO hub_provinsi USING ({_PROV});
CREATE POLICY provinsi_tambah ON angka_rilis FOR INSERT TO hub_provinsi WITH CHECK ({_PROV});
CREATE POLICY provinsi_hapus ON angka_rilis FOR DELETE TO hub_provinsi USING ({_PROV});
CREATE POLICY provinsi_tambah ON angka_tertulis_rilis FOR INSERT TO hub_provinsi WITH CHECK ({_PROV});
CREATE POLICY provinsi_hapus ON angka_tertulis_rilis FOR DELETE TO hub_provinsi USING ({_PROV});
CREATE POLICY provinsi_tambah ON rilis_kantor FOR INSERT TO hub_provinsi WITH CHECK ({_PROV});
CREATE POLICY provinsi_tambah ON rilis_tunggu FOR INSERT TO hub_provinsi WITH CHECK ({_PROV});
CREATE POLICY provinsi_hapus ON rilis_tunggu FOR DELETE TO hub_provinsi USING ({_PROV});
GRANT SELECT, INSERT, UPDATE, DELETE ON {", ".join(_BARU)} TO hub_sistem;
GRANT UPDATE, DELETE ON angka_rilis_riwayat, angka_tertulis_rilis_riwayat TO hub_sistem;
GRANT USAGE ON SCHEMA public TO hub_terbaca;
"""
    + "".join(
        f"""
GRANT SELECT ON {t} TO hub_sistem;
CREATE POLICY sistem ON {t} TO hub_sistem USING ((SELECT hub_klaim_sah())) WITH CHECK ((SELECT hub_klaim_sah()));
"""
        for t in ("rilis_kantor", "rilis_total", "rilis_tunggu", "ambang_rilis", "rilis_tarik")
    )
)

_SUMBER = {
    "angka": _ISI + ", sejak",
    "angka_riwayat": _ISI + ", sejak, sampai",
    "angka_tertulis": _ISI_TERTULIS + ", sejak",
    "angka_tertulis_riwayat": _ISI_TERTULIS + ", sejak, sampai",
}
_SEL = "kode_kab, formulir, periode, revisi, elemen, kode_wilayah, rincian, nilai, status"
# Of the revision that counts, and of those that did, as they were last shown: the cells that were released; what was reported too
# finely to be shown is not there
_SEL_RILIS = """
CREATE VIEW publik.rekap_nilai_terbaca AS
SELECT n.kode_kab, n.formulir, n.periode, n.revisi, n.elemen, n.kode_wilayah, n.rincian, a.nilai, a.status
FROM public.rekap r
JOIN public.rekap_nilai n ON n.kode_kab = r.kode_kab AND n.formulir = r.formulir AND n.periode = r.periode AND n.revisi = r.revisi_disetujui
JOIN public.angka_rilis a ON a.kode_kab = n.kode_kab AND a.elemen = n.elemen AND a.periode = n.periode
  AND a.tingkat = public.hub_tingkat(n.kode_wilayah) AND a.kode_wilayah = n.kode_wilayah AND a.rincian = n.rincian
  AND a.dimensi = array_to_string(ARRAY(SELECT k FROM jsonb_object_keys(n.rincian) k ORDER BY k COLLATE "C"), '|')
  AND NOT a.turunan
UNION ALL
SELECT n.kode_kab, n.formulir, n.periode, n.revisi, n.elemen, n.kode_wilayah, n.rincian, a.nilai, a.status
FROM (
  SELECT h.kode_kab, h.formulir, h.periode, h.revisi_disetujui, max(h.sampai) AS sampai FROM public.rekap_riwayat h
  WHERE h.revisi_disetujui IS NOT NULL GROUP BY h.kode_kab, h.formulir, h.periode, h.revisi_disetujui
) h
JOIN public.rekap r ON r.kode_kab = h.kode_kab AND r.formulir = h.formulir AND r.periode = h.periode
  AND r.revisi_disetujui IS DISTINCT FROM h.revisi_disetujui
JOIN public.rekap_nilai n ON n.kode_kab = h.kode_kab AND n.formulir = h.formulir AND n.periode = h.periode AND n.revisi = h.revisi_disetujui
CROSS JOIN LATERAL (
  SELECT x.nilai, x.status FROM (
    SELECT nilai, status, turunan, sejak, sampai, kode_kab, elemen, periode, tingkat, kode_wilayah, rincian, dimensi FROM public.angka_rilis_riwayat
    UNION ALL
    SELECT nilai, status, turunan, sejak, 'infinity', kode_kab, elemen, periode, tingkat, kode_wilayah, rincian, dimensi FROM public.angka_rilis
  ) x
  WHERE x.kode_kab = n.kode_kab AND x.elemen = n.elemen AND x.periode = n.periode AND x.tingkat = public.hub_tingkat(n.kode_wilayah)
    AND x.kode_wilayah = n.kode_wilayah AND x.rincian = n.rincian AND NOT x.turunan AND x.sejak < h.sampai AND x.sampai >= h.sampai
    AND x.dimensi = array_to_string(ARRAY(SELECT k FROM jsonb_object_keys(n.rincian) k ORDER BY k COLLATE "C"), '|')
) a;
"""


def _released(tabel: str) -> str:
    return tabel.replace("_riwayat", "") + "_rilis" + ("_riwayat" if tabel.endswith("_riwayat") else "")


def _view(tabel: str, kolom: str) -> str:
    """Officers' view reads as hub_terbaca, whose row security holds back what is not the caller's before any condition of his own
    is called: of raw rows those he does not reach, of released ones those he does. A WHERE here would keep the planner from looking
    rows up by the keys of what they are joined to."""
    return f"""
CREATE VIEW publik.{tabel}_terbaca AS SELECT {kolom} FROM public.{_released(tabel)};
CREATE OR REPLACE VIEW {tabel}_terbaca AS
SELECT {kolom} FROM {tabel} UNION ALL SELECT {kolom} FROM {_released(tabel)};
COMMENT ON VIEW {tabel}_terbaca IS 'as the caller may see it: all of whom he reaches, of others what was released';
DROP POLICY IF EXISTS terbaca ON {tabel};
CREATE POLICY terbaca ON {tabel} FOR SELECT TO hub_terbaca USING ({_JANGKAU});
GRANT SELECT ON {tabel} TO hub_terbaca;
ALTER VIEW {tabel}_terbaca OWNER TO hub_terbaca;
GRANT SELECT ON {tabel}_terbaca TO {_SEMUA};
GRANT SELECT ON publik.{tabel}_terbaca TO hub_publik;
"""


def _cells() -> str:
    return f"""
{_SEL_RILIS}
CREATE VIEW rekap_nilai_terbaca AS SELECT {_SEL} FROM rekap_nilai
UNION ALL SELECT {_SEL} FROM publik.rekap_nilai_terbaca WHERE NOT {_JANGKAU};
COMMENT ON VIEW rekap_nilai_terbaca IS 'as the caller may see it: all of whom he reaches, of others what was released';
CREATE POLICY terbaca ON rekap_nilai FOR SELECT TO hub_terbaca USING ({_JANGKAU});
GRANT USAGE ON SCHEMA publik TO hub_terbaca;
GRANT SELECT ON rekap_nilai, publik.rekap_nilai_terbaca TO hub_terbaca;
ALTER VIEW rekap_nilai_terbaca OWNER TO hub_terbaca;
GRANT SELECT ON rekap_nilai_terbaca TO {_SEMUA};
GRANT SELECT ON publik.rekap_nilai_terbaca TO hub_publik;
"""


# beside the figures of a rekap: of whom the caller reaches only
_LISAN = {
    "rekap_total": "kode_kab, formulir, periode, revisi, urut, elemen, kode_wilayah, tertulis, dihitung",
    "rekap_temuan": "kode_kab, formulir, periode, revisi, urut, kode, tingkat, pesan, wilayah, elemen, nilai, usulan, lokasi",
}


def _beside(tabel: str, kolom: str) -> str:
    return f"""
CREATE VIEW {tabel}_terbaca AS SELECT {kolom} FROM {tabel};
COMMENT ON VIEW {tabel}_terbaca IS 'as the caller may see it: all of whom he reaches, nothing of others';
CREATE POLICY terbaca ON {tabel} FOR SELECT TO hub_terbaca USING ({_JANGKAU});
GRANT SELECT ON {tabel} TO hub_terbaca;
ALTER VIEW {tabel}_terbaca OWNER TO hub_terbaca;
GRANT SELECT ON {tabel}_terbaca TO {_SEMUA};
"""


def _copied(tabel: str, isi: str, kunci: str) -> str:
    return _SALIN.format(
        tabel=tabel, isi=isi, isi_b=_of("b", isi), kunci_r=_of("r", kunci), kunci_l=_of("l", kunci),
        terbuka_l=_TERBUKA.format(b="l"), terbuka_b=_TERBUKA.format(b="b"),
    )  # fmt: skip


# what was shown: open figures, and of those closed by their size that they are there
_DAHULU = f"""
INSERT INTO angka_rilis ({_ISI}, sejak)
SELECT {_KUNCI}, CASE WHEN publik THEN nilai END, CASE WHEN publik THEN status ELSE 'DISUPRESI' END, turunan, sejak
FROM angka WHERE publik OR kecil;
INSERT INTO angka_rilis_riwayat ({_ISI}, sejak, sampai)
SELECT {_KUNCI}, CASE WHEN publik THEN nilai END, CASE WHEN publik THEN status ELSE 'DISUPRESI' END, turunan, sejak, sampai
FROM angka_riwayat WHERE publik OR kecil;
INSERT INTO angka_tertulis_rilis ({_ISI_TERTULIS}, sejak) SELECT {_ISI_TERTULIS}, sejak FROM angka_tertulis WHERE publik;
INSERT INTO angka_tertulis_rilis_riwayat ({_ISI_TERTULIS}, sejak, sampai)
SELECT {_ISI_TERTULIS}, sejak, sampai FROM angka_tertulis_riwayat WHERE publik;
"""

_KABAR = """
CREATE TRIGGER kabar_data AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON {tabel} FOR EACH STATEMENT EXECUTE FUNCTION hub_kabar_data();
"""
_MENTAH = ("angka", "angka_riwayat", "angka_tertulis", "angka_tertulis_riwayat")
_SENDIRI = (
    "\n".join(
        f"""
DROP POLICY publik_baca ON {t};
ALTER POLICY kabupaten_baca ON {t} USING ({_KAB});
ALTER POLICY provinsi_baca ON {t} USING ({_PROV});
REVOKE SELECT ON {t} FROM hub_publik;
"""
        for t in _MENTAH
    )
    + "\n".join(
        f"""
{"".join(f"DROP POLICY {p}_baca_dahulu ON rekap_nilai;" for p in ("publik", "kabupaten", "provinsi"))}
DROP POLICY publik_baca ON {t};
ALTER POLICY kabupaten_baca ON {t} USING ({_KAB});
ALTER POLICY provinsi_baca ON {t} USING ({_PROV});
REVOKE SELECT ON {t} FROM hub_publik;
"""
        for t in ("rekap_nilai",)
    )
    + """
DROP POLICY publik_baca ON rekap_total;
REVOKE SELECT ON rekap_total FROM hub_publik;
DROP POLICY publik_baca ON rekap_temuan;
REVOKE SELECT ON rekap_temuan FROM hub_publik;
"""
)

# whether figures of that sensitivity are shown at that level at all
_TINGKAT = """
CREATE OR REPLACE FUNCTION hub_terbuka(peka integer, tingkat integer) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN tingkat <= CASE WHEN peka >= 3 THEN 2 WHEN peka = 2 THEN 3 ELSE 4 END;
"""

# When the catalogue has changed: what is closed now is taken away, now and in all that was; what is open to all is copied; and an
# element that shows what its sensitivity now hides is closed until it is released anew
_KATALOG = f"""
CREATE OR REPLACE FUNCTION hub_hitung_keterbukaan() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  naik text[];
BEGIN
  IF hub_klaim('hub_sistem') IS NULL THEN
    RAISE EXCEPTION 'klaim peran tidak sah' USING ERRCODE = 'insufficient_privilege';
  END IF;
  DELETE FROM angka_rilis WHERE NOT hub_terbuka(hub_peka(elemen, rincian), tingkat);
  DELETE FROM angka_rilis_riwayat WHERE NOT hub_terbuka(hub_peka(elemen, rincian), tingkat);
  DELETE FROM angka_tertulis_rilis WHERE NOT hub_terbuka(hub_peka(elemen, rincian), hub_tingkat(kode_wilayah));
  DELETE FROM angka_tertulis_rilis_riwayat WHERE NOT hub_terbuka(hub_peka(elemen, rincian), hub_tingkat(kode_wilayah));
  SELECT array_agg(DISTINCT a.elemen) INTO naik FROM angka_rilis a
    WHERE hub_kecil(hub_peka(a.elemen, a.rincian), a.nilai) AND NOT EXISTS (SELECT FROM rilis_kantor k WHERE k.elemen = a.elemen);
  UPDATE angka_rilis SET nilai = NULL, status = 'DISUPRESI' WHERE elemen = ANY(naik) AND nilai IS NOT NULL;
  UPDATE angka_rilis_riwayat SET nilai = NULL, status = 'DISUPRESI' WHERE elemen = ANY(naik) AND nilai IS NOT NULL;
  DELETE FROM angka_tertulis_rilis WHERE elemen = ANY(naik);
  DELETE FROM angka_tertulis_rilis_riwayat WHERE elemen = ANY(naik);
  INSERT INTO angka_rilis ({_ISI}, sejak) SELECT {_of("b", _ISI)}, b.sejak FROM angka b JOIN elemen e ON e.kode = b.elemen
    WHERE {_TERBUKA.format(b="b")}
    ON CONFLICT ({_KUNCI}) DO UPDATE SET nilai = excluded.nilai, status = excluded.status WHERE angka_rilis.status = 'DISUPRESI';
  INSERT INTO angka_tertulis_rilis ({_ISI_TERTULIS}, sejak) SELECT {_of("b", _ISI_TERTULIS)}, b.sejak
    FROM angka_tertulis b JOIN elemen e ON e.kode = b.elemen WHERE {_TERBUKA.format(b="b")} ON CONFLICT DO NOTHING;
END $$;
"""


def upgrade() -> None:
    op.execute(_TABEL)
    op.execute(_RIWAYAT.format(tabel="angka_rilis", kunci=_KUNCI))
    op.execute(_RIWAYAT.format(tabel="angka_tertulis_rilis", kunci=_KUNCI_TERTULIS))
    for tabel in (*_BARU, "angka_rilis_riwayat", "angka_tertulis_rilis_riwayat"):
        op.execute(_KABAR.format(tabel=tabel))
    op.execute(_DAHULU)
    op.execute(_HAK)
    op.execute(_TINGKAT)
    op.execute(
        "CREATE SCHEMA publik; GRANT USAGE ON SCHEMA publik TO hub_publik; GRANT CREATE ON SCHEMA public TO hub_terbaca"
    )
    for tabel, kolom in _SUMBER.items():
        op.execute(_view(tabel, kolom))
    op.execute(_cells())
    for tabel, kolom in _LISAN.items():
        op.execute(_beside(tabel, kolom))
    op.execute("REVOKE CREATE ON SCHEMA public FROM hub_terbaca")
    op.execute(_SENDIRI)
    op.execute(_copied("angka", _ISI, _KUNCI))
    op.execute(_copied("angka_tertulis", _ISI_TERTULIS, _KUNCI_TERTULIS))
    op.execute(_KATALOG)


# ---------- as it was ----------

_DULU = """
CREATE OR REPLACE FUNCTION public.hub_hitung_keterbukaan()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
BEGIN
  IF hub_klaim('hub_sistem') IS NULL THEN
    RAISE EXCEPTION 'klaim peran tidak sah' USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE angka SET publik = hub_keterbukaan(elemen, tingkat, rincian, nilai) = 2, kecil = hub_keterbukaan(elemen, tingkat, rincian, nilai) = 1 WHERE publik <> (hub_keterbukaan(elemen, tingkat, rincian, nilai) = 2) OR kecil <> (hub_keterbukaan(elemen, tingkat, rincian, nilai) = 1);
  UPDATE angka_riwayat SET publik = hub_keterbukaan(elemen, tingkat, rincian, nilai) = 2, kecil = hub_keterbukaan(elemen, tingkat, rincian, nilai) = 1 WHERE publik <> (hub_keterbukaan(elemen, tingkat, rincian, nilai) = 2) OR kecil <> (hub_keterbukaan(elemen, tingkat, rincian, nilai) = 1);
  UPDATE angka_tertulis SET publik = hub_keterbukaan(elemen, hub_tingkat(kode_wilayah), rincian, tertulis) = 2 WHERE publik <> (hub_keterbukaan(elemen, hub_tingkat(kode_wilayah), rincian, tertulis) = 2);
  UPDATE angka_tertulis_riwayat SET publik = hub_keterbukaan(elemen, hub_tingkat(kode_wilayah), rincian, tertulis) = 2 WHERE publik <> (hub_keterbukaan(elemen, hub_tingkat(kode_wilayah), rincian, tertulis) = 2);
  UPDATE rekap_nilai SET publik = hub_keterbukaan(elemen, hub_tingkat(kode_wilayah), rincian, nilai) = 2 WHERE publik <> (hub_keterbukaan(elemen, hub_tingkat(kode_wilayah), rincian, nilai) = 2);
  UPDATE rekap_total SET publik = hub_keterbukaan_total(elemen, kode_wilayah, tertulis, dihitung) = 2 WHERE publik <> (hub_keterbukaan_total(elemen, kode_wilayah, tertulis, dihitung) = 2);
END $function$;
CREATE OR REPLACE FUNCTION public.hub_terbuka(peka integer, tingkat integer)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ((peka < 2) OR ((peka = 2) AND (tingkat <= 2)));
"""
_TERBACA_DULU = """
CREATE OR REPLACE VIEW {tabel}_terbaca AS
SELECT kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian,
  CASE WHEN publik OR hub_jangkau(kode_kab, (SELECT hub_lingkup())) THEN nilai END AS nilai,
  CASE WHEN publik OR hub_jangkau(kode_kab, (SELECT hub_lingkup())) THEN status ELSE 'DISUPRESI' END AS status, turunan, sejak{sampai}
FROM {tabel};
COMMENT ON VIEW {tabel}_terbaca IS 'figures as the caller may see them; DISUPRESI: there, and so small that it is closed';
DROP POLICY terbaca ON {tabel};
CREATE POLICY terbaca ON {tabel} FOR SELECT TO hub_terbaca USING (publik OR kecil OR hub_jangkau(kode_kab, (SELECT hub_lingkup())));
"""
_DISETUJUI = """publik AND EXISTS (SELECT 1 FROM {rekap} r WHERE r.kode_kab = rekap_nilai.kode_kab
  AND r.formulir = rekap_nilai.formulir AND r.periode = rekap_nilai.periode AND r.revisi_disetujui = rekap_nilai.revisi)"""


def downgrade() -> None:
    for tabel in ("angka", "angka_tertulis"):
        for kapan in ("tambah", "hapus", "ubah"):
            op.execute(f"DROP TRIGGER {tabel}_disalin_{kapan} ON {tabel}")
        op.execute(f"DROP FUNCTION hub_{tabel}_disalin()")
    op.execute("DROP VIEW rekap_nilai_terbaca, angka_tertulis_terbaca, angka_tertulis_riwayat_terbaca")
    op.execute("DROP VIEW rekap_total_terbaca, rekap_temuan_terbaca")
    for tabel in ("rekap_nilai", "rekap_total", "rekap_temuan"):
        op.execute(f"DROP POLICY terbaca ON {tabel}; REVOKE ALL ON {tabel} FROM hub_terbaca")
    for tabel in ("angka_tertulis", "angka_tertulis_riwayat"):
        op.execute(f"DROP POLICY terbaca ON {tabel}; REVOKE ALL ON {tabel} FROM hub_terbaca")
    op.execute("DROP SCHEMA publik CASCADE")
    for tabel in _MENTAH:
        op.execute(f"""
GRANT SELECT ON {tabel} TO hub_publik;
CREATE POLICY publik_baca ON {tabel} FOR SELECT TO hub_publik USING (publik);
ALTER POLICY kabupaten_baca ON {tabel} USING (publik OR {_KAB});
ALTER POLICY provinsi_baca ON {tabel} USING (publik OR hub_di_bawah(kode_kab));
""")
    sekarang, dahulu = (_DISETUJUI.format(rekap=r) for r in ("rekap", "rekap_riwayat"))
    op.execute(f"""
GRANT SELECT ON rekap_nilai, rekap_total, rekap_temuan TO hub_publik;
CREATE POLICY publik_baca ON rekap_total FOR SELECT TO hub_publik USING (false);
CREATE POLICY publik_baca ON rekap_temuan FOR SELECT TO hub_publik USING (false);
CREATE POLICY publik_baca ON rekap_nilai FOR SELECT TO hub_publik USING ({sekarang});
ALTER POLICY kabupaten_baca ON rekap_nilai USING ({_KAB} OR {sekarang});
ALTER POLICY provinsi_baca ON rekap_nilai USING (hub_di_bawah(kode_kab) OR {sekarang});
CREATE POLICY publik_baca_dahulu ON rekap_nilai FOR SELECT TO hub_publik USING ({dahulu});
CREATE POLICY kabupaten_baca_dahulu ON rekap_nilai FOR SELECT TO hub_kabupaten USING ({dahulu});
CREATE POLICY provinsi_baca_dahulu ON rekap_nilai FOR SELECT TO hub_provinsi USING ({dahulu});
GRANT CREATE ON SCHEMA public TO hub_terbaca;
""")
    for tabel, sampai in (("angka", ""), ("angka_riwayat", ", sampai")):
        op.execute(_TERBACA_DULU.format(tabel=tabel, sampai=sampai))
    op.execute("REVOKE CREATE, USAGE ON SCHEMA public FROM hub_terbaca")
    for tabel in ("angka_rilis", "angka_tertulis_rilis"):
        op.execute(f"DROP TABLE {tabel}, {tabel}_riwayat; DROP FUNCTION hub_{tabel}_diganti()")
    op.execute(f"DROP TABLE {', '.join(_BARU[2:])}")
    op.execute(_DULU)
