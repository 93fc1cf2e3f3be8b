"""What everybody may see is a table of its own, with its history: figures, stated totals, totals of provinces.

Elements of sensitivity 0 are copied by triggers, so that no statement can forget; of all others nothing is there until somebody
decides it (hub/rilis). What this hub had shown until now was released: it stands there as it was seen.
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
_TERBUKA = """e.sensitif = 0 AND e.kode NOT IN ('BAN02', 'BAN04') AND hub_peka(e.kode, {b}.rincian) = 0
  AND (e.kode <> 'KIN02' OR NOT hub_menyebut_peka({b}.rincian))"""
_MENYEBUT = """
-- whether a choice names an element of sensitivity 1 or more
CREATE FUNCTION hub_menyebut_peka(rincian jsonb) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  RETURN EXISTS (SELECT FROM jsonb_each_text(hub_menyebut_peka.rincian) x, regexp_split_to_table(upper(x.value), '[^A-Z0-9]+') k(kata)
    JOIN elemen s ON s.kode = k.kata WHERE s.sensitif >= 1);
"""
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


def upgrade() -> None:
    op.execute(_TABEL)
    op.execute(_RIWAYAT.format(tabel="angka_rilis", kunci=_KUNCI))
    op.execute(_RIWAYAT.format(tabel="angka_tertulis_rilis", kunci=_KUNCI_TERTULIS))
    for tabel in (*_BARU, "angka_rilis_riwayat", "angka_tertulis_rilis_riwayat"):
        op.execute(_KABAR.format(tabel=tabel))
    op.execute(_MENYEBUT)
    op.execute(_DAHULU)
    op.execute(_HAK)
    op.execute(_copied("angka", _ISI, _KUNCI))
    op.execute(_copied("angka_tertulis", _ISI_TERTULIS, _KUNCI_TERTULIS))


def downgrade() -> None:
    for tabel in ("angka", "angka_tertulis"):
        for kapan in ("tambah", "hapus", "ubah"):
            op.execute(f"DROP TRIGGER {tabel}_disalin_{kapan} ON {tabel}")
        op.execute(f"DROP FUNCTION hub_{tabel}_disalin()")
    for tabel in ("angka_rilis", "angka_tertulis_rilis"):
        op.execute(f"DROP TABLE {tabel}, {tabel}_riwayat; DROP FUNCTION hub_{tabel}_diganti()")
    op.execute("DROP FUNCTION hub_menyebut_peka(jsonb)")
    op.execute(f"DROP TABLE {', '.join(_BARU[2:])}; REVOKE USAGE ON SCHEMA public FROM hub_terbaca")
