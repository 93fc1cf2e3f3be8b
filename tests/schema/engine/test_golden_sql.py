"""The statements that documents become, word for word: whoever changes the compiler sees here what that means.

HUB_GOLDEN=tulis writes them anew; what changed is for the diff to show.
"""

import os
from pathlib import Path

import pytest
from graphql import DocumentNode, get_variable_values, parse, specified_rules, validate

from schema.build import schema
from schema.engine.compiler import Compiler
from schema.engine.plan import fragments_of, operation_of

GOLDEN = Path(__file__).parent / "golden"
_VALUES: dict[str, dict[str, object]] = {
    "nested": {"k": "53.14"},
    "page": {"after": "WyI1My4xNC4wMS4yMDAxIl0="},
    "aggregate": {"p": ["2020"]},
    "deadlines": {"p": ["2020"]},
    "kabupaten": {"kode": "53.14", "elemen": ["BAN01", "WIL04"], "periode": ["2020"]},
    "choice": {"id": "53.14:01939f2e-7d1c-7a3b-9c55-0f6a2b8e4d10"},
    "resources": {"day": "2026-12-31"},
    "rekap": {"id": "53.14:F05:2020", "pada": "2025-01-01T00:00:00Z"},
    "returned": {"id": "53.14:F05:2020", "pada": "2025-01-01T00:00:00Z"},
}


def statements(document: DocumentNode, variables: dict[str, object]) -> list[str]:
    """One per root field."""
    inner = schema()._schema
    operation = operation_of(document, None)
    assert operation is not None
    assert inner.query_type is not None
    values = get_variable_values(inner, operation.variable_definitions or (), variables)
    assert not isinstance(values, list), values
    compiler = Compiler(inner, fragments_of(document), values.coerced)
    found = []
    for nodes in compiler.selections.root(inner.query_type, operation.selection_set).values():
        compiled = Compiler(inner, fragments_of(document), values.coerced).root(
            inner.query_type.fields[nodes[0].name.value], nodes
        )
        assert compiled.sql is not None
        constants = "".join(f"\n-- {k} = {v!r}" for k, v in sorted(compiled.constants.items()))
        found.append(f"{compiled.sql}{constants}\n")
    return found


@pytest.mark.parametrize("name", sorted(f.stem for f in GOLDEN.glob("*.graphql")))
def test_a_document_becomes_this_statement(name: str) -> None:
    document = parse((GOLDEN / f"{name}.graphql").read_text(encoding="utf-8"))
    assert validate(schema()._schema, document, specified_rules) == []
    made = "".join(line.rstrip() + "\n" for s in statements(document, _VALUES.get(name, {})) for line in s.splitlines())
    kept = GOLDEN / f"{name}.sql"
    if os.environ.get("HUB_GOLDEN") == "tulis":
        kept.write_text(made, encoding="utf-8")
    assert made == kept.read_text(encoding="utf-8")
