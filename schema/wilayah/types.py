"""GraphQL types of regions. Every field is read by the compiler; no Python object of these classes is ever made."""

from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import strawberry
from strawberry.federation.schema_directives import Shareable

from hub.angka import reads as angka_reads
from hub.base.kode import Level
from hub.rekap import reads as rekap_reads
from hub.simpul import registry_reads as simpul_reads
from hub.sumber_daya import reads as sumber_daya_reads
from hub.wilayah import reads as rows
from hub.wksbm import reads as wksbm_reads
from schema.angka.types import NilaiWilayah
from schema.engine.declare import Discriminator, argument, column, expression, relation
from schema.expected_rows import FORMS, PARTS, named, times
from schema.node_types import Node
from schema.scalars import GeoJSON, KodeWilayah, Periode
from schema.sumber_daya.enums import JenisSumberDaya

if TYPE_CHECKING:
    from schema.rekap.types import Rekap
    from schema.simpul.types import Simpul
    from schema.sumber_daya.types import GudangBencana, SumberDaya
    from schema.wksbm.types import Wksbm

_Simpul = Annotated["Simpul", strawberry.lazy("schema.simpul.types")]
_Rekap = Annotated["Rekap", strawberry.lazy("schema.rekap.types")]
_Gudang = Annotated["GudangBencana", strawberry.lazy("schema.sumber_daya.types")]
_SumberDaya = Annotated["SumberDaya", strawberry.lazy("schema.sumber_daya.types")]
_Wksbm = Annotated["Wksbm", strawberry.lazy("schema.wksbm.types")]


@strawberry.enum(description="Tingkat wilayah administrasi.")
class TingkatWilayah(Enum):
    PROVINSI = "PROVINSI"
    KABUPATEN = "KABUPATEN"
    KECAMATAN = "KECAMATAN"
    DESA = "DESA"


@strawberry.enum(
    description="Jenis wilayah; angka pertama kode desa membedakan kelurahan (1), desa (2), desa adat (3)."
)
class JenisWilayah(Enum):
    PROVINSI = "PROVINSI"
    KABUPATEN = "KABUPATEN"
    KOTA = "KOTA"
    KECAMATAN = "KECAMATAN"
    KELURAHAN = "KELURAHAN"
    DESA = "DESA"
    DESA_ADAT = "DESA_ADAT"


_TOLERANCE = argument("toleransiMeter", float | None, "Sederhanakan garis sampai sekian meter; 0: apa adanya.", 0)


def _name(*directives: object) -> Any:
    return expression(
        'Nama resmi pada hari wilayah itu dilihat (dengan pada: pada hari itu), tanpa "Kabupaten"; kota memakai "Kota".',
        rows.name,
        directives=directives,
    )


def _shared_name() -> Any:
    """Another service may know the name of a region itself, and need not ask for it."""
    return _name(Shareable())


_KINDS = argument("jenis", list[JenisSumberDaya] | None, "Hanya jenis ini; null: semua.")


def _figures(level: Level) -> Any:
    return relation(
        "Angka yang disetujui: satu baris per elemen dan periode yang diminta, juga bila datanya tidak ada.",
        angka_reads.figures_of(level),
        argument("elemen", list[str], "Kode elemen.", required=True),
        argument("periode", list[Periode], "Periode.", required=True),
        rows=times(named("elemen"), named("periode")),
    )


