"""Random documents over regions, rekap, social resources and networks."""

import json
import random
from typing import Any

from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_composite_type,
    is_interface_type,
    is_object_type,
    is_union_type,
)

from tests.schema.engine.reference_pages import cursor
from tests.schema.engine.reference_wksbm import ENUM_WORDS, WKSBM, WKSBM_FILTERS
from tests.sumber_daya.rows import KINDS, uuid_of

# Not compared here: geometry (compared where it is made) and what depends on the clock.
NOT_COMPARED = {"batas", "titik", "bbox", "pada", "diajukanPada", "diubahPada", "dicatatPada", "garis"}
ROOTS = {
    "provinsi": ["53"],
    "kabupaten": ["53.14", "53.15", "36.73", "53.99"],
    "kecamatan": ["53.14.02", "53.14.11", "53.14.09"],
    "desa": ["53.14.02.2018", "53.14.11.2002", "53.14.10.2003", "53.14.03.1001"],
}
DAYS = [None, "2020-06-01", "2023-06-01", "2019-01-01"]
DESA_FILTERS: list[Any] = [
    None, {}, {"di": "53.14"}, {"di": "5314"}, {"di": "53.14.11"}, {"nama": "oes"}, {"jenis": ["KELURAHAN"]}, {"jenis": []},
    {"di": "53.14.02", "jenis": ["DESA", "DESA_ADAT"]}, {"di": "36"}, {"nama": "BUSA", "di": "53"},
]  # fmt: skip
REKAP_FILTERS: list[Any] = [
    None, {}, {"pelapor": ["53.14"]}, {"status": ["DISETUJUI"], "formulir": ["F05", "F09"]}, {"periode": ["2019"]}, {"status": []},
]  # fmt: skip
CURSORS: dict[str, list[Any]] = {
    "KODE": [None, None, cursor(["53.14.05.2003"]), cursor(["99"])],
    "NAMA": [None, None, cursor(["Mundek", "53.14.11.2010"]), cursor(["A", ""])],
    "REKAP": [None, None, cursor(["53.14", "F05", "2020"])],
    "SUMBER_DAYA": [None, None, cursor(["53.14.03.1001", uuid_of(5)]), cursor(["53.14.11", uuid_of(0)])],
    "WKSBM": [None, None, cursor(["53.14.03.1001", uuid_of(5)])],
}
SUMBER_DAYA = [f"53.14:{uuid_of(n)}" for n in (*range(1, 13), 99)]
_PAGED = ("daftarDesa", "daftarRekap", "daftarSumberDaya", "daftarWksbm")
SUMBER_DAYA_FILTERS: list[Any] = [
    None, {}, {"di": "53.14"}, {"di": "53.14.11"}, {"jenis": ["PANTI", "LKS"]}, {"jenis": ["GUDANG_BENCANA"], "di": "5314"},
    {"pemilik": ["KABUPATEN"]}, {"aktif": True}, {"aktif": False}, {"pindahApbdSampai": 2022}, {"jenis": []}, {"di": "53.14.02.2018", "aktif": True},
    {"nama": "lembaga 1"}, {"terakreditasi": True}, {"terakreditasi": False, "jenis": ["LKS"]}, {"suratBerakhirSampai": "2026-12-31"},
]  # fmt: skip
REKAP = ["53.14:F05:2020", "53.14:F10:2020", "36:F09:2020", "53.14:F12:2020", "53.01:F01:2020"]


NODES = ["5314", "53.14@2020-06-01", "53.14.02@2023-06-01", "53.14.02.2018@2019-01-01", "53@2023-06-01"]
FORMS, ELEMENTS = ["F05", "f01", "F99"], ["REH09", "ban01", "X99"]


