// What the hub says about what is looked at: choices, figures, reach, the version of the shapes.

import { useEffect, useMemo, useRef } from "preact/hooks";
import { fetchJson } from "../hub/fetch.ts";
import { classify, loadAngka, shownOf } from "./angka.ts";
import type { Angka, Classification } from "./angka.ts";
import { loadCakupan, loadProposals } from "./cakupan.ts";
import type { Cakupan, Reach, Proposal } from "./cakupan.ts";
import { useFetch } from "../hub/hooks.ts";
import type { Result } from "../hub/hooks.ts";
import { complete, loadApproved, loadAvailable, loadKatalog, placeToBegin } from "./katalog.ts";
import type { Approved, Available, Item, Katalog, Start } from "./katalog.ts";
import { loadReporting } from "./reporting.ts";
import type { Reporting } from "./reporting.ts";
import { drawnLevel } from "./view.ts";
import type { View } from "./view.ts";
import { loadLevelBatas } from "./wilayah_box.ts";
import type { LevelBatas } from "./wilayah_box.ts";

export interface Content {
  katalog: Result<Katalog>;
  approved: Result<Approved>;
  start: Start | null; // where to begin, when nobody says where; null: not known yet
  /** the region that it is about, and what that has */
  available: Result<[string, Available]>;
  item: Item | undefined;
  angka: Result<Angka>;
  classification: Classification | null;
  reach: Reach | null; // null: no reach is shown
  cakupan: Result<Cakupan>;
  proposals: Result<Proposal[]>;
  batas: string | null; // version of the shapes; null: not known yet, "": the hub does not say
  levelBatas: Result<LevelBatas>;
  reporting: Result<Reporting>; // asked for while it is looked at
}

/** `version` grows when everything is to be asked for again. `setView` fills in what the view leaves open. */
export function useContent(view: View, setView: (f: (t: View) => View) => void, version: number): Content {
  const { wilayah, measure, method, classCount } = view;
  const katalog = useFetch(`katalog ${version}`, loadKatalog);
  const approved = useFetch(`rekap ${version}`, loadApproved);
  const start = useStart(katalog.content, approved.content);
  const asked = wilayah !== "" ? wilayah : (start?.wilayah ?? null);
  const availableOf = useAvailable(version);
  const available = useFetch(asked === null ? null : `${asked} ${version}`, async (): Promise<[string, Available]> => [asked ?? "", await availableOf(asked ?? "")]);
  useEffect(() => {
    if (katalog.content === null || available.content === null) return;
    const [kode, figures] = available.content;
    const content = katalog.content;
    setView((t) => (t.wilayah === "" || t.wilayah === kode ? complete({ ...t, wilayah: kode }, content, figures) : t));
  }, [katalog.content, available.content]);

  const item = katalog.content?.items.find((b) => b.kode === view.data);
  const angka = useAngka(view, item, version, availableOf);
  const classification = useMemo(() => (angka.content === null ? null : classify(shownOf(angka.content, measure), method, classCount)), [angka.content, measure, method, classCount]);

  const key = view.cakupan.length === 0 || wilayah === "" ? null : `${view.cakupan.join()} ${view.distanceKm} ${wilayah} ${version}`;
  const reach = useMemo(() => (key === null ? null : { jenis: view.cakupan, jarakKm: view.distanceKm, wilayah }), [key]);
  const cakupan = useFetch(key, (signal) => loadCakupan(present(reach), signal));
  const proposals = useFetch(key, (signal) => loadProposals(present(reach), signal));

  const batasVersion = useFetch(`versi ${version}`, (signal) => fetchJson<{ batas?: string | null }>("/versi.json", signal));
  const batas = batasVersion.loading || (batasVersion.content === null && batasVersion.error === null) ? null : (batasVersion.content?.batas ?? "");
  const level = drawnLevel(view);
  const levelBatas = useFetch(batas === null || wilayah === "" || level === "" ? null : `${wilayah} ${level} ${batas}`, (signal) => loadLevelBatas(wilayah, present(level === "" ? null : level), signal));
  const { reportForm, reportPeriode } = view;
  const isReporting = view.tab === "pelaporan" && reportForm !== "" && wilayah !== "";
  const reporting = useFetch(isReporting ? `${reportForm} ${reportPeriode} ${wilayah} ${version}` : null, (signal) => loadReporting(reportForm, reportPeriode, wilayah, signal));
  return { katalog, approved, start, available, item, angka, classification, reach, cakupan, proposals, batas, levelBatas, reporting };
}

// Where to begin is found once: what is approved later moves nobody's map.
function useStart(katalog: Katalog | null, approved: Approved | null): Start | null {
  const found = useRef<Start | null>(null);
  if (found.current === null && katalog !== null && approved !== null) found.current = placeToBegin(katalog.provinsi, approved);
  return found.current;
}

// What a region has is asked once, whoever wants to know.
function useAvailable(version: number): (wilayah: string) => Promise<Available> {
  const asked = useRef(new Map<string, Promise<Available>>());
  return (wilayah) => {
    const key = `${wilayah} ${version}`;
    const answer = asked.current.get(key) ?? (wilayah === "" ? Promise.resolve<Available>(new Map()) : loadAvailable(wilayah));
    asked.current.set(key, answer);
    answer.catch(() => asked.current.delete(key)); // the next one asks again
    return answer;
  };
}

function useAngka({ data, periode, level, wilayah }: View, item: Item | undefined, version: number, availableOf: (wilayah: string) => Promise<Available>): Result<Angka> {
  const ready = item !== undefined && level !== "" && wilayah !== "";
  return useFetch(ready ? `${data} ${periode} ${level} ${wilayah} ${version}` : null, (signal) => {
    if (!ready) throw new Error("asked without a question");
    return loadAngka({ item, periode, level, wilayah }, () => availableOf(wilayah), signal);
  });
}

function present<T>(value: T | null): T {
  if (value === null) throw new Error("asked without a question");
  return value;
}
