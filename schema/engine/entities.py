"""`_entities`: rows by their keys, in the order a router sent them. One statement per type reads any number of keys.

The keys travel as arrays, and the root field's own condition (`by_code`, `by_id`) is correlated to them: what a key may
look like and who may see its row is therefore the root field's rule, by construction. What is wrong with one
representation is an error at its place and leaves the others alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    Undefined,
    get_named_type,
    is_interface_type,
    is_leaf_type,
    is_object_type,
    print_ast,
)

from hub.base.errors import HubError, InvalidInputError, RepresentationLimitError, UnknownNameError
from hub.base.kode import is_valid
from hub.db.database import Statement
from hub.katalog.katalog import Katalog
from hub.katalog.questions import of_this_hub
from hub.plan.arguments import Convert, Parameters, Variables
from hub.plan.by_keys import ByKeys, by_keys, key_parts
from hub.plan.compiled import Asked
from schema.engine.arguments import DocumentArgs
from schema.engine.compiler import Compiler, how_to_read
from schema.engine.declare import Entities, Entity
from schema.engine.selection import Fragments

# a router sends one representation per row it joins: the desa of the largest province (8.563) fit in one request
MOST_REPRESENTATIONS = 10_000

_EXAMPLE = 'misalnya {"__typename": "Desa", "kode": "53.14.10.2003"}'


@dataclass(frozen=True, slots=True)
class _Key:
    """How one type's keys are read: the field, its scalar, and one conversion per column of the root field's condition. An interface
    is answered by the type that each row is of."""

    type: GraphQLObjectType | GraphQLInterfaceType
    entity: Entity
    parts: list[Convert]

    def read(self, representation: Mapping[str, Any]) -> list[Any]:
        """The columns' values. Raises HubError when the representation carries no usable key."""
        key = self.entity.key
        if representation.get(key) in (None, Undefined):  # undefined: a variable in the document that was not sent
            raise InvalidInputError(f'Representasi {self.type.name} tanpa "{key}"; {_EXAMPLE}.')
        if "\0" in str(representation[key]):
            raise InvalidInputError(f"{self.type.name}.{key} tidak boleh berisi karakter NUL (\\u0000).")
        scalar = get_named_type(self.type.fields[key].type)
        assert is_leaf_type(scalar)
        try:
            nilai = scalar.parse_value(representation[key])
        except GraphQLError as error:
            raise InvalidInputError(f"{self.type.name}.{key}: {error.message}") from None
        return [convert(nilai) for convert in self.parts]


@dataclass(frozen=True, slots=True)
class AskedEntities(Asked):
    """The statements of one `_entities` field. `places`: for each statement, where its objects go; None: one statement
    whose list is the whole answer."""

    length: int = 0
    places: Sequence[Sequence[int]] | None = None

    def join(self, results: Sequence[bytes | None]) -> bytes | None:
        if self.places is None:
            return results[0]
        return b"[" + b",".join(p or b"null" for p in self.split(results)) + b"]"

    def split(self, results: Sequence[bytes | None]) -> list[bytes | None]:
        """The objects one by one, each as the database made it."""
        assert self.places is not None
        pieces: list[bytes | None] = [None] * self.length
        for places, result in zip(self.places, results, strict=True):
            for i, text in zip(places, orjson.loads(result or b"[]"), strict=True):
                pieces[i] = None if text is None else text.encode()
        return pieces


