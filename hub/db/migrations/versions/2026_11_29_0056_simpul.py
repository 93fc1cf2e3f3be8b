"""Nodes: kabupaten with a hub of their own. Who they are, the keys they sign with, the codes they join with, the requests that were taken.

An office reads of its own node, a province of those below it; keys, codes and requests are for the hub's own work alone.
"""

from alembic import op

revision = "0056_simpul"
down_revision = "0055_rantai_register"


_TABEL = """
CREATE TABLE simpul (
  kode_kab TEXT COLLATE "C" NOT NULL,
  mode TEXT NOT NULL,
  mode_diminta TEXT NOT NULL,
  url TEXT,
  induk TEXT,
  kode_induk TEXT COLLATE "C" NOT NULL,
  zaman INTEGER NOT NULL DEFAULT 1,
  bergabung_pada TIMESTAMP WITH TIME ZONE NOT NULL,
  serah_pada TIMESTAMP WITH TIME ZONE,
  dicabut_pada TIMESTAMP WITH TIME ZONE,
  terakhir_kontak TIMESTAMP WITH TIME ZONE,
  urutan_terakhir BIGINT NOT NULL DEFAULT 0,
  urutan_simpul BIGINT NOT NULL DEFAULT 0,
  beda_jam_ms BIGINT,
  versi_katalog TEXT,
  versi_wilayah DATE,
  versi_hub TEXT,
  alasan TEXT,
  CONSTRAINT simpul_pkey PRIMARY KEY (kode_kab),
  CONSTRAINT simpul_mode_check CHECK (mode IN ('HOSTING', 'KIRIM', 'TARIK')),
  CONSTRAINT simpul_mode_diminta_check CHECK (mode_diminta IN ('KIRIM', 'TARIK'))
);
COMMENT ON TABLE simpul IS 'at the province: every node that joined; at a node: itself';
COMMENT ON COLUMN simpul.kode_kab IS 'the region it runs';
COMMENT ON COLUMN simpul.mode IS 'KIRIM or TARIK, once the kabupaten writes there; HOSTING before and after';
COMMENT ON COLUMN simpul.mode_diminta IS 'KIRIM or TARIK: what it joined for';
COMMENT ON COLUMN simpul.url IS 'where it is asked live; null: nowhere';
COMMENT ON COLUMN simpul.induk IS 'at the node itself: the address of its province; null: at the province';
COMMENT ON COLUMN simpul.kode_induk IS 'its province';
COMMENT ON COLUMN simpul.zaman IS 'epoch: counted on when it joins anew';
COMMENT ON COLUMN simpul.serah_pada IS 'since when the kabupaten writes there';
COMMENT ON COLUMN simpul.dicabut_pada IS 'since when nothing of it is taken any more';
COMMENT ON COLUMN simpul.urutan_terakhir IS 'highest sequence taken without a hole';
COMMENT ON COLUMN simpul.urutan_simpul IS 'highest sequence there, as it said last';
COMMENT ON COLUMN simpul.beda_jam_ms IS 'its clock minus the province''s at the last contact';
COMMENT ON COLUMN simpul.alasan IS 'why the last contact failed; null: it did not';

CREATE TABLE simpul_kunci (
  kode_kab TEXT COLLATE "C" NOT NULL,
  sidik TEXT NOT NULL,
  kunci BYTEA NOT NULL,
  sejak TIMESTAMP WITH TIME ZONE NOT NULL,
  sampai TIMESTAMP WITH TIME ZONE,
  dicabut_pada TIMESTAMP WITH TIME ZONE,
  CONSTRAINT simpul_kunci_pkey PRIMARY KEY (kode_kab, sidik)
);
COMMENT ON COLUMN simpul_kunci.kode_kab IS 'whose key it is: a node''s region, or a province';
COMMENT ON COLUMN simpul_kunci.sidik IS 'what signatures call it';
COMMENT ON COLUMN simpul_kunci.kunci IS 'the public half, 32 bytes';
COMMENT ON COLUMN simpul_kunci.sampai IS 'until when it is still taken, after another took its place';

CREATE TABLE simpul_undangan (
  kode_kab TEXT COLLATE "C" NOT NULL,
  rahasia BYTEA NOT NULL,
  dibuat_pada TIMESTAMP WITH TIME ZONE NOT NULL,
  kedaluwarsa_pada TIMESTAMP WITH TIME ZONE NOT NULL,
  percobaan INTEGER NOT NULL DEFAULT 0,
  sidik TEXT,
  CONSTRAINT simpul_undangan_pkey PRIMARY KEY (kode_kab)
);
COMMENT ON COLUMN simpul_undangan.rahasia IS 'what both sides make of the code; the code itself is kept nowhere';
COMMENT ON COLUMN simpul_undangan.percobaan IS 'wrong tries';
COMMENT ON COLUMN simpul_undangan.sidik IS 'the key it was used for; it may come again, for an answer can be lost';

CREATE TABLE simpul_kiriman (
  kode_kab TEXT COLLATE "C" NOT NULL,
  nonce TEXT NOT NULL,
  sampai TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT simpul_kiriman_pkey PRIMARY KEY (kode_kab, nonce)
);
COMMENT ON TABLE simpul_kiriman IS 'requests that were taken; the same one is not taken again';
COMMENT ON COLUMN simpul_kiriman.sampai IS 'until when the signature it came with is good';
"""

_HAK = """
-- Why a node is not well, for people; null: it is.
CREATE FUNCTION hub_simpul_sebab(dicabut timestamptz, alasan text, kontak timestamptz, serah timestamptz) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
RETURN CASE WHEN dicabut IS NOT NULL THEN 'sudah dicabut' WHEN alasan IS NOT NULL THEN alasan
  WHEN kontak IS NULL AND serah IS NULL THEN 'baru bergabung, belum serah terima'
  WHEN kontak IS NULL THEN 'belum pernah mengirim'
  WHEN kontak < now() - interval '24 hours' THEN 'tidak ada kontak sejak ' || to_char(kontak, 'YYYY-MM-DD HH24:MI') END;

GRANT SELECT ON simpul TO hub_publik, hub_kabupaten, hub_provinsi, hub_admin;
GRANT SELECT, INSERT, UPDATE ON simpul, simpul_kunci TO hub_sistem;
GRANT SELECT, INSERT, UPDATE, DELETE ON simpul_undangan, simpul_kiriman TO hub_sistem;
ALTER TABLE simpul ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul_kunci ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul_undangan ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul_kiriman ENABLE ROW LEVEL SECURITY;
CREATE POLICY kabupaten_baca ON simpul FOR SELECT TO hub_kabupaten USING (kode_kab = (SELECT hub_wilayah()));
CREATE POLICY provinsi_baca ON simpul FOR SELECT TO hub_provinsi USING (hub_di_bawah(kode_kab));
CREATE POLICY admin_baca ON simpul FOR SELECT TO hub_admin USING (true);
CREATE TRIGGER kabar_data AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON simpul
  FOR EACH STATEMENT EXECUTE FUNCTION hub_kabar_data();
"""


def upgrade() -> None:
    op.execute(_TABEL)
    op.execute(_HAK)


def downgrade() -> None:
    op.execute("DROP TABLE simpul_kiriman, simpul_undangan, simpul_kunci, simpul")
    op.execute("DROP FUNCTION hub_simpul_sebab(timestamptz, text, timestamptz, timestamptz)")
