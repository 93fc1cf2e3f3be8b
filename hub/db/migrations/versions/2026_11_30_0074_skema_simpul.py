"""Schemas of nodes, by their digest: a province that is started again knows what it may ask."""

from alembic import op

revision = "0074_skema_simpul"
down_revision = "0071_bagian_langsung"

_TABEL = """
CREATE TABLE simpul_skema (
  sidik TEXT NOT NULL,
  isi TEXT NOT NULL,
  CONSTRAINT simpul_skema_pkey PRIMARY KEY (sidik)
);
COMMENT ON TABLE simpul_skema IS 'at the province: schemas of nodes that are asked live';
COMMENT ON COLUMN simpul_skema.sidik IS 'SHA-256 of the text';
COMMENT ON COLUMN simpul_skema.isi IS 'in the definition language of GraphQL';
ALTER TABLE simpul_langsung ADD COLUMN skema TEXT, ADD COLUMN skema_versi TEXT, ADD COLUMN skema_alamat TEXT;
COMMENT ON COLUMN simpul_langsung.skema IS 'digest of its schema; null: it is not known';
COMMENT ON COLUMN simpul_langsung.skema_versi IS 'version of the hub that told it';
COMMENT ON COLUMN simpul_langsung.skema_alamat IS 'where it was told';
GRANT SELECT, INSERT, DELETE ON simpul_skema TO hub_sistem;
ALTER TABLE simpul_skema ENABLE ROW LEVEL SECURITY;
"""


def upgrade() -> None:
    op.execute(_TABEL)


def downgrade() -> None:
    op.execute("ALTER TABLE simpul_langsung DROP COLUMN skema, DROP COLUMN skema_versi, DROP COLUMN skema_alamat")
    op.execute("DROP TABLE simpul_skema")
