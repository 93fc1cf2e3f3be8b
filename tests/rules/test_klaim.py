"""Nothing is read or written without a claim: every table, policy and function has what hub/db/rights.py gives."""

import re

from hub.db.klaim import PERAN, SISTEM
from tests.client import Klien

# the key itself, which no role may touch at all, and Alembic's own
_TANPA = ("kunci_peran", "alembic_version")
_MILIK = (
    """NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = '{0}'::regclass AND d.objid = x.oid AND d.deptype = 'e')"""
)
_TABEL = f"""
SELECT x.relname, x.relrowsecurity, has_any_column_privilege('hub_publik', x.oid, 'SELECT') FROM pg_class x
WHERE x.relnamespace = 'public'::regnamespace AND x.relkind IN ('r', 'p', 'm', 'f') AND {_MILIK.format("pg_class")}"""
# They show more than row security lets through, and less: figures and columns by how open each is. Those of _PEMBACA read as a
# role of their own, by its policies; the others as the owner of the tables, whom no policy stops
_VIEWS = {"angka_terbaca", "angka_riwayat_terbaca", "sumber_daya_terbaca"}
_PEMBACA = "hub_terbaca"
# before, for each statement, at every kind of writing
_BERKLAIM = """
SELECT tgrelid::regclass::text FROM pg_trigger
WHERE tgfoid = 'hub_wajib_klaim'::regproc AND tgenabled = 'O' AND tgtype = 2 + 4 + 8 + 16 + 32"""
_FUNGSI = f"""
SELECT x.proname, x.prosecdef, x.proconfig, has_function_privilege('public', x.oid, 'EXECUTE'), x.prorettype = 'trigger'::regtype,
  ARRAY(SELECT p FROM unnest(%s::text[]) p WHERE has_function_privilege(p, x.oid, 'EXECUTE'))
FROM pg_proc x WHERE x.pronamespace = 'public'::regnamespace AND {_MILIK.format("pg_proc")}"""


def test_nobody_writes_to_any_table_without_a_claim(hub_baca: Klien) -> None:
    tabel = {t for t, *_ in hub_baca.sql(_TABEL)} - set(_TANPA)
    assert {"rekap", "wilayah", "batas_piramida", "token", "buku_stok", "angka_riwayat"} <= tabel
    assert tabel - {t for (t,) in hub_baca.sql(_BERKLAIM)} == set(), "run hub.db.rights.secure after the migration"


def test_what_the_public_may_not_read_has_row_security(hub_baca: Klien) -> None:
    assert [
        t for t, berpagar, umum in hub_baca.sql(_TABEL) if not berpagar and not umum and t != "alembic_version"
    ] == []


def test_views_that_read_as_their_owner_look_at_the_claim_themselves_and_take_no_writes(hub_baca: Klien) -> None:
    views = hub_baca.sql(
        "SELECT relname, relowner::regrole::text, pg_get_viewdef(oid), ARRAY(SELECT p FROM unnest(%s::text[]) p "
        "  WHERE has_any_column_privilege(p, x.oid, 'INSERT, UPDATE') OR has_table_privilege(p, x.oid, 'DELETE, TRUNCATE')) "
        f"FROM pg_class x WHERE relnamespace = 'public'::regnamespace AND relkind = 'v' AND {_MILIK.format('pg_class')}",
        ["public", *PERAN],
    )
    assert {v for v, *_ in views} == _VIEWS
    policies = dict(hub_baca.sql("SELECT tablename, qual FROM pg_policies WHERE %s = ANY(roles)", _PEMBACA))
    for name, owner, definition, writers in views:
        assert writers == [], name
        table = name.removesuffix("_terbaca")
        where = policies[table] if owner == _PEMBACA else definition[definition.rindex("WHERE") :]
        assert "SELECT hub_lingkup()" in where, f"{name}: rows beyond the public are not held against the claim"
        assert not re.search(r"hub_(di_bawah|jangkau)\([a-z_.]+\)", definition), f"{name}: once a row"


def test_views_close_rows_before_conditions_of_others_are_asked_about_them(hub_baca: Klien) -> None:
    """By a barrier; or by the row security of the one table they read, as a role that it stops and nobody takes on."""
    views = hub_baca.sql(
        "SELECT relname, relowner::regrole::text, coalesce('security_barrier=true' = ANY(reloptions), false), "
        "  ARRAY(SELECT DISTINCT t.relname || ' ' || (t.relrowsecurity AND t.relowner <> x.relowner)::text "
        "    FROM pg_depend d JOIN pg_rewrite w ON w.oid = d.objid JOIN pg_class t ON t.oid = d.refobjid "
        "    WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass AND w.ev_class = x.oid AND t.oid <> x.oid) "
        f"FROM pg_class x WHERE relnamespace = 'public'::regnamespace AND relkind = 'v' AND {_MILIK.format('pg_class')}"
    )
    assert {v for v, *_ in views} == _VIEWS
    for name, owner, barrier, tables in views:
        if not barrier:
            assert (owner, tables) == (_PEMBACA, [f"{name.removesuffix('_terbaca')} true"]), name
    kuasa = "rolsuper OR rolbypassrls OR rolcanlogin OR rolcreaterole"
    assert hub_baca.sql(f"SELECT {kuasa} FROM pg_roles WHERE rolname = %s", _PEMBACA) == [(False,)]
    assert hub_baca.sql(
        "SELECT rolname FROM pg_roles WHERE NOT rolsuper AND rolname = ANY(%s) AND pg_has_role(oid, %s, 'MEMBER')",
        ["hub_layanan", *PERAN], _PEMBACA,
    ) == []  # fmt: skip


