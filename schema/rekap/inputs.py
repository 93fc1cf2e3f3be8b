"""GraphQL inputs of the rekap, and their way into a frozen draft."""

from datetime import date
from typing import Any

import strawberry

from hub.base.periode import Periode as BasePeriode
from hub.base.temuan import Location
from hub.rekap.draft import Cell, Column, Place, RekapDraft, Surat, Total
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
    rincian: list[PilihanRincianMasukan] | None = strawberry.field(
        default=None, description="Rincian angkanya; null: angka tanpa rincian."
    )
    alasan: str = strawberry.field(description="Apa yang perlu dilihat.")
    usulan: Desimal | None = strawberry.field(default=None, description="Angka yang diusulkan, bila ada.")


@strawberry.input(description="Satu rekap pada satu revisi.")
class RekapRevisi:
    id: strawberry.ID
    revisi: int = strawberry.field(description="Revisi terbarunya.")


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
        cells = [*self._from_tables(), *self._from_nilai()]
        total = tuple(Total(t.elemen, t.wilayah, t.tertulis) for t in self.total_tertulis or ())
        surat = Surat(self.surat.nomor, self.surat.tanggal) if self.surat else None
        return RekapDraft(
            self.pelapor, self.formulir.strip().upper(), BasePeriode.read(self.periode), self.kunci_idempoten,
            self.revisi_dasar, tuple(cells), total, surat,
        )  # fmt: skip

    def _from_tables(self) -> list[Cell]:
        cells: list[Cell] = []
        for number, table in enumerate(self.tabel or (), 1):
            lembar = f"tabel {number}"
            columns = [Column(k.elemen, choices_of(k.rincian)) for k in table.kolom]
            column_names = [str(k) for k in columns]
            for row_number, b in enumerate(table.baris, 1):
                place = Place(b.wilayah, b.nama_wilayah, b.nama_kecamatan)
                status = b.status or []
                width = max(len(columns), len(b.nilai))
                for i in range(width):
                    nilai: Any = b.nilai[i] if i < len(b.nilai) else None
                    given_status = status[i] if i < len(status) else None
                    column = columns[i] if i < len(columns) else Column(f"(kolom ke-{i + 1} tanpa kepala)")
                    location = Location(
                        lembar=lembar,
                        baris=row_number,
                        kolom=column_names[i] if i < len(column_names) else f"ke-{i + 1}",
                    )
                    implied = nilai is None and given_status is None and i < len(b.nilai)
                    cells.append(
                        Cell(place, column, nilai, given_status.value if given_status else None, location, implied)
                    )
        return cells

    def _from_nilai(self) -> list[Cell]:
        return [
            Cell(
                Place(n.wilayah, n.nama_wilayah, n.nama_kecamatan),
                Column(n.elemen, choices_of(n.rincian)),
                n.nilai,
                n.status.value if n.status else None,
                Location(indeks=i),
            )
            for i, n in enumerate(self.nilai or ())
        ]


def choices_of(pilihan: list[PilihanRincianMasukan] | None) -> tuple[tuple[str, str], ...]:
    return tuple((p.rincian, p.pilihan) for p in pilihan or ())
