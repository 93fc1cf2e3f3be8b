"""Codes of WKSBM networks, their phases and their links."""

from hub.base.temuan_codes.entry import GALAT, PERINGATAN, FindingCode, Subject, galat, info, peringatan

WKSBM = Subject(
    "WKSBM",
    (
        galat(
            "WKSBM_TAK_ADA",
            "Jejaring WKSBM itu tidak ada.",
            "Daftarkan dahulu dengan simpanWksbm, atau perbaiki id-nya.",
        ),
        galat(
            "ID_TERPAKAI",
            "Id sudah dipakai jejaring di kabupaten/kota lain.",
            "Kirim tanpa id untuk mendapat yang baru.",
        ),
        galat("JENIS_TAK_DIKENAL", "Jenis anggota bukan jenis PSKS yang dikenal.", "Tulis kode atau nama jenis PSKS."),
        galat(
            "KEGIATAN_TAK_DIKENAL", "Kegiatan bukan kegiatan WKSBM yang dikenal.", "Tulis kode atau nama kegiatannya."
        ),
        galat("KEGIATAN_GANDA", "Kegiatan yang sama disebut dua kali.", "Bedakan uraiannya, atau sisakan satu."),
        info(
            "NAMA_KELOMPOK",
            "Anggota jenis ini perorangan; hub tidak menyimpan nama orang di sini.",
            "Tulis nama kelompoknya, bukan nama orang.",
        ),
        peringatan(
            "ANGGOTA_DIHILANGKAN",
            "Anggota yang tercatat tidak disebut lagi dan dianggap salah catat.",
            "Bila ia keluar, tetap sebut dengan sampai.",
        ),
        peringatan(
            "KEGIATAN_DIHILANGKAN",
            "Kegiatan yang tercatat tidak disebut lagi dan dianggap salah catat.",
            "Sebut lagi bila memang dilaksanakan.",
        ),
        galat(
            "DI_LUAR_MASA",
            "Hari yang disebut di luar masa jejaring, tahap, kegiatan atau ujung hubungannya.",
            "Perbaiki harinya menurut masa yang disebut pesannya.",
        ),
        galat(
            "TAHAP_LEWAT_PINDAH", "Tahap jejaring yang sudah ada diubah dengan menyimpannya.", "Pakai pindahTahapWksbm."
        ),
        peringatan(
            "TAHAP_TANPA_RIWAYAT",
            "Jejaring didaftarkan langsung dalam tahap lanjut; kegiatan sebelumnya tidak diperiksa.",
            "Periksa tahapnya.",
        ),
        galat("TAHAP_SAMA", "Jejaring sudah dalam tahap itu.", "Tidak perlu dipindahkan."),
        galat("TAHAP_MELOMPAT", "Tahap di antaranya dilewati.", "Pindahkan dahulu ke tahap berikutnya."),
        galat(
            "KEGIATAN_KURANG",
            "Kegiatan wajib tahap ini belum semua dilaksanakan.",
            "Laksanakan dan catat kegiatan yang disebut, lalu pindahkan.",
        ),
        galat(
            "SEJAK_TERLALU_DINI", "Hari pindah mendahului mulainya tahap sekarang.", "Tulis hari itu atau sesudahnya."
        ),
        galat(
            "SEJAK_BELUM_TIBA",
            "Hari mulai tahap belum tiba, atau jejaringnya sudah tidak ada.",
            "Tulis hari yang sudah tiba, selama jejaringnya ada.",
        ),
    ),
)

LINKS = Subject(
    "Hubungan dan mitra WKSBM",
    (
        galat("JENIS_KOSONG", "Jenis hubungan atau mitra kosong.", "Isi jenisnya, misalnya kerja sama atau yayasan."),
        galat(
            "TUJUAN_TIDAK_TUNGGAL",
            "Ujung hubungan tidak disebut, atau disebut dua.",
            "Sebut tepat satu: tujuan atau mitra.",
        ),
        galat("TUJUAN_TAK_ADA", "Ujung hubungan tidak ada.", "Perbaiki id-nya."),
        galat("UJUNG_SAMA", "Jejaring dihubungkan dengan dirinya sendiri.", "Sebut ujung yang lain."),
        peringatan(
            "SKALA_JANGGAL",
            "Skala lokal, padahal ujungnya di kabupaten/kota lain.",
            "Pakai REGIONAL bila memang begitu.",
        ),
        peringatan(
            "SUDAH_DARI_SANA",
            "Hubungan ini sudah dicatat oleh ujung yang lain.",
            "Satu catatan cukup; akhiri salah satunya.",
        ),
        galat(
            "HUBUNGAN_BERTUMPANG",
            "Hubungan sejenis antara keduanya sudah ada pada masa itu.",
            "Akhiri dahulu, atau ubah yang itu.",
        ),
        FindingCode(
            "MITRA_SUDAH_ADA",
            (GALAT, PERINGATAN),
            "Mitra dengan nama itu sudah tercatat.",
            "Pakai mitra yang tercatat, atau beri nama lain.",
        ),
        galat("MITRA_TAK_ADA", "Mitra itu tidak ada.", "Perbaiki id mitranya."),
    ),
)
