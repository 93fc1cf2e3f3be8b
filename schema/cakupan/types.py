"""GraphQL types of coverage: an answer made by the service, whose rows are read by the compiler."""

from dataclasses import fields
from enum import Enum
from typing import Annotated, Any, cast

import orjson
import shapely
import strawberry

from hub.cakupan import reads as rows
from hub.cakupan.computation import CakupanResult
from hub.cakupan.question import TOLERANCE_METER
from hub.wilayah import reads as wilayah_reads
from schema.angka.types import StatusNilai
from schema.context import HubInfo
from schema.engine.declare import argument, column, relation, root
from schema.engine.expectation import expects
from schema.expected_rows import first_or, regions
from schema.scalars import Desimal, GeoJSON, Periode
from schema.sumber_daya.types import SumberDaya
from schema.wilayah.types import Desa, TingkatWilayah, Wilayah


@strawberry.enum(description="Desa mana yang ditampilkan.")
class HanyaCakupan(Enum):
    TERCAKUP = strawberry.enum_value("TERCAKUP", description="Yang tercakup.")
    CELAH = strawberry.enum_value("CELAH", description="Yang letaknya diketahui dan tidak tercakup.")
    TANPA_TITIK = strawberry.enum_value(
        "TANPA_TITIK", description="Yang batasnya belum dimuat: letaknya tidak diketahui."
    )


@strawberry.enum(description="Urutan baris cakupan.")
class UrutCakupan(Enum):
    KODE = strawberry.enum_value("KODE", description="Menurut kode.")
    JARAK = strawberry.enum_value("JARAK", description="Yang terjauh dari sumber daya lebih dahulu.")
    BOBOT = strawberry.enum_value("BOBOT", description="Yang terberat lebih dahulu; tanpa bobot: menurut kode.")


@strawberry.federation.type(description="Cakupan satu desa.")
class BarisCakupan:
    desa: Desa = relation("Desanya.", wilayah_reads.region)
    terdekat: SumberDaya | None = relation(
        "Sumber daya terdekat dari titik desa itu, juga bila lebih jauh daripada jarakKm; null bila tidak ada satu pun atau "
        "desanya tanpa titik.",
        rows.nearest,
    )
    jarak_km: float | None = column(
        "Jarak geodesik (WGS 84) dari titik desa ke sumber daya terdekat, km, sampai meter."
    )
    tercakup: bool = column("Apakah jaraknya tidak lebih dari jarakKm; false bila letak desa tidak diketahui.")
    persen_luas: float | None = column(
        "Bagian luas desa yang di dalam gabungan lingkaran semua sumber daya, persen; null bila batasnya belum dimuat."
    )
    bobot: Desimal | None = column("Angka desa itu yang dijadikan bobot; null bila tidak ada atau tertutup bagi Anda.")
    status_bobot: StatusNilai | None = column("Keadaan bobotnya; null bila bobot tidak diminta.")
    keterjangkauan: float | None = column(
        "Tempat per satuan bobot menurut 2SFCA: tiap sumber daya membagi daya tampungnya (dengan dayaTersisa: sisanya) rata kepada "
        "semua bobot dalam jarakKm, lalu dijumlahkan per desa; null tanpa bobot atau tanpa titik."
    )
    keterjangkauan_lengkap: bool | None = column(
        "Apakah semua bobot dan daya tampung yang menentukannya diketahui; bila tidak, yang tidak diketahui tidak dihitung."
    )


@strawberry.federation.type(description="Cakupan satu wilayah di dalam wilayah yang ditanyakan.")
class BarisCakupanWilayah:
    wilayah: Wilayah = relation("Wilayahnya.", wilayah_reads.region)
    jumlah_desa: int = column("Banyak desa dan kelurahan yang berlaku hari ini.")
    desa_tanpa_titik: int = column("Di antaranya yang batasnya belum dimuat; tidak ikut dalam persen.")
    desa_tercakup: int = column("Yang tercakup.")
    persen_desa: float | None = column(
        "desaTercakup dibagi desa yang punya titik, persen; null bila tidak satu pun punya: belum diketahui."
    )
    bobot: Desimal | None = column("Jumlah bobot yang diketahui; null bila tidak satu pun.")
    bobot_tanpa_titik: Desimal | None = column("Di antaranya milik desa tanpa titik; tidak ikut dalam persen.")
    bobot_tercakup: Desimal | None = column("Jumlah bobot desa yang tercakup.")
    persen_bobot: float | None = column("bobotTercakup dibagi bobot desa yang punya titik, persen.")
    desa_tanpa_bobot: int | None = column(
        "Desa yang bobotnya tidak diketahui atau tertutup; null bila bobot tidak diminta."
    )
    status_bobot: StatusNilai | None = column("Keadaan bobot; DISUPRESI bila semuanya tertutup bagi Anda.")
    persen_luas: float | None = column("Bagian luas desa-desanya yang di dalam gabungan lingkaran, persen.")
    sumber_daya: int = column("Sumber daya yang dihitung dan berada di wilayah ini.")