@dataclass(slots=True)
class EntityBatch:
    """One `_entities` field of one document with variables of one shape. Statements are made as types turn up."""

    schema: GraphQLSchema
    fragments: Fragments
    variables: Variables
    definition: GraphQLField
    nodes: list[FieldNode]
    _keys: dict[str, _Key] = field(default_factory=dict)
    _queries: dict[tuple[str, bool], ByKeys] = field(default_factory=dict)

    def size(self) -> int:
        """Bytes it takes, about: its piece of the document, and a statement for each type that may turn up."""
        tokens = sum(len(print_ast(n)) for n in (*self.nodes, *self.fragments.values())) // 4
        return 50_000 + 1_000 * tokens

    def ask(self, variables: Variables, katalog: Katalog, *, apart: bool = False) -> AskedEntities:
        """What to ask for these representations. `apart`: where one of them is wrong, the answer can be split.

        Raises RepresentationLimitError for too many, other HubErrors for an argument of a field below.
        """
        representations = DocumentArgs(self.nodes[0], self.definition.args, variables, Parameters()).value(
            "representations"
        )
        if not isinstance(representations, list):
            raise InvalidInputError(f"representations harus daftar objek, {_EXAMPLE}.")
        if len(representations) > MOST_REPRESENTATIONS:
            raise RepresentationLimitError(
                f"_entities menerima paling banyak {MOST_REPRESENTATIONS} representasi sekali minta; ini {len(representations)}. "
                "Bagi menjadi beberapa permintaan."
            )
        places: dict[str, list[int]] = {}
        keys: dict[str, list[list[Any]]] = {}
        errors: list[tuple[int, HubError]] = []
        for i, w in enumerate(representations):
            try:
                key = self._key(w)
                values = key.read(w)
                self._refuse_elsewhere(key, values, katalog)
            except HubError as error:
                errors.append((i, error))
                continue
            places.setdefault(key.type.name, []).append(i)
            keys.setdefault(key.type.name, []).append(values)
        if len(places) == 1 and not (apart and errors):
            # one list from the database is the answer as it stands: what is wrong is a null key, which finds nothing
            ((name, indices),) = places.items()
            padded: list[list[Any]] = [[None] * len(self._keys[name].parts)] * len(representations)
            for i, values in zip(indices, keys[name], strict=True):
                padded[i] = values
            return AskedEntities(
                [self._statement(name, padded, False, variables, katalog)], errors, len(representations)
            )
        statements = [self._statement(name, keys[name], True, variables, katalog) for name in places]
        return AskedEntities(statements, errors, len(representations), list(places.values()))

    def _key(self, representation: Any) -> _Key:
        name = representation.get("__typename") if isinstance(representation, Mapping) else None
        if not isinstance(name, str):
            raise InvalidInputError(f'Representasi harus objek dengan "__typename" dan kuncinya, {_EXAMPLE}.')
        known = self._keys.get(name)
        if known is None:
            known = self._keys[name] = self._learn(name)
        return known

    def _learn(self, name: str) -> _Key:
        declared = how_to_read(self.definition)
        assert isinstance(declared, Entities)
        type_, entity = self.schema.get_type(name), declared.types.get(name)
        if entity is None:
            askable = f"yang dapat diminta: {', '.join(declared.types)}"
            if type_ is not None:
                raise InvalidInputError(f'"{name}" bukan entitas, tidak dapat diminta dengan kunci; {askable}.')
            raise UnknownNameError(f'Tipe "{name[:40]}" tidak ada di hub; {askable}.')
        assert is_object_type(type_) or is_interface_type(type_)
        return _Key(type_, entity, key_parts(entity.build, entity.key))

    def _refuse_elsewhere(self, key: _Key, values: list[Any], katalog: Katalog) -> None:
        """Where what is asked of it lies in a region that this hub does not answer for, that is wrong with this one representation, and
        not with the whole statement. Raises OtherRegionError."""
        if katalog.region is None or not is_valid(str(values[0])):
            return
        if key.entity.regional or self._query(key.type.name, False).parameters.regional:
            of_this_hub(values[0], katalog)

    def _statement(
        self, name: str, keys: list[list[Any]], pieces: bool, variables: Variables, katalog: Katalog
    ) -> Statement:
        return self._query(name, pieces).statement(list(zip(*keys, strict=True)), variables, katalog)

    def _query(self, name: str, pieces: bool) -> ByKeys:
        query = self._queries.get((name, pieces))
        if query is None:
            query = self._queries[name, pieces] = self._compile(self._keys[name], pieces)
        return query

    def _compile(self, key: _Key, pieces: bool) -> ByKeys:
        compiler = Compiler(self.schema, self.fragments, self.variables)
        shape = compiler.shape(key.type, self.nodes)
        return by_keys(key.entity.build, key.entity.key, shape, compiler.parameters, pieces=pieces)
