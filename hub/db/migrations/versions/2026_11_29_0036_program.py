"""The programmes of an office's budget: what belongs to what, as its own list for a year says.

Everybody reads them, for a budget is no secret; an office writes its own. Nothing is removed: what a later list lacks is closed,
and what was replaced is kept with the time it held.
"""

from alembic import op

revision = "0036_program"
down_revision = "0035_kinerja"

_SEMUA = "hub_publik, hub_kabupaten, hub_provinsi, hub_admin"
_KOLOM = """
  kode_kab TEXT COLLATE "C" NOT NULL,
  tahun INTEGER NOT NULL,
  sumber TEXT COLLATE "C" NOT NULL,
  kunci TEXT COLLATE "C" NOT NULL,
  nama TEXT NOT NULL,
  induk TEXT COLLATE "C",
  alias TEXT[] NOT NULL,
  kunci_alias TEXT[] NOT NULL,
  urut INTEGER NOT NULL,
  berlaku_sejak DATE NOT NULL,
  berlaku_sampai DATE,
  oleh TEXT NOT NULL,
  sejak TIMESTAMP WITH TIME ZONE NOT NULL"""
_DIUBAH = "nama, induk, alias, kunci_alias, urut, berlaku_sejak, berlaku_sampai, oleh"

_TABEL = f"""
CREATE TABLE program ({_KOLOM} DEFAULT hub_saat(),
  CONSTRAINT program_pkey PRIMARY KEY (kode_kab, tahun, sumber, kunci),
  CONSTRAINT program_nama_check CHECK (kunci <> '' AND induk <> kunci)
);
COMMENT ON COLUMN program.kode_kab IS 'whose list it is: a kabupaten, or a province';
COMMENT ON COLUMN program.tahun IS 'budget year';
COMMENT ON COLUMN program.sumber IS 'choice of the breakdown sumber_anggaran';
COMMENT ON COLUMN program.kunci IS 'letters and digits of the name (hub.anggaran.names)';
COMMENT ON COLUMN program.induk IS 'kunci of the programme that this one is part of; null: of none';
COMMENT ON COLUMN program.alias IS 'other names, as written';
COMMENT ON COLUMN program.kunci_alias IS 'letters and digits of those';
COMMENT ON COLUMN program.urut IS 'place in the list';
COMMENT ON COLUMN program.berlaku_sampai IS 'last day; null: in force';
COMMENT ON COLUMN program.oleh IS 'name on the token that was used';
COMMENT ON COLUMN program.sejak IS 'when this row came to hold';

CREATE TABLE program_riwayat ({_KOLOM},
  sampai TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT program_riwayat_pkey PRIMARY KEY (kode_kab, tahun, sumber, kunci, sejak)
);
COMMENT ON COLUMN program_riwayat.sampai IS 'when it was replaced';

-- as the owner: nobody else may write what was. In one transaction the first row replaced is the one that others saw
CREATE FUNCTION hub_program_diganti() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF OLD.sejak < hub_saat() THEN
    INSERT INTO program_riwayat SELECT OLD.*, hub_saat();
    NEW.sejak := hub_saat();
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER program_diganti BEFORE UPDATE ON program FOR EACH ROW EXECUTE FUNCTION hub_program_diganti();

GRANT SELECT ON program, program_riwayat TO {_SEMUA};
GRANT INSERT (kode_kab, tahun, sumber, kunci, {_DIUBAH}), UPDATE ({_DIUBAH}) ON program TO hub_kabupaten, hub_provinsi;
ALTER TABLE program ENABLE ROW LEVEL SECURITY;
ALTER TABLE program_riwayat ENABLE ROW LEVEL SECURITY;
CREATE POLICY semua_baca ON program FOR SELECT TO {_SEMUA} USING (true);
CREATE POLICY semua_baca ON program_riwayat FOR SELECT TO {_SEMUA} USING (true);
"""
_SENDIRI = "kode_kab = (SELECT hub_wilayah())"


def upgrade() -> None:
    op.execute(_TABEL)
    for peran in ("kabupaten", "provinsi"):
        op.execute(f"CREATE POLICY {peran}_tambah ON program FOR INSERT TO hub_{peran} WITH CHECK ({_SENDIRI})")
        op.execute(
            f"CREATE POLICY {peran}_ubah ON program FOR UPDATE TO hub_{peran} USING ({_SENDIRI}) WITH CHECK ({_SENDIRI})"
        )
    for tabel in ("program", "program_riwayat"):
        op.execute(
            f"CREATE TRIGGER kabar_data AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {tabel} "
            "FOR EACH STATEMENT EXECUTE FUNCTION hub_kabar_data()"
        )


def downgrade() -> None:
    op.execute("DROP TABLE program, program_riwayat")
    op.execute("DROP FUNCTION hub_program_diganti()")
