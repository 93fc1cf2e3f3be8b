"""What a node answered, believed only as far as the schema, the question and its own region go. What the caller gets is put together
anew of what was looked at: nothing that was not asked for comes along."""

import math
from decimal import Decimal, InvalidOperation
from typing import Any

from graphql import (
    FieldNode,
    GraphQLAbstractType,
    GraphQLEnumType,
    GraphQLError,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_list_type,
    is_non_null_type,
)

from hub.base.kode import is_valid
from schema.engine.selection import Selections
from schema.simpul.live_document import KEY, KEYED, KIND

_MOST_VALUES = 300_000
_LONGEST = 64 * 2**10  # letters of one text
_GEOMETRIES = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")


class UnbelievableError(Exception):
    """The answer is none to what was asked. `lies`: it is of another region than its own."""

    def __init__(self, what: str, *, lies: bool = False) -> None:
        super().__init__(what)
        self.lies = lies


class Reader:
    """Reads the answer of the node of one kabupaten. `own`: how the caller's selections are read; the written out ones need no variables."""

    def __init__(self, schema: GraphQLSchema, own: Selections, kode_kab: str) -> None:
        self._schema = schema
        self._own = own
        self._asked = Selections(schema, {}, {})
        self._kode_kab = kode_kab
        self._values = 0

    def kabupaten(self, value: Any) -> dict[str, Any]:
        """The object of the kabupaten itself, found to be of the right one. Raises UnbelievableError."""
        if not isinstance(value, dict) or value.get(KEY) != self._kode_kab:
            raise UnbelievableError("Kabupaten", lies=isinstance(value, dict))
        return value

    def field(
        self, parent: GraphQLObjectType, key: str, value: Any, nodes: list[FieldNode], asked: list[FieldNode]
    ) -> Any:
        """A field as the caller gets it. `value`: of the object around it. Raises UnbelievableError."""
        if key not in value:
            raise UnbelievableError(f"{parent.name}.{key}")
        definition = parent.fields[nodes[0].name.value]
        return self._completed(definition.type, value[key], nodes, asked)

    def _completed(self, type_: Any, value: Any, nodes: list[FieldNode], asked: list[FieldNode]) -> Any:
        if is_non_null_type(type_):
            if value is None:
                raise UnbelievableError(f"{type_}")
            type_ = type_.of_type
        if value is None:
            return None
        if is_list_type(type_):
            if not isinstance(value, list):
                raise UnbelievableError(f"{type_}")
            return [self._completed(type_.of_type, v, nodes, asked) for v in value]
        self._values += 1
        if self._values > _MOST_VALUES:
            raise UnbelievableError("terlalu banyak")
        named = get_named_type(type_)
        if isinstance(named, GraphQLScalarType | GraphQLEnumType):
            return _leaf(named, value)
        return self._object(named, value, nodes, asked)

    def _object(self, type_: Any, value: Any, nodes: list[FieldNode], asked: list[FieldNode]) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise UnbelievableError(f"{type_}")
        key = value.get(KEY) if type_.name in KEYED else None
        if type_.name in KEYED and not self._is_own(key):
            raise UnbelievableError(f"{type_}", lies=True)
        if is_abstract_type(type_):
            type_ = self._kind(type_, value.get(KIND))
        known = {None if k in (KEY, KIND) else k: same for k, same in self._asked.fields(type_, asked).items()}
        made: dict[str, Any] = {}
        for response_key, same in self._own.fields(type_, nodes).items():
            if same[0].name.value == "__typename":
                made[response_key] = type_.name
                continue
            made[response_key] = self.field(type_, response_key, value, same, known[response_key])
        for name, answered in made.items():  # the key it was judged by is the one that is shown
            if self._own.fields(type_, nodes)[name][0].name.value == KEYED.get(type_.name) and answered != key:
                raise UnbelievableError(f"{type_}.{name}", lies=True)
        return made

    def _is_own(self, key: object) -> bool:
        return isinstance(key, str) and (
            key == self._kode_kab or key.startswith((f"{self._kode_kab}.", f"{self._kode_kab}:"))
        )

    def _kind(self, type_: GraphQLAbstractType, name: object) -> GraphQLObjectType:
        found = self._schema.get_type(name) if isinstance(name, str) else None
        if not isinstance(found, GraphQLObjectType) or not self._schema.is_sub_type(type_, found):
            raise UnbelievableError(f"{type_}")
        return found


def _leaf(type_: GraphQLScalarType | GraphQLEnumType, value: Any) -> Any:
    if isinstance(value, str) and (len(value) > _LONGEST or "\0" in value):
        raise UnbelievableError(type_.name)
    try:
        fits = _fits(type_, value)
    except (GraphQLError, ValueError, TypeError, InvalidOperation, OverflowError):
        fits = False
    if not fits:
        raise UnbelievableError(type_.name)
    return value


def _fits(type_: GraphQLScalarType | GraphQLEnumType, value: Any) -> bool:
    if isinstance(type_, GraphQLEnumType):
        return isinstance(value, str) and value in type_.values
    if isinstance(value, float) and not math.isfinite(value):
        return False
    if type_.name in ("Desimal", "Float"):
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return is_number or (type_.name == "Desimal" and isinstance(value, str) and Decimal(value).is_finite())
    if type_.name == "GeoJSON":
        return (
            isinstance(value, dict)
            and value.keys() == {"type", "coordinates"}
            and value["type"] in _GEOMETRIES
            and _is_place(value["coordinates"])
        )
    if type_.name == "KodeWilayah":
        return isinstance(value, str) and is_valid(value)
    if type_.name in ("ID", "String", "Periode", "Date", "DateTime") and not isinstance(value, str):
        return False
    type_.parse_value(value)
    return True


def _is_place(value: Any, levels: int = 5) -> bool:
    if isinstance(value, list):
        return levels > 0 and all(_is_place(v, levels - 1) for v in value)
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
