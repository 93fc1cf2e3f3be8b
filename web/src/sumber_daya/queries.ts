// Written by codegen.ts from src/sumber_daya/queries and schema/hub.graphql. Change those and run: npm run codegen
import type { Geometry } from "geojson";
import type { Query } from "../hub/fetch.ts";
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type AksiStok =
  | 'TERIMA'
  | 'KELUAR'
  | 'PINDAH'
  | 'KOREKSI';
export type BarisMutasiMasukan = {
  readonly barang: string;
  readonly jumlah: number | string;
  readonly lot?: string | null | undefined;
  readonly kedaluwarsa?: string | null | undefined;
  readonly sumberDana?: SumberDana | null | undefined;
};
export type CakupanLembaga =
  | 'KOTA'
  | 'PROVINSI'
  | 'NASIONAL';
export type DekatMasukan = {
  readonly lon: number;
  readonly lat: number;
  readonly jarakKm: number;
};
export type JenisMutasiStok =
  | 'TERIMA'
  | 'KELUAR'
  | 'PINDAH_MASUK'
  | 'PINDAH_KELUAR'
  | 'KOREKSI';
export type JenisSumberDaya =
  | 'LKS'
  | 'PANTI'
  | 'LK3'
  | 'RUMAH_SINGGAH'
  | 'SLRT'
  | 'PUSKESOS'
  | 'GUDANG_BENCANA'
  | 'KAMPUNG_SIAGA_BENCANA'
  | 'KARANG_TARUNA';
export type JenisSurat =
  | 'TANDA_DAFTAR'
  | 'AKREDITASI'
  | 'SK';
export type KegiatanWksbmMasukan = {
  readonly tanggal: string;
  readonly kegiatan: string;
  readonly uraian?: string | null | undefined;
};
export type KesehatanStok =
  | 'AMAN'
  | 'MENIPIS'
  | 'KRITIS'
  | 'KOSONG'
  | 'TIDAK_ADA_DATA';
export type KlasifikasiKarangTaruna =
  | 'TUMBUH'
  | 'BERKEMBANG'
  | 'MAJU'
  | 'PERCONTOHAN';
export type MutasiStokMasukan = {
  readonly gudang: string;
  readonly jenis: AksiStok;
  readonly baris: ReadonlyArray<BarisMutasiMasukan>;
  readonly nomorDokumen: string;
  readonly kunciIdempoten: string;
  readonly pada?: string | null | undefined;
  readonly gudangTujuan?: string | null | undefined;
  readonly tujuan?: string | null | undefined;
  readonly alasan?: string | null | undefined;
};
export type Pemilik =
  | 'KEMENTERIAN'
  | 'PROVINSI'
  | 'KABUPATEN'
  | 'DESA'
  | 'MASYARAKAT';
export type SaringGudang = {
  readonly di?: string | null | undefined;
  readonly kesehatan?: ReadonlyArray<KesehatanStok> | null | undefined;
  readonly barang?: string | null | undefined;
};
export type SaringSumberDaya = {
  readonly jenis?: ReadonlyArray<JenisSumberDaya> | null | undefined;
  readonly di?: string | null | undefined;
  readonly pemilik?: ReadonlyArray<Pemilik> | null | undefined;
  readonly bbox?: ReadonlyArray<number> | null | undefined;
  readonly dekat?: DekatMasukan | null | undefined;
  readonly pindahApbdSampai?: number | null | undefined;
  readonly aktif?: boolean | null | undefined;
  readonly nama?: string | null | undefined;
  readonly terakreditasi?: boolean | null | undefined;
  readonly suratBerakhirSampai?: string | null | undefined;
};
export type SaringWksbm = {
  readonly di?: string | null | undefined;
  readonly tahap?: ReadonlyArray<TahapWksbm> | null | undefined;
  readonly nama?: string | null | undefined;
};
export type SkalaJejaring =
  | 'LOKAL'
  | 'REGIONAL'
  | 'NASIONAL';
export type StatusPindahan =
  | 'DALAM_PERJALANAN'
  | 'DITERIMA'
  | 'DITOLAK';
export type SumberDana =
  | 'APBN'
  | 'APBD'
  | 'HIBAH';
