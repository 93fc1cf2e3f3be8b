"""Arguments of a compiled field. Their values become bound parameters, always; only whether one was given at all, and
which choice of an enumeration it is, may shape the statement. So one statement serves every value of its variables."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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
from sqlalchemy import BindParameter, bindparam
from sqlalchemy.types import TypeEngine

from hub.base.errors import MasukanTidakSahError
from hub.services.katalog import Katalog

Variables = Mapping[str, Any]
Getter = Callable[[Variables], Any]
Convert = Callable[[Any], Any]
CheckedConvert = Callable[[Any, Katalog], Any]


def plain(value: Any) -> Any:
    """Enumeration members as their names, at any depth; everything else as it is."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list):
        return [plain(v) for v in value]
    return value


@dataclass(frozen=True, slots=True)
class Parameter:
    """A bound parameter and how to get its value from the variables of one call and the catalogue in force."""

    name: str
    get: Callable[[Variables, Katalog], Any]


class Parameters:
    """All bound parameters of one statement."""

    def __init__(self) -> None:
        self.items: list[Parameter] = []

    def add(self, get: Callable[[Variables, Katalog], Any], type_: TypeEngine[Any]) -> BindParameter[Any]:
        name = f"p{len(self.items)}"
        self.items.append(Parameter(name, get))
        return bindparam(name, None, type_=type_)

    def values(self, variables: Variables, katalog: Katalog) -> dict[str, Any]:
        """Values for one call. Raises HubError when a value cannot be used."""
        return {p.name: p.get(variables, katalog) for p in self.items}


_SAME: Mapping[str, str] = {}


class Args:
    """The arguments of one field at one place of a document. `source`: the parent object where a resolver made it; `names`:
    under which names the variables of the document are given, where it is not their own."""

    def __init__(
        self,
        node: FieldNode | None,
        defined: Mapping[str, GraphQLArgument],
        variables: Variables,
        parameters: Parameters,
        source: Any = None,
        names: Mapping[str, str] = _SAME,
    ) -> None:
        self._names = names
        self._nodes: dict[str, ValueNode] = {a.name.value: a.value for a in (node.arguments or ())} if node else {}
        self._defined = defined
        self._variables = variables
        self.parameters = parameters
        self.source = source

    def has(self, name: str) -> bool:
        """Whether the argument has a value that is not null (its default included). Shapes the statement."""
        return self._now(name) is not None

    def choice(self, name: str) -> Any:
        """The value of an enumeration or boolean argument. Shapes the statement."""
        value = plain(self._now(name))
        assert value is None or isinstance(value, str | bool) or self._is_literal(name), name
        return value

    def choices(self, name: str) -> list[str]:
        """The values of a list of enumeration members; none given: empty. Shapes the statement."""
        value: list[str] = plain(self._now(name)) or []
        return value

    def field(self, name: str, key: str) -> bool:
        """Whether an input object has that field with a value that is not null. Shapes the statement."""
        value = self._now(name)
        return value is not None and _member(value, key) is not None

    def value(self, name: str) -> Any:
        """The value itself, for a field that asks the database differently for different values."""
        return self._now(name)

    def bind(self, name: str, type_: TypeEngine[Any], convert: Convert = plain) -> BindParameter[Any]:
        """The value as a bound parameter; `convert` runs for each call and may raise HubError."""
        get = self._getter(name)
        return self.parameters.add(lambda v, _: convert(get(v)), type_)

    def bind_checked(self, name: str, type_: TypeEngine[Any], convert: CheckedConvert) -> BindParameter[Any]:
        """The same, looking things up in the catalogue."""
        get = self._getter(name)
        return self.parameters.add(lambda v, k: convert(get(v), k), type_)

    def bind_together(
        self, names: Sequence[str], type_: TypeEngine[Any], convert: Callable[..., Any]
    ) -> BindParameter[Any]:
        """One value made of several arguments that only make sense together; `convert` takes them in that order."""
        get = [self._getter(n) for n in names]
        return self.parameters.add(lambda v, _: convert(*(g(v) for g in get)), type_)

    def bind_field(self, name: str, key: str, type_: TypeEngine[Any], convert: Convert = plain) -> BindParameter[Any]:
        """One field of an input object as a bound parameter."""
        get = self._getter(name)
        return self.parameters.add(lambda v, _: convert(_member(get(v), key)), type_)

    def constant(self, value: Any, type_: TypeEngine[Any]) -> BindParameter[Any]:
        """A value known when the statement is built (a key of the parent object)."""
        return self.parameters.add(lambda v, _: value, type_)

    def _is_literal(self, name: str) -> bool:
        return not isinstance(self._nodes.get(name), VariableNode)

    def _now(self, name: str) -> Any:
        return self._getter(name)(self._variables)

    def _getter(self, name: str) -> Getter:
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
        raise MasukanTidakSahError(f'Argumen "{name}" tidak boleh null; isi variabel ${variable}.')
    return value


def _usable(name: str, node: ValueNode, value: Any) -> Any:
    """What validation lets through and no value can be made of: a number beyond all measure (1e400), null from a variable
    with a default."""
    if value is Undefined:
        tulisan = print_ast(node)
        raise MasukanTidakSahError(
            f'Argumen "{name}" tidak dapat dipakai: {tulisan[:80]}{"…" if len(tulisan) > 80 else ""}. Periksa apakah angkanya '
            "berhingga dan variabel di dalamnya tidak null."
        )
    return value


def _default(defined: GraphQLArgument) -> Any:
    return None if defined.default_value is Undefined else defined.default_value


def _member(value: Any, key: str) -> Any:
    """A field of an input: a dict as graphql-core coerces it, keys in GraphQL spelling."""
    return value.get(key) if isinstance(value, Mapping) else None


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
