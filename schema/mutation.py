"""Root mutations: the input becomes a frozen draft, the draft makes one service call, its answer becomes a union member.
Expected failures are raised by the services and turned into members by schema.handlers."""

from datetime import date
from typing import Annotated, Any, cast

import strawberry

from hub.base.off_loop import BULK
from hub.base.temuan import Refused
from hub.gudang.warehouse import Recorded
from hub.rekap.draft import Envelope, ReminderDraft
from hub.sumber_daya.list_import import ImportRequest
from schema.context import HubInfo
from schema.gudang.inputs import MinimumMasukan, MutasiStokMasukan
from schema.gudang.types import HasilStok, StokDitolak, StokTercatat
from schema.rekap.answers import answer as answer_rekap
from schema.rekap.deadline_types import HasilTenggat, TenggatMasukan
from schema.rekap.deadline_types import answer as answer_deadline
from schema.rekap.file_types import (
    HasilBacaBerkas,
    PemetaanBaris,
    PemetaanKolom,
    mapping_of,
    preview_envelope,
    read_file,
    sent_file,
)
from schema.rekap.inputs import RekapMasukan
from schema.rekap.move_mutations import MoveMutations
from schema.rekap.reminder_types import HasilPengingat, RekapDiminta
from schema.rekap.reminder_types import answer as answer_reminder
from schema.rekap.types import HasilRekap
from schema.scalars import KodeWilayah, Periode, Upload, UploadedFile
from schema.sumber_daya.answers import HasilSumberDaya, answer
from schema.sumber_daya.enums import JenisSumberDaya
from schema.sumber_daya.import_answers import HasilImporSumberDaya
from schema.sumber_daya.import_answers import answer as answer_import
from schema.sumber_daya.inputs import SumberDayaMasukan
from schema.tagana.inputs import IzinNamaMasukan, TaganaMasukan
from schema.tagana.types import (
    HasilBacaNama,
    HasilIzinNama,
    HasilTagana,
    IzinNamaTercatat,
    NamaTaganaTerbaca,
    TaganaDitolak,
    TaganaTersimpan,
)
from schema.wksbm.answers import HasilMitra, HasilWksbm, answer_partner
from schema.wksbm.answers import answer as answer_wksbm
from schema.wksbm.enums import TahapWksbm
from schema.wksbm.inputs import HubunganMasukan, KegiatanWksbmMasukan, MitraLuarMasukan, WksbmMasukan


def _answer_stok(result: Recorded | Refused) -> StokTercatat | StokDitolak:
    if isinstance(result, Recorded):
        return StokTercatat.of(result)
    temuan: Any = list(result.temuan)
    return StokDitolak(temuan=temuan)


