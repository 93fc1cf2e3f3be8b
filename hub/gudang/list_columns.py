"""The columns of a list of stock counted in warehouses, whatever its office calls them. Pure."""

from hub.lembar.list_titles import ListTitles

_TITLES = {
    "no": "no|nomor|no urut|nomor urut|baris asal|temuan hub",  # the last two: of a list of rows that were left out
    "gudang": "gudang|nama gudang|lokasi gudang|gudang bencana|nama gudang bencana|id gudang|tempat penyimpanan",
    "barang": "barang|nama barang|jenis barang|kode barang|logistik|nama logistik|jenis logistik|uraian barang|nama jenis barang",
    "jumlah": "jumlah|jml|stok|stock|jumlah stok|sisa|sisa stok|stok akhir|saldo|saldo akhir|jumlah barang|banyaknya|volume|"
    "jumlah fisik|stok fisik|hasil hitung|stok opname|hasil opname|persediaan",
    "satuan": "satuan|sat|unit",
    "sumber": "sumber|sumber dana|sumber anggaran|asal|asal dana|asal barang",
    "lot": "lot|no lot|nomor lot|tahun lot|lot tahun|tahun|tahun pengadaan|tahun anggaran|batch|no batch|tahun perolehan",
    "kedaluwarsa": "kedaluwarsa|kadaluwarsa|kadaluarsa|kedaluarsa|tanggal kedaluwarsa|tgl kedaluwarsa|tgl kadaluarsa|"
    "tanggal kadaluarsa|expired|exp|ed|expired date|tgl expired|exp date",
}

TITLES = ListTitles(
    what="stok",
    spellings=_TITLES,
    identifying=frozenset(("barang", "gudang")),
    needed=frozenset(("barang",)),
    single=frozenset(("jumlah",)),
)
