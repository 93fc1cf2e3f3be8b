"""The columns of a list of networks (WKSBM), whatever its office calls them. Pure."""

from hub.lembar.list_titles import ListTitles
from hub.sumber_daya.list_region_titles import POINT_TITLES, REGION_TITLES

_TITLES = {
    **REGION_TITLES,
    **POINT_TITLES,
    "no": "no|nomor|no urut|nomor urut|baris asal|temuan hub",  # the last two: of a list of rows that were left out
    "id": "id hub|id|id wksbm",
    "nama": "nama|nama wksbm|wksbm|nama jejaring|jejaring|nama wahana|nama jaringan",
    "balai": "balai|balai kegiatan|pusat kegiatan|tempat kegiatan|community center|community centre|sekretariat|balai masyarakat",
    "dokumen": "dokumen|dokumen pendukung|no sk|nomor sk|sk|sk pembentukan|no sk pembentukan|surat keputusan|dasar pembentukan",
    "keterangan": "keterangan|ket|catatan|uraian wksbm",
    "sejak": "sejak|berdiri|tahun berdiri|tanggal berdiri|tgl berdiri|tahun pembentukan|tanggal pembentukan|tahun dibentuk|tgl dibentuk|"
    "terbentuk|tahun terbentuk|dibentuk|mulai",
    "sampai": "sampai|tutup|tanggal tutup|bubar|tanggal bubar|berakhir",
    "tahap": "tahap|tahapan|fase|tahap wksbm|tahap perkembangan|tahap jejaring|tingkat perkembangan",
    "tahap_sejak": "tahap sejak|sejak tahap|tanggal tahap|tgl tahap|tahun tahap|masuk tahap",
    "sumber": "sumber|sumber data",
    "anggota": "anggota|nama anggota|daftar anggota|anggota jejaring|anggota wksbm|lembaga anggota|kelompok anggota|nama kelompok|"
    "nama lembaga anggota|simpul|anggota nama|anggota nama kelompok",
    "jenis_anggota": "jenis anggota|jenis psks|psks|jenis kelompok|jenis lembaga|anggota jenis|jenis",
    "anggota_sejak": "anggota sejak|sejak anggota|bergabung|tanggal bergabung|tahun bergabung|tgl bergabung",
    "anggota_sampai": "anggota sampai|keluar|tanggal keluar|tahun keluar",
    "kegiatan": "kegiatan|nama kegiatan|kegiatan wksbm|jenis kegiatan|kode kegiatan|daftar kegiatan|kegiatan nama|kegiatan yang dilaksanakan",
    "tanggal_kegiatan": "tanggal kegiatan|tgl kegiatan|kegiatan tanggal|tanggal pelaksanaan|tgl pelaksanaan|waktu kegiatan|tanggal|tgl",
    "uraian": "uraian|uraian kegiatan|rincian kegiatan|keterangan kegiatan|kegiatan uraian",
}

TITLES = ListTitles(
    what="WKSBM",
    spellings=_TITLES,
    identifying=frozenset(("nama", "kabupaten", "kecamatan", "desa", "kode_desa")),
    needed=frozenset(("nama",)),
)
