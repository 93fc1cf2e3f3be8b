// Written by codegen.ts from src/meja/queries and schema/hub.graphql. Change those and run: npm run codegen
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
export type CatatanSel = {
  readonly wilayah: string;
  readonly elemen: string;
  readonly rincian?: ReadonlyArray<PilihanRincianMasukan> | null | undefined;
  readonly alasan: string;
  readonly usulan?: number | string | null | undefined;
};
export type PilihanRincianMasukan = {
  readonly rincian: string;
  readonly pilihan: string;
};
export type RekapRevisi = {
  readonly id: string;
  readonly revisi: number;
};
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
type Decided_RekapDiterima_Fragment = (
  { readonly revisi: number }
  & { readonly __typename: 'RekapDiterima' }
);
type Decided_RekapDitolak_Fragment = (
  { readonly temuan: ReadonlyArray<{ readonly tingkat: TingkatTemuan, readonly pesan: string }> }
  & { readonly __typename: 'RekapDitolak' }
);
type Decided_TidakBerwenang_BentrokRevisi_Fragment = (
  { readonly pesan: string }
  & { readonly __typename: 'TidakBerwenang' | 'BentrokRevisi' }
);
export type DecidedFragment =
  | Decided_RekapDiterima_Fragment
  | Decided_RekapDitolak_Fragment
  | Decided_TidakBerwenang_BentrokRevisi_Fragment
;
export type ApproveRekapMutationVariables = Exact<{
  rekap: ReadonlyArray<RekapRevisi> | RekapRevisi;
}>;
export type ApproveRekapMutation = { readonly setujuiBanyak: ReadonlyArray<
    | (
      { readonly revisi: number }
      & { readonly __typename: 'RekapDiterima' }
    )
    | (
      { readonly temuan: ReadonlyArray<{ readonly tingkat: TingkatTemuan, readonly pesan: string }> }
      & { readonly __typename: 'RekapDitolak' }
    )
    | (
      { readonly pesan: string }
      & { readonly __typename: 'TidakBerwenang' | 'BentrokRevisi' }
    )
  > };
export type SendBackRekapMutationVariables = Exact<{
  id: string;
  revisi: number;
  alasan: string;
  catatan?: ReadonlyArray<CatatanSel> | CatatanSel | null | undefined;
}>;
export type SendBackRekapMutation = { readonly kembalikanRekap:
    | (
      { readonly revisi: number }
      & { readonly __typename: 'RekapDiterima' }
    )
    | (
      { readonly temuan: ReadonlyArray<{ readonly tingkat: TingkatTemuan, readonly pesan: string }> }
      & { readonly __typename: 'RekapDitolak' }
    )
    | (
      { readonly pesan: string }
      & { readonly __typename: 'TidakBerwenang' | 'BentrokRevisi' }
    )
   };
export type WithdrawRekapMutationVariables = Exact<{
  id: string;
  revisi: number;
  alasan: string;
}>;
export type WithdrawRekapMutation = { readonly tarikRekap:
    | (
      { readonly revisi: number }
      & { readonly __typename: 'RekapDiterima' }
    )
    | (
      { readonly temuan: ReadonlyArray<{ readonly tingkat: TingkatTemuan, readonly pesan: string }> }
      & { readonly __typename: 'RekapDitolak' }
    )
    | (
      { readonly pesan: string }
      & { readonly __typename: 'TidakBerwenang' | 'BentrokRevisi' }
    )
   };
export type ReopenRekapMutationVariables = Exact<{
  id: string;
  alasan: string;
}>;
export type ReopenRekapMutation = { readonly bukaRekap:
    | (
      { readonly revisi: number }
      & { readonly __typename: 'RekapDiterima' }
    )
    | (
      { readonly temuan: ReadonlyArray<{ readonly tingkat: TingkatTemuan, readonly pesan: string }> }
      & { readonly __typename: 'RekapDitolak' }
    )
    | (
      { readonly pesan: string }
      & { readonly __typename: 'TidakBerwenang' | 'BentrokRevisi' }
    )
   };
