"""A link between regions may be of two days: split off first, and later what took in the rest (`pecah_gabung`)."""

from alembic import op

revision = "0039_pecah_gabung"
down_revision = "0038_garam"

_KINDS = "pindah, pindah_nomor, pindah_status, pindah_induk, pecah, gabung"


def upgrade() -> None:
    op.execute(
        f"COMMENT ON COLUMN silsilah.jenis IS '{_KINDS}; pecah_gabung: first the one, then the other; dari_desa: told from their desa'"
    )


def downgrade() -> None:
    op.execute("UPDATE silsilah SET jenis = 'pecah' WHERE jenis = 'pecah_gabung'")
    op.execute(f"COMMENT ON COLUMN silsilah.jenis IS '{_KINDS}; dari_desa: told from their desa'")
