"""The choices of a breakdown in words: their names, the other names they go by, how they are defined; and whether they replace
each other, as versions of a target do. And a stated total that nothing known stands beside.

Until the catalogue is installed anew, which serving does, a choice is called by its code.
"""

from alembic import op

revision = "0032_butir"
down_revision = "0031_nama"


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
    op.execute("ALTER TABLE rincian ADD COLUMN terbaru BOOLEAN DEFAULT false NOT NULL")
    op.execute(
        "COMMENT ON COLUMN rincian.terbaru IS "
        "'its choices replace each other: the newest is the figure without this breakdown'"
    )
    # a stated total beside half a breakdown has nothing to be compared with
    op.execute("ALTER TABLE rekap_total ALTER COLUMN dihitung DROP NOT NULL")
    op.execute("COMMENT ON COLUMN rekap_total.dihitung IS 'null: what the cells add up to is not known'")


def downgrade() -> None:
    op.execute("COMMENT ON COLUMN rekap_total.dihitung IS NULL")
    op.execute("ALTER TABLE rekap_total DISABLE TRIGGER USER")  # what a revision said is nobody's to change, else
    op.execute("UPDATE rekap_total SET dihitung = 0 WHERE dihitung IS NULL")
    op.execute("ALTER TABLE rekap_total ENABLE TRIGGER USER")
    op.execute("ALTER TABLE rekap_total ALTER COLUMN dihitung SET NOT NULL")
    op.execute("ALTER TABLE rincian DROP COLUMN terbaru")
    op.execute("ALTER TABLE rincian DROP COLUMN butir")
