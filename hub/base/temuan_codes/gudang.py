"""Codes of disaster warehouses: their ledger, transfers between offices, the emergency plan."""

from hub.base.temuan_codes.entry import GALAT, INFO, PERINGATAN, FindingCode, Subject, galat, info, peringatan

WAREHOUSES = Subject(
    "Buku stok gudang bencana",
    (
        galat("DOKUMEN_KOSONG", "nomorDokumen kosong.", "Isi nomor berita acara, surat jalan atau opname."),
        galat("TUJUAN_KOSONG", "Barang keluar tanpa tujuan.", "Tulis kepada siapa atau untuk kejadian apa."),
        galat(
            "GUDANG_TUJUAN",
            "gudangTujuan kosong pada perpindahan, atau diisi pada yang lain.",
            "Isi pada perpindahan saja.",
        ),
        galat("GUDANG_SAMA", "Gudang asal dan gudang tujuan sama.", "Sebut gudang tujuan yang lain."),
        galat("GUDANG_TAK_ADA", "Gudang itu tidak ada.", "Perbaiki id gudangnya."),
        galat("GUDANG_TIDAK_AKTIF", "Gudang tidak ada pada hari itu.", "Periksa waktunya, atau masa gudangnya."),
        galat("PADA_BELUM_TIBA", "Waktu kejadian belum tiba.", "Catat setelah barangnya bergerak."),
        galat("BARIS_KOSONG", "Catatan tidak berisi barang.", "Isi sedikitnya satu baris."),
        galat("BARIS_TERLALU_BANYAK", "Catatan berisi terlalu banyak baris.", "Pecah menurut dokumennya."),
        galat("BARANG_TAK_DIKENAL", "Barang tidak dikenal.", "Pakai kode atau nama dalam daftarBarang."),
        galat("BARANG_GANDA", "Barang yang sama disebut dua kali.", "Sisakan satu."),
        galat("JUMLAH_TAK_TERBACA", "Jumlah tidak terbaca sebagai angka.", "Tulis angkanya saja."),
        galat(
            "JUMLAH_TIDAK_SAH",
            "Jumlah nol, negatif atau pecahan di tempat yang tidak boleh.",
            "Tulis jumlah yang disebut pesannya.",
        ),
        galat("JUMLAH_TIDAK_BULAT", "Barang yang dihitung utuh diberi jumlah pecahan.", "Tulis bilangan bulat."),
        galat("SUMBER_DANA_KOSONG", "Barang diterima tanpa sumberDana.", "Isi APBN, APBD atau HIBAH."),
        galat(
            "LOT_TAK_SAH",
            "Nama lot terlalu panjang atau memuat huruf kendali.",
            "Pendekkan, dan tulis dengan huruf biasa.",
        ),
        galat(
            "LOT_HARUS_DISEBUT",
            "Koreksi dapat berarti lebih dari satu lot, atau tidak satu pun.",
            "Sebut lot dan sumberDana.",
        ),
        galat(
            "LOT_BEDA_KEDALUWARSA",
            "Lot itu sudah tercatat dengan hari kedaluwarsa lain.",
            "Pakai nama lot lain, atau perbaiki harinya.",
        ),
        info(
            "LOT_DARI_KEDALUWARSA", "Lot tidak disebut; dinamai menurut hari kedaluwarsanya.", "Sebut lotnya bila ada."
        ),
        FindingCode(
            "LOT_KEDALUWARSA",
            (GALAT, PERINGATAN),
            "Lot yang disebut sudah kedaluwarsa pada hari itu.",
            "Jangan dibagikan; keluarkan dengan koreksi, atau periksa apakah memang dipindahkan.",
        ),
        peringatan(
            "KEDALUWARSA_KOSONG",
            "Barang ini lazimnya berkedaluwarsa; harinya tidak disebut.",
            "Isi hari kedaluwarsanya.",
        ),
        galat("KEDALUWARSA_TAK_PERLU", "Hari kedaluwarsa diisi pada barang keluar.", "Sebut lotnya saja."),
        peringatan(
            "SUDAH_KEDALUWARSA",
            "Barang yang masuk sudah kedaluwarsa pada hari itu.",
            "Periksa harinya; pisahkan barangnya.",
        ),
        FindingCode(
            "STOK_KURANG",
            (GALAT, PERINGATAN),
            "Stok yang dapat diambil kurang daripada yang diminta.",
            "Kurangi permintaannya, atau cari gudang lain.",
        ),
        galat(
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
            (PERINGATAN, INFO),
            "Barang sudah keluar dan belum masuk ke gudang tujuan.",
            "Kantor pemilik gudang tujuan menerima (terimaPindahan) atau menolaknya (tolakPindahan).",
        ),
        galat("PINDAHAN_TAK_ADA", "Pindahan itu tidak ada.", "Ambil id-nya dari pindahanMasuk gudang Anda."),
        galat(
            "PINDAHAN_SUDAH_DITERIMA",
            "Pindahan sudah diterima.",
            "Betulkan dengan KOREKSI, atau kirim kembali (PINDAH).",
        ),
        galat(
            "PINDAHAN_SUDAH_DITOLAK",
            "Pindahan sudah ditolak; barangnya kembali ke pengirim.",
            "Minta pengirim mengirim lagi bila perlu.",
        ),
    ),
)

EMERGENCY = Subject(
    "Rencana darurat",
    (
        peringatan(
            "ANGKA_TERTUTUP", "Banyaknya KK atau orang di desa itu tertutup bagi Anda.", "Isi kk atau orang sendiri."
        ),
        peringatan("KK_TAK_DIKETAHUI", "Banyaknya KK di desa itu tidak diketahui.", "Isi kk sendiri."),
        peringatan("ORANG_TAK_DIKETAHUI", "Banyaknya orang di desa itu tidak diketahui.", "Isi orang sendiri."),
        peringatan(
            "KEBUTUHAN_TAK_DIKETAHUI",
            "Kebutuhan barang itu tidak dapat dihitung di satu desa pun.",
            "Isi kk atau orang desa-desanya.",
        ),
        peringatan(
            "DESA_TANPA_TITIK",
            "Letak desa tidak diketahui dan tidak ikut menentukan titik tengah.",
            "Muat batas wilayahnya.",
        ),
        info(
            "TITIK_DARI_ATAS",
            "Batas desa belum dimuat; dipakai titik wilayah di atasnya.",
            "Muat batas desanya bila perlu lebih tepat.",
        ),
        peringatan(
            "DESA_BERJAUHAN", "Desa lebih jauh dari titik tengah daripada jarakKm.", "Rencanakan desa itu tersendiri."
        ),
        peringatan(
            "TITIK_TENGAH_TAK_DIKETAHUI",
            "Letak semua desa tidak diketahui; hanya gudang sekabupaten/kota direncanakan.",
            "Muat batas wilayahnya.",
        ),
        peringatan("GUDANG_TANPA_TITIK", "Titik gudang tidak diketahui.", "Isi titik gudangnya."),
        peringatan(
            "TIDAK_ADA_GUDANG",
            "Tidak ada gudang bencana dalam jarak itu.",
            "Perbesar jarakKm, atau minta dari provinsi.",
        ),
        peringatan(
            "DI_BAWAH_MINIMUM",
            "Sesudah diambil, stok gudang di bawah minimumnya.",
            "Isi kembali gudang itu sesudahnya.",
        ),
    ),
)
