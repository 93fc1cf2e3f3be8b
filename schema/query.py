"""Root queries. Each is one SQL statement, but for coverage, which a service works out."""

from datetime import date, datetime
from functools import cache
from typing import Annotated

import strawberry
from strawberry.federation.schema import FederationAny
from strawberry.printer import print_schema
from strawberry.schema import BaseSchema

from hub.angka import reads as angka_reads
from hub.angka import sdm_reads
from hub.base.errors import IntrospectionOffError
from hub.base.kode import Level
from hub.base.questions import valid_kode
from hub.batas import reads as batas_reads
from hub.gudang import darurat_reads
from hub.gudang import reads as gudang_reads
from hub.katalog import reads as katalog_reads
from hub.rekap import reads as rekap_reads
from hub.sumber_daya import nearest_reads
from hub.sumber_daya import reads as sumber_daya_reads
from hub.sumber_daya.reads import FARTHEST_KM
from hub.tagana import reads as tagana_reads
from hub.wilayah import desa_reads, search_reads
from hub.wilayah import reads as wilayah_reads
from hub.wksbm import jejaring_reads
from hub.wksbm import reads as wksbm_reads
from schema.angka.sdm_types import BarisRasioSdm, BarisSdm, JenisRasioSdm, JenisSdm, WilayahTanpaSdmConnection
from schema.angka.types import BarisAgregat, BarisIndikator, BarisKetersediaan, StatusNilai
from schema.batas.types import JenisMutuBatas, MutuBatasConnection
from schema.cakupan import answers as cakupan_answers
from schema.cakupan.types import Cakupan, UsulanLokasi
from schema.context import HubInfo
from schema.engine.declare import argument, entities, root, root_connection
from schema.engine.expectation import expects
from schema.entities import ENTITIES, EntityUnion
from schema.expected_rows import FORMS, PROVINCES, at_most, breakdowns, coverage, length, named, regions, times
from schema.gudang.darurat_inputs import RencanaDaruratMasukan
from schema.gudang.darurat_types import RencanaDarurat
from schema.gudang.list_types import GudangBencanaConnection, SaringGudang
from schema.gudang.types import Barang
from schema.katalog.types import DaftarKode, Formulir, Indikator
from schema.rekap.inputs import SaringRekap
from schema.rekap.types import BarisKelengkapan, Rekap, RekapConnection
from schema.scalars import KodeWilayah, Periode
from schema.sumber_daya.list_types import SaringSumberDaya, SumberDayaConnection, SumberDayaTerdekat
from schema.sumber_daya.types import JenisSumberDaya, SumberDaya
from schema.tagana.types import (
    BarisRegisterTagana,
    CatatanAksesConnection,
    IzinNamaConnection,
    Tagana,
    TaganaConnection,
)
from schema.wilayah.desa_types import DesaConnection, SaringDesa, UrutDesa
from schema.wilayah.search_types import HasilCari
from schema.wilayah.types import Desa, Kabupaten, Kecamatan, Provinsi, TingkatWilayah
from schema.wksbm.jejaring_types import (
    BarisTahapWksbm,
    CalonHubunganConnection,
    HubunganWksbmConnection,
    MitraLuarConnection,
    RingkasanJejaring,
)
from schema.wksbm.types import SaringWksbm, Wksbm, WksbmConnection

_AnyWilayah = Annotated[KodeWilayah, strawberry.argument(description="Provinsi, kabupaten/kota, kecamatan atau desa.")]
_AsOf = Annotated[date | None, strawberry.argument(description="Menurut keadaan pada hari itu; tanpa ini: hari ini.")]
_KODE = argument("kode", KodeWilayah, "Kode wilayah.", required=True)
_VALID_ON = argument(
    "pada",
    date | None,
    "Sebagaimana berlaku pada hari itu; tanpa ini: yang berlaku hari ini, atau yang terakhir memakai kodenya.",
)
_WILAYAH = argument("wilayah", KodeWilayah, "Wilayah yang ditanyakan, beserta bagiannya.", required=True)
_PERIODE = argument("periode", list[Periode], "Periode yang ditanyakan.", required=True)
_AS_KNOWN_AT = argument(
    "pada", datetime | None, "Sebagaimana diketahui pada saat itu; tanpa ini: sebagaimana diketahui sekarang."
)
_LEVEL = argument("tingkat", TingkatWilayah, "Satu baris per wilayah tingkat ini.", required=True)
_PERIODE_SDM = argument(
    "periode",
    Periode | None,
    "Periodenya; tanpa ini: bagi tiap kabupaten/kota dan jenis, yang terbaru yang disetujui dan berisi angkanya.",
)


