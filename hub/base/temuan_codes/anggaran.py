"""Codes of programmes: their lists, and figures of the budget that name them."""

from hub.base.temuan_codes.entry import ERROR, INFO, WARNING, FindingCode, Subject, error, warning

PROGRAMS = Subject(
    "Program dan anggaran",
    (
        error(
            "PROGRAM_KOSONG",
            "Berkas tidak memuat satu program pun yang terbaca.",
            "Beri kepala kolom Nama atau Program, dan isi satu baris per program.",
        ),
        error("PROGRAM_TERLALU_BANYAK", "Daftar program terlalu panjang.", "Bagi menurut sumber anggarannya."),
        error("PROGRAM_TERLALU_PANJANG", "Nama program terlalu panjang.", "Singkat namanya."),
        error(
            "PROGRAM_GANDA",
            "Satu nama atau alias dipakai dua program bersumber sama.",
            "Sisakan satu, atau bedakan namanya: angka hanya menyebut nama.",
        ),
        warning(
            "PROGRAM_MIRIP",
            "Nama program berbeda satu dua huruf dari program lain.",
            "Pakai ejaan yang diusulkan bila itu yang dimaksud; ejaan lain dapat ditulis sebagai alias.",
        ),
        error(
            "INDUK_TAK_DIKENAL",
            "Induk program tidak ada dalam daftar, atau bersumber lain.",
            "Perbaiki namanya, atau tambahkan baris bagi induk itu.",
        ),
        error("INDUK_BERPUTAR", "Program menjadi bagian dirinya sendiri.", "Perbaiki kolom Induk."),
        error(
            "SUMBER_TAK_DIKENAL",
            "Sumber anggaran tidak ada dalam katalog.",
            "Pakai salah satu sumber anggaran dalam katalog, misalnya APBD atau APBN.",
        ),
        warning(
            "SUMBER_DIANGGAP",
            "Sumber anggaran tidak ditulis dan dianggap yang pertama dalam katalog.",
            "Isi kolom Sumber, atau sebutkan sumbernya sewaktu memuat.",
        ),
        error(
            "TAHUN_BEDA",
            "Kolom Tahun menyebut tahun lain, atau lebih dari satu tahun.",
            "Bagi berkasnya per tahun anggaran.",
        ),
        FindingCode(
            "PROGRAM_DITUTUP",
            (WARNING, INFO),
            "Program tidak ada lagi dalam daftar, atau angka menyebut program yang tidak berlaku pada periode itu.",
            "Periksa apakah memang dihapus; bila tidak, tulis lagi dalam daftarnya.",
        ),
        FindingCode(
            "PROGRAM_TAK_DIKENAL",
            (ERROR, WARNING),
            "Angka menyebut program yang tidak ada dalam daftar program kantor itu.",
            "Pakai nama dalam daftarnya, atau muat daftar yang memuatnya (hub import program).",
        ),
        warning(
            "PROGRAM_KURANG",
            "Sebagian program dalam daftar belum berisi angka, sehingga jumlahnya tidak diketahui.",
            "Isi angkanya; 0 bila memang tidak ada, atau status TIDAK_DILAKSANAKAN.",
        ),
        warning(
            "PROGRAM_TANPA_SUMBER",
            "Angka menyebut program tanpa sumber anggarannya, sehingga tidak masuk pohon anggaran.",
            "Tulis juga rincian sumber_anggaran.",
        ),
        error(
            "PROGRAM_INDUK_BEDA",
            "Angka sebuah program tidak sama dengan jumlah bagian-bagiannya.",
            "Perbaiki salah satunya, atau kirim bagian-bagiannya saja: hub menjumlah sendiri.",
        ),
    ),
)
