"""The columns of a list of Tagana, whatever its office calls them. Pure."""

from hub.lembar.list_titles import ListTitles
from hub.sumber_daya.list_region_titles import REGION_TITLES

_TITLES = {
    **REGION_TITLES,
    "no": "no|nomor|no urut|nomor urut|baris asal|temuan hub",  # the last two: of a list of rows that were left out
    "id": "id hub|id|id anggota",
    "nama": "nama|nama lengkap|nama anggota|nama tagana|nama anggota tagana|nama personil|nama relawan",
    "nia": "nia|no nia|nomor nia|nomor induk anggota|no induk anggota|nomor induk|no induk|no anggota|nomor anggota|nomor induk tagana|"
    "no induk tagana",
    "tanggal_lahir": "tanggal lahir|tgl lahir|tanggal kelahiran|lahir|tgl bln thn lahir",
    "ttl": "tempat tanggal lahir|tempat tgl lahir|ttl|tempat dan tanggal lahir|tempat dan tgl lahir|tmp tgl lahir|tempat tgl lhr",
    "jenis_kelamin": "jenis kelamin|l p|jk|kelamin|gender|sex|lk pr|jenis kelamin l p|jk l p",
    "alamat": "alamat|alamat lengkap|alamat rumah|alamat domisili|domisili|tempat tinggal",
    "didata": "didata|tanggal didata|tgl didata|tanggal pendataan|tgl pendataan|tanggal pendaftaran|tanggal masuk|tgl masuk|tahun masuk|"
    "tahun bergabung|tanggal bergabung|tahun pengukuhan|tanggal pengukuhan|tmt|masuk tagana|tahun masuk tagana|sejak|anggota sejak",
    "sampai": "tanggal keluar|tgl keluar|tahun keluar|berhenti|tanggal berhenti|keluar|tidak aktif sejak",
    "status": "status|keaktifan|aktif|status keanggotaan|status anggota|aktif tidak aktif|status aktif|keterangan aktif",
    "sertifikat": "sertifikat|no sertifikat|nomor sertifikat|sertifikat no|sertifikasi|nomor sertifikat tagana|no sertifikat tagana",
    "keahlian": "keahlian|spesialisasi|kompetensi|keterampilan|bidang keahlian|klaster|keahlian khusus",
    "pelatihan": "pelatihan|diklat|pelatihan yang diikuti|pelatihan yang pernah diikuti|riwayat pelatihan|pendidikan dan pelatihan|"
    "pelatihan tagana",
    "berpengetahuan": "berpengetahuan|pengetahuan|memiliki pengetahuan kebencanaan|pengetahuan kebencanaan",
    "bersedia_dilatih": "bersedia dilatih|kesediaan dilatih|siap dilatih",
    "beriman": "beriman|iman|beriman dan bertakwa",
    "setia_pancasila": "setia pancasila|setia kepada pancasila|pancasila|kesetiaan pancasila",
}

TITLES = ListTitles(
    what="anggota Tagana",
    spellings=_TITLES,
    identifying=frozenset(("nama", "nia", "kabupaten", "kecamatan", "desa", "kode_desa")),
    needed=frozenset(("nama",)),
    single=frozenset(("nama", "nia", "tanggal_lahir", "ttl", "sertifikat")),
)
