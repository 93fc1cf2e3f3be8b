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

Tipe = GraphQLObjectType | GraphQLInterfaceType
Isi = Mapping[
    str, str
]  # "Type.field.argument", or the argument alone, to a value as a document writes it; also optional ones


def documents(skema: GraphQLSchema, isi: Isi) -> Iterator[str]:
    """One document per field of every type that Query reaches."""
    assert skema.query_type is not None
    for tipe, (awal, akhir) in paths(skema, isi, skema.query_type).items():
        for nama, f in tipe.fields.items():
            pilih = "" if is_leaf_type(get_named_type(f.type)) else " { __typename }"
            yield f"{{ {awal}{asked(isi, tipe, nama, f)}{pilih}{akhir} }}"


def relations(skema: GraphQLSchema, isi: Isi) -> Iterator[str]:
    """One document per field that leads to other types, with every value of those."""
    assert skema.query_type is not None
    for tipe, (awal, akhir) in paths(skema, isi, skema.query_type).items():
        for nama, f in tipe.fields.items():
            tujuan = list(_targets(skema, get_named_type(f.type)))
            if tujuan and nama != "_entities":
                bagian = " ".join(
                    f"{syarat} {{ {leaves(isi, t)} }}" if syarat else leaves(isi, t) for t, syarat in tujuan
                )
                yield f"{{ {awal}{asked(isi, tipe, nama, f)} {{ {bagian} }}{akhir} }}"


def leaves(isi: Isi, tipe: Tipe) -> str:
    """The values of a type itself. Named after their type: fields of a union's types may differ in what they are."""
    satu = [
        f"{tipe.name}_{n}: {asked(isi, tipe, n, f)}"
        for n, f in tipe.fields.items()
        if is_leaf_type(get_named_type(f.type))
    ]
    return " ".join(["__typename", *satu])


def paths(skema: GraphQLSchema, isi: Isi, *akar: Tipe) -> dict[Tipe, tuple[str, str]]:
    """Every type that these reach, with the text of a document before and after a selection of it."""
    jalan: dict[Tipe, tuple[str, str]] = dict.fromkeys(akar, ("", ""))
    antre: deque[Tipe] = deque(jalan)
    while antre:
        tipe = antre.popleft()
        for nama, f in tipe.fields.items():
            if nama == "_entities":  # answers with the one type it is asked for
                continue
            for tujuan, syarat in _targets(skema, get_named_type(f.type)):
                if tujuan not in jalan:
                    awal, akhir = jalan[tipe]
                    buka, tutup = (f"{{ {syarat} {{ ", " } }") if syarat else ("{ ", " }")
                    jalan[tujuan] = (f"{awal}{asked(isi, tipe, nama, f)} {buka}", tutup + akhir)
                    antre.append(tujuan)
    return jalan


def _targets(skema: GraphQLSchema, tipe: GraphQLNamedType) -> Iterator[tuple[Tipe, str]]:
    """The types a selection on this one may be of, each with the condition to write."""
    if isinstance(tipe, GraphQLObjectType | GraphQLInterfaceType):
        yield tipe, ""
    if isinstance(tipe, GraphQLInterfaceType | GraphQLUnionType):
        yield from ((t, f"... on {t.name}") for t in skema.get_possible_types(tipe))


def asked(isi: Isi, tipe: Tipe, nama: str, f: GraphQLField) -> str:
    """The field with a value for each argument that must be given or has one of its own; None where no value is known."""
    argumen = []
    for a, v in f.args.items():
        nilai = isi.get(f"{tipe.name}.{nama}.{a}") or (isi.get(a) if is_required_argument(v) else None)
        if is_required_argument(v) or nilai:
            argumen.append(f"{a}: {nilai}")
    return nama + (f"({', '.join(argumen)})" if argumen else "")


# a value for every argument that must be given, as a document writes it
_ISI = {
    "tingkat": "KABUPATEN",
    "elemen": '["BAN01"]',
    "periode": '["2020"]',
    "wilayah": '"53.14"',
    "teks": '"rote"',
    "lon": "123.05",
    "lat": "-10.75",
    "jarakKm": "5",
    "representations": '[{__typename: "Desa", kode: "53.14.05.2010"}]',
    "masukan": '{desa: [{kode: "53.14.05.2010", kk: 1}], kebutuhan: [{barang: "BERAS", jumlah: 1}]}',
    "Query.provinsi.kode": '"53"',
    "Query.kabupaten.kode": '"53.14"',
    "Query.kecamatan.kode": '"53.14.05"',
    "Query.desa.kode": '"53.14.05.2010"',
    "Query.formulir.kode": '"F01"',
    "Query.indikator.kode": '["I01"]',
    "Query.rekap.id": '"53.14:F01:2020"',
    "Query.sumberDaya.id": '"53.14:01939f2e-7d1c-7a3b-9c55-0f6a2b8e4d10"',
    "Query.wksbm.id": '"53.14:01939f2e-7d1c-7a3b-9c55-0f6a2b8e4d10"',
    "Query.tagana.id": '"53.14:01939f2e-7d1c-7a3b-9c55-0f6a2b8e4d10"',
    "Query.wilayahTanpaSdm.jenis": "TKSK",
    "Query.cakupan.jenis": "[PUSKESOS]",
    "Query.usulanLokasi.jenis": "[PUSKESOS]",
}
