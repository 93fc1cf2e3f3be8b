"""Whoever closes a warehouse holds its ledger first; the admin may close one too."""

from alembic import op

revision = "0024_buku_stok_admin"
down_revision = "0023_riwayat_wksbm"


def upgrade() -> None:
    op.execute("GRANT EXECUTE ON FUNCTION hub_buka_buku_stok(text, uuid) TO hub_admin")


def downgrade() -> None:
    op.execute("REVOKE EXECUTE ON FUNCTION hub_buka_buku_stok(text, uuid) FROM hub_admin")
