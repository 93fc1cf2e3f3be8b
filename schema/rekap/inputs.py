"""GraphQL inputs of the rekap, and their way into a frozen draft."""

from datetime import date
from typing import Any

import strawberry

from hub.base.periode import Periode as PeriodeDasar
from hub.base.temuan import Lokasi
from hub.rekap.draft import Kolom, RekapDraft, Sel, Surat, Tempat, Total
from schema.angka.types import StatusNilai
from schema.rekap.types import StatusRekap
from schema.scalars import Desimal, KodeWilayah, Periode


@strawberry.input(description="Pilihan pada satu rincian.")
class PilihanRincianMasukan:
    rincian: str
    pilihan: str


@strawberry.input(description="Kolom tabel: satu elemen, boleh dengan rincian.")
class KolomMasukan:
    elemen: str
    rincian: list[PilihanRincianMasukan] | None = None


@strawberry.input(description="Baris tabel: satu wilayah, disebut dengan kode atau dengan nama dan kecamatannya.")
class BarisMasukan:
    wilayah: KodeWilayah | None = None
    nama_wilayah: str | None = None
    nama_kecamatan: str | None = None
    nilai: list[Desimal | None] = strawberry.field(
        description="Satu angka per kolom; null berarti TIDAK_ADA_DATA kecuali `status` mengatakan lain."
    )
    status: list[StatusNilai | None] | None = strawberry.field(
        default=None, description="Satu status per kolom; null bila angkanya sudah jelas."
    )


@strawberry.input(description="Tabel: wilayah ke bawah, elemen ke samping.")
class TabelMasukan:
    kolom: list[KolomMasukan]
    baris: list[BarisMasukan]


@strawberry.input(description="Satu angka.")
class NilaiMasukan:
    wilayah: KodeWilayah | None = None
    nama_wilayah: str | None = None
    nama_kecamatan: str | None = None
    elemen: str
    rincian: list[PilihanRincianMasukan] | None = None
    nilai: Desimal | None = strawberry.field(default=None, description="0 adalah NOL; null harus disertai status.")
    status: StatusNilai | None = None


@strawberry.input(description="Jumlah yang ditulis pengirim; diperiksa terhadap jumlah yang dihitung.")
class TotalMasukan:
    elemen: str = strawberry.field(description='Kode elemen, atau penjumlahan elemen sejenis seperti "REH09 + REH10".')
    wilayah: KodeWilayah | None = strawberry.field(default=None, description="null: seluruh wilayah pelapor.")
    tertulis: Desimal


@strawberry.input(description="Surat pengantar.")
class SuratMasukan:
    nomor: str
    tanggal: date


@strawberry.input(description="Catatan provinsi pada satu angka.")
class CatatanSel:
    wilayah: KodeWilayah
    elemen: str
    alasan: str
    usulan: Desimal | None = None


@strawberry.input(description="Saringan daftarRekap; yang tidak diisi tidak menyaring.")
class SaringRekap:
    pelapor: list[KodeWilayah] | None = None
    formulir: list[str] | None = None
    periode: list[Periode] | None = None
    status: list[StatusRekap] | None = None


@strawberry.input(description="Rekap yang disimpan atau diajukan. Isinya menggantikan seluruh isi rekap itu.")
class RekapMasukan:
    pelapor: KodeWilayah
    formulir: str
    periode: Periode
    kunci_idempoten: str = strawberry.field(
        description="Kunci kiriman ini. Diulang dengan isi yang sama: tanda terima pertama. Dengan isi lain: ditolak."
    )
    revisi_dasar: int | None = strawberry.field(default=None, description="Revisi yang menjadi dasar perubahan ini.")
    tabel: list[TabelMasukan] | None = None
    nilai: list[NilaiMasukan] | None = None
    total_tertulis: list[TotalMasukan] | None = None
    surat: SuratMasukan | None = None

    def draft(self) -> RekapDraft:
        """The input as the services take it. A row that is too short or too long is padded or cut with a cell that the
        checks will refuse, so that nothing is lost silently."""
        sel = [*self._dari_tabel(), *self._dari_nilai()]
        total = tuple(Total(t.elemen, t.wilayah, t.tertulis) for t in self.total_tertulis or ())
        surat = Surat(self.surat.nomor, self.surat.tanggal) if self.surat else None
        return RekapDraft(
            self.pelapor, self.formulir.strip().upper(), PeriodeDasar.baca(self.periode), self.kunci_idempoten,
            self.revisi_dasar, tuple(sel), total, surat,
        )  # fmt: skip

    def _dari_tabel(self) -> list[Sel]:
        sel: list[Sel] = []
        for nomor, tabel in enumerate(self.tabel or (), 1):
            lembar = f"tabel {nomor}"
            kolom = [Kolom(k.elemen, _rincian(k.rincian)) for k in tabel.kolom]
            nama = [str(k) for k in kolom]
            for urut, b in enumerate(tabel.baris, 1):
                tempat = Tempat(b.wilayah, b.nama_wilayah, b.nama_kecamatan)
                status = b.status or []
                lebar = max(len(kolom), len(b.nilai))
                for i in range(lebar):
                    nilai: Any = b.nilai[i] if i < len(b.nilai) else None
                    tanda = status[i] if i < len(status) else None
                    sini = kolom[i] if i < len(kolom) else Kolom(f"(kolom ke-{i + 1} tanpa kepala)")
                    tempatnya = Lokasi(lembar=lembar, baris=urut, kolom=nama[i] if i < len(nama) else f"ke-{i + 1}")
                    tersirat = nilai is None and tanda is None and i < len(b.nilai)
                    sel.append(Sel(tempat, sini, nilai, tanda.value if tanda else None, tempatnya, tersirat))
        return sel

    def _dari_nilai(self) -> list[Sel]:
        return [
            Sel(
                Tempat(n.wilayah, n.nama_wilayah, n.nama_kecamatan),
                Kolom(n.elemen, _rincian(n.rincian)),
                n.nilai,
                n.status.value if n.status else None,
                Lokasi(indeks=i),
            )
            for i, n in enumerate(self.nilai or ())
        ]


def _rincian(pilihan: list[PilihanRincianMasukan] | None) -> tuple[tuple[str, str], ...]:
    return tuple((p.rincian, p.pilihan) for p in pilihan or ())
