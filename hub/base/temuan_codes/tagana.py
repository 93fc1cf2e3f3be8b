"""Codes of the Tagana register."""

from hub.base.temuan_codes.entry import Subject, error, warning

TAGANA = Subject(
    "Register Tagana",
    (
        error("TAGANA_TAK_ADA", "Anggota itu tidak ada dalam register.", "Perbaiki id-nya."),
        error(
            "KRITERIA_TIDAK_TERPENUHI",
            "Salah satu kriteria anggota Tagana tidak terpenuhi.",
            "Daftarkan setelah kriterianya terpenuhi.",
        ),
        error(
            "UMUR_DI_LUAR",
            "Umur saat didata di luar 18 sampai 40 tahun.",
            "Periksa tanggal lahir dan tanggal pendataan.",
        ),
        warning("SEBELUM_DIDATA", "Penugasan mendahului pendataan.", "Periksa tanggalnya."),
        error("TERLALU_BANYAK", "Keahlian, pelatihan atau penugasan terlalu banyak.", "Sisakan yang utama."),
        warning("VERIFIKASI_GUGUR", "Jati diri berubah, sehingga verifikasinya gugur.", "Verifikasi sekali lagi."),
        error(
            "TAHAP_TAGANA",
            "Anggota tidak dalam tahap yang diverifikasi di sini.",
            "Lakukan dahulu verifikasi sebelumnya, atau tidak perlu lagi.",
        ),
        error(
            "KRITERIA_TAK_DINYATAKAN",
            "Daftar memuat anggota baru, dan kriterianya tidak dinyatakan.",
            "Tambahkan kolom kriterianya, atau nyatakan bahwa semua dalam daftar memenuhinya.",
        ),
        warning(
            "SERTIFIKAT_TANPA_NOMOR",
            "Sertifikat hanya dinyatakan ada; tidak disimpan.",
            "Tulis nomor sertifikatnya.",
        ),
        warning(
            "PELATIHAN_TANPA_TANGGAL",
            "Pelatihan tidak disimpan karena tanggal atau tahunnya tidak ditulis.",
            "Tulis tahunnya di belakang nama pelatihan.",
        ),
        warning(
            "GANTI_NIA",
            "Orang itu terdaftar dengan nomor induk lain; dibaca sebagai ganti nomor.",
            "Periksa nomornya, dan apakah memang orang itu.",
        ),
        error("IZIN_SURUT", "Izin hendak berlaku mulai hari yang sudah lewat.", "Mulai paling awal hari ini."),
        error("IZIN_TERLALU_LAMA", "Izin lebih dari setahun.", "Pendekkan; beri lagi bila masih perlu."),
        error("IZIN_TAK_ADA", "Izin itu tidak ada.", "Perbaiki id izinnya."),
        error(
            "HALAMAN_DI_LUAR",
            "Banyaknya nama sekali baca di luar batas.",
            "Pakai first dalam batas, dan ambil sisanya dengan after.",
        ),
    ),
)
