// Written by codegen.ts from src/isian/queries and schema/hub.graphql. Change those and run: npm run codegen
import type { Query } from "../hub/fetch.ts";
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type AgregasiWilayah =
  | 'JUMLAH'
  | 'HITUNG'
  | 'HITUNG_ULANG'
  | 'TIDAK';
export type AksiRekap =
  | 'SIMPAN'
  | 'AJUKAN'
  | 'SETUJUI'
  | 'KEMBALIKAN'
  | 'BUKA'
  | 'TARIK';
export type BarisMasukan = {
  readonly wilayah?: string | null | undefined;
  readonly namaWilayah?: string | null | undefined;
  readonly namaKecamatan?: string | null | undefined;
  readonly nilai: ReadonlyArray<number | string | null | undefined>;
  readonly status?: ReadonlyArray<StatusNilai | null | undefined> | null | undefined;
};
export type KolomMasukan = {
  readonly elemen: string;
  readonly rincian?: ReadonlyArray<PilihanRincianMasukan> | null | undefined;
};
export type NilaiMasukan = {
  readonly wilayah?: string | null | undefined;
  readonly namaWilayah?: string | null | undefined;
  readonly namaKecamatan?: string | null | undefined;
  readonly elemen: string;
  readonly rincian?: ReadonlyArray<PilihanRincianMasukan> | null | undefined;
  readonly nilai?: number | string | null | undefined;
  readonly status?: StatusNilai | null | undefined;
};
export type PilihanRincianMasukan = {
  readonly rincian: string;
  readonly pilihan: string;
};
export type RekapMasukan = {
  readonly pelapor: string;
  readonly formulir: string;
  readonly periode: string;
  readonly kunciIdempoten: string;
  readonly revisiDasar?: number | null | undefined;
  readonly tabel?: ReadonlyArray<TabelMasukan> | null | undefined;
  readonly nilai?: ReadonlyArray<NilaiMasukan> | null | undefined;
  readonly totalTertulis?: ReadonlyArray<TotalMasukan> | null | undefined;
  readonly surat?: SuratMasukan | null | undefined;
};
export type StatusNilai =
  | 'ADA'
  | 'NOL'
  | 'TIDAK_ADA_DATA'
  | 'TIDAK_DILAKSANAKAN'
  | 'TIDAK_BERLAKU'
  | 'DISUPRESI';
export type StatusRekap =
  | 'DRAF'
  | 'DIAJUKAN'
  | 'DIKEMBALIKAN'
  | 'DISETUJUI';
export type SuratMasukan = {
  readonly nomor: string;
  readonly tanggal: string;
};
export type TabelMasukan = {
  readonly kolom: ReadonlyArray<KolomMasukan>;
  readonly baris: ReadonlyArray<BarisMasukan>;
};
export type TingkatTemuan =
  | 'GALAT'
  | 'PERINGATAN'
  | 'INFO';
export type TingkatWilayah =
  | 'PROVINSI'
  | 'KABUPATEN'
  | 'KECAMATAN'
  | 'DESA';
