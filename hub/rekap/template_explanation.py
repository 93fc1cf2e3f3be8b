"""The sheet of explanations of a form's template: what each figure is, who counts it, how to write what is no figure, how to send. Pure."""

from typing import Any

from hub.base.kode import level_of
from hub.base.temuan import display
from hub.katalog.katalog import Elemen
from hub.lembar.template_book import Area, TemplateBook, height_of, print_on_pages, write_texts
from hub.rekap.template_layout import AskedSheet, FormTemplate, asked_dimensions, period_title, short_name
from hub.rekap.template_sheets import WORDS

_HEAD = (
    "Kode",
    "Elemen",
    "Satuan",
    "Yang dihitung",
    "Diisi di lembar",
    "Berubah tiap",
    "Boleh berisi",
    "Rincian lain yang dapat ditambahkan",
)
_WIDTHS = (9, 34, 12, 60, 16, 12, 22, 34)  # letters
_OFTEN = {
    "BULAN": "bulan", "TRIWULAN": "triwulan", "SEMESTER": "semester", "TAHUN": "tahun", "KEJADIAN": "kejadian",
}  # fmt: skip
_HOW = (
    ("Angka", "Tulis angkanya saja, tanpa satuan dan tanpa titik ribuan: 1250. Uang dalam rupiah penuh. Nol ditulis 0."),
    ("Tidak ada data", f'Biarkan kosong, atau tulis "{WORDS[0]}". Keduanya bukan nol.'),
    ("Tidak dilaksanakan", f'Kegiatannya memang tidak ada pada periode ini: tulis "{WORDS[1]}".'),
    ("Tidak berlaku", f'Tidak dapat ada di wilayah itu: tulis "{WORDS[2]}".'),
    ("Seluruhnya dan rinciannya", "Isi kolom seluruhnya; rinciannya bila diketahui. Bila semua bagiannya diisi, jumlahnya harus sama "
     "dengan seluruhnya; yang berbeda tampak merah. Bila seluruhnya dikosongkan, hub menjumlahkan bagian yang lengkap."),
    ("Jumlah", "Baris jumlah adalah rumus; jangan diisi. Hub mencocokkannya dengan isinya."),
    ("Menempel", "Tidak ada sel yang terkunci: kolom dapat ditempel dari berkas lain. Tempel sebagai nilai saja, di baris wilayah yang benar."),
    ("Menambah kolom", "Rincian lain: tambah kolom, dan tulis di baris kode judulnya, misalnya BEN01[jenis_bencana=kekeringan]. Di lembar "
     "daftar: tambah baris, dengan elemen dan rinciannya."),
    ("Mengirim", "Simpan sebagai XLSX, lalu unggah dengan unggahRekap (pelapor, formulir dan periode seperti di atas), atau serahkan kepada "
     "pengelola hub (hub import rekap). bacaBerkas menunjukkan lebih dahulu cara hub membacanya, tanpa menyimpan apa pun."),
)  # fmt: skip


def write_explanation(book: TemplateBook, template: FormTemplate) -> None:
    f = template.formulir
    titles = [
        f"Penjelasan {f.kode} {f.nama}",
        f"Pelapor {template.office} ({template.pelapor}), periode {period_title(template.periode)} ({template.periode})",
    ]
    sheet = book.add_sheet("Penjelasan", titles, None)
    row = len(titles) + 2
    for what, how in _HOW:
        sheet.merge_range(row, 0, row, 1, what, book.format("head"))
        sheet.merge_range(row, 2, row, len(_HEAD) - 1, how, book.format("text"))
        sheet.set_row(row, height_of([how], [sum(_WIDTHS[2:])]))
        row += 1
    row += 1
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    write_texts(sheet, row, _HEAD, book.format("head"))
    header = row
    for asked in template.sheets:
        seen: set[str] = set()
        for figure in asked.figures:
            if figure.elemen.kode not in seen:
                seen.add(figure.elemen.kode)
                row += 1
                _write_element(book, sheet, row, figure.elemen, asked, template)
    for elemen in template.counted:
        row += 1
        texts = (
            elemen.kode,
            elemen.nama,
            elemen.satuan,
            elemen.definisi or "",
            "tidak diisi: dihitung hub",
            "",
            "",
            "",
        )
        write_texts(sheet, row, texts, book.format("text"))
        sheet.set_row(row, height_of(texts, _WIDTHS))
    print_on_pages(sheet, Area(0, 0, row, len(_HEAD) - 1), (header, header))


def _write_element(
    book: TemplateBook, sheet: Any, row: int, elemen: Elemen, asked: AskedSheet, template: FormTemplate
) -> None:
    asked_for = {d.kode for d in asked_dimensions(elemen)}
    more = "; ".join(f"{d.kode} ({short_name(d)})" for d in elemen.rincian if d.kode not in asked_for)
    own = level_of(template.pelapor)
    whole = " (seluruh kantor)" if asked.level is own and elemen.tingkat > own else ""
    texts = (
        elemen.kode, elemen.nama, elemen.satuan, elemen.definisi or "", asked.name + whole, _OFTEN.get(elemen.frekuensi, ""),
        _bounds(elemen), more,
    )  # fmt: skip
    write_texts(sheet, row, texts, book.format("text"))
    sheet.set_row(row, height_of(texts, _WIDTHS))


def _bounds(elemen: Elemen) -> str:
    least, most = elemen.batas.minimum or 0, elemen.batas.maksimum
    kind = "bilangan bulat" if elemen.bulat else "angka"
    return f"{kind} {display(least)} atau lebih" if most is None else f"{kind} {display(least)} sampai {display(most)}"
