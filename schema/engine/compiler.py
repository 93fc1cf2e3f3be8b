"""From a selection set to one SELECT that returns the JSON of the whole subtree.

Every subselect names the one table that is its own, and correlates to all others; without that SQLAlchemy would
silently add a cross join.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    is_object_type,
)
from sqlalchemy import JSON, ColumnElement, Select, case, cast, literal_column, null, select, type_coerce

from hub.base.errors import BatasMedanError, HubError
from hub.base.sized_cache import size_of
from hub.db.database import Statement
from hub.db.dialect import DIALECT
from hub.db.metadata import KodeText
from hub.katalog.katalog import Katalog
from hub.plan.arguments import Args, Parameters, Variables
from hub.plan.json_sql import JsonText, json_list, json_object, json_text, json_value, unwrapped
from hub.plan.rows import Row, Rows
from schema.engine.arguments import DocumentArgs
from schema.engine.connection import page
from schema.engine.declare import BACA, Baca, Choice, Column, Connection, Discriminator, Embed, Expression, Relation
from schema.engine.selection import Fragments, Selections

_MEDAN = 3_000  # fields in one statement; making such a one takes about a second
STRAWBERRY = "strawberry-definition"


@dataclass(frozen=True, slots=True)
class Compiled:
    """One statement and its parameters; `sql` None: there is nothing to look for and the answer is null. `refused`: what
    the question asks cannot be answered at all."""

    sql: str | None
    parameters: Parameters
    constants: Mapping[str, Any] = field(default_factory=dict)
    refused: HubError | None = None

    def size(self) -> int:
        """Bytes it takes, about."""
        return 1_000 + len(self.sql or "") + 1_000 * len(self.parameters.items) + size_of(self.constants)

    def statement(self, variables: Variables, katalog: Katalog) -> Statement:
        """Ready to run with these variables. Raises HubError when a value cannot be used."""
        assert self.sql is not None
        return Statement(self.sql, {**self.constants, **self.parameters.values(variables, katalog)})

    def ask(self, variables: Variables, katalog: Katalog) -> "Asked":
        """The same as what one root field asks. Raises HubError when it cannot be answered."""
        if self.refused is not None:
            raise self.refused.with_traceback(None)  # raised often, and each time its traceback would grow
        return Asked(() if self.sql is None else (self.statement(variables, katalog),))


@dataclass(frozen=True, slots=True)
class Asked:
    """What one root field asks of the database in one call. `errors`: what is wrong at single places of its list."""

    statements: Sequence[Statement]
    errors: Sequence[tuple[int, HubError]] = ()

    def join(self, results: Sequence[bytes | None]) -> bytes | None:
        """The field's value, from the statements' answers."""
        return results[0] if results else None


def how_to_read(definition: GraphQLField) -> Baca | None:
    """The declaration behind a field of the schema; None for a field that an ordinary resolver answers."""
    asal = definition.extensions.get(STRAWBERRY)
    baca: Baca | None = asal.metadata.get(BACA) if asal is not None else None
    if asal is not None and isinstance(baca, Column) and not baca.name:
        return Column(asal.python_name)
    return baca


class Compiler:
    """Compiles root fields of one document with one set of variables (of which only the shape matters). `names`: under which
    names the document's variables are given, where it is not their own."""

    def __init__(
        self, schema: GraphQLSchema, fragments: Fragments, variables: Variables, names: Mapping[str, str] | None = None
    ) -> None:
        self.schema = schema
        self.variables = variables
        self._names = names or {}
        self.selections = Selections(schema, fragments, variables)
        self.parameters = Parameters()
        self._medan = 0  # fields compiled so far

    def root(
        self, definition: GraphQLField, nodes: list[FieldNode], source: Any = None, baca: Baca | None = None
    ) -> Compiled:
        """One root field (or a compiled field of an object that a resolver made: `source`). `baca`: how to read a field that
        does not say so itself."""
        baca = baca or how_to_read(definition)
        assert isinstance(baca, Relation | Connection), "a root field reads rows"
        args = DocumentArgs(nodes[0], definition.args, self.variables, self.parameters, source, self._names)
        isi = self._rows(definition.type, baca, None, args, nodes)
        if isi is None:
            return Compiled(None, self.parameters)
        perintah = select(unwrapped(isi).label("isi")).compile(
            dialect=DIALECT, compile_kwargs={"render_postcompile": True}
        )
        kita = {p.name for p in self.parameters.items}
        tetap = {k: v for k, v in perintah.params.items() if k not in kita}  # numbers and texts of our own code
        return Compiled(str(perintah), self.parameters, tetap)

    # ---------- rows ----------

    def _rows(
        self,
        type_: GraphQLOutputType,
        baca: Relation | Connection,
        parent: Row | None,
        args: Args,
        nodes: list[FieldNode],
    ) -> ColumnElement[Any] | None:
        rows = baca.build(parent, args)
        if rows is None:
            return None
        if isinstance(baca, Connection):
            tipe = get_named_type(type_)
            assert is_object_type(tipe)
            assert isinstance(rows, Rows), "a page is of rows"
            return page(self, tipe, rows, args, nodes, baca.most)
        if isinstance(rows, Row):
            return self.value(get_named_type(type_), rows, nodes)
        isi = json_text(self.value(get_named_type(type_), rows.row, nodes))
        if is_list_type(get_nullable_type(type_)):
            return json_list(self.select(rows, isi))
        return self.select(rows, isi).scalar_subquery()

    def select(self, rows: Rows, isi: ColumnElement[Any]) -> "Select[Any]":
        """The rows as a select of one JSON column; every other table it names is one of the rows around it."""
        perintah = select(isi.label("isi")).select_from(rows.row.source).where(*rows.where).order_by(*rows.order)
        if rows.limit is not None:
            perintah = perintah.limit(rows.limit)
        return perintah.correlate_except(rows.row.source)

    # ---------- values ----------

    def value(self, type_: Any, row: Row, nodes: list[FieldNode]) -> ColumnElement[Any]:
        """A row as JSON of that type: an object, or whichever concrete object the row is."""
        if is_object_type(type_):
            return self.object(type_, row, nodes)
        assert is_abstract_type(type_)
        return self._one_of(discriminator(type_), row, nodes)

    def _one_of(self, pilah: Discriminator, row: Row, nodes: list[FieldNode]) -> ColumnElement[Any]:
        """A row that is of one of several types, all in one table."""
        tipe = {self._object_type(nama): nilai for nama, nilai in pilah.types.items()}
        if self._alike(list(tipe), nodes):
            # one object for all: a branch per type would make the statement grow fourfold with every level
            nama_tipe = case(*((row[pilah.column] == n, literal_column(f"'{t.name}'")) for t, n in tipe.items()))
            dikenal = row[pilah.column].in_(
                [literal_column(str(n)) if isinstance(n, int) else n for n in tipe.values()]
            )
            satu = self.object(next(iter(tipe)), row, nodes, type_coerce(nama_tipe, KodeText()))
            cabang = [(dikenal, json_text(satu))]
        else:
            cabang = [(row[pilah.column] == n, json_text(self.object(t, row, nodes))) for t, n in tipe.items()]
        return cast(type_coerce(case(*cabang, else_=literal_column("'null'")), JsonText()), JSON)

    def _choice(self, baca: Choice, row: Row, args: Args, nodes: list[FieldNode]) -> ColumnElement[Any]:
        """A row that is in one of several tables: a subselect for each, of which PostgreSQL runs the one that is meant."""
        cabang = []
        for b in baca.branches:
            rows = b.build(row, args)
            if isinstance(b.types, Discriminator):
                isi = self._one_of(b.types, rows.row, nodes)
            else:
                isi = self.object(self._object_type(b.types), rows.row, nodes)
            satu = self.select(rows, json_text(isi)).scalar_subquery()
            cabang.append((row[baca.column] == literal_column(f"'{b.value}'"), satu))
        return type_coerce(case(*cabang), JsonText())

    def _alike(self, types: list[GraphQLObjectType], nodes: list[FieldNode]) -> bool:
        """Whether what is selected is the same, and read the same way, for every one of these types."""
        pertama, *lain = types
        acuan = self.selections.fields(pertama, nodes)
        for tipe in lain:
            pilihan = self.selections.fields(tipe, nodes)
            if list(pilihan.items()) != list(acuan.items()):
                return False
        nama = {sama[0].name.value for sama in acuan.values()} - {"__typename"}
        return all(
            how_to_read(t.fields[n]) == how_to_read(pertama.fields[n])
            and str(t.fields[n].type) == str(pertama.fields[n].type)
            for t in lain
            for n in nama
        )

    def object(
        self, type_: GraphQLObjectType, row: Row, nodes: list[FieldNode], typename: ColumnElement[Any] | None = None
    ) -> ColumnElement[Any]:
        """`typename`: where the row may be of several types that are read alike."""
        pasangan: list[tuple[str, ColumnElement[Any]]] = []
        pilihan = self.selections.fields(type_, nodes)
        self._medan += len(pilihan)
        if self._medan > _MEDAN:
            raise BatasMedanError(
                f"Pertanyaan ini menjadi lebih dari {_MEDAN} kolom bila tiap jenis wilayah dibaca sendiri-sendiri; kurangi "
                "pilihan per jenis (... on Desa dan seterusnya) yang bersarang."
            )
        for kunci, sama in pilihan.items():
            nama = sama[0].name.value
            if nama == "__typename":
                pasangan.append((kunci, literal_column(f"'{type_.name}'") if typename is None else typename))
            else:
                pasangan.append((kunci, self.field(type_.fields[nama], row, sama)))
        return json_object(pasangan)

    def field(self, definition: GraphQLField, row: Row, nodes: list[FieldNode]) -> ColumnElement[Any]:
        baca = how_to_read(definition)
        if isinstance(baca, Column):
            return json_value(row[baca.name])
        args = DocumentArgs(nodes[0], definition.args, self.variables, self.parameters, names=self._names)
        if isinstance(baca, Expression):
            assert is_leaf_type(get_named_type(definition.type)), "an expression makes a leaf"
            return json_value(baca.build(row, args))
        if isinstance(baca, Embed):
            return self.value(get_named_type(definition.type), row, nodes)
        if isinstance(baca, Choice):
            return self._choice(baca, row, args, nodes)
        if isinstance(baca, Relation | Connection):
            isi = self._rows(definition.type, baca, row, args, nodes)
            return null() if isi is None else isi
        raise TypeError(f"field of a stored type without a declaration: {nodes[0].name.value}")

    def _object_type(self, nama: str) -> GraphQLObjectType:
        tipe = self.schema.get_type(nama)
        assert is_object_type(tipe)
        return tipe


def discriminator(type_: Any) -> Discriminator:
    """How rows of an interface or union are told apart: declared on the Strawberry class as `__pilah__`."""
    definisi = type_.extensions[STRAWBERRY]
    pilah = getattr(definisi, "origin", definisi).__pilah__
    assert isinstance(pilah, Discriminator)
    return pilah