export type SumberDayaMasukan = {
  readonly id?: string | null | undefined;
  readonly versi?: number | null | undefined;
  readonly jenis: JenisSumberDaya;
  readonly nama: string;
  readonly pemilik: Pemilik;
  readonly desa: string;
  readonly sejak: string;
  readonly sampai?: string | null | undefined;
  readonly alamat?: string | null | undefined;
  readonly titik?: Geometry | null | undefined;
  readonly rahasia?: boolean;
  readonly sumber?: string | null | undefined;
  readonly surat?: ReadonlyArray<SuratSumberDayaMasukan> | null | undefined;
  readonly sasaran?: string | null | undefined;
  readonly dayaTampung?: number | null | undefined;
  readonly klienL?: number | null | undefined;
  readonly klienP?: number | null | undefined;
  readonly jumlahKlien?: number | null | undefined;
  readonly bidang?: string | null | undefined;
  readonly ketua?: string | null | undefined;
  readonly ketuaSetuju?: boolean | null | undefined;
  readonly cakupan?: CakupanLembaga | null | undefined;
  readonly sekretariat?: string | null | undefined;
  readonly sumberDana?: string | null | undefined;
  readonly tahun?: number | null | undefined;
  readonly petugasDepan?: number | null | undefined;
  readonly petugasBelakang?: number | null | undefined;
  readonly pengelola?: string | null | undefined;
  readonly pengaduanMasuk?: number | null | undefined;
  readonly pengaduanSelesai?: number | null | undefined;
  readonly tingkatGudang?: TingkatGudang | null | undefined;
  readonly luasM2?: number | string | null | undefined;
  readonly kapasitasM3?: number | string | null | undefined;
  readonly lumbung?: boolean | null | undefined;
  readonly gardu?: boolean | null | undefined;
  readonly anggotaL?: number | null | undefined;
  readonly anggotaP?: number | null | undefined;
  readonly jumlahAnggota?: number | null | undefined;
  readonly pengurusL?: number | null | undefined;
  readonly pengurusP?: number | null | undefined;
  readonly jumlahPengurus?: number | null | undefined;
  readonly klasifikasi?: KlasifikasiKarangTaruna | null | undefined;
};
export type SuratSumberDayaMasukan = {
  readonly jenis: JenisSurat;
  readonly sejak: string;
  readonly sampai?: string | null | undefined;
  readonly nomor?: string | null | undefined;
  readonly peringkat?: string | null | undefined;
  readonly cakupan?: CakupanLembaga | null | undefined;
};
export type TahapWksbm =
  | 'PENUMBUHAN'
  | 'PEMANTAPAN'
  | 'PENGEMBANGAN';
export type TingkatGudang =
  | 'PUSAT'
  | 'PROVINSI'
  | 'KABUPATEN';
export type TingkatTemuan =
  | 'GALAT'
  | 'PERINGATAN'
  | 'INFO';
export type NetworksQueryVariables = Exact<{
  saring?: SaringWksbm | null | undefined;
  after?: string | null | undefined;
}>;
export type NetworksQuery = { readonly daftarWksbm: { readonly totalCount: number, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly nama: string, readonly tahap: TahapWksbm, readonly tahapSejak: string, readonly aktif: boolean, readonly contoh: boolean, readonly jumlahAnggota: number, readonly derajat: number, readonly jumlahSumber: number, readonly desa: { readonly kode: string, readonly nama: string, readonly kecamatan: { readonly nama: string, readonly kabupaten: { readonly kode: string, readonly nama: string } } } } }> } };
export type NetworkQueryVariables = Exact<{
  id: string;
}>;
export type NetworkQuery = { readonly wksbm: { readonly id: string, readonly nama: string, readonly tahap: TahapWksbm, readonly tahapSejak: string, readonly aktif: boolean, readonly contoh: boolean, readonly balai: string | null, readonly dokumen: string | null, readonly keterangan: string | null, readonly sejak: string, readonly sampai: string | null, readonly desa: { readonly kode: string, readonly nama: string, readonly kecamatan: { readonly nama: string, readonly kabupaten: { readonly kode: string, readonly nama: string } } }, readonly riwayatTahap: ReadonlyArray<{ readonly tahap: TahapWksbm, readonly sejak: string, readonly alasan: string | null }>, readonly anggota: ReadonlyArray<{ readonly nama: string, readonly jenis: string, readonly sejak: string, readonly sampai: string | null }>, readonly hubungan: ReadonlyArray<{ readonly id: string, readonly jenis: string, readonly skala: SkalaJejaring, readonly sejak: string, readonly sampai: string | null, readonly tujuan:
        | (
          { readonly id: string, readonly nama: string }
          & { readonly __typename: 'Wksbm' | 'Panti' | 'Lks' | 'GudangBencana' | 'Lk3' | 'RumahSinggah' | 'Slrt' | 'Puskesos' | 'KampungSiagaBencana' | 'KarangTaruna' }
        )
        | (
          { readonly nama: string, readonly kind: string }
          & { readonly __typename: 'MitraLuar' }
        )
       }>, readonly kegiatan: ReadonlyArray<{ readonly tanggal: string, readonly program: string, readonly kode: string, readonly kegiatan: string, readonly uraian: string }>, readonly kegiatanKurang: ReadonlyArray<{ readonly kode: string, readonly nama: string }> } | null };
