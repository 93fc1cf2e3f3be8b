"""A form may be sent more often than it is expected: the shortest period it is taken for stands beside the expected one.

And every figure that an office states of an indicator, instead of the figures behind it, is closed like them: not KIN02 by its code,
but each element that the catalogue says is recomputed.

Until the catalogue is installed anew, which serving does, a form is taken as often as it is expected.
"""

from alembic import op

revision = "0034_frekuensi"
down_revision = "0033_tenggat"

_PEKA = """
CREATE OR REPLACE FUNCTION hub_peka(kode_elemen text, rincian jsonb) RETURNS integer LANGUAGE sql STABLE PARALLEL SAFE
  RETURN (SELECT greatest(e.sensitif, CASE
    WHEN hub_peka.rincian = '{{}}' THEN 0
    WHEN e.sensitif >= 1 THEN (
      SELECT max(d.sensitif) FROM jsonb_each_text(hub_peka.rincian) x JOIN daftar_kode d ON d.berlaku AND d.sensitif > e.sensitif
      WHERE CASE WHEN x.key = 'jenis_' || lower(d.daftar) THEN x.value = d.kode ELSE EXISTS (
        SELECT 1 FROM unnest(d.alias || d.nama) n
        WHERE strpos(' ' || regexp_replace(lower(x.value), '[^a-z0-9]+', ' ', 'g') || ' ',
          ' ' || regexp_replace(lower(n), '[^a-z0-9]+', ' ', 'g') || ' ') > 0) END)
    WHEN {dinyatakan} THEN (
      SELECT max(b.sensitif) FROM elemen b, jsonb_each_text(hub_peka.rincian) x,
        LATERAL (SELECT ' ' || regexp_replace(lower(x.value), '[^a-z0-9]+', ' ', 'g') || ' ' AS kata) k
      WHERE strpos(k.kata, ' ' || lower(b.kode) || ' ') > 0 OR b.sensitif >= 3 AND EXISTS (
        SELECT 1 FROM suku_indikator s WHERE s.elemen = b.kode AND strpos(k.kata, ' ' || lower(s.indikator) || ' ') > 0))
    END) FROM elemen e WHERE e.kode = kode_elemen);
"""


def upgrade() -> None:
    op.execute("ALTER TABLE formulir ADD COLUMN periode_tersingkat TEXT")
    op.execute("UPDATE formulir SET periode_tersingkat = periode_jenis")
    op.execute("ALTER TABLE formulir ALTER COLUMN periode_tersingkat SET NOT NULL")
    op.execute(
        "COMMENT ON COLUMN formulir.periode_tersingkat IS "
        "'BULAN, TRIWULAN, SEMESTER, TAHUN: the shortest it may be sent for, periode_jenis or shorter'"
    )
    op.execute(
        "COMMENT ON COLUMN formulir.periode_jenis IS 'BULAN, TRIWULAN, SEMESTER, TAHUN: how often it is expected'"
    )
    op.execute(_PEKA.format(dinyatakan="e.agregasi_wilayah = 'HITUNG_ULANG'"))


def downgrade() -> None:
    op.execute(_PEKA.format(dinyatakan="e.kode = 'KIN02'"))
    op.execute("COMMENT ON COLUMN formulir.periode_jenis IS 'BULAN, TRIWULAN, SEMESTER, TAHUN: the finest it takes'")
    op.execute("ALTER TABLE formulir DROP COLUMN periode_tersingkat")
