"""What is wrong between a node and its province, as numbers on the node: what either end refused of the other's and nothing newer has
replaced, and alarms that no receipt without one has followed. Both are counted where a receipt is kept.
"""

from alembic import op

revision = "0061_gangguan"
down_revision = "0059_bekal"


def upgrade() -> None:
    op.execute("""
ALTER TABLE simpul ADD COLUMN ditolak INTEGER NOT NULL DEFAULT 0, ADD COLUMN peringatan INTEGER NOT NULL DEFAULT 0;
COMMENT ON COLUMN simpul.ditolak IS 'events that either end refused of the other''s, and nothing newer of the same thing was taken';
COMMENT ON COLUMN simpul.peringatan IS 'alarms that no receipt without one has followed';
CREATE INDEX rantai_peristiwa_masuk_subjek_idx ON rantai_peristiwa_masuk (kode_kab, subjek, nomor);
CREATE INDEX rantai_peristiwa_masuk_ditolak_idx ON rantai_peristiwa_masuk (kode_kab, nomor) WHERE putusan = 'DITOLAK';
CREATE INDEX rantai_peristiwa_ditolak_idx ON rantai_peristiwa (kode_kab, nomor) WHERE putusan = 'DITOLAK';
""")


def downgrade() -> None:
    op.execute("""
DROP INDEX rantai_peristiwa_ditolak_idx, rantai_peristiwa_masuk_ditolak_idx, rantai_peristiwa_masuk_subjek_idx;
ALTER TABLE simpul DROP COLUMN peringatan, DROP COLUMN ditolak;
""")