export type ActivityKindsQueryVariables = Exact<{ [key: string]: never; }>;
export type ActivityKindsQuery = { readonly daftarKode: { readonly butir: ReadonlyArray<{ readonly kode: string, readonly nama: string }> } | null };
export type RecordActivityMutationVariables = Exact<{
  id: string;
  activity: KegiatanWksbmMasukan;
}>;
export type RecordActivityMutation = { readonly catatKegiatanWksbm:
    | (
      { readonly temuan: ReadonlyArray<{ readonly kode: string, readonly tingkat: TingkatTemuan, readonly pesan: string, readonly usulan: string | null, readonly lokasi: ReadonlyArray<{ readonly indeks: number | null, readonly kolom: string | null }> }> }
      & { readonly __typename: 'WksbmTersimpan' | 'WksbmDitolak' }
    )
    | (
      { readonly pesan: string }
      & { readonly __typename: 'TidakBerwenang' | 'BentrokRevisi' }
    )
   };
export type ChangePhaseMutationVariables = Exact<{
  id: string;
  phase: TahapWksbm;
  since: string;
  reason?: string | null | undefined;
}>;
export type ChangePhaseMutation = { readonly pindahTahapWksbm:
    | (
      { readonly temuan: ReadonlyArray<{ readonly kode: string, readonly tingkat: TingkatTemuan, readonly pesan: string, readonly usulan: string | null, readonly lokasi: ReadonlyArray<{ readonly indeks: number | null, readonly kolom: string | null }> }> }
      & { readonly __typename: 'WksbmTersimpan' | 'WksbmDitolak' }
    )
    | (
      { readonly pesan: string }
      & { readonly __typename: 'TidakBerwenang' | 'BentrokRevisi' }
    )
   };
