// What the list of networks asks.

import { ask } from "../hub/fetch.ts";
import { askEarly } from "../meja/early.ts";
import type { AskFirst } from "../meja/early.ts";
import { pageOf } from "../meja/use_pages.ts";
import type { Page } from "../meja/use_pages.ts";
import { NETWORKS } from "./queries.ts";
import type { NetworksQuery, SaringWksbm } from "./queries.ts";

export type NetworkRow = NetworksQuery["daftarWksbm"]["edges"][number]["node"];

export const networksNamed = (asked: SaringWksbm): string => `wksbm ${JSON.stringify(asked)}`;

export const loadNetworks = async (asked: SaringWksbm, after: string | null, signal?: AbortSignal): Promise<Page<NetworkRow>> =>
  pageOf((await ask(NETWORKS, { saring: asked, after }, signal)).daftarWksbm);

export const askFirst: AskFirst = ({ who, person }, [id = ""]) => {
  const asked = { di: who.wilayah?.kode ?? "" };
  if (id === "") void askEarly(person, networksNamed(asked), () => loadNetworks(asked, null));
};
