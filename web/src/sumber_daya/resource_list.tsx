/** @jsxImportSource preact */
// The list of resources and what narrows it down.

import { useState } from "preact/hooks";
import { ask } from "../hub/fetch.ts";
import { useSettled } from "../hub/hooks.ts";
import { dayOf } from "../hub/wording.ts";
import { AnswerState, CountLine, MorePages } from "../meja/more_pages.tsx";
import { linkTo } from "../meja/router.ts";
import { pageOf, usePages } from "../meja/use_pages.ts";
import { useDesk } from "../meja/use_session.ts";
import { choicesOf, FilterChoice } from "./choice.tsx";
import { RESOURCES } from "./queries.ts";
import type { ResourcesQuery, SaringSumberDaya } from "./queries.ts";
import { RegionFilter } from "./regions.tsx";
import { isKind } from "./resource_fields.ts";
import { UnsentList } from "./sending_notice.tsx";
import { endWords, newestPapers } from "./papers.ts";
import { KIND_NAMES, OWNER_NAMES, PAPER_NAMES, placeWords, shiftDay } from "./wording.ts";

export type Listed = ResourcesQuery["daftarSumberDaya"]["edges"][number]["node"];

interface Filters {
  kind: string;
  region: string;
  name: string;
  state: string; // "ada", "tidak", "" for both
  papers: string; // "ya", "tidak", "90"
}

const NONE: Filters = { kind: "", region: "", name: "", state: "ada", papers: "" };
const STATES = { "ada": "Masih ada", "tidak": "Sudah tidak ada" };
const PAPERS = { "ya": "Akreditasi berlaku", "tidak": "Tanpa akreditasi yang berlaku", "90": "Ada yang berakhir dalam 90 hari" };
const SHORTEST_NAME = 2; // letters, as the hub has it
const TYPING_MS = 350;

const kept = new Map<string, Filters>(); // by person: whoever comes back from one of them finds the list as it was

function filterOf(filters: Filters, region: string): SaringSumberDaya {
  return {
    di: filters.region === "" ? region : filters.region,
    ...(isKind(filters.kind) ? { jenis: [filters.kind] } : {}),
    ...(hasName(filters.name) ? { nama: filters.name.trim() } : {}),
    ...(filters.state === "" ? {} : { aktif: filters.state === "ada" }),
    ...(filters.papers === "ya" || filters.papers === "tidak" ? { terakreditasi: filters.papers === "ya" } : {}),
    ...(filters.papers === "90" ? { suratBerakhirSampai: shiftDay(dayOf(new Date()), 90) } : {}),
  };
}

export const hasName = (text: string): boolean => text.replaceAll(/[^a-z0-9]/gi, "").length >= SHORTEST_NAME;

export function ResourceList() {
  const { who, person } = useDesk();
  const [filters, setFilters] = useState(kept.get(person) ?? NONE);
  const name = useSettled(filters.name, TYPING_MS);
  const asked = filterOf({ ...filters, name }, who.wilayah?.kode ?? "");
  const pages = usePages(`sumber daya ${JSON.stringify(asked)}`, async (after, signal) => pageOf((await ask(RESOURCES, { saring: asked, after }, signal)).daftarSumberDaya));
  const set = (changed: Partial<Filters>) => {
    const next = { ...filters, ...changed };
    kept.set(person, next);
    setFilters(next);
  };
  return (
    <>
      <h1 tabIndex={-1}>Sumber daya</h1>
      <p class="tombol">
        <a class="utama" href={linkTo("sumber-daya", "baru")}>
          Tambah sumber daya
        </a>
        <a href={linkTo("sumber-daya", "berkas")}>Berkas yang segera berakhir</a>
      </p>
      <UnsentList />
      <search class="saringan">
        <label>
          Nama
          <input type="search" value={filters.name} onInput={(e) => set({ name: e.currentTarget.value })} />
        </label>
        <FilterChoice label="Jenis" value={filters.kind} choices={choicesOf(KIND_NAMES)} empty="Semua" onPick={(kind) => set({ kind })} />
        <RegionFilter value={filters.region} onPick={(region) => set({ region })} />
        <FilterChoice label="Keadaan" value={filters.state} choices={choicesOf(STATES)} empty="Semua" onPick={(state) => set({ state })} />
        <FilterChoice label="Berkas" value={filters.papers} choices={choicesOf(PAPERS)} empty="Semua" onPick={(papers) => set({ papers })} />
      </search>
      <CountLine pages={pages} what="sumber daya" />
      <AnswerState answer={pages} what="daftar sumber daya" />
      <ul class="baris-baris">
        {pages.nodes.map((one) => (
          <ResourceRow key={one.id} resource={one} withKabupaten={who.peran === "PROVINSI"} />
        ))}
      </ul>
      <MorePages pages={pages} />
    </>
  );
}

function ResourceRow({ resource, withKabupaten }: { resource: Listed; withKabupaten: boolean }) {
  const today = dayOf(new Date());
  return (
    <li class="baris">
      <p class="nama-baris">
        <a href={linkTo("sumber-daya", "lihat", resource.id)}>{resource.nama}</a>
        {!resource.aktif && <span class="cap">tidak ada lagi atau belum ada</span>}
        {resource.contoh && <span class="cap">contoh</span>}
      </p>
      <p>
        {KIND_NAMES[resource.jenis]} <small>milik {OWNER_NAMES[resource.pemilik].toLowerCase()}</small>
      </p>
      <p>{placeWords(resource.desa, withKabupaten)}</p>
      <ul class="berkas">
        {newestPapers(resource.surat).map((paper) => (
          <li key={paper.jenis}>
            {PAPER_NAMES[paper.jenis]}
            {paper.peringkat !== null && ` ${paper.peringkat}`}: {endWords(paper.sampai, today)}
          </li>
        ))}
      </ul>
    </li>
  );
}
