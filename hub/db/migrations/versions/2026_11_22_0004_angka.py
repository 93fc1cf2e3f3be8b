"""Approved figures and completeness."""

from alembic import op

revision = "0004_angka"
down_revision = "0003_rekap"

NAIK = """
CREATE TABLE angka (
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
  publik BOOLEAN NOT NULL,
  CONSTRAINT angka_pkey PRIMARY KEY (kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian)
);
COMMENT ON COLUMN angka.tingkat IS 'level of kode_wilayah: 2, 3 or 4';
COMMENT ON COLUMN angka.dimensi IS 'sorted names of the breakdown, joined by |; empty: the total';
COMMENT ON COLUMN angka.turunan IS 'made of finer periods';
COMMENT ON COLUMN angka.publik IS 'the element''s sensitivity lets everybody see this level';

CREATE TABLE angka_tertulis (
  kode_kab TEXT COLLATE "C" NOT NULL,
  elemen TEXT COLLATE "C" NOT NULL,
  periode TEXT COLLATE "C" NOT NULL,
  kode_wilayah TEXT COLLATE "C" NOT NULL,
  dimensi TEXT COLLATE "C" NOT NULL,
  rincian JSONB NOT NULL,
  tertulis NUMERIC NOT NULL,
  publik BOOLEAN NOT NULL,
  CONSTRAINT angka_tertulis_pkey PRIMARY KEY (kode_kab, elemen, periode, kode_wilayah, dimensi, rincian)
);
COMMENT ON COLUMN angka_tertulis.kode_kab IS 'the reporter: kabupaten, or province for its statement';

CREATE TABLE kelengkapan (
  kode_kab TEXT COLLATE "C" NOT NULL,
  formulir TEXT COLLATE "C" NOT NULL,
  periode TEXT COLLATE "C" NOT NULL,
  diharapkan INTEGER NOT NULL,
  diterima INTEGER NOT NULL,
  disetujui INTEGER NOT NULL,
  tepat_waktu INTEGER NOT NULL,
  CONSTRAINT kelengkapan_pkey PRIMARY KEY (kode_kab, formulir, periode)
);
"""

TURUN = """
DROP TABLE kelengkapan;
DROP TABLE angka_tertulis;
DROP TABLE angka;
"""


def upgrade() -> None:
    op.execute(NAIK)


def downgrade() -> None:
    op.execute(TURUN)
