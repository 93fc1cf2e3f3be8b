/** @jsxImportSource preact */
// The panel beside the map: tabs for what can be chosen, and the table.

import { useRef } from "preact/hooks";
import type { Angka, Classification } from "./angka.ts";
import type { Cakupan, Proposal } from "./cakupan.ts";
import { Downloads } from "./downloads.tsx";
import type { Result } from "../hub/hooks.ts";
import type { Item } from "./katalog.ts";
import { PanelAngka } from "./panel_angka.tsx";
import type { PanelProps } from "./panel_angka.tsx";
import { PanelBatas } from "./panel_batas.tsx";
import { PanelCakupan } from "./panel_cakupan.tsx";
import { PanelReporting } from "./panel_reporting.tsx";
import type { Reporting } from "./reporting.ts";
import { PanelSumberDaya, PanelWksbm } from "./panel_layers.tsx";
import { AngkaTable } from "./angka_table.tsx";
import { TABS } from "./view.ts";
import type { Tab } from "./view.ts";

const TAB_NAMES: Record<Tab, string> = { angka: "Angka", tabel: "Tabel", pelaporan: "Pelaporan", sumberdaya: "Sumber daya", cakupan: "Jangkauan", wksbm: "WKSBM", batas: "Batas" };

interface Props extends PanelProps {
  item: Item | undefined;
  angka: Result<Angka>;
  classification: Classification | null;
  cakupan: Result<Cakupan>;
  proposals: Result<Proposal[]>;
  version: number;
  visible: Set<string> | null; // null: no map
  onShow: (kode: string) => void;
  onWksbm: (id: string) => void;
  reporting: Result<Reporting>;
  picture: (() => Promise<Blob>) | null;
}

export function SidePanel(s: Props) {
  const { view, change } = s;
  const list = useRef<HTMLDivElement>(null);
  const onKey = (e: KeyboardEvent) => {
    const index = TABS.indexOf(view.tab);
    const next = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: TABS.length - 1 }[e.key];
    if (next === undefined) return;
    e.preventDefault();
    const tab = TABS[(next + TABS.length) % TABS.length] ?? "angka";
    change({ tab });
    list.current?.querySelector<HTMLElement>(`#tab-${tab}`)?.focus();
  };
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the chosen tab has the focus, not the list */}
      <div class="tab" role="tablist" aria-label="Pilihan peta" ref={list} onKeyDown={onKey}>
        {TABS.map((t) => (
          <button
            key={t}
            type="button"
            id={`tab-${t}`}
            role="tab"
            aria-selected={t === view.tab}
            aria-controls="isi-tab"
            tabIndex={t === view.tab ? 0 : -1}
            class={isOn(t, s) ? "menyala" : ""}
            onClick={() => change({ tab: t })}
          >
            {TAB_NAMES[t]}
          </button>
        ))}
      </div>
      <div id="isi-tab" class="isi-tab" role="tabpanel" aria-labelledby={`tab-${view.tab}`}>
        {view.tab === "angka" && <PanelAngka {...s} />}
        {view.tab === "tabel" && <AngkaTable {...s} />}
        {view.tab === "pelaporan" && <PanelReporting {...s} />}
        {view.tab === "sumberdaya" && <PanelSumberDaya {...s} />}
        {view.tab === "cakupan" && <PanelCakupan {...s} />}
        {(view.tab === "angka" || view.tab === "tabel") && <Downloads angka={s.angka.content} picture={s.picture} />}
        {view.tab === "batas" && <PanelBatas {...s} />}
        {view.tab === "wksbm" && <PanelWksbm {...s} onThing={s.onWksbm} />}
      </div>
    </>
  );
}

/** Whether that tab's layer is on the map. */
function isOn(tab: Tab, { view }: Props): boolean {
  const { sumberDayaKinds, cakupan, batasKinds, wksbm } = view;
  return (tab === "sumberdaya" && sumberDayaKinds.length > 0) || (tab === "cakupan" && cakupan.length > 0) || (tab === "wksbm" && wksbm) || (tab === "batas" && batasKinds.length > 0);
}
