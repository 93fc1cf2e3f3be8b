"""What a question would cost, estimated before it runs: rows × fields. One unit is about one value in the answer.

A field costs as many units as there are rows around it; a list multiplies what is below it by how many rows it is
expected to have. Lists whose length the question itself decides (elements × periods × regions, `first`) use that; the
others have an expected length. Both are said where the field is declared (schema/engine/expectation.py). The estimate of
a document that no variable touches is a number, found once; of any other it is a function of the variables.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_interface_type,
    is_list_type,
    is_object_type,
)
from graphql.pyutils import Undefined
from graphql.utilities import value_from_ast_untyped

from schema.engine.expectation import EDGES, Arguments, Expected, expected

Variables = Mapping[str, Any]
Cost = int | Callable[[Variables], int]

_HALAMAN = 50  # `first` where it is not given


def cost_of(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) -> Cost:
    """The estimate for one operation of a validated document that is within the limits on documents."""
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    bawaan = {
        v.variable.name.value: value_from_ast_untyped(v.default_value)
        for v in operation.variable_definitions or ()
        if v.default_value is not None
    }
    akar = schema.get_root_type(operation.operation)
    assert akar is not None
    biaya = Estimate(schema, fragments).selection(akar, operation.selection_set)
    if isinstance(biaya, int) or not bawaan:
        return biaya
    return lambda v: biaya({**bawaan, **v})


@dataclass(slots=True)
class Estimate:
    """What selections of one document cost."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    _fragment: dict[str, Cost] = field(default_factory=dict)

    def selection(self, tipe: GraphQLNamedType, s: SelectionSetNode, halaman: Cost | None = None) -> Cost:
        """`halaman`: rows on a page, where these are the fields of a connection."""
        bagian: list[Cost] = []
        for satu in s.selections:
            if isinstance(satu, FieldNode):
                isi = self._medan(tipe, satu, halaman)
            elif isinstance(satu, InlineFragmentNode):
                syarat = satu.type_condition
                isi = self.selection(self._tipe(syarat.name.value) if syarat else tipe, satu.selection_set, halaman)
            else:
                isi = self._dari_fragment(satu.name.value, halaman)  # type: ignore[attr-defined]
            bagian.append(_bersyarat(satu, isi))
        return _jumlah(bagian)

    def _tipe(self, nama: str) -> GraphQLNamedType:
        tipe = self.schema.get_type(nama)
        assert tipe is not None
        return tipe

    def _dari_fragment(self, nama: str, halaman: Cost | None) -> Cost:
        isi = self.fragments[nama]
        if halaman is not None:
            return self.selection(self._tipe(isi.type_condition.name.value), isi.selection_set, halaman)
        if nama not in self._fragment:
            self._fragment[nama] = self.selection(self._tipe(isi.type_condition.name.value), isi.selection_set)
        return self._fragment[nama]

    def _medan(self, tipe: GraphQLNamedType, node: FieldNode, halaman: Cost | None) -> Cost:
        nama = node.name.value
        if nama.startswith("__"):
            return 0  # the schema itself, and names of types
        assert is_object_type(tipe) or is_interface_type(tipe)
        definisi = tipe.fields[nama]
        sangka = expected(definisi)
        if node.selection_set is None:
            return sangka.weight
        tujuan = get_named_type(definisi.type)
        if "first" in definisi.args and not is_list_type(get_nullable_type(definisi.type)):
            return _jumlah([1, self.selection(tujuan, node.selection_set, _dari_argumen(_halaman, definisi, node))])
        baris = halaman if halaman is not None and nama == EDGES else _baris(sangka, definisi, node)
        isi = _kali(baris, _jumlah([1, self.selection(tujuan, node.selection_set)]))
        return isi if sangka.work is None else _jumlah([_dari_argumen(sangka.work, definisi, node), isi])


def _baris(sangka: Expected, definisi: GraphQLField, node: FieldNode) -> Cost:
    """Rows of a field: 1 where it is no list."""
    if sangka.rows is None or isinstance(sangka.rows, int):
        return sangka.rows or 1
    return _dari_argumen(sangka.rows, definisi, node)


def _halaman(a: Arguments) -> int:
    first = a.get("first")
    return first if isinstance(first, int) and first >= 0 else _HALAMAN


def _dari_argumen(hitung: Callable[[Arguments], int], definisi: GraphQLField, node: FieldNode) -> Cost:
    """The rows as a number where no variable matters, else as a function of the variables."""
    tetap: dict[str, Any] = {n: a.default_value for n, a in definisi.args.items() if a.default_value is not Undefined}
    berubah: dict[str, Any] = {}
    for a in node.arguments or ():
        if _bervariabel(a.value):
            berubah[a.name.value] = a.value
        else:
            tetap[a.name.value] = value_from_ast_untyped(a.value)
    if not berubah:
        return hitung(tetap)

    def menurut(v: Variables) -> int:
        isi = dict(tetap)
        for nama, nilai in berubah.items():
            if isinstance(nilai, VariableNode):
                if nilai.name.value in v:
                    isi[nama] = v[nilai.name.value]
            else:
                isi[nama] = value_from_ast_untyped(nilai, dict(v))
        return hitung(isi)

    return menurut


def _bervariabel(nilai: Any) -> bool:
    if isinstance(nilai, VariableNode):
        return True
    anak = [*(getattr(nilai, "values", None) or ()), *(f.value for f in getattr(nilai, "fields", None) or ())]
    return any(_bervariabel(x) for x in anak)


def _bersyarat(node: Any, isi: Cost) -> Cost:
    """What @skip and @include leave of it."""
    for d in node.directives or ():
        nama = d.name.value
        if nama in ("skip", "include") and d.arguments:
            nilai = d.arguments[0].value
            if isinstance(nilai, VariableNode):
                isi = _bila(nilai.name.value, nama == "include", isi)
            elif value_from_ast_untyped(nilai) is (nama == "skip"):
                return 0
    return isi


def _bila(variabel: str, ya: bool, isi: Cost) -> Cost:
    if isinstance(isi, int):
        return lambda v: isi if v.get(variabel) is ya else 0
    return lambda v: isi(v) if v.get(variabel) is ya else 0


def _jumlah(bagian: list[Cost]) -> Cost:
    tetap = sum(b for b in bagian if isinstance(b, int))
    berubah = [b for b in bagian if not isinstance(b, int)]
    if not berubah:
        return tetap
    return lambda v: tetap + sum(b(v) for b in berubah)


def _kali(banyak: Cost, isi: Cost) -> Cost:
    if isinstance(banyak, int):
        if isinstance(isi, int):
            return banyak * isi
        return lambda v: banyak * isi(v)
    if isinstance(isi, int):
        return lambda v: banyak(v) * isi
    return lambda v: banyak(v) * isi(v)
