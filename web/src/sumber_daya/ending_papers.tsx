/** @jsxImportSource preact */
// Papers that run out soon or have run out, the earliest first.

import { useState } from "preact/hooks";
import { ask } from "../hub/fetch.ts";
import { dayOf } from "../hub/wording.ts";
import { AnswerState } from "../meja/more_pages.tsx";
import { linkTo } from "../meja/router.ts";
import { useDesk } from "../meja/use_session.ts";
import { useStored } from "../meja/use_stored.ts";
import { choicesOf, FilterChoice } from "./choice.tsx";
import { endWords, newestPapers } from "./papers.ts";
import { RESOURCES } from "./queries.ts";
import type { ResourcesQuery } from "./queries.ts";
import { RegionFilter } from "./regions.tsx";
import type { Listed } from "./resource_list.tsx";
import { KIND_NAMES, PAPER_NAMES, placeWords, shiftDay } from "./wording.ts";

interface Ending {
  resource: Listed;
  paper: Listed["surat"][number];
  end: string;
}

const SPANS = { "0": "Sudah berakhir", "30": "30 hari lagi", "90": "90 hari lagi", "180": "6 bulan lagi" };
const MOST_PAGES = 20; // of fifty

async function askAll(region: string, until: string, signal: AbortSignal): Promise<Listed[]> {
  const found: Listed[] = [];
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    // oxlint-disable-next-line no-await-in-loop -- each page begins where the one before ends
    const { daftarSumberDaya: answer }: ResourcesQuery = await ask(RESOURCES, { saring: { di: region, aktif: true, suratBerakhirSampai: until }, after }, signal);
    found.push(...answer.edges.map(({ node }) => node));
    if (!answer.pageInfo.hasNextPage) break;
    after = answer.pageInfo.endCursor;
  }
  return found;
}

function endings(resources: readonly Listed[], until: string): Ending[] {
  return resources
    .flatMap((resource) => newestPapers(resource.surat).flatMap((paper) => (paper.sampai === null || paper.sampai > until ? [] : [{ resource, paper, end: paper.sampai }])))
    .toSorted((a, b) => a.end.localeCompare(b.end) || a.resource.nama.localeCompare(b.resource.nama));
}

export function EndingPapers() {
  const { who } = useDesk();
  const [days, setDays] = useState("90");
  const [region, setRegion] = useState("");
  const today = dayOf(new Date());
  const until = shiftDay(today, Number(days));
  const place = region === "" ? (who.wilayah?.kode ?? "") : region;
  const answer = useStored(`berkas ${place} ${days}`, (signal) => askAll(place, until, signal));
  const found = endings(answer.content ?? [], until);
  return (
    <>
      <h1 tabIndex={-1}>Berkas yang segera berakhir</h1>
      <p>
        <a href={linkTo("sumber-daya")}>Kembali ke daftar sumber daya</a>
      </p>
      <search class="saringan">
        <FilterChoice label="Berakhir sampai" value={days} choices={choicesOf(SPANS)} onPick={setDays} />
        <RegionFilter value={region} onPick={setRegion} />
      </search>
      <p class="banyak" role="status">
        {answer.content !== null && !answer.loading && (found.length === 0 ? "Tidak ada berkas yang berakhir sampai hari itu." : `${found.length} berkas`)}
      </p>
      <AnswerState answer={answer} what="berkas" />
      <ul class="baris-baris">
        {found.map(({ resource, paper, end }) => (
          <li key={`${resource.id} ${paper.jenis}`} class={`baris ${end <= today ? "lewat" : "segera"}`}>
            <p class="nama-baris">
              <a href={linkTo("sumber-daya", "lihat", resource.id)}>{resource.nama}</a>
            </p>
            <p>
              {KIND_NAMES[resource.jenis]} <small>{placeWords(resource.desa, who.peran === "PROVINSI")}</small>
            </p>
            <p>
              {PAPER_NAMES[paper.jenis]}
              {paper.peringkat !== null && ` ${paper.peringkat}`}
              {paper.nomor !== null && <small> nomor {paper.nomor}</small>}
            </p>
            <p>
              <strong>
                <span aria-hidden="true">{end <= today ? "✕" : "◷"}</span> {endWords(end, today)}
              </strong>
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
