"""Names hold from day to day, as regions do; and what regions above the desa were made of, told from their desa.

wilayah.nama stays the newest name, with the day it came to hold; earlier ones move to nama_wilayah, one row for each day on which
a name was given up. Until now they stood among the aliases, one row per spelling: a region that took its first name again had
lost when it bore which. Aliases are spellings to be found by, and nothing more.
"""

from alembic import op

revision = "0031_nama"
down_revision = "0030_bagian"

NAIK = """
ALTER TABLE wilayah ADD COLUMN nama_sejak DATE;
COMMENT ON COLUMN wilayah.nama_sejak IS 'first day of the name; null: the region''s own first day';

CREATE TABLE nama_wilayah (
  kode_kab TEXT COLLATE "C" NOT NULL,
  kode TEXT COLLATE "C" NOT NULL,
  berlaku_sejak DATE NOT NULL,
  sampai DATE NOT NULL,
  nama TEXT NOT NULL,
  CONSTRAINT nama_wilayah_pkey PRIMARY KEY (kode_kab, kode, berlaku_sejak, sampai)
);
COMMENT ON COLUMN nama_wilayah.berlaku_sejak IS 'of the region';
COMMENT ON COLUMN nama_wilayah.sampai IS 'first day it no longer bore the name';
CREATE TRIGGER kabar_data AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON nama_wilayah
  FOR EACH STATEMENT EXECUTE FUNCTION hub_kabar_data();
GRANT SELECT ON nama_wilayah TO hub_publik, hub_kabupaten, hub_provinsi, hub_admin;
GRANT SELECT, INSERT, UPDATE, DELETE ON nama_wilayah TO hub_sistem;

-- of several that one list gave up on one day, the first in order of spelling: which of them stood last is not known any more
INSERT INTO nama_wilayah (kode_kab, kode, berlaku_sejak, sampai, nama)
SELECT DISTINCT ON (a.kode_kab, a.kode, a.berlaku_sejak, a.sampai) a.kode_kab, a.kode, a.berlaku_sejak, a.sampai, a.alias
FROM alias_wilayah a
WHERE a.sampai > a.berlaku_sejak ORDER BY a.kode_kab, a.kode, a.berlaku_sejak, a.sampai, a.alias;
UPDATE wilayah w SET nama_sejak = n.sejak
FROM (SELECT kode_kab, kode, berlaku_sejak, max(sampai) AS sejak FROM nama_wilayah GROUP BY 1, 2, 3) n
WHERE w.kode_kab = n.kode_kab AND w.kode = n.kode AND w.berlaku_sejak = n.berlaku_sejak;
ALTER TABLE alias_wilayah DROP COLUMN sampai;

COMMENT ON COLUMN silsilah.jenis IS 'pindah, pindah_nomor, pindah_status, pindah_induk, pecah, gabung; dari_desa: told from their desa';
"""
# as hub/wilayah/statements.py has it, of what is there
SILSILAH = """
INSERT INTO silsilah (kode_lama, sejak_lama, kode_baru, sejak_baru, jenis)
SELECT DISTINCT l.kode, l.berlaku_sejak, b.kode, b.berlaku_sejak, 'dari_desa'
FROM silsilah s CROSS JOIN (VALUES (2), (5), (8)) AS p(panjang)
JOIN wilayah l ON l.kode_kab = left(left(s.kode_lama, p.panjang), 5) AND l.kode = left(s.kode_lama, p.panjang)
  AND l.berlaku_sejak < s.sejak_baru AND l.hari_terakhir >= s.sejak_baru - 1
JOIN wilayah b ON b.kode_kab = left(left(s.kode_baru, p.panjang), 5) AND b.kode = left(s.kode_baru, p.panjang)
  AND b.berlaku_sejak <= s.sejak_baru AND b.hari_terakhir >= s.sejak_baru
WHERE length(s.kode_lama) = 13 AND length(s.kode_baru) = 13
  AND (b.berlaku_sejak = s.sejak_baru AND NOT EXISTS (
      SELECT FROM silsilah x WHERE x.kode_baru = b.kode AND x.sejak_baru = b.berlaku_sejak)
    OR l.berlaku_sampai = s.sejak_baru AND NOT EXISTS (
      SELECT FROM silsilah x WHERE x.kode_lama = l.kode AND x.sejak_lama = l.berlaku_sejak))
ON CONFLICT DO NOTHING;
"""
TURUN = """
DELETE FROM silsilah WHERE jenis = 'dari_desa';
COMMENT ON COLUMN silsilah.jenis IS 'pindah, pindah_nomor, pindah_status, pindah_induk, pecah, gabung';
ALTER TABLE alias_wilayah ADD COLUMN sampai DATE;
COMMENT ON COLUMN alias_wilayah.sampai IS 'first day the name was no longer the official one; null: never official';
UPDATE alias_wilayah a SET sampai = n.sampai
FROM (SELECT kode_kab, kode, berlaku_sejak, nama, max(sampai) AS sampai FROM nama_wilayah GROUP BY 1, 2, 3, 4) n
WHERE a.kode_kab = n.kode_kab AND a.kode = n.kode AND a.berlaku_sejak = n.berlaku_sejak AND a.alias = n.nama;
DROP TABLE nama_wilayah;
ALTER TABLE wilayah DROP COLUMN nama_sejak;
"""


def upgrade() -> None:
    op.execute(NAIK)
    op.execute(SILSILAH)


def downgrade() -> None:
    op.execute(TURUN)
