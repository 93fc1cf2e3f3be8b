"""What several tests of the schema stand on."""

from typing import Any

import psycopg
import pytest
from graphql import GraphQLSchema, build_schema

from hub.plan import by_keys, statement
from tests.project_files import ROOT


@pytest.fixture
def sent_statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement the hub sends that is not about the transaction or the caller's role."""
    statements: list[str] = []
    original = psycopg.AsyncCursor.execute

    async def execute(self: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
        text = str(query)
        if not text.startswith(("BEGIN", "COMMIT", "SET ", "SELECT set_config")) and "FROM token" not in text:
            statements.append(text)
        return await original(self, query, *args, **kwargs)

    monkeypatch.setattr(psycopg.AsyncCursor, "execute", execute)
    return statements


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement that is compiled meanwhile."""
    made: list[str] = []
    original = statement.text_of

    def text_of(*args: Any) -> Any:
        text, constants = original(*args)
        made.append(text)
        return text, constants

    monkeypatch.setattr(statement, "text_of", text_of)
    monkeypatch.setattr(by_keys, "text_of", text_of)
    return made


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    return build_schema((ROOT / "schema" / "hub.graphql").read_text(encoding="utf-8"), assume_valid=True)
