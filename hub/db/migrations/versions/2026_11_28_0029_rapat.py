"""What still told something: element codes typed otherwise, conditions asked before the rows are closed, times of one's own.

Figures. What KIN02 tells of an element is closed like the element, however its code is written, and like it where it is small.

Views. angka_terbaca and angka_riwayat_terbaca held their rows back by a condition of their own, which the planner mixes with
those of whoever asks: a function of his was called on closed rows. Now they read as hub_terbaca, a role without login that
nobody takes on, and row security closes the rows before any such condition. A security barrier would do the same, but keeps
the regions that a statement asks for out of the index.

Times. A column that says when a row came to hold (default hub_saat) is nobody's to write, and how the caller's session writes
days and zones does not matter to hub_saat.
"""

from alembic import op

revision = "0029_rapat"
down_revision = "0028_peran"

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
    WHEN e.kode = 'KIN02' THEN ({kinerja})
    END) FROM elemen e WHERE e.kode = kode_elemen);
"""
# a code is a word of the choice, in letters of any size: the choice is open, and nobody corrects what is typed. An indicator is
# no figure of persons, so its terms close it by what they are about alone
_KINERJA = """
      SELECT max(b.sensitif) FROM elemen b, jsonb_each_text(hub_peka.rincian) x,
        LATERAL (SELECT ' ' || regexp_replace(lower(x.value), '[^a-z0-9]+', ' ', 'g') || ' ' AS kata) k
      WHERE strpos(k.kata, ' ' || lower(b.kode) || ' ') > 0 OR b.sensitif >= 3 AND EXISTS (
        SELECT 1 FROM suku_indikator s WHERE s.elemen = b.kode AND strpos(k.kata, ' ' || lower(s.indikator) || ' ') > 0)"""
_KINERJA_DAHULU = """
      SELECT max(b.sensitif) FROM elemen b WHERE b.sensitif >= 3 AND (b.kode = hub_peka.rincian->>'indikator' OR b.kode IN (
        SELECT s.elemen FROM suku_indikator s
        WHERE hub_peka.rincian->>'indikator' IN (s.indikator, s.indikator || '.' || s.varian)))"""

# table → its level and number, and whether it says that a figure is so small that it is closed
_FIGURES = {
    "angka": ("tingkat", "nilai", True),
    "angka_riwayat": ("tingkat", "nilai", True),
    "angka_tertulis": ("hub_tingkat(kode_wilayah)", "tertulis", False),
    "angka_tertulis_riwayat": ("hub_tingkat(kode_wilayah)", "tertulis", False),
    "rekap_nilai": ("hub_tingkat(kode_wilayah)", "nilai", False),
}

_VIEWS = {"angka": "", "angka_riwayat": ", sampai"}
_BOLEH = "publik OR kecil OR hub_jangkau(kode_kab, (SELECT hub_lingkup()))"
_TERBACA = """
CREATE OR REPLACE VIEW {tabel}_terbaca AS
SELECT kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian,
  CASE WHEN publik OR hub_jangkau(kode_kab, (SELECT hub_lingkup())) THEN nilai END AS nilai,
  CASE WHEN publik OR hub_jangkau(kode_kab, (SELECT hub_lingkup())) THEN status ELSE 'DISUPRESI' END AS status, turunan, sejak{sampai}
FROM {tabel}{syarat};
"""
_PERAN = """
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'hub_terbaca') THEN
    CREATE ROLE hub_terbaca NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;  -- another database's migration was quicker
END $$;
DO $$
BEGIN
  IF NOT pg_has_role(current_user, 'hub_terbaca', 'USAGE') THEN
    GRANT hub_terbaca TO current_user;  -- only a member gives things to it
  END IF;
END $$;
GRANT CREATE ON SCHEMA public TO hub_terbaca;
"""

# Who may write a whole row may write all of it but when it came to hold; {asal} and {menjadi}: the rights before and after
_SAAT = """
DO $$
DECLARE k record;
BEGIN
  FOR k IN
    SELECT c.relname AS tabel, p.peran, h.hak, string_agg(format('%I', a.attname), ', ' ORDER BY a.attnum) AS kolom
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    CROSS JOIN unnest(ARRAY['hub_kabupaten', 'hub_provinsi', 'hub_admin']) p(peran) CROSS JOIN unnest(ARRAY['INSERT', 'UPDATE']) h(hak)
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND pg_get_expr(d.adbin, d.adrelid) IS DISTINCT FROM 'hub_saat()'
      AND EXISTS (SELECT FROM pg_attrdef s WHERE s.adrelid = c.oid AND pg_get_expr(s.adbin, s.adrelid) = 'hub_saat()')
    GROUP BY c.oid, c.relname, p.peran, h.hak
    HAVING {asal}
  LOOP
    EXECUTE format('REVOKE %s ON %I FROM %I', k.hak, k.tabel, k.peran);
    EXECUTE format('GRANT %s {menjadi} ON %I TO %I', k.hak, k.tabel, k.peran);
  END LOOP;
END $$;
"""
_TANPA_SAAT = {"asal": "has_table_privilege(p.peran, c.oid, h.hak)", "menjadi": "(' || k.kolom || ')"}
_DENGAN_SAAT = {
    "asal": "NOT has_table_privilege(p.peran, c.oid, h.hak) AND bool_and(has_column_privilege(p.peran, c.oid, a.attnum, h.hak))",
    "menjadi": "",
}


def upgrade() -> None:
    op.execute("ALTER FUNCTION hub_saat() SET datestyle = 'ISO' SET timezone = 'UTC'")
    op.execute(_ganti(_SAAT, _TANPA_SAAT))
    op.execute(_PERAN)
    for tabel, sampai in _VIEWS.items():
        op.execute(_TERBACA.format(tabel=tabel, sampai=sampai, syarat=""))
        op.execute(f"""
GRANT SELECT ON {tabel} TO hub_terbaca;
CREATE POLICY terbaca ON {tabel} FOR SELECT TO hub_terbaca USING ({_BOLEH});
ALTER VIEW {tabel}_terbaca OWNER TO hub_terbaca;
""")
    op.execute("REVOKE CREATE ON SCHEMA public FROM hub_terbaca")
    _kinerja(_KINERJA)


def downgrade() -> None:
    _kinerja(_KINERJA_DAHULU)
    for tabel, sampai in _VIEWS.items():
        op.execute(f"""
ALTER VIEW {tabel}_terbaca OWNER TO current_user;
DROP POLICY terbaca ON {tabel};
REVOKE ALL ON {tabel} FROM hub_terbaca;
""")
        op.execute(_TERBACA.format(tabel=tabel, sampai=sampai, syarat=f" WHERE {_BOLEH}"))
    op.execute(_ganti(_SAAT, _DENGAN_SAAT))
    op.execute("ALTER FUNCTION hub_saat() RESET datestyle RESET timezone")


def _ganti(perintah: str, isi: dict[str, str]) -> str:
    for nama, nilai in isi.items():
        perintah = perintah.replace(f"{{{nama}}}", nilai)
    return perintah


def _kinerja(kinerja: str) -> None:
    """What KIN02 tells from now on, and of what is stored."""
    op.execute(_PEKA.format(kinerja=kinerja))
    for tabel, (tingkat, nilai, kecil) in _FIGURES.items():
        terbuka = f"hub_keterbukaan(elemen, {tingkat}, rincian, {nilai})"
        op.execute(
            f"UPDATE {tabel} SET publik = {terbuka} = 2{f', kecil = {terbuka} = 1' if kecil else ''} "
            f"WHERE elemen = 'KIN02' AND rincian <> '{{}}'"
        )
