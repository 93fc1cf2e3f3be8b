// Written by codegen.ts from src/peta/queries and schema/hub.graphql. Change those and run: npm run codegen
import type { Geometry } from "geojson";
import type { Query } from "../hub/fetch.ts";
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type JenisMutuBatas =
  | 'TUMPANG_TINDIH'
  | 'CELAH'
  | 'DI_LUAR_INDUK'
  | 'TANPA_BATAS'
  | 'LUAS_BEDA';
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
export type Pemilik =
  | 'KEMENTERIAN'
  | 'PROVINSI'
  | 'KABUPATEN'
  | 'DESA'
  | 'MASYARAKAT';
export type SisiIndikator =
  | 'PEMBILANG'
  | 'PENYEBUT';
export type SkalaJejaring =
  | 'LOKAL'
  | 'REGIONAL'
  | 'NASIONAL';
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
export type TahapWksbm =
  | 'PENUMBUHAN'
  | 'PEMANTAPAN'
  | 'PENGEMBANGAN';
export type TingkatWilayah =
  | 'PROVINSI'
  | 'KABUPATEN'
  | 'KECAMATAN'
  | 'DESA';
export type BatasTemuanQueryVariables = Exact<{
  wilayah: string;
  first: number;
}>;
export type BatasTemuanQuery = { readonly TUMPANG_TINDIH: { readonly totalCount: number }, readonly CELAH: { readonly totalCount: number }, readonly DI_LUAR_INDUK: { readonly totalCount: number }, readonly LUAS_BEDA: { readonly totalCount: number }, readonly TANPA_BATAS: { readonly totalCount: number }, readonly all: { readonly totalCount: number, readonly edges: ReadonlyArray<{ readonly node: { readonly jenis: JenisMutuBatas, readonly luasM2: number | null, readonly diperiksaPada: string, readonly wilayah: { readonly kode: string, readonly nama: string } | null } }> } };
export type CakupanQueryVariables = Exact<{
  jenis: ReadonlyArray<JenisSumberDaya> | JenisSumberDaya;
  jarakKm: number;
  wilayah: string;
}>;
export type CakupanQuery = { readonly cakupan: { readonly jumlahDesa: number, readonly desaTanpaTitik: number, readonly desaTercakup: number, readonly persenDesa: number | null, readonly area: Geometry | null, readonly baris: ReadonlyArray<{ readonly jarakKm: number | null, readonly persenLuas: number | null, readonly desa: { readonly kode: string, readonly nama: string, readonly kecamatan: { readonly nama: string } }, readonly terdekat: { readonly nama: string } | null }> } };
export type ProposedPlacesQueryVariables = Exact<{
  jenis: ReadonlyArray<JenisSumberDaya> | JenisSumberDaya;
  jarakKm: number;
  wilayah: string;
}>;
export type ProposedPlacesQuery = { readonly usulanLokasi: ReadonlyArray<{ readonly urutan: number, readonly tambahanDesa: number, readonly desa: { readonly kode: string, readonly nama: string, readonly titik: Geometry | null } }> };
export type ExplanationQueryVariables = Exact<{
  kode: string;
  elemen: string;
  periode: string;
}>;
export type ExplanationQuery = { readonly jelaskanAngka: { readonly cara: string, readonly sidik: string, readonly baris: { readonly nilai: number | string | null, readonly status: StatusNilai } | null, readonly asal: ReadonlyArray<{ readonly sisi: SisiIndikator | null, readonly revisi: number, readonly periode: string, readonly nilai: number | string | null, readonly status: StatusNilai, readonly tertulis: number | string | null, readonly disetujuiPada: string, readonly disetujuiOleh: string, readonly kabupaten: { readonly kode: string, readonly nama: string }, readonly elemen: { readonly kode: string, readonly nama: string, readonly satuan: string }, readonly rincian: ReadonlyArray<{ readonly pilihan: string }> }>, readonly belumAda: ReadonlyArray<{ readonly kode: string, readonly nama: string }> } | null };
export type KatalogQueryVariables = Exact<{ [key: string]: never; }>;
export type KatalogQuery = { readonly daftarProvinsi: ReadonlyArray<{ readonly kode: string, readonly nama: string, readonly kabupaten: ReadonlyArray<{ readonly kode: string, readonly nama: string }> }>, readonly daftarFormulir: ReadonlyArray<{ readonly kode: string, readonly nama: string, readonly periodeJenis: string, readonly elemen: ReadonlyArray<{ readonly kode: string, readonly nama: string, readonly satuan: string, readonly tingkat: TingkatWilayah, readonly definisi: string | null, readonly registri: TingkatWilayah | null }> }>, readonly daftarIndikator: ReadonlyArray<{ readonly kode: string, readonly nama: string, readonly satuan: string, readonly jenis: string, readonly definisi: string | null, readonly elemen: ReadonlyArray<string> }> };
export type AvailableAngkaQueryVariables = Exact<{
  wilayah: string;
}>;
export type AvailableAngkaQuery = { readonly ketersediaan: ReadonlyArray<{ readonly elemen: string, readonly periode: string, readonly kabupaten: number }> };
export type ApprovedRekapQueryVariables = Exact<{ [key: string]: never; }>;
export type ApprovedRekapQuery = { readonly daftarRekap: { readonly edges: ReadonlyArray<{ readonly node: { readonly pelapor: { readonly kode: string } } }>, readonly pageInfo: { readonly hasNextPage: boolean } } };
export type ReportingQueryVariables = Exact<{
  formulir: string;
  periode: string;
  wilayah: string;
}>;
export type ReportingQuery = { readonly kelengkapan: ReadonlyArray<{ readonly status: StatusRekap | null, readonly tenggat: string | null, readonly terlambat: boolean, readonly dipenuhi: ReadonlyArray<string>, readonly kabupaten: { readonly kode: string, readonly nama: string, readonly titik: Geometry | null } }> };
export type SumberDayaCountsQueryVariables = Exact<{
  wilayah: string;
}>;
export type SumberDayaCountsQuery = { readonly PANTI: { readonly totalCount: number }, readonly LKS: { readonly totalCount: number }, readonly LK3: { readonly totalCount: number }, readonly RUMAH_SINGGAH: { readonly totalCount: number }, readonly SLRT: { readonly totalCount: number }, readonly PUSKESOS: { readonly totalCount: number }, readonly GUDANG_BENCANA: { readonly totalCount: number }, readonly KAMPUNG_SIAGA_BENCANA: { readonly totalCount: number }, readonly KARANG_TARUNA: { readonly totalCount: number } };
export type SumberDayaDetailsQueryVariables = Exact<{
  id: string;
}>;
export type SumberDayaDetailsQuery = { readonly sumberDaya:
    | { readonly kesehatan: string, readonly jenis: JenisSumberDaya, readonly nama: string, readonly pemilik: Pemilik, readonly aktif: boolean, readonly alamat: string | null, readonly sumber: string | null, readonly contoh: boolean, readonly sejak: string, readonly desa: { readonly kode: string, readonly nama: string, readonly kecamatan: { readonly nama: string, readonly kabupaten: { readonly nama: string } } } }
    | { readonly jenis: JenisSumberDaya, readonly nama: string, readonly pemilik: Pemilik, readonly aktif: boolean, readonly alamat: string | null, readonly sumber: string | null, readonly contoh: boolean, readonly sejak: string, readonly desa: { readonly kode: string, readonly nama: string, readonly kecamatan: { readonly nama: string, readonly kabupaten: { readonly nama: string } } } }
    | { readonly akreditasi: string | null, readonly jenis: JenisSumberDaya, readonly nama: string, readonly pemilik: Pemilik, readonly aktif: boolean, readonly alamat: string | null, readonly sumber: string | null, readonly contoh: boolean, readonly sejak: string, readonly desa: { readonly kode: string, readonly nama: string, readonly kecamatan: { readonly nama: string, readonly kabupaten: { readonly nama: string } } } }
    | { readonly dayaTampung: number, readonly jumlahKlien: number | null, readonly jenis: JenisSumberDaya, readonly nama: string, readonly pemilik: Pemilik, readonly aktif: boolean, readonly alamat: string | null, readonly sumber: string | null, readonly contoh: boolean, readonly sejak: string, readonly desa: { readonly kode: string, readonly nama: string, readonly kecamatan: { readonly nama: string, readonly kabupaten: { readonly nama: string } } } }
   | null };
