"""Connections to the database are made, and rows sent, in one place, which sees to it that notices stop nothing."""

import ast
from pathlib import Path

from tests.project_files import PACKAGES, sources, tree_of

_PLACE = Path("hub/db/connections.py")
_MAKERS = {
    "psycopg.connect",
    "AsyncConnection.connect",
    "Connection.connect",
    "psycopg.AsyncConnection.connect",
    "AsyncConnectionPool",
}


def _calls(file: Path) -> list[tuple[int, str]]:
    """Line and written name of everything that is called."""
    calls = (n for n in ast.walk(tree_of(file)) if isinstance(n, ast.Call))
    return [(n.lineno, ast.unparse(n.func).partition("[")[0]) for n in calls]


def test_connections_are_made_in_one_place_and_pools_hush_theirs() -> None:
    made = {(file, name) for file in sources(".py", within=PACKAGES) for _, name in _calls(file) if name in _MAKERS}
    assert {file for file, name in made if name != "AsyncConnectionPool"} == {_PLACE}
    pools = {file for file, name in made if name == "AsyncConnectionPool"}
    assert pools == {Path("hub/db/database.py")}
    for file in pools:
        names = [name for _, name in _calls(file)]
        assert "hush" in names


def test_rows_are_copied_in_one_place() -> None:
    """cursor.copy(statement): psycopg's own writer does not read while it sends."""
    copies = [
        f"{file}:{node.lineno}"
        for file in sources(".py", within=PACKAGES)
        if file != _PLACE
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "copy" and node.args
        and not ast.unparse(node.func.value).startswith("shutil")
    ]  # fmt: skip
    assert copies == []