export type TotalMasukan = {
  readonly elemen: string;
  readonly wilayah?: string | null | undefined;
  readonly tertulis: number | string;
};
export type IsianFormQueryVariables = Exact<{
  formulir: string;
}>;
export type IsianFormQuery = { readonly formulir: { readonly kode: string, readonly nama: string, readonly hash: string, readonly periodeTersingkat: string, readonly elemen: ReadonlyArray<{ readonly kode: string, readonly nama: string, readonly satuan: string, readonly tingkat: TingkatWilayah, readonly agregasiWilayah: AgregasiWilayah, readonly sensitif: number, readonly registri: TingkatWilayah | null, readonly bulat: boolean, readonly minimum: number | string | null, readonly maksimum: number | string | null, readonly diLuar: TingkatTemuan, readonly definisi: string | null, readonly rincian: ReadonlyArray<{ readonly kode: string, readonly nama: string, readonly pilihan: ReadonlyArray<string>, readonly lengkap: boolean, readonly terbuka: boolean, readonly menjumlah: boolean, readonly butir: ReadonlyArray<{ readonly kode: string, readonly nama: string }> }> }> } | null };
export type IsianRegionsQueryVariables = Exact<{
  wilayah: string;
  pada?: string | null | undefined;
}>;
export type IsianRegionsQuery = { readonly kabupaten: { readonly kode: string, readonly nama: string, readonly kecamatan: ReadonlyArray<{ readonly kode: string, readonly nama: string, readonly desa: ReadonlyArray<{ readonly kode: string, readonly nama: string }> }> } | null };
export type IsianRekapQueryVariables = Exact<{
  id: string;
}>;
export type IsianRekapQuery = { readonly rekap: { readonly id: string, readonly status: StatusRekap, readonly revisi: number, readonly tenggat: string | null, readonly boleh: ReadonlyArray<AksiRekap>, readonly nilai: ReadonlyArray<{ readonly nilai: number | string | null, readonly status: StatusNilai, readonly wilayah: { readonly kode: string }, readonly elemen: { readonly kode: string }, readonly rincian: ReadonlyArray<{ readonly rincian: string, readonly pilihan: string }> }>, readonly rumusTertulis: ReadonlyArray<{ readonly rumus: string, readonly tertulis: number | string, readonly wilayah: { readonly kode: string } }>, readonly surat: { readonly nomor: string, readonly tanggal: string } | null, readonly catatan: ReadonlyArray<{ readonly alasan: string, readonly usulan: number | string | null, readonly wilayah: { readonly kode: string, readonly nama: string }, readonly elemen: { readonly kode: string, readonly nama: string }, readonly rincian: ReadonlyArray<{ readonly rincian: string, readonly pilihan: string }> }>, readonly riwayat: ReadonlyArray<{ readonly aksi: AksiRekap, readonly pada: string, readonly oleh: string, readonly alasan: string | null, readonly revisi: number }> } | null };
type IsianOutcome_RekapDiterima_Fragment = (
  { readonly revisi: number, readonly ulangan: boolean, readonly temuan: ReadonlyArray<{ readonly kode: string, readonly tingkat: TingkatTemuan, readonly pesan: string, readonly wilayah: string | null, readonly elemen: string | null, readonly nilai: string | null, readonly usulan: string | null, readonly lokasi: ReadonlyArray<{ readonly lembar: string | null, readonly baris: number | null, readonly kolom: string | null }> }> }
  & { readonly __typename: 'RekapDiterima' }
);
type IsianOutcome_RekapDitolak_Fragment = (
  { readonly temuan: ReadonlyArray<{ readonly kode: string, readonly tingkat: TingkatTemuan, readonly pesan: string, readonly wilayah: string | null, readonly elemen: string | null, readonly nilai: string | null, readonly usulan: string | null, readonly lokasi: ReadonlyArray<{ readonly lembar: string | null, readonly baris: number | null, readonly kolom: string | null }> }> }
  & { readonly __typename: 'RekapDitolak' }
);
type IsianOutcome_TidakBerwenang_Fragment = (
  { readonly pesan: string }
  & { readonly __typename: 'TidakBerwenang' }
);
type IsianOutcome_BentrokRevisi_Fragment = (
  { readonly pesan: string, readonly revisiTerbaru: number }
  & { readonly __typename: 'BentrokRevisi' }
);
export type IsianOutcomeFragment =
  | IsianOutcome_RekapDiterima_Fragment
  | IsianOutcome_RekapDitolak_Fragment
  | IsianOutcome_TidakBerwenang_Fragment
  | IsianOutcome_BentrokRevisi_Fragment
;
export type IsianFindingFragment = { readonly kode: string, readonly tingkat: TingkatTemuan, readonly pesan: string, readonly wilayah: string | null, readonly elemen: string | null, readonly nilai: string | null, readonly usulan: string | null, readonly lokasi: ReadonlyArray<{ readonly lembar: string | null, readonly baris: number | null, readonly kolom: string | null }> };
export type IsianSubmitMutationVariables = Exact<{
  masukan: RekapMasukan;
  uji: boolean;
}>;
export type IsianSubmitMutation = { readonly ajukanRekap:
    | (
      { readonly revisi: number, readonly ulangan: boolean, readonly temuan: ReadonlyArray<{ readonly kode: string, readonly tingkat: TingkatTemuan, readonly pesan: string, readonly wilayah: string | null, readonly elemen: string | null, readonly nilai: string | null, readonly usulan: string | null, readonly lokasi: ReadonlyArray<{ readonly lembar: string | null, readonly baris: number | null, readonly kolom: string | null }> }> }
      & { readonly __typename: 'RekapDiterima' }
    )
    | (
      { readonly temuan: ReadonlyArray<{ readonly kode: string, readonly tingkat: TingkatTemuan, readonly pesan: string, readonly wilayah: string | null, readonly elemen: string | null, readonly nilai: string | null, readonly usulan: string | null, readonly lokasi: ReadonlyArray<{ readonly lembar: string | null, readonly baris: number | null, readonly kolom: string | null }> }> }
      & { readonly __typename: 'RekapDitolak' }
    )
    | (
      { readonly pesan: string }
      & { readonly __typename: 'TidakBerwenang' }
    )
    | (
      { readonly pesan: string, readonly revisiTerbaru: number }
      & { readonly __typename: 'BentrokRevisi' }
    )
   };
