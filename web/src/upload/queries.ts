// Written by codegen.ts from src/upload/queries and schema/hub.graphql. Change those and run: npm run codegen
import type { Query } from "../hub/fetch.ts";
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type PemetaanBaris = {
  readonly lembar?: string | null | undefined;
  readonly tertulis: string;
  readonly wilayah?: string | null | undefined;
  readonly abaikan?: boolean | null | undefined;
};
export type PemetaanKolom = {
  readonly lembar?: string | null | undefined;
  readonly kolom: string;
  readonly elemen?: string | null | undefined;
  readonly rincian?: ReadonlyArray<PilihanRincianMasukan> | null | undefined;
  readonly sebagai?: SebagaiKolom | null | undefined;
};
export type PilihanRincianMasukan = {
  readonly rincian: string;
  readonly pilihan: string;
};
export type SebagaiKolom =
  | 'KODE_WILAYAH'
  | 'NAMA_WILAYAH'
  | 'NAMA_KECAMATAN'
  | 'ELEMEN'
  | 'NAMA_ELEMEN'
  | 'RINCIAN'
  | 'NILAI'
  | 'STATUS'
  | 'ABAIKAN';
export type TingkatTemuan =
  | 'GALAT'
  | 'PERINGATAN'
  | 'INFO';
export type UploadFindingFragment = { readonly kode: string, readonly tingkat: TingkatTemuan, readonly pesan: string, readonly wilayah: string | null, readonly elemen: string | null, readonly nilai: string | null, readonly usulan: string | null, readonly lokasi: ReadonlyArray<{ readonly lembar: string | null, readonly baris: number | null, readonly kolom: string | null }> };
export type UploadReadMutationVariables = Exact<{
  berkas: null;
  pelapor: string;
  formulir: string;
  periode: string;
  pemetaan?: ReadonlyArray<PemetaanKolom> | PemetaanKolom | null | undefined;
  pemetaanBaris?: ReadonlyArray<PemetaanBaris> | PemetaanBaris | null | undefined;
}>;
export type UploadReadMutation = { readonly bacaBerkas:
    | (
      { readonly lembar: ReadonlyArray<{ readonly nama: string, readonly kolom: ReadonlyArray<{ readonly kolom: string, readonly judul: string, readonly sebagai: SebagaiKolom, readonly yakin: number, readonly elemen: { readonly kode: string, readonly nama: string } | null, readonly rincian: ReadonlyArray<{ readonly rincian: string, readonly pilihan: string }> }>, readonly baris: ReadonlyArray<{ readonly baris: number, readonly tertulis: string, readonly jumlah: boolean, readonly nilai: ReadonlyArray<number | string | null>, readonly isi: ReadonlyArray<string | null>, readonly wilayah: { readonly kode: string, readonly nama: string } | null, readonly calon: ReadonlyArray<{ readonly kode: string, readonly nama: string }> }>, readonly dilewati: ReadonlyArray<{ readonly baris: number, readonly isi: string, readonly alasan: string }> }>, readonly temuan: ReadonlyArray<{ readonly kode: string, readonly tingkat: TingkatTemuan, readonly pesan: string, readonly wilayah: string | null, readonly elemen: string | null, readonly nilai: string | null, readonly usulan: string | null, readonly lokasi: ReadonlyArray<{ readonly lembar: string | null, readonly baris: number | null, readonly kolom: string | null }> }> }
      & { readonly __typename: 'BacaanBerkas' }
    )
    | (
      { readonly pesan: string }
      & { readonly __typename: 'TidakBerwenang' }
    )
   };
export type UploadSaveMutationVariables = Exact<{
  berkas: null;
  pelapor: string;
  formulir: string;
  periode: string;
  key: string;
  pemetaan?: ReadonlyArray<PemetaanKolom> | PemetaanKolom | null | undefined;
  pemetaanBaris?: ReadonlyArray<PemetaanBaris> | PemetaanBaris | null | undefined;
}>;
export type UploadSaveMutation = { readonly unggahRekap:
    | (
      { readonly revisi: number, readonly temuan: ReadonlyArray<{ readonly kode: string, readonly tingkat: TingkatTemuan, readonly pesan: string, readonly wilayah: string | null, readonly elemen: string | null, readonly nilai: string | null, readonly usulan: string | null, readonly lokasi: ReadonlyArray<{ readonly lembar: string | null, readonly baris: number | null, readonly kolom: string | null }> }> }
      & { readonly __typename: 'RekapDiterima' }
    )
    | (
      { readonly temuan: ReadonlyArray<{ readonly kode: string, readonly tingkat: TingkatTemuan, readonly pesan: string, readonly wilayah: string | null, readonly elemen: string | null, readonly nilai: string | null, readonly usulan: string | null, readonly lokasi: ReadonlyArray<{ readonly lembar: string | null, readonly baris: number | null, readonly kolom: string | null }> }> }
      & { readonly __typename: 'RekapDitolak' }
    )
    | (
      { readonly pesan: string }
      & { readonly __typename: 'TidakBerwenang' | 'BentrokRevisi' }
    )
   };

export const UPLOAD_READ = "fragment UploadFinding on Temuan{kode tingkat pesan wilayah elemen nilai usulan lokasi{lembar baris kolom}}mutation UploadRead($berkas:Upload!$pelapor:KodeWilayah!$formulir:String!$periode:Periode!$pemetaan:[PemetaanKolom!]$pemetaanBaris:[PemetaanBaris!]){bacaBerkas(berkas:$berkas pelapor:$pelapor formulir:$formulir periode:$periode pemetaan:$pemetaan pemetaanBaris:$pemetaanBaris){__typename ...on BacaanBerkas{lembar{nama kolom{kolom judul sebagai elemen{kode nama}rincian{rincian pilihan}yakin}baris{baris tertulis wilayah{kode nama}calon{kode nama}jumlah nilai isi}dilewati{baris isi alasan}}temuan{...UploadFinding}}...on TidakBerwenang{pesan}}}" as Query<UploadReadMutation, UploadReadMutationVariables>;
export const UPLOAD_SAVE = "fragment UploadFinding on Temuan{kode tingkat pesan wilayah elemen nilai usulan lokasi{lembar baris kolom}}mutation UploadSave($berkas:Upload!$pelapor:KodeWilayah!$formulir:String!$periode:Periode!$key:String!$pemetaan:[PemetaanKolom!]$pemetaanBaris:[PemetaanBaris!]){unggahRekap(berkas:$berkas pelapor:$pelapor formulir:$formulir periode:$periode kunciIdempoten:$key draf:true pemetaan:$pemetaan pemetaanBaris:$pemetaanBaris){__typename ...on RekapDiterima{revisi temuan{...UploadFinding}}...on RekapDitolak{temuan{...UploadFinding}}...on TidakBerwenang{pesan}...on BentrokRevisi{pesan}}}" as Query<UploadSaveMutation, UploadSaveMutationVariables>;
