// Written by codegen.ts from src/front/queries and schema/hub.graphql. Change those and run: npm run codegen
import type { Query } from "../hub/fetch.ts";
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
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
export type ProvincesQueryVariables = Exact<{ [key: string]: never; }>;
export type ProvincesQuery = { readonly daftarProvinsi: ReadonlyArray<{ readonly kode: string, readonly nama: string }> };
export type AvailableQueryVariables = Exact<{
  wilayah: string;
}>;
export type AvailableQuery = { readonly ketersediaan: ReadonlyArray<{ readonly elemen: string, readonly periode: string, readonly kabupaten: number }> };
export type FiguresQueryVariables = Exact<{
  elemen: ReadonlyArray<string> | string;
  periode: ReadonlyArray<string> | string;
  wilayah: string;
}>;
export type FiguresQuery = { readonly agregat: ReadonlyArray<{ readonly periode: string, readonly nilai: number | string | null, readonly status: StatusNilai, readonly elemen: { readonly kode: string, readonly nama: string, readonly satuan: string }, readonly kelengkapan: { readonly diharapkan: number, readonly disetujui: number } }> };
export type ReportingQueryVariables = Exact<{
  periode: ReadonlyArray<string> | string;
  wilayah: string;
}>;
export type ReportingQuery = { readonly kelengkapan: ReadonlyArray<{ readonly periode: string, readonly status: StatusRekap | null, readonly terlambat: boolean, readonly kabupaten: { readonly kode: string, readonly nama: string }, readonly formulir: { readonly kode: string, readonly periodeJenis: string } }> };

export const PROVINCES = "query Provinces{daftarProvinsi{kode nama}}" as Query<ProvincesQuery, ProvincesQueryVariables>;
export const AVAILABLE = "query Available($wilayah:KodeWilayah!){ketersediaan(wilayah:$wilayah){elemen periode kabupaten}}" as Query<AvailableQuery, AvailableQueryVariables>;
export const FIGURES = "query Figures($elemen:[String!]!$periode:[Periode!]!$wilayah:KodeWilayah!){agregat(elemen:$elemen periode:$periode wilayah:$wilayah tingkat:PROVINSI){elemen{kode nama satuan}periode nilai status kelengkapan{diharapkan disetujui}}}" as Query<FiguresQuery, FiguresQueryVariables>;
export const REPORTING = "query Reporting($periode:[Periode!]!$wilayah:KodeWilayah!){kelengkapan(periode:$periode wilayah:$wilayah){kabupaten{kode nama}formulir{kode periodeJenis}periode status terlambat}}" as Query<ReportingQuery, ReportingQueryVariables>;