export type HowItStandsQueryVariables = Exact<{
  id: string;
}>;
export type HowItStandsQuery = { readonly rekap: { readonly status: StatusRekap, readonly revisi: number, readonly riwayat: ReadonlyArray<{ readonly aksi: AksiRekap, readonly revisi: number, readonly oleh: string, readonly pada: string, readonly alasan: string | null }> } | null };
export type ProvinceHomeQueryVariables = Exact<{
  wilayah: string;
  periode: ReadonlyArray<string> | string;
}>;
export type ProvinceHomeQuery = { readonly kelengkapan: ReadonlyArray<{ readonly periode: string, readonly status: StatusRekap | null, readonly dipenuhi: ReadonlyArray<string>, readonly terlambat: boolean, readonly kabupaten: { readonly kode: string }, readonly formulir: { readonly kode: string, readonly periodeJenis: string } }>, readonly daftarRekap: { readonly totalCount: number } };
export type FormsQueryVariables = Exact<{ [key: string]: never; }>;
export type FormsQuery = { readonly daftarFormulir: ReadonlyArray<{ readonly kode: string, readonly nama: string, readonly periodeTersingkat: string, readonly elemen: ReadonlyArray<{ readonly kode: string, readonly tingkat: TingkatWilayah }> }> };
export type KabupatenOfQueryVariables = Exact<{
  wilayah: string;
}>;
export type KabupatenOfQuery = { readonly provinsi: { readonly kabupaten: ReadonlyArray<{ readonly kode: string, readonly nama: string }> } | null };
export type HomeQueryVariables = Exact<{
  wilayah: string;
  periode: ReadonlyArray<string> | string;
}>;
export type HomeQuery = { readonly kelengkapan: ReadonlyArray<{ readonly periode: string, readonly status: StatusRekap | null, readonly tenggat: string | null, readonly terlambat: boolean, readonly dipenuhi: ReadonlyArray<string>, readonly diingatkanPada: string | null, readonly formulir: { readonly kode: string, readonly nama: string, readonly periodeJenis: string } }>, readonly daftarRekap: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly periode: string, readonly status: StatusRekap, readonly revisi: number, readonly tenggat: string | null, readonly formulir: { readonly kode: string, readonly nama: string } } }> } };
export type ReturnedRekapQueryVariables = Exact<{
  wilayah: string;
}>;
export type ReturnedRekapQuery = { readonly daftarRekap: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly revisi: number, readonly boleh: ReadonlyArray<AksiRekap>, readonly catatan: ReadonlyArray<{ readonly alasan: string, readonly usulan: number | string | null, readonly nilai: number | string | null, readonly wilayah: { readonly kode: string, readonly nama: string }, readonly elemen: { readonly kode: string, readonly nama: string, readonly satuan: string }, readonly rincian: ReadonlyArray<{ readonly rincian: string, readonly pilihan: string }> }>, readonly riwayat: ReadonlyArray<{ readonly aksi: AksiRekap, readonly pada: string, readonly alasan: string | null }> } }> } };
export type TakeProposalsMutationVariables = Exact<{
  id: string;
  revisi: number;
  key: string;
}>;
export type TakeProposalsMutation = { readonly terimaUsulan:
    | (
      { readonly revisi: number }
      & { readonly __typename: 'RekapDiterima' }
    )
    | (
      { readonly temuan: ReadonlyArray<{ readonly tingkat: TingkatTemuan, readonly pesan: string }> }
      & { readonly __typename: 'RekapDitolak' }
    )
    | (
      { readonly pesan: string }
      & { readonly __typename: 'TidakBerwenang' | 'BentrokRevisi' }
    )
   };
export type RekapChangedSubscriptionVariables = Exact<{
  wilayah: string;
}>;
export type RekapChangedSubscription = { readonly rekapBerubah: { readonly aksi: AksiRekap, readonly pada: string, readonly rekap: { readonly id: string, readonly periode: string, readonly status: StatusRekap, readonly formulir: { readonly kode: string, readonly nama: string } } } };

