"""The template of a list of Tagana. Pure. What the register does not keep of people (NIK, telephone) is not asked for."""

from collections.abc import Sequence

from hub.lembar.list_template import ListColumn, ListTemplate
from hub.sumber_daya.list_template import DAY, region_columns

_YES_NO = ("ya", "tidak")


def template(desa: Sequence[str]) -> ListTemplate:
    columns = (
        ListColumn("Nama", "Nama lengkap anggota", must=True, width=30),
        ListColumn("NIA", "Nomor induk anggota; kosongkan bila belum ada", width=18),
        ListColumn("Tanggal Lahir", DAY, must=True),
        ListColumn("Jenis Kelamin", "L atau P", must=True, choices=("L", "P")),
        *region_columns(desa),
        ListColumn("Tanggal Didata", f"Hari masuk register. {DAY}", must=True, width=18),
        ListColumn("Nomor Sertifikat", "Seperti tertulis di sertifikatnya", width=22),
        ListColumn("Keahlian", "Dipisah koma", width=28),
        ListColumn("Pelatihan", "Dengan tahunnya, dipisah titik koma: Dasar 5-3-2019; SAR 12-6-2020", width=36),
        ListColumn("Berpengetahuan", "Memiliki pengetahuan kebencanaan", must=True, choices=_YES_NO),
        ListColumn("Bersedia Dilatih", "", must=True, choices=_YES_NO),
        ListColumn("Beriman", "", must=True, choices=_YES_NO),
        ListColumn("Setia Pancasila", "Setia kepada Pancasila", must=True, choices=_YES_NO),
        ListColumn("Status", "aktif atau tidak aktif", choices=("aktif", "tidak aktif")),
    )
    send = (
        "Simpan sebagai XLSX, lalu serahkan kepada pengelola hub (hub import tagana; dengan --uji lebih dahulu: hub menyebut "
        "setiap baris yang perlu diperbaiki)."
    )
    notes = (
        "Satu baris satu orang. Jangan menulis NIK, nomor telepon atau nomor rekening: hub tidak menyimpannya.",
        "Berkas yang terisi memuat data orang: kirim hanya lewat hub, jangan lewat grup percakapan.",
    )
    return ListTemplate("tagana", "Daftar anggota Tagana", columns, send, notes)
