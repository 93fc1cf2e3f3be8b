"""Two logins: the owner migrates, a plain one serves. What an operator is told when it is otherwise."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from hub.db.klaim import PERAN
from hub.db.migrate import kepala, migrate
from hub.db.private_cluster import PrivateCluster, login_url
from tests.cli.hub_process import AKAR, HubProcess, free_port, run_hub
from tests.cli.run_commands import run_with
from tests.db.roles import KUNCI, setelan

_BERTOKEN = ("token", "list")


@pytest.fixture
def peran_baru(cluster: PrivateCluster) -> Iterator[str]:
    """The name of a login that does not exist; gone afterwards, with all it was given."""
    nama = f"uji_{uuid.uuid4().hex[:12]}"
    yield nama
    with psycopg.connect(cluster.url(), autocommit=True) as conn:
        if conn.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (nama,)).fetchone():
            # where it has anything: other tests' databases come and go meanwhile
            for (basis,) in conn.execute(
                "SELECT DISTINCT d.datname FROM pg_shdepend p JOIN pg_database d ON d.oid = p.dbid "
                "WHERE p.refclassid = 'pg_authid'::regclass AND p.refobjid = %s::regrole",
                (nama,),
            ).fetchall():
                with psycopg.connect(cluster.url(basis), autocommit=True) as lain:
                    lain.execute(f"DROP OWNED BY {nama}")
            conn.execute(f"DROP ROLE {nama}")


def test_a_superuser_alone_does_not_serve_and_is_told_what_to_make(database_url: str, tmp_path: Path) -> None:
    for perintah in (("serve",), ("migrate",), _BERTOKEN):
        hasil = run_hub(*perintah, HUB_DATABASE_URL=database_url, HUB_HOME=str(tmp_path), HUB_PORT=str(free_port()))
        assert (hasil.returncode, hasil.stdout) == (1, "")
        assert "Traceback" not in hasil.stderr
        *_, kalimat, buat, beri = hasil.stderr.strip().splitlines()
        for kata in ('"hub"', "superuser", "HUB_DATABASE_URL_PEMILIK"):
            assert kata in kalimat
        assert buat.strip().startswith("CREATE ROLE hub_layanan LOGIN NOINHERIT PASSWORD ")
        assert beri.strip() == f"GRANT {', '.join(PERAN)} TO hub_layanan;"


def test_the_sql_that_is_told_can_be_run_where_nothing_was_migrated_yet(tmp_path: Path) -> None:
    """On a server that has never heard of the hub: then the roles to give are not there, and migrating gives them."""
    klaster = PrivateCluster(tmp_path / "pg")
    klaster.use()
    try:
        lain = {"HUB_HOME": str(tmp_path)}
        for ke in range(2):  # before and after migrating
            hasil = run_with("migrate", HUB_DATABASE_URL=klaster.url(), **lain)
            assert hasil.returncode == 1
            kalimat, *perintah = hasil.stderr.strip().splitlines()
            assert ("lalu jalankan hub migrate" in kalimat, len(perintah)) == ((True, 1) if ke == 0 else (False, 2))
            with psycopg.connect(klaster.url()) as conn:
                for p in perintah:
                    conn.execute(p.replace("hub_layanan", f"hub_layanan_{ke}"))
            milik = {
                "HUB_DATABASE_URL": klaster.url(peran=f"hub_layanan_{ke}"),
                "HUB_DATABASE_URL_PEMILIK": klaster.url(),
                **lain,
            }
            hasil = run_with("migrate", **milik)
            assert hasil.returncode == 0, hasil.stderr
            assert run_with(*_BERTOKEN, **milik).returncode == 0
    finally:
        klaster.release()


@pytest.fixture
def pemilik(cluster: PrivateCluster, run: str) -> Iterator[str]:
    """A database as docs/peran.md has the administrator make it, all but its last line, as its owner, who is no superuser."""
    nama = f"uji_{run}_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(cluster.url(), autocommit=True) as conn:
        conn.execute(f"CREATE ROLE {nama} LOGIN CREATEROLE")
        conn.execute(f"CREATE DATABASE {nama} OWNER {nama} TEMPLATE template0")
    with psycopg.connect(cluster.url(nama), autocommit=True) as conn:
        conn.execute("CREATE EXTENSION postgis; CREATE EXTENSION pg_trgm")
    yield cluster.url(nama, nama)
    with psycopg.connect(cluster.url(), autocommit=True) as conn:
        conn.execute(f"DROP DATABASE {nama} WITH (FORCE)")
        conn.execute(f"DROP OWNED BY {nama}; DROP ROLE {nama}")


def test_an_owner_who_is_no_superuser_is_told_what_is_left_to_the_administrator(
    pemilik: str, cluster: PrivateCluster, tmp_path: Path, peran_baru: str
) -> None:
    basis = str(psycopg.conninfo.conninfo_to_dict(pemilik)["dbname"])
    milik = {
        "HUB_DATABASE_URL": cluster.url(basis, peran_baru),
        "HUB_DATABASE_URL_PEMILIK": pemilik,
        "HUB_HOME": str(tmp_path),
    }
    hasil = run_with("migrate", **milik)
    assert hasil.returncode == 0, hasil.stderr
    *_, kalimat, perintah = hasil.stderr.splitlines()
    assert "pengelola server" in kalimat
    assert perintah.strip() in (AKAR / "docs" / "peran.md").read_text(encoding="utf-8").splitlines()
    for terbuka in (True, False):
        with psycopg.connect(cluster.url(basis, peran_baru), autocommit=True) as conn:
            for tutup in ("SELECT lo_unlink(lo_create(0))", "SELECT pg_cancel_backend(0)"):
                if terbuka:
                    conn.execute(tutup)
                else:
                    with pytest.raises(psycopg.errors.InsufficientPrivilege):
                        conn.execute(tutup)
            conn.execute("SET ROLE hub_publik")  # figures are read by views of another role, too
            assert conn.execute("SELECT count(*) FROM angka_terbaca").fetchone() == (0,)
        with psycopg.connect(cluster.url(basis), autocommit=True) as conn:
            conn.execute(perintah)
        hasil = run_with("migrate", **milik)
        assert (hasil.returncode, "pengelola server" in hasil.stderr) == (0, False), hasil.stderr
    assert run_with(*_BERTOKEN, **milik).returncode == 0
    migrate(pemilik, "base")


@pytest.mark.parametrize("salah", ["user", "dbname", "host", "port"])
def test_a_wrong_address_of_the_owner_is_named_as_his(database_url: str, cluster: PrivateCluster, salah: str) -> None:
    port = (cluster.folder / "port").read_text()
    lengkap = {
        "host": "127.0.0.1",
        "port": port,
        "user": "hub",
        "password": cluster.password("hub"),
        "dbname": "postgres",
    }
    lengkap |= {salah: {"host": "server.invalid", "port": str(free_port())}.get(salah, "tidak_ada")}
    milik = {**setelan(database_url), "HUB_DATABASE_URL_PEMILIK": psycopg.conninfo.make_conninfo(**lengkap)}
    hasil = run_with("migrate", **milik)
    assert hasil.returncode == 1
    assert "HUB_DATABASE_URL_PEMILIK" in hasil.stderr
    assert "HUB_DATABASE_URL " not in hasil.stderr.replace(";", " ").replace(".", " ")


@pytest.mark.parametrize(
    ("jadikan", "alasan"),
    [
        ("ALTER ROLE {} CREATEROLE", "CREATEROLE"), ("ALTER ROLE {} BYPASSRLS", "BYPASSRLS"), ("ALTER ROLE {} CREATEDB", "CREATEDB"),
        ("ALTER TABLE token OWNER TO {}", "memiliki isi basis data"), ("GRANT pg_read_all_data TO {}", "pg_read_all_data"),
        ("GRANT hub TO {}", "anggota peran lain: hub"),
    ],
)  # fmt: skip
def test_a_login_with_more_rights_than_it_needs_does_not_serve(
    database_url: str, tmp_path: Path, peran_baru: str, jadikan: str, alasan: str
) -> None:
    milik = {**setelan(database_url), "HUB_HOME": str(tmp_path)}
    milik["HUB_DATABASE_URL"] = milik["HUB_DATABASE_URL"].replace("hub_layanan", peran_baru)
    assert run_with("migrate", **milik).returncode == 0
    assert run_with(*_BERTOKEN, **milik).returncode == 0
    with psycopg.connect(database_url, autocommit=True) as conn:
        conn.execute(jadikan.format(peran_baru))
    for tanpa in ("", "HUB_DATABASE_URL_PEMILIK"):
        hasil = run_with(*_BERTOKEN, **{n: isi for n, isi in milik.items() if n != tanpa})
        assert hasil.returncode == 1
        assert alasan in hasil.stderr
        assert "Traceback" not in hasil.stderr
    with psycopg.connect(database_url, autocommit=True) as conn:
        conn.execute("ALTER TABLE token OWNER TO hub")


def test_migrating_makes_the_login_with_its_password_and_nothing_else(
    kosong: str, cluster: PrivateCluster, tmp_path: Path, peran_baru: str
) -> None:
    port = (cluster.folder / "port").read_text()
    alamat = f"postgresql://{peran_baru}@127.0.0.1:{port}/{psycopg.conninfo.conninfo_to_dict(kosong)['dbname']}"
    milik = {
        "HUB_DATABASE_URL": alamat,
        "HUB_DATABASE_URL_PEMILIK": kosong,
        "PGPASSWORD": "p@ss: '\"\\/w",
        "HUB_HOME": str(tmp_path),
    }
    migrated = run_hub("migrate", **milik)
    assert migrated.returncode == 0, migrated.stderr
    assert kepala() in migrated.stderr
    assert (tmp_path / "kunci_peran").stat().st_mode & 0o777 == 0o600
    for _ in range(2):  # again changes nothing
        hasil = run_with(*_BERTOKEN, **milik)
        assert hasil.returncode == 0, hasil.stderr
    with psycopg.connect(kosong) as conn:
        kuasa = conn.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolinherit FROM pg_roles WHERE rolname = %s",
            (peran_baru,),
        ).fetchone()
        assert kuasa == (False,) * 6
        sandi = conn.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", (peran_baru,)).fetchone()
        assert sandi is not None
        assert sandi[0].startswith("SCRAM-SHA-256$")
        anggota = conn.execute(
            "SELECT rolname FROM pg_roles r WHERE pg_has_role(%s, r.oid, 'MEMBER') ORDER BY 1", (peran_baru,)
        ).fetchall()
        assert {n for (n,) in anggota} == {*PERAN, peran_baru}
    # from here on the owner is not needed
    assert run_with(*_BERTOKEN, **{n: v for n, v in milik.items() if n != "HUB_DATABASE_URL_PEMILIK"}).returncode == 0


def test_without_the_owner_a_database_that_is_not_ready_is_said(kosong: str, database_url: str, tmp_path: Path) -> None:
    hanya = {"HUB_HOME": str(tmp_path), "HUB_KUNCI_PERAN": KUNCI.decode()}
    migrate(kosong, "0024_buku_stok_admin")
    with psycopg.connect(database_url, autocommit=True) as conn:
        conn.execute("UPDATE alembic_version SET version_num = '0099_nanti'")
    for url, kata in ((kosong, "belum disiapkan"), (database_url, "0099_nanti")):
        hasil = run_with(*_BERTOKEN, HUB_DATABASE_URL=login_url(url), **hanya)
        assert hasil.returncode == 1
        (kalimat,) = hasil.stderr.splitlines()
        for k in (kata, kepala(), "hub migrate", "HUB_DATABASE_URL_PEMILIK"):
            assert k in kalimat


def test_another_key_is_said_and_a_new_one_comes_by_migrating(database_url: str, tmp_path: Path) -> None:
    milik = setelan(database_url)
    lain = {"HUB_DATABASE_URL": milik["HUB_DATABASE_URL"], "HUB_HOME": str(tmp_path / "lain")}
    hasil = run_with(*_BERTOKEN, **lain)
    assert hasil.returncode == 1
    (kalimat,) = hasil.stderr.splitlines()
    assert "HUB_KUNCI_PERAN" in kalimat
    assert "hub migrate" in kalimat
    assert run_with("migrate", **lain, HUB_DATABASE_URL_PEMILIK=database_url).returncode == 0
    assert run_with(*_BERTOKEN, **lain).returncode == 0
    assert (
        run_with(*_BERTOKEN, HUB_DATABASE_URL=lain["HUB_DATABASE_URL"], HUB_KUNCI_PERAN=KUNCI.decode()).returncode == 1
    )


def test_the_private_cluster_serves_with_a_plain_login(tmp_path: Path) -> None:
    with HubProcess(tmp_path / "rumah") as hub:
        with psycopg.connect(hub.database_url(), autocommit=True) as conn:
            siapa = conn.execute(
                "SELECT DISTINCT usename FROM pg_stat_activity WHERE datname = 'hub' AND pid <> pg_backend_pid()"
            ).fetchall()
        assert siapa == [("hub_layanan",)]
        assert (hub.home / "kunci_peran").stat().st_mode & 0o777 == 0o600
        kunci = (hub.home / "kunci_peran").read_text().strip()
        assert kunci not in hub.screen()
        assert hub.stop() == 0
