"""The pyramid of boundaries for tiles, its version, and what is wrong with boundaries."""

from alembic import op

revision = "0017_piramida"
down_revision = "0016_wksbm"

_SEMUA = "hub_publik, hub_kabupaten, hub_provinsi, hub_admin"
_TERBACA = ("batas_piramida", "peta_versi", "mutu_batas")

_NAIK = """
CREATE TABLE batas_piramida (
  kode_kab TEXT COLLATE "C" NOT NULL,
  kode TEXT COLLATE "C" NOT NULL,
  wilayah_sejak DATE NOT NULL,
  tingkat SMALLINT NOT NULL,
  pita SMALLINT NOT NULL,
  geom geometry(MULTIPOLYGON,3857) NOT NULL,
  titik geometry(POINT,3857) NOT NULL,
  contoh BOOLEAN NOT NULL,
  CONSTRAINT batas_piramida_pkey PRIMARY KEY (kode_kab, kode, wilayah_sejak, pita)
);
COMMENT ON COLUMN batas_piramida.wilayah_sejak IS 'berlaku_sejak of the region';
COMMENT ON COLUMN batas_piramida.tingkat IS '1 provinsi, 2 kabupaten, 3 kecamatan, 4 desa';
COMMENT ON COLUMN batas_piramida.pita IS '0 coarsest, 4 full detail';
COMMENT ON COLUMN batas_piramida.geom IS 'EPSG:3857, m';
COMMENT ON COLUMN batas_piramida.titik IS 'inside geom';
COMMENT ON COLUMN batas_piramida.contoh IS 'drawn, at least in part, from generated samples';

CREATE TABLE piramida_satuan (
  kode_kab TEXT COLLATE "C" NOT NULL,
  sidik TEXT NOT NULL,
  kelompok TEXT COLLATE "C" NOT NULL,
  tepi JSONB NOT NULL,
  geom geometry(MULTIPOLYGON,3857) NOT NULL,
  CONSTRAINT piramida_satuan_pkey PRIMARY KEY (kode_kab)
);
COMMENT ON COLUMN piramida_satuan.kode_kab IS
  'the unit: a kabupaten; a province''s own code for what no kabupaten covers';
COMMENT ON COLUMN piramida_satuan.sidik IS 'hash of all it was built from';
COMMENT ON COLUMN piramida_satuan.kelompok IS 'first of the units it was built together with; else its own code';
COMMENT ON COLUMN piramida_satuan.tepi IS 'neighbour → hash of the border with it, in all levels and bands';
COMMENT ON COLUMN piramida_satuan.geom IS 'all of it, full detail';

CREATE TABLE peta_versi (
  kunci TEXT COLLATE "C" NOT NULL,
  versi UUID NOT NULL,
  sejak TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT hub_saat(),
  CONSTRAINT peta_versi_pkey PRIMARY KEY (kunci)
);
COMMENT ON COLUMN peta_versi.kunci IS 'batas: the pyramid of boundaries';
COMMENT ON COLUMN peta_versi.versi IS 'the same as long as every shape is the same';
COMMENT ON COLUMN peta_versi.sejak IS 'when this row came to hold';

CREATE TABLE mutu_batas (
  kode_kab TEXT COLLATE "C" NOT NULL,
  kode TEXT COLLATE "C" NOT NULL,
  jenis TEXT COLLATE "C" NOT NULL,
  nomor SMALLINT NOT NULL,
  lain TEXT[] NOT NULL,
  luas_m2 FLOAT,
  bagian FLOAT,
  geom geometry(GEOMETRY,4326),
  diperiksa_pada TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
  CONSTRAINT mutu_batas_pkey PRIMARY KEY (kode_kab, kode, jenis, nomor)
);
COMMENT ON COLUMN mutu_batas.kode IS 'the region concerned';
COMMENT ON COLUMN mutu_batas.jenis IS 'TUMPANG_TINDIH, CELAH, DI_LUAR_INDUK, TANPA_BATAS, LUAS_BEDA';
COMMENT ON COLUMN mutu_batas.nomor IS 'counts the findings of a kind and region';
COMMENT ON COLUMN mutu_batas.lain IS 'the other regions: overlapping, around a gap, where it lies instead';
COMMENT ON COLUMN mutu_batas.luas_m2 IS 'geodesic: overlap, gap, part outside, difference; null: no boundary';
COMMENT ON COLUMN mutu_batas.bagian IS
  'share: of the smaller region, within the region above, difference to the official area';
COMMENT ON COLUMN mutu_batas.geom IS 'lon, lat; null: no boundary';
CREATE INDEX mutu_batas_jenis_idx ON mutu_batas (jenis, kode_kab, kode, nomor);
CREATE INDEX mutu_batas_geom_idx ON mutu_batas USING gist (geom) WHERE geom IS NOT NULL;
"""


def upgrade() -> None:
    op.execute(_NAIK)
    # a box is looked for in one level and one band; both are literals in the statement
    for tingkat in (1, 2, 3, 4):
        for pita in range(5):
            op.execute(
                f"CREATE INDEX batas_piramida_{tingkat}_{pita}_idx ON batas_piramida USING gist (geom) "
                f"WHERE tingkat = {tingkat} AND pita = {pita}"
            )
    op.execute(f"GRANT SELECT ON {', '.join(_TERBACA)} TO {_SEMUA}")
    for tabel in _TERBACA:
        op.execute(
            f"CREATE TRIGGER kabar_data AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {tabel} "
            "FOR EACH STATEMENT EXECUTE FUNCTION hub_kabar_data()"
        )


def downgrade() -> None:
    op.execute("DROP TABLE mutu_batas, peta_versi, piramida_satuan, batas_piramida")
