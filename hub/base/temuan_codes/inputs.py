"""Codes that any input may meet: ids, keys, files, texts, numbers, days."""

from hub.base.temuan_codes.entry import GALAT, INFO, PERINGATAN, FindingCode, Subject, galat, peringatan

INPUTS = Subject(
    "Masukan pada umumnya",
    (
        galat("ID_TIDAK_SAH", "Id tidak berbentuk id di sini.", "Salin id utuh dari jawaban hub, seperti 53.14:uuid."),
        galat(
            "KUNCI_KOSONG",
            "kunciIdempoten kosong atau terlalu panjang.",
            "Isi 1 sampai 200 huruf, satu kunci untuk satu kiriman.",
        ),
        galat(
            "KUNCI_SUDAH_DIPAKAI",
            "kunciIdempoten sudah dipakai untuk isi lain.",
            "Pakai kunci baru untuk isi yang baru.",
        ),
        galat("ALASAN_KOSONG", "Alasan wajib diisi dan kosong.", "Tulis alasannya, supaya kantor lain mengerti."),
        galat("BENTROK_REVISI", "Data berubah selagi kiriman ini diolah; tidak ada yang ditulis.", "Kirim lagi."),
        galat("BERKAS_TAK_TERBACA", "Berkas tidak dapat dibaca.", "Perbaiki berkas menurut pesannya, lalu kirim lagi."),
        galat("ANTREAN_PENUH", "Terlalu banyak berkas sedang dibaca.", "Kirim lagi beberapa saat kemudian."),
        FindingCode(
            "TEMUAN_DIRINGKAS",
            (GALAT, PERINGATAN, INFO),
            "Temuan terlalu banyak untuk disebut satu per satu; sisanya dihitung menurut kode.",
            "Perbaiki dahulu yang disebut, lalu kirim lagi.",
        ),
        galat("NAMA_KOSONG", "Nama tidak diisi.", "Isi namanya."),
        galat("TEKS_KOSONG", "Teks yang wajib tidak diisi.", "Isi kolom yang disebut."),
        galat(
            "TEKS_TAK_SAH",
            "Teks terlalu panjang atau memuat huruf kendali.",
            "Pendekkan, dan tulis dengan huruf biasa.",
        ),
        galat(
            "TEKS_TIDAK_SAH",
            "Teks terlalu panjang atau memuat huruf kendali.",
            "Pendekkan, dan tulis dengan huruf biasa.",
        ),
        galat(
            "TEKS_TAK_TERBACA",
            "Teks terlalu panjang atau lebih dari satu baris.",
            "Pendekkan, dan tulis dalam satu baris.",
        ),
        galat(
            "PILIHAN_TAK_DIKENAL",
            "Isi bukan salah satu pilihan yang ada.",
            "Pakai salah satu pilihan yang disebut pesannya.",
        ),
        galat("ANGKA_TAK_TERBACA", "Isi bukan angka.", "Tulis angkanya saja, tanpa kata lain."),
        galat("ANGKA_NEGATIF", "Angka kurang dari nol.", "Periksa tandanya; angka ini paling kecil nol."),
        galat("ANGKA_PECAHAN", "Angka pecahan, padahal yang dihitung utuh.", "Tulis bilangan bulat."),
        galat(
            "ANGKA_TERLALU_BESAR", "Angka terlalu besar untuk disimpan.", "Periksa angkanya; barangkali kelebihan nol."
        ),
        FindingCode(
            "ANGKA_TULISAN",
            (PERINGATAN, INFO),
            "Angka ditulis dengan kata atau tanda lain; pesannya menyebut angka yang terbaca.",
            "Periksa angka yang terbaca; bila keliru, tulis angkanya saja.",
        ),
        galat(
            "MASA_TERBALIK",
            "Hari berakhir tidak sesudah hari mulai.",
            "sampai adalah hari pertama tidak berlaku lagi: tulis sesudah sejak.",
        ),
        galat(
            "TANGGAL_TERBALIK",
            "Hari berakhir tidak sesudah hari mulai.",
            "Tulis hari pertama yang tidak berlaku lagi, sesudah mulainya.",
        ),
        galat(
            "TANGGAL_BELUM_TIBA",
            "Tanggal kejadian masih di depan, atau sesudah yang dicatat berakhir.",
            "Catat setelah terjadi, atau perbaiki tanggalnya.",
        ),
        FindingCode(
            "TIDAK_AKTIF",
            (GALAT, PERINGATAN),
            "Yang disebut sudah tidak aktif.",
            "Pilih yang masih aktif; bila sebenarnya masih aktif, perbaiki statusnya.",
        ),
        galat(
            "ANGGOTA_GANDA",
            "Anggota yang sama sudah ada atau disebut dua kali.",
            "Ubah yang sudah ada, atau sisakan satu.",
        ),
        peringatan(
            "MIRIP_TERDAFTAR",
            "Nama sama atau mirip sudah terdaftar di desa itu; yang ini dicatat sebagai baru.",
            "Bila yang dimaksud itu juga, ubah yang itu dengan id dan versinya, dan akhiri yang ini.",
        ),
    ),
)