def test_no_role_writes_when_a_row_came_to_hold(hub_baca: Klien) -> None:
    """The columns that hub_saat fills: written by another they would overwrite without a trace. A table's grants name the
    others; a new column of such a table is granted by its migration."""
    saat = hub_baca.sql(
        "SELECT a.attrelid::regclass::text, a.attname FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum "
        "WHERE pg_get_expr(d.adbin, d.adrelid) = 'hub_saat()'"
    )
    assert {
        ("angka", "sejak"),
        ("angka_tertulis", "sejak"),
        ("kelengkapan", "sejak"),
        ("rekap", "sejak"),
        ("wksbm", "diubah_pada"),
    } <= set(saat)
    petugas = [p for p in PERAN if p != SISTEM]
    boleh = [
        (tabel, kolom, p, hak) for tabel, kolom in saat for p in petugas for hak in ("INSERT", "UPDATE")
        if hub_baca.sql("SELECT has_column_privilege(%s, %s, %s, %s)", p, tabel, kolom, hak) == [(True,)]
    ]  # fmt: skip
    assert boleh == []


def test_roles_that_see_everything_see_it_by_a_claim(hub_baca: Klien) -> None:
    """Where the public does not see every row: the administrator through `klaim`, the hub itself through `sistem`."""
    kebijakan = hub_baca.sql("SELECT tablename, policyname, permissive, roles::text[], qual FROM pg_policies")
    terbuka = {
        t
        for t, _, boleh, peran, syarat in kebijakan
        if boleh == "PERMISSIVE" and "hub_publik" in peran and syarat == "true"
    }
    berpagar = {t for t, pagar, _ in hub_baca.sql(_TABEL) if pagar} - set(_TANPA)
    berklaim = {t for t, nama, boleh, peran, syarat in kebijakan
                if nama == "klaim" and boleh == "RESTRICTIVE" and peran == ["hub_admin"] and "hub_klaim_sah" in syarat}  # fmt: skip
    assert {"rekap", "angka", "tagana", "token"} <= berpagar - terbuka
    assert berpagar - terbuka - berklaim == set()
    sistem = {t: syarat for t, _, boleh, peran, syarat in kebijakan if SISTEM in peran and boleh == "PERMISSIVE"}
    # names of people are for the offices alone, not for the administrator and not for the hub itself
    nama_orang = {"tagana", "pelatihan_tagana", "penugasan_tagana", "izin_nama", "catatan_akses"}
    assert berpagar - sistem.keys() == nama_orang
    for tabel in nama_orang:
        assert hub_baca.sql("SELECT has_any_column_privilege(%s, %s, 'SELECT')", SISTEM, tabel) == [(False,)]
    assert [t for t, syarat in sistem.items() if t not in terbuka and "hub_klaim_sah" not in syarat] == []


def test_policies_look_at_the_claim_once_a_statement(hub_baca: Klien) -> None:
    """By a scalar subselect: a claim is looked at in tens of microseconds, and a policy is asked for every row."""
    isi = hub_baca.sql("SELECT tablename, policyname, concat(qual, ' ', with_check) FROM pg_policies")
    sering = r"hub_(di_bawah|jangkau)\([a-z_.]+\)|(?<!SELECT )hub_(wilayah|lingkup|klaim_sah)\(\)"
    assert [(t, n) for t, n, syarat in isi if re.search(sering, syarat)] == []


def test_functions_are_for_our_roles_and_those_of_the_owner_are_pinned(hub_baca: Klien) -> None:
    fungsi = hub_baca.sql(_FUNGSI, list(PERAN))
    assert {"hub_klaim", "hub_saat", "hub_tanda", "hub_wajib_klaim"} <= {f[0] for f in fungsi}
    assert [nama for nama, _, _, umum, *_ in fungsi if umum] == []
    assert [nama for nama, *_, pemicu, siapa in fungsi if pemicu and siapa] == [], "it could be hung on another table"
    assert [
        nama for nama, pemilik, atur, *_ in fungsi if pemilik and not any("search_path" in a for a in atur or ())
    ] == []
    assert [siapa for nama, *_, siapa in fungsi if nama == "hub_tanda"] == [[]], "whoever may call it can sign"
