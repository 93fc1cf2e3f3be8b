"""Sheets written as text, and titles as an importer would know them, for the tests of tables."""

import textwrap
from collections.abc import Iterable, Mapping

from hub.lembar.row_words import letters_of
from hub.lembar.sheet import Merged, Odd, Sheet, Spot

IDENTIFYING = (
    "kecamatan|kec|desa|desa kelurahan|kelurahan|nama desa|wilayah|nama wilayah|kabupaten|kab kota|kabupaten kota|"
    "nama kabupaten kota|kode kabupaten kota|nama|lokasi kube|nama jabatan|uraian|sasaran|kode desa|wilayah kecamatan|wilayah desa|"
    "kecamatan desa|nama kecamatan"
)
FIGURES = (
    "kpm|realisasi kpm|jumlah kpm|jumlah kpm bpnt|penyaluran bantuan|cadangan beras pemerintah|tanggap darurat|logistik lansia|"
    "logistik disabilitas|jaminan hidup|jumlah anak|jumlah kube|aktif|tidak aktif|kube|rutilahu|sarling|l|p|jumlah|total|anggota|"
    "kpm pkh|pengurus|alamat|bidang pelayanan|ketua|masa berlaku|nomor tanda daftar|klien|jumlah klien|pagu anggaran|pagu|realisasi|"
    "indikator|target|ket|keterangan|rencana kpm|rencana anggaran|realisasi anggaran|satuan|tahun|desil 1|desil 2|ban01|ban02|"
    "reh01 lingkup gabungan|elemen|rincian|nilai|skala ordinal|rata rata capaian kinerja|jk|pangkat golongan|pendidikan terakhir|"
    "kategori|kuota|laki laki|perempuan|status|realisasi jumlah kuota|penanganan kasus|jumlah kec"
)


class Known:
    """Titles that are known: by their last part and the one above it, or by their last part alone below a known one."""

    def __init__(self, identifying: str = IDENTIFYING, figures: str = FIGURES) -> None:
        self._identifying = {letters_of(t) for t in identifying.split("|")}
        self._figures = {letters_of(t) for t in figures.split("|")}
        self.asked = 0

    def sureness(self, parts: tuple[str, ...]) -> float:
        self.asked += 1
        joined = letters_of("".join(parts))
        if joined in self._identifying or joined in self._figures:
            return 1.0
        keys = [letters_of(p) for p in parts]
        known = [k in self._identifying or k in self._figures for k in keys]
        return (
            0.9 if len(parts) > 1 and all(known) else 0.7 if len(parts) > 1 and known[-1] and any(known[:-1]) else 0.0
        )

    def identifies(self, parts: tuple[str, ...]) -> bool:
        return letters_of("".join(parts)) in self._identifying or letters_of(parts[-1]) in self._identifying


def written(text: str, merged: Iterable[str] = (), name: str = "Data", odd: Mapping[Spot, Odd] | None = None) -> Sheet:
    """A sheet as text: a line a row, its cells divided by "|". `merged`: ranges as spreadsheets write them, "B2:B3"."""
    lines = textwrap.dedent(text).strip("\n").split("\n")
    rows = [[c.strip().replace("\\n", "\n") for c in line.split("|")] for line in lines]
    return Sheet(name, [[] if row == [""] else row for row in rows], merged=tuple(map(span, merged)), odd=odd or {})


def span(text: str) -> Merged:
    first, last = text.split(":")
    (top, left), (bottom, right) = _spot(first), _spot(last)
    return Merged(top, left, bottom, right)


def _spot(text: str) -> Spot:
    return int(text[1:]), ord(text[0]) - ord("A")


class Generous(Known):
    """The same by the last part alone: whatever stands above a title that is known changes nothing."""

    def sureness(self, parts: tuple[str, ...]) -> float:
        return max(super().sureness(parts), super().sureness(parts[-1:]))

    def identifies(self, parts: tuple[str, ...]) -> bool:
        return super().identifies(parts[-1:])