export type SearchWilayahQueryVariables = Exact<{
  text: string;
}>;
export type SearchWilayahQuery = { readonly cariWilayah: ReadonlyArray<{ readonly jalur: string, readonly wilayah: { readonly kode: string, readonly nama: string, readonly tingkat: TingkatWilayah } }> };
export type KecamatanNamesFragment = { readonly kode: string, readonly nama: string, readonly desa?: ReadonlyArray<{ readonly kode: string, readonly nama: string }> };
export type KabupatenNamesFragment = { readonly kode: string, readonly nama: string, readonly kecamatan?: ReadonlyArray<{ readonly kode: string, readonly nama: string, readonly desa?: ReadonlyArray<{ readonly kode: string, readonly nama: string }> }> };
export type ProvinsiNamesQueryVariables = Exact<{
  kode: string;
  kabupaten: boolean;
  kecamatan: boolean;
  desa: boolean;
}>;
export type ProvinsiNamesQuery = { readonly wilayah: { readonly kode: string, readonly nama: string, readonly kabupaten?: ReadonlyArray<{ readonly kode: string, readonly nama: string, readonly kecamatan?: ReadonlyArray<{ readonly kode: string, readonly nama: string, readonly desa?: ReadonlyArray<{ readonly kode: string, readonly nama: string }> }> }> } | null };
export type KabupatenNamesQueryVariables = Exact<{
  kode: string;
  kecamatan: boolean;
  desa: boolean;
}>;
export type KabupatenNamesQuery = { readonly wilayah: { readonly kode: string, readonly nama: string, readonly kecamatan?: ReadonlyArray<{ readonly kode: string, readonly nama: string, readonly desa?: ReadonlyArray<{ readonly kode: string, readonly nama: string }> }> } | null };
export type KecamatanNamesQueryVariables = Exact<{
  kode: string;
  desa: boolean;
}>;
export type KecamatanNamesQuery = { readonly wilayah: { readonly kode: string, readonly nama: string, readonly desa?: ReadonlyArray<{ readonly kode: string, readonly nama: string }> } | null };
export type DesaNameQueryVariables = Exact<{
  kode: string;
}>;
export type DesaNameQuery = { readonly wilayah: { readonly kode: string, readonly nama: string } | null };
export type WilayahDetailsFragment = { readonly cariWilayah: ReadonlyArray<{ readonly jalur: string, readonly wilayah: { readonly kode: string, readonly nama: string, readonly luasKm2: number | null } }>, readonly desa?: { readonly sumberDaya: ReadonlyArray<{ readonly id: string, readonly nama: string, readonly jenis: JenisSumberDaya }> } | null };
export type WilayahDetailsQueryVariables = Exact<{
  text: string;
  kode: string;
  isDesa: boolean;
}>;
export type WilayahDetailsQuery = { readonly cariWilayah: ReadonlyArray<{ readonly jalur: string, readonly wilayah: { readonly kode: string, readonly nama: string, readonly luasKm2: number | null } }>, readonly desa?: { readonly sumberDaya: ReadonlyArray<{ readonly id: string, readonly nama: string, readonly jenis: JenisSumberDaya }> } | null };
export type WilayahElemenQueryVariables = Exact<{
  text: string;
  kode: string;
  isDesa: boolean;
  elemen: string;
  periode: ReadonlyArray<string> | string;
  tingkat: TingkatWilayah;
  wilayahPada?: string | null | undefined;
}>;
export type WilayahElemenQuery = { readonly agregat: ReadonlyArray<{ readonly periode: string, readonly nilai: number | string | null, readonly status: StatusNilai, readonly tertulis: number | string | null, readonly kelengkapan: { readonly diharapkan: number, readonly disetujui: number } }>, readonly cariWilayah: ReadonlyArray<{ readonly jalur: string, readonly wilayah: { readonly kode: string, readonly nama: string, readonly luasKm2: number | null } }>, readonly desa?: { readonly sumberDaya: ReadonlyArray<{ readonly id: string, readonly nama: string, readonly jenis: JenisSumberDaya }> } | null };
export type WilayahIndikatorQueryVariables = Exact<{
  text: string;
  kode: string;
  isDesa: boolean;
  indikator: string;
  periode: ReadonlyArray<string> | string;
  tingkat: TingkatWilayah;
}>;
export type WilayahIndikatorQuery = { readonly indikator: ReadonlyArray<{ readonly periode: string, readonly nilai: number | string | null, readonly status: StatusNilai, readonly pembilang: number | string | null, readonly penyebut: number | string | null, readonly kelengkapan: { readonly diharapkan: number, readonly disetujui: number } }>, readonly cariWilayah: ReadonlyArray<{ readonly jalur: string, readonly wilayah: { readonly kode: string, readonly nama: string, readonly luasKm2: number | null } }>, readonly desa?: { readonly sumberDaya: ReadonlyArray<{ readonly id: string, readonly nama: string, readonly jenis: JenisSumberDaya }> } | null };
export type JejaringQueryVariables = Exact<{
  wilayah: string;
}>;
export type JejaringQuery = { readonly jejaring: { readonly simpul: number, readonly hubungan: number, readonly komponen: number, readonly terpencil: ReadonlyArray<{ readonly id: string, readonly nama: string }>, readonly titikRapuh: ReadonlyArray<{ readonly wksbm: { readonly id: string, readonly nama: string } }> } };
export type WksbmQueryVariables = Exact<{
  id: string;
  today: string;
}>;
export type WksbmQuery = { readonly wksbm: { readonly nama: string, readonly tahap: TahapWksbm, readonly tahapSejak: string, readonly jumlahAnggota: number, readonly contoh: boolean, readonly desa: { readonly kode: string, readonly nama: string, readonly kecamatan: { readonly nama: string } }, readonly hubungan: ReadonlyArray<{ readonly id: string, readonly jenis: string, readonly skala: SkalaJejaring, readonly tujuan: { readonly nama: string } }>, readonly jangkauan: ReadonlyArray<{ readonly id: string, readonly nama: string }> } | null };

