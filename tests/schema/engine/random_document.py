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
from tests.schema.engine.reference_wksbm import KATA, SARING_WKSBM, WKSBM
from tests.sumber_daya.rows import JENIS, nomor

# Not compared here: geometry (compared where it is made) and what depends on the clock.
TIDAK_DIBANDING = {"batas", "titik", "bbox", "pada", "diajukanPada", "diubahPada", "dicatatPada", "garis"}
AKAR = {
    "provinsi": ["53"],
    "kabupaten": ["53.14", "53.15", "36.73", "53.99"],
    "kecamatan": ["53.14.02", "53.14.11", "53.14.09"],
    "desa": ["53.14.02.2018", "53.14.11.2002", "53.14.10.2003", "53.14.03.1001"],
}
PADA = [None, "2020-06-01", "2023-06-01", "2019-01-01"]
SARING_DESA: list[Any] = [
    None, {}, {"di": "53.14"}, {"di": "5314"}, {"di": "53.14.11"}, {"nama": "oes"}, {"jenis": ["KELURAHAN"]}, {"jenis": []},
    {"di": "53.14.02", "jenis": ["DESA", "DESA_ADAT"]}, {"di": "36"}, {"nama": "BUSA", "di": "53"},
]  # fmt: skip
SARING_REKAP: list[Any] = [
    None, {}, {"pelapor": ["53.14"]}, {"status": ["DISETUJUI"], "formulir": ["F05", "F09"]}, {"periode": ["2019"]}, {"status": []},
]  # fmt: skip
SESUDAH: dict[str, list[Any]] = {
    "KODE": [None, None, cursor(["53.14.05.2003"]), cursor(["99"])],
    "NAMA": [None, None, cursor(["Mundek", "53.14.11.2010"]), cursor(["A", ""])],
    "REKAP": [None, None, cursor(["53.14", "F05", "2020"])],
    "SUMBER_DAYA": [None, None, cursor(["53.14.03.1001", nomor(5)]), cursor(["53.14.11", nomor(0)])],
    "WKSBM": [None, None, cursor(["53.14.03.1001", nomor(5)])],
}
SUMBER_DAYA = [f"53.14:{nomor(n)}" for n in (*range(1, 13), 99)]
_HALAMAN = ("daftarDesa", "daftarRekap", "daftarSumberDaya", "daftarWksbm")
SARING_SUMBER_DAYA: list[Any] = [
    None, {}, {"di": "53.14"}, {"di": "53.14.11"}, {"jenis": ["PANTI", "LKS"]}, {"jenis": ["GUDANG_BENCANA"], "di": "5314"},
    {"pemilik": ["KABUPATEN"]}, {"aktif": True}, {"aktif": False}, {"jenis": []}, {"di": "53.14.02.2018", "aktif": True},
]  # fmt: skip
REKAP = ["53.14:F05:2020", "53.14:F10:2020", "36:F09:2020", "53.14:F12:2020", "53.01:F01:2020"]


