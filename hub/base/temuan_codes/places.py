"""Codes about where something is: regions, desa, points."""

from hub.base.temuan_codes.entry import ERROR, WARNING, FindingCode, Subject, error, info, warning

PLACES = Subject(
    "Wilayah, desa dan titik",
    (
        error("WILAYAH_KOSONG", "Baris tidak menyebut wilayah.", "Isi kode atau nama wilayahnya."),
        error("WILAYAH_BUKAN_KODE", "Isi bukan kode wilayah.", "Tulis kode seperti 53.14.01.2005."),
        error(
            "WILAYAH_DI_LUAR", "Wilayah bukan bagian wilayah pelapor.", "Sebut wilayah pelapor sendiri atau bagiannya."
        ),
        error(
            "WILAYAH_TIDAK_BERLAKU",
            "Wilayah tidak berlaku pada periode ini.",
            "Pakai wilayah yang berlaku pada periode itu.",
        ),
        error(
            "WILAYAH_TAK_DIKENAL",
            "Wilayah tidak dikenal; wilayah baru tidak dibuat dari rekap.",
            "Perbaiki kode atau namanya.",
        ),
        error(
            "WILAYAH_RANGKAP",
            "Nama wilayah dapat berarti lebih dari satu.",
            "Tulis kodenya, atau sebutkan kecamatannya.",
        ),
        FindingCode(
            "LEMBAGA_SEBAGAI_WILAYAH",
            (ERROR, WARNING),
            "Nama lembaga ditulis di tempat nama wilayah.",
            "Tulis wilayahnya; lembaganya sendiri didaftarkan sebagai sumber daya sosial.",
        ),
        warning(
            "NAMA_MIRIP",
            "Nama tidak sama persis; dibaca sebagai wilayah yang paling mirip.",
            "Periksa wilayah yang terbaca; bila keliru, tulis kodenya.",
        ),
        warning(
            "KODE_LAIN_MASA",
            "Kode wilayah tidak berlaku pada masa itu; dipakai kode penggantinya.",
            "Periksa wilayah yang dipakai, lalu tulis kode yang berlaku.",
        ),
        info(
            "SEBELUM_DAFTAR_WILAYAH",
            "Periode berakhir sebelum daftar wilayah tertua yang dimiliki hub; wilayahnya dibaca menurut daftar itu.",
            "Tidak ada yang harus diperbaiki; periksa saja wilayah yang dahulu bernama atau berbatas lain.",
        ),
        error(
            "KABUPATEN_BUKAN_KODE",
            "Wilayah daftar bukan kode kabupaten/kota atau provinsi.",
            "Sebut kodenya, seperti 53.14 atau 53.",
        ),
        error("KABUPATEN_KOSONG", "Kabupaten/kota baris ini tidak disebut.", "Isi kolom Kab/Kota."),
        error(
            "KABUPATEN_LAIN",
            "Baris menyebut kabupaten/kota yang lain daripada daftarnya.",
            "Perbaiki kolomnya, atau kirim baris itu dalam daftar kabupaten/kotanya.",
        ),
        error(
            "KABUPATEN_TAK_DIKENAL",
            "Kabupaten/kota tidak dikenal, atau dapat berarti lebih dari satu.",
            "Tulis kode atau nama lengkapnya.",
        ),
        error("KECAMATAN_TAK_DIKENAL", "Kecamatan tidak dikenal.", "Perbaiki nama kecamatannya."),
        error("DESA_KOSONG", "Desa atau kelurahan tidak disebut.", "Isi kolom Desa dan Kecamatan, atau kode desa."),
        error("DESA_BUKAN_KODE", "Isi bukan kode desa.", "Tulis kode seperti 53.14.01.2005."),
        error(
            "DESA_DI_LUAR",
            "Desa di luar wilayah yang boleh ditulis, atau di luar kabupaten/kota semula.",
            "Sebut desa di kabupaten/kota itu; yang pindah ditutup di sana dan dibuat baru di sini.",
        ),
        error("DESA_TIDAK_BERLAKU", "Desa tidak berlaku lagi.", "Pakai desa penggantinya."),
        error(
            "DESA_TAK_DIKENAL", "Desa tidak dikenal atau tidak berlaku pada hari itu.", "Perbaiki kode atau namanya."
        ),
        error(
            "DESA_RANGKAP",
            "Nama desa dapat berarti lebih dari satu desa.",
            "Tulis kodenya, atau sebutkan kecamatannya.",
        ),
        error(
            "BUKAN_DESA",
            "Yang disebut adalah kecamatan, kabupaten/kota atau provinsi.",
            "Sebut desa atau kelurahannya.",
        ),
        error(
            "KODE_DAN_NAMA_BEDA",
            "Kode dan nama di satu baris menyebut wilayah yang berlainan.",
            "Perbaiki salah satunya.",
        ),
        warning(
            "NAMA_TAK_SESUAI_KODE",
            "Nama di samping kode wilayah tidak menyerupai nama wilayah itu, dan bukan nama wilayah lain.",
            "Periksa kode dan namanya; yang dibaca kodenya.",
        ),
        error(
            "DESA_DAN_KECAMATAN_BEDA",
            "Desa di satu baris tidak terletak di kecamatan yang ditulis di sampingnya.",
            "Perbaiki desa atau kecamatannya.",
        ),
        info(
            "DESA_DARI_ALAMAT",
            "Desa dibaca dari alamat, karena tidak disebut tersendiri.",
            "Periksa desa yang terbaca; bila keliru, isi kolom Desa.",
        ),
        error(
            "TITIK_TIDAK_SAH",
            "Titik tidak terbaca sebagai tempat di bumi.",
            "Tulis derajat: lintang dan bujur, atau GeoJSON Point dengan bujur lebih dahulu.",
        ),
        error("TITIK_RAHASIA", "Titik tempat yang dirahasiakan tidak boleh disimpan.", "Kosongkan titiknya."),
        warning(
            "SUMBU_TERTUKAR",
            "Lintang dan bujur tertukar, dan dibaca terbalik.",
            "Periksa titiknya; tulis lintang lebih dahulu.",
        ),
        warning(
            "TITIK_DI_DESA_LAIN", "Titik terletak di desa lain daripada yang disebut.", "Perbaiki titik atau desanya."
        ),
        warning(
            "TITIK_DI_LUAR_BATAS",
            "Titik di luar batas desa yang disebut dan tidak di desa mana pun.",
            "Periksa bujur dan lintangnya.",
        ),
    ),
)
