"""Codes of social resources and of the lists they are brought in by."""

from hub.base.temuan_codes.entry import ERROR, INFO, WARNING, FindingCode, Subject, error, info, warning

RESOURCES = Subject(
    "Sumber daya sosial",
    (
        error("JENIS_BERBEDA", "Jenis sumber daya hendak diganti.", "Tutup yang lama dan buat yang baru."),
        error("ISIAN_BUKAN_JENIS", "Isian tidak dimiliki jenis ini.", "Kosongkan isian itu, atau perbaiki jenisnya."),
        error("ISIAN_WAJIB", "Isian wajib jenis ini kosong.", "Isi yang disebut pesannya."),
        error("TAHUN_TIDAK_SAH", "Tahun tidak mungkin.", "Tulis tahun antara 1900 dan 2100."),
        error(
            "JUMLAH_TIDAK_SAMA",
            "Jumlah orang lain daripada laki-laki ditambah perempuan.",
            "Perbaiki salah satu angkanya.",
        ),
        warning("KLIEN_MELEBIHI_DAYA", "Klien lebih banyak daripada daya tampung.", "Periksa kedua angkanya."),
        warning(
            "SELESAI_MELEBIHI_MASUK", "Pengaduan selesai lebih banyak daripada yang masuk.", "Periksa kedua angkanya."
        ),
        warning(
            "KETUA_TANPA_SETUJU",
            "Nama ketua tidak disimpan karena persetujuannya tidak dinyatakan.",
            "Isi ketuaSetuju bila ia setuju namanya dibuka.",
        ),
        warning(
            "APBN_LEWAT",
            "SLRT atau puskesos masih tercatat dibiayai APBN sesudah tiga tahun.",
            "Ubah sumber dananya menjadi APBD bila sudah pindah, atau perbaiki tahun mulainya.",
        ),
        info(
            "APBN_TAHUN_TERAKHIR",
            "SLRT atau puskesos ada pada tahun terakhir pembiayaan APBN.",
            "Siapkan APBD untuk tahun yang disebut pesannya.",
        ),
        warning(
            "SLRT_KEDUA",
            "Satu kabupaten/kota mempunyai lebih dari satu SLRT.",
            "Akhiri yang tidak ada lagi; bila yang dimaksud yang sudah tercatat, ubah yang itu.",
        ),
        error("RAHASIA_GUDANG", "Gudang bencana tidak dapat dirahasiakan.", "Kosongkan rahasia."),
        error(
            "SURAT_BUKAN_JENIS",
            "Jenis ini tidak mempunyai surat seperti itu.",
            "Hapus surat itu, atau perbaiki jenisnya.",
        ),
        error("SURAT_GANDA", "Surat yang sama disebut dua kali.", "Sisakan satu."),
        error(
            "SURAT_TERBALIK",
            "Surat berakhir sebelum atau pada hari mulainya.",
            "sampai adalah hari pertama tidak berlaku lagi: tulis sesudah sejak.",
        ),
        error(
            "PERINGKAT_BUKAN_AKREDITASI", "Peringkat diisi pada surat yang bukan akreditasi.", "Kosongkan peringkatnya."
        ),
        error("PERINGKAT_TIDAK_SAH", "Peringkat akreditasi bukan A, B atau C.", "Tulis A, B atau C."),
        warning(
            "AKREDITASI_TERLALU_LAMA",
            "Akreditasi ditulis berlaku lebih lama daripada peringkatnya.",
            "Periksa hari berakhirnya: A lima, B tiga, C dua tahun.",
        ),
        error(
            "BUKU_DI_LUAR_MASA",
            "Buku stok gudang mencatat barang di luar masa gudangnya.",
            "Ubah sejak atau sampai supaya memuat hari-hari yang tercatat.",
        ),
        FindingCode(
            "GUDANG_BERISI",
            (ERROR, WARNING),
            "Gudang yang ditutup masih berisi barang.",
            "Pindahkan, keluarkan atau koreksi barangnya dahulu (catatMutasiStok), lalu tutup.",
        ),
        FindingCode(
            "BARANG_DALAM_PERJALANAN",
            (ERROR, WARNING),
            "Masih ada kiriman dalam perjalanan ke atau dari gudang yang ditutup.",
            "Terima atau tolak yang ke sini; yang dari sini menunggu penerimanya.",
        ),
    ),
)

