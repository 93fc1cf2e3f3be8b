/** @jsxImportSource preact */
// The panel beside the map: tabs for what can be chosen, and the table.

import { useRef } from "preact/hooks";
import type { Angka, Pembagian } from "./angka.ts";
import type { Cakupan, Usulan } from "./cakupan.ts";
import type { Hasil } from "./kait.ts";
import type { Butir } from "./katalog.ts";
import { PanelAngka } from "./panel_angka.tsx";
import type { SifatPanel } from "./panel_angka.tsx";
import { PanelBatas } from "./panel_batas.tsx";
import { PanelCakupan } from "./panel_cakupan.tsx";
import { PanelSumberDaya, PanelWksbm } from "./panel_lapisan.tsx";
import { TabelAngka } from "./tabel_angka.tsx";
import { TAB } from "./tampilan.ts";
import type { Tab } from "./tampilan.ts";

const NAMA_TAB: Record<Tab, string> = { angka: "Angka", tabel: "Tabel", sumberdaya: "Sumber daya", cakupan: "Cakupan", wksbm: "WKSBM", batas: "Batas" };

interface Sifat extends SifatPanel {
  butir: Butir | undefined;
  angka: Hasil<Angka>;
  pembagian: Pembagian | null;
  cakupan: Hasil<Cakupan>;
  usulan: Hasil<Usulan[]>;
  versi: number;
  tampak: Set<string> | null; // null: no map
  onLihat: (kode: string) => void;
  onWksbm: (id: string) => void;
}

export function PanelKanan(s: Sifat) {
  const { tampilan, ubah } = s;
  const daftar = useRef<HTMLDivElement>(null);
  const tekan = (e: KeyboardEvent) => {
    const nomor = TAB.indexOf(tampilan.tab);
    const ke = { ArrowRight: nomor + 1, ArrowLeft: nomor - 1, Home: 0, End: TAB.length - 1 }[e.key];
    if (ke === undefined) return;
    e.preventDefault();
    const tab = TAB[(ke + TAB.length) % TAB.length] ?? "angka";
    ubah({ tab });
    daftar.current?.querySelector<HTMLElement>(`#tab-${tab}`)?.focus();
  };
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the chosen tab has the focus, not the list */}
      <div class="tab" role="tablist" aria-label="Pilihan peta" ref={daftar} onKeyDown={tekan}>
        {TAB.map((t) => (
          <button
            key={t}
            type="button"
            id={`tab-${t}`}
            role="tab"
            aria-selected={t === tampilan.tab}
            aria-controls="isi-tab"
            tabIndex={t === tampilan.tab ? 0 : -1}
            class={menyala(t, s) ? "menyala" : ""}
            onClick={() => ubah({ tab: t })}
          >
            {NAMA_TAB[t]}
          </button>
        ))}
      </div>
      <div id="isi-tab" class="isi-tab" role="tabpanel" aria-labelledby={`tab-${tampilan.tab}`}>
        {tampilan.tab === "angka" && <PanelAngka {...s} />}
        {tampilan.tab === "tabel" && <TabelAngka {...s} />}
        {tampilan.tab === "sumberdaya" && <PanelSumberDaya {...s} />}
        {tampilan.tab === "cakupan" && <PanelCakupan {...s} />}
        {tampilan.tab === "batas" && <PanelBatas {...s} />}
        {tampilan.tab === "wksbm" && <PanelWksbm {...s} onBenda={s.onWksbm} />}
      </div>
    </>
  );
}

/** Whether that tab's layer is on the map. */
function menyala(tab: Tab, { tampilan }: Sifat): boolean {
  const { titik, cakupan, mutu, wksbm } = tampilan;
  return (tab === "sumberdaya" && titik.length > 0) || (tab === "cakupan" && cakupan.length > 0) || (tab === "wksbm" && wksbm) || (tab === "batas" && mutu.length > 0);
}
