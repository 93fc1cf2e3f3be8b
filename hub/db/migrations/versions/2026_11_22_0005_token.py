"""Bearer tokens."""

from alembic import op

revision = "0005_token"
down_revision = "0004_angka"

NAIK = """
CREATE TABLE token (
  id UUID NOT NULL,
  nama TEXT NOT NULL,
  peran TEXT NOT NULL,
  wilayah TEXT COLLATE "C" NOT NULL,
  hash BYTEA NOT NULL,
  dibuat_pada TIMESTAMP WITH TIME ZONE NOT NULL,
  kedaluwarsa_pada TIMESTAMP WITH TIME ZONE,
  dicabut_pada TIMESTAMP WITH TIME ZONE,
  terakhir_dipakai TIMESTAMP WITH TIME ZONE,
  CONSTRAINT token_pkey PRIMARY KEY (id),
  CONSTRAINT token_hash_key UNIQUE (hash)
);
COMMENT ON COLUMN token.peran IS 'KABUPATEN, PROVINSI, ADMIN';
COMMENT ON COLUMN token.wilayah IS 'code the role reaches; empty for ADMIN';
COMMENT ON COLUMN token.hash IS 'SHA-256 of the token';
COMMENT ON COLUMN token.terakhir_dipakai IS 'to the minute';
"""

TURUN = """
DROP TABLE token;
"""


def upgrade() -> None:
    op.execute(NAIK)


def downgrade() -> None:
    op.execute(TURUN)
