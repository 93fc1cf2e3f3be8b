/** @jsxImportSource preact */
// Disaster warehouses: the list, one with its stock and its book, and a document to write into it.

import { useEffect, useState } from "preact/hooks";
import { ask } from "../hub/fetch.ts";
import { Loading } from "../hub/notices.tsx";
import { dayOf, writeNumber } from "../hub/wording.ts";
import { AnswerState, CountLine, MorePages } from "../meja/more_pages.tsx";
import { NotHere } from "../meja/not_here.tsx";
import { linkTo } from "../meja/router.ts";
import type { ScreenProps } from "../meja/screens.ts";
import type { Submission } from "../meja/store.ts";
import { pageOf, usePages } from "../meja/use_pages.ts";
import { useDesk } from "../meja/use_session.ts";
import { useStored } from "../meja/use_stored.ts";
import { choiceOf, FilterChoice } from "./choice.tsx";
import { newMovement } from "./movement_draft.ts";
import type { MovementDraft } from "./movement_draft.ts";
import { MovementForm } from "./movement_form.tsx";
import { GOODS, WAREHOUSES } from "./queries.ts";
import type { WarehousesQuery } from "./queries.ts";
import { RegionFilter } from "./regions.tsx";
import { keeps } from "./rights.ts";
import { UnsentList } from "./sending_notice.tsx";
import { readUnsent, workOf } from "./use_sending.ts";
import { useWarehouse, WarehouseView } from "./warehouse_view.tsx";
import { HEALTH_WORDS, healthWords, isHealth, OWNER_NAMES, placeWords } from "./wording.ts";
import "./sumber_daya.css";

type Listed = WarehousesQuery["daftarGudang"]["edges"][number]["node"];

const HEALTHS = Object.entries(HEALTH_WORDS).map(([code, { word }]) => [code, word] as const);

export function WarehouseScreen({ parts: [id = "", what = ""] }: ScreenProps) {
  if (id === "") return <WarehouseList />;
  if (id === "kirim") return <Reopened key={what} submission={what} />;
  if (what === "catat") return <NewMovement key={id} id={id} begun={newMovement(id, dayOf(new Date()))} />;
  return what === "" ? <WarehouseView key={id} id={id} /> : <NotHere />;
}

function WarehouseList() {
  const { who } = useDesk();
  const [region, setRegion] = useState("");
  const [health, setHealth] = useState("");
  const [goods, setGoods] = useState("");
  const known = useStored("barang", (signal) => ask(GOODS, {}, signal));
  const asked = { di: region === "" ? (who.wilayah?.kode ?? "") : region, ...(isHealth(health) ? { kesehatan: [health] } : {}), ...(goods === "" ? {} : { barang: goods }) };
  const pages = usePages(`gudang ${JSON.stringify(asked)}`, async (after, signal) => pageOf((await ask(WAREHOUSES, { saring: asked, after }, signal)).daftarGudang));
  return (
    <>
      <h1 tabIndex={-1}>Gudang bencana</h1>
      <UnsentList />
      <search class="saringan">
        <RegionFilter value={region} onPick={setRegion} />
        <FilterChoice label="Keadaan" value={health} choices={HEALTHS} empty="Semua" onPick={setHealth} />
        <FilterChoice label="Barang" value={goods} choices={(known.content?.daftarBarang ?? []).map(choiceOf)} empty="Semua" onPick={setGoods} />
      </search>
      <CountLine pages={pages} what="gudang" />
      <AnswerState answer={pages} what="daftar gudang" />
      <ul class="kartu-kartu">
        {pages.nodes.map((one) => (
          <WarehouseCard key={one.id} warehouse={one} />
        ))}
      </ul>
      <MorePages pages={pages} />
    </>
  );
}

function WarehouseCard({ warehouse }: { warehouse: Listed }) {
  const { who } = useDesk();
  return (
    <li class={`kartu gudang sehat-${warehouse.kesehatan.toLowerCase()}`}>
      <h2>
        <a href={linkTo("gudang", warehouse.id)}>{warehouse.nama}</a>
      </h2>
      <p>
        {placeWords(warehouse.desa, who.peran === "PROVINSI")} <small>milik {OWNER_NAMES[warehouse.pemilik].toLowerCase()}</small>
      </p>
      <p class="keadaan">{healthWords(warehouse.kesehatan)}</p>
      <ul class="stok-ringkas">
        {warehouse.stok.map((one) => (
          <li key={one.kode}>
            {one.barang}: {writeNumber(Number(one.jumlah))} {one.satuan}
            {one.kesehatan !== "AMAN" && ` (${healthWords(one.kesehatan)})`}
          </li>
        ))}
      </ul>
      {keeps(who, warehouse.desa.kode, warehouse.pemilik) && (
        <p>
          <a href={linkTo("gudang", warehouse.id, "catat")}>
            Catat barang masuk atau keluar<span class="hanya-suara"> di {warehouse.nama}</span>
          </a>
        </p>
      )}
    </li>
  );
}

function NewMovement({ id, begun, sent }: { id: string; begun: MovementDraft; sent?: string }) {
  const answer = useWarehouse(id);
  const warehouse = answer.content?.sumberDaya ?? null;
  if (answer.content !== null && warehouse === null) return <NotHere />;
  if (warehouse === null) {
    return (
      <>
        <h1 tabIndex={-1}>Catat barang</h1>
        <AnswerState answer={answer} what="gudang ini" />
      </>
    );
  }
  return <MovementForm warehouse={warehouse} begun={begun} {...(sent === undefined ? {} : { sent })} onSent={answer.retry} />;
}

function Reopened({ submission: key }: { submission: string }) {
  const { person } = useDesk();
  const [found, setFound] = useState<{ submission: Submission | null } | null>(null);
  useEffect(() => {
    readUnsent(person, key).then(
      (submission) => setFound({ submission }),
      (error: unknown) => console.error(error),
    );
  }, [key]);
  if (found === null) return <Loading what="isian" />;
  const work = found.submission === null ? null : workOf(found.submission);
  return work?.type === "movement" ? <NewMovement id={work.draft.warehouse} begun={work.draft} sent={key} /> : <NotHere />;
}