export type PlaceFragment = { readonly kode: string, readonly nama: string, readonly kecamatan: { readonly nama: string, readonly kabupaten: { readonly kode: string, readonly nama: string } } };
export type ResourcesQueryVariables = Exact<{
  saring?: SaringSumberDaya | null | undefined;
  after?: string | null | undefined;
}>;
export type ResourcesQuery = { readonly daftarSumberDaya: { readonly totalCount: number, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly jenis: JenisSumberDaya, readonly nama: string, readonly pemilik: Pemilik, readonly aktif: boolean, readonly contoh: boolean, readonly desa: { readonly kode: string, readonly nama: string, readonly kecamatan: { readonly nama: string, readonly kabupaten: { readonly kode: string, readonly nama: string } } }, readonly surat: ReadonlyArray<{ readonly jenis: JenisSurat, readonly nomor: string | null, readonly sejak: string, readonly sampai: string | null, readonly peringkat: string | null }> } }> } };
export type ResourceQueryVariables = Exact<{
  id: string;
}>;
export type ResourceQuery = { readonly sumberDaya:
    | { readonly tingkatGudang: TingkatGudang | null, readonly luasM2: number | string | null, readonly kapasitasM3: number | string | null, readonly id: string, readonly jenis: JenisSumberDaya, readonly nama: string, readonly pemilik: Pemilik, readonly alamat: string | null, readonly titik: Geometry | null, readonly rahasia: boolean, readonly sejak: string, readonly sampai: string | null, readonly aktif: boolean, readonly contoh: boolean, readonly sumber: string | null, readonly versi: number, readonly diubahPada: string, readonly desa: { readonly kode: string, readonly nama: string, readonly kecamatan: { readonly nama: string, readonly kabupaten: { readonly kode: string, readonly nama: string } } }, readonly surat: ReadonlyArray<{ readonly jenis: JenisSurat, readonly nomor: string | null, readonly sejak: string, readonly sampai: string | null, readonly peringkat: string | null, readonly cakupan: CakupanLembaga | null }> }
    | { readonly lumbung: boolean | null, readonly gardu: boolean | null, readonly anggotaL: number | null, readonly anggotaP: number | null, readonly jumlahAnggota: number | null, readonly id: string, readonly jenis: JenisSumberDaya, readonly nama: string, readonly pemilik: Pemilik, readonly alamat: string | null, readonly titik: Geometry | null, readonly rahasia: boolean, readonly sejak: string, readonly sampai: string | null, readonly aktif: boolean, readonly contoh: boolean, readonly sumber: string | null, readonly versi: number, readonly diubahPada: string, readonly desa: { readonly kode: string, readonly nama: string, readonly kecamatan: { readonly nama: string, readonly kabupaten: { readonly kode: string, readonly nama: string } } }, readonly surat: ReadonlyArray<{ readonly jenis: JenisSurat, readonly nomor: string | null, readonly sejak: string, readonly sampai: string | null, readonly peringkat: string | null, readonly cakupan: CakupanLembaga | null }> }
    | { readonly klasifikasi: KlasifikasiKarangTaruna | null, readonly anggotaL: number | null, readonly anggotaP: number | null, readonly jumlahAnggota: number | null, readonly pengurusL: number | null, readonly pengurusP: number | null, readonly jumlahPengurus: number | null, readonly id: string, readonly jenis: JenisSumberDaya, readonly nama: string, readonly pemilik: Pemilik, readonly alamat: string | null, readonly titik: Geometry | null, readonly rahasia: boolean, readonly sejak: string, readonly sampai: string | null, readonly aktif: boolean, readonly contoh: boolean, readonly sumber: string | null, readonly versi: number, readonly diubahPada: string, readonly desa: { readonly kode: string, readonly nama: string, readonly kecamatan: { readonly nama: string, readonly kabupaten: { readonly kode: string, readonly nama: string } } }, readonly surat: ReadonlyArray<{ readonly jenis: JenisSurat, readonly nomor: string | null, readonly sejak: string, readonly sampai: string | null, readonly peringkat: string | null, readonly cakupan: CakupanLembaga | null }> }
    | { readonly klienL: number | null, readonly klienP: number | null, readonly jumlahKlien: number | null, readonly bidang: string | null, readonly id: string, readonly jenis: JenisSumberDaya, readonly nama: string, readonly pemilik: Pemilik, readonly alamat: string | null, readonly titik: Geometry | null, readonly rahasia: boolean, readonly sejak: string, readonly sampai: string | null, readonly aktif: boolean, readonly contoh: boolean, readonly sumber: string | null, readonly versi: number, readonly diubahPada: string, readonly desa: { readonly kode: string, readonly nama: string, readonly kecamatan: { readonly nama: string, readonly kabupaten: { readonly kode: string, readonly nama: string } } }, readonly surat: ReadonlyArray<{ readonly jenis: JenisSurat, readonly nomor: string | null, readonly sejak: string, readonly sampai: string | null, readonly peringkat: string | null, readonly cakupan: CakupanLembaga | null }> }
    | { readonly klienL: number | null, readonly klienP: number | null, readonly jumlahKlien: number | null, readonly bidang: string | null, readonly ketua: string | null, readonly cakupan: CakupanLembaga | null, readonly id: string, readonly jenis: JenisSumberDaya, readonly nama: string, readonly pemilik: Pemilik, readonly alamat: string | null, readonly titik: Geometry | null, readonly rahasia: boolean, readonly sejak: string, readonly sampai: string | null, readonly aktif: boolean, readonly contoh: boolean, readonly sumber: string | null, readonly versi: number, readonly diubahPada: string, readonly desa: { readonly kode: string, readonly nama: string, readonly kecamatan: { readonly nama: string, readonly kabupaten: { readonly kode: string, readonly nama: string } } }, readonly surat: ReadonlyArray<{ readonly jenis: JenisSurat, readonly nomor: string | null, readonly sejak: string, readonly sampai: string | null, readonly peringkat: string | null, readonly cakupan: CakupanLembaga | null }> }
    | { readonly klienL: number | null, readonly klienP: number | null, readonly jumlahKlien: number | null, readonly bidang: string | null, readonly ketua: string | null, readonly cakupan: CakupanLembaga | null, readonly id: string, readonly jenis: JenisSumberDaya, readonly nama: string, readonly pemilik: Pemilik, readonly alamat: string | null, readonly titik: Geometry | null, readonly rahasia: boolean, readonly sejak: string, readonly sampai: string | null, readonly aktif: boolean, readonly contoh: boolean, readonly sumber: string | null, readonly versi: number, readonly diubahPada: string, readonly pantiServed: string, readonly pantiPlaces: number, readonly desa: { readonly kode: string, readonly nama: string, readonly kecamatan: { readonly nama: string, readonly kabupaten: { readonly kode: string, readonly nama: string } } }, readonly surat: ReadonlyArray<{ readonly jenis: JenisSurat, readonly nomor: string | null, readonly sejak: string, readonly sampai: string | null, readonly peringkat: string | null, readonly cakupan: CakupanLembaga | null }> }
    | { readonly pengelola: string | null, readonly sumberDana: string | null, readonly tahun: number | null, readonly petugasDepan: number | null, readonly petugasBelakang: number | null, readonly pengaduanMasuk: number | null, readonly pengaduanSelesai: number | null, readonly id: string, readonly jenis: JenisSumberDaya, readonly nama: string, readonly pemilik: Pemilik, readonly alamat: string | null, readonly titik: Geometry | null, readonly rahasia: boolean, readonly sejak: string, readonly sampai: string | null, readonly aktif: boolean, readonly contoh: boolean, readonly sumber: string | null, readonly versi: number, readonly diubahPada: string, readonly desa: { readonly kode: string, readonly nama: string, readonly kecamatan: { readonly nama: string, readonly kabupaten: { readonly kode: string, readonly nama: string } } }, readonly surat: ReadonlyArray<{ readonly jenis: JenisSurat, readonly nomor: string | null, readonly sejak: string, readonly sampai: string | null, readonly peringkat: string | null, readonly cakupan: CakupanLembaga | null }> }
    | { readonly sasaran: string | null, readonly dayaTampung: number | null, readonly klienL: number | null, readonly klienP: number | null, readonly jumlahKlien: number | null, readonly id: string, readonly jenis: JenisSumberDaya, readonly nama: string, readonly pemilik: Pemilik, readonly alamat: string | null, readonly titik: Geometry | null, readonly rahasia: boolean, readonly sejak: string, readonly sampai: string | null, readonly aktif: boolean, readonly contoh: boolean, readonly sumber: string | null, readonly versi: number, readonly diubahPada: string, readonly desa: { readonly kode: string, readonly nama: string, readonly kecamatan: { readonly nama: string, readonly kabupaten: { readonly kode: string, readonly nama: string } } }, readonly surat: ReadonlyArray<{ readonly jenis: JenisSurat, readonly nomor: string | null, readonly sejak: string, readonly sampai: string | null, readonly peringkat: string | null, readonly cakupan: CakupanLembaga | null }> }
    | { readonly sekretariat: string | null, readonly sumberDana: string | null, readonly tahun: number | null, readonly petugasDepan: number | null, readonly petugasBelakang: number | null, readonly pengaduanMasuk: number | null, readonly pengaduanSelesai: number | null, readonly id: string, readonly jenis: JenisSumberDaya, readonly nama: string, readonly pemilik: Pemilik, readonly alamat: string | null, readonly titik: Geometry | null, readonly rahasia: boolean, readonly sejak: string, readonly sampai: string | null, readonly aktif: boolean, readonly contoh: boolean, readonly sumber: string | null, readonly versi: number, readonly diubahPada: string, readonly desa: { readonly kode: string, readonly nama: string, readonly kecamatan: { readonly nama: string, readonly kabupaten: { readonly kode: string, readonly nama: string } } }, readonly surat: ReadonlyArray<{ readonly jenis: JenisSurat, readonly nomor: string | null, readonly sejak: string, readonly sampai: string | null, readonly peringkat: string | null, readonly cakupan: CakupanLembaga | null }> }
   | null };
