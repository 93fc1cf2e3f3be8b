"""Asking live: how each node answered so far and whether it is asked at all just now; and a statement that meets a region this hub does not
answer for is refused whole.
"""

from alembic import op

revision = "0058_langsung"
down_revision = "0057_bacaan"


_TABEL = """
CREATE TABLE simpul_langsung (
  kode_kab TEXT COLLATE "C" NOT NULL,
  gagal INTEGER NOT NULL DEFAULT 0,
  jeda_detik INTEGER NOT NULL DEFAULT 0,
  tutup_sampai TIMESTAMP WITH TIME ZONE,
  sebab TEXT,
  ditanya BIGINT NOT NULL DEFAULT 0,
  langsung BIGINT NOT NULL DEFAULT 0,
  salinan BIGINT NOT NULL DEFAULT 0,
  terakhir TIMESTAMP WITH TIME ZONE,
  CONSTRAINT simpul_langsung_pkey PRIMARY KEY (kode_kab)
);
COMMENT ON TABLE simpul_langsung IS 'at the province: how each node that is asked live answered';
COMMENT ON COLUMN simpul_langsung.gagal IS 'failures in a row';
COMMENT ON COLUMN simpul_langsung.jeda_detik IS 'for how long it was left alone last; 0: it is not';
COMMENT ON COLUMN simpul_langsung.tutup_sampai IS 'until when it is not asked; null: it is';
COMMENT ON COLUMN simpul_langsung.sebab IS 'why it failed last';
COMMENT ON COLUMN simpul_langsung.ditanya IS 'how often it was to be asked';
COMMENT ON COLUMN simpul_langsung.langsung IS 'how often it answered itself';
COMMENT ON COLUMN simpul_langsung.salinan IS 'how often the copy stood in for it';
COMMENT ON COLUMN simpul_langsung.terakhir IS 'when it answered itself last';
"""

_HAK = """
GRANT SELECT, INSERT, UPDATE ON simpul_langsung TO hub_sistem;
ALTER TABLE simpul_langsung ENABLE ROW LEVEL SECURITY;

CREATE FUNCTION hub_bukan_wilayah(kab text, milik text) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'U0421', MESSAGE =
    'Hub ini menjawab data ' || milik || ' dan wilayah di dalamnya saja; tanyakan ' || kab || ' di hub wilayah itu.';
END $$;
COMMENT ON FUNCTION hub_bukan_wilayah(text, text) IS 'refuses a statement that meets data of a region this hub does not answer for';
"""


def upgrade() -> None:
    op.execute(_TABEL)
    op.execute(_HAK)


def downgrade() -> None:
    op.execute("DROP FUNCTION hub_bukan_wilayah(text, text)")
    op.execute("DROP TABLE simpul_langsung")