@strawberry.federation.type(
    description="Cakupan sebuah wilayah oleh sumber daya. Dihitung dari titik desa; sumber daya tanpa titik berdiri di titik "
    "desanya, yang dirahasiakan tidak ikut.",
)
class Cakupan:
    result: strawberry.Private[CakupanResult]
    wilayah: Wilayah = root("Wilayah yang ditanyakan.", rows.region_of_answer)
    baris: list[BarisCakupan] = root(
        "Satu baris per desa, termasuk yang tidak tercakup.",
        rows.rows_of_desa,
        argument("hanya", HanyaCakupan | None, "Hanya desa ini; null: semua."),
        argument("urut", UrutCakupan | None, "Urutannya.", UrutCakupan.KODE),
        argument("first", int | None, "Hanya sekian baris pertama; null: semua."),
        rows=first_or(regions("DESA", within="00")),
    )
    per_wilayah: list[BarisCakupanWilayah] = root(
        "Ringkasan per kecamatan, kabupaten/kota atau tingkat lain.",
        rows.rows_of_regions,
        argument("tingkat", TingkatWilayah, "Satu baris per wilayah tingkat ini.", required=True),
        rows=regions(within="00"),
    )

    jumlah_desa: int = strawberry.field(description="Banyak desa dan kelurahan yang berlaku hari ini.")
    desa_tanpa_titik: int = strawberry.field(
        description="Di antaranya yang batasnya belum dimuat; tidak tercakup dan tidak ikut dalam persen."
    )
    desa_tercakup: int = strawberry.field(
        description="Desa yang titiknya tidak lebih dari jarakKm (geodesik) dari sebuah sumber daya."
    )
    persen_desa: float | None = strawberry.field(
        description="desaTercakup dibagi desa yang punya titik, persen; null bila tidak satu pun punya (desaTanpaTitik sama dengan "
        "jumlahDesa): belum diketahui, dan bukan 0."
    )
    bobot: Desimal | None = strawberry.field(
        description="Jumlah bobot yang diketahui; null bila tidak diminta atau tidak satu pun diketahui."
    )
    bobot_tanpa_titik: Desimal | None = strawberry.field(
        description="Di antaranya milik desa tanpa titik; tidak ikut dalam persen."
    )
    bobot_tercakup: Desimal | None = strawberry.field(description="Jumlah bobot desa yang tercakup.")
    persen_bobot: float | None = strawberry.field(
        description="bobotTercakup dibagi bobot desa yang punya titik, persen."
    )
    desa_tanpa_bobot: int | None = strawberry.field(
        description="Desa yang bobotnya tidak diketahui atau tertutup bagi Anda; tidak pernah dihitung nol."
    )
    status_bobot: StatusNilai | None = strawberry.field(
        description="Keadaan bobot; DISUPRESI bila angka semua desanya tertutup bagi Anda."
    )
    periode: Periode | None = strawberry.field(
        description="Periode bobot: yang diminta, atau yang terbaru yang rekapnya disetujui di wilayah ini."
    )
    persen_luas: float | None = strawberry.field(
        description="Bagian luas desa-desanya yang di dalam gabungan lingkaran, persen."
    )
    sumber_daya: int = strawberry.field(description="Sumber daya di wilayah ini yang dihitung, masing-masing sekali.")
    sumber_daya_luar: int = strawberry.field(
        description="Sumber daya di luar wilayah ini yang mencakup sedikitnya satu desanya."
    )
    sumber_daya_tanpa_titik: int = strawberry.field(
        description="Sumber daya di wilayah ini yang tanpa titik, dihitung di titik desanya."
    )
    sumber_daya_tidak_ikut: int = strawberry.field(
        description="Sumber daya di wilayah ini yang tidak ikut: dirahasiakan (bagi yang berwenang), atau tanpa titik di desa yang batasnya belum dimuat."
    )

    @strawberry.field(  # type: ignore[untyped-decorator]
        description="Gabungan lingkaran sumber daya di wilayah ini dan yang di luar yang menjangkaunya; null bila tidak ada.",
        metadata=expects(weight=20_000),  # circles of a province united: a tenth of a second
    )
    async def area(
        self,
        info: HubInfo,
        toleransi_meter: Annotated[
            float | None,
            strawberry.argument(description="Simpangan tepinya paling jauh sekian meter."),
        ] = TOLERANCE_METER,
    ) -> GeoJSON | None:
        service = info.context.services.cakupan
        tolerance = TOLERANCE_METER if toleransi_meter is None else toleransi_meter
        shape = await service.reached_area(self.result.reach, tolerance)
        if shape.is_empty:
            return None
        return cast(GeoJSON, orjson.Fragment(shapely.to_geojson(shape).encode()))  # passes as it is

    @classmethod
    def of(cls, result: CakupanResult) -> "Cakupan":
        x, r = result.reach, result.whole
        angka: Any = {f.name: getattr(r, f.name) for f in fields(r) if f.name != "kode"}
        angka["status_bobot"] = None if r.status_bobot is None else StatusNilai(r.status_bobot)
        return cls(
            result=result,
            periode=None if result.periode is None else Periode(result.periode),
            sumber_daya_luar=x.outside_count,
            sumber_daya_tanpa_titik=int((x.resources.from_desa & x.distances.in_wilayah).sum()),
            sumber_daya_tidak_ikut=result.sheltered + x.resources.placeless,
            **angka,
        )


@strawberry.federation.type(description="Usulan tempat sumber daya baru: titik sebuah desa.")
class UsulanLokasi:
    urutan: int = column("Urutannya, mulai 1; tiap usulan mengandaikan yang sebelumnya sudah ada.")
    desa: Desa = relation("Desa yang titiknya diusulkan.", wilayah_reads.region)
    tambahan_desa: int = column("Desa yang baru tercakup olehnya.")
    tambahan_bobot: Desimal | None = column("Bobot yang baru tercakup; null bila tidak diketahui atau tidak diminta.")
