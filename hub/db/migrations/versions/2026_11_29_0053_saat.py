"""The time of a transaction, ten times as fast: it is asked for with every row that is written.

It was kept in a setting, signed, so that nobody dates what he writes; each row had the signature worked out again. Now it stands in a
sequence, where this session last put it, and beside it the transaction it is of: nobody but the owner may put anything there, so no
signature is needed. The setting only says whether there is something to look up.
"""

from alembic import op

revision = "0053_saat"
down_revision = "0052_webhook"

_SAAT = """
CREATE SEQUENCE saat_transaksi;
CREATE SEQUENCE saat_mikrodetik;
COMMENT ON SEQUENCE saat_transaksi IS 'of each session: the transaction that saat_mikrodetik is of';
COMMENT ON SEQUENCE saat_mikrodetik IS 'of each session: the time of everything its transaction writes, since 1970';
REVOKE ALL ON SEQUENCE saat_transaksi, saat_mikrodetik FROM PUBLIC;

-- one time for everything a transaction writes, read when it first writes: transactions that waited for a lock come
-- after the one they waited for
CREATE OR REPLACE FUNCTION hub_saat() RETURNS timestamptz LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  transaksi bigint := pg_current_xact_id()::text::bigint;
BEGIN
  -- without the setting the sequences may have no value in this session; with a forged one they end the transaction
  IF coalesce(current_setting('hub.saat', true), '') <> transaksi::text
    OR currval('public.saat_transaksi'::regclass) <> transaksi THEN
    PERFORM setval('public.saat_mikrodetik', (extract(epoch FROM clock_timestamp()) * 1000000)::bigint),
      setval('public.saat_transaksi', transaksi), set_config('hub.saat', transaksi::text, true);
  END IF;
  RETURN timestamptz 'epoch' + currval('public.saat_mikrodetik'::regclass) * interval '1 microsecond';
END $$;
DROP FUNCTION hub_tanda(text);
"""

_DAHULU = """
CREATE FUNCTION hub_tanda(isi text) RETURNS text LANGUAGE plpgsql STABLE PARALLEL RESTRICTED
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN (SELECT encode(sha256(luar || sha256(dalam || convert_to(isi, 'UTF8'))), 'hex') FROM public.kunci_peran);
END $$;
REVOKE ALL ON FUNCTION hub_tanda(text) FROM PUBLIC;

CREATE OR REPLACE FUNCTION hub_saat() RETURNS timestamptz LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET datestyle = 'ISO' SET timezone = 'UTC' AS $$
DECLARE
  saat text := current_setting('hub.saat', true);
  transaksi text := 'saat|' || pg_current_xact_id()::text || '|';
  isi text := substr(saat, 66);
BEGIN
  IF starts_with(isi, transaksi) AND left(saat, 64) = public.hub_tanda(isi) THEN
    RETURN substr(isi, length(transaksi) + 1)::timestamptz;
  END IF;
  isi := transaksi || clock_timestamp()::text;
  PERFORM set_config('hub.saat', public.hub_tanda(isi) || '|' || isi, true);
  RETURN substr(isi, length(transaksi) + 1)::timestamptz;
END $$;
DROP SEQUENCE saat_transaksi, saat_mikrodetik;
"""


def upgrade() -> None:
    op.execute(_SAAT)


def downgrade() -> None:
    op.execute(_DAHULU)