export type RegionsQueryVariables = Exact<{
  kabupaten: string;
}>;
export type RegionsQuery = { readonly kabupaten: { readonly kode: string, readonly nama: string, readonly kecamatan: ReadonlyArray<{ readonly kode: string, readonly nama: string, readonly desa: ReadonlyArray<{ readonly kode: string, readonly nama: string }> }> } | null };
export type FindingFragment = { readonly kode: string, readonly tingkat: TingkatTemuan, readonly pesan: string, readonly usulan: string | null, readonly lokasi: ReadonlyArray<{ readonly indeks: number | null, readonly kolom: string | null }> };
export type SaveResourceMutationVariables = Exact<{
  input: SumberDayaMasukan;
}>;
export type SaveResourceMutation = { readonly simpanSumberDaya:
    | (
      { readonly versi: number, readonly temuan: ReadonlyArray<{ readonly kode: string, readonly tingkat: TingkatTemuan, readonly pesan: string, readonly usulan: string | null, readonly lokasi: ReadonlyArray<{ readonly indeks: number | null, readonly kolom: string | null }> }> }
      & { readonly __typename: 'SumberDayaTersimpan' }
    )
    | (
      { readonly temuan: ReadonlyArray<{ readonly kode: string, readonly tingkat: TingkatTemuan, readonly pesan: string, readonly usulan: string | null, readonly lokasi: ReadonlyArray<{ readonly indeks: number | null, readonly kolom: string | null }> }> }
      & { readonly __typename: 'SumberDayaDitolak' }
    )
    | (
      { readonly pesan: string }
      & { readonly __typename: 'TidakBerwenang' | 'BentrokRevisi' }
    )
   };
