"""What is plausible, as data: what figures of a unit and of an element may be, the bounds of jumps and of what was sent again, and how
grave a rule is for a choice of a breakdown.

Until the catalogue is installed anew, which serving does, every figure from nought is taken and nothing is measured.
"""

from alembic import op

revision = "0037_kewajaran"
down_revision = "0036_program"

_SEMUA = "hub_publik, hub_kabupaten, hub_provinsi, hub_admin"

NAIK = """
ALTER TABLE elemen ADD COLUMN minimum NUMERIC;
ALTER TABLE elemen ADD COLUMN maksimum NUMERIC;
ALTER TABLE elemen ADD COLUMN di_luar TEXT DEFAULT 'GALAT' NOT NULL;
ALTER TABLE elemen ADD COLUMN kumulatif BOOLEAN DEFAULT false NOT NULL;
ALTER TABLE elemen ADD COLUMN jarang_berubah BOOLEAN DEFAULT false NOT NULL;
COMMENT ON COLUMN elemen.minimum IS 'the least it may be';
COMMENT ON COLUMN elemen.maksimum IS 'the most it may be';
COMMENT ON COLUMN elemen.di_luar IS 'how grave it is to be outside: GALAT, PERINGATAN';
COMMENT ON COLUMN elemen.kumulatif IS 'counted since the year began: compared with the same part of earlier years';
COMMENT ON COLUMN elemen.jarang_berubah IS 'it is usual that it stays as it was';
ALTER TABLE aturan ADD COLUMN per_rincian TEXT;
COMMENT ON COLUMN aturan.per_rincian IS
  'its level for a choice of a breakdown both sides have; TIDAK: not looked at, null: as tingkat';
COMMENT ON COLUMN katalog_riwayat.jenis IS 'FORMULIR, INDIKATOR, DAFTAR_KODE, KEWAJARAN';

CREATE TABLE satuan (
  kode TEXT COLLATE "C" NOT NULL,
  bulat BOOLEAN NOT NULL,
  minimum NUMERIC,
  maksimum NUMERIC,
  tingkat TEXT NOT NULL,
  CONSTRAINT satuan_pkey PRIMARY KEY (kode)
);
COMMENT ON COLUMN satuan.bulat IS 'whole numbers only';
COMMENT ON COLUMN satuan.minimum IS 'the least a figure of it may be';
COMMENT ON COLUMN satuan.maksimum IS 'the most a figure of it may be';
COMMENT ON COLUMN satuan.tingkat IS 'how grave it is to be outside: GALAT, PERINGATAN';

CREATE TABLE kewajaran (
  satu BOOLEAN DEFAULT true NOT NULL,
  lonjakan_periode INTEGER NOT NULL,
  lonjakan_sedikitnya INTEGER NOT NULL,
  lonjakan_kali NUMERIC NOT NULL,
  lonjakan_skala NUMERIC NOT NULL,
  lonjakan_bagian_median NUMERIC NOT NULL,
  lonjakan_terkecil NUMERIC NOT NULL,
  lonjakan_faktor NUMERIC NOT NULL,
  tetap_digit INTEGER NOT NULL,
  tetap_stok INTEGER NOT NULL,
  tetap_ragam INTEGER NOT NULL,
  pembanding_bulan INTEGER NOT NULL,
  CONSTRAINT kewajaran_pkey PRIMARY KEY (satu),
  CONSTRAINT kewajaran_satu_check CHECK (satu)
);
COMMENT ON COLUMN kewajaran.satu IS 'there is one set of bounds';
COMMENT ON COLUMN kewajaran.lonjakan_periode IS 'of how many periods the usual is taken';
COMMENT ON COLUMN kewajaran.lonjakan_sedikitnya IS 'from how many on by their spread, else by a factor';
COMMENT ON COLUMN kewajaran.lonjakan_kali IS 'how many times the scaled spread is a jump';
COMMENT ON COLUMN kewajaran.lonjakan_skala IS 'of the median distance from the median';
COMMENT ON COLUMN kewajaran.lonjakan_bagian_median IS 'the spread is at least this part of the median';
COMMENT ON COLUMN kewajaran.lonjakan_terkecil IS 'and at least so much';
COMMENT ON COLUMN kewajaran.lonjakan_faktor IS 'with few periods: how many times as much is a jump';
COMMENT ON COLUMN kewajaran.tetap_digit IS 'digits of figures that change by nature, sent again';
COMMENT ON COLUMN kewajaran.tetap_stok IS 'so many other figures, sent again';
COMMENT ON COLUMN kewajaran.tetap_ragam IS 'and so many different ones among them';
COMMENT ON COLUMN kewajaran.pembanding_bulan IS 'how old another form''s figure may be to be compared with';
"""
TURUN = """
DROP TABLE kewajaran;
DROP TABLE satuan;
COMMENT ON COLUMN katalog_riwayat.jenis IS 'FORMULIR, INDIKATOR, DAFTAR_KODE';
ALTER TABLE aturan DROP COLUMN per_rincian;
ALTER TABLE elemen DROP COLUMN jarang_berubah;
ALTER TABLE elemen DROP COLUMN kumulatif;
ALTER TABLE elemen DROP COLUMN di_luar;
ALTER TABLE elemen DROP COLUMN maksimum;
ALTER TABLE elemen DROP COLUMN minimum;
"""


def upgrade() -> None:
    op.execute(NAIK)
    for table in ("satuan", "kewajaran"):
        op.execute(f"GRANT SELECT ON {table} TO {_SEMUA}")
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO hub_sistem")
        op.execute(
            f"CREATE TRIGGER kabar_data AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION hub_kabar_data()"
        )


def downgrade() -> None:
    op.execute(TURUN)
