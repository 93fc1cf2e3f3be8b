"""Nothing is read or written without a claim: every table, policy and function has what hub/db/rights.py gives."""

import re

from hub.db.claims import ROLES, SYSTEM
from tests.client import Client

# the key itself, which no role may touch at all, and Alembic's own
_WITHOUT_CLAIM = ("kunci_peran", "alembic_version")
_OURS = (
    """NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = '{0}'::regclass AND d.objid = x.oid AND d.deptype = 'e')"""
)
_TABLES = f"""
SELECT x.relname, x.relrowsecurity, has_any_column_privilege('hub_publik', x.oid, 'SELECT') FROM pg_class x
WHERE x.relnamespace = 'public'::regnamespace AND x.relkind IN ('r', 'p', 'm', 'f') AND {_OURS.format("pg_class")}"""
# They show more than row security lets through, and less: figures and columns by how open each is. Those of _READER read as a
# role of their own, by its policies; the others as the owner of the tables, whom no policy stops
_VIEWS = {
    "angka_terbaca", "angka_riwayat_terbaca", "angka_tertulis_terbaca", "angka_tertulis_riwayat_terbaca", "sumber_daya_terbaca",
    "wksbm_terbaca", "tahap_wksbm_terbaca",
    "rekap_nilai_terbaca", "rekap_total_terbaca", "rekap_temuan_terbaca", "rekap_revisi_terbaca",
}  # fmt: skip
_READER = "hub_terbaca"
# what was released, which those views add for whoever sees no more, with whether row security stops the reader
_EVERYBODYS = {
    "angka_rilis true", "angka_rilis_riwayat true", "angka_tertulis_rilis true", "angka_tertulis_rilis_riwayat true",
    "rekap_nilai_terbaca false",
}  # fmt: skip
# before, for each statement, at every kind of writing
_CLAIM_REQUIRED = """
SELECT tgrelid::regclass::text FROM pg_trigger
WHERE tgfoid = 'hub_wajib_klaim'::regproc AND tgenabled = 'O' AND tgtype = 2 + 4 + 8 + 16 + 32"""
_FUNCTIONS = f"""
SELECT x.proname, x.prosecdef, x.proconfig, has_function_privilege('public', x.oid, 'EXECUTE'), x.prorettype = 'trigger'::regtype,
  ARRAY(SELECT p FROM unnest(%s::text[]) p WHERE has_function_privilege(p, x.oid, 'EXECUTE'))
FROM pg_proc x WHERE x.pronamespace = 'public'::regnamespace AND {_OURS.format("pg_proc")}"""


def test_nobody_writes_to_any_table_without_a_claim(read_hub: Client) -> None:
    tables = {t for t, *_ in read_hub.sql(_TABLES)} - set(_WITHOUT_CLAIM)
    assert {"rekap", "wilayah", "batas_piramida", "token", "buku_stok", "angka_riwayat"} <= tables
    assert tables - {t for (t,) in read_hub.sql(_CLAIM_REQUIRED)} == set(), (
        "run hub.db.rights.secure after the migration"
    )


def test_beside_ours_there_are_jobs_of_the_hubs_own_work_and_names_of_what_was_released(read_hub: Client) -> None:
    """The rules here look at `public`. Procrastinate's tables have no row security: who cannot use the schema sees nothing of it. In
    `publik` there are views alone, of what is everybody's."""
    schemas = read_hub.sql(
        "SELECT nspname, ARRAY(SELECT p FROM unnest(%s::text[]) p WHERE has_schema_privilege(p, oid, 'USAGE')), "
        "  ARRAY(SELECT p FROM unnest(%s::text[]) p WHERE has_schema_privilege(p, oid, 'CREATE')) FROM pg_namespace "
        "WHERE nspname !~ '^pg_|^information_schema$' ORDER BY 1",
        ["public", "hub_layanan", *ROLES], ["public", "hub_layanan", *ROLES],
    )  # fmt: skip
    assert [s for s, *_ in schemas] == ["procrastinate", "public", "publik"]
    assert schemas[0][1:] == ([SYSTEM], [])
    assert schemas[2][1:] == (["hub_publik"], [])
    kinds = read_hub.sql("SELECT DISTINCT relkind::text FROM pg_class WHERE relnamespace = 'publik'::regnamespace")
    assert kinds == [("v",)]
    tables = {t for t, in read_hub.sql(
        "SELECT oid::regclass::text FROM pg_class WHERE relnamespace = 'procrastinate'::regnamespace AND relkind = 'r'"
    )}  # fmt: skip
    assert tables
    assert tables - {t for (t,) in read_hub.sql(_CLAIM_REQUIRED)} == set()


