"""GraphQL inputs of the Tagana register, and their way into a frozen draft."""

from datetime import date

import strawberry

from hub.tagana.draft import Deployment, TaganaDraft, Training
from schema.scalars import KodeWilayah
from schema.tagana.types import FasePenugasan, JenisKelamin


@strawberry.input(description="Pelatihan yang diikuti.")
class PelatihanMasukan:
    nama: str
    tanggal: date
    penyelenggara: str | None = None


@strawberry.input(description="Penugasan.")
class PenugasanMasukan:
    kejadian: str
    fase: FasePenugasan
    sejak: date
    sampai: date | None = strawberry.field(default=None, description="Hari pertama sesudah selesai.")
    peran: str | None = None


@strawberry.input(description="Seorang anggota Tagana. Isinya menggantikan seluruh data anggota itu.")
class TaganaMasukan:
    id: strawberry.ID | None = strawberry.field(default=None, description="null: anggota baru.")
    versi: int | None = strawberry.field(default=None, description="Versi yang menjadi dasar perubahan.")
    nama: str
    tanggal_lahir: date
    jenis_kelamin: JenisKelamin
    desa: KodeWilayah = strawberry.field(description="Kode desa tempat tinggal.")
    alamat: str | None = None
    nia: str | None = strawberry.field(default=None, description="Nomor induk anggota.")
    didata: date = strawberry.field(description="Hari didata; umurnya dinilai pada hari itu (18 sampai 40 tahun).")
    sertifikat: str | None = None
    sampai: date | None = strawberry.field(default=None, description="Hari pertama tidak lagi anggota.")
    keahlian: list[str] | None = None
    berpengetahuan: bool = strawberry.field(description="Memiliki pengetahuan kebencanaan; harus benar.")
    bersedia_dilatih: bool = strawberry.field(description="Harus benar.")
    beriman: bool = strawberry.field(description="Harus benar.")
    setia_pancasila: bool = strawberry.field(description="Harus benar.")
    pelatihan: list[PelatihanMasukan] | None = strawberry.field(default=None, description="null: sebagaimana adanya.")
    penugasan: list[PenugasanMasukan] | None = strawberry.field(default=None, description="null: sebagaimana adanya.")

    def draft(self) -> TaganaDraft:
        trainings = deployments = None
        if self.pelatihan is not None:
            trainings = tuple(Training(p.nama, p.tanggal, p.penyelenggara) for p in self.pelatihan)
        if self.penugasan is not None:
            deployments = tuple(Deployment(p.kejadian, p.fase.name, p.sejak, p.sampai, p.peran) for p in self.penugasan)
        return TaganaDraft(
            self.id, self.versi, self.nama, self.tanggal_lahir, self.jenis_kelamin.name, self.desa, self.alamat, self.nia,
            self.didata, self.sertifikat, self.sampai, tuple(self.keahlian or ()), self.berpengetahuan,
            self.bersedia_dilatih, self.beriman, self.setia_pancasila, trainings, deployments,
        )  # fmt: skip


@strawberry.input(description="Izin membaca nama, kepada provinsi dari kabupaten/kota itu. Izin sebelumnya berakhir.")
class IzinNamaMasukan:
    kabupaten: KodeWilayah
    sampai: date = strawberry.field(description="Hari pertama yang tidak lagi berlaku, menurut zona kantor.")
    sejak: date | None = strawberry.field(default=None, description="Hari pertama; null: sekarang juga.")
    alasan: str
