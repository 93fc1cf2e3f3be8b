"""Codes of how a file of figures was read: its columns, its rows, words and numbers that may mean two things."""

from hub.base.temuan_codes.entry import ERROR, WARNING, FindingCode, Subject, error, info, warning

READING = Subject(
    "Bacaan berkas rekap",
    (
        error(
            "KOLOM_DITANYAKAN",
            "Arti kolom tidak pasti; pesannya menyebut usulan hub dan seberapa yakin.",
            "Nyatakan artinya dengan pemetaan (lihat bacaBerkas), tulis kode elemennya sebagai judul, atau hapus kolomnya.",
        ),
        error(
            "JUMLAH_TAK_JELAS",
            "Baris jumlah tidak menyebut jumlah wilayah mana.",
            'Tulis wilayahnya, seperti "Jumlah Kec. Lobalain", atau nyatakan dengan pemetaanBaris.',
        ),
        error(
            "TOTAL_BERLAINAN",
            "Total yang sama tertulis lebih dari sekali dengan angka berlainan.",
            "Sisakan yang benar.",
        ),
        warning(
            "ANGKA_BERMAKNA_GANDA",
            "Titik atau koma pada angka dapat memisahkan ribuan, dapat pula pecahan; pesannya menyebut kedua bacaan.",
            "Periksa bacaan yang dipakai; bila keliru, tulis angkanya tanpa pemisah ribuan.",
        ),
        warning(
            "ISIAN_DIBACA",
            "Kata atau tanda di tempat angka dibaca sebagai status atau nol.",
            "Periksa bacaannya; bila maksudnya nol, tulis 0.",
        ),
        warning(
            "PEMETAAN_TAK_TERPAKAI",
            "Pemetaan menyebut kolom, baris atau lembar yang tidak ada dalam berkas.",
            "Salin judul kolom atau isi barisnya dari jawaban bacaBerkas.",
        ),
        FindingCode(
            "TEMPLAT_LAIN",
            (ERROR, WARNING),
            "Lembar itu templat formulir, pelapor atau periode lain daripada rekapnya; hanya periode yang lain tetap dibaca.",
            "Kirim dengan formulir, pelapor dan periode yang tertulis di templatnya, atau unduh templat yang sesuai.",
        ),
        info(
            "TEMPLAT_VERSI_LAIN",
            "Templat itu dibuat dari versi formulir yang lain daripada yang berlaku.",
            "Unduh templat baru bila ada elemen yang bertambah; angka dari templat lama tetap dibaca.",
        ),
    ),
)
