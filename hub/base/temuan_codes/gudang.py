"""Codes of disaster warehouses: their ledger, transfers between offices, the emergency plan."""

from hub.base.temuan_codes.entry import ERROR, INFO, WARNING, FindingCode, Subject, error, info, warning

WAREHOUSES = Subject(
    "Buku stok gudang bencana",
    (
        error("DOKUMEN_KOSONG", "nomorDokumen kosong.", "Isi nomor berita acara, surat jalan atau opname."),
        error("TUJUAN_KOSONG", "Barang keluar tanpa tujuan.", "Tulis kepada siapa atau untuk kejadian apa."),
        error(
            "GUDANG_TUJUAN",
            "gudangTujuan kosong pada perpindahan, atau diisi pada yang lain.",
            "Isi pada perpindahan saja.",
        ),
        error("GUDANG_SAMA", "Gudang asal dan gudang tujuan sama.", "Sebut gudang tujuan yang lain."),
        error("GUDANG_TAK_ADA", "Gudang itu tidak ada.", "Perbaiki id gudangnya."),
        error("GUDANG_TIDAK_AKTIF", "Gudang tidak ada pada hari itu.", "Periksa waktunya, atau masa gudangnya."),
        error("PADA_BELUM_TIBA", "Waktu kejadian belum tiba.", "Catat setelah barangnya bergerak."),
        error("BARIS_KOSONG", "Catatan tidak berisi barang.", "Isi sedikitnya satu baris."),
        error("BARIS_TERLALU_BANYAK", "Catatan berisi terlalu banyak baris.", "Pecah menurut dokumennya."),
        error("BARANG_TAK_DIKENAL", "Barang tidak dikenal.", "Pakai kode atau nama dalam daftarBarang."),
        error("BARANG_GANDA", "Barang yang sama disebut dua kali.", "Sisakan satu."),
        error("JUMLAH_TAK_TERBACA", "Jumlah tidak terbaca sebagai angka.", "Tulis angkanya saja."),
        error(
            "JUMLAH_TIDAK_SAH",
            "Jumlah nol, negatif atau pecahan di tempat yang tidak boleh.",
            "Tulis jumlah yang disebut pesannya.",
        ),
        error("JUMLAH_TIDAK_BULAT", "Barang yang dihitung utuh diberi jumlah pecahan.", "Tulis bilangan bulat."),
        error("SUMBER_DANA_KOSONG", "Barang diterima tanpa sumberDana.", "Isi APBN, APBD atau HIBAH."),
        error(
            "LOT_TAK_SAH",
            "Nama lot terlalu panjang atau memuat huruf kendali.",
            "Pendekkan, dan tulis dengan huruf biasa.",
        ),
        error(
            "LOT_HARUS_DISEBUT",
            "Koreksi dapat berarti lebih dari satu lot, atau tidak satu pun.",
            "Sebut lot dan sumberDana.",
        ),
        error(
            "LOT_BEDA_KEDALUWARSA",
            "Lot itu sudah tercatat dengan hari kedaluwarsa lain.",
            "Pakai nama lot lain, atau perbaiki harinya.",
        ),
        error(
            "GUDANG_TAK_JELAS",
            "Daftar stok tidak menyebut gudang yang dikenal, atau dapat berarti lebih dari satu.",
            "Tulis nama gudang seperti dalam daftarGudang, atau id-nya.",
        ),
        error(
            "SATUAN_BERBEDA",
            "Satuan dalam daftar stok lain daripada satuan barang itu.",
            "Hitung dalam satuan yang disebut pesannya.",
        ),
        warning(
            "TIDAK_DIHITUNG",
            "Barang tercatat di gudang, tetapi tidak ada dalam daftar opname; stoknya tetap.",
            "Tulis 0 bila memang habis.",
        ),
        info(
            "LOT_DARI_KEDALUWARSA", "Lot tidak disebut; dinamai menurut hari kedaluwarsanya.", "Sebut lotnya bila ada."
        ),
        FindingCode(
            "LOT_KEDALUWARSA",
            (ERROR, WARNING),
            "Lot yang disebut sudah kedaluwarsa pada hari itu.",
            "Jangan dibagikan; keluarkan dengan koreksi, atau periksa apakah memang dipindahkan.",
        ),
        warning(
            "KEDALUWARSA_KOSONG",
            "Barang ini lazimnya berkedaluwarsa; harinya tidak disebut.",
            "Isi hari kedaluwarsanya.",
        ),
        error("KEDALUWARSA_TAK_PERLU", "Hari kedaluwarsa diisi pada barang keluar.", "Sebut lotnya saja."),
        warning(
            "SUDAH_KEDALUWARSA",
            "Barang yang masuk sudah kedaluwarsa pada hari itu.",
            "Periksa harinya; pisahkan barangnya.",
        ),
        FindingCode(
            "STOK_KURANG",
            (ERROR, WARNING),
            "Stok yang dapat diambil kurang daripada yang diminta.",
            "Kurangi permintaannya, atau cari gudang lain.",
        ),
        error(
            "STOK_KURANG_SAAT_ITU",
            "Stok pada waktu itu tidak cukup tanpa membuat stok sesudahnya kurang dari nol.",
            "Periksa waktu dan jumlahnya.",
        ),
    ),
)