export const APPROVE_REKAP = "fragment Decided on HasilRekap{__typename ...on RekapDiterima{revisi}...on RekapDitolak{temuan{tingkat pesan}}...on TidakBerwenang{pesan}...on BentrokRevisi{pesan}}mutation ApproveRekap($rekap:[RekapRevisi!]!){setujuiBanyak(rekap:$rekap){...Decided}}" as Query<ApproveRekapMutation, ApproveRekapMutationVariables>;
export const SEND_BACK_REKAP = "fragment Decided on HasilRekap{__typename ...on RekapDiterima{revisi}...on RekapDitolak{temuan{tingkat pesan}}...on TidakBerwenang{pesan}...on BentrokRevisi{pesan}}mutation SendBackRekap($id:ID!$revisi:Int!$alasan:String!$catatan:[CatatanSel!]){kembalikanRekap(id:$id revisi:$revisi alasan:$alasan catatan:$catatan){...Decided}}" as Query<SendBackRekapMutation, SendBackRekapMutationVariables>;
export const WITHDRAW_REKAP = "fragment Decided on HasilRekap{__typename ...on RekapDiterima{revisi}...on RekapDitolak{temuan{tingkat pesan}}...on TidakBerwenang{pesan}...on BentrokRevisi{pesan}}mutation WithdrawRekap($id:ID!$revisi:Int!$alasan:String!){tarikRekap(id:$id revisi:$revisi alasan:$alasan){...Decided}}" as Query<WithdrawRekapMutation, WithdrawRekapMutationVariables>;
export const REOPEN_REKAP = "fragment Decided on HasilRekap{__typename ...on RekapDiterima{revisi}...on RekapDitolak{temuan{tingkat pesan}}...on TidakBerwenang{pesan}...on BentrokRevisi{pesan}}mutation ReopenRekap($id:ID!$alasan:String!){bukaRekap(id:$id alasan:$alasan){...Decided}}" as Query<ReopenRekapMutation, ReopenRekapMutationVariables>;
export const HOW_IT_STANDS = "query HowItStands($id:ID!){rekap(id:$id){status revisi riwayat{aksi revisi oleh pada alasan}}}" as Query<HowItStandsQuery, HowItStandsQueryVariables>;
export const PROVINCE_HOME = "query ProvinceHome($wilayah:KodeWilayah!$periode:[Periode!]!){kelengkapan(wilayah:$wilayah periode:$periode){kabupaten{kode}formulir{kode periodeJenis}periode status dipenuhi terlambat}daftarRekap(saring:{status:[DIAJUKAN]}first:1){totalCount}}" as Query<ProvinceHomeQuery, ProvinceHomeQueryVariables>;
export const FORMS = "query Forms{daftarFormulir{kode nama periodeTersingkat elemen{kode tingkat}}}" as Query<FormsQuery, FormsQueryVariables>;
export const KABUPATEN_OF = "query KabupatenOf($wilayah:KodeWilayah!){provinsi(kode:$wilayah){kabupaten{kode nama}}}" as Query<KabupatenOfQuery, KabupatenOfQueryVariables>;
export const HOME = "query Home($wilayah:KodeWilayah!$periode:[Periode!]!){kelengkapan(wilayah:$wilayah periode:$periode){formulir{kode nama periodeJenis}periode status tenggat terlambat dipenuhi diingatkanPada}daftarRekap(saring:{pelapor:[$wilayah]}first:500){edges{node{id formulir{kode nama}periode status revisi tenggat}}}}" as Query<HomeQuery, HomeQueryVariables>;
export const RETURNED_REKAP = "query ReturnedRekap($wilayah:KodeWilayah!){daftarRekap(saring:{pelapor:[$wilayah]status:[DIKEMBALIKAN]}first:50){edges{node{id revisi boleh catatan{wilayah{kode nama}elemen{kode nama satuan}rincian{rincian pilihan}alasan usulan nilai}riwayat{aksi pada alasan}}}}}" as Query<ReturnedRekapQuery, ReturnedRekapQueryVariables>;
export const TAKE_PROPOSALS = "fragment Decided on HasilRekap{__typename ...on RekapDiterima{revisi}...on RekapDitolak{temuan{tingkat pesan}}...on TidakBerwenang{pesan}...on BentrokRevisi{pesan}}mutation TakeProposals($id:ID!$revisi:Int!$key:String!){terimaUsulan(id:$id revisi:$revisi kunciIdempoten:$key){...Decided}}" as Query<TakeProposalsMutation, TakeProposalsMutationVariables>;
export const REKAP_CHANGED = "subscription RekapChanged($wilayah:KodeWilayah!){rekapBerubah(wilayah:$wilayah){aksi pada rekap{id formulir{kode nama}periode status}}}" as Query<RekapChangedSubscription, RekapChangedSubscriptionVariables>;
