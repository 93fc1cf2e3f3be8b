"""The federation entities: what other services may refer to by key. A further one is a line in each of the two lists,
and `keys=[…]` on its type; a rule test compares all three."""

from typing import Annotated

import strawberry

from hub.base.kode import Tingkat
from schema.read import rekap_rows, sumber_daya_rows, wilayah_rows, wksbm_rows
from schema.read.declare import Entity
from schema.rekap_types import Rekap
from schema.sumber_daya_types import (
    GudangBencana,
    KampungSiagaBencana,
    KarangTaruna,
    Lk3,
    Lks,
    Panti,
    Puskesos,
    RumahSinggah,
    Slrt,
    SumberDaya,
)
from schema.wilayah_types import Desa, Kabupaten, Kecamatan, Provinsi
from schema.wksbm_types import Wksbm

# found by the very rows of the root field: the same codes, the same refusals, the same reach
ENTITAS: dict[type, Entity] = {
    Provinsi: Entity("kode", wilayah_rows.by_code(Tingkat.PROVINSI)),
    Kabupaten: Entity("kode", wilayah_rows.by_code(Tingkat.KABUPATEN)),
    Kecamatan: Entity("kode", wilayah_rows.by_code(Tingkat.KECAMATAN)),
    Desa: Entity("kode", wilayah_rows.by_code(Tingkat.DESA)),
    Rekap: Entity("id", rekap_rows.by_id),
    **{
        t: Entity("id", sumber_daya_rows.by_id(SumberDaya.__pilah__.types[t.__name__]))
        for t in (Panti, Lks, Lk3, RumahSinggah, Slrt, Puskesos, GudangBencana, KampungSiagaBencana, KarangTaruna)
    },
    Wksbm: Entity("id", wksbm_rows.by_id),
}

EntityUnion = Annotated[
    Provinsi
    | Kabupaten
    | Kecamatan
    | Desa
    | Rekap
    | Panti
    | Lks
    | Lk3
    | RumahSinggah
    | Slrt
    | Puskesos
    | GudangBencana
    | KampungSiagaBencana
    | KarangTaruna
    | Wksbm,
    strawberry.union("_Entity", description="Semua yang dapat diminta menurut kuncinya."),
]