@strawberry.federation.interface(
    keys=["kode"], description="Wilayah administrasi menurut kode Kemendagri, dengan masa berlakunya."
)
class Wilayah(Node):
    __discriminator__: ClassVar = Discriminator("tingkat", {"Provinsi": 1, "Kabupaten": 2, "Kecamatan": 3, "Desa": 4})

    id: strawberry.ID = expression(
        "Kodenya; wilayah yang dilihat sebagaimana pada hari lain: kode dan hari itu, 53.14@2021-01-01.", rows.identity
    )
    kode: KodeWilayah = column("Kode Kemendagri dengan titik.")
    nama: str = _name()
    tingkat: TingkatWilayah = expression("Tingkat wilayah.", rows.level_name)
    jenis: JenisWilayah = column("Jenis wilayah.")
    batas: GeoJSON | None = expression(
        "Batas wilayah, EPSG:4326, bujur lebih dahulu; null bila belum dimuat.",
        rows.boundary,
        _TOLERANCE,
        weight=100,  # some hundred points
    )
    titik: GeoJSON | None = expression(
        "Titik yang pasti terletak di dalam batas; null bila batas belum dimuat.", rows.point, weight=3
    )
    bbox: list[float] | None = expression(
        "Kotak pembatas: barat, selatan, timur, utara (derajat).", rows.bbox, weight=4
    )
    luas_km2: float | None = expression("Luas geodesik batas, km².", rows.area)
    berlaku_sejak: date = column("Hari pertama berlaku.")
    berlaku_sampai: date | None = column("Hari pertama tidak berlaku lagi; null: masih berlaku.")
    pendahulu: list["Wilayah"] = relation(
        "Wilayah asalnya: sebelum pindah kode, pecah atau gabung.",
        rows.predecessors,
        rows=1,  # most have none, a new one has one
    )
    pengganti: list["Wilayah"] = relation("Wilayah yang menggantikannya.", rows.successors, rows=1)


@strawberry.federation.type(keys=["kode"], description="Provinsi.")
class Provinsi(Wilayah):
    nama: str = _shared_name()
    kabupaten: list["Kabupaten"] = relation(
        "Kabupaten dan kotanya, menurut kode.", rows.parts(Level.KABUPATEN), rows=PARTS[Level.KABUPATEN]
    )


@strawberry.federation.type(keys=["kode"], description="Kabupaten atau kota.")
class Kabupaten(Wilayah):
    nama: str = _shared_name()
    provinsi: Provinsi = relation("Provinsinya.", rows.above)
    kecamatan: list["Kecamatan"] = relation(
        "Kecamatannya, menurut kode.", rows.parts(Level.KECAMATAN), rows=PARTS[Level.KECAMATAN]
    )
    simpul: _Simpul | None = relation(
        "Hubnya sendiri; null: tidak pernah punya, atau bukan urusan Anda.", simpul_reads.of_kabupaten
    )
    rekap: list[_Rekap] = relation(
        "Rekap yang dibuat kantornya, menurut formulir dan periode; draf hanya bagi kantor itu dan provinsinya.",
        rekap_reads.of_kabupaten,
        argument("formulir", list[str] | None, "Hanya formulir ini; null: semua."),
        argument("periode", list[Periode] | None, "Hanya periode ini; null: semua."),
        rows=times(named("formulir", FORMS), named("periode", 4)),
    )
    nilai: list[NilaiWilayah] = _figures(Level.KABUPATEN)
    sumber_daya: list[_SumberDaya] = relation(
        "Sumber daya sosial yang ada di kabupaten/kota ini, menurut desa.",
        sumber_daya_reads.in_kabupaten,
        _KINDS,
        rows=50,
    )
    gudang: list[_Gudang] = relation(
        "Gudang bencana yang ada di kabupaten/kota ini, menurut desa.", sumber_daya_reads.warehouses_in, rows=2
    )
    wksbm: list[_Wksbm] = relation(
        "WKSBM yang ada di kabupaten/kota ini, menurut desa.", wksbm_reads.in_kabupaten, rows=30
    )


@strawberry.federation.type(keys=["kode"], description="Kecamatan.")
class Kecamatan(Wilayah):
    nama: str = _shared_name()
    kabupaten: Kabupaten = relation("Kabupaten atau kotanya.", rows.above)
    desa: list["Desa"] = relation(
        "Desa dan kelurahannya, menurut kode.", rows.parts(Level.DESA), rows=PARTS[Level.DESA]
    )


@strawberry.federation.type(keys=["kode"], description="Desa, kelurahan atau desa adat.")
class Desa(Wilayah):
    nama: str = _shared_name()
    kecamatan: Kecamatan = relation("Kecamatannya.", rows.above)
    nilai: list[NilaiWilayah] = _figures(Level.DESA)
    sumber_daya: list[_SumberDaya] = relation(
        "Sumber daya sosial yang ada di desa ini.", sumber_daya_reads.in_desa, _KINDS, rows=3
    )
    wksbm: list[_Wksbm] = relation("WKSBM yang ada di desa ini.", wksbm_reads.in_desa, rows=1)
