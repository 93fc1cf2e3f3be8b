// What waits for the province, the longest first.

import { ask } from "../hub/fetch.ts";
import { fullName, periodeName } from "../hub/wording.ts";
import { useStored } from "../meja/use_stored.ts";
import type { Stored } from "../meja/use_stored.ts";
import { WAITING_REKAP } from "./queries.ts";
import type { WaitingRekapQuery } from "./queries.ts";

export type Waiting = WaitingRekapQuery["daftarRekap"]["edges"][number]["node"];

export const useWaiting = (): Stored<WaitingRekapQuery> => useStored("menunggu", (signal) => ask(WAITING_REKAP, {}, signal));

export function waitingOf(answer: WaitingRekapQuery | null): Waiting[] {
  const all = (answer?.daftarRekap.edges ?? []).map((edge) => edge.node).filter((one) => one.boleh.includes("SETUJUI"));
  return all.toSorted((a, b) => ((a.diajukanPada ?? "") < (b.diajukanPada ?? "") ? -1 : 1));
}

/** "Bantuan sosial, Juli 2026, Kabupaten Rote Ndao". */
export const nameOf = ({ formulir, periode, pelapor }: Pick<Waiting, "formulir" | "periode" | "pelapor">): string =>
  `${formulir.nama}, ${periodeName(periode)}, ${fullName(pelapor.nama, pelapor.kode)}`;