export type WarehousesQueryVariables = Exact<{
  saring?: SaringGudang | null | undefined;
  after?: string | null | undefined;
}>;
export type WarehousesQuery = { readonly daftarGudang: { readonly totalCount: number, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly nama: string, readonly pemilik: Pemilik, readonly kesehatan: string, readonly desa: { readonly kode: string, readonly nama: string, readonly kecamatan: { readonly nama: string, readonly kabupaten: { readonly kode: string, readonly nama: string } } }, readonly stok: ReadonlyArray<{ readonly kode: string, readonly barang: string, readonly satuan: string, readonly jumlah: number | string, readonly kesehatan: string }> } }> } };
export type MovementFragment = { readonly urutan: number, readonly jenis: JenisMutasiStok, readonly barang: string, readonly satuan: string, readonly lot: string | null, readonly jumlah: number | string, readonly pada: string, readonly lawan: { readonly nama: string } | null, readonly bukti: { readonly nomorDokumen: string, readonly tujuan: string | null, readonly alasan: string | null, readonly oleh: string } | null };
export type TransferFragment = { readonly id: string, readonly status: StatusPindahan, readonly alasan: string | null, readonly dikirimPada: string, readonly dari: { readonly nama: string }, readonly ke: { readonly nama: string }, readonly mutasi: ReadonlyArray<{ readonly urutan: number, readonly barang: string, readonly satuan: string, readonly jumlah: number | string }> };
export type WarehouseQueryVariables = Exact<{
  id: string;
}>;
export type WarehouseQuery = { readonly sumberDaya:
    | { readonly kesehatan: string, readonly id: string, readonly nama: string, readonly pemilik: Pemilik, readonly aktif: boolean, readonly alamat: string | null, readonly contoh: boolean, readonly stok: ReadonlyArray<{ readonly kode: string, readonly barang: string, readonly satuan: string, readonly jumlah: number | string, readonly layak: number | string, readonly kedaluwarsa: number | string, readonly minimum: number | string, readonly hariTersisa: number | null, readonly kesehatan: string, readonly lot: ReadonlyArray<{ readonly lot: string | null, readonly sumberDana: SumberDana, readonly kedaluwarsa: string | null, readonly jumlah: number | string }> }>, readonly pindahanMasuk: ReadonlyArray<{ readonly id: string, readonly status: StatusPindahan, readonly alasan: string | null, readonly dikirimPada: string, readonly dari: { readonly nama: string }, readonly ke: { readonly nama: string }, readonly mutasi: ReadonlyArray<{ readonly urutan: number, readonly barang: string, readonly satuan: string, readonly jumlah: number | string }> }>, readonly pindahanKeluar: ReadonlyArray<{ readonly id: string, readonly status: StatusPindahan, readonly alasan: string | null, readonly dikirimPada: string, readonly dari: { readonly nama: string }, readonly ke: { readonly nama: string }, readonly mutasi: ReadonlyArray<{ readonly urutan: number, readonly barang: string, readonly satuan: string, readonly jumlah: number | string }> }>, readonly desa: { readonly kode: string, readonly nama: string, readonly kecamatan: { readonly nama: string, readonly kabupaten: { readonly kode: string, readonly nama: string } } } }
    | { readonly id: string, readonly nama: string, readonly pemilik: Pemilik, readonly aktif: boolean, readonly alamat: string | null, readonly contoh: boolean, readonly desa: { readonly kode: string, readonly nama: string, readonly kecamatan: { readonly nama: string, readonly kabupaten: { readonly kode: string, readonly nama: string } } } }
   | null };
export type LedgerQueryVariables = Exact<{
  id: string;
  barang?: string | null | undefined;
  after?: string | null | undefined;
}>;
export type LedgerQuery = { readonly sumberDaya: { readonly mutasi: { readonly totalCount: number, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly edges: ReadonlyArray<{ readonly node: { readonly urutan: number, readonly jenis: JenisMutasiStok, readonly barang: string, readonly satuan: string, readonly lot: string | null, readonly jumlah: number | string, readonly pada: string, readonly lawan: { readonly nama: string } | null, readonly bukti: { readonly nomorDokumen: string, readonly tujuan: string | null, readonly alasan: string | null, readonly oleh: string } | null } }> } } | null };
export type GoodsQueryVariables = Exact<{ [key: string]: never; }>;
export type GoodsQuery = { readonly daftarBarang: ReadonlyArray<{ readonly kode: string, readonly nama: string, readonly satuan: string, readonly berkedaluwarsa: boolean }> };
export type OtherWarehousesQueryVariables = Exact<{
  wilayah: string;
}>;
export type OtherWarehousesQuery = { readonly daftarGudang: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly nama: string, readonly desa: { readonly kode: string, readonly nama: string, readonly kecamatan: { readonly nama: string, readonly kabupaten: { readonly kode: string, readonly nama: string } } } } }> } };
export type RecordMovementMutationVariables = Exact<{
  input: MutasiStokMasukan;
}>;
export type RecordMovementMutation = { readonly catatMutasiStok:
    | (
      { readonly temuan: ReadonlyArray<{ readonly kode: string, readonly tingkat: TingkatTemuan, readonly pesan: string, readonly usulan: string | null, readonly lokasi: ReadonlyArray<{ readonly indeks: number | null, readonly kolom: string | null }> }> }
      & { readonly __typename: 'StokTercatat' | 'StokDitolak' }
    )
    | (
      { readonly pesan: string }
      & { readonly __typename: 'TidakBerwenang' }
    )
   };
export type AcceptTransferMutationVariables = Exact<{
  id: string;
  key: string;
}>;
export type AcceptTransferMutation = { readonly terimaPindahan:
    | (
      { readonly temuan: ReadonlyArray<{ readonly kode: string, readonly tingkat: TingkatTemuan, readonly pesan: string, readonly usulan: string | null, readonly lokasi: ReadonlyArray<{ readonly indeks: number | null, readonly kolom: string | null }> }> }
      & { readonly __typename: 'StokTercatat' | 'StokDitolak' }
    )
    | (
      { readonly pesan: string }
      & { readonly __typename: 'TidakBerwenang' }
    )
   };
