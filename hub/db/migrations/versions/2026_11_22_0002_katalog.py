"""Forms, elements, rules, indicators, code lists."""

from alembic import op

revision = "0002_katalog"
down_revision = "0001_wilayah"

NAIK = """
CREATE TABLE formulir (
  kode TEXT COLLATE "C" NOT NULL,
  nama TEXT NOT NULL,
  versi INTEGER NOT NULL,
  hash TEXT NOT NULL,
  periode_jenis TEXT NOT NULL,
  tenggat_hari INTEGER NOT NULL,
  CONSTRAINT formulir_pkey PRIMARY KEY (kode)
);
COMMENT ON COLUMN formulir.hash IS 'SHA-256 of the canonical content, hex';
COMMENT ON COLUMN formulir.periode_jenis IS 'BULAN, TRIWULAN, SEMESTER, TAHUN: the finest it takes';
COMMENT ON COLUMN formulir.tenggat_hari IS 'days after the period''s last day, unless table tenggat says';

CREATE TABLE elemen (
  kode TEXT COLLATE "C" NOT NULL,
  formulir TEXT COLLATE "C" NOT NULL,
  urut INTEGER NOT NULL,
  nama TEXT NOT NULL,
  satuan TEXT NOT NULL,
  tingkat SMALLINT NOT NULL,
  titik BOOLEAN NOT NULL,
  frekuensi TEXT NOT NULL,
  agregasi_wilayah TEXT NOT NULL,
  agregasi_waktu TEXT NOT NULL,
  sensitif SMALLINT NOT NULL,
  bulat BOOLEAN NOT NULL,
  arah TEXT NOT NULL,
  kelompok TEXT,
  registri SMALLINT,
  definisi TEXT,
  kode_ref TEXT,
  kode_sipd TEXT,
  CONSTRAINT elemen_pkey PRIMARY KEY (kode)
);
COMMENT ON COLUMN elemen.tingkat IS 'finest level it is reported at; facility points count as desa';
COMMENT ON COLUMN elemen.titik IS 'reported per facility (level F)';
COMMENT ON COLUMN elemen.frekuensi IS 'KEJADIAN, BULAN, TRIWULAN, SEMESTER, TAHUN';
COMMENT ON COLUMN elemen.agregasi_wilayah IS 'JUMLAH, HITUNG (registry), HITUNG_ULANG, TIDAK';
COMMENT ON COLUMN elemen.agregasi_waktu IS 'JUMLAH, TERAKHIR, UNIK, TIDAK';
COMMENT ON COLUMN elemen.sensitif IS '0 public … 4 by name, never held';
COMMENT ON COLUMN elemen.bulat IS 'whole numbers only';
COMMENT ON COLUMN elemen.arah IS 'NAIK: more is better, TURUN: less is better';
COMMENT ON COLUMN elemen.kelompok IS 'elements of one group may be added to each other; null: to none';
COMMENT ON COLUMN elemen.registri IS 'level whose regions are counted instead of reported figures';
COMMENT ON COLUMN elemen.kode_ref IS 'national indicator reference code';
CREATE INDEX elemen_formulir_idx ON elemen (formulir, urut);

CREATE TABLE rincian (
  elemen TEXT COLLATE "C" NOT NULL,
  kode TEXT COLLATE "C" NOT NULL,
  urut INTEGER NOT NULL,
  nama TEXT NOT NULL,
  pilihan TEXT[] NOT NULL,
  terbuka BOOLEAN NOT NULL,
  satuan JSONB NOT NULL,
  menjumlah BOOLEAN NOT NULL,
  CONSTRAINT rincian_pkey PRIMARY KEY (elemen, kode)
);
COMMENT ON COLUMN rincian.terbuka IS 'other choices than those listed are allowed';
COMMENT ON COLUMN rincian.satuan IS 'choice → unit, where a choice has a unit of its own';
COMMENT ON COLUMN rincian.menjumlah IS 'its choices add up to the figure without this breakdown';

CREATE TABLE aturan (
  kode TEXT COLLATE "C" NOT NULL,
  formulir TEXT COLLATE "C" NOT NULL,
  urut INTEGER NOT NULL,
  nama TEXT NOT NULL,
  kiri TEXT NOT NULL,
  operator TEXT NOT NULL,
  kanan TEXT NOT NULL,
  tingkat TEXT NOT NULL,
  pelapor TEXT,
  toleransi NUMERIC NOT NULL,
  CONSTRAINT aturan_pkey PRIMARY KEY (kode)
);
COMMENT ON COLUMN aturan.tingkat IS 'GALAT, PERINGATAN, INFO';
COMMENT ON COLUMN aturan.pelapor IS 'PROVINSI or KABUPATEN; null: both';
COMMENT ON COLUMN aturan.toleransi IS 'relative, 0.1 = 10 %';
CREATE INDEX aturan_formulir_idx ON aturan (formulir, urut);

CREATE TABLE indikator (
  kode TEXT COLLATE "C" NOT NULL,
  varian TEXT COLLATE "C" NOT NULL,
  urut INTEGER NOT NULL,
  nama TEXT NOT NULL,
  jenis TEXT NOT NULL,
  satuan TEXT NOT NULL,
  faktor NUMERIC NOT NULL,
  definisi TEXT,
  kode_ref TEXT,
  CONSTRAINT indikator_pkey PRIMARY KEY (kode, varian)
);
COMMENT ON COLUMN indikator.varian IS 'empty for the main one';
COMMENT ON COLUMN indikator.jenis IS 'RASIO, CACAH_KABUPATEN, CAPAIAN, RERATA';

CREATE TABLE suku_indikator (
  indikator TEXT COLLATE "C" NOT NULL,
  varian TEXT COLLATE "C" NOT NULL,
  sisi TEXT NOT NULL,
  pilihan SMALLINT NOT NULL,
  urut SMALLINT NOT NULL,
  elemen TEXT COLLATE "C" NOT NULL,
  rincian JSONB NOT NULL,
  CONSTRAINT suku_indikator_pkey PRIMARY KEY (indikator, varian, sisi, pilihan, urut)
);
COMMENT ON COLUMN suku_indikator.sisi IS 'PEMBILANG or PENYEBUT';
COMMENT ON COLUMN suku_indikator.pilihan IS 'alternatives in order; the first complete one counts';

CREATE TABLE daftar_kode (
  daftar TEXT COLLATE "C" NOT NULL,
  versi TEXT COLLATE "C" NOT NULL,
  kode TEXT COLLATE "C" NOT NULL,
  urut INTEGER NOT NULL,
  nama TEXT NOT NULL,
  satuan TEXT,
  sensitif SMALLINT NOT NULL,
  alias TEXT[] NOT NULL,
  definisi JSONB NOT NULL,
  berlaku BOOLEAN NOT NULL,
  CONSTRAINT daftar_kode_pkey PRIMARY KEY (daftar, versi, kode)
);
COMMENT ON COLUMN daftar_kode.daftar IS 'PPKS, PSKS, …';
COMMENT ON COLUMN daftar_kode.alias IS 'older or other labels';
COMMENT ON COLUMN daftar_kode.definisi IS 'list of {sumber, teks, umur, kriteria[]}';
COMMENT ON COLUMN daftar_kode.berlaku IS 'this version of the list is in force';

CREATE TABLE katalog_riwayat (
  jenis TEXT COLLATE "C" NOT NULL,
  kode TEXT COLLATE "C" NOT NULL,
  versi INTEGER NOT NULL,
  hash TEXT NOT NULL,
  isi JSONB NOT NULL,
  dipasang_pada TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT katalog_riwayat_pkey PRIMARY KEY (jenis, kode, versi)
);
COMMENT ON COLUMN katalog_riwayat.jenis IS 'FORMULIR, INDIKATOR, DAFTAR_KODE';
"""

TURUN = """
DROP TABLE katalog_riwayat;
DROP TABLE daftar_kode;
DROP TABLE suku_indikator;
DROP TABLE indikator;
DROP TABLE aturan;
DROP TABLE rincian;
DROP TABLE elemen;
DROP TABLE formulir;
"""


def upgrade() -> None:
    op.execute(NAIK)


def downgrade() -> None:
    op.execute(TURUN)
