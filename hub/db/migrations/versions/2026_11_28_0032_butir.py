"""The choices of a breakdown in words: their names, the other names they go by, how they are defined.

Until the catalogue is installed anew, which serving does, a choice is called by its code.
"""

from alembic import op

revision = "0032_butir"
down_revision = "0029_rapat"


def upgrade() -> None:
    op.execute("ALTER TABLE rincian ADD COLUMN butir JSONB")
    op.execute(
        "UPDATE rincian SET butir = coalesce((SELECT jsonb_agg(jsonb_build_object('kode', p.kode, 'nama', p.kode, 'sensitif', 0, "
        "'alias', '[]'::jsonb, 'definisi', '[]'::jsonb) ORDER BY p.urut) "
        "FROM unnest(pilihan) WITH ORDINALITY AS p(kode, urut)), '[]')"
    )
    op.execute("ALTER TABLE rincian ALTER COLUMN butir SET NOT NULL")
    op.execute(
        "COMMENT ON COLUMN rincian.butir IS "
        "'its listed choices in words: list of {kode, nama, sensitif, alias[], definisi[]}, as entries of a code list'"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE rincian DROP COLUMN butir")
