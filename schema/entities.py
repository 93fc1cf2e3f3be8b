"""The federation entities: what other services may refer to by key. A further one is a line in each of the two lists
(an interface in the first alone), and `keys=[…]` on its type; a rule test compares all three."""

from typing import Annotated

import strawberry

from hub.base.kode import Level
from hub.gudang import reads as gudang_reads
from hub.katalog import reads as katalog_reads
from hub.rekap import reads as rekap_reads
from hub.sumber_daya import reads as sumber_daya_reads
from hub.wilayah import reads as wilayah_reads
from hub.wksbm import jejaring_reads
from hub.wksbm import reads as wksbm_reads
from schema.engine.declare import Entity
from schema.gudang.types import Barang
from schema.katalog.types import Elemen, Formulir, Indikator
from schema.rekap.types import Rekap
from schema.sumber_daya.types import (
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
from schema.wilayah.types import Desa, Kabupaten, Kecamatan, Provinsi, Wilayah
from schema.wksbm.types import MitraLuar, Wksbm

# found by the very rows of the root field: the same codes, the same refusals, the same reach
ENTITIES: dict[type, Entity] = {
    Provinsi: Entity("kode", wilayah_reads.by_code(Level.PROVINSI)),
    Kabupaten: Entity("kode", wilayah_reads.by_code(Level.KABUPATEN)),
    Kecamatan: Entity("kode", wilayah_reads.by_code(Level.KECAMATAN)),
    Desa: Entity("kode", wilayah_reads.by_code(Level.DESA)),
    Rekap: Entity("id", rekap_reads.by_id, regional=True),
    **{
        t: Entity("id", sumber_daya_reads.by_id(SumberDaya.__discriminator__.types[t.__name__]))
        for t in (Panti, Lks, Lk3, RumahSinggah, Slrt, Puskesos, GudangBencana, KampungSiagaBencana, KarangTaruna)
    },
    Wksbm: Entity("id", wksbm_reads.by_id),
    MitraLuar: Entity("id", jejaring_reads.partner_by_id),
    Elemen: Entity("kode", katalog_reads.element_by_code),
    Formulir: Entity("kode", katalog_reads.form_by_code),
    Indikator: Entity("kode", katalog_reads.indicator_by_code),
    Barang: Entity("kode", gudang_reads.goods_by_code),
    # a service that adds to an interface as a whole (@interfaceObject) knows no more of a row than that it is one
    Wilayah: Entity("kode", wilayah_reads.by_code()),
    SumberDaya: Entity("id", sumber_daya_reads.by_id()),
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
    | Wksbm
    | MitraLuar
    | Elemen
    | Formulir
    | Indikator
    | Barang,
    strawberry.union("_Entity", description="Semua yang dapat diminta menurut kuncinya."),
]
