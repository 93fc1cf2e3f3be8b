// Whom a screen offers to write what. The hub decides; this keeps buttons away that it would refuse. Pure.

import type { Who } from "../meja/session.ts";
import type { Pemilik } from "./queries.ts";

const isAbove = (owner: Pemilik): boolean => owner === "PROVINSI" || owner === "KEMENTERIAN";

const reaches = (who: Who, kode: string): boolean => who.wilayah !== null && `${kode}.`.startsWith(`${who.wilayah.kode}.`);

/** `kode`: of where it stands. */
export const mayWriteResource = (who: Who, kode: string, owner: Pemilik): boolean => reaches(who, kode) && (who.peran === "PROVINSI" || !isAbove(owner));

/** Whom the office may name as owner. */
export const ownersFor = (who: Who): readonly Pemilik[] => (who.peran === "PROVINSI" ? ["PROVINSI", "KEMENTERIAN", "KABUPATEN", "DESA", "MASYARAKAT"] : ["MASYARAKAT", "DESA", "KABUPATEN"]);

/** Whether the office keeps the books of a warehouse: its own, and the province those of the province and the ministry. */
export const keeps = (who: Who, kode: string, owner: Pemilik): boolean => who.wilayah?.kode === kode.slice(0, isAbove(owner) ? 2 : 5);

export const mayWriteNetwork = (who: Who, kode: string): boolean => reaches(who, kode);
