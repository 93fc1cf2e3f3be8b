"""Two logins: the owner migrates, a plain one serves. What an operator is told when it is otherwise."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from hub.db.claims import ROLES
from hub.db.migrate import migrate, newest_revision
from hub.db.private_cluster import PrivateCluster, login_url
from tests.cli.hub_process import ROOT, HubProcess, free_port, run_hub
from tests.cli.run_commands import run_with
from tests.db.roles import ROLE_KEY, settings_for

_WITH_TOKEN = ("token", "list")


@pytest.fixture
def new_role(cluster: PrivateCluster) -> Iterator[str]:
    """The name of a login that does not exist; gone afterwards, with all it was given."""
    name = f"uji_{uuid.uuid4().hex[:12]}"
    yield name
    with psycopg.connect(cluster.url(), autocommit=True) as conn:
        if conn.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,)).fetchone():
            # where it has anything: other tests' databases come and go meanwhile
            for (database,) in conn.execute(
                "SELECT DISTINCT d.datname FROM pg_shdepend p JOIN pg_database d ON d.oid = p.dbid "
                "WHERE p.refclassid = 'pg_authid'::regclass AND p.refobjid = %s::regrole",
                (name,),
            ).fetchall():
                with psycopg.connect(cluster.url(database), autocommit=True) as other:
                    other.execute(f"DROP OWNED BY {name}")
            conn.execute(f"DROP ROLE {name}")


def test_a_superuser_alone_does_not_serve_and_is_told_what_to_make(database_url: str, tmp_path: Path) -> None:
    for command in (("serve",), ("migrate",), _WITH_TOKEN):
        result = run_hub(*command, HUB_DATABASE_URL=database_url, HUB_HOME=str(tmp_path), HUB_PORT=str(free_port()))
        assert (result.returncode, result.stdout) == (1, "")
        assert "Traceback" not in result.stderr
        *_, sentence, create, grant = result.stderr.strip().splitlines()
        for word in ('"hub"', "superuser", "HUB_DATABASE_URL_PEMILIK"):
            assert word in sentence
        assert create.strip().startswith("CREATE ROLE hub_layanan LOGIN NOINHERIT PASSWORD ")
        assert grant.strip() == f"GRANT {', '.join(ROLES)} TO hub_layanan;"


def test_the_sql_that_is_told_can_be_run_where_nothing_was_migrated_yet(tmp_path: Path) -> None:
    """On a server that has never heard of the hub: then the roles to give are not there, and migrating gives them."""
    cluster = PrivateCluster(tmp_path / "pg")
    cluster.use()
    try:
        more = {"HUB_HOME": str(tmp_path)}
        for attempt in range(2):  # before and after migrating
            result = run_with("migrate", HUB_DATABASE_URL=cluster.url(), **more)
            assert result.returncode == 1
            sentence, *statements = result.stderr.strip().splitlines()
            assert ("lalu jalankan hub migrate" in sentence, len(statements)) == (
                (True, 1) if attempt == 0 else (False, 2)
            )
            with psycopg.connect(cluster.url()) as conn:
                for p in statements:
                    conn.execute(p.replace("hub_layanan", f"hub_layanan_{attempt}"))
            settings = {
                "HUB_DATABASE_URL": cluster.url(role=f"hub_layanan_{attempt}"),
                "HUB_DATABASE_URL_PEMILIK": cluster.url(),
                **more,
            }
            result = run_with("migrate", **settings)
            assert result.returncode == 0, result.stderr
            assert run_with(*_WITH_TOKEN, **settings).returncode == 0
    finally:
        cluster.release()


@pytest.fixture
def owner(cluster: PrivateCluster, run: str) -> Iterator[str]:
    """A database as docs/peran.md has the administrator make it, all but its last line, as its owner, who is no superuser."""
    name = f"uji_{run}_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(cluster.url(), autocommit=True) as conn:
        conn.execute(f"CREATE ROLE {name} LOGIN CREATEROLE")
        conn.execute(f"CREATE DATABASE {name} OWNER {name} TEMPLATE template0")
    with psycopg.connect(cluster.url(name), autocommit=True) as conn:
        conn.execute("CREATE EXTENSION postgis; CREATE EXTENSION pg_trgm")
    yield cluster.url(name, name)
    with psycopg.connect(cluster.url(), autocommit=True) as conn:
        conn.execute(f"DROP DATABASE {name} WITH (FORCE)")
        conn.execute(f"DROP OWNED BY {name}; DROP ROLE {name}")


def test_an_owner_who_is_no_superuser_is_told_what_is_left_to_the_administrator(
    owner: str, cluster: PrivateCluster, tmp_path: Path, new_role: str
) -> None:
    database = str(psycopg.conninfo.conninfo_to_dict(owner)["dbname"])
    settings = {
        "HUB_DATABASE_URL": cluster.url(database, new_role),
        "HUB_DATABASE_URL_PEMILIK": owner,
        "HUB_HOME": str(tmp_path),
    }
    result = run_with("migrate", **settings)
    assert result.returncode == 0, result.stderr
    *_, sentence, statement = result.stderr.splitlines()
    assert "pengelola server" in sentence
    assert statement.strip() in (ROOT / "docs" / "peran.md").read_text(encoding="utf-8").splitlines()
    for is_open in (True, False):
        with psycopg.connect(cluster.url(database, new_role), autocommit=True) as conn:
            for closed_statement in ("SELECT lo_unlink(lo_create(0))", "SELECT pg_cancel_backend(0)"):
                if is_open:
                    conn.execute(closed_statement)
                else:
                    with pytest.raises(psycopg.errors.InsufficientPrivilege):
                        conn.execute(closed_statement)
            conn.execute("SET ROLE hub_publik")  # figures are read by views of another role, too
            assert conn.execute("SELECT count(*) FROM angka_terbaca").fetchone() == (0,)
        with psycopg.connect(cluster.url(database), autocommit=True) as conn:
            conn.execute(statement)
        result = run_with("migrate", **settings)
        assert (result.returncode, "pengelola server" in result.stderr) == (0, False), result.stderr
    assert run_with(*_WITH_TOKEN, **settings).returncode == 0
    migrate(owner, "base")


@pytest.mark.parametrize("wrong_part", ["user", "dbname", "host", "port"])
def test_a_wrong_address_of_the_owner_is_named_as_his(
    database_url: str, cluster: PrivateCluster, wrong_part: str
) -> None:
    port = (cluster.folder / "port").read_text()
    address_parts = {
        "host": "127.0.0.1",
        "port": port,
        "user": "hub",
        "password": cluster.password("hub"),
        "dbname": "postgres",
    }
    address_parts |= {wrong_part: {"host": "server.invalid", "port": str(free_port())}.get(wrong_part, "tidak_ada")}
    settings = {
        **settings_for(database_url),
        "HUB_DATABASE_URL_PEMILIK": psycopg.conninfo.make_conninfo(**address_parts),
    }
    result = run_with("migrate", **settings)
    assert result.returncode == 1
    assert "HUB_DATABASE_URL_PEMILIK" in result.stderr
    assert "HUB_DATABASE_URL " not in result.stderr.replace(";", " ").replace(".", " ")


@pytest.mark.parametrize(
    ("elevation", "reason"),
    [
        ("ALTER ROLE {} CREATEROLE", "CREATEROLE"), ("ALTER ROLE {} BYPASSRLS", "BYPASSRLS"), ("ALTER ROLE {} CREATEDB", "CREATEDB"),
        ("ALTER TABLE token OWNER TO {}", "memiliki isi basis data"), ("GRANT pg_read_all_data TO {}", "pg_read_all_data"),
        ("GRANT hub TO {}", "anggota peran lain: hub"),
    ],
)  # fmt: skip
def test_a_login_with_more_rights_than_it_needs_does_not_serve(
    database_url: str, tmp_path: Path, new_role: str, elevation: str, reason: str
) -> None:
    settings = {**settings_for(database_url), "HUB_HOME": str(tmp_path)}
    settings["HUB_DATABASE_URL"] = settings["HUB_DATABASE_URL"].replace("hub_layanan", new_role)
    assert run_with("migrate", **settings).returncode == 0
    assert run_with(*_WITH_TOKEN, **settings).returncode == 0
    with psycopg.connect(database_url, autocommit=True) as conn:
        conn.execute(elevation.format(new_role))
    for without in ("", "HUB_DATABASE_URL_PEMILIK"):
        result = run_with(*_WITH_TOKEN, **{n: value for n, value in settings.items() if n != without})
        assert result.returncode == 1
        assert reason in result.stderr
        assert "Traceback" not in result.stderr
    with psycopg.connect(database_url, autocommit=True) as conn:
        conn.execute("ALTER TABLE token OWNER TO hub")


def test_migrating_makes_the_login_with_its_password_and_nothing_else(
    empty: str, cluster: PrivateCluster, tmp_path: Path, new_role: str
) -> None:
    port = (cluster.folder / "port").read_text()
    address = f"postgresql://{new_role}@127.0.0.1:{port}/{psycopg.conninfo.conninfo_to_dict(empty)['dbname']}"
    settings = {
        "HUB_DATABASE_URL": address,
        "HUB_DATABASE_URL_PEMILIK": empty,
        "PGPASSWORD": "p@ss: '\"\\/w",
        "HUB_HOME": str(tmp_path),
    }
    migrated = run_hub("migrate", **settings)
    assert migrated.returncode == 0, migrated.stderr
    assert newest_revision() in migrated.stderr
    assert (tmp_path / "kunci_peran").stat().st_mode & 0o777 == 0o600
    for _ in range(2):  # again changes nothing
        result = run_with(*_WITH_TOKEN, **settings)
        assert result.returncode == 0, result.stderr
    with psycopg.connect(empty) as conn:
        powers = conn.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolinherit FROM pg_roles WHERE rolname = %s",
            (new_role,),
        ).fetchone()
        assert powers == (False,) * 6
        password = conn.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", (new_role,)).fetchone()
        assert password is not None
        assert password[0].startswith("SCRAM-SHA-256$")
        memberships = conn.execute(
            "SELECT rolname FROM pg_roles r WHERE pg_has_role(%s, r.oid, 'MEMBER') ORDER BY 1", (new_role,)
        ).fetchall()
        assert {n for (n,) in memberships} == {*ROLES, new_role}
    # from here on the owner is not needed
    assert (
        run_with(*_WITH_TOKEN, **{n: v for n, v in settings.items() if n != "HUB_DATABASE_URL_PEMILIK"}).returncode == 0
    )


def test_without_the_owner_a_database_that_is_not_ready_is_said(empty: str, database_url: str, tmp_path: Path) -> None:
    only = {"HUB_HOME": str(tmp_path), "HUB_KUNCI_PERAN": ROLE_KEY.decode()}
    migrate(empty, "0024_buku_stok_admin")
    with psycopg.connect(database_url, autocommit=True) as conn:
        conn.execute("UPDATE alembic_version SET version_num = '0099_nanti'")
    for url, word in ((empty, "belum disiapkan"), (database_url, "0099_nanti")):
        result = run_with(*_WITH_TOKEN, HUB_DATABASE_URL=login_url(url), **only)
        assert result.returncode == 1
        (sentence,) = result.stderr.splitlines()
        for k in (word, newest_revision(), "hub migrate", "HUB_DATABASE_URL_PEMILIK"):
            assert k in sentence


def test_another_key_is_said_and_a_new_one_comes_by_migrating(database_url: str, tmp_path: Path) -> None:
    settings = settings_for(database_url)
    another = {"HUB_DATABASE_URL": settings["HUB_DATABASE_URL"], "HUB_HOME": str(tmp_path / "lain")}
    result = run_with(*_WITH_TOKEN, **another)
    assert result.returncode == 1
    (sentence,) = result.stderr.splitlines()
    assert "HUB_KUNCI_PERAN" in sentence
    assert "hub migrate" in sentence
    assert run_with("migrate", **another, HUB_DATABASE_URL_PEMILIK=database_url).returncode == 0
    assert run_with(*_WITH_TOKEN, **another).returncode == 0
    assert (
        run_with(
            *_WITH_TOKEN, HUB_DATABASE_URL=another["HUB_DATABASE_URL"], HUB_KUNCI_PERAN=ROLE_KEY.decode()
        ).returncode
        == 1
    )


def test_the_private_cluster_serves_with_a_plain_login(quick_folder: Path) -> None:
    with HubProcess(quick_folder / "masuk") as hub:
        with psycopg.connect(hub.database_url(), autocommit=True) as conn:
            logins = conn.execute(
                "SELECT DISTINCT usename FROM pg_stat_activity WHERE datname = 'hub' AND pid <> pg_backend_pid()"
            ).fetchall()
        assert logins == [("hub_layanan",)]
        assert (hub.home / "kunci_peran").stat().st_mode & 0o777 == 0o600
        key = (hub.home / "kunci_peran").read_text().strip()
        assert key not in hub.screen()
        assert hub.stop() == 0
