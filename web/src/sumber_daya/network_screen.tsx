/** @jsxImportSource preact */
// Networks (WKSBM): the list, and one of them.

import { useState } from "preact/hooks";
import { useSettled } from "../hub/hooks.ts";
import { AnswerState, CountLine, MorePages } from "../meja/more_pages.tsx";
import { NotHere } from "../meja/not_here.tsx";
import { linkTo } from "../meja/router.ts";
import type { ScreenProps } from "../meja/screens.ts";
import { usePages } from "../meja/use_pages.ts";
import { useDesk } from "../meja/use_session.ts";
import { choicesOf, FilterChoice } from "./choice.tsx";
import { loadNetworks, networksNamed } from "./networks_asked.ts";
import { NetworkView } from "./network_view.tsx";
import type { SaringWksbm, TahapWksbm } from "./queries.ts";
import { RegionFilter } from "./regions.tsx";
import { hasName } from "./resource_list.tsx";
import { UnsentList } from "./sending_notice.tsx";
import { PHASE_NAMES, placeWords, writeDay } from "./wording.ts";
import "./sumber_daya.css";

interface Filters {
  region: string;
  phase: string;
  name: string;
}

const TYPING_MS = 350;
const kept = new Map<string, Filters>(); // by person

export const isPhase = (text: string): text is TahapWksbm => Object.hasOwn(PHASE_NAMES, text);

export function NetworkScreen({ parts: [id = "", more = ""] }: ScreenProps) {
  if (id === "") return <NetworkList />;
  return more === "" ? <NetworkView key={id} id={id} /> : <NotHere />;
}

function NetworkList() {
  const { who, person } = useDesk();
  const [filters, setFilters] = useState(kept.get(person) ?? { region: "", phase: "", name: "" });
  const name = useSettled(filters.name, TYPING_MS);
  const asked: SaringWksbm = {
    di: filters.region === "" ? (who.wilayah?.kode ?? "") : filters.region,
    ...(isPhase(filters.phase) ? { tahap: [filters.phase] } : {}),
    ...(hasName(name) ? { nama: name.trim() } : {}),
  };
  const pages = usePages(networksNamed(asked), (after, signal) => loadNetworks(asked, after, signal));
  const set = (changed: Partial<Filters>) => {
    const next = { ...filters, ...changed };
    kept.set(person, next);
    setFilters(next);
  };
  return (
    <>
      <h1 tabIndex={-1}>WKSBM</h1>
      <UnsentList />
      <search class="saringan">
        <label>
          Nama
          <input type="search" value={filters.name} onInput={(e) => set({ name: e.currentTarget.value })} />
        </label>
        <RegionFilter value={filters.region} onPick={(region) => set({ region })} />
        <FilterChoice label="Tahap" value={filters.phase} choices={choicesOf(PHASE_NAMES)} empty="Semua" onPick={(phase) => set({ phase })} />
      </search>
      <CountLine pages={pages} what="jejaring" />
      <AnswerState answer={pages} what="daftar jejaring" />
      <ul class="baris-baris">
        {pages.nodes.map((one) => (
          <li key={one.id} class="baris">
            <p class="nama-baris">
              <a href={linkTo("wksbm", one.id)}>{one.nama}</a>
              {!one.aktif && <span class="cap">tidak ada lagi atau belum ada</span>}
              {one.contoh && <span class="cap">contoh</span>}
            </p>
            <p>
              {PHASE_NAMES[one.tahap]} <small>sejak {writeDay(one.tahapSejak)}</small>
            </p>
            <p>{placeWords(one.desa, who.peran === "PROVINSI")}</p>
            <p>
              {one.jumlahAnggota} anggota, {one.derajat} jejaring lain, {one.jumlahSumber} lembaga dan mitra
            </p>
          </li>
        ))}
      </ul>
      <MorePages pages={pages} />
    </>
  );
}
