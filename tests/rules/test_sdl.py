"""The committed schema is the one in code, speaks to its reader, and keeps the public contract.

The contract lies beside the project, not in it (AKAR/../shared/design/contract.graphql); where it is absent there is
nothing to compare with.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from graphql import (
    DocumentNode,
    EnumTypeDefinitionNode,
    FieldDefinitionNode,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLUnionType,
    InputObjectTypeDefinitionNode,
    InputValueDefinitionNode,
    InterfaceTypeDefinitionNode,
    ListTypeNode,
    NamedTypeNode,
    NonNullTypeNode,
    ObjectTypeDefinitionNode,
    TypeNode,
    UnionTypeDefinitionNode,
    is_specified_scalar_type,
    parse,
    print_ast,
)

from schema.build import schema, sdl
from tests.rules.project_files import AKAR

_KONTRAK = AKAR.parent / "shared" / "design" / "contract.graphql"
# null for whoever may not know: missing is never nought (the second contract says so)
_BOLEH_NULL = {"Panti.klien", "Panti.sisaDaya"}
_AKAR_GRAPHQL = {"Query", "Mutation", "Subscription"}
Medan = FieldDefinitionNode | InputValueDefinitionNode


def test_the_committed_schema_is_the_one_in_code() -> None:
    assert (AKAR / "schema" / "hub.graphql").read_text(encoding="utf-8") == sdl()


def test_every_type_says_what_it_is() -> None:
    bisu = [
        nama
        for nama, tipe in schema()._schema.type_map.items()
        if isinstance(tipe, GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType | GraphQLScalarType)
        and "__" not in nama  # federation's own
        and not nama.startswith("_")
        and not is_specified_scalar_type(tipe)
        and not (tipe.description or "").strip()
    ]
    assert bisu == []


@pytest.mark.parametrize("nama", ["Query", "Mutation", "Subscription"])
def test_every_root_field_says_what_it_does(nama: str) -> None:
    tipe = schema()._schema.get_type(nama)
    assert isinstance(tipe, GraphQLObjectType)
    assert [m for m, isi in tipe.fields.items() if not m.startswith("_") and not (isi.description or "").strip()] == []


# ---------- the contract ----------


def test_fields_and_arguments_are_those_of_the_contract() -> None:
    beda = []
    for nama, janji, nyata in _bersama():
        for medan, m in _medan(nyata).items():
            if (k := _medan(janji).get(medan)) is None:
                continue
            if print_ast(m.type) + "!" * (f"{nama}.{medan}" in _BOLEH_NULL) != print_ast(k.type):
                beda.append(f"{nama}.{medan}: {print_ast(m.type)}, contract {print_ast(k.type)}")
            if isinstance(m, InputValueDefinitionNode) and isinstance(k, InputValueDefinitionNode):
                beda += _beda_bawaan(f"{nama}.{medan}", m, k)
            elif isinstance(m, FieldDefinitionNode) and isinstance(k, FieldDefinitionNode):
                beda += _beda_argumen(f"{nama}.{medan}", m, k)
    assert beda == []


def test_no_field_of_the_contract_is_missing_from_a_type_that_is_there() -> None:
    """A field whose own types do not exist yet may come later; root fields too."""
    ada = _tipe(parse(sdl())).keys() | {"String", "Int", "Float", "Boolean", "ID"}
    hilang = [
        f"{nama}.{medan}"
        for nama, janji, nyata in _bersama()
        if nama not in _AKAR_GRAPHQL
        for medan, k in _medan(janji).items()
        if medan not in _medan(nyata) and _disebut(k) <= ada
    ]
    assert hilang == []


def test_choices_members_interfaces_and_keys_are_those_of_the_contract() -> None:
    beda = []
    for nama, janji, nyata in _bersama():
        for apa, dijanjikan, terlihat in zip(("kind", "content"), _isi(janji), _isi(nyata), strict=True):
            if not dijanjikan <= terlihat:
                beda.append(f"{nama} {apa}: without {sorted(dijanjikan - terlihat)}")
    assert beda == []


def _bersama() -> Iterator[tuple[str, Any, Any]]:
    """(name, definition in the contract, definition of ours) of every type that both have."""
    if not _KONTRAK.exists():
        return
    janji, nyata = _tipe(parse(_KONTRAK.read_text(encoding="utf-8"))), _tipe(parse(sdl()))
    bersama = janji.keys() & nyata.keys()
    assert len(bersama) > 40
    for nama in sorted(bersama):
        yield nama, _dengan_milik_antarmuka(janji[nama], janji), nyata[nama]


def _tipe(dokumen: DocumentNode) -> dict[str, Any]:
    return {d.name.value: d for d in dokumen.definitions if hasattr(d, "name") and d.name is not None}


def _dengan_milik_antarmuka(tipe: Any, semua: dict[str, Any]) -> Any:
    """The contract writes the fields of an interface once; types that implement it carry them all the same."""
    if not isinstance(tipe, ObjectTypeDefinitionNode):
        return tipe
    warisan = [m for i in tipe.interfaces or () for m in semua[i.name.value].fields]
    return ObjectTypeDefinitionNode(
        name=tipe.name, interfaces=tipe.interfaces, directives=tipe.directives, fields=(*warisan, *(tipe.fields or ()))
    )


def _medan(tipe: Any) -> dict[str, Medan]:
    if isinstance(tipe, ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode | InputObjectTypeDefinitionNode):
        return {m.name.value: m for m in tipe.fields or ()}
    return {}


def _isi(tipe: Any) -> tuple[set[str], set[str]]:
    """Its kind; its choices, members, interfaces and federation keys."""
    isi: set[str] = set()
    if isinstance(tipe, EnumTypeDefinitionNode):
        isi = {v.name.value for v in tipe.values or ()}
    elif isinstance(tipe, UnionTypeDefinitionNode):
        isi = {t.name.value for t in tipe.types or ()}
    elif isinstance(tipe, ObjectTypeDefinitionNode):
        isi = {i.name.value for i in tipe.interfaces or ()} | {print_ast(d) for d in tipe.directives or ()}
    return {tipe.kind}, isi


def _beda_argumen(tempat: str, nyata: FieldDefinitionNode, janji: FieldDefinitionNode) -> Iterator[str]:
    kita = {a.name.value: a for a in nyata.arguments or ()}
    mereka = {a.name.value: a for a in janji.arguments or ()}
    for nama, a in mereka.items():
        if nama not in kita:
            yield f"{tempat}({nama}): missing"
        elif print_ast(kita[nama].type) != print_ast(a.type):
            yield f"{tempat}({nama}): {print_ast(kita[nama].type)}, contract {print_ast(a.type)}"
        else:
            yield from _beda_bawaan(f"{tempat}({nama})", kita[nama], a)
    for nama in kita.keys() - mereka.keys():  # more is allowed where nobody has to know of it
        if isinstance(kita[nama].type, NonNullTypeNode) and kita[nama].default_value is None:
            yield f"{tempat}({nama}): required, and the contract does not know it"


def _beda_bawaan(tempat: str, nyata: InputValueDefinitionNode, janji: InputValueDefinitionNode) -> Iterator[str]:
    if _bawaan(nyata) != _bawaan(janji):
        yield f"{tempat} = {_bawaan(nyata)}, contract {_bawaan(janji)}"


def _bawaan(nilai: InputValueDefinitionNode) -> str:
    """The default a caller gets; leaving a nullable argument out is the same as null."""
    return "null" if nilai.default_value is None else print_ast(nilai.default_value)


def _disebut(medan: Medan) -> set[str]:
    """Names of the types that a field and its arguments are made of."""
    argumen = medan.arguments or () if isinstance(medan, FieldDefinitionNode) else ()
    return {_nama(medan.type), *(_nama(a.type) for a in argumen)}


def _nama(tipe: TypeNode) -> str:
    while isinstance(tipe, ListTypeNode | NonNullTypeNode):
        tipe = tipe.type
    assert isinstance(tipe, NamedTypeNode)
    return tipe.name.value