TRANSFERS = Subject(
    "Pindahan antargudang",
    (
        FindingCode(
            "DALAM_PERJALANAN",
            (WARNING, INFO),
            "Barang sudah keluar dan belum masuk ke gudang tujuan.",
            "Kantor pemilik gudang tujuan menerima (terimaPindahan) atau menolaknya (tolakPindahan).",
        ),
        error("PINDAHAN_TAK_ADA", "Pindahan itu tidak ada.", "Ambil id-nya dari pindahanMasuk gudang Anda."),
        error(
            "PINDAHAN_SUDAH_DITERIMA",
            "Pindahan sudah diterima.",
            "Betulkan dengan KOREKSI, atau kirim kembali (PINDAH).",
        ),
        error(
            "PINDAHAN_SUDAH_DITOLAK",
            "Pindahan sudah ditolak; barangnya kembali ke pengirim.",
            "Minta pengirim mengirim lagi bila perlu.",
        ),
    ),
)

EMERGENCY = Subject(
    "Rencana darurat",
    (
        warning(
            "ANGKA_TERTUTUP", "Banyaknya KK atau orang di desa itu tertutup bagi Anda.", "Isi kk atau orang sendiri."
        ),
        warning("KK_TAK_DIKETAHUI", "Banyaknya KK di desa itu tidak diketahui.", "Isi kk sendiri."),
        warning("ORANG_TAK_DIKETAHUI", "Banyaknya orang di desa itu tidak diketahui.", "Isi orang sendiri."),
        warning(
            "KEBUTUHAN_TAK_DIKETAHUI",
            "Kebutuhan barang itu tidak dapat dihitung di satu desa pun.",
            "Isi kk atau orang desa-desanya.",
        ),
        warning(
            "DESA_TANPA_TITIK",
            "Letak desa tidak diketahui dan tidak ikut menentukan titik tengah.",
            "Muat batas wilayahnya.",
        ),
        info(
            "TITIK_DARI_ATAS",
            "Batas desa belum dimuat; dipakai titik wilayah di atasnya.",
            "Muat batas desanya bila perlu lebih tepat.",
        ),
        warning(
            "DESA_BERJAUHAN", "Desa lebih jauh dari titik tengah daripada jarakKm.", "Rencanakan desa itu tersendiri."
        ),
        warning(
            "TITIK_TENGAH_TAK_DIKETAHUI",
            "Letak semua desa tidak diketahui; hanya gudang sekabupaten/kota direncanakan.",
            "Muat batas wilayahnya.",
        ),
        warning("GUDANG_TANPA_TITIK", "Titik gudang tidak diketahui.", "Isi titik gudangnya."),
        warning(
            "TIDAK_ADA_GUDANG",
            "Tidak ada gudang bencana dalam jarak itu.",
            "Perbesar jarakKm, atau minta dari provinsi.",
        ),
        warning(
            "DI_BAWAH_MINIMUM",
            "Sesudah diambil, stok gudang di bawah minimumnya.",
            "Isi kembali gudang itu sesudahnya.",
        ),
    ),
)