export const BATAS_TEMUAN = "query BatasTemuan($wilayah:KodeWilayah!$first:Int!){TUMPANG_TINDIH:mutuBatas(wilayah:$wilayah jenis:[TUMPANG_TINDIH]first:1){totalCount}CELAH:mutuBatas(wilayah:$wilayah jenis:[CELAH]first:1){totalCount}DI_LUAR_INDUK:mutuBatas(wilayah:$wilayah jenis:[DI_LUAR_INDUK]first:1){totalCount}LUAS_BEDA:mutuBatas(wilayah:$wilayah jenis:[LUAS_BEDA]first:1){totalCount}TANPA_BATAS:mutuBatas(wilayah:$wilayah jenis:[TANPA_BATAS]first:1){totalCount}all:mutuBatas(wilayah:$wilayah first:$first){totalCount edges{node{jenis wilayah{kode nama}luasM2 diperiksaPada}}}}" as Query<BatasTemuanQuery, BatasTemuanQueryVariables>;
export const CAKUPAN = "query Cakupan($jenis:[JenisSumberDaya!]!$jarakKm:Float!$wilayah:KodeWilayah!){cakupan(jenis:$jenis jarakKm:$jarakKm wilayah:$wilayah){jumlahDesa desaTanpaTitik desaTercakup persenDesa baris(hanya:CELAH){desa{kode nama kecamatan{nama}}terdekat{nama}jarakKm persenLuas}area(toleransiMeter:200)}}" as Query<CakupanQuery, CakupanQueryVariables>;
export const PROPOSED_PLACES = "query ProposedPlaces($jenis:[JenisSumberDaya!]!$jarakKm:Float!$wilayah:KodeWilayah!){usulanLokasi(jenis:$jenis jarakKm:$jarakKm wilayah:$wilayah banyak:3){urutan tambahanDesa desa{kode nama titik}}}" as Query<ProposedPlacesQuery, ProposedPlacesQueryVariables>;
export const EXPLANATION = "query Explanation($kode:KodeWilayah!$elemen:String!$periode:Periode!){jelaskanAngka(wilayah:$kode elemen:$elemen periode:$periode){baris{nilai status}cara asal{kabupaten{kode nama}elemen{kode nama satuan}sisi rincian{pilihan}revisi periode nilai status tertulis disetujuiPada disetujuiOleh}belumAda{kode nama}sidik}}" as Query<ExplanationQuery, ExplanationQueryVariables>;
export const KATALOG = "query Katalog{daftarProvinsi{kode nama kabupaten{kode nama}}daftarFormulir{kode nama periodeJenis elemen{kode nama satuan tingkat definisi registri}}daftarIndikator{kode nama satuan jenis definisi elemen}}" as Query<KatalogQuery, KatalogQueryVariables>;
export const AVAILABLE_ANGKA = "query AvailableAngka($wilayah:KodeWilayah!){ketersediaan(wilayah:$wilayah){elemen periode kabupaten}}" as Query<AvailableAngkaQuery, AvailableAngkaQueryVariables>;
export const APPROVED_REKAP = "query ApprovedRekap{daftarRekap(saring:{status:[DISETUJUI]}first:500){edges{node{pelapor{kode}}}pageInfo{hasNextPage}}}" as Query<ApprovedRekapQuery, ApprovedRekapQueryVariables>;
export const REPORTING = "query Reporting($formulir:String!$periode:Periode!$wilayah:KodeWilayah!){kelengkapan(formulir:[$formulir]periode:[$periode]wilayah:$wilayah){kabupaten{kode nama titik}status tenggat terlambat dipenuhi}}" as Query<ReportingQuery, ReportingQueryVariables>;
export const SUMBER_DAYA_COUNTS = "query SumberDayaCounts($wilayah:KodeWilayah!){PANTI:daftarSumberDaya(saring:{jenis:[PANTI]di:$wilayah aktif:true}first:1){totalCount}LKS:daftarSumberDaya(saring:{jenis:[LKS]di:$wilayah aktif:true}first:1){totalCount}LK3:daftarSumberDaya(saring:{jenis:[LK3]di:$wilayah aktif:true}first:1){totalCount}RUMAH_SINGGAH:daftarSumberDaya(saring:{jenis:[RUMAH_SINGGAH]di:$wilayah aktif:true}first:1){totalCount}SLRT:daftarSumberDaya(saring:{jenis:[SLRT]di:$wilayah aktif:true}first:1){totalCount}PUSKESOS:daftarSumberDaya(saring:{jenis:[PUSKESOS]di:$wilayah aktif:true}first:1){totalCount}GUDANG_BENCANA:daftarSumberDaya(saring:{jenis:[GUDANG_BENCANA]di:$wilayah aktif:true}first:1){totalCount}KAMPUNG_SIAGA_BENCANA:daftarSumberDaya(saring:{jenis:[KAMPUNG_SIAGA_BENCANA]di:$wilayah aktif:true}first:1){totalCount}KARANG_TARUNA:daftarSumberDaya(saring:{jenis:[KARANG_TARUNA]di:$wilayah aktif:true}first:1){totalCount}}" as Query<SumberDayaCountsQuery, SumberDayaCountsQueryVariables>;
export const SUMBER_DAYA_DETAILS = "query SumberDayaDetails($id:ID!){sumberDaya(id:$id){jenis nama pemilik aktif alamat sumber contoh sejak desa{kode nama kecamatan{nama kabupaten{nama}}}...on Panti{dayaTampung jumlahKlien}...on Lks{akreditasi}...on GudangBencana{kesehatan}}}" as Query<SumberDayaDetailsQuery, SumberDayaDetailsQueryVariables>;
export const SEARCH_WILAYAH = "query SearchWilayah($text:String!){cariWilayah(teks:$text batas:8){jalur wilayah{kode nama tingkat}}}" as Query<SearchWilayahQuery, SearchWilayahQueryVariables>;
export const PROVINSI_NAMES = "fragment KecamatanNames on Kecamatan{kode nama desa@include(if:$desa){kode nama}}fragment KabupatenNames on Kabupaten{kode nama kecamatan@include(if:$kecamatan){...KecamatanNames}}query ProvinsiNames($kode:KodeWilayah!$kabupaten:Boolean!$kecamatan:Boolean!$desa:Boolean!){wilayah:provinsi(kode:$kode){kode nama kabupaten@include(if:$kabupaten){...KabupatenNames}}}" as Query<ProvinsiNamesQuery, ProvinsiNamesQueryVariables>;
export const KABUPATEN_NAMES = "fragment KecamatanNames on Kecamatan{kode nama desa@include(if:$desa){kode nama}}fragment KabupatenNames on Kabupaten{kode nama kecamatan@include(if:$kecamatan){...KecamatanNames}}query KabupatenNames($kode:KodeWilayah!$kecamatan:Boolean!$desa:Boolean!){wilayah:kabupaten(kode:$kode){...KabupatenNames}}" as Query<KabupatenNamesQuery, KabupatenNamesQueryVariables>;
export const KECAMATAN_NAMES = "fragment KecamatanNames on Kecamatan{kode nama desa@include(if:$desa){kode nama}}query KecamatanNames($kode:KodeWilayah!$desa:Boolean!){wilayah:kecamatan(kode:$kode){...KecamatanNames}}" as Query<KecamatanNamesQuery, KecamatanNamesQueryVariables>;
export const DESA_NAME = "query DesaName($kode:KodeWilayah!){wilayah:desa(kode:$kode){kode nama}}" as Query<DesaNameQuery, DesaNameQueryVariables>;
export const WILAYAH_DETAILS = "fragment WilayahDetails on Query{cariWilayah(teks:$text batas:1){jalur wilayah{kode nama luasKm2}}desa(kode:$kode)@include(if:$isDesa){sumberDaya{id nama jenis}}}query WilayahDetails($text:String!$kode:KodeWilayah!$isDesa:Boolean!){...WilayahDetails}" as Query<WilayahDetailsQuery, WilayahDetailsQueryVariables>;
export const WILAYAH_ELEMEN = "fragment WilayahDetails on Query{cariWilayah(teks:$text batas:1){jalur wilayah{kode nama luasKm2}}desa(kode:$kode)@include(if:$isDesa){sumberDaya{id nama jenis}}}query WilayahElemen($text:String!$kode:KodeWilayah!$isDesa:Boolean!$elemen:String!$periode:[Periode!]!$tingkat:TingkatWilayah!$wilayahPada:Date){...WilayahDetails agregat(elemen:[$elemen]periode:$periode wilayah:$kode tingkat:$tingkat wilayahPada:$wilayahPada){periode nilai status tertulis kelengkapan{diharapkan disetujui}}}" as Query<WilayahElemenQuery, WilayahElemenQueryVariables>;
export const WILAYAH_INDIKATOR = "fragment WilayahDetails on Query{cariWilayah(teks:$text batas:1){jalur wilayah{kode nama luasKm2}}desa(kode:$kode)@include(if:$isDesa){sumberDaya{id nama jenis}}}query WilayahIndikator($text:String!$kode:KodeWilayah!$isDesa:Boolean!$indikator:String!$periode:[Periode!]!$tingkat:TingkatWilayah!){...WilayahDetails indikator(kode:[$indikator]periode:$periode wilayah:$kode tingkat:$tingkat){periode nilai status pembilang penyebut kelengkapan{diharapkan disetujui}}}" as Query<WilayahIndikatorQuery, WilayahIndikatorQueryVariables>;
export const JEJARING = "query Jejaring($wilayah:KodeWilayah!){jejaring(wilayah:$wilayah){simpul hubungan komponen terpencil{id nama}titikRapuh{wksbm{id nama}}}}" as Query<JejaringQuery, JejaringQueryVariables>;
export const WKSBM = "query Wksbm($id:ID!$today:Date!){wksbm(id:$id){nama tahap tahapSejak jumlahAnggota contoh desa{kode nama kecamatan{nama}}hubungan(pada:$today){id jenis skala tujuan{...on Wksbm{nama}...on SumberDaya{nama}...on MitraLuar{nama}}}jangkauan{id nama}}}" as Query<WksbmQuery, WksbmQueryVariables>;
