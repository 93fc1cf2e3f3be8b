"""The template of a list of counted stock. Pure."""

from collections.abc import Iterable, Sequence

from hub.gudang.statements import Barang
from hub.lembar.list_template import ListColumn, ListTemplate


def template(goods: Iterable[Barang], warehouses: Sequence[str]) -> ListTemplate:
    """`warehouses`: names of the office's; none: they are written."""
    all_goods = tuple(goods)
    units = ", ".join(dict.fromkeys(b.satuan for b in all_goods))
    columns = (
        ListColumn("Gudang", "Nama gudang yang terdaftar", must=True, choices=tuple(dict.fromkeys(warehouses)), width=30),
        ListColumn("Barang", "Nama barangnya", must=True, choices=tuple(b.nama for b in all_goods), width=30),
        ListColumn("Jumlah", "Yang terhitung; 0 bila habis", must=True, number="decimal"),
        ListColumn("Satuan", f"Satuan barangnya: {units}", choices=tuple(dict.fromkeys(b.satuan for b in all_goods))),
        ListColumn("Sumber Dana", "Dari anggaran mana", must=True, choices=("APBN", "APBD", "HIBAH")),
        ListColumn("Lot", "Nomor atau tahun pengadaannya, bila dibedakan"),
        ListColumn("Kedaluwarsa", "Hari, bulan dan tahun: 5-3-2027", width=18),
    )  # fmt: skip
    send = (
        "Simpan sebagai XLSX, lalu serahkan kepada pengelola hub bersama nomor berita acaranya (hub import stok; dengan --uji lebih dahulu: hub menyebut "
        "setiap baris yang perlu diperbaiki)."
    )
    notes = ("Satu baris satu lot. Barang yang tidak ditulis tetap seperti tercatat; yang habis ditulis 0.",)
    return ListTemplate("stok", "Hasil hitung stok gudang bencana", columns, send, notes)
