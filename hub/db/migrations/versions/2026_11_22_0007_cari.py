"""Looking for regions by name: a key per name and alias, with the indexes that find it by likeness and by beginning."""

from alembic import op

revision = "0007_cari"
down_revision = "0006_akses"

NAIK = """
ALTER TABLE wilayah ADD COLUMN kunci TEXT COLLATE "C"
  GENERATED ALWAYS AS (regexp_replace(lower(nama), '[^a-z0-9]'::text, ''::text, 'g'::text)) STORED NOT NULL;
COMMENT ON COLUMN wilayah.kunci IS 'the name as it is looked for: letters and digits only, lower case';
CREATE INDEX wilayah_mirip_idx ON wilayah USING gin (kunci gin_trgm_ops);
CREATE INDEX wilayah_mirip_atas_idx ON wilayah USING gin (kunci gin_trgm_ops) WHERE tingkat < 4;
CREATE INDEX wilayah_kunci_idx ON wilayah (kunci);

ALTER TABLE alias_wilayah ADD COLUMN kunci TEXT COLLATE "C"
  GENERATED ALWAYS AS (regexp_replace(lower(alias), '[^a-z0-9]'::text, ''::text, 'g'::text)) STORED NOT NULL;
COMMENT ON COLUMN alias_wilayah.kunci IS 'the alias as it is looked for';
CREATE INDEX alias_wilayah_mirip_idx ON alias_wilayah USING gin (kunci gin_trgm_ops);

CREATE INDEX batas_berganti_idx ON batas (sampai) WHERE sampai IS NOT NULL;
"""

TURUN = """
DROP INDEX batas_berganti_idx;
ALTER TABLE alias_wilayah DROP COLUMN kunci;
ALTER TABLE wilayah DROP COLUMN kunci;
"""


def upgrade() -> None:
    op.execute(NAIK)


def downgrade() -> None:
    op.execute(TURUN)
