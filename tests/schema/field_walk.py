"""Documents for every field of the schema: the shortest way to each type, then its fields."""

from collections import deque
from collections.abc import Iterator, Mapping

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

CompositeType = GraphQLObjectType | GraphQLInterfaceType
Values = Mapping[
    str, str
]  # "Type.field.argument", or the argument alone, to a value as a document writes it; also optional ones


def documents(schema: GraphQLSchema, values: Values) -> Iterator[str]:
    """One document per field of every type that Query reaches."""
    assert schema.query_type is not None
    for composite, (opening, closing) in paths(schema, values, schema.query_type).items():
        for name, f in composite.fields.items():
            selection = "" if is_leaf_type(get_named_type(f.type)) else " { __typename }"
            yield f"{{ {opening}{asked(values, composite, name, f)}{selection}{closing} }}"


def relations(schema: GraphQLSchema, values: Values) -> Iterator[str]:
    """One document per field that leads to other types, with every value of those."""
    assert schema.query_type is not None
    for composite, (opening, closing) in paths(schema, values, schema.query_type).items():
        for name, f in composite.fields.items():
            targets = list(_targets(schema, get_named_type(f.type)))
            if targets and name != "_entities":
                selections = " ".join(
                    f"{condition} {{ {leaves(values, t)} }}" if condition else leaves(values, t)
                    for t, condition in targets
                )
                yield f"{{ {opening}{asked(values, composite, name, f)} {{ {selections} }}{closing} }}"


def leaves(values: Values, composite: CompositeType) -> str:
    """The values of a type itself. Named after their type: fields of a union's types may differ in what they are."""
    fields = [
        f"{composite.name}_{n}: {asked(values, composite, n, f)}"
        for n, f in composite.fields.items()
        if is_leaf_type(get_named_type(f.type))
    ]
    return " ".join(["__typename", *fields])


def paths(schema: GraphQLSchema, values: Values, *roots: CompositeType) -> dict[CompositeType, tuple[str, str]]:
    """Every type that these reach, with the text of a document before and after a selection of it."""
    found: dict[CompositeType, tuple[str, str]] = dict.fromkeys(roots, ("", ""))
    queue: deque[CompositeType] = deque(found)
    while queue:
        composite = queue.popleft()
        for name, f in composite.fields.items():
            if name == "_entities":  # answers with the one type it is asked for
                continue
            for target, condition in _targets(schema, get_named_type(f.type)):
                if target not in found:
                    opening, closing = found[composite]
                    opened, closed = (f"{{ {condition} {{ ", " } }") if condition else ("{ ", " }")
                    found[target] = (f"{opening}{asked(values, composite, name, f)} {opened}", closed + closing)
                    queue.append(target)
    return found


def _targets(schema: GraphQLSchema, named_type: GraphQLNamedType) -> Iterator[tuple[CompositeType, str]]:
    """The types a selection on this one may be of, each with the condition to write."""
    if isinstance(named_type, GraphQLObjectType | GraphQLInterfaceType):
        yield named_type, ""
    if isinstance(named_type, GraphQLInterfaceType | GraphQLUnionType):
        yield from ((t, f"... on {t.name}") for t in schema.get_possible_types(named_type))


def asked(values: Values, composite: CompositeType, name: str, f: GraphQLField) -> str:
    """The field with a value for each argument that must be given or has one of its own; None where no value is known."""
    arguments = []
    for a, v in f.args.items():
        nilai = values.get(f"{composite.name}.{name}.{a}") or (values.get(a) if is_required_argument(v) else None)
        if is_required_argument(v) or nilai:
            arguments.append(f"{a}: {nilai}")
    return name + (f"({', '.join(arguments)})" if arguments else "")


# a value for every argument that must be given, as a document writes it
VALUES = {
    "tingkat": "KABUPATEN",
    "elemen": '["BAN01"]',
    "periode": '["2020"]',
    "Query.anggaran.periode": '"2020"',
    "wilayah": '"53.14"',
    "teks": '"rote"',
    "lon": "123.05",
    "lat": "-10.75",
    "jarakKm": "5",
    "representations": '[{__typename: "Desa", kode: "53.14.05.2010"}]',
    "masukan": '{desa: [{kode: "53.14.05.2010", kk: 1}], kebutuhan: [{barang: "BERAS", jumlah: 1}]}',
    "Query.node.id": '"53.14.05.2010"',
    "Query.provinsi.kode": '"53"',
    "Query.kabupaten.kode": '"53.14"',
    "Query.langsung.kabupaten": '["53.14"]',
    "Query.kecamatan.kode": '"53.14.05"',
    "Query.desa.kode": '"53.14.05.2010"',
    "Query.formulir.kode": '"F01"',
    "Query.daftarKode.kode": '"PPKS"',
    "Query.indikator.kode": '["I01"]',
    "Query.capaianKinerja.tahun": "2020",
    "Query.jelaskanAngka.elemen": '"BAN01"',
    "Query.jelaskanAngka.periode": '"2020"',
    "Query.rekap.id": '"53.14:F01:2020"',
    "Query.sumberDaya.id": '"53.14:01939f2e-7d1c-7a3b-9c55-0f6a2b8e4d10"',
    "Query.wksbm.id": '"53.14:01939f2e-7d1c-7a3b-9c55-0f6a2b8e4d10"',
    "Query.tagana.id": '"53.14:01939f2e-7d1c-7a3b-9c55-0f6a2b8e4d10"',
    "Query.wilayahTanpaSdm.jenis": "TKSK",
    "Query.cakupan.jenis": "[PUSKESOS]",
    "Query.usulanLokasi.jenis": "[PUSKESOS]",
}
