"""Regions, lineage, aliases, boundaries."""

from alembic import op

revision = "0001_wilayah"
down_revision = None

NAIK = """
CREATE EXTENSION IF NOT EXISTS postgis;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE TABLE wilayah (
  kode_kab TEXT COLLATE "C" NOT NULL,
  kode TEXT COLLATE "C" NOT NULL,
  berlaku_sejak DATE NOT NULL,
  berlaku_sampai DATE,
  hari_terakhir DATE GENERATED ALWAYS AS (COALESCE(berlaku_sampai - 1, 'infinity'::date)) STORED NOT NULL,
  tingkat SMALLINT NOT NULL,
  jenis TEXT NOT NULL,
  nama TEXT NOT NULL,
  kode_induk TEXT COLLATE "C",
  CONSTRAINT wilayah_pkey PRIMARY KEY (kode_kab, kode, berlaku_sejak)
);
COMMENT ON COLUMN wilayah.berlaku_sampai IS 'first day no longer in force; null: in force';
COMMENT ON COLUMN wilayah.hari_terakhir IS 'last day in force; infinity while it lasts';
COMMENT ON COLUMN wilayah.tingkat IS '1 provinsi, 2 kabupaten, 3 kecamatan, 4 desa';
COMMENT ON COLUMN wilayah.kode_induk IS 'code of the region above, in force on the same days';
CREATE INDEX wilayah_induk_idx ON wilayah (kode_kab, kode_induk, kode);
CREATE UNIQUE INDEX wilayah_satu_berlaku_idx ON wilayah (kode_kab, kode) WHERE berlaku_sampai IS NULL;
CREATE INDEX wilayah_kabupaten_idx ON wilayah (kode_induk, kode) WHERE tingkat = 2;

CREATE TABLE silsilah (
  kode_lama TEXT COLLATE "C" NOT NULL,
  sejak_lama DATE NOT NULL,
  kode_baru TEXT COLLATE "C" NOT NULL,
  sejak_baru DATE NOT NULL,
  jenis TEXT NOT NULL,
  CONSTRAINT silsilah_pkey PRIMARY KEY (kode_lama, sejak_lama, kode_baru, sejak_baru)
);
COMMENT ON COLUMN silsilah.sejak_lama IS 'berlaku_sejak of the older region';
COMMENT ON COLUMN silsilah.sejak_baru IS 'berlaku_sejak of the newer region';
COMMENT ON COLUMN silsilah.jenis IS 'pindah, pindah_nomor, pindah_status, pindah_induk, pecah, gabung';
CREATE INDEX silsilah_baru_idx ON silsilah (kode_baru, sejak_baru);

CREATE TABLE alias_wilayah (
  kode_kab TEXT COLLATE "C" NOT NULL,
  kode TEXT COLLATE "C" NOT NULL,
  berlaku_sejak DATE NOT NULL,
  alias TEXT NOT NULL,
  sampai DATE,
  sumber TEXT NOT NULL,
  CONSTRAINT alias_wilayah_pkey PRIMARY KEY (kode_kab, kode, berlaku_sejak, alias)
);
COMMENT ON COLUMN alias_wilayah.berlaku_sejak IS 'of the region';
COMMENT ON COLUMN alias_wilayah.alias IS 'another name or spelling of the region';
COMMENT ON COLUMN alias_wilayah.sampai IS 'first day the name was no longer the official one; null: never official';

CREATE TABLE batas (
  kode_kab TEXT COLLATE "C" NOT NULL,
  kode TEXT COLLATE "C" NOT NULL,
  wilayah_sejak DATE NOT NULL,
  tanggal DATE NOT NULL,
  sejak DATE NOT NULL,
  sampai DATE,
  tingkat SMALLINT NOT NULL,
  geom geometry(MULTIPOLYGON,4326) NOT NULL,
  titik geometry(POINT,4326) NOT NULL,
  luas_km2 FLOAT NOT NULL,
  sumber TEXT NOT NULL,
  versi TEXT NOT NULL,
  contoh BOOLEAN NOT NULL,
  CONSTRAINT batas_pkey PRIMARY KEY (kode_kab, kode, wilayah_sejak, tanggal)
);
COMMENT ON COLUMN batas.wilayah_sejak IS 'berlaku_sejak of the region';
COMMENT ON COLUMN batas.tanggal IS 'the day the boundary was imported for';
COMMENT ON COLUMN batas.sejak IS 'first day it holds: the region''s own for its first boundary, else tanggal';
COMMENT ON COLUMN batas.sampai IS 'first day a newer boundary holds; null: the newest';
COMMENT ON COLUMN batas.geom IS 'lon, lat';
COMMENT ON COLUMN batas.titik IS 'inside geom';
COMMENT ON COLUMN batas.luas_km2 IS 'geodesic, WGS 84';
COMMENT ON COLUMN batas.versi IS 'hash of the imported file';
COMMENT ON COLUMN batas.contoh IS 'generated sample, not a real boundary';
CREATE INDEX batas_geom_idx ON batas USING gist (geom) WHERE sampai IS NULL;
"""

TURUN = """
DROP TABLE batas;
DROP TABLE alias_wilayah;
DROP TABLE silsilah;
DROP TABLE wilayah;
"""


def upgrade() -> None:
    op.execute(NAIK)


def downgrade() -> None:
    op.execute(TURUN)
