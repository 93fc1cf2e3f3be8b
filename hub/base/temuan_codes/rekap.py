"""Codes of the rekap: its envelope, its cells, its totals, stated performance."""

from hub.base.temuan_codes.entry import ERROR, WARNING, FindingCode, Subject, error, info, warning

REKAP = Subject(
    "Rekap",
    (
        error(
            "FORMULIR_TAK_DIKENAL",
            "Formulir tidak ada dalam katalog.",
            "Pakai salah satu formulir yang disebut pesannya.",
        ),
        error(
            "PERIODE_TERLALU_PENDEK",
            "Periode lebih pendek daripada yang diminta formulirnya.",
            "Laporkan untuk periode yang diminta formulir itu.",
        ),
        error(
            "PERIODE_BELUM_MULAI", "Periode belum mulai.", "Periksa periodenya, atau kirim setelah periode itu mulai."
        ),
        warning(
            "PERIODE_BERKAS_BEDA",
            "Semua baris berkas menyebut satu bagian tahun yang bukan periode rekapnya.",
            "Periksa periode rekapnya; bila benar, biarkan.",
        ),
        error(
            "BARIS_PERIODE_LAIN",
            "Baris berkas menyebut tahun atau periode yang bukan periode rekapnya; tidak dihitung.",
            "Sisakan baris periode itu saja; bila kolomnya bukan periode angkanya, nyatakan ABAIKAN dengan pemetaan.",
        ),
        error(
            "REKAP_TAK_ADA", "Rekap itu belum pernah dikirim.", "Periksa id-nya: kabupaten/kota, formulir dan periode."
        ),
        error(
            "KEADAAN_REKAP",
            "Tindakan tidak dapat dilakukan selagi rekap berstatus demikian.",
            "Lakukan dahulu langkah yang disebut pesannya.",
        ),
        error(
            "TERLALU_BANYAK_REKAP",
            "Lebih banyak rekap disetujui sekaligus daripada yang dapat dalam satu panggilan; tidak satu pun disetujui.",
            "Bagi menjadi beberapa panggilan.",
        ),
        error(
            "USULAN_TIDAK_ADA",
            "Revisi terbaru tidak dikembalikan dengan usulan angka, jadi tidak ada yang dapat diterima.",
            "Perbaiki angkanya sendiri menurut alasan dan catatan pengembalian, lalu ajukan.",
        ),
        warning(
            "WILAYAH_TERTINGGAL",
            "Wilayah yang dimuat revisi sebelumnya tidak ada dalam kiriman, yang menggantikan seluruh isi rekap.",
            "Bila tidak dimaksud, kirim sekali lagi bersama angka wilayah itu, yang masih tersimpan dalam revisi yang disebut.",
        ),
        error("REKAP_KOSONG", "Rekap tidak berisi satu angka pun.", "Isi angkanya, atau nyatakan statusnya per sel."),
        warning(
            "SAMA_DENGAN_PERIODE_LALU",
            "Semua angka yang bukan nol sama persis dengan rekap periode sebelumnya.",
            "Periksa apakah berkas lama yang terkirim; bila memang tidak berubah, biarkan.",
        ),
        FindingCode(
            "ANGKA_DI_LUAR_BATAS",
            (ERROR, WARNING),
            "Angka di luar yang mungkin, atau yang lazim, menurut elemen atau satuannya.",
            "Periksa angka dan satuannya: 250 persen penduduk tidak ada.",
        ),
        warning(
            "LONJAKAN_ANGKA",
            "Angka jauh dari yang biasa dilaporkan wilayah itu sendiri pada periode-periode sebelumnya.",
            "Periksa angkanya, misalnya nol yang berlebih; bila memang begitu, biarkan.",
        ),
        warning(
            "BAGIAN_TERGANTI",
            "Rekap menggantikan rekap periode yang lebih pendek tanpa menyebut semua angkanya.",
            "Sertakan juga angka yang disebut pesannya.",
        ),
        error("ELEMEN_TAK_DIKENAL", "Elemen tidak ada dalam formulir atau katalog.", "Pakai kode elemen formulir itu."),
        error(
            "ELEMEN_FORMULIR_LAIN", "Elemen termasuk formulir lain.", "Laporkan elemen itu dalam formulirnya sendiri."
        ),
        error("RINCIAN_TAK_DIKENAL", "Elemen tidak mempunyai rincian itu.", "Pakai rincian yang disebut pesannya."),
        error("RINCIAN_GANDA", "Satu rincian disebut dua kali dalam satu kolom.", "Sisakan satu."),
        error("SEL_GANDA", "Satu angka diberikan lebih dari sekali.", "Sisakan satu."),
        error(
            "STATUS_KOSONG",
            "Angka kosong tanpa status.",
            "Isi angkanya, atau status seperti TIDAK_ADA_DATA atau TIDAK_DILAKSANAKAN.",
        ),
        error(
            "STATUS_BERTENTANGAN",
            "Status tidak cocok dengan angkanya, atau hanya dipakai hub.",
            "Perbaiki status atau angkanya.",
        ),
        warning(
            "SATUAN_BEDA",
            "Satuan yang ditulis lain daripada satuan elemen.",
            "Ubah angkanya ke satuan elemen, atau hapus satuan yang keliru.",
        ),
        error(
            "PEKA_TERLALU_RINCI",
            "Angka peka diberikan per kecamatan atau desa.",
            "Laporkan sebagai jumlah seluruh kabupaten/kota.",
        ),
        info("LEBIH_RINCI", "Angka lebih rinci daripada yang diminta.", "Tidak perlu apa-apa; hub menjumlahkannya."),
        error(
            "INDUK_DAN_BAGIAN",
            "Angka diberikan untuk wilayah dan juga untuk bagiannya.",
            "Tulis jumlah wilayah sebagai total tertulis, bukan sebagai sel.",
        ),
        warning(
            "BELUM_LENGKAP",
            "Sebagian kecamatan tidak berisi angka.",
            "Lengkapi kecamatan yang disebut, atau nyatakan statusnya.",
        ),
        info(
            "SEBAGIAN_DESA",
            "Sebagian desa tidak berisi angka dan dicatat TIDAK_ADA_DATA.",
            "Lengkapi bila datanya ada.",
        ),
        FindingCode(
            "RINCIAN_TIDAK_SAMA",
            (ERROR, WARNING),
            "Jumlah menurut rinciannya lain daripada angka seluruhnya.",
            "Perbaiki rincian atau angka seluruhnya.",
        ),
        warning(
            "RINCIAN_KURANG",
            "Sebagian pilihan rincian belum ada, atau rinciannya terbuka, sehingga jumlahnya tidak diketahui.",
            "Isi pilihan yang kurang, atau tulis juga angka seluruhnya.",
        ),
        error(
            "TOTAL_BEDA",
            "Total tertulis lain daripada jumlah barisnya.",
            "Cari baris yang kurang, lebih atau keliru, atau perbaiki totalnya.",
        ),
        error(
            "TOTAL_TAK_TERBACA",
            "Total tertulis tidak terbaca.",
            "Tulis jumlah elemen, seperti BEN03 + BEN04, dan angkanya.",
        ),
        error(
            "TIDAK_BOLEH_DIJUMLAHKAN",
            "Total menjumlahkan hal yang tidak sejenis.",
            "Tulis total untuk masing-masing elemen.",
        ),
        info(
            "PENGADUAN_TANPA_LEMBAGA",
            "Ada pengaduan SLRT atau puskesos di desa yang menurut register tidak mempunyainya.",
            "Catat lembaganya di register, atau laporkan pengaduannya di desa tempat lembaga itu.",
        ),
        info(
            "REGISTER_BEDA",
            "Angka rekap lain daripada hitungan register.",
            "Lengkapi register bila rekap yang benar, betulkan rekap bila register yang benar; keduanya tetap seperti adanya.",
        ),
        warning(
            "DAFTAR_WILAYAH_BEDA",
            "Angka rekap lain daripada hitungan hub dari daftar wilayah, misalnya kelurahan yang ditulis sebagai desa.",
            "Betulkan rekapnya; bila daftar wilayah yang keliru, mintalah pengelola hub mengimpor yang benar.",
        ),
    ),
)