class Penyusun:
    """Writes one random document; keeps its named fragments and variables."""

    def __init__(self, benih: int, schema: GraphQLSchema) -> None:
        self.acak = random.Random(benih)
        self.schema = schema
        self.fragments: list[str] = []
        self.variables: dict[str, Any] = {}
        self.definisi: list[str] = []

    def ya(self) -> bool:
        return self.acak.random() < 0.5

    def variable(self, tipe: str, nilai: Any) -> str:
        nama = f"v{len(self.variables)}"
        self.variables[nama] = nilai
        self.definisi.append(f"${nama}: {tipe}")
        return f"${nama}"

    def argumen(self, tipe: str, nilai: Any, literal: str) -> str:
        return self.variable(tipe, nilai) if self.ya() else literal

    def akar(self) -> str:
        isi = []
        for i in range(self.acak.randint(1, 3)):
            lain = [
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
                "__typename",
            ]
            nama = self.acak.choice([*AKAR, *lain])
            if nama == "__typename":
                isi.append(f"r{i}: __typename")
                continue
            definisi = self.schema.query_type.fields[nama]  # type: ignore[union-attr]
            isi.append(
                f"r{i}: {nama}{self.argumen_akar(nama)} {self.pilihan(get_named_type(definisi.type), 4 if nama in _HALAMAN else 3)}"
            )
        kepala = f"query ({', '.join(self.definisi)})" if self.definisi else "query"
        return f"{kepala} {{ {' '.join(isi)} }} {' '.join(self.fragments)}"

    def argumen_halaman(self, nama: str) -> str:
        """Filter, order, size and cursor of a page: as variables or literals, given, null or left out."""
        desa = nama == "daftarDesa"
        bagian = []
        pilihan, tipe = {
            "daftarDesa": (SARING_DESA, "SaringDesa"),
            "daftarRekap": (SARING_REKAP, "SaringRekap"),
            "daftarSumberDaya": (SARING_SUMBER_DAYA, "SaringSumberDaya"),
            "daftarWksbm": (SARING_WKSBM, "SaringWksbm"),
        }[nama]
        saring = self.acak.choice(pilihan)
        if saring is not None or self.ya():
            bagian.append(f"saring: {self.argumen(tipe, saring, _literal(saring))}")
        if nama in ("daftarSumberDaya", "daftarWksbm"):
            bagian += self.argumen_pada()
        urutan = self.acak.choice(["KODE", "NAMA"]) if desa else nama.removeprefix("daftar").replace("D", "_D").upper()
        if urutan == "NAMA" or (desa and self.ya()):
            bagian.append(f"urut: {self.argumen('[UrutDesa!]', [urutan], f'[{urutan}]')}")
        if self.acak.randint(0, 3):
            banyak = self.acak.randint(0, 6)
            bagian.append(f"first: {self.argumen('Int', banyak, str(banyak))}")
        sesudah = self.acak.choice(SESUDAH[urutan])
        if sesudah is not None or self.ya():
            bagian.append(f"after: {self.argumen('String', sesudah, _literal(sesudah))}")
        return f"({', '.join(bagian)})" if bagian else ""

    def argumen_akar(self, nama: str) -> str:
        if nama in _HALAMAN:
            return self.argumen_halaman(nama)
        if nama == "daftarFormulir":
            return ""
        if nama == "formulir":
            return '(kode: "f05")'
        if nama == "_entities":
            wakil = [self.wakil() for _ in range(self.acak.randint(0, 7))]
            return f"(representations: {self.argumen('[_Any!]!', wakil, _objek(wakil))})"
        if nama in ("rekap", "sumberDaya", "wksbm"):
            id_ = self.acak.choice({"rekap": REKAP, "sumberDaya": SUMBER_DAYA, "wksbm": WKSBM}[nama])
            return f"(id: {self.argumen('ID!', id_, f'{chr(34)}{id_}{chr(34)}')})"
        kode = self.acak.choice(AKAR[nama])
        tulis = kode.replace(".", "") if self.ya() else kode
        bagian = [f"kode: {self.argumen('KodeWilayah!', tulis, f'{chr(34)}{tulis}{chr(34)}')}"]
        return f"({', '.join(bagian + self.argumen_pada())})"

    def argumen_pada(self) -> list[str]:
        pada = self.acak.choice(PADA)
        return [f"pada: {self.argumen('Date', pada, _literal(pada))}"] if pada is not None or self.ya() else []

    def wakil(self) -> dict[str, str]:
        """What a router sends for one entity: of any type, known or not, its code with or without dots."""
        tipe = self.acak.choice(["Provinsi", "Kabupaten", "Kecamatan", "Desa", "Desa", "Rekap", "Wksbm", *JENIS])
        if tipe in ("Rekap", "Wksbm", *JENIS):
            return {"__typename": tipe, "id": self.acak.choice({"Rekap": REKAP, "Wksbm": WKSBM}.get(tipe, SUMBER_DAYA))}
        kode = self.acak.choice(AKAR[tipe.lower()])
        return {"__typename": tipe, "kode": kode.replace(".", "") if self.ya() else kode}

    def pilihan(self, tipe: Any, sisa: int) -> str:
        """A selection set of that type, at most `sisa` levels deep."""
        if is_union_type(tipe):
            antarmuka = {i.name: i for t in tipe.types for i in t.interfaces}
            calon = [*tipe.types, *antarmuka.values()]
            pilih = self.acak.sample(calon, self.acak.randint(1, 4))
            return "{ __typename " + " ".join(f"... on {t.name} {self.pilihan(t, sisa - 1)}" for t in pilih) + " }"
        bagian = [self.medan(tipe, sisa) for _ in range(self.acak.randint(1, 4))]
        if self.acak.randint(0, 3) == 0:
            bagian.append(self.sisipan(tipe, sisa))
        return "{ " + " ".join(b for b in bagian if b) + " }"

    def medan(self, tipe: Any, sisa: int) -> str:
        assert isinstance(tipe, GraphQLObjectType | GraphQLInterfaceType)
        ada = [
            n
            for n, f in tipe.fields.items()
            if n not in TIDAK_DIBANDING and (sisa > 0 or not is_composite_type(get_named_type(f.type)))
        ]
        sering = [n for n in ("hubungan", "tujuan") if n in ada] * 5  # what many tables make
        nama = self.acak.choice([*ada, *sering, "__typename"])
        # an alias that tells fields apart unless they are the very same, so that merging is always allowed
        alias = f"a{self.acak.randint(0, 2)}_{nama}: " if self.ya() else ""
        if nama == "__typename":
            return f"{alias}{nama}{self.arahan()}"
        dalam = get_named_type(tipe.fields[nama].type)
        argumen = ""
        if nama == "nilai" and tipe.name == "Desa":
            argumen = '(elemen: ["REH09", "BAN01", "PPK03"], periode: ["2020", "2019"])'
        elif nama == "terakreditasi" and (isi := self.argumen_pada()):
            argumen = f"({isi[0]})"
        elif nama == "sumberDaya" and self.ya():
            jenis = self.acak.sample(list(JENIS.values()), 4)
            argumen = f"(jenis: {self.argumen('[JenisSumberDaya!]', jenis, _literal(jenis))})"
        elif nama == "jangkauan" and self.ya():
            langkah = self.acak.choice([0, 1, 3, None])
            argumen = f"(langkah: {self.argumen('Int', langkah, _literal(langkah))})"
        elif nama == "hubungan" and self.ya():
            skala = self.acak.choice(["LOKAL", "REGIONAL", "NASIONAL", None])
            bagian = [f"skala: {self.argumen('SkalaJejaring', skala, _literal(skala))}", *self.argumen_pada()]
            argumen = f"({', '.join(bagian)})"
        elif nama == "anggota" and (isi := self.argumen_pada()):
            argumen = f"({isi[0]})"
        elif nama == "mutasi" and self.ya():
            argumen = f'(barang: "SELIMUT", first: {self.acak.randint(0, 3)})'
        if not is_composite_type(dalam):
            return f"{alias}{nama}{argumen}{self.arahan()}"
        return f"{alias}{nama}{argumen}{self.arahan()} {self.pilihan(dalam, sisa - 1)}"

    def arahan(self) -> str:
        if self.acak.randint(0, 5):
            return ""
        nama, nilai = self.acak.choice(["include", "skip"]), self.ya()
        return f" @{nama}(if: {self.argumen('Boolean!', nilai, str(nilai).lower())})"

    def sisipan(self, tipe: Any, sisa: int) -> str:
        """An inline or named fragment, on the type itself or (for an interface) on a type that may or may not be it."""
        pada = tipe
        if is_interface_type(tipe):
            pada = self.acak.choice([tipe, *self.schema.get_possible_types(tipe)])
        elif is_object_type(tipe) and tipe.interfaces and self.ya():
            pada = tipe.interfaces[0]
        isi = self.pilihan(pada, sisa)
        bentuk = self.acak.randint(0, 2)
        if bentuk == 0 and pada is tipe:
            return f"...{self.arahan()} {isi}"
        if bentuk == 1:
            return f"... on {pada.name}{self.arahan()} {isi}"
        nama = f"F{len(self.fragments)}"
        self.fragments.append(f"fragment {nama} on {pada.name} {isi}")
        return f"...{nama}{self.arahan()}"


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
        *JENIS.values(),
        *KATA,
    ):
        return nilai
    return json.dumps(nilai)


def _objek(nilai: list[dict[str, str]]) -> str:
    """The same, where every text is one: representations hold no enumeration."""
    return "[" + ", ".join("{" + ", ".join(f"{k}: {json.dumps(v)}" for k, v in w.items()) + "}" for w in nilai) + "]"
