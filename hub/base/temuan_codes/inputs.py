"""Codes that any input may meet: ids, keys, files, texts, numbers, days."""

from hub.base.temuan_codes.entry import ERROR, INFO, WARNING, FindingCode, Subject, error, info, warning

INPUTS = Subject(
    "Masukan pada umumnya",
    (
        error("ID_TIDAK_SAH", "Id tidak berbentuk id di sini.", "Salin id utuh dari jawaban hub, seperti 53.14:uuid."),
        error(
            "KUNCI_KOSONG",
            "kunciIdempoten kosong atau terlalu panjang.",
            "Isi 1 sampai 200 huruf, satu kunci untuk satu kiriman.",
        ),
        error(
            "KUNCI_SUDAH_DIPAKAI",
            "kunciIdempoten sudah dipakai untuk isi lain.",
            "Pakai kunci baru untuk isi yang baru.",
        ),
        error("ALASAN_KOSONG", "Alasan wajib diisi dan kosong.", "Tulis alasannya, supaya kantor lain mengerti."),
        error("BENTROK_REVISI", "Data berubah selagi kiriman ini diolah; tidak ada yang ditulis.", "Kirim lagi."),
        error("BERKAS_TAK_TERBACA", "Berkas tidak dapat dibaca.", "Perbaiki berkas menurut pesannya, lalu kirim lagi."),
        info(
            "BERKAS_PENYANDIAN",
            "Berkas teks tidak tersimpan sebagai UTF-8; pesannya menyebut dibaca sebagai apa.",
            "Periksa huruf yang tidak biasa; lain kali simpan sebagai CSV UTF-8.",
        ),
        warning(
            "BERKAS_HURUF_RUSAK",
            "Berkas teks memuat huruf yang rusak; pesannya menyebut barisnya.",
            "Periksa baris itu, betulkan, lalu simpan ulang sebagai CSV UTF-8.",
        ),
        error("ANTREAN_PENUH", "Terlalu banyak berkas sedang dibaca.", "Kirim lagi beberapa saat kemudian."),
        FindingCode(
            "TEMUAN_DIRINGKAS",
            (ERROR, WARNING, INFO),
            "Temuan terlalu banyak untuk disebut satu per satu; sisanya dihitung menurut kode.",
            "Perbaiki dahulu yang disebut, lalu kirim lagi.",
        ),
        error("NAMA_KOSONG", "Nama tidak diisi.", "Isi namanya."),
        error("TEKS_KOSONG", "Teks yang wajib tidak diisi.", "Isi kolom yang disebut."),
        error(
            "TEKS_TAK_SAH",
            "Teks terlalu panjang atau memuat huruf kendali.",
            "Pendekkan, dan tulis dengan huruf biasa.",
        ),
        error(
            "TEKS_TIDAK_SAH",
            "Teks terlalu panjang atau memuat huruf kendali.",
            "Pendekkan, dan tulis dengan huruf biasa.",
        ),
        error(
            "TEKS_TAK_TERBACA",
            "Teks terlalu panjang atau lebih dari satu baris.",
            "Pendekkan, dan tulis dalam satu baris.",
        ),
        info(
            "PILIHAN_DIBACA",
            "Pilihan ditulis dengan sebutan atau ejaan lain; pesannya menyebut dibaca sebagai apa.",
            "Tidak perlu apa-apa bila bacaannya benar; bila keliru, tulis pilihan yang dimaksud.",
        ),
        warning(
            "PILIHAN_HAMPIR_SAMA",
            "Pilihan baru mirip dengan yang sudah ada; dicatat sebagai pilihan sendiri.",
            "Bila yang dimaksud sama, tulis seperti yang sudah ada.",
        ),
        error(
            "PILIHAN_TAK_DIKENAL",
            "Isi bukan salah satu pilihan yang ada.",
            "Pakai salah satu pilihan yang disebut pesannya.",
        ),
        error("ANGKA_TAK_TERBACA", "Isi bukan angka.", "Tulis angkanya saja, tanpa kata lain."),
        error("ANGKA_NEGATIF", "Angka kurang dari nol.", "Periksa tandanya; angka ini paling kecil nol."),
        error("ANGKA_PECAHAN", "Angka pecahan, padahal yang dihitung utuh.", "Tulis bilangan bulat."),
        error(
            "ANGKA_TERLALU_BESAR", "Angka terlalu besar untuk disimpan.", "Periksa angkanya; barangkali kelebihan nol."
        ),
        FindingCode(
            "ANGKA_TULISAN",
            (WARNING, INFO),
            "Angka ditulis dengan kata atau tanda lain; pesannya menyebut angka yang terbaca.",
            "Periksa angka yang terbaca; bila keliru, tulis angkanya saja.",
        ),
        error(
            "MASA_TERBALIK",
            "Hari berakhir tidak sesudah hari mulai.",
            "sampai adalah hari pertama tidak berlaku lagi: tulis sesudah sejak.",
        ),
        error(
            "TANGGAL_TERBALIK",
            "Hari berakhir tidak sesudah hari mulai.",
            "Tulis hari pertama yang tidak berlaku lagi, sesudah mulainya.",
        ),
        error(
            "TANGGAL_BELUM_TIBA",
            "Tanggal kejadian masih di depan, atau sesudah yang dicatat berakhir.",
            "Catat setelah terjadi, atau perbaiki tanggalnya.",
        ),
        FindingCode(
            "TIDAK_AKTIF",
            (ERROR, WARNING),
            "Yang disebut sudah tidak aktif.",
            "Pilih yang masih aktif; bila sebenarnya masih aktif, perbaiki statusnya.",
        ),
        error(
            "ANGGOTA_GANDA",
            "Anggota yang sama sudah ada atau disebut dua kali.",
            "Ubah yang sudah ada, atau sisakan satu.",
        ),
        warning(
            "MIRIP_TERDAFTAR",
            "Nama sama atau mirip sudah terdaftar di desa itu; yang ini dicatat sebagai baru.",
            "Bila yang dimaksud itu juga, ubah yang itu dengan id dan versinya, dan akhiri yang ini.",
        ),
    ),
)
