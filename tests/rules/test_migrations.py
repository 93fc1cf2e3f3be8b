"""Migrations go up, down and up again, build exactly what the tables in code say, and form one dated line."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import geoalchemy2  # noqa: F401 - teaches SQLAlchemy's reflection the geometry type
import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg import sql
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from hub.db.metadata import METADATA
from hub.db.migrate import kepala, migrate
from hub.db.private_cluster import PrivateCluster
from tests.rules.project_files import AKAR, tables

_FOLDER = AKAR / "hub" / "db" / "migrations"
_BUKAN_KITA = ("spatial_ref_sys", "alembic_version")

# what somebody made in the database's own schemas: neither brought by an extension nor part of something else
_BENDA = """
SELECT jenis, nama FROM (
  SELECT 'pg_class'::regclass AS kelas, oid, 'relation ' || relkind::text AS jenis, relname AS nama, relnamespace AS ruang FROM pg_class
  UNION ALL SELECT 'pg_proc'::regclass, oid, 'function', proname, pronamespace FROM pg_proc
  UNION ALL SELECT 'pg_type'::regclass, oid, 'type', typname, typnamespace FROM pg_type
  UNION ALL SELECT 'pg_policy'::regclass, p.oid, 'policy', polname, relnamespace FROM pg_policy p JOIN pg_class c ON c.oid = polrelid
) b JOIN pg_namespace n ON n.oid = b.ruang
WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = b.kelas AND d.objid = b.oid AND d.deptype IN ('e', 'i'))
  AND nama !~ '^_?(alembic_version|spatial_ref_sys)'
ORDER BY 1, 2"""

_KOLOM = """
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attgenerated,
  pg_get_expr(d.adbin, d.adrelid), o.collname, col_description(c.oid, a.attnum)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum LEFT JOIN pg_collation o ON o.oid = a.attcollation
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> ALL(%s)"""
_INDEKS = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> ALL(%s)"
# triggers are the migrations' alone, deferred ones too
_BATASAN = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE connamespace = 'public'::regnamespace AND contype <> 't' AND conrelid <> 0 AND conrelid::regclass::text <> ALL(%s)"""

Isi = set[tuple[object, ...]]


@pytest.fixture
def kosong(cluster: PrivateCluster, run: str) -> Iterator[str]:
    """An empty database: nothing in it but what every PostgreSQL database has."""
    nama = f"uji_{run}_{uuid4().hex[:12]}"
    with psycopg.connect(cluster.url(), autocommit=True) as conn:
        conn.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(nama)))
    yield cluster.url(nama)
    with psycopg.connect(cluster.url(), autocommit=True) as conn:
        conn.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(nama)))


def test_up_down_up_leaves_nothing_behind_and_ends_the_same(kosong: str) -> None:
    assert _baca(kosong, _BENDA) == set()
    assert migrate(kosong) == (None, kepala())
    naik = _gambar(kosong), _baca(kosong, _BENDA)
    assert {nama for jenis, nama in naik[1] if jenis == "relation r"} == tables().keys()
    assert migrate(kosong, "base") == (kepala(), None)
    assert _baca(kosong, _BENDA) == set()
    assert _baca(kosong, "SELECT nspacl::text FROM pg_namespace WHERE nspacl::text LIKE '%hub\\_%'") == set()
    assert migrate(kosong) == (None, kepala())
    assert (_gambar(kosong), _baca(kosong, _BENDA)) == naik


def test_migrating_again_does_nothing(database_url: str) -> None:
    assert migrate(database_url) == (kepala(), kepala())


def test_migrations_build_what_the_tables_in_code_say(database_url: str, kosong: str) -> None:
    """Both ways of asking: Alembic's own comparison, and the catalogue of a database made from the tables in code."""
    assert tables().keys() == METADATA.tables.keys()
    engine = create_engine(_sqlalchemy(database_url), poolclass=NullPool)
    with engine.connect() as koneksi:
        konteks = MigrationContext.configure(koneksi, opts={"compare_type": True, "include_name": _milik_kita})
        assert compare_metadata(konteks, METADATA) == []
    with create_engine(_sqlalchemy(kosong), poolclass=NullPool).begin() as koneksi:
        koneksi.execute(text("CREATE EXTENSION postgis; CREATE EXTENSION pg_trgm"))
        # a column's default names it; what it does is the migrations' business
        koneksi.execute(text("CREATE FUNCTION hub_saat() RETURNS timestamptz LANGUAGE sql RETURN now()"))
        koneksi.execute(text("CREATE FUNCTION hub_rapi(geometry, smallint) RETURNS smallint IMMUTABLE RETURN 0"))
        METADATA.create_all(koneksi)
    janji, nyata = _gambar(kosong), _gambar(database_url)
    for apa in janji:
        assert nyata[apa] - janji[apa] == set(), f"{apa}: in the migrations only"
        assert janji[apa] - nyata[apa] == set(), f"{apa}: in the code only"


def test_history_is_one_line() -> None:
    naskah = _naskah()
    urut = list(naskah.walk_revisions())[::-1]
    assert len(naskah.get_heads()) == len(naskah.get_bases()) == 1
    assert [r.revision for r in urut if r.is_branch_point or r.is_merge_point] == []
    assert [r.down_revision for r in urut] == [None, *(r.revision for r in urut[:-1])]
    assert len(urut) == len([f for f in (_FOLDER / "versions").glob("*.py") if f.name != "__init__.py"])


def test_file_names_are_dated_and_in_order() -> None:
    nama = []
    for r in list(_naskah().walk_revisions())[::-1]:
        berkas = Path(r.path).stem
        cocok = re.fullmatch(r"(\d{4})_(\d{2})_(\d{2})_(\d{4}_\w+)", berkas)
        assert cocok is not None, berkas
        date(int(cocok[1]), int(cocok[2]), int(cocok[3]))
        assert r.revision == cocok[4]
        assert r.doc.strip(), f"{berkas} does not say what it does"
        nama.append(berkas)
    assert nama == sorted(nama)


def _naskah() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    return ScriptDirectory.from_config(config)


def _milik_kita(nama: str | None, jenis: str, _: object) -> bool:
    return not (jenis == "table" and nama in _BUKAN_KITA)


def _gambar(url: str) -> dict[str, Isi]:
    """Columns, indexes and constraints as PostgreSQL itself writes them."""
    return {
        apa: _baca(url, perintah, list(_BUKAN_KITA))
        for apa, perintah in (("columns", _KOLOM), ("indexes", _INDEKS), ("constraints", _BATASAN))
    }


def _baca(url: str, perintah: str, *nilai: object) -> Isi:
    with psycopg.connect(url) as conn:
        return set(conn.execute(perintah, nilai or None).fetchall())


def _sqlalchemy(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1)
