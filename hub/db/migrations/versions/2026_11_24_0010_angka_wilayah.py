"""Figures of one desa, read as one range instead of one look-up per element and period. Equal keys are stored once, so the
index is a small part of the table (110 MB beside 1,2 GB).

Only desa: figures of kabupaten and kecamatan are read one element at a time, through the key, and the planner, who expects
one row either way, would take this index for them too.
"""

from alembic import op

revision = "0010_angka_wilayah"
down_revision = "0009_riwayat"


def upgrade() -> None:
    op.execute(
        "CREATE INDEX angka_wilayah_idx ON angka (kode_kab, periode, kode_wilayah) WHERE dimensi = '' AND tingkat = 4"
    )


def downgrade() -> None:
    op.execute("DROP INDEX angka_wilayah_idx")