def test_what_the_public_may_not_read_has_row_security(read_hub: Client) -> None:
    assert [
        t for t, secured, public in read_hub.sql(_TABLES) if not secured and not public and t != "alembic_version"
    ] == []


def test_views_that_read_as_their_owner_look_at_the_claim_themselves_and_take_no_writes(read_hub: Client) -> None:
    views = read_hub.sql(
        "SELECT relname, relowner::regrole::text, pg_get_viewdef(oid), ARRAY(SELECT p FROM unnest(%s::text[]) p "
        "  WHERE has_any_column_privilege(p, x.oid, 'INSERT, UPDATE') OR has_table_privilege(p, x.oid, 'DELETE, TRUNCATE')) "
        f"FROM pg_class x WHERE relnamespace = 'public'::regnamespace AND relkind = 'v' AND {_OURS.format('pg_class')}",
        ["public", *ROLES],
    )
    assert {v for v, *_ in views} == _VIEWS
    policies = dict(read_hub.sql("SELECT tablename, qual FROM pg_policies WHERE %s = ANY(roles)", _READER))
    for name, owner, definition, writers in views:
        assert writers == [], name
        table = name.removesuffix("_terbaca")
        # without a condition every row is public, and single columns are not
        where = policies[table] if owner == _READER else definition[max(definition.rfind("WHERE "), 0) :]
        assert "SELECT hub_lingkup()" in where, f"{name}: rows beyond the public are not held against the claim"
        assert not re.search(r"hub_(di_bawah|jangkau)\([a-z_.]+\)", definition), f"{name}: once a row"


def test_views_close_rows_before_conditions_of_others_are_asked_about_them(read_hub: Client) -> None:
    """By a barrier; or by the row security of the one table they read, as a role that it stops and nobody takes on."""
    views = read_hub.sql(
        "SELECT relname, relowner::regrole::text, coalesce('security_barrier=true' = ANY(reloptions), false), "
        "  ARRAY(SELECT DISTINCT t.relname || ' ' || (t.relrowsecurity AND t.relowner <> x.relowner)::text "
        "    FROM pg_depend d JOIN pg_rewrite w ON w.oid = d.objid JOIN pg_class t ON t.oid = d.refobjid "
        "    WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass AND w.ev_class = x.oid AND t.oid <> x.oid) "
        f"FROM pg_class x WHERE relnamespace = 'public'::regnamespace AND relkind = 'v' AND {_OURS.format('pg_class')}"
    )
    assert {v for v, *_ in views} == _VIEWS
    for name, owner, barrier, tables in views:
        if not barrier:
            assert owner == _READER, name
            assert set(tables) - _EVERYBODYS == {f"{name.removesuffix('_terbaca')} true"}, name
    power = "rolsuper OR rolbypassrls OR rolcanlogin OR rolcreaterole"
    assert read_hub.sql(f"SELECT {power} FROM pg_roles WHERE rolname = %s", _READER) == [(False,)]
    assert read_hub.sql(
        "SELECT rolname FROM pg_roles WHERE NOT rolsuper AND rolname = ANY(%s) AND pg_has_role(oid, %s, 'MEMBER')",
        ["hub_layanan", *ROLES], _READER,
    ) == []  # fmt: skip


