"""How a field of a stored type says where its value comes from. Declared once, beside its description:

    kode: KodeWilayah = column("Kode Kemendagri dengan titik.")
    kecamatan: list["Kecamatan"] = relation("…", anak, rows=15)  # rows of another (or the same) table, some fifteen
    batas: GeoJSON | None = expression("…", batas, argument("toleransiMeter", float, default=0.0), weight=100)

The compiler walks a selection set over these and makes one SELECT. No Python runs per row.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField

from hub.plan.arguments import Args, Known
from hub.plan.nodes import ChildBuild, ExpressionBuild, RootBuild
from hub.plan.rows import Row, Rows
from schema.engine.expectation import Rows as ExpectedRows
from schema.engine.expectation import expects

DECLARATION = "baca"  # key in a Strawberry field's metadata


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the row, under this name."""

    name: str


@dataclass(frozen=True, slots=True)
class Expression:
    """A value computed from the row and the arguments."""

    build: ExpressionBuild


@dataclass(frozen=True, slots=True)
class Embed:
    """An object whose fields are columns of this very row."""


@dataclass(frozen=True, slots=True)
class Root:
    """One or many rows found from the arguments alone, and from the object that a resolver made. The GraphQL type says how many.
    `variant`: which of a few statements answers, where that hangs on what an argument's value means; the builder finds it as
    `args.variant`. It looks at the arguments and the catalogue, and has few values: a statement is kept for each.
    `types`: of each variant the type of its rows, where the field's own type is wider (the name of an object or an interface)."""

    build: RootBuild
    variant: Callable[[Args, Known], Hashable] | None = None
    types: Mapping[Any, str] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Relation:
    """One or many rows found from this row and the arguments. The GraphQL type says how many."""

    build: ChildBuild


@dataclass(frozen=True, slots=True)
class RootConnection:
    """A Relay page over rows found from the arguments alone. `most`: largest `first`."""

    build: Callable[[Args], Rows]
    most: int = 500


@dataclass(frozen=True, slots=True)
class Connection:
    """A Relay page over rows found from this row. `most`: largest `first`."""

    build: Callable[[Row, Args], Rows]
    most: int = 500


@dataclass(frozen=True, slots=True)
class Branch:
    """One of the tables that a row may lie in. `value`: what the row that points there says of it; `types`: the one GraphQL
    type that table holds, or how its several types are told apart."""

    value: str
    build: Callable[[Row, Args], Rows]
    types: "str | Discriminator"


@dataclass(frozen=True, slots=True)
class Choice:
    """One row of a union or interface whose members lie in different tables. `column`: of this row, says in which."""

    column: str
    branches: Sequence[Branch]


@dataclass(frozen=True, slots=True)
class Entity:
    """How a federation entity is found: its key, and the rows of the root field that takes the key under that name. `regional`: whatever
    is asked of it, a hub answers for those of its own region alone."""

    key: str
    build: Callable[[Args], Rows | None]
    regional: bool = False


@dataclass(frozen=True, slots=True)
class Entities:
    """Entities of several types by their keys, in the order asked. `types`: GraphQL type name → how it is found."""

    types: Mapping[str, Entity]


Declaration = Column | Expression | Embed | Root | Relation | Choice | RootConnection | Connection | Entities
OF_ROWS: tuple[type, ...] = (Column, Expression, Embed, Relation, Choice, Connection)
"""How fields of a row may be declared; the others belong to the root, or to objects that resolvers make."""


@dataclass(frozen=True, slots=True)
class Discriminator:
    """Which concrete type a row of an interface or union is: a column, and its value per GraphQL type name."""

    column: str
    types: dict[str, Any] = field(default_factory=dict)


class ReadField(StrawberryField):
    """A Strawberry field that is read by the compiler, in either lane."""

    @property
    def is_basic_field(self) -> bool:
        return False

    @property
    def is_async(self) -> bool:
        return True

    def get_result(self, source: Any, info: Any, args: list[Any], kwargs: Any) -> Any:
        from schema.engine.execute import read_in_executor

        return read_in_executor(source, info)


def argument(
    name: str, type_: Any, description: str, default: Any = None, *, required: bool = False
) -> StrawberryArgument:
    """An argument of a compiled field, under its GraphQL name."""
    extra: dict[str, Any] = {} if required else {"default": default}
    if isinstance(default, Enum):
        extra = {"default": default}
    return StrawberryArgument(
        python_name=name,
        graphql_name=name,
        type_annotation=StrawberryAnnotation(type_),
        description=description,
        **extra,
    )


def _field(
    declared: Declaration,
    description: str,
    arguments: Sequence[StrawberryArgument] = (),
    expectation: Mapping[str, Any] | None = None,
) -> Any:
    read_field = ReadField(description=description, metadata={DECLARATION: declared, **(expectation or {})})
    read_field.arguments = list(arguments)
    read_field.init = False
    read_field.repr = read_field.compare = False
    return read_field


def column(description: str, name: str = "", *, weight: int = 1) -> Any:
    """A column of the row; `name` where it differs from the field's Python name (filled in when the type is made)."""
    return _field(Column(name), description, (), expects(weight=weight))


def expression(
    description: str,
    build: ExpressionBuild,
    *arguments: StrawberryArgument,
    weight: int = 1,
    directives: Sequence[object] = (),
) -> Any:
    """`directives`: of the schema."""
    read_field = _field(Expression(build), description, arguments, expects(weight=weight))
    read_field.directives = list(directives)
    return read_field


def embed(description: str) -> Any:
    return _field(Embed(), description)


def root(
    description: str,
    build: RootBuild,
    *arguments: StrawberryArgument,
    rows: ExpectedRows | None = None,
    variant: Callable[[Args, Known], Hashable] | None = None,
    types: Mapping[Any, str] | None = None,
    directives: Sequence[object] = (),
) -> Any:
    """`rows`: how many are expected, of a list. `variant`, `types`: see Root. `directives`: of the schema."""
    read_field = _field(Root(build, variant, types), description, arguments, expects(rows=rows))
    read_field.directives = list(directives)
    return read_field


def relation(
    description: str, build: ChildBuild, *arguments: StrawberryArgument, rows: ExpectedRows | None = None
) -> Any:
    """`rows`: how many are expected, of a list."""
    return _field(Relation(build), description, arguments, expects(rows=rows))


def choice(description: str, column: str, *branches: Branch) -> Any:
    return _field(Choice(column, branches), description)


def entities(description: str, types: Mapping[str, Entity], *arguments: StrawberryArgument, rows: ExpectedRows) -> Any:
    read_field = _field(Entities(types), description, arguments, expects(rows=rows))
    read_field.graphql_name = "_entities"  # the name converter would take the underscore for a word's beginning
    return read_field


def root_connection(
    description: str, build: Callable[[Args], Rows], *arguments: StrawberryArgument, most: int = 500
) -> Any:
    return _field(RootConnection(build, most), description, (*arguments, *_paging(most)))


def connection(
    description: str, build: Callable[[Row, Args], Rows], *arguments: StrawberryArgument, most: int = 500
) -> Any:
    return _field(Connection(build, most), description, (*arguments, *_paging(most)))


def _paging(most: int) -> tuple[StrawberryArgument, ...]:
    return (
        argument("first", int | None, f"Banyak baris per halaman, paling banyak {most}.", 50),
        argument("after", str | None, "Lanjutkan sesudah kursor ini (endCursor halaman sebelumnya)."),
    )
