"""Figures by region: what one desa has is read as one range instead of one look-up per element and period. Equal keys are
stored once, so the index is a small part of the table."""

from alembic import op

revision = "0010_angka_wilayah"
down_revision = "0006_akses"


def upgrade() -> None:
    op.execute("CREATE INDEX angka_wilayah_idx ON angka (kode_kab, periode, kode_wilayah) WHERE dimensi = ''")


def downgrade() -> None:
    op.execute("DROP INDEX angka_wilayah_idx")
