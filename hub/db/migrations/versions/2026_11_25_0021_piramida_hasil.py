"""What a unit of the pyramid became, instead of whom it was built with: the version of the map follows what was drawn.

Nothing is known yet of what was drawn before, so every unit counts as changed at the next build.
"""

from alembic import op

revision = "0021_piramida_hasil"
down_revision = "0020_ubin"


def upgrade() -> None:
    op.execute("ALTER TABLE piramida_satuan RENAME COLUMN kelompok TO hasil")
    op.execute("COMMENT ON COLUMN piramida_satuan.hasil IS 'hash of what it became'")
    op.execute("UPDATE piramida_satuan SET sidik = '', hasil = ''")


def downgrade() -> None:
    op.execute("UPDATE piramida_satuan SET sidik = '', hasil = kode_kab")
    op.execute("ALTER TABLE piramida_satuan RENAME COLUMN hasil TO kelompok")
    op.execute(
        "COMMENT ON COLUMN piramida_satuan.kelompok IS 'first of the units it was built together with; else its own code'"
    )
