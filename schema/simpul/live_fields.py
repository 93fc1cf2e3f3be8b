"""What may be asked of a node live, and for whom. Both ends keep to it: the province asks nothing else, and the node answers nothing else to
a province that asks on somebody's behalf. Whatever is not named here is read from the copy.

Not for anybody: what a node keeps for itself (contents of drafts, addresses of shelters, heads who did not agree to be named, who changed
what) and what leads out of its region. Officers of the province and the kabupaten's own see its figures; everybody else sees
figures, and counts of people, in the province's released layer alone, for that is checked as a whole.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    get_named_type,
    is_interface_type,
    is_object_type,
)

from hub.base.actor import Actor, Role

Fields = Mapping[str, frozenset[str]]

_REGION = "id kode nama tingkat jenis batas titik bbox luasKm2 berlakuSejak berlakuSampai"
_RESOURCE = "id jenis nama pemilik desa titik aktif sejak sampai contoh versi diubahPada"
_EVERYBODY = {
    "Kabupaten": f"{_REGION} kecamatan sumberDaya gudang wksbm",
    "Kecamatan": f"{_REGION} kabupaten desa",
    "Desa": f"{_REGION} kecamatan sumberDaya wksbm",
    "Wilayah": _REGION,
    "SumberDaya": _RESOURCE,
    "Panti": f"{_RESOURCE} sasaran dayaTampung terakreditasi",
    "Lks": f"{_RESOURCE} nomorTandaDaftar berlakuSampai akreditasi akreditasiSampai terakreditasi cakupan bidang",
    "Lk3": f"{_RESOURCE} bidang",
    "RumahSinggah": f"{_RESOURCE} sasaran dayaTampung",
    "Slrt": f"{_RESOURCE} sumberDana tahun pindahApbd",
    "Puskesos": f"{_RESOURCE} pengelola sumberDana tahun pindahApbd",
    "KampungSiagaBencana": f"{_RESOURCE} lumbung gardu",
    "KarangTaruna": f"{_RESOURCE} nomorSk tanggalSk klasifikasi",
    "GudangBencana": f"{_RESOURCE} tingkatGudang stok kesehatan",
    "StokBarang": "kode barang satuan jumlah minimum hariTersisa layak kedaluwarsa kesehatan lot",
    "LotStok": "lot sumberDana kedaluwarsa jumlah",
    "Wksbm": "id nama desa titik tahap tahapSejak riwayatTahap kegiatan aktif sejak sampai contoh versi diubahPada",
    "PeristiwaTahap": "tahap sejak",
    "KegiatanWksbm": "tanggal program kode kegiatan",
}
_CLIENTS = "klienL klienP jumlahKlien"
_COMPLAINTS = "petugasDepan petugasBelakang pengaduanMasuk pengaduanSelesai"
_OFFICERS = {
    "Kabupaten": "rekap nilai",
    "Desa": "nilai",
    "NilaiWilayah": "elemen periode rincian nilai status",
    "PilihanRincian": "rincian pilihan",
    "Elemen": "kode nama satuan tingkat agregasi sensitif definisi",
    "Formulir": "kode nama versi hash periodeJenis",
    # of a draft no more than that there is one: its figures stay at the node until they are submitted
    "Rekap": "id pelapor formulir periode status revisi revisiDisetujui tenggat diajukanPada tepatWaktu",
    "SumberDaya": "surat rahasia",
    "Surat": "jenis nomor sejak sampai peringkat cakupan",
    "Panti": f"surat rahasia klien sisaDaya {_CLIENTS}",
    "Lks": f"surat rahasia {_CLIENTS}",
    "Lk3": f"surat rahasia {_CLIENTS}",
    "RumahSinggah": f"surat rahasia {_CLIENTS}",
    "Slrt": f"surat rahasia {_COMPLAINTS}",
    "Puskesos": f"surat rahasia {_COMPLAINTS}",
    "KampungSiagaBencana": "surat rahasia anggotaL anggotaP jumlahAnggota",
    "KarangTaruna": "surat rahasia anggotaL anggotaP jumlahAnggota pengurusL pengurusP jumlahPengurus",
    "GudangBencana": "surat",
    "Wksbm": "anggota jumlahAnggota derajat keterangan",
    "AnggotaWksbm": "nama jenis kodeJenis sejak sampai",
}


def _sets(*texts: Mapping[str, str]) -> Fields:
    types = dict.fromkeys(name for t in texts for name in t)
    return {name: frozenset(word for t in texts for word in t.get(name, "").split()) for name in types}


FOR_EVERYBODY = _sets(_EVERYBODY)
FOR_OFFICERS = _sets(_EVERYBODY, _OFFICERS)


def askable(actor: Actor, kode_kab: str) -> Fields:
    """What that caller may have asked of the node of that kabupaten."""
    is_officer = actor.role is Role.ADMIN or (
        actor.role in (Role.PROVINSI, Role.KABUPATEN) and f"{kode_kab}.".startswith(f"{actor.wilayah}.")
    )
    return FOR_OFFICERS if is_officer else FOR_EVERYBODY


def refused(
    schema: GraphQLSchema,
    fragments: Mapping[str, FragmentDefinitionNode],
    parent: GraphQLNamedType,
    node: Any,
    allowed: Fields,
) -> Iterator[str]:
    """Fields below `node` (a field, a fragment, an operation), as Type.field, that are not among the allowed. `parent`: the type its
    selection is of. The document is valid, so its fragments do not go in a circle."""
    for s in node.selection_set.selections if node.selection_set is not None else ():
        if isinstance(s, FieldNode):
            name = s.name.value
            if name == "__typename":
                continue
            if name not in allowed.get(parent.name, ()):
                yield f"{parent.name}.{name}"
                continue
            assert is_object_type(parent) or is_interface_type(parent)
            if s.selection_set is not None:
                yield from refused(schema, fragments, get_named_type(parent.fields[name].type), s, allowed)
            continue
        inner = s if isinstance(s, InlineFragmentNode) else fragments[s.name.value]
        condition = inner.type_condition
        type_ = parent if condition is None else schema.get_type(condition.name.value)
        assert type_ is not None
        yield from refused(schema, fragments, type_, inner, allowed)
