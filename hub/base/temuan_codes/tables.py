"""Codes of how a file of tables is kept: sheets, rows and columns that nobody sees, cells that do not say what they hold."""

from hub.base.temuan_codes.entry import ERROR, INFO, WARNING, FindingCode, Subject, error, info, warning

TABLES = Subject(
    "Berkas tabel yang dimuat",
    (
        warning(
            "LEMBAR_TERSEMBUNYI",
            "Lembar tersembunyi; tidak dibaca.",
            "Tampilkan lembarnya lalu kirim lagi bila isinya harus masuk; hapus bila tidak.",
        ),
        FindingCode(
            "LEMBAR_DILEWATI",
            (WARNING, INFO),
            "Lembar tidak berkepala yang dikenal; dilewati.",
            "Beri kepala tabel, sedikitnya Nama atau Desa, bila lembar itu harus dibaca.",
        ),
        error(
            "BARIS_TERSEMBUNYI",
            "Baris tersembunyi atau tersaring, tetapi berisi.",
            "Tampilkan barisnya bila harus masuk, atau hapus; lalu kirim lagi.",
        ),
        FindingCode(
            "KOLOM_TERSEMBUNYI",
            (ERROR, INFO),
            "Kolom tersembunyi, tetapi berisi; bila tidak ikut dihitung, hanya disebut.",
            "Tampilkan kolomnya bila harus masuk, atau hapus; lalu kirim lagi.",
        ),
        error(
            "SEL_RUMUS",
            "Sel berisi rumus yang hasilnya tidak tersimpan dalam berkas.",
            "Buka berkasnya di aplikasi lembar kerja, simpan, lalu kirim lagi; atau ganti rumusnya dengan angkanya.",
        ),
        error(
            "SEL_KESALAHAN",
            "Sel berisi kesalahan rumus, bukan isi.",
            "Perbaiki rumusnya atau tulis isinya.",
        ),
        error(
            "SEL_TAK_TAMPAK",
            "Sel berisi sesuatu yang disembunyikan formatnya.",
            "Ubah format selnya menjadi Umum, atau hapus isinya.",
        ),
        error(
            "SEL_GABUNGAN",
            "Satu angka dalam sel gabungan untuk beberapa baris atau kolom.",
            "Batalkan gabungannya, lalu tulis angka setiap baris dan kolomnya sendiri.",
        ),
        info(
            "BARIS_DILEWATI",
            "Baris di sekitar tabel tidak dibaca sebagai baris tabel; pesannya menyebut sebabnya.",
            "Tidak perlu apa-apa bila memang judul, bagian atau keterangan; bila baris data, lengkapi isinya.",
        ),
    ),
)
