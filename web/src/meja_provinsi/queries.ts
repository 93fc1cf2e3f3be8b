// Written by codegen.ts from src/meja_provinsi/queries and schema/hub.graphql. Change those and run: npm run codegen
import type { Query } from "../hub/fetch.ts";
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type AksiRekap =
  | 'SIMPAN'
  | 'AJUKAN'
  | 'SETUJUI'
  | 'KEMBALIKAN'
  | 'BUKA'
  | 'TARIK';
export type JenisBeda =
  | 'BARU'
  | 'KOREKSI'
  | 'TERLAMBAT'
  | 'BATAS_PINDAH';
export type RekapDiminta = {
  readonly pelapor: string;
  readonly formulir: string;
  readonly periode: string;
};
export type SisiIndikator =
  | 'PEMBILANG'
  | 'PENYEBUT';
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
export type TingkatTemuan =
  | 'GALAT'
  | 'PERINGATAN'
  | 'INFO';
export type TingkatWilayah =
  | 'PROVINSI'
  | 'KABUPATEN'
  | 'KECAMATAN'
  | 'DESA';
export type ComparableQueryVariables = Exact<{
  wilayah: string;
}>;
export type ComparableQuery = { readonly daftarFormulir: ReadonlyArray<{ readonly kode: string, readonly nama: string, readonly elemen: ReadonlyArray<{ readonly kode: string, readonly nama: string, readonly satuan: string, readonly definisi: string | null }> }>, readonly daftarIndikator: ReadonlyArray<{ readonly kode: string, readonly nama: string, readonly satuan: string, readonly jenis: string, readonly definisi: string | null, readonly elemen: ReadonlyArray<string> }>, readonly ketersediaan: ReadonlyArray<{ readonly elemen: string, readonly periode: string, readonly kabupaten: number }> };
export type CompareElemenQueryVariables = Exact<{
  elemen: ReadonlyArray<string> | string;
  periode: ReadonlyArray<string> | string;
  wilayah: string;
}>;
export type CompareElemenQuery = { readonly kabupaten: ReadonlyArray<{ readonly periode: string, readonly nilai: number | string | null, readonly status: StatusNilai, readonly wilayah: { readonly kode: string, readonly nama: string }, readonly terisi: { readonly dari: number, readonly berisi: number } | null }>, readonly provinsi: ReadonlyArray<{ readonly periode: string, readonly nilai: number | string | null, readonly status: StatusNilai, readonly kelengkapan: { readonly diharapkan: number, readonly disetujui: number } }> };
export type CompareIndikatorQueryVariables = Exact<{
  kode: ReadonlyArray<string> | string;
  periode: ReadonlyArray<string> | string;
  wilayah: string;
}>;
export type CompareIndikatorQuery = { readonly kabupaten: ReadonlyArray<{ readonly periode: string, readonly nilai: number | string | null, readonly status: StatusNilai, readonly wilayah: { readonly kode: string, readonly nama: string } }>, readonly provinsi: ReadonlyArray<{ readonly periode: string, readonly nilai: number | string | null, readonly status: StatusNilai, readonly kelengkapan: { readonly diharapkan: number, readonly disetujui: number } }> };
export type TargetsQueryVariables = Exact<{
  periode: ReadonlyArray<string> | string;
  wilayah: string;
}>;
export type TargetsQuery = { readonly agregat: ReadonlyArray<{ readonly periode: string, readonly nilai: number | string | null, readonly wilayah: { readonly kode: string }, readonly rincian: ReadonlyArray<{ readonly rincian: string, readonly pilihan: string }> }> };
export type FigureOriginQueryVariables = Exact<{
  wilayah: string;
  elemen: string;
  periode: string;
}>;
export type FigureOriginQuery = { readonly jelaskanAngka: { readonly cara: string, readonly sidik: string, readonly asal: ReadonlyArray<{ readonly sisi: SisiIndikator | null, readonly revisi: number, readonly periode: string, readonly nilai: number | string | null, readonly status: StatusNilai, readonly tertulis: number | string | null, readonly disetujuiPada: string, readonly disetujuiOleh: string, readonly kabupaten: { readonly kode: string, readonly nama: string }, readonly elemen: { readonly kode: string, readonly nama: string, readonly satuan: string }, readonly rincian: ReadonlyArray<{ readonly pilihan: string }>, readonly rekap: { readonly id: string } }>, readonly belumAda: ReadonlyArray<{ readonly kode: string, readonly nama: string }> } | null };
export type MatriksQueryVariables = Exact<{
  wilayah: string;
  periode: ReadonlyArray<string> | string;
}>;
export type MatriksQuery = { readonly kelengkapan: ReadonlyArray<{ readonly periode: string, readonly status: StatusRekap | null, readonly tenggat: string | null, readonly terlambat: boolean, readonly dipenuhi: ReadonlyArray<string>, readonly diingatkanPada: string | null, readonly diingatkanLewat: string | null, readonly kabupaten: { readonly kode: string, readonly nama: string }, readonly formulir: { readonly kode: string, readonly nama: string, readonly periodeJenis: string }, readonly rekap: { readonly id: string } | null }> };
export type NoteReminderMutationVariables = Exact<{
  rekap: ReadonlyArray<RekapDiminta> | RekapDiminta;
  saluran: string;
}>;
export type NoteReminderMutation = { readonly catatPengingat:
    | (
      { readonly pesan: ReadonlyArray<{ readonly teks: string, readonly kabupaten: { readonly kode: string, readonly nama: string } }>, readonly temuan: ReadonlyArray<{ readonly tingkat: TingkatTemuan, readonly pesan: string }> }
      & { readonly __typename: 'PengingatTercatat' }
    )
    | (
      { readonly reason: string }
      & { readonly __typename: 'TidakBerwenang' }
    )
   };
