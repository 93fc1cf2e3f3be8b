"""Codes of WKSBM networks, their phases and their links."""

from hub.base.temuan_codes.entry import ERROR, WARNING, FindingCode, Subject, error, info, warning

WKSBM = Subject(
    "WKSBM",
    (
        error(
            "WKSBM_TAK_ADA",
            "Jejaring WKSBM itu tidak ada.",
            "Daftarkan dahulu dengan simpanWksbm, atau perbaiki id-nya.",
        ),
        error(
            "ID_TERPAKAI",
            "Id sudah dipakai jejaring di kabupaten/kota lain.",
            "Kirim tanpa id untuk mendapat yang baru.",
        ),
        error("JENIS_TAK_DIKENAL", "Jenis anggota bukan jenis PSKS yang dikenal.", "Tulis kode atau nama jenis PSKS."),
        error(
            "KEGIATAN_TAK_DIKENAL", "Kegiatan bukan kegiatan WKSBM yang dikenal.", "Tulis kode atau nama kegiatannya."
        ),
        error(
            "ANGGOTA_TANPA_JENIS",
            "Daftar menyebut anggota tanpa jenis PSKS-nya.",
            "Isi kolom Jenis Anggota, atau tulis jenisnya dalam kurung di belakang namanya.",
        ),
        error("KEGIATAN_KOSONG", "Daftar menyebut tanggal atau uraian tanpa kegiatannya.", "Isi kolom Kegiatan."),
        error(
            "KEGIATAN_TANPA_TANGGAL",
            "Daftar menyebut kegiatan tanpa tanggal lengkap.",
            "Isi kolom Tanggal Kegiatan, atau tulis tanggalnya di belakang kegiatan.",
        ),
        error(
            "ISIAN_BERBEDA",
            "Baris-baris satu jejaring dalam daftar mengatakan hal yang berlainan.",
            "Samakan isinya, atau tulis sekali saja.",
        ),
        error("KEGIATAN_GANDA", "Kegiatan yang sama disebut dua kali.", "Bedakan uraiannya, atau sisakan satu."),
        info(
            "NAMA_KELOMPOK",
            "Anggota jenis ini perorangan; hub tidak menyimpan nama orang di sini.",
            "Tulis nama kelompoknya, bukan nama orang.",
        ),
        warning(
            "ANGGOTA_DIHILANGKAN",
            "Anggota yang tercatat tidak disebut lagi dan dianggap salah catat.",
            "Bila ia keluar, tetap sebut dengan sampai.",
        ),
        warning(
            "KEGIATAN_DIHILANGKAN",
            "Kegiatan yang tercatat tidak disebut lagi dan dianggap salah catat.",
            "Sebut lagi bila memang dilaksanakan.",
        ),
        error(
            "DI_LUAR_MASA",
            "Hari yang disebut di luar masa jejaring, tahap, kegiatan atau ujung hubungannya.",
            "Perbaiki harinya menurut masa yang disebut pesannya.",
        ),
        error(
            "TAHAP_LEWAT_PINDAH", "Tahap jejaring yang sudah ada diubah dengan menyimpannya.", "Pakai pindahTahapWksbm."
        ),
        warning(
            "TAHAP_TANPA_RIWAYAT",
            "Jejaring didaftarkan langsung dalam tahap lanjut; kegiatan sebelumnya tidak diperiksa.",
            "Periksa tahapnya.",
        ),
        error("TAHAP_SAMA", "Jejaring sudah dalam tahap itu.", "Tidak perlu dipindahkan."),
        error("TAHAP_MELOMPAT", "Tahap di antaranya dilewati.", "Pindahkan dahulu ke tahap berikutnya."),
        error(
            "KEGIATAN_KURANG",
            "Kegiatan wajib tahap ini belum semua dilaksanakan.",
            "Laksanakan dan catat kegiatan yang disebut, lalu pindahkan.",
        ),
        error(
            "SEJAK_TERLALU_DINI", "Hari pindah mendahului mulainya tahap sekarang.", "Tulis hari itu atau sesudahnya."
        ),
        error(
            "SEJAK_BELUM_TIBA",
            "Hari mulai tahap belum tiba, atau jejaringnya sudah tidak ada.",
            "Tulis hari yang sudah tiba, selama jejaringnya ada.",
        ),
    ),
)

LINKS = Subject(
    "Hubungan dan mitra WKSBM",
    (
        error("JENIS_KOSONG", "Jenis hubungan atau mitra kosong.", "Isi jenisnya, misalnya kerja sama atau yayasan."),
        error(
            "TUJUAN_TIDAK_TUNGGAL",
            "Ujung hubungan tidak disebut, atau disebut dua.",
            "Sebut tepat satu: tujuan atau mitra.",
        ),
        error("TUJUAN_TAK_ADA", "Ujung hubungan tidak ada.", "Perbaiki id-nya."),
        error("UJUNG_SAMA", "Jejaring dihubungkan dengan dirinya sendiri.", "Sebut ujung yang lain."),
        warning(
            "SKALA_JANGGAL",
            "Skala lokal, padahal ujungnya di kabupaten/kota lain.",
            "Pakai REGIONAL bila memang begitu.",
        ),
        warning(
            "SUDAH_DARI_SANA",
            "Hubungan ini sudah dicatat oleh ujung yang lain.",
            "Satu catatan cukup; akhiri salah satunya.",
        ),
        error(
            "HUBUNGAN_BERTUMPANG",
            "Hubungan sejenis antara keduanya sudah ada pada masa itu.",
            "Akhiri dahulu, atau ubah yang itu.",
        ),
        FindingCode(
            "MITRA_SUDAH_ADA",
            (ERROR, WARNING),
            "Mitra dengan nama itu sudah tercatat.",
            "Pakai mitra yang tercatat, atau beri nama lain.",
        ),
        error("MITRA_TAK_ADA", "Mitra itu tidak ada.", "Perbaiki id mitranya."),
    ),
)
