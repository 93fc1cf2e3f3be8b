"""What `rencanaDarurat` says of its own plan. The statement finds: which finding it is, of what, and with which names and figures;
what is said of it stands here. The statement is handed these sentences as values and fills their gaps, so that one statement
answers, on either lane, and yet knows no sentence."""

from collections.abc import Mapping

from hub.base.temuan import ERROR, INFO, WARNING


def _closed(field: str, unit: str) -> str:
    return f"Angka %s di %s tertutup bagi Anda: isi {field}. Kebutuhan per {unit} di sana belum terhitung."


def _unknown(field: str, unit: str) -> str:
    return (
        f"Banyaknya {unit} di %s tidak diketahui, tidak ada angka %s yang disetujui: isi {field}. Kebutuhan per {unit} di sana "
        "belum terhitung."
    )


SENTENCES: Mapping[str, tuple[str, str]] = {
    "DESA_TAK_DIKENAL": (ERROR, "%s bukan desa atau kelurahan yang berlaku hari ini; tidak ikut dihitung."),
    "BARANG_TAK_DIKENAL": (ERROR, 'Barang "%s" tidak dikenal; barang yang ada: lihat daftarBarang.'),
    "ANGKA_TERTUTUP.kk": (WARNING, _closed("kk", "KK")),
    "ANGKA_TERTUTUP.orang": (WARNING, _closed("orang", "orang")),
    "KK_TAK_DIKETAHUI": (WARNING, _unknown("kk", "KK")),
    "ORANG_TAK_DIKETAHUI": (WARNING, _unknown("orang", "orang")),
    "KEBUTUHAN_TAK_DIKETAHUI": (
        WARNING,
        "Kebutuhan %s tidak diketahui: banyaknya KK atau orang tidak diketahui di satu desa pun.",
    ),
    "DESA_TANPA_TITIK": (
        WARNING,
        "Batas %s dan kabupaten/kotanya belum dimuat: letaknya tidak diketahui dan tidak ikut menentukan titik tengah.",
    ),
    "TITIK_DARI_ATAS": (INFO, "Batas %s belum dimuat; dipakai titik %s."),
    "DESA_BERJAUHAN": (
        WARNING,
        "%s berjarak %s km dari titik tengah desa-desa ini, lebih jauh daripada jarakKm; rencanakan tersendiri.",
    ),
    "TITIK_TENGAH_TAK_DIKETAHUI": (
        WARNING,
        "Letak desa-desa ini tidak diketahui: hanya gudang di kabupaten/kota yang sama yang direncanakan, tanpa jarak.",
    ),
    "GUDANG_TANPA_TITIK.titik_lain": (WARNING, "Titik %s tidak diketahui; dipakai titik %s."),
    "GUDANG_TANPA_TITIK.terakhir": (WARNING, "Titik %s tidak diketahui; dipakai paling akhir, tanpa jarak."),
    "GUDANG_TANPA_TITIK.tidak_ikut": (WARNING, "Titik %s tidak diketahui; tidak ikut direncanakan."),
    "TIDAK_ADA_GUDANG": (WARNING, "Tidak ada gudang bencana yang hari ini ada dalam %s km."),
    "STOK_KURANG": (WARNING, "%s: dibutuhkan %s %s, dalam %s km dapat diambil %s, kurang %s."),
    "DI_BAWAH_MINIMUM": (WARNING, "Sesudah diambil, %s di %s tinggal %s %s, di bawah minimum %s."),
}
"""Finding → how grave it is, and its sentence: each %s is the next of the names and figures that the statement found, numbers as
Indonesians write them. The finding's code ends at the full stop; what follows tells its sentences apart."""