export type WaitingRekapQueryVariables = Exact<{ [key: string]: never; }>;
export type WaitingRekapQuery = { readonly daftarRekap: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly periode: string, readonly revisi: number, readonly revisiDisetujui: number | null, readonly tenggat: string | null, readonly tepatWaktu: boolean | null, readonly diajukanPada: string | null, readonly boleh: ReadonlyArray<AksiRekap>, readonly pelapor: { readonly kode: string, readonly nama: string }, readonly formulir: { readonly kode: string, readonly nama: string }, readonly temuan: ReadonlyArray<{ readonly tingkat: TingkatTemuan }> } }> } };
export type ReviewQueryVariables = Exact<{
  id: string;
  before: string;
  yearAgo: string;
}>;
export type ReviewQuery = { readonly rekap: { readonly id: string, readonly periode: string, readonly status: StatusRekap, readonly revisi: number, readonly revisiDisetujui: number | null, readonly tenggat: string | null, readonly tepatWaktu: boolean | null, readonly diajukanPada: string | null, readonly boleh: ReadonlyArray<AksiRekap>, readonly pelapor: { readonly kode: string, readonly nama: string }, readonly formulir: { readonly kode: string, readonly nama: string }, readonly surat: { readonly nomor: string, readonly tanggal: string } | null, readonly totalTertulis: ReadonlyArray<{ readonly tertulis: number | string, readonly dihitung: number | string | null, readonly selisih: number | string | null, readonly elemen: { readonly kode: string, readonly nama: string, readonly satuan: string }, readonly wilayah: { readonly kode: string, readonly nama: string } }>, readonly temuan: ReadonlyArray<{ readonly kode: string, readonly tingkat: TingkatTemuan, readonly pesan: string, readonly wilayah: string | null, readonly elemen: string | null }>, readonly riwayat: ReadonlyArray<{ readonly aksi: AksiRekap, readonly pada: string, readonly oleh: string, readonly revisi: number, readonly alasan: string | null }>, readonly catatan: ReadonlyArray<{ readonly alasan: string, readonly usulan: number | string | null, readonly nilai: number | string | null, readonly wilayah: { readonly kode: string, readonly nama: string }, readonly elemen: { readonly kode: string, readonly nama: string, readonly satuan: string }, readonly rincian: ReadonlyArray<{ readonly rincian: string, readonly pilihan: string }> }>, readonly beda: ReadonlyArray<{ readonly lama: number | string | null, readonly baru: number | string | null, readonly selisih: number | string | null, readonly persen: number | null, readonly jenis: JenisBeda, readonly tidakBiasa: boolean, readonly wilayah: { readonly kode: string, readonly nama: string }, readonly elemen: { readonly kode: string, readonly nama: string, readonly satuan: string }, readonly rincian: ReadonlyArray<{ readonly rincian: string, readonly pilihan: string }> }> } | null, readonly before: { readonly periode: string, readonly revisiDisetujui: number | null } | null, readonly yearAgo: { readonly periode: string, readonly revisiDisetujui: number | null } | null };
export type RevisionCellsQueryVariables = Exact<{
  id: string;
  revisi?: number | null | undefined;
}>;
export type RevisionCellsQuery = { readonly rekap: { readonly revisi: number, readonly nilai: ReadonlyArray<{ readonly nilai: number | string | null, readonly status: StatusNilai, readonly wilayah: { readonly kode: string, readonly nama: string }, readonly elemen: { readonly kode: string, readonly nama: string, readonly satuan: string }, readonly rincian: ReadonlyArray<{ readonly rincian: string, readonly pilihan: string }> }> } | null };
export type NotableQueryVariables = Exact<{
  formulir: string;
  wilayah: string;
}>;
export type NotableQuery = { readonly formulir: { readonly elemen: ReadonlyArray<{ readonly kode: string, readonly nama: string, readonly satuan: string, readonly tingkat: TingkatWilayah }> } | null, readonly kabupaten: { readonly kode: string, readonly nama: string, readonly kecamatan: ReadonlyArray<{ readonly kode: string, readonly nama: string, readonly desa: ReadonlyArray<{ readonly kode: string, readonly nama: string }> }> } | null };