@strawberry.type(description="Semua yang dapat diubah. Setiap tindakan adalah satu transaksi.")
class Mutation(MoveMutations):
    @strawberry.mutation(description="Ajukan rekap. `uji`: jawaban lengkap, tanpa menulis apa pun.")
    async def ajukan_rekap(self, info: HubInfo, masukan: RekapMasukan, uji: bool | None = False) -> HasilRekap:
        service, draft = info.context.services.rekap, await BULK.go_on(masukan.draft)
        return answer_rekap(await service.submit(info.context.actor, draft, dry_run=bool(uji)))

    @strawberry.mutation(
        description="Simpan rekap sebagai draf; temuan tidak menghalangi, kecuali angka yang tidak dapat ditempatkan."
    )
    async def simpan_draf_rekap(self, info: HubInfo, masukan: RekapMasukan) -> HasilRekap:
        draft = await BULK.go_on(masukan.draft)
        return answer_rekap(await info.context.services.rekap.save_draft(info.context.actor, draft))

    @strawberry.mutation(
        description="Ajukan rekap dari berkas: CSV, XLSX, XLS atau ODS dengan tabel wilayah dan angka, seperti yang ada di kantor. Kolom "
        "atau baris yang tidak pasti artinya ditanyakan; pemetaan menjawabnya, dan diingat bagi berkas kantor itu berikutnya. `uji`: "
        "jawaban lengkap, tanpa menulis apa pun; `draf`: simpan sebagai draf, bukan ajukan."
    )
    async def unggah_rekap(
        self,
        info: HubInfo,
        berkas: Upload,
        pelapor: KodeWilayah,
        formulir: str,
        periode: Periode,
        kunci_idempoten: str,
        uji: bool | None = False,
        draf: bool | None = False,
        pemetaan: list[PemetaanKolom] | None = None,
        pemetaan_baris: list[PemetaanBaris] | None = None,
    ) -> HasilRekap:
        service, mapping = info.context.services.rekap_upload, mapping_of(pemetaan, pemetaan_baris)
        envelope = Envelope(pelapor, formulir, periode, kunci_idempoten)
        file = sent_file(cast(UploadedFile, berkas), envelope, mapping)
        return answer_rekap(await service.submit(info.context.actor, file, dry_run=bool(uji), keep=bool(draf)))

    @strawberry.mutation(
        description="Bagaimana hub membaca sebuah berkas rekap: arti kolom dan barisnya, dan seberapa yakin. Tidak menulis apa pun."
    )
    async def baca_berkas(
        self,
        info: HubInfo,
        berkas: Upload,
        pelapor: KodeWilayah,
        formulir: str,
        periode: Periode,
        pemetaan: list[PemetaanKolom] | None = None,
        pemetaan_baris: list[PemetaanBaris] | None = None,
    ) -> HasilBacaBerkas:
        service, mapping = info.context.services.rekap_upload, mapping_of(pemetaan, pemetaan_baris)
        file = sent_file(cast(UploadedFile, berkas), preview_envelope(pelapor, formulir, periode), mapping)
        return await read_file(service, info.context.actor, file, info)

    @strawberry.mutation(
        description="Tetapkan tenggat sebuah formulir dan periode bagi provinsi Anda atau satu kabupaten/kotanya. Rekap yang sudah ada ikut: "
        "tenggatnya, tepat waktunya dan kelengkapannya. Ketetapan lama tetap tersimpan; yang sama boleh diulang."
    )
    async def atur_tenggat(self, info: HubInfo, masukan: TenggatMasukan) -> HasilTenggat:
        return await answer_deadline(
            await info.context.services.deadlines.set(info.context.actor, masukan.draft()), info
        )

    @strawberry.mutation(
        description="Catat bahwa kabupaten/kota diingatkan tentang rekap yang belum diajukan, dan dapatkan teks untuk dikirim: satu pesan "
        "tiap kantor. Yang sudah diajukan tidak diingatkan; bila ada yang keliru, tidak ada yang dicatat (lihat temuan)."
    )
    async def catat_pengingat(self, info: HubInfo, rekap: list[RekapDiminta], saluran: str) -> HasilPengingat:
        draft = ReminderDraft(tuple(r.key() for r in rekap), saluran)
        return await answer_reminder(await info.context.services.reminders.note(info.context.actor, draft), info)

    @strawberry.mutation(
        description="Simpan sumber daya sosial: yang baru, atau seluruh isi yang sudah ada. Kiriman yang sama boleh diulang."
    )
    async def simpan_sumber_daya(self, info: HubInfo, masukan: SumberDayaMasukan) -> HasilSumberDaya:
        return answer(await info.context.services.sumber_daya.save(info.context.actor, masukan.draft()))

    @strawberry.mutation(
        description="Unggah daftar sumber daya satu jenis (CSV atau XLSX): kabupaten/kota sendiri, atau bagi provinsi banyak "
        "kabupaten/kota dengan kolom Kab/Kota. Semua baris ditulis, atau tidak satu pun. Kiriman yang sama boleh diulang."
    )
    async def unggah_sumber_daya(
        self,
        info: HubInfo,
        berkas: Upload,
        jenis: JenisSumberDaya,
        kabupaten: Annotated[
            KodeWilayah | None, strawberry.argument(description="Wilayah daftar ini; null: wilayah token Anda.")
        ] = None,
        uji: bool | None = False,
        sejak: Annotated[
            date | None, strawberry.argument(description="Hari pertama ada bagi baris yang tidak menyebutnya.")
        ] = None,
    ) -> HasilImporSumberDaya:
        service, actor, file = info.context.services.sumber_daya_import, info.context.actor, cast(UploadedFile, berkas)
        asked = ImportRequest(jenis.value, actor.wilayah if kabupaten is None else kabupaten, sejak, bool(uji))
        return answer_import(await service.upload(actor, file.name, file.content, asked))

    @strawberry.mutation(description="Catat satu dokumen dalam buku stok gudang bencana.")
    async def catat_mutasi_stok(self, info: HubInfo, masukan: MutasiStokMasukan) -> HasilStok:
        return _answer_stok(await info.context.services.stok.record(info.context.actor, masukan.draft()))

    @strawberry.mutation(
        description="Terima barang yang dikirim kantor lain ke gudang Anda: seluruhnya masuk buku gudang itu sekarang. Yang kurang atau "
        "rusak di jalan dibetulkan sesudahnya dengan KOREKSI."
    )
    async def terima_pindahan(
        self,
        info: HubInfo,
        id: Annotated[strawberry.ID, strawberry.argument(description="Id pindahan, lihat pindahanMasuk.")],
        kunci_idempoten: Annotated[
            str, strawberry.argument(description="Kunci penerimaan ini; diulang: tanda terima pertama.")
        ],
    ) -> HasilStok:
        return _answer_stok(await info.context.services.transfer.accept(info.context.actor, id, kunci_idempoten))

    @strawberry.mutation(
        description="Tolak barang yang dikirim kantor lain ke gudang Anda: barangnya kembali ke buku gudang pengirim."
    )
    async def tolak_pindahan(
        self,
        info: HubInfo,
        id: Annotated[strawberry.ID, strawberry.argument(description="Id pindahan, lihat pindahanMasuk.")],
        alasan: Annotated[str, strawberry.argument(description="Mengapa ditolak; terbaca oleh pengirim.")],
    ) -> HasilStok:
        return _answer_stok(await info.context.services.transfer.refuse(info.context.actor, id, alasan))

    @strawberry.mutation(description="Tetapkan stok minimum gudang bencana sejak suatu hari (tanpa ini: hari ini).")
    async def atur_stok_minimum(
        self, info: HubInfo, gudang: strawberry.ID, minimum: list[MinimumMasukan], sejak: date | None = None
    ) -> HasilStok:
        minimums = [(m.barang, m.jumlah) for m in minimum]
        return _answer_stok(await info.context.services.stok.set_minimum(info.context.actor, gudang, minimums, sejak))

    @strawberry.mutation(description="Simpan seorang anggota Tagana dalam register kabupaten/kota Anda.")
    async def simpan_tagana(self, info: HubInfo, masukan: TaganaMasukan) -> HasilTagana:
        result = await info.context.services.tagana.save(info.context.actor, masukan.draft())
        return TaganaDitolak.of(result) if isinstance(result, Refused) else TaganaTersimpan.of(result)

    @strawberry.mutation(
        description="Verifikasi seorang anggota Tagana: kabupaten/kota sesudah mendata, lalu provinsi (dengan izin membaca nama, "
        "dan tercatat)."
    )
    async def verifikasi_tagana(self, info: HubInfo, id: strawberry.ID, versi: int) -> HasilTagana:
        result = await info.context.services.tagana.verify(info.context.actor, id, versi)
        return TaganaDitolak.of(result) if isinstance(result, Refused) else TaganaTersimpan.of(result)

    @strawberry.mutation(
        description="Beri provinsi izin membaca nama dalam register kabupaten/kota Anda, dengan batas waktu."
    )
    async def izinkan_nama(self, info: HubInfo, masukan: IzinNamaMasukan) -> HasilIzinNama:
        service, m = info.context.services.tagana, masukan
        result = await service.grant(info.context.actor, m.kabupaten, m.sampai, m.alasan, m.sejak)
        return TaganaDitolak.of(result) if isinstance(result, Refused) else IzinNamaTercatat.of(result)

    @strawberry.mutation(description="Cabut izin membaca nama; berlaku seketika.")
    async def cabut_izin_nama(self, info: HubInfo, id: strawberry.ID) -> HasilIzinNama:
        result = await info.context.services.tagana.withdraw(info.context.actor, id)
        return TaganaDitolak.of(result) if isinstance(result, Refused) else IzinNamaTercatat.of(result)

    @strawberry.mutation(
        description="Bagi provinsi yang mendapat izin: baca nama dalam register sebuah kabupaten/kota. Setiap pembacaan dicatat dan "
        "dapat dilihat kabupaten/kota itu (catatanAkses)."
    )
    async def baca_nama_tagana(
        self, info: HubInfo, kabupaten: KodeWilayah, tujuan: str, first: int | None = 50, after: str | None = None
    ) -> HasilBacaNama:
        count = 50 if first is None else first
        result = await info.context.services.tagana.read_names(info.context.actor, kabupaten, tujuan, count, after)
        return TaganaDitolak.of(result) if isinstance(result, Refused) else NamaTaganaTerbaca.of(result)

    @strawberry.mutation(
        description="Simpan WKSBM: yang baru, atau seluruh isi yang sudah ada. Kiriman yang sama boleh diulang."
    )
    async def simpan_wksbm(self, info: HubInfo, masukan: WksbmMasukan) -> HasilWksbm:
        return answer_wksbm(await info.context.services.wksbm.save(info.context.actor, masukan.draft()))

    @strawberry.mutation(description="Tambahkan kegiatan sebuah WKSBM. Yang sudah tercatat sama persis dibiarkan.")
    async def catat_kegiatan_wksbm(
        self, info: HubInfo, id: strawberry.ID, kegiatan: list[KegiatanWksbmMasukan]
    ) -> HasilWksbm:
        activities = [k.draft() for k in kegiatan]
        return answer_wksbm(await info.context.services.wksbm.record_activities(info.context.actor, id, activities))

    @strawberry.mutation(
        description="Pindahkan WKSBM ke tahap lain: maju satu tahap bila kegiatan tahapnya sekarang sudah dilaksanakan semua, atau "
        "mundur; sesudah mundur, kegiatan dihitung sejak hari itu. Riwayatnya tetap."
    )
    async def pindah_tahap_wksbm(
        self, info: HubInfo, id: strawberry.ID, tahap: TahapWksbm, sejak: date, alasan: str | None = None
    ) -> HasilWksbm:
        service = info.context.services.wksbm
        return answer_wksbm(await service.move(info.context.actor, id, tahap.name, sejak, alasan))

    @strawberry.mutation(
        description="Catat hubungan sebuah WKSBM dengan WKSBM lain, sumber daya sosial atau mitra luar, akhiri, atau ubah. Kiriman yang "
        "sama boleh diulang."
    )
    async def hubungkan_wksbm(self, info: HubInfo, masukan: HubunganMasukan) -> HasilWksbm:
        return answer_wksbm(await info.context.services.links.link(info.context.actor, masukan.draft()))

    @strawberry.mutation(
        description="Catat mitra luar, atau betulkan nama dan jenisnya. Yang membetulkan: kantor pencatatnya atau yang di atasnya."
    )
    async def simpan_mitra_luar(self, info: HubInfo, masukan: MitraLuarMasukan) -> HasilMitra:
        return answer_partner(await info.context.services.links.save_partner(info.context.actor, masukan.draft()))