export type RefuseTransferMutationVariables = Exact<{
  id: string;
  reason: string;
}>;
export type RefuseTransferMutation = { readonly tolakPindahan:
    | (
      { readonly temuan: ReadonlyArray<{ readonly kode: string, readonly tingkat: TingkatTemuan, readonly pesan: string, readonly usulan: string | null, readonly lokasi: ReadonlyArray<{ readonly indeks: number | null, readonly kolom: string | null }> }> }
      & { readonly __typename: 'StokTercatat' | 'StokDitolak' }
    )
    | (
      { readonly pesan: string }
      & { readonly __typename: 'TidakBerwenang' }
    )
   };

export const NETWORKS = "query Networks($saring:SaringWksbm$after:String){daftarWksbm(saring:$saring first:50 after:$after){totalCount pageInfo{hasNextPage endCursor}edges{node{id nama tahap tahapSejak aktif contoh jumlahAnggota derajat jumlahSumber desa{...Place}}}}}fragment Place on Desa{kode nama kecamatan{nama kabupaten{kode nama}}}" as Query<NetworksQuery, NetworksQueryVariables>;
export const NETWORK = "query Network($id:ID!){wksbm(id:$id){id nama tahap tahapSejak aktif contoh balai dokumen keterangan sejak sampai desa{...Place}riwayatTahap{tahap sejak alasan}anggota{nama jenis sejak sampai}hubungan{id jenis skala sejak sampai tujuan{__typename ...on Wksbm{id nama}...on SumberDaya{id nama}...on MitraLuar{nama kind:jenis}}}kegiatan{tanggal program kode kegiatan uraian}kegiatanKurang{kode nama}}}fragment Place on Desa{kode nama kecamatan{nama kabupaten{kode nama}}}" as Query<NetworkQuery, NetworkQueryVariables>;
export const ACTIVITY_KINDS = "query ActivityKinds{daftarKode(kode:\"KEGIATAN_WKSBM\"){butir{kode nama}}}" as Query<ActivityKindsQuery, ActivityKindsQueryVariables>;
export const RECORD_ACTIVITY = "mutation RecordActivity($id:ID!$activity:KegiatanWksbmMasukan!){catatKegiatanWksbm(id:$id kegiatan:[$activity]){__typename ...on WksbmTersimpan{temuan{...Finding}}...on WksbmDitolak{temuan{...Finding}}...on TidakBerwenang{pesan}...on BentrokRevisi{pesan}}}fragment Finding on Temuan{kode tingkat pesan usulan lokasi{indeks kolom}}" as Query<RecordActivityMutation, RecordActivityMutationVariables>;
export const CHANGE_PHASE = "mutation ChangePhase($id:ID!$phase:TahapWksbm!$since:Date!$reason:String){pindahTahapWksbm(id:$id tahap:$phase sejak:$since alasan:$reason){__typename ...on WksbmTersimpan{temuan{...Finding}}...on WksbmDitolak{temuan{...Finding}}...on TidakBerwenang{pesan}...on BentrokRevisi{pesan}}}fragment Finding on Temuan{kode tingkat pesan usulan lokasi{indeks kolom}}" as Query<ChangePhaseMutation, ChangePhaseMutationVariables>;
export const RESOURCES = "fragment Place on Desa{kode nama kecamatan{nama kabupaten{kode nama}}}query Resources($saring:SaringSumberDaya$after:String){daftarSumberDaya(saring:$saring first:50 after:$after){totalCount pageInfo{hasNextPage endCursor}edges{node{id jenis nama pemilik aktif contoh desa{...Place}surat{jenis nomor sejak sampai peringkat}}}}}" as Query<ResourcesQuery, ResourcesQueryVariables>;
export const RESOURCE = "fragment Place on Desa{kode nama kecamatan{nama kabupaten{kode nama}}}query Resource($id:ID!){sumberDaya(id:$id){id jenis nama pemilik alamat titik rahasia sejak sampai aktif contoh sumber versi diubahPada desa{...Place}surat{jenis nomor sejak sampai peringkat cakupan}...on Panti{pantiServed:sasaran pantiPlaces:dayaTampung klienL klienP jumlahKlien bidang ketua cakupan}...on Lks{klienL klienP jumlahKlien bidang ketua cakupan}...on Lk3{klienL klienP jumlahKlien bidang}...on RumahSinggah{sasaran dayaTampung klienL klienP jumlahKlien}...on Slrt{sekretariat sumberDana tahun petugasDepan petugasBelakang pengaduanMasuk pengaduanSelesai}...on Puskesos{pengelola sumberDana tahun petugasDepan petugasBelakang pengaduanMasuk pengaduanSelesai}...on GudangBencana{tingkatGudang luasM2 kapasitasM3}...on KampungSiagaBencana{lumbung gardu anggotaL anggotaP jumlahAnggota}...on KarangTaruna{klasifikasi anggotaL anggotaP jumlahAnggota pengurusL pengurusP jumlahPengurus}}}" as Query<ResourceQuery, ResourceQueryVariables>;
export const REGIONS = "query Regions($kabupaten:KodeWilayah!){kabupaten(kode:$kabupaten){kode nama kecamatan{kode nama desa{kode nama}}}}" as Query<RegionsQuery, RegionsQueryVariables>;
export const SAVE_RESOURCE = "fragment Finding on Temuan{kode tingkat pesan usulan lokasi{indeks kolom}}mutation SaveResource($input:SumberDayaMasukan!){simpanSumberDaya(masukan:$input){__typename ...on SumberDayaTersimpan{versi temuan{...Finding}}...on SumberDayaDitolak{temuan{...Finding}}...on TidakBerwenang{pesan}...on BentrokRevisi{pesan}}}" as Query<SaveResourceMutation, SaveResourceMutationVariables>;
export const WAREHOUSES = "fragment Place on Desa{kode nama kecamatan{nama kabupaten{kode nama}}}query Warehouses($saring:SaringGudang$after:String){daftarGudang(saring:$saring first:25 after:$after){totalCount pageInfo{hasNextPage endCursor}edges{node{id nama pemilik kesehatan desa{...Place}stok{kode barang satuan jumlah kesehatan}}}}}" as Query<WarehousesQuery, WarehousesQueryVariables>;
export const WAREHOUSE = "fragment Place on Desa{kode nama kecamatan{nama kabupaten{kode nama}}}fragment Transfer on Pindahan{id status alasan dikirimPada dari{nama}ke{nama}mutasi{urutan barang satuan jumlah}}query Warehouse($id:ID!){sumberDaya(id:$id){id nama pemilik aktif alamat contoh desa{...Place}...on GudangBencana{kesehatan stok{kode barang satuan jumlah layak kedaluwarsa minimum hariTersisa kesehatan lot{lot sumberDana kedaluwarsa jumlah}}pindahanMasuk{...Transfer}pindahanKeluar{...Transfer}}}}" as Query<WarehouseQuery, WarehouseQueryVariables>;
export const LEDGER = "fragment Movement on MutasiStok{urutan jenis barang satuan lot jumlah pada lawan{nama}bukti{nomorDokumen tujuan alasan oleh}}query Ledger($id:ID!$barang:String$after:String){sumberDaya(id:$id){...on GudangBencana{mutasi(barang:$barang first:50 after:$after){totalCount pageInfo{hasNextPage endCursor}edges{node{...Movement}}}}}}" as Query<LedgerQuery, LedgerQueryVariables>;
export const GOODS = "query Goods{daftarBarang{kode nama satuan berkedaluwarsa}}" as Query<GoodsQuery, GoodsQueryVariables>;
export const OTHER_WAREHOUSES = "fragment Place on Desa{kode nama kecamatan{nama kabupaten{kode nama}}}query OtherWarehouses($wilayah:KodeWilayah!){daftarGudang(saring:{di:$wilayah}first:100){edges{node{id nama desa{...Place}}}}}" as Query<OtherWarehousesQuery, OtherWarehousesQueryVariables>;
export const RECORD_MOVEMENT = "fragment Finding on Temuan{kode tingkat pesan usulan lokasi{indeks kolom}}mutation RecordMovement($input:MutasiStokMasukan!){catatMutasiStok(masukan:$input){__typename ...on StokTercatat{temuan{...Finding}}...on StokDitolak{temuan{...Finding}}...on TidakBerwenang{pesan}}}" as Query<RecordMovementMutation, RecordMovementMutationVariables>;
export const ACCEPT_TRANSFER = "fragment Finding on Temuan{kode tingkat pesan usulan lokasi{indeks kolom}}mutation AcceptTransfer($id:ID!$key:String!){terimaPindahan(id:$id kunciIdempoten:$key){__typename ...on StokTercatat{temuan{...Finding}}...on StokDitolak{temuan{...Finding}}...on TidakBerwenang{pesan}}}" as Query<AcceptTransferMutation, AcceptTransferMutationVariables>;
export const REFUSE_TRANSFER = "fragment Finding on Temuan{kode tingkat pesan usulan lokasi{indeks kolom}}mutation RefuseTransfer($id:ID!$reason:String!){tolakPindahan(id:$id alasan:$reason){__typename ...on StokTercatat{temuan{...Finding}}...on StokDitolak{temuan{...Finding}}...on TidakBerwenang{pesan}}}" as Query<RefuseTransferMutation, RefuseTransferMutationVariables>;
