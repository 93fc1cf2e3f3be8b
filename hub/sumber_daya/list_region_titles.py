"""What lists of anything that stands in a desa call the columns of its place and its point."""

REGION_TITLES = {
    "kabupaten": "kab kota|kabupaten kota|kabupaten|kota|kab|kabkota|nama kabupaten kota|nama kabupaten|nama kab kota",
    "kecamatan": "kecamatan|kec|nama kecamatan",
    "desa": "desa|kelurahan|desa kelurahan|desa kel|kel desa|kelurahan desa|nama desa|nama desa kelurahan|nama kelurahan",
    "kode_desa": "kode desa|kode desa kelurahan|kode kelurahan|kode wilayah|kode kemendagri|kemendagri kode desa|"
    "kemendagri kode desa kelurahan|kode kemendagri desa",
}
POINT_TITLES = {
    "lintang": "lintang|latitude|lat|garis lintang",
    "bujur": "bujur|longitude|lon|long|lng|garis bujur",
    "koordinat": "koordinat|titik koordinat|koordinat lat long|lat long|lat lon|lintang bujur|titik|gps",
}
