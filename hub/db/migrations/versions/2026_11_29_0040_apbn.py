"""Which SLRT and puskesos leave the state budget: found without reading the whole register."""

from alembic import op

revision = "0040_apbn"
down_revision = "0039_pecah_gabung"


def upgrade() -> None:
    op.execute(
        "CREATE INDEX sumber_daya_apbn_idx ON sumber_daya (kode_desa, id) "
        "WHERE jenis IN ('SLRT', 'PUSKESOS') AND upper(btrim(sumber_dana)) = 'APBN'"
    )


def downgrade() -> None:
    op.execute("DROP INDEX sumber_daya_apbn_idx")