def test_no_role_writes_when_a_row_came_to_hold(read_hub: Client) -> None:
    """The columns that hub_saat fills: written by another they would overwrite without a trace. A table's grants name the
    others; a new column of such a table is granted by its migration."""
    moments = read_hub.sql(
        "SELECT a.attrelid::regclass::text, a.attname FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum "
        "WHERE pg_get_expr(d.adbin, d.adrelid) = 'hub_saat()'"
    )
    assert {
        ("angka", "sejak"),
        ("angka_tertulis", "sejak"),
        ("kelengkapan", "sejak"),
        ("rekap", "sejak"),
        ("wksbm", "diubah_pada"),
    } <= set(moments)
    officers = [p for p in ROLES if p != SYSTEM]
    allowed = [
        (table, column, p, privilege) for table, column in moments for p in officers for privilege in ("INSERT", "UPDATE")
        if read_hub.sql("SELECT has_column_privilege(%s, %s, %s, %s)", p, table, column, privilege) == [(True,)]
    ]  # fmt: skip
    assert allowed == []


def test_roles_that_see_everything_see_it_by_a_claim(read_hub: Client) -> None:
    """Where the public does not see every row: the administrator through `klaim`, the hub itself through `system`."""
    policies = read_hub.sql("SELECT tablename, policyname, permissive, roles::text[], qual FROM pg_policies")
    open_tables = {
        t
        for t, _, permissive, roles, condition in policies
        if permissive == "PERMISSIVE" and "hub_publik" in roles and condition == "true"
    }
    secured = {t for t, has_row_security, _ in read_hub.sql(_TABLES) if has_row_security} - set(_WITHOUT_CLAIM)
    claimed = {t for t, name, allowed, role, condition in policies
                if name == "klaim" and allowed == "RESTRICTIVE" and role == ["hub_admin"] and "hub_klaim_sah" in condition}  # fmt: skip
    assert {"rekap", "angka", "tagana", "token"} <= secured - open_tables
    assert secured - open_tables - claimed == set()
    system = {t: condition for t, _, allowed, role, condition in policies if SYSTEM in role and allowed == "PERMISSIVE"}
    # names of people are for the offices alone, not for the administrator and not for the hub itself
    person_names = {"tagana", "pelatihan_tagana", "penugasan_tagana", "izin_nama", "catatan_akses"}
    assert secured - system.keys() == person_names
    for table in person_names:
        assert read_hub.sql("SELECT has_any_column_privilege(%s, %s, 'SELECT')", SYSTEM, table) == [(False,)]
    assert [t for t, condition in system.items() if t not in open_tables and "hub_klaim_sah" not in condition] == []


def test_policies_look_at_the_claim_once_a_statement(read_hub: Client) -> None:
    """By a scalar subselect: a claim is looked at in tens of microseconds, and a policy is asked for every row."""
    policies = read_hub.sql("SELECT tablename, policyname, concat(qual, ' ', with_check) FROM pg_policies")
    once_a_row = r"hub_(di_bawah|jangkau)\([a-z_.]+\)|(?<!SELECT )hub_(wilayah|lingkup|klaim_sah)\(\)"
    assert [(t, n) for t, n, condition in policies if re.search(once_a_row, condition)] == []


def test_functions_are_for_our_roles_and_those_of_the_owner_are_pinned(read_hub: Client) -> None:
    functions = read_hub.sql(_FUNCTIONS, list(ROLES))
    assert {"hub_klaim", "hub_saat", "hub_wajib_klaim"} <= {f[0] for f in functions}
    assert [name for name, _, _, public, *_ in functions if public] == []
    assert [name for name, *_, is_trigger, callers in functions if is_trigger and callers] == [], (
        "it could be hung on another table"
    )
    assert [
        name
        for name, as_owner, configuration, *_ in functions
        if as_owner and not any("search_path" in a for a in configuration or ())
    ] == []