export const COMPARABLE = "query Comparable($wilayah:KodeWilayah!){daftarFormulir{kode nama elemen{kode nama satuan definisi}}daftarIndikator{kode nama satuan jenis definisi elemen}ketersediaan(wilayah:$wilayah){elemen periode kabupaten}}" as Query<ComparableQuery, ComparableQueryVariables>;
export const COMPARE_ELEMEN = "query CompareElemen($elemen:[String!]!$periode:[Periode!]!$wilayah:KodeWilayah!){kabupaten:agregat(elemen:$elemen periode:$periode wilayah:$wilayah tingkat:KABUPATEN){wilayah{kode nama}periode nilai status terisi{dari berisi}}provinsi:agregat(elemen:$elemen periode:$periode wilayah:$wilayah tingkat:PROVINSI){periode nilai status kelengkapan{diharapkan disetujui}}}" as Query<CompareElemenQuery, CompareElemenQueryVariables>;
export const COMPARE_INDIKATOR = "query CompareIndikator($kode:[String!]!$periode:[Periode!]!$wilayah:KodeWilayah!){kabupaten:indikator(kode:$kode periode:$periode wilayah:$wilayah tingkat:KABUPATEN){wilayah{kode nama}periode nilai status}provinsi:indikator(kode:$kode periode:$periode wilayah:$wilayah tingkat:PROVINSI){periode nilai status kelengkapan{diharapkan disetujui}}}" as Query<CompareIndikatorQuery, CompareIndikatorQueryVariables>;
export const TARGETS = "query Targets($periode:[Periode!]!$wilayah:KodeWilayah!){agregat(elemen:[\"KIN01\"]periode:$periode wilayah:$wilayah tingkat:KABUPATEN rincian:[\"indikator\"]){wilayah{kode}periode rincian{rincian pilihan}nilai}}" as Query<TargetsQuery, TargetsQueryVariables>;
export const FIGURE_ORIGIN = "query FigureOrigin($wilayah:KodeWilayah!$elemen:String!$periode:Periode!){jelaskanAngka(wilayah:$wilayah elemen:$elemen periode:$periode){cara asal{kabupaten{kode nama}elemen{kode nama satuan}sisi rincian{pilihan}rekap{id}revisi periode nilai status tertulis disetujuiPada disetujuiOleh}belumAda{kode nama}sidik}}" as Query<FigureOriginQuery, FigureOriginQueryVariables>;
export const MATRIKS = "query Matriks($wilayah:KodeWilayah!$periode:[Periode!]!){kelengkapan(wilayah:$wilayah periode:$periode){kabupaten{kode nama}formulir{kode nama periodeJenis}periode status tenggat terlambat dipenuhi diingatkanPada diingatkanLewat rekap{id}}}" as Query<MatriksQuery, MatriksQueryVariables>;
export const NOTE_REMINDER = "mutation NoteReminder($rekap:[RekapDiminta!]!$saluran:String!){catatPengingat(rekap:$rekap saluran:$saluran){__typename ...on PengingatTercatat{pesan{kabupaten{kode nama}teks}temuan{tingkat pesan}}...on TidakBerwenang{reason:pesan}}}" as Query<NoteReminderMutation, NoteReminderMutationVariables>;
export const WAITING_REKAP = "query WaitingRekap{daftarRekap(saring:{status:[DIAJUKAN]}first:300){edges{node{id pelapor{kode nama}formulir{kode nama}periode revisi revisiDisetujui tenggat tepatWaktu diajukanPada boleh temuan{tingkat}}}}}" as Query<WaitingRekapQuery, WaitingRekapQueryVariables>;
export const REVIEW = "query Review($id:ID!$before:ID!$yearAgo:ID!){rekap(id:$id){id pelapor{kode nama}formulir{kode nama}periode status revisi revisiDisetujui tenggat tepatWaktu diajukanPada boleh surat{nomor tanggal}totalTertulis{elemen{kode nama satuan}wilayah{kode nama}tertulis dihitung selisih}temuan{kode tingkat pesan wilayah elemen}riwayat{aksi pada oleh revisi alasan}catatan{wilayah{kode nama}elemen{kode nama satuan}rincian{rincian pilihan}alasan usulan nilai}beda{wilayah{kode nama}elemen{kode nama satuan}rincian{rincian pilihan}lama baru selisih persen jenis tidakBiasa}}before:rekap(id:$before){periode revisiDisetujui}yearAgo:rekap(id:$yearAgo){periode revisiDisetujui}}" as Query<ReviewQuery, ReviewQueryVariables>;
export const REVISION_CELLS = "query RevisionCells($id:ID!$revisi:Int){rekap(id:$id){revisi nilai(revisi:$revisi){wilayah{kode nama}elemen{kode nama satuan}rincian{rincian pilihan}nilai status}}}" as Query<RevisionCellsQuery, RevisionCellsQueryVariables>;
export const NOTABLE = "query Notable($formulir:String!$wilayah:KodeWilayah!){formulir(kode:$formulir){elemen{kode nama satuan tingkat}}kabupaten(kode:$wilayah){kode nama kecamatan{kode nama desa{kode nama}}}}" as Query<NotableQuery, NotableQueryVariables>;
