"""Figures of whole kabupaten, which every question about a province reads, close together: at national size the key alone
spreads them over gigabytes of figures of desa."""

from alembic import op

revision = "0012_angka_kabupaten"
down_revision = "0011_sumber_daya"


def upgrade() -> None:
    op.execute("CREATE INDEX angka_kabupaten_idx ON angka (kode_kab, elemen, periode, dimensi) WHERE tingkat = 2")


def downgrade() -> None:
    op.execute("DROP INDEX angka_kabupaten_idx")