class DocumentWriter:
    """Writes one random document; keeps its named fragments and variables."""

    def __init__(self, seed: int, schema: GraphQLSchema) -> None:
        self.chance = random.Random(seed)
        self.schema = schema
        self.fragments: list[str] = []
        self.variables: dict[str, Any] = {}
        self.definitions: list[str] = []

    def maybe(self) -> bool:
        return self.chance.random() < 0.5

    def variable(self, type_name: str, nilai: Any) -> str:
        name = f"v{len(self.variables)}"
        self.variables[name] = nilai
        self.definitions.append(f"${name}: {type_name}")
        return f"${name}"

    def argument(self, type_name: str, nilai: Any, literal: str) -> str:
        return self.variable(type_name, nilai) if self.maybe() else literal

    def document(self) -> str:
        fields = []
        for i in range(self.chance.randint(1, 3)):
            others = [
                "rekap",
                "formulir",
                "daftarFormulir",
                "daftarDesa",
                "daftarRekap",
                "sumberDaya",
                "daftarSumberDaya",
                "wksbm",
                "wksbm",
                "daftarWksbm",
                "_entities",
                "_entities",
                "node",
                "__typename",
            ]
            name = self.chance.choice([*ROOTS, *others])
            if name == "__typename":
                fields.append(f"r{i}: __typename")
                continue
            definition = self.schema.query_type.fields[name]  # type: ignore[union-attr]
            fields.append(
                f"r{i}: {name}{self.root_arguments(name)} {self.selection(get_named_type(definition.type), 4 if name in _PAGED else 3)}"
            )
        header = f"query ({', '.join(self.definitions)})" if self.definitions else "query"
        return f"{header} {{ {' '.join(fields)} }} {' '.join(self.fragments)}"

    def page_arguments(self, name: str) -> str:
        """Filter, order, size and cursor of a page: as variables or literals, given, null or left out."""
        desa = name == "daftarDesa"
        parts = []
        choices, type_name = {
            "daftarDesa": (DESA_FILTERS, "SaringDesa"),
            "daftarRekap": (REKAP_FILTERS, "SaringRekap"),
            "daftarSumberDaya": (SUMBER_DAYA_FILTERS, "SaringSumberDaya"),
            "daftarWksbm": (WKSBM_FILTERS, "SaringWksbm"),
        }[name]
        filters = self.chance.choice(choices)
        if filters is not None or self.maybe():
            parts.append(f"saring: {self.argument(type_name, filters, _literal(filters))}")
        if name in ("daftarSumberDaya", "daftarWksbm"):
            parts += self.as_of_arguments()
        order = self.chance.choice(["KODE", "NAMA"]) if desa else name.removeprefix("daftar").replace("D", "_D").upper()
        if order == "NAMA" or (desa and self.maybe()):
            parts.append(f"urut: {self.argument('[UrutDesa!]', [order], f'[{order}]')}")
        if self.chance.randint(0, 3):
            size = self.chance.randint(0, 6)
            parts.append(f"first: {self.argument('Int', size, str(size))}")
        after = self.chance.choice(CURSORS[order])
        if after is not None or self.maybe():
            parts.append(f"after: {self.argument('String', after, _literal(after))}")
        return f"({', '.join(parts)})" if parts else ""

    def root_arguments(self, name: str) -> str:
        if name in _PAGED:
            return self.page_arguments(name)
        if name == "daftarFormulir":
            return ""
        if name == "formulir":
            return '(kode: "f05")'
        if name == "_entities":
            representatives = [self.representative() for _ in range(self.chance.randint(0, 7))]
            return f"(representations: {self.argument('[_Any!]!', representatives, _objects(representatives))})"
        if name == "node":
            id_ = self.chance.choice([*(k for r in ROOTS.values() for k in r), *NODES, *SUMBER_DAYA])
            return f"(id: {self.argument('ID!', id_, _literal(id_))})"
        if name in ("rekap", "sumberDaya", "wksbm"):
            id_ = self.chance.choice({"rekap": REKAP, "sumberDaya": SUMBER_DAYA, "wksbm": WKSBM}[name])
            return f"(id: {self.argument('ID!', id_, f'{chr(34)}{id_}{chr(34)}')})"
        kode = self.chance.choice(ROOTS[name])
        written = kode.replace(".", "") if self.maybe() else kode
        parts = [f"kode: {self.argument('KodeWilayah!', written, f'{chr(34)}{written}{chr(34)}')}"]
        return f"({', '.join(parts + self.as_of_arguments())})"

    def as_of_arguments(self) -> list[str]:
        as_of = self.chance.choice(DAYS)
        return [f"pada: {self.argument('Date', as_of, _literal(as_of))}"] if as_of is not None or self.maybe() else []

    def representative(self) -> dict[str, str]:
        """What a router sends for one entity: of any type, known or not, its code with or without dots."""
        type_name = self.chance.choice(
            ["Provinsi", "Kabupaten", "Kecamatan", "Desa", "Desa", "Wilayah", "Wilayah", "SumberDaya", "Rekap", "Wksbm", "Elemen", "Formulir", *KINDS]
        )  # fmt: skip
        if type_name in ("Elemen", "Formulir"):
            return {"__typename": type_name, "kode": self.chance.choice(ELEMENTS if type_name == "Elemen" else FORMS)}
        if type_name in ("Rekap", "Wksbm", "SumberDaya", *KINDS):
            return {
                "__typename": type_name,
                "id": self.chance.choice({"Rekap": REKAP, "Wksbm": WKSBM}.get(type_name, SUMBER_DAYA)),
            }
        level = self.chance.choice([*ROOTS]) if type_name == "Wilayah" else type_name.lower()
        kode = self.chance.choice(ROOTS[level])
        return {"__typename": type_name, "kode": kode.replace(".", "") if self.maybe() else kode}

    def selection(self, graphql_type: Any, levels_left: int) -> str:
        """A selection set of that type, at most `levels_left` levels deep."""
        if is_union_type(graphql_type):
            interfaces = {i.name: i for t in graphql_type.types for i in t.interfaces}
            candidates = [*graphql_type.types, *interfaces.values()]
            chosen = self.chance.sample(candidates, self.chance.randint(1, 4))
            return (
                "{ __typename "
                + " ".join(f"... on {t.name} {self.selection(t, levels_left - 1)}" for t in chosen)
                + " }"
            )
        parts = [self.field(graphql_type, levels_left) for _ in range(self.chance.randint(1, 4))]
        if self.chance.randint(0, 3) == 0:
            parts.append(self.fragment(graphql_type, levels_left))
        return "{ " + " ".join(b for b in parts if b) + " }"

    def field(self, graphql_type: Any, levels_left: int) -> str:
        assert isinstance(graphql_type, GraphQLObjectType | GraphQLInterfaceType)
        possible = [
            n
            for n, f in graphql_type.fields.items()
            if n not in NOT_COMPARED and (levels_left > 0 or not is_composite_type(get_named_type(f.type)))
        ]
        frequent = [n for n in ("hubungan", "tujuan") if n in possible] * 5  # what many tables make
        name = self.chance.choice([*possible, *frequent, "__typename"])
        # an alias that tells fields apart unless they are the very same, so that merging is always allowed
        alias = f"a{self.chance.randint(0, 2)}_{name}: " if self.maybe() else ""
        if name == "__typename":
            return f"{alias}{name}{self.directive()}"
        inner = get_named_type(graphql_type.fields[name].type)
        arguments = ""
        if name == "nilai" and graphql_type.name in ("Desa", "Kabupaten"):
            arguments = '(elemen: ["REH09", "BAN01", "PPK03"], periode: ["2020", "2019"])'
        elif name == "rekap" and graphql_type.name == "Kabupaten" and self.maybe():
            forms = ["F05", "F02"]
            arguments = f'(formulir: {self.argument("[String!]", forms, _literal(forms))}, periode: ["2020"])'
        elif name == "pengaduan":
            arguments = '(periode: ["2020", "2018-TW1", "2020"])'
        elif name == "terakreditasi" and (as_of := self.as_of_arguments()):
            arguments = f"({as_of[0]})"
        elif name == "sumberDaya" and self.maybe():
            kinds = self.chance.sample(list(KINDS.values()), 4)
            arguments = f"(jenis: {self.argument('[JenisSumberDaya!]', kinds, _literal(kinds))})"
        elif name == "jangkauan" and self.maybe():
            steps = self.chance.choice([0, 1, 3, None])
            arguments = f"(langkah: {self.argument('Int', steps, _literal(steps))})"
        elif name == "hubungan" and self.maybe():
            scale = self.chance.choice(["LOKAL", "REGIONAL", "NASIONAL", None])
            parts = [f"skala: {self.argument('SkalaJejaring', scale, _literal(scale))}", *self.as_of_arguments()]
            arguments = f"({', '.join(parts)})"
        elif name == "anggota" and (as_of := self.as_of_arguments()):
            arguments = f"({as_of[0]})"
        elif name == "mutasi" and self.maybe():
            arguments = f'(barang: "SELIMUT", first: {self.chance.randint(0, 3)})'
        if not is_composite_type(inner):
            return f"{alias}{name}{arguments}{self.directive()}"
        return f"{alias}{name}{arguments}{self.directive()} {self.selection(inner, levels_left - 1)}"

    def directive(self) -> str:
        if self.chance.randint(0, 5):
            return ""
        name, nilai = self.chance.choice(["include", "skip"]), self.maybe()
        return f" @{name}(if: {self.argument('Boolean!', nilai, str(nilai).lower())})"

    def fragment(self, graphql_type: Any, levels_left: int) -> str:
        """An inline or named fragment, on the type itself or (for an interface) on a type that may or may not be it."""
        on_type = graphql_type
        if is_interface_type(graphql_type):
            on_type = self.chance.choice([graphql_type, *self.schema.get_possible_types(graphql_type)])
        elif is_object_type(graphql_type) and graphql_type.interfaces and self.maybe():
            on_type = graphql_type.interfaces[0]
        selection = self.selection(on_type, levels_left)
        shape = self.chance.randint(0, 2)
        if shape == 0 and on_type is graphql_type:
            return f"...{self.directive()} {selection}"
        if shape == 1:
            return f"... on {on_type.name}{self.directive()} {selection}"
        name = f"F{len(self.fragments)}"
        self.fragments.append(f"fragment {name} on {on_type.name} {selection}")
        return f"...{name}{self.directive()}"


def _literal(nilai: Any) -> str:
    """A value as GraphQL writes it; the enumerations here are the only bare words in capitals."""
    if isinstance(nilai, dict):
        return "{" + ", ".join(f"{k}: {_literal(v)}" for k, v in nilai.items()) + "}"
    if isinstance(nilai, list):
        return "[" + ", ".join(_literal(v) for v in nilai) + "]"
    if isinstance(nilai, str) and nilai in (
        "KELURAHAN",
        "DESA",
        "DESA_ADAT",
        "DISETUJUI",
        "KABUPATEN",
        *KINDS.values(),
        *ENUM_WORDS,
    ):
        return nilai
    return json.dumps(nilai)


def _objects(nilai: list[dict[str, str]]) -> str:
    """The same, where every text is one: representations hold no enumeration."""
    return "[" + ", ".join("{" + ", ".join(f"{k}: {json.dumps(v)}" for k, v in w.items()) + "}" for w in nilai) + "]"
