"""Arguments as a document gives them: literals, variables, defaults."""

from collections.abc import Mapping
from enum import Enum
from typing import Any

from graphql import (
    FieldNode,
    GraphQLArgument,
    NullValueNode,
    Undefined,
    ValueNode,
    VariableNode,
    is_non_null_type,
    print_ast,
)
from graphql.utilities import value_from_ast

from hub.base.errors import InvalidInputError
from hub.plan.arguments import Args, Getter, Parameters, Variables

_SAME: Mapping[str, str] = {}


class DocumentArgs(Args):
    """The arguments of one field at one place of a document. `names`: under which names the variables of the document are given,
    where it is not their own."""

    def __init__(
        self,
        node: FieldNode | None,
        defined: Mapping[str, GraphQLArgument],
        variables: Variables,
        parameters: Parameters,
        source: Any = None,
        names: Mapping[str, str] = _SAME,
    ) -> None:
        super().__init__(parameters, source)
        self._names = names
        self._nodes: dict[str, ValueNode] = {a.name.value: a.value for a in (node.arguments or ())} if node else {}
        self._defined = defined
        self._variables = variables

    def choice(self, name: str) -> Any:
        value = super().choice(name)
        assert value is None or isinstance(value, str | bool) or not isinstance(self._nodes.get(name), VariableNode), (
            name
        )
        return value

    def now(self, name: str) -> Any:
        return self.getter(name)(self._variables)

    def getter(self, name: str) -> Getter:
        defined = self._defined[name]
        default = _default(defined)
        node = self._nodes.get(name)
        if node is None:
            return lambda _: default
        if isinstance(node, NullValueNode):
            return lambda _: None
        type_ = defined.type
        if isinstance(node, VariableNode):
            variable = self._names.get(node.name.value, node.name.value)
            if not is_non_null_type(type_):
                return lambda v: v.get(variable, default)
            return lambda v: _given(name, variable, v.get(variable, default))
        return lambda v: _usable(name, node, value_from_ast(node, type_, dict(v)))


def _given(name: str, variable: str, value: Any) -> Any:
    """A variable with a default may stand where null may not, and null still be sent for it: found only here."""
    if value is None:
        raise InvalidInputError(f'Argumen "{name}" tidak boleh null; isi variabel ${variable}.')
    return value


def _usable(name: str, node: ValueNode, value: Any) -> Any:
    """What validation lets through and no value can be made of: a number beyond all measure (1e400), null from a variable
    with a default."""
    if value is Undefined:
        text = print_ast(node)
        raise InvalidInputError(
            f'Argumen "{name}" tidak dapat dipakai: {text[:80]}{"…" if len(text) > 80 else ""}. Periksa apakah angkanya '
            "berhingga dan variabel di dalamnya tidak null."
        )
    return value


def _default(defined: GraphQLArgument) -> Any:
    return None if defined.default_value is Undefined else defined.default_value


def shape(value: Any) -> Any:
    """What of a variable may shape a statement: null or not, the choice of an enumeration, which fields are there."""
    if value is None or isinstance(value, bool | Enum):
        return value
    if isinstance(value, Mapping):
        return tuple((k, shape(v)) for k, v in sorted(value.items()))
    if isinstance(value, list) and value and all(isinstance(v, Enum) for v in value):
        return tuple(value)
    return ...


def thin(value: Any) -> Any:
    """A value of the same shape that takes no room: what is kept of the variables a statement was made for."""
    if isinstance(value, Mapping):
        return {k: thin(v) for k, v in value.items()}
    if isinstance(value, list):
        return value if shape(value) is not ... else value[:1]
    return value
