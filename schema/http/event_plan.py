"""A subscription as a plan: its field compiled once, its statement run for every event."""

from dataclasses import dataclass
from typing import Any

import orjson
from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
)
from graphql.execution.values import get_argument_values, get_variable_values

from hub.base.errors import HubError
from hub.base.kode import Tingkat
from hub.base.questions import kode_ke_bawah
from hub.berita.statements import Peristiwa
from hub.db.database import Statement
from hub.katalog.katalog import Katalog
from hub.plan.compiled import Compiled
from hub.rekap.reads import PERISTIWA
from schema.engine.compiler import Compiler
from schema.engine.plan import SALAH_TERBANYAK


class LanggananDitolakError(Exception):
    """The subscription cannot begin; `errors` say why."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__(*(e.message for e in errors))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class LanggananSiap:
    """A subscription with its variables: where to listen, and how to read an event."""

    wilayah: str
    _awal: bytes
    _compiled: Compiled
    _variables: dict[str, Any]

    def statement(self, peristiwa: Peristiwa, katalog: Katalog) -> Statement:
        return self._compiled.statement({**self._variables, PERISTIWA: peristiwa}, katalog)

    def answer(self, isi: bytes) -> bytes:
        """The whole answer for one event."""
        return self._awal + isi + b"}}"


@dataclass(frozen=True, slots=True)
class LanggananPlan:
    """A validated subscription: one root field, no introspection."""

    schema: GraphQLSchema
    operation: OperationDefinitionNode
    fragments: dict[str, FragmentDefinitionNode]

    def prepare(self, variables: dict[str, Any]) -> LanggananSiap:
        """Raises LanggananDitolakError."""
        ditentukan = self.operation.variable_definitions or ()
        nilai = get_variable_values(self.schema, ditentukan, variables, max_errors=SALAH_TERBANYAK)
        if isinstance(nilai, list):
            raise LanggananDitolakError(nilai)
        akar = self.schema.subscription_type
        assert akar is not None
        kompilator = Compiler(self.schema, self.fragments, nilai.coerced)
        dipilih = kompilator.selections.root(akar, self.operation.selection_set)
        if not dipilih:
            raise LanggananDitolakError([GraphQLError("Langganan ini tidak memilih apa pun.", self.operation)])
        ((kunci, nodes),) = dipilih.items()
        medan = akar.fields[nodes[0].name.value]
        try:
            wilayah = get_argument_values(medan, nodes[0], nilai)["wilayah"]
            kode_ke_bawah(Tingkat.KABUPATEN)(wilayah)
            isi = kompilator.root(medan, nodes)
        except HubError as salah:
            raise LanggananDitolakError(
                [GraphQLError(salah.pesan, nodes, path=[kunci], original_error=salah)]
            ) from None
        except GraphQLError as salah:
            raise LanggananDitolakError([salah]) from None
        return LanggananSiap(wilayah, b'{"data":{' + orjson.dumps(kunci) + b":", isi, nilai.coerced)


def langganan_for(
    schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode
) -> LanggananPlan | None:
    """A plan for a validated document, or None where the operation is no subscription."""
    if operation.operation is not OperationType.SUBSCRIPTION:
        return None
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    return LanggananPlan(schema, operation, fragments)
