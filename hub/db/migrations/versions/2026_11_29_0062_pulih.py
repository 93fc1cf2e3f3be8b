"""Hand-overs that end by themselves where the province's hub dies in between, and that say where the chains were taken up.

`beku_sampai`: while a hand-over is under way nobody writes at the province, and the hub that does it says so every few seconds; killed,
it says nothing more, and the kabupaten writes there again. `serah_turun`: up to which of the province's events the copy held what they
say, so that the same hand-over is answered alike when its answer was lost.
"""

from alembic import op

revision = "0062_pulih"
down_revision = "0061_gangguan"


def upgrade() -> None:
    op.execute(
        """
        ALTER TABLE simpul ADD COLUMN beku_sampai TIMESTAMP WITH TIME ZONE, ADD COLUMN serah_turun BIGINT NOT NULL DEFAULT 0;
        COMMENT ON COLUMN simpul.beku_sampai IS 'until when nobody writes at the province, while it is handed over';
        COMMENT ON COLUMN simpul.serah_turun IS 'number of the province''s last event that the copy held already'
        """
    )


def downgrade() -> None:
    op.execute("ALTER TABLE simpul DROP COLUMN beku_sampai, DROP COLUMN serah_turun")
