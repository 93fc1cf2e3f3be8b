"""From which zoom each level is drawn; null until the map is brought up to date, which the next start of the hub does."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0025_peta_mulai"
down_revision = "0024_buku_stok_admin"

_KOLOM = sa.Column(
    "mulai", ARRAY(sa.SmallInteger), comment="from which zoom each level is drawn, provinces first; null: not yet known"
)


def upgrade() -> None:
    op.add_column("peta_versi", _KOLOM)


def downgrade() -> None:
    op.drop_column("peta_versi", "mulai")
