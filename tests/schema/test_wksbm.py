"""x"""

from tests.client import Klien


def test_x(hub_baca: Klien) -> None:
    print(
        hub_baca.tanya("""{ daftarWksbm { totalCount edges { node { id nama tahap derajat jumlahAnggota jumlahSumber desa { kode nama } titik
      riwayatTahap { tahap sejak } anggota { nama jenis } kegiatan { tanggal program uraian kode }
      kegiatanKurang { kode } jangkauan(langkah: 3) { nama }
      hubungan { id masuk jenis skala sejak sampai garis tujuan { __typename ... on Wksbm { nama } ... on MitraLuar { nama jenis } ... on SumberDaya { nama id } } } } } } }""")
    )
    for w in ("53.14", "53", "36.73"):
        print(
            hub_baca.tanya(
                '{ jejaring(wilayah:"%s") { simpul hubungan hubunganKeluar hubunganSumber komponen kepadatan jumlahTitikRapuh perTahap { tahap jumlah } terpencil { nama } a: terpencil(tanpaSumber: true) { nama } titikRapuh { pecahan wksbm { nama desa { nama } } } kelompok { ukuran wksbm { nama } } } }'
                % w
            )
        )
    print(
        hub_baca.tanya(
            '{ calonHubungan(wilayah:"53.14") { totalCount edges { node { alasan jarakKm asal { nama } tujuan { nama } } } } hubunganJejaring(wilayah: "36.73") { totalCount edges { node { garis masuk asal { nama } tujuan { __typename } } } } daftarMitraLuar(takTerhubung: true) { edges { node { id nama jenis jumlahHubungan } } } sumberDayaTakTerhubung(wilayah: "53.14") { totalCount } wksbmPerTahap(wilayah: "53", periode: ["2017","2018","2019","2020-TW1"]) { periode penumbuhan pemantapan pengembangan jumlah } desa(kode: "53.14.10.2003") { wksbm { nama } } }'
        )
    )
    assert False
