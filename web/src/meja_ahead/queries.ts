// Written by codegen.ts from src/meja_ahead/queries and schema/hub.graphql. Change those and run: npm run codegen
import type { Query } from "../hub/fetch.ts";
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type Peran =
  | 'UMUM'
  | 'KABUPATEN'
  | 'PROVINSI'
  | 'ADMIN';
export type WhoQueryVariables = Exact<{ [key: string]: never; }>;
export type WhoQuery = { readonly siapaSaya: { readonly peran: Peran, readonly nama: string, readonly berlakuSampai: string | null, readonly wilayah: { readonly kode: string, readonly nama: string } | null } | null };

export const WHO = "query Who{siapaSaya{peran nama wilayah{kode nama}berlakuSampai}}" as Query<WhoQuery, WhoQueryVariables>;
