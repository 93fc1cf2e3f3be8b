"""The letter that came with a revision, for the reporter's office and its province: of others nobody reads it any more, not even of the
revision that counts."""

from alembic import op

revision = "0049_surat"
down_revision = "0048_pemetaan"

_SEMUA = "hub_publik, hub_kabupaten, hub_provinsi, hub_admin"
_SURAT = "kode_kab, formulir, periode, revisi, surat_nomor, surat_tanggal"
_CATATAN = "cells the province marked: wilayah, elemen, {}alasan, usulan"


def upgrade() -> None:
    op.execute(f"""
CREATE VIEW rekap_revisi_terbaca AS SELECT {_SURAT} FROM rekap_revisi;
COMMENT ON VIEW rekap_revisi_terbaca IS 'as the caller may see it: the letters of whom he reaches, nothing of others';
CREATE POLICY terbaca ON rekap_revisi FOR SELECT TO hub_terbaca USING (hub_jangkau(kode_kab, (SELECT hub_lingkup())));
GRANT SELECT ({_SURAT}) ON rekap_revisi TO hub_terbaca;
GRANT CREATE ON SCHEMA public TO hub_terbaca;
ALTER VIEW rekap_revisi_terbaca OWNER TO hub_terbaca;
REVOKE CREATE ON SCHEMA public FROM hub_terbaca;
GRANT SELECT ON rekap_revisi_terbaca TO {_SEMUA};
REVOKE SELECT (surat_nomor, surat_tanggal) ON rekap_revisi FROM hub_publik;
COMMENT ON COLUMN rekap_peristiwa.catatan IS '{_CATATAN.format("rincian, ")}';
""")


def downgrade() -> None:
    op.execute(f"""
COMMENT ON COLUMN rekap_peristiwa.catatan IS '{_CATATAN.format("")}';
GRANT SELECT (surat_nomor, surat_tanggal) ON rekap_revisi TO hub_publik;
DROP VIEW rekap_revisi_terbaca;
REVOKE ALL ON rekap_revisi FROM hub_terbaca;
DROP POLICY terbaca ON rekap_revisi;
""")
