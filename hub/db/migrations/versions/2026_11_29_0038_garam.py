"""A salt for the content hash of a revision, so that an office and its province may be told one.

The hash of what was sent is tried out quickly where little was sent. With a salt that nobody reads it says that two hold the same
revision, and nothing else; it is told to the two offices that have the revision itself. The salt lies beside the key that claims are
signed with, which no role reads, and stays when that key is changed.
"""

from alembic import op

revision = "0038_garam"
down_revision = "0037_kewajaran"

_GARAM = """
ALTER TABLE kunci_peran ADD COLUMN garam BYTEA NOT NULL DEFAULT uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
COMMENT ON COLUMN kunci_peran.garam IS 'random, made once; read by hub_sidik_revisi alone';

-- the salted content hash of a revision, in hexadecimal, for its office and its province; null for everybody else. Its key is
-- hashed with it: two offices that sent the same do not learn that they did
CREATE FUNCTION hub_sidik_revisi(kab text, form text, masa text, nomor integer) RETURNS text LANGUAGE plpgsql STABLE
PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF kab = public.hub_klaim('hub_kabupaten') OR public.hub_di_bawah(kab, public.hub_klaim('hub_provinsi')) THEN
    RETURN (
      SELECT encode(sha256(k.garam || convert_to(concat_ws(':', kab, form, masa, nomor), 'UTF8') || r.hash_isi), 'hex')
      FROM public.kunci_peran k, public.rekap_revisi r
      WHERE r.kode_kab = kab AND r.formulir = form AND r.periode = masa AND r.revisi = nomor);
  END IF;
  RETURN NULL;
END $$;
"""


def upgrade() -> None:
    op.execute(_GARAM)


def downgrade() -> None:
    op.execute("DROP FUNCTION hub_sidik_revisi(text, text, text, integer)")
    op.execute("ALTER TABLE kunci_peran DROP COLUMN garam")
