"""A reader of networks' histories may be anybody: the rows are kept back by row security, not by a refused statement.

Without the grant a document of the public that asks a network for its `riwayat` failed whole instead of getting no rows.
"""

from alembic import op

revision = "0023_riwayat_wksbm"
down_revision = "0022_zona"

_RIWAYAT = "wksbm_riwayat, anggota_wksbm_riwayat, kegiatan_wksbm_riwayat, hubungan_wksbm_riwayat, mitra_luar_riwayat"


def upgrade() -> None:
    op.execute(f"GRANT SELECT ON {_RIWAYAT} TO hub_publik")


def downgrade() -> None:
    op.execute(f"REVOKE SELECT ON {_RIWAYAT} FROM hub_publik")