LISTS = Subject(
    "Daftar sumber daya sosial yang dimuat",
    (
        error("KOLOM_GANDA", "Satu kolom ada dua kali.", "Sisakan satu."),
        FindingCode(
            "KOLOM_TAK_DIKENAL",
            (WARNING, INFO),
            "Kolom tidak dikenal; isinya tidak disimpan.",
            "Perbaiki nama kolomnya bila isinya harus disimpan.",
        ),
        warning(
            "DATA_PRIBADI",
            "Kolom berisi data pribadi; hub tidak menyimpannya.",
            "Hapus kolom itu; nama ketua disimpan hanya dengan persetujuannya (Ketua Setuju).",
        ),
        info("BARIS_JUMLAH", "Baris tampaknya baris jumlah; dilewati.", "Tidak perlu apa-apa."),
        error("BARIS_GANDA", "Baris sama dengan baris lain dalam daftar ini.", "Sisakan satu."),
        error(
            "ID_TAK_DIKENAL",
            "Id dalam daftar tidak ada di register wilayah itu.",
            "Perbaiki id-nya, atau kosongkan untuk yang baru.",
        ),
        error(
            "MILIK_DI_ATAS",
            "Milik provinsi atau pusat; kabupaten/kota tidak dapat menulisnya.",
            "Minta provinsi yang mencatat atau mengubahnya.",
        ),
        error(
            "NOMOR_MILIK_LAIN",
            "Nomornya milik lembaga atau orang lain daripada namanya.",
            "Perbaiki nomor atau namanya.",
        ),
        error(
            "RANGKAP_DI_REGISTER", "Lebih dari satu di register cocok dengan baris ini.", "Tulis id-nya dalam kolom ID."
        ),
        warning(
            "GANTI_NAMA",
            "Nomornya terdaftar dengan nama lain; dibaca sebagai ganti nama.",
            "Periksa apakah memang itu yang berganti nama.",
        ),
        error("TANGGAL_TAK_TERBACA", "Tanggal tidak terbaca.", "Tulis seperti 5 Maret 2021 atau 2021-03-05."),
        warning(
            "TANGGAL_TANPA_HARI",
            "Masa berlaku ditulis tanpa hari; pesannya menyebut hari yang dipakai.",
            "Periksa harinya; bila keliru, tulis tanggal lengkap.",
        ),
        error("BUKAN_YA_TIDAK", "Isi bukan ya atau tidak.", "Tulis ya atau tidak."),
        warning(
            "PILIHAN_MIRIP",
            "Pilihan tidak sama persis; dibaca sebagai yang paling mirip.",
            "Periksa pilihan yang terbaca.",
        ),
        warning(
            "STATUS_TAK_DIKENAL",
            "Status bukan aktif atau tidak aktif; tidak disimpan.",
            "Tulis aktif atau tidak aktif.",
        ),
        warning(
            "SUDAH_DITUTUP",
            "Di register sudah tidak ada, dan tetap begitu.",
            "Bila ada lagi, ubah lewat mutasi yang disebut pesannya.",
        ),
        error(
            "SEJAK_KOSONG",
            "Hari berakhir diketahui, tetapi sejak kapan ada tidak ditulis.",
            "Isi kolom Sejak atau Tahun Berdiri.",
        ),
        warning(
            "SEJAK_DIANGGAP",
            "Hari pertama ada tidak ditulis; dicatat hari ini.",
            "Sebutkan sejak kapan daftar ini berlaku (sejak).",
        ),
        info(
            "PEMILIK_DIANGGAP",
            "Pemilik tidak ditulis; dipakai yang lazim untuk jenisnya.",
            "Isi kolom Pemilik bila lain.",
        ),
        warning("SASARAN_DARI_NAMA", "Sasaran tidak ditulis; dibaca dari namanya.", "Isi kolom Sasaran bila keliru."),
        warning(
            "SURAT_MULAI_DIANGGAP",
            "Awal masa berlaku surat tidak ditulis; dihitung dari akhirnya.",
            "Isi tanggal mulainya bila lain.",
        ),
        info(
            "SURAT_AKHIR_DIHITUNG",
            "Akhir akreditasi tidak ditulis; dihitung dari peringkatnya.",
            "Isi tanggal akhirnya bila lain.",
        ),
        warning(
            "SURAT_TANPA_MASA",
            "Surat tidak disimpan karena hari mulainya tidak ditulis.",
            "Isi tanggal mulai berlakunya.",
        ),
    ),
)
