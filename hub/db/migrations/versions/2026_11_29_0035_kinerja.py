"""Objectives with their indicators and the words of a scale, as each office has them, from a year on."""

from alembic import op

revision = "0035_kinerja"
down_revision = "0034_frekuensi"

_SEMUA = "hub_publik, hub_kabupaten, hub_provinsi, hub_admin"

_KOLOM = {
    "sasaran_kinerja": """
  kode_kab TEXT COLLATE "C" NOT NULL,
  tahun SMALLINT NOT NULL,
  nomor TEXT COLLATE "C" NOT NULL,
  urut SMALLINT NOT NULL,
  nama TEXT NOT NULL,
  indikator TEXT[] NOT NULL,
  oleh TEXT NOT NULL,""",
    "skala_kinerja": """
  kode_kab TEXT COLLATE "C" NOT NULL,
  tahun SMALLINT NOT NULL,
  dari NUMERIC NOT NULL,
  nama TEXT NOT NULL,
  oleh TEXT NOT NULL,""",
}
_KUNCI = {"sasaran_kinerja": "kode_kab, tahun, nomor", "skala_kinerja": "kode_kab, tahun, dari"}
_ISI = {
    "sasaran_kinerja": "kode_kab, tahun, nomor, urut, nama, indikator, oleh",
    "skala_kinerja": "kode_kab, tahun, dari, nama, oleh",
}
_ARTI = {
    "sasaran_kinerja": {
        "tahun": "first year this list of the office holds",
        "nomor": "as breakdown sasaran_kinerja says it in a rekap",
        "indikator": "choices of breakdown indikator, in order",
    },
    "skala_kinerja": {
        "tahun": "first year this scale of the office holds",
        "dari": "achievement in percent from which this word holds",
    },
}


def _tables(tabel: str) -> str:
    arti = {
        "kode_kab": "the office: kabupaten, or province",
        **_ARTI[tabel],
        "oleh": "name on the token that was used",
        "sejak": "when this row came to hold",
    }
    komentar = "\n".join(f"COMMENT ON COLUMN {tabel}.{kolom} IS '{isi}';" for kolom, isi in arti.items())
    return f"""
CREATE TABLE {tabel} ({_KOLOM[tabel]}
  sejak TIMESTAMP WITH TIME ZONE DEFAULT hub_saat() NOT NULL,
  CONSTRAINT {tabel}_pkey PRIMARY KEY ({_KUNCI[tabel]})
);
{komentar}
CREATE TABLE {tabel}_riwayat ({_KOLOM[tabel]}
  sejak TIMESTAMP WITH TIME ZONE NOT NULL,
  sampai TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT {tabel}_riwayat_pkey PRIMARY KEY ({_KUNCI[tabel]}, sejak)
);
COMMENT ON COLUMN {tabel}_riwayat.sampai IS 'when it was replaced';
"""


# A list is replaced whole: nobody changes a row. What was, only the owner of the tables writes.
def _rights(tabel: str) -> str:
    return f"""
CREATE FUNCTION hub_{tabel}_diganti() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO {tabel}_riwayat SELECT l.*, hub_saat() FROM lama l WHERE l.sejak < hub_saat();
  RETURN NULL;
END $$;
CREATE TRIGGER {tabel}_diganti AFTER DELETE ON {tabel} REFERENCING OLD TABLE AS lama
  FOR EACH STATEMENT EXECUTE FUNCTION hub_{tabel}_diganti();
GRANT SELECT ON {tabel}, {tabel}_riwayat TO {_SEMUA};
GRANT INSERT ({_ISI[tabel]}), DELETE ON {tabel} TO hub_kabupaten, hub_provinsi;
ALTER TABLE {tabel} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {tabel}_riwayat ENABLE ROW LEVEL SECURITY;
CREATE POLICY semua_baca ON {tabel} FOR SELECT TO {_SEMUA} USING (true);
CREATE POLICY semua_baca ON {tabel}_riwayat FOR SELECT TO {_SEMUA} USING (true);
CREATE POLICY kantor_tulis ON {tabel} FOR INSERT TO hub_kabupaten, hub_provinsi WITH CHECK (kode_kab = (SELECT hub_wilayah()));
CREATE POLICY kantor_hapus ON {tabel} FOR DELETE TO hub_kabupaten, hub_provinsi USING (kode_kab = (SELECT hub_wilayah()));
CREATE TRIGGER kabar_data AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {tabel}
  FOR EACH STATEMENT EXECUTE FUNCTION hub_kabar_data();
CREATE TRIGGER kabar_data AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {tabel}_riwayat
  FOR EACH STATEMENT EXECUTE FUNCTION hub_kabar_data();
"""


def upgrade() -> None:
    for tabel in _KOLOM:
        op.execute(_tables(tabel))
        op.execute(_rights(tabel))


def downgrade() -> None:
    for tabel in _KOLOM:
        op.execute(f"DROP TABLE {tabel}, {tabel}_riwayat")
        op.execute(f"DROP FUNCTION hub_{tabel}_diganti()")
