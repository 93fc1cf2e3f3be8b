"""What a question would cost, estimated before it runs: rows × fields. One unit is about one value in the answer.

A field costs as many units as there are rows around it; a list multiplies what is below it by how many rows it is
expected to have. Lists whose length the question itself decides (elements × periods × regions, `first`) use that; the
others have an expected length, kept here with its reason. The estimate of a document that no variable touches is a
number, found once; of any other it is a function of the variables.
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

from hub.base import kode as kode_wilayah
from hub.base.kode import Tingkat

Variables = Mapping[str, Any]
Arguments = Mapping[str, Any]
Cost = int | Callable[[Variables], int]

# Indonesia 2025: 38 provinces, 514 kabupaten, 7.285 kecamatan, 83.762 desa; so many parts has one of the level above
_BAGIAN = {Tingkat.KABUPATEN: 15, Tingkat.KECAMATAN: 15, Tingkat.DESA: 12}
_FORMULIR = 12  # F01 to F12
_HALAMAN = 50  # `first` where it is not given
_SEMUA = 1_000  # values of a list argument among which equal ones are looked for; one that is answered has 200 at most
_LAIN = 10  # a list that nobody said anything about

# Rows of a list that its arguments do not decide.
PANJANG: dict[str, int] = {
    "Provinsi.kabupaten": _BAGIAN[Tingkat.KABUPATEN],
    "Kabupaten.kecamatan": _BAGIAN[Tingkat.KECAMATAN],
    "Kecamatan.desa": _BAGIAN[Tingkat.DESA],
    "pendahulu": 1,  # most regions have none, a new one has one
    "pengganti": 1,
    "daftarFormulir": _FORMULIR,
    "daftarProvinsi": 38,
    "daftarIndikator": 30,
    "ketersediaan": 300,  # a hundred elements, some of them in several periods
    "Formulir.elemen": 30,  # the twelve forms have between 5 and 80 elements
    "Formulir.aturan": 10,
    "Elemen.rincian": 2,
    "rincian": 1,  # choices of one figure: mostly none
    "Rekap.nilai": 1_000,  # a form of some ten elements for about a hundred desa
    "Rekap.totalTertulis": 10,
    "riwayat": 5,
    "perubahan": 5,
    "temuan": 20,
    "Temuan.lokasi": 5,
    "RingkasanPerubahan.baris": 1_000,
    "stok": 15,  # a warehouse holds a dozen kinds of goods
    "StokBarang.lot": 4,
    "StokTercatat.mutasi": 10,
    "pindahanMasuk": 20,  # a warehouse gets goods from other offices some times a year
    "pindahanKeluar": 20,
    "Pindahan.mutasi": 10,
    "daftarBarang": 15,
    "RencanaDarurat.desa": 20,
    "RencanaDarurat.barang": 10,
    "RencanaDarurat.gudang": 10,
    "GudangDarurat.ambil": 5,
    "AmbilDarurat.lot": 4,
    "surat": 3,  # papers of a social resource
    "Desa.sumberDaya": 3,
    "Desa.wksbm": 1,
    "anggota": 10,  # of a network
    "hubungan": 8,
    "kegiatan": 20,
    "riwayatTahap": 2,
    "kegiatanKurang": 6,  # a phase has three to six activities
    "RingkasanJejaring.perTahap": 3,
    "terpencil": 100,
    "titikRapuh": 50,
    "KelompokJejaring.wksbm": 50,
    "pelatihan": 5,
    "penugasan": 5,
}

# Units of a value that is more than a word or a number.
BERAT: dict[str, int] = {
    "batas": 100,  # a boundary: some hundred points
    "titik": 3,
    "garis": 5,
    "bbox": 4,
    "geometri": 10,  # the place of a finding on boundaries: small, but not a word
    "totalCount": 100,  # every row is counted
    "area": 20_000,  # circles of a province united: a tenth of a second
}


def _banyak(nilai: Any) -> int:
    """How many a list argument names; one value counts as a list of it, as GraphQL has it. It is as it was sent, so it may hold
    anything, and be counted for every field that uses it."""
    if not isinstance(nilai, list):
        return 0 if nilai is None else 1
    return len(nilai) if len(nilai) > _SEMUA else len(set(map(_satu, nilai)))


def _satu(nilai: Any) -> object:
    if isinstance(nilai, str):
        return nilai
    return str(nilai) if isinstance(nilai, int | float) else type(nilai)  # lists and objects fit nowhere


def _wilayah(a: Arguments, sampai: Any) -> int:
    """Regions of that level in the region asked for."""
    try:
        dari = kode_wilayah.tingkat(kode_wilayah.rapikan(a["wilayah"]))
        tujuan = Tingkat[sampai]
    except (KeyError, ValueError, TypeError, AttributeError):
        return 1  # it will be refused where it is used
    banyak = 1
    for t in Tingkat:
        if dari < t <= tujuan:
            banyak *= _BAGIAN[t]
    return banyak


def _agregat(a: Arguments) -> int:
    rinci: int = 4 ** min(3, _banyak(a.get("rincian")))  # a breakdown has two to six choices
    return _banyak(a.get("elemen")) * _banyak(a.get("periode")) * _wilayah(a, a.get("tingkat")) * rinci


def _indikator(a: Arguments) -> int:
    return _banyak(a.get("kode")) * _banyak(a.get("periode")) * _wilayah(a, a.get("tingkat"))


def _kelengkapan(a: Arguments) -> int:
    formulir = _FORMULIR if a.get("formulir") is None else _banyak(a["formulir"])
    return formulir * _banyak(a.get("periode")) * _wilayah(a, "KABUPATEN")


def _nilai(a: Arguments) -> int:
    return _banyak(a.get("elemen")) * _banyak(a.get("periode"))


def _batas(a: Arguments) -> int:
    batas = a.get("batas")
    return max(0, int(batas)) if isinstance(batas, int) else _LAIN


def _sdm(a: Arguments) -> int:
    return (10 if a.get("jenis") is None else _banyak(a["jenis"])) * _wilayah(a, a.get("tingkat"))


def _rasio_sdm(a: Arguments) -> int:
    return (4 if a.get("jenis") is None else _banyak(a["jenis"])) * _wilayah(a, a.get("tingkat"))


def _jangkauan(a: Arguments) -> int:
    langkah = a.get("langkah")
    return (
        8 ** min(3, langkah) if isinstance(langkah, int) and langkah >= 0 else 64
    )  # a network has some eight neighbours


def _desa_cakupan(a: Arguments) -> int:
    first = a.get("first")
    return first if isinstance(first, int) and first >= 0 else _wilayah({"wilayah": "00"}, "DESA")


# Rows of a list that its arguments decide.
MENURUT_ARGUMEN: dict[str, Callable[[Arguments], int]] = {
    "Query.agregat": _agregat,
    "Query.indikator": _indikator,
    "Query.kelengkapan": _kelengkapan,
    "Query._entities": lambda a: len(a["representations"]) if isinstance(a.get("representations"), list) else 1,
    "Query.cariWilayah": _batas,
    "Query.terdekat": _batas,
    "Desa.nilai": _nilai,
    "Query.sdm": _sdm,
    "Query.rasioSdm": _rasio_sdm,
    "Wksbm.jangkauan": _jangkauan,
    "RingkasanJejaring.kelompok": _batas,
    "Query.wksbmPerTahap": lambda a: _banyak(a.get("periode")),
    "Query.registerTagana": lambda a: _wilayah(a, a.get("tingkat")),
    "Query.usulanLokasi": lambda a: max(0, a["banyak"]) if isinstance(a.get("banyak"), int) else 3,
    "Cakupan.baris": _desa_cakupan,
    "Cakupan.perWilayah": lambda a: _wilayah({"wilayah": "00"}, a.get("tingkat")),
}

# Units of working an answer out, whatever is selected of it. Coverage looks at every desa of the region, at worst at its
# boundary: as long as reading some twenty values of each.
POKOK: dict[str, Callable[[Arguments], int]] = {
    "Query.cakupan": lambda a: 20 * _wilayah(a, "DESA"),
    "Query.usulanLokasi": lambda a: 20 * _wilayah(a, "DESA"),
}


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
    biaya = _Penaksir(schema, fragments).pilihan(akar, operation.selection_set)
    if isinstance(biaya, int) or not bawaan:
        return biaya
    return lambda v: biaya({**bawaan, **v})


@dataclass(slots=True)
class _Penaksir:
    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    _fragment: dict[str, Cost] = field(default_factory=dict)

    def pilihan(self, tipe: GraphQLNamedType, s: SelectionSetNode, halaman: Cost | None = None) -> Cost:
        """`halaman`: rows on a page, where these are the fields of a connection."""
        bagian: list[Cost] = []
        for satu in s.selections:
            if isinstance(satu, FieldNode):
                isi = self._medan(tipe, satu, halaman)
            elif isinstance(satu, InlineFragmentNode):
                syarat = satu.type_condition
                isi = self.pilihan(self._tipe(syarat.name.value) if syarat else tipe, satu.selection_set, halaman)
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
            return self.pilihan(self._tipe(isi.type_condition.name.value), isi.selection_set, halaman)
        if nama not in self._fragment:
            self._fragment[nama] = self.pilihan(self._tipe(isi.type_condition.name.value), isi.selection_set)
        return self._fragment[nama]

    def _medan(self, tipe: GraphQLNamedType, node: FieldNode, halaman: Cost | None) -> Cost:
        nama = node.name.value
        if nama.startswith("__"):
            return 0  # the schema itself, and names of types
        assert is_object_type(tipe) or is_interface_type(tipe)
        definisi = tipe.fields[nama]
        if node.selection_set is None:
            return BERAT.get(nama, 1)
        tujuan = get_named_type(definisi.type)
        if "first" in definisi.args and not is_list_type(get_nullable_type(definisi.type)):
            return _jumlah([1, self.pilihan(tujuan, node.selection_set, _dari_argumen(_halaman, definisi, node))])
        baris = self._baris(tipe.name, nama, definisi, node)
        if halaman is not None and nama in ("edges", "nodes"):
            baris = halaman
        pokok = POKOK.get(f"{tipe.name}.{nama}")
        isi = _kali(baris, _jumlah([1, self.pilihan(tujuan, node.selection_set)]))
        return isi if pokok is None else _jumlah([_dari_argumen(pokok, definisi, node), isi])

    def _baris(self, tipe: str, nama: str, definisi: GraphQLField, node: FieldNode) -> Cost:
        """Rows of a field: 1 where it is no list."""
        if not is_list_type(get_nullable_type(definisi.type)):
            return 1
        menurut = MENURUT_ARGUMEN.get(f"{tipe}.{nama}")
        if menurut is not None:
            return _dari_argumen(menurut, definisi, node)
        return PANJANG.get(f"{tipe}.{nama}", PANJANG.get(nama, _LAIN))


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
