"""Codes of what travels between the hubs of a kabupaten and of its province."""

from hub.base.temuan_codes.entry import Subject, error, warning

CHAINS = Subject(
    "Kiriman antarhub",
    (
        error(
            "PERISTIWA_RUSAK",
            "Isi peristiwa dari hub lain tidak dapat dibaca; tidak ada yang dicatat dari isinya.",
            "Samakan versi kedua hub, lalu lakukan sekali lagi di hub asalnya.",
        ),
        error(
            "BARIS_DITOLAK",
            "Baris dari hub lain bertentangan dengan data yang ada di sini; tidak ada yang dicatat.",
            "Bandingkan kedua hub; perbaiki di hub yang memiliki data itu.",
        ),
        error(
            "REVISI_SUDAH_ADA",
            "Revisi dengan nomor itu sudah ada di provinsi.",
            "Ajukan sekali lagi di simpul, supaya nomornya baru.",
        ),
        error(
            "REVISI_LAIN",
            "Yang ditarik bukan revisi terbaru di provinsi; tidak ada yang ditarik.",
            "Lihat keadaan rekapnya, lalu tarik revisi terbarunya.",
        ),
        error(
            "REVISI_TAK_ADA",
            "Putusan provinsi menyangkut revisi yang tidak ada di simpul.",
            "Pulihkan simpul dari kirimannya sendiri yang disimpan provinsi.",
        ),
        warning(
            "ELEMEN_DRAF_HILANG",
            "Sebuah draf memuat elemen yang tidak ada lagi di katalog yang datang dari provinsi; draf itu tetap tersimpan.",
            "Buka drafnya, pindahkan angkanya ke elemen yang berlaku, lalu ajukan.",
        ),
        warning(
            "WILAYAH_DRAF_HILANG",
            "Sebuah draf memuat wilayah yang menurut daftar dari provinsi tidak berlaku pada akhir periodenya; draf itu tetap tersimpan.",
            "Buka drafnya, pindahkan angkanya ke wilayah yang berlaku, lalu ajukan.",
        ),
    ),
)
