"""Root queries. Each is one SQL statement."""

from datetime import date
from functools import cache

import strawberry
from strawberry.federation.schema import FederationAny
from strawberry.printer import print_schema
from strawberry.schema import BaseSchema

from hub.base.errors import IntrospeksiMatiError
from hub.base.kode import Tingkat
from schema.angka_types import BarisAgregat, BarisIndikator
from schema.context import HubInfo
from schema.entities import ENTITAS, EntityUnion
from schema.katalog_types import Formulir
from schema.read import angka_rows, katalog_rows, rekap_rows, wilayah_rows
from schema.read.declare import argument, connection, entities, relation
from schema.rekap_inputs import SaringRekap
from schema.rekap_types import BarisKelengkapan, Rekap, RekapConnection
from schema.scalars import KodeWilayah, Periode
from schema.wilayah_types import Desa, Kabupaten, Kecamatan, Provinsi, TingkatWilayah

_KODE = argument("kode", KodeWilayah, "Kode wilayah.", required=True)
_PADA = argument(
    "pada",
    date | None,
    "Sebagaimana berlaku pada hari itu; tanpa ini: yang berlaku hari ini, atau yang terakhir memakai kodenya.",
)
_WILAYAH = argument("wilayah", KodeWilayah, "Wilayah yang ditanyakan, beserta bagiannya.", required=True)
_PERIODE = argument("periode", list[Periode], "Periode yang ditanyakan.", required=True)
_TINGKAT = argument("tingkat", TingkatWilayah, "Satu baris per wilayah tingkat ini.", required=True)


@strawberry.type(name="_Service", description="Skema hub bagi perute federasi.")
class Service:
    sdl: str = strawberry.field(description="Skema dalam bahasa definisi GraphQL.")


@cache
def _sdl(schema: BaseSchema) -> str:
    return print_schema(schema)


@strawberry.type(description="Semua yang dapat ditanyakan.")
class Query:
    _entities: list[EntityUnion | None] = entities(
        "Bagi perute federasi: entitas menurut kuncinya, dalam urutan yang diminta; null bila tidak ada.",
        {t.__name__: e for t, e in ENTITAS.items()},
        argument("representations", list[FederationAny], "Objek berisi __typename dan kuncinya.", required=True),
    )
    provinsi: Provinsi | None = relation(
        "Provinsi dengan kode ini.", wilayah_rows.by_code(Tingkat.PROVINSI), _KODE, _PADA
    )
    kabupaten: Kabupaten | None = relation(
        "Kabupaten atau kota dengan kode ini.", wilayah_rows.by_code(Tingkat.KABUPATEN), _KODE, _PADA
    )
    kecamatan: Kecamatan | None = relation(
        "Kecamatan dengan kode ini.", wilayah_rows.by_code(Tingkat.KECAMATAN), _KODE, _PADA
    )
    desa: Desa | None = relation(
        "Desa atau kelurahan dengan kode ini.", wilayah_rows.by_code(Tingkat.DESA), _KODE, _PADA
    )
    formulir: Formulir | None = relation(
        "Formulir dengan kode ini.",
        katalog_rows.form_by_code,
        argument("kode", str, "Kode formulir, F01 sampai F12.", required=True),
    )
    daftar_formulir: list[Formulir] = relation("Semua formulir.", katalog_rows.all_forms)
    rekap: Rekap | None = relation(
        "Rekap dengan id ini, sejauh yang boleh Anda lihat.",
        rekap_rows.by_id,
        argument("id", strawberry.ID, 'Id rekap, misalnya "53.14:F05:2020".', required=True),
    )
    daftar_rekap: RekapConnection = connection(
        "Rekap yang boleh Anda lihat, menurut pelapor, formulir, periode.",
        rekap_rows.listed,
        argument("saring", SaringRekap | None, "Saringan."),
    )
    kelengkapan: list[BarisKelengkapan] = relation(
        "Siapa sudah melapor dan siapa belum: satu baris per kabupaten/kota, formulir dan periode.",
        rekap_rows.completeness,
        argument("formulir", list[str] | None, "Kode formulir; null: semua."),
        _PERIODE,
        _WILAYAH,
    )
    agregat: list[BarisAgregat] = relation(
        "Angka gabungan dari rekap yang disetujui: satu baris per wilayah, elemen dan periode, juga bila datanya tidak ada.",
        angka_rows.agregat,
        argument("elemen", list[str], "Kode elemen.", required=True),
        _PERIODE,
        _WILAYAH,
        _TINGKAT,
        argument("rincian", list[str] | None, "Nama rincian yang dipertahankan; null: jumlah seluruhnya."),
    )
    indikator: list[BarisIndikator] = relation(
        "Nilai indikator dengan pembilang, penyebut dan kelengkapannya.",
        angka_rows.indikator,
        argument("kode", list[str], "Kode indikator, misalnya I01; varian: I04.disabilitas.", required=True),
        _PERIODE,
        _WILAYAH,
        _TINGKAT,
    )

    @strawberry.field(name="_service", description="Bagi perute federasi: skema hub.")
    def _service(self, info: HubInfo) -> Service:
        if not info.context.services.introspeksi:
            raise IntrospeksiMatiError(
                "Hub ini tidak memberitahukan skemanya (HUB_INTROSPEKSI=false); mintalah kepada pengelolanya."
            )
        return Service(sdl=_sdl(info.schema))
