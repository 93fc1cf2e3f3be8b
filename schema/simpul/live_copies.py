"""Kabupaten as this hub itself has them, for the same selections: what stands in for a node, and what belongs to this hub anyhow."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from graphql import FieldNode, GraphQLSchema

from hub.base.actor import Actor, Role
from hub.base.kode import Level
from hub.db.database import Database, Statement
from hub.katalog.katalog import Katalog
from hub.plan.by_keys import by_keys, key_parts
from hub.wilayah.reads import by_code
from schema.engine.compiler import Compiler
from schema.engine.selection import Fragments

_FIND = by_code(Level.KABUPATEN)


class Copies:
    """`selections`: response key → the fields of that key, each read by a statement of its own for all codes."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Fragments,
        variables: Mapping[str, Any],
        selections: Mapping[str, list[FieldNode]],
    ) -> None:
        self._variables = variables
        self._parts = key_parts(_FIND, "kode")
        self._queries = {}
        for key, nodes in selections.items():
            compiler = Compiler(schema, fragments, variables)
            shape = compiler.shape(schema.get_type("Kabupaten"), nodes)
            self._queries[key] = by_keys(_FIND, "kode", shape, compiler.parameters, pieces=True)

    @property
    def size(self) -> int:
        """Letters of the statements."""
        return sum(len(q.sql) for q in self._queries.values())

    def check(self, katalog: Katalog) -> None:
        """Raises HubError where an argument of the selections cannot be used."""
        for query in self._queries.values():
            query.parameters.values(self._variables, katalog)

    async def read(
        self, db: Database, actor: Actor, katalog: Katalog, codes: Sequence[str]
    ) -> dict[str, dict[str, bytes | None]]:
        """Code → response key → JSON, None where there is no such kabupaten. Raises HubError."""
        found: dict[str, dict[str, bytes | None]] = {kode: {} for kode in codes}
        if not codes or not self._queries:
            return found
        statements = self._statements(katalog, codes)
        for key, text in zip(self._queries, await db.read_json(actor, statements), strict=True):
            for kode, piece in zip(codes, orjson.loads(text or b"[]"), strict=True):
                found[kode][key] = None if piece is None else piece.encode()
        return found

    async def write_down(self, db: Database, actor: Actor, katalog: Katalog, codes: Sequence[str]) -> None:
        """That the caller reads these elsewhere, where that is watched. Raises ServiceNotReadyError."""
        if actor.role is not Role.PUBLIC:
            await db.write_down(actor, self._statements(katalog, codes))

    def _statements(self, katalog: Katalog, codes: Sequence[str]) -> list[Statement]:
        columns = list(zip(*([convert(kode) for convert in self._parts] for kode in codes), strict=True))
        return [q.statement(columns, self._variables, katalog) for q in self._queries.values()]