export type IsianSaveMutationVariables = Exact<{
  masukan: RekapMasukan;
}>;
export type IsianSaveMutation = { readonly simpanDrafRekap:
    | (
      { readonly revisi: number, readonly ulangan: boolean, readonly temuan: ReadonlyArray<{ readonly kode: string, readonly tingkat: TingkatTemuan, readonly pesan: string, readonly wilayah: string | null, readonly elemen: string | null, readonly nilai: string | null, readonly usulan: string | null, readonly lokasi: ReadonlyArray<{ readonly lembar: string | null, readonly baris: number | null, readonly kolom: string | null }> }> }
      & { readonly __typename: 'RekapDiterima' }
    )
    | (
      { readonly temuan: ReadonlyArray<{ readonly kode: string, readonly tingkat: TingkatTemuan, readonly pesan: string, readonly wilayah: string | null, readonly elemen: string | null, readonly nilai: string | null, readonly usulan: string | null, readonly lokasi: ReadonlyArray<{ readonly lembar: string | null, readonly baris: number | null, readonly kolom: string | null }> }> }
      & { readonly __typename: 'RekapDitolak' }
    )
    | (
      { readonly pesan: string }
      & { readonly __typename: 'TidakBerwenang' }
    )
    | (
      { readonly pesan: string, readonly revisiTerbaru: number }
      & { readonly __typename: 'BentrokRevisi' }
    )
   };

export const ISIAN_FORM = "query IsianForm($formulir:String!){formulir(kode:$formulir){kode nama hash periodeTersingkat elemen{kode nama satuan tingkat agregasiWilayah sensitif registri bulat minimum maksimum diLuar definisi rincian{kode nama pilihan butir{kode nama}lengkap terbuka menjumlah}}}}" as Query<IsianFormQuery, IsianFormQueryVariables>;
export const ISIAN_REGIONS = "query IsianRegions($wilayah:KodeWilayah!$pada:Date){kabupaten(kode:$wilayah pada:$pada){kode nama kecamatan{kode nama desa{kode nama}}}}" as Query<IsianRegionsQuery, IsianRegionsQueryVariables>;
export const ISIAN_REKAP = "query IsianRekap($id:ID!){rekap(id:$id){id status revisi tenggat boleh nilai{wilayah{kode}elemen{kode}rincian{rincian pilihan}nilai status}rumusTertulis{rumus wilayah{kode}tertulis}surat{nomor tanggal}catatan{wilayah{kode nama}elemen{kode nama}rincian{rincian pilihan}alasan usulan}riwayat{aksi pada oleh alasan revisi}}}" as Query<IsianRekapQuery, IsianRekapQueryVariables>;
export const ISIAN_SUBMIT = "fragment IsianOutcome on HasilRekap{__typename ...on RekapDiterima{revisi ulangan temuan{...IsianFinding}}...on RekapDitolak{temuan{...IsianFinding}}...on TidakBerwenang{pesan}...on BentrokRevisi{pesan revisiTerbaru}}fragment IsianFinding on Temuan{kode tingkat pesan wilayah elemen nilai usulan lokasi{lembar baris kolom}}mutation IsianSubmit($masukan:RekapMasukan!$uji:Boolean!){ajukanRekap(masukan:$masukan uji:$uji){...IsianOutcome}}" as Query<IsianSubmitMutation, IsianSubmitMutationVariables>;
export const ISIAN_SAVE = "fragment IsianOutcome on HasilRekap{__typename ...on RekapDiterima{revisi ulangan temuan{...IsianFinding}}...on RekapDitolak{temuan{...IsianFinding}}...on TidakBerwenang{pesan}...on BentrokRevisi{pesan revisiTerbaru}}fragment IsianFinding on Temuan{kode tingkat pesan wilayah elemen nilai usulan lokasi{lembar baris kolom}}mutation IsianSave($masukan:RekapMasukan!){simpanDrafRekap(masukan:$masukan){...IsianOutcome}}" as Query<IsianSaveMutation, IsianSaveMutationVariables>;