@strawberry.type(name="_Service", description="Skema hub bagi perute federasi.")
class Service:
    sdl: str = strawberry.field(description="Skema dalam bahasa definisi GraphQL.")


def _tell_schema(info: HubInfo) -> Service:
    if not info.context.services.introspection:
        raise IntrospectionOffError(
            "Hub ini tidak memberitahukan skemanya (HUB_INTROSPEKSI=false); mintalah kepada pengelola."
        )
    return Service(sdl=_sdl(info.schema))


@cache
def _sdl(schema: BaseSchema) -> str:
    return print_schema(schema)


@strawberry.type(description="Semua yang dapat ditanyakan.")
class Query:
    _entities: list[EntityUnion | None] = entities(
        "Bagi perute federasi: entitas menurut kuncinya, dalam urutan yang diminta; null bila tidak ada.",
        {t.__name__: e for t, e in ENTITIES.items()},
        argument("representations", list[FederationAny], "Objek berisi __typename dan kuncinya.", required=True),
        rows=length("representations", 1),
    )
    _service: Service = strawberry.field(  # type: ignore[assignment]
        _tell_schema, name="_service", description="Bagi perute federasi: skema hub."
    )
    provinsi: Provinsi | None = root(
        "Provinsi dengan kode ini.", wilayah_reads.by_code(Level.PROVINSI), _KODE, _VALID_ON
    )
    daftar_provinsi: list[Provinsi] = root(
        "Provinsi yang berlaku hari ini, menurut kode.", wilayah_reads.provinces, rows=PROVINCES
    )
    kabupaten: Kabupaten | None = root(
        "Kabupaten atau kota dengan kode ini.", wilayah_reads.by_code(Level.KABUPATEN), _KODE, _VALID_ON
    )
    kecamatan: Kecamatan | None = root(
        "Kecamatan dengan kode ini.", wilayah_reads.by_code(Level.KECAMATAN), _KODE, _VALID_ON
    )
    desa: Desa | None = root(
        "Desa atau kelurahan dengan kode ini.", wilayah_reads.by_code(Level.DESA), _KODE, _VALID_ON
    )
    daftar_desa: DesaConnection = root_connection(
        "Desa dan kelurahan yang berlaku hari ini, disaring dan diurutkan.",
        desa_reads.listed,
        argument("saring", SaringDesa | None, "Saringan."),
        argument("urut", list[UrutDesa] | None, "Urutan; tanpa ini menurut kode."),
    )
    cari_wilayah: list[HasilCari] = root(
        "Wilayah yang berlaku hari ini menurut nama atau kode, yang paling cocok lebih dahulu. Salah ketik, awalan (Desa, Kel., "
        "Kab.), nama lama dan nama wilayah di atasnya dimengerti; kode boleh tanpa titik atau hanya awalnya.",
        search_reads.found,
        argument("teks", str, 'Nama atau kode, misalnya "sukamulya cianjur" atau "5314".', required=True),
        argument("tingkat", TingkatWilayah | None, "Hanya tingkat ini."),
        argument("di", KodeWilayah | None, "Hanya wilayah ini beserta bagiannya."),
        argument("batas", int | None, f"Paling banyak sekian hasil, 1 sampai {search_reads.MOST_RESULTS}.", 10),
        rows=at_most("batas", 10),
    )
    wilayah_di_titik: Desa | None = root(
        "Desa atau kelurahan di titik ini (derajat, WGS 84). Di celah antarbatas: yang terdekat sampai 50 m; di batas yang "
        "bertumpang tindih: yang titiknya terdekat. Null di laut dan di tempat yang batasnya belum dimuat.",
        search_reads.desa_at,
        argument("lon", float, "Bujur, misalnya 123.05.", required=True),
        argument("lat", float, "Lintang, misalnya -10.73.", required=True),
    )
    mutu_batas: MutuBatasConnection = root_connection(
        "Temuan pada batas wilayah ini dan bagiannya dari pemeriksaan terakhir: tumpang tindih, celah, di luar induk, tanpa "
        "batas, luas beda. Menurut kode wilayah.",
        batas_reads.listed,
        _WILAYAH,
        argument("jenis", list[JenisMutuBatas] | None, "Hanya jenis ini; null: semua."),
    )
    formulir: Formulir | None = root(
        "Formulir dengan kode ini.",
        katalog_reads.form_by_code,
        argument("kode", str, "Kode formulir, F01 sampai F13.", required=True),
    )
    daftar_formulir: list[Formulir] = root("Semua formulir.", katalog_reads.all_forms, rows=FORMS)
    daftar_kode: DaftarKode | None = root(
        "Daftar kode dalam katalog, sebagaimana berlaku pada satu hari: PPKS, PSKS, KEGIATAN_WKSBM, PROGRAM_WKSBM.",
        katalog_reads.code_list,
        argument("kode", str, "Kode daftar; huruf besar dan kecil sama.", required=True),
        argument("pada", date | None, "Sebagaimana berlaku pada hari itu; tanpa ini: hari ini."),
    )
    daftar_indikator: list[Indikator] = root(
        "Semua indikator beserta variannya.", katalog_reads.all_indicators, rows=30
    )
    rekap: Rekap | None = root(
        "Rekap dengan id ini, sejauh yang boleh Anda lihat.",
        rekap_reads.by_id,
        argument("id", strawberry.ID, 'Id rekap, misalnya "53.14:F05:2020".', required=True),
        _AS_KNOWN_AT,
    )
    daftar_rekap: RekapConnection = root_connection(
        "Rekap yang boleh Anda lihat, menurut pelapor, formulir, periode.",
        rekap_reads.listed,
        argument("saring", SaringRekap | None, "Saringan."),
    )
    kelengkapan: list[BarisKelengkapan] = root(
        "Siapa sudah melapor dan siapa belum: satu baris per kabupaten/kota, formulir dan periode.",
        rekap_reads.completeness,
        argument("formulir", list[str] | None, "Kode formulir; null: semua."),
        _PERIODE,
        _WILAYAH,
        rows=times(named("formulir", FORMS), named("periode"), regions("KABUPATEN")),
    )
    agregat: list[BarisAgregat] = root(
        "Angka gabungan dari rekap yang disetujui: satu baris per wilayah, elemen dan periode, juga bila datanya tidak ada.",
        angka_reads.agregat,
        argument("elemen", list[str], "Kode elemen.", required=True),
        _PERIODE,
        _WILAYAH,
        _LEVEL,
        argument("rincian", list[str] | None, "Nama rincian yang dipertahankan; null: jumlah seluruhnya."),
        _AS_KNOWN_AT,
        argument(
            "wilayahPada",
            date | None,
            "Menurut batas wilayah pada hari itu, misalnya hari ini; tanpa ini: batas pada hari terakhir periodenya. Angka "
            "dijumlahkan dari wilayah asalnya dan tidak pernah dibagi: bila tidak dapat dipisahkan, TIDAK_ADA_DATA.",
        ),
        rows=times(named("elemen"), named("periode"), regions(), breakdowns),
    )
    indikator: list[BarisIndikator] = root(
        "Nilai indikator dengan pembilang, penyebut dan kelengkapannya.",
        angka_reads.indikator,
        argument("kode", list[str], "Kode indikator, misalnya I01; varian: I04.disabilitas.", required=True),
        _PERIODE,
        _WILAYAH,
        _LEVEL,
        _AS_KNOWN_AT,
        rows=times(named("kode"), named("periode"), regions()),
    )
    ketersediaan: list[BarisKetersediaan] = root(
        "Angka mana yang sudah ada: elemen dan periode yang disetujui dari sedikitnya satu kabupaten/kota.",
        angka_reads.available,
        _WILAYAH,
        rows=300,  # a hundred elements, some of them in several periods
    )
    sumber_daya: SumberDaya | None = root(
        "Sumber daya sosial dengan id ini.",
        sumber_daya_reads.by_id(),
        argument("id", strawberry.ID, "Id sumber daya: kode kabupaten/kota, titik dua, UUID.", required=True),
    )
    sdm: list[BarisSdm] = root(
        "Banyaknya SDM kesejahteraan sosial dari rekap yang disetujui: satu baris per wilayah dan jenis, juga bila datanya "
        "tidak ada.",
        sdm_reads.counted,
        _WILAYAH,
        _LEVEL,
        argument("jenis", list[JenisSdm] | None, "Jenisnya; null: semua."),
        _PERIODE_SDM,
        rows=times(named("jenis", 10), regions()),
    )
    rasio_sdm: list[BarisRasioSdm] = root(
        "SDM dibanding banyaknya kecamatan atau desa yang dilayani, per wilayah sampai kecamatan.",
        sdm_reads.ratios,
        _WILAYAH,
        _LEVEL,
        argument("jenis", list[JenisRasioSdm] | None, "Rasionya; null: semua."),
        _PERIODE_SDM,
        rows=times(named("jenis", 4), regions()),
    )
    wilayah_tanpa_sdm: WilayahTanpaSdmConnection = root_connection(
        "Wilayah tanpa satu jenis SDM, menurut kode: kecamatan tanpa TKSK, desa tanpa PSM; PENGURUS_KARANG_TARUNA: desa tanpa "
        "karang taruna (LEM14).",
        sdm_reads.without,
        argument("jenis", JenisSdm, "Jenisnya.", required=True),
        _WILAYAH,
        argument("status", list[StatusNilai] | None, "Hanya keadaan ini; [NOL]: yang melaporkan tidak ada."),
        _PERIODE_SDM,
    )
    daftar_sumber_daya: SumberDayaConnection = root_connection(
        "Sumber daya sosial menurut desa, disaring.",
        sumber_daya_reads.listed,
        argument("saring", SaringSumberDaya | None, "Saringan."),
        argument("pada", date | None, "Hanya yang ada pada hari itu; tanpa ini juga yang sudah atau belum ada."),
    )
    terdekat: list[SumberDayaTerdekat] = root(
        "Sumber daya yang hari ini ada di sekitar sebuah titik (derajat, WGS 84), yang terdekat lebih dahulu. Yang titiknya tidak "
        "diketahui atau dirahasiakan tidak ikut: jaraknya dari pintu ke pintu, dan titik tengah desa bukan pintu siapa pun. cakupan, "
        "yang menilai desa demi desa, menghitungnya di titik desanya.",
        nearest_reads.nearest,
        argument("lon", float, "Bujur, misalnya 123.05.", required=True),
        argument("lat", float, "Lintang, misalnya -10.73.", required=True),
        argument("jenis", list[JenisSumberDaya] | None, "Hanya jenis ini; null: semua."),
        argument(
            "jarakKm",
            float | None,
            f"Jarak geodesik terjauh, km; lebih dari 0, paling jauh {FARTHEST_KM}.",
            nearest_reads.DISTANCE_KM,
        ),
        argument(
            "batas",
            int | None,
            f"Paling banyak sekian hasil, 1 sampai {nearest_reads.MOST}.",
            nearest_reads.LIMIT,
        ),
        rows=at_most("batas", 10),
    )
    daftar_gudang: GudangBencanaConnection = root_connection(
        "Gudang bencana yang hari ini ada, menurut desa: misalnya yang KRITIS di sebuah provinsi.",
        gudang_reads.listed,
        argument("saring", SaringGudang | None, "Saringan."),
    )
    rencana_darurat: RencanaDarurat = root(
        "Gudang mana dapat melayani desa-desa ini dengan apa: yang terdekat lebih dahulu, sampai terpenuhi. Hanya stok yang belum "
        "kedaluwarsa di gudang yang hari ini ada. Tidak mencatat apa pun; catatMutasiStok yang mencatat.",
        darurat_reads.plan,
        argument("masukan", RencanaDaruratMasukan, "Siapa membutuhkan apa.", required=True),
    )
    cakupan: Cakupan = strawberry.field(  # type: ignore[assignment]
        cakupan_answers.coverage,
        description="Desa mana di wilayah ini yang terjangkau sumber daya, mana yang belum, dan seberapa jauh. Sumber daya yang hari "
        "ini ada dihitung sekali; yang di seberang batas wilayah ikut.",
        metadata=expects(work=coverage),
    )
    usulan_lokasi: list[UsulanLokasi] = strawberry.field(  # type: ignore[assignment]
        cakupan_answers.proposed_places,
        description="Tempat sumber daya baru yang paling banyak menambah cakupan: bobotnya bila diminta, lalu banyak desanya. Dipilih "
        "satu per satu dari titik-titik desa; kurang dari `banyak` bila semuanya sudah tercakup. Desa tanpa titik tidak "
        "ikut; bila tidak satu pun punya titik, itu dikatakan sebagai galat.",
        metadata=expects(rows=at_most("banyak", 3), work=coverage),
    )
    daftar_barang: list[Barang] = root("Barang yang dapat disimpan di gudang bencana.", gudang_reads.all_goods, rows=15)
    tagana: Tagana | None = root(
        "Anggota Tagana dengan id ini, bila ada dalam register kabupaten/kota Anda.",
        tagana_reads.by_id,
        argument("id", strawberry.ID, "Id anggota.", required=True),
    )
    daftar_tagana: TaganaConnection = root_connection(
        "Register Tagana kabupaten/kota Anda menurut nama. Kosong bagi yang lain; provinsi memakai bacaNamaTagana.",
        tagana_reads.listed,
    )
    register_tagana: list[BarisRegisterTagana] = root(
        "Hitungan register Tagana di samping angka rekap, dengan selisihnya, sampai kecamatan.",
        tagana_reads.register,
        _WILAYAH,
        _LEVEL,
        argument(
            "periode",
            Periode | None,
            "Periode angka rekapnya; tanpa ini: yang terbaru yang rekapnya (F10) sudah disetujui dari sedikitnya satu kabupaten/kota di "
            "wilayah itu.",
        ),
        rows=regions(),
    )
    daftar_izin_nama: IzinNamaConnection = root_connection(
        "Izin membaca nama yang diberikan kabupaten/kota Anda, atau yang diterima provinsi Anda.", tagana_reads.grants
    )
    catatan_akses: CatatanAksesConnection = root_connection(
        "Kapan, oleh siapa dan untuk apa nama dalam register kabupaten/kota Anda dilihat; bagi provinsi: pembacaannya sendiri.",
        tagana_reads.readings,
        argument("sejak", datetime | None, "Hanya yang sejak saat itu."),
    )
    wksbm: Wksbm | None = root(
        "WKSBM dengan id ini: seluruh profilnya.",
        wksbm_reads.by_id,
        argument("id", strawberry.ID, "Id WKSBM: kode kabupaten/kota, titik dua, UUID.", required=True),
    )
    daftar_wksbm: WksbmConnection = root_connection(
        "WKSBM menurut desa, disaring.",
        wksbm_reads.listed,
        argument("saring", SaringWksbm | None, "Saringan."),
        argument("pada", date | None, "Hanya yang ada pada hari itu; tanpa ini juga yang sudah atau belum ada."),
    )
    calon_hubungan: CalonHubunganConnection = root_connection(
        "WKSBM yang belum terhubung dan layak dihubungkan: di desa yang sama atau di desa yang berbatasan (bersentuhan, atau "
        "terpisah paling jauh 50 m); bila batas salah satu desanya belum dimuat, di kecamatan yang sama.",
        jejaring_reads.candidates,
        _WILAYAH,
    )
    hubungan_jejaring: HubunganWksbmConnection = root_connection(
        "Hubungan yang berlaku dan salah satu jejaringnya di wilayah ini, beserta garisnya untuk peta.",
        jejaring_reads.links,
        _WILAYAH,
        argument("pada", date | None, "Yang berlaku pada hari itu; tanpa ini: hari ini."),
        most=5_000,
    )
    daftar_mitra_luar: MitraLuarConnection = root_connection(
        "Mitra luar jejaring, menurut nama.",
        jejaring_reads.partners,
        argument("takTerhubung", bool | None, "Hanya yang hari ini tidak terhubung dengan jejaring mana pun.", False),
    )
    sumber_daya_tak_terhubung: SumberDayaConnection = root_connection(
        "Sumber daya sosial yang ada hari ini dan tidak terhubung dengan WKSBM mana pun, menurut desa.",
        jejaring_reads.unlinked_resources,
        _WILAYAH,
        argument("jenis", list[JenisSumberDaya] | None, "Hanya jenis ini; null: semua."),
    )
    wksbm_per_tahap: list[BarisTahapWksbm] = root(
        "Banyaknya WKSBM menurut tahap pada hari terakhir tiap periode, misalnya tiap triwulan atau tahun.",
        jejaring_reads.per_phase,
        _WILAYAH,
        _PERIODE,
        rows=named("periode"),
    )

    @strawberry.field(
        description="Bentuk jejaring WKSBM sebuah wilayah: kelompoknya, yang terpencil, kepadatannya, titik rapuhnya."
    )
    async def jejaring(
        self,
        info: HubInfo,
        wilayah: _AnyWilayah,
        pada: _AsOf = None,
    ) -> RingkasanJejaring:
        graph = await info.context.services.jejaring.get(pada)
        return RingkasanJejaring.of(graph, graph.summary(valid_kode(wilayah)))
