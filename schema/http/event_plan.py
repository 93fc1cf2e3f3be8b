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
from hub.base.kode import Level
from hub.base.questions import kode_down_to
from hub.berita.statements import RekapEvent
from hub.db.database import Statement
from hub.katalog.katalog import Katalog
from hub.plan.compiled import Compiled
from hub.rekap.reads import EVENT
from schema.engine.compiler import Compiler
from schema.engine.plan import MOST_MISTAKES


class SubscriptionRefusedError(Exception):
    """The subscription cannot begin; `errors` say why."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__(*(e.message for e in errors))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class ReadySubscription:
    """A subscription with its variables: where to listen, and how to read an event."""

    wilayah: str
    _opening: bytes
    _compiled: Compiled
    _variables: dict[str, Any]

    def statement(self, event: RekapEvent, katalog: Katalog) -> Statement:
        return self._compiled.statement({**self._variables, EVENT: event}, katalog)

    def answer(self, value: bytes) -> bytes:
        """The whole answer for one event."""
        return self._opening + value + b"}}"


@dataclass(frozen=True, slots=True)
class SubscriptionPlan:
    """A validated subscription: one root field, no introspection."""

    schema: GraphQLSchema
    operation: OperationDefinitionNode
    fragments: dict[str, FragmentDefinitionNode]

    def prepare(self, variables: dict[str, Any]) -> ReadySubscription:
        """Raises SubscriptionRefusedError."""
        defined = self.operation.variable_definitions or ()
        values = get_variable_values(self.schema, defined, variables, max_errors=MOST_MISTAKES)
        if isinstance(values, list):
            raise SubscriptionRefusedError(values)
        root = self.schema.subscription_type
        assert root is not None
        compiler = Compiler(self.schema, self.fragments, values.coerced)
        chosen = compiler.selections.root(root, self.operation.selection_set)
        if not chosen:
            raise SubscriptionRefusedError([GraphQLError("Langganan ini tidak memilih apa pun.", self.operation)])
        ((key, nodes),) = chosen.items()
        definition = root.fields[nodes[0].name.value]
        try:
            wilayah = get_argument_values(definition, nodes[0], values)["wilayah"]
            kode_down_to(Level.KABUPATEN)(wilayah)
            compiled = compiler.root(definition, nodes)
        except HubError as error:
            raise SubscriptionRefusedError(
                [GraphQLError(error.message, nodes, path=[key], original_error=error)]
            ) from None
        except GraphQLError as error:
            raise SubscriptionRefusedError([error]) from None
        return ReadySubscription(wilayah, b'{"data":{' + orjson.dumps(key) + b":", compiled, values.coerced)


def subscription_for(
    schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode
) -> SubscriptionPlan | None:
    """A plan for a validated document, or None where the operation is no subscription."""
    if operation.operation is not OperationType.SUBSCRIPTION:
        return None
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    return SubscriptionPlan(schema, operation, fragments)
