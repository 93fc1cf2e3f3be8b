"""Invitations: a token that nobody has seen yet, fetched once with a code. Neither the code nor the token is kept."""

from alembic import op

revision = "0070_undangan"
down_revision = "0068_gudang_luar"


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE undangan (
          id UUID NOT NULL,
          nama TEXT NOT NULL,
          peran TEXT NOT NULL,
          wilayah TEXT COLLATE "C" NOT NULL,
          token_sampai TIMESTAMP WITH TIME ZONE,
          nomor TEXT COLLATE "C" NOT NULL,
          hash BYTEA NOT NULL,
          dibuat_pada TIMESTAMP WITH TIME ZONE NOT NULL,
          kedaluwarsa_pada TIMESTAMP WITH TIME ZONE NOT NULL,
          salah INTEGER NOT NULL DEFAULT 0,
          dicabut_pada TIMESTAMP WITH TIME ZONE,
          dipakai_pada TIMESTAMP WITH TIME ZONE,
          token UUID,
          garam BYTEA,
          CONSTRAINT undangan_pkey PRIMARY KEY (id),
          CONSTRAINT undangan_nomor_key UNIQUE (nomor)
        );
        COMMENT ON COLUMN undangan.peran IS 'of the token: KABUPATEN, PROVINSI, ADMIN';
        COMMENT ON COLUMN undangan.wilayah IS 'of the token: the code the role reaches; empty for ADMIN';
        COMMENT ON COLUMN undangan.token_sampai IS 'when the token ends; null: when it is revoked';
        COMMENT ON COLUMN undangan.nomor IS 'the code''s first letters, by which it is found; no secret';
        COMMENT ON COLUMN undangan.hash IS 'SHA-256 of the code';
        COMMENT ON COLUMN undangan.kedaluwarsa_pada IS 'when the code ends';
        COMMENT ON COLUMN undangan.salah IS 'wrong tries';
        COMMENT ON COLUMN undangan.token IS 'the token it was exchanged for';
        COMMENT ON COLUMN undangan.garam IS 'what that token was made with; forgotten minutes later';
        GRANT SELECT, INSERT, UPDATE ON undangan TO hub_sistem;
        ALTER TABLE undangan ENABLE ROW LEVEL SECURITY;
        """
    )


def downgrade() -> None:
    op.execute("DROP TABLE undangan")
