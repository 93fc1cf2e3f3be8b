"""What travels down to a node: which version of each part it holds, what has come of the next one, and why one could not be taken.

At a node what everybody sees comes from its province alone, with its history: there neither the copying of open figures nor the keeping
of what was replaced runs. And deadlines there are copies, which the hub's own work brings in line with the province's.
"""

from alembic import op

revision = "0059_bekal"
down_revision = "0058_langsung"

_TABEL = """
CREATE TABLE simpul_bekal (
  kode_kab TEXT COLLATE "C" NOT NULL,
  bagian TEXT COLLATE "C" NOT NULL,
  sidik TEXT,
  sidik_induk TEXT,
  pada TIMESTAMP WITH TIME ZONE,
  sebab TEXT,
  temuan JSONB NOT NULL DEFAULT '[]',
  CONSTRAINT simpul_bekal_pkey PRIMARY KEY (kode_kab, bagian)
);
COMMENT ON TABLE simpul_bekal IS 'at a node: parts of what its province sends down';
COMMENT ON COLUMN simpul_bekal.sidik IS 'digest of the part here when it was last the province''s; null: it never was';
COMMENT ON COLUMN simpul_bekal.sidik_induk IS 'what the province called that';
COMMENT ON COLUMN simpul_bekal.pada IS 'when it was last taken';
COMMENT ON COLUMN simpul_bekal.sebab IS 'why the newest one could not be taken; null: it could';
COMMENT ON COLUMN simpul_bekal.temuan IS 'what was found when it was last taken';

CREATE TABLE simpul_bekal_isi (
  kode_kab TEXT COLLATE "C" NOT NULL,
  bagian TEXT COLLATE "C" NOT NULL,
  tabel TEXT COLLATE "C" NOT NULL,
  potong TEXT COLLATE "C" NOT NULL,
  sidik TEXT NOT NULL,
  isi JSONB NOT NULL,
  CONSTRAINT simpul_bekal_isi_pkey PRIMARY KEY (kode_kab, bagian, tabel, potong)
);
COMMENT ON TABLE simpul_bekal_isi IS 'at a node: pieces of a part that have come and are not in force yet';
COMMENT ON COLUMN simpul_bekal_isi.isi IS 'list of rows: list of values as text, in the order of the columns'' names';

ALTER TABLE simpul ADD katalog_induk TEXT, ADD wilayah_induk DATE, ADD bekal_sebab TEXT;
COMMENT ON COLUMN simpul.katalog_induk IS 'at the node: version of the province''s catalogue at the last contact';
COMMENT ON COLUMN simpul.wilayah_induk IS 'at the node: version of the province''s list of regions at the last contact';
COMMENT ON COLUMN simpul.bekal_sebab IS 'why the node does not hold what the province sends down; null: it does';
"""

_HAK = """
GRANT SELECT, INSERT, UPDATE, DELETE ON simpul_bekal, simpul_bekal_isi TO hub_sistem;
GRANT INSERT, UPDATE, DELETE ON barang, tenggat, sasaran_kinerja, skala_kinerja TO hub_sistem;
GRANT INSERT ON angka_rilis_riwayat, angka_tertulis_rilis_riwayat TO hub_sistem;
-- rekap follow a deadline that came down
GRANT UPDATE (tenggat, tepat_waktu) ON rekap TO hub_sistem;
GRANT DELETE, INSERT (kode_kab, formulir, periode, diharapkan, diterima, disetujui, tepat_waktu) ON kelengkapan TO hub_sistem;

-- whether this hub is a kabupaten's own, which has joined its province's
CREATE FUNCTION hub_di_simpul() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$ SELECT EXISTS (SELECT FROM public.simpul WHERE induk IS NOT NULL) $$;
"""

_WHEN = "WHEN (NOT hub_di_simpul()) "


def _released(when: str) -> str:
    """Triggers of what everybody sees."""
    return "".join(
        f"""
DROP TRIGGER {table}_rilis_diganti ON {table}_rilis;
CREATE TRIGGER {table}_rilis_diganti AFTER DELETE ON {table}_rilis REFERENCING OLD TABLE AS lama
  FOR EACH STATEMENT {when}EXECUTE FUNCTION hub_{table}_rilis_diganti();
DROP TRIGGER {table}_disalin_tambah ON {table};
CREATE TRIGGER {table}_disalin_tambah AFTER INSERT ON {table} REFERENCING NEW TABLE AS baru
  FOR EACH STATEMENT {when}EXECUTE FUNCTION hub_{table}_disalin();
DROP TRIGGER {table}_disalin_hapus ON {table};
CREATE TRIGGER {table}_disalin_hapus AFTER DELETE ON {table} REFERENCING OLD TABLE AS lama
  FOR EACH STATEMENT {when}EXECUTE FUNCTION hub_{table}_disalin();
DROP TRIGGER {table}_disalin_ubah ON {table};
CREATE TRIGGER {table}_disalin_ubah AFTER UPDATE ON {table} REFERENCING OLD TABLE AS lama NEW TABLE AS baru
  FOR EACH STATEMENT {when}EXECUTE FUNCTION hub_{table}_disalin();
"""
        for table in ("angka", "angka_tertulis")
    )


def _deadlines(when: str) -> str:
    return f"""
DROP TRIGGER tenggat_tetap ON tenggat;
CREATE TRIGGER tenggat_tetap BEFORE UPDATE OR DELETE ON tenggat FOR EACH ROW {when}EXECUTE FUNCTION hub_tolak_ubah();
"""


def upgrade() -> None:
    op.execute(_TABEL)
    op.execute(_HAK)
    op.execute(_released(_WHEN))
    op.execute(_deadlines("WHEN (NOT (current_user = 'hub_sistem' AND hub_di_simpul())) "))


def downgrade() -> None:
    op.execute(_deadlines(""))
    op.execute(_released(""))
    op.execute("DROP FUNCTION hub_di_simpul()")
    op.execute("REVOKE INSERT ON angka_rilis_riwayat, angka_tertulis_rilis_riwayat FROM hub_sistem")
    op.execute("REVOKE UPDATE (tenggat, tepat_waktu) ON rekap FROM hub_sistem")
    op.execute(
        "REVOKE DELETE, INSERT (kode_kab, formulir, periode, diharapkan, diterima, disetujui, tepat_waktu) ON kelengkapan FROM hub_sistem"
    )
    op.execute("REVOKE INSERT, UPDATE, DELETE ON barang, tenggat, sasaran_kinerja, skala_kinerja FROM hub_sistem")
    op.execute("ALTER TABLE simpul DROP katalog_induk, DROP wilayah_induk, DROP bekal_sebab")
    op.execute("DROP TABLE simpul_bekal_isi, simpul_bekal")
