// What the hub says about what is looked at: choices, figures, reach, the version of the shapes.

import { useEffect, useMemo, useRef } from "preact/hooks";
import { fetchJson } from "../hub/fetch.ts";
import { classify, loadAngka } from "./angka.ts";
import type { Angka, Classification } from "./angka.ts";
import { loadCakupan, loadProposals } from "./cakupan.ts";
import type { Cakupan, Reach, Proposal } from "./cakupan.ts";
import { useFetch } from "../hub/hooks.ts";
import type { Result } from "../hub/hooks.ts";
import { findProvinsi, complete, loadKatalog, loadAvailable } from "./katalog.ts";
import type { Item, Katalog, Available } from "./katalog.ts";
import type { View } from "./view.ts";

export interface Content {
  katalog: Result<Katalog>;
  /** the region that it is about, and what that has */
  available: Result<[string, Available]>;
  item: Item | undefined;
  angka: Result<Angka>;
  classification: Classification | null;
  reach: Reach | null; // null: no reach is shown
  cakupan: Result<Cakupan>;
  proposals: Result<Proposal[]>;
  batas: string | null; // version of the shapes; null: not known yet, "": the hub does not say
}

/** `version` grows when everything is to be asked for again. `setView` fills in what the view leaves open. */
export function useContent(view: View, setView: (f: (t: View) => View) => void, version: number): Content {
  const { wilayah, method, classCount } = view;
  const katalog = useFetch(`katalog ${version}`, loadKatalog);
  const available = useAvailable(katalog.content, wilayah, version);
  useEffect(() => {
    if (katalog.content === null || available.content === null) return;
    const [kode, figures] = available.content;
    const content = katalog.content;
    setView((t) => (t.wilayah === "" || t.wilayah === kode ? complete({ ...t, wilayah: kode }, content, figures) : t));
  }, [katalog.content, available.content]);

  const item = katalog.content?.items.find((b) => b.kode === view.data);
  const angka = useAngka(view, item, version);
  const classification = useMemo(() => (angka.content === null ? null : classify(angka.content, method, classCount)), [angka.content, method, classCount]);

  const key = view.cakupan.length === 0 || wilayah === "" ? null : `${view.cakupan.join()} ${view.distanceKm} ${wilayah} ${version}`;
  const reach = useMemo(() => (key === null ? null : { jenis: view.cakupan, jarakKm: view.distanceKm, wilayah }), [key]);
  const cakupan = useFetch(key, (signal) => loadCakupan(present(reach), signal));
  const proposals = useFetch(key, (signal) => loadProposals(present(reach), signal));

  const batasVersion = useFetch(`versi ${version}`, (signal) => fetchJson<{ batas?: string | null }>("/versi.json", signal));
  const batas = batasVersion.loading || (batasVersion.content === null && batasVersion.error === null) ? null : (batasVersion.content?.batas ?? "");
  return { katalog, available, item, angka, classification, reach, cakupan, proposals, batas };
}

function useAvailable(katalog: Katalog | null, wilayah: string, version: number): Result<[string, Available]> {
  const remembered = useRef<[string, Available] | null>(null); // found while looking for a province to begin with
  return useFetch(katalog === null ? null : `${wilayah} ${version}`, async (signal) => {
    if (remembered.current?.[0] !== wilayah || wilayah === "") {
      remembered.current = wilayah === "" ? await findProvinsi(katalog?.provinsi ?? [], signal) : [wilayah, await loadAvailable(wilayah, signal)];
    }
    return remembered.current;
  });
}

function useAngka({ data, periode, level, wilayah }: View, item: Item | undefined, version: number): Result<Angka> {
  const ready = item !== undefined && level !== "" && wilayah !== "";
  return useFetch(ready ? `${data} ${periode} ${level} ${wilayah} ${version}` : null, (signal) => {
    if (!ready) throw new Error("asked without a question");
    return loadAngka({ item, periode, level, wilayah }, signal);
  });
}

function present<T>(value: T | null): T {
  if (value === null) throw new Error("asked without a question");
  return value;
}
