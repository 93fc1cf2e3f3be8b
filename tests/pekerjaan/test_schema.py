"""What the migration holds of procrastinate is what the pinned package would install."""

import re
from importlib.metadata import version

import psycopg
from procrastinate.schema import SchemaManager

from hub.db.migrate import migrate
from tests.db.older_schema import go_back
from tests.project_files import ROOT

_VERSION = version("procrastinate")
_BEFORE = "0044_tanda"


def test_the_migrations_text_is_the_packages_own() -> None:
    """When the package is raised, its changes (procrastinate/sql/migrations) become a migration of ours; then a file of that
    version stands beside this one."""
    ours = ROOT / "hub" / "db" / "migrations" / f"procrastinate_{_VERSION.replace('.', '_')}.sql"
    assert ours.read_text(encoding="utf-8") == SchemaManager.get_schema()


def test_the_package_is_asked_for_in_that_one_version() -> None:
    assert re.findall(r'"procrastinate(.*?)"', (ROOT / "pyproject.toml").read_text()) == [f"=={_VERSION}"]


def test_going_down_leaves_nothing_and_coming_up_again_leaves_the_rights(database_url: str) -> None:
    things = (
        "SELECT c.relname, c.relacl::text, c.relowner = d.datdba FROM pg_class c, pg_database d "
        "WHERE relnamespace = to_regnamespace('procrastinate') AND d.datname = current_database() ORDER BY 1"
    )
    with psycopg.connect(database_url, autocommit=True) as conn:
        before = conn.execute(things).fetchall()
        assert before
        assert all(owned for *_, owned in before)
        go_back(database_url, _BEFORE)
        assert conn.execute(things).fetchall() == []
        assert conn.execute("SELECT FROM pg_proc WHERE proname ~ 'hub_tunda_total|procrastinate'").fetchall() == []
        migrate(database_url)
        assert conn.execute(things).fetchall() == before