DEADLINES = Subject(
    "Tenggat rekap",
    (
        error(
            "TENGGAT_WILAYAH",
            "Tenggat diminta bagi kecamatan atau desa, yang tidak melapor sendiri.",
            "Tetapkan bagi seluruh provinsi atau satu kabupaten/kota.",
        ),
        error(
            "TENGGAT_TERLALU_AWAL",
            "Tenggat mendahului akhir periodenya.",
            "Pakai hari terakhir periode itu atau sesudahnya.",
        ),
        error(
            "TENGGAT_TERLALU_JAUH",
            "Tenggat lebih dari 366 hari sesudah akhir periode dan sesudah hari ini.",
            "Periksa tahunnya; pesannya menyebut hari paling lambat.",
        ),
    ),
)

REMINDERS = Subject(
    "Pengingat rekap",
    (
        error(
            "PENGINGAT_WILAYAH",
            "Pengingat diminta bagi wilayah yang bukan kabupaten/kota.",
            "Sebut kabupaten atau kotanya.",
        ),
        error(
            "PENGINGAT_TERLALU_BANYAK",
            "Rekap yang disebut dalam satu panggilan terlalu banyak.",
            "Bagilah menjadi beberapa panggilan; pesannya menyebut batasnya.",
        ),
        info(
            "PENGINGAT_TIDAK_PERLU",
            "Rekap sudah diajukan atau disetujui, sehingga kantornya tidak diingatkan dan tidak ada yang dicatat.",
            "Tidak ada yang perlu dilakukan.",
        ),
    ),
)

PERFORMANCE = Subject(
    "Kinerja dalam rekap",
    (
        warning(
            "TARGET_KOSONG", "Target indikator tidak diisi, sehingga capaiannya tidak dapat dihitung.", "Isi targetnya."
        ),
        info(
            "TAK_TERPERIKSA",
            "Angka dasarnya belum ada, sehingga yang ditulis tidak dapat diperiksa.",
            "Laporkan angka dasarnya.",
        ),
        warning(
            "SATUAN_TARGET_BEDA",
            "Target dan angka yang ditargetkan berlainan satuannya, sehingga tidak dibandingkan.",
            "Tulis realisasinya dalam satuan target pada KIN02, atau ubah target ke satuan angkanya.",
        ),
        warning("CAPAIAN_TIDAK_WAJAR", "Capaian jauh melebihi target.", "Periksa target dan realisasinya."),
        info("PEMBULATAN", "Angka yang ditulis hanya berbeda karena pembulatan.", "Tidak perlu apa-apa."),
        error(
            "TIDAK_SESUAI_HITUNGAN",
            "Angka yang ditulis tidak mengikuti angka dasarnya.",
            "Perbaiki angka yang ditulis atau angka dasarnya.",
        ),
    ),
)
