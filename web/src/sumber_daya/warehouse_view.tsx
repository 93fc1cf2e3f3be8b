/** @jsxImportSource preact */
// One warehouse: what it holds, what is under way to and from it, and its book.

import { useState } from "preact/hooks";
import { ask } from "../hub/fetch.ts";
import { readDay, writeDate, writeMoment, writeNumber } from "../hub/wording.ts";
import { AnswerState, CountLine, MorePages } from "../meja/more_pages.tsx";
import { NotHere } from "../meja/not_here.tsx";
import { linkTo } from "../meja/router.ts";
import { pageOf, usePages } from "../meja/use_pages.ts";
import { useDesk } from "../meja/use_session.ts";
import { useStored } from "../meja/use_stored.ts";
import type { Stored } from "../meja/use_stored.ts";
import { FilterChoice } from "./choice.tsx";
import { WideTable } from "./wide_table.tsx";
import { LEDGER, WAREHOUSE } from "./queries.ts";
import type { MovementFragment, WarehouseQuery } from "./queries.ts";
import { keeps } from "./rights.ts";
import { Transfers } from "./transfers.tsx";
import { FUND_NAMES, healthWords, MOVEMENT_NAMES, OWNER_NAMES, placeWords } from "./wording.ts";

export type Warehouse = NonNullable<WarehouseQuery["sumberDaya"]>;
type Store = Extract<Warehouse, { stok: unknown }>;
export type Stock = Store["stok"];

const isStore = (found: Warehouse): found is Store => "stok" in found;

export const useWarehouse = (id: string): Stored<WarehouseQuery> => useStored(`gudang ${id}`, (signal) => ask(WAREHOUSE, { id }, signal));

export const stockOf = (warehouse: Warehouse): Stock => (isStore(warehouse) ? warehouse.stok : []);

export function WarehouseView({ id }: { id: string }) {
  const { who } = useDesk();
  const answer = useWarehouse(id);
  const warehouse = answer.content?.sumberDaya ?? null;
  if (answer.content !== null && (warehouse === null || !isStore(warehouse))) return <NotHere />;
  const isOurs = warehouse !== null && keeps(who, warehouse.desa.kode, warehouse.pemilik);
  return (
    <>
      <h1 tabIndex={-1}>{warehouse?.nama ?? "Gudang bencana"}</h1>
      <AnswerState answer={answer} what="gudang ini" />
      {warehouse !== null && isStore(warehouse) && (
        <>
          <p>
            {placeWords(warehouse.desa, true)} <small>milik {OWNER_NAMES[warehouse.pemilik].toLowerCase()}</small> <span class="cap">{healthWords(warehouse.kesehatan)}</span>
            {warehouse.contoh && <span class="cap">contoh, bukan gudang yang sungguh ada</span>}
          </p>
          <p class="tombol">
            {isOurs ? (
              <a class="utama" href={linkTo("gudang", id, "catat")}>
                Catat barang masuk atau keluar
              </a>
            ) : (
              <span class="petunjuk">Yang mencatat di sini ialah kantor pemiliknya.</span>
            )}
            <a href={linkTo("sumber-daya", "lihat", id)}>Keterangan gudang</a>
            <a href={linkTo("gudang")}>Kembali ke daftar gudang</a>
          </p>
          <StockTable stock={warehouse.stok} />
          <Transfers incoming={warehouse.pindahanMasuk} outgoing={warehouse.pindahanKeluar} mayAnswer={isOurs} onAnswered={answer.retry} />
          <Ledger id={id} stock={warehouse.stok} />
        </>
      )}
    </>
  );
}

const number = (value: number | string): string => writeNumber(Number(value));

function StockTable({ stock }: { stock: Stock }) {
  return (
    <section aria-labelledby="persediaan">
      <h2 id="persediaan">Persediaan</h2>
      {stock.length === 0 && <p class="kosong">Belum ada barang yang tercatat.</p>}
      {stock.length > 0 && (
        <WideTable label="Tabel persediaan">
            <thead>
              <tr>
                <th scope="col">Barang</th>
                <th scope="col" class="angka">Ada</th>
                <th scope="col" class="angka">Layak dibagi</th>
                <th scope="col" class="angka">Minimum</th>
                <th scope="col">Keadaan</th>
                <th scope="col">Lot</th>
              </tr>
            </thead>
            <tbody>
              {stock.map((one) => (
                <tr key={one.kode}>
                  <th scope="row">
                    {one.barang} <small>{one.satuan}</small>
                  </th>
                  <td class="angka">{number(one.jumlah)}</td>
                  <td class="angka">{number(one.layak)}</td>
                  <td class="angka">{Number(one.minimum) === 0 ? "–" : number(one.minimum)}</td>
                  <td>
                    {healthWords(one.kesehatan)}
                    {one.hariTersisa !== null && one.hariTersisa >= 1 && <small> cukup {number(Math.floor(one.hariTersisa))} hari</small>}
                  </td>
                  <td>
                    <ul class="lot">
                      {one.lot.map((lot) => (
                        <li key={`${lot.lot} ${lot.sumberDana}`}>
                          {lot.lot ?? "Tanpa lot"}, {FUND_NAMES[lot.sumberDana]}: {number(lot.jumlah)}
                          {lot.kedaluwarsa !== null && <small> kedaluwarsa {writeDate(readDay(lot.kedaluwarsa))}</small>}
                        </li>
                      ))}
                    </ul>
                  </td>
                </tr>
              ))}
            </tbody>
          </WideTable>
      )}
    </section>
  );
}

function Ledger({ id, stock }: { id: string; stock: Stock }) {
  const [goods, setGoods] = useState("");
  const total = stock.reduce((sum, one) => sum + Number(one.jumlah), 0); // what was just written is in the book as well
  const pages = usePages<MovementFragment>(`buku ${id} ${goods} ${total}`, async (after, signal) => {
    const { sumberDaya: found } = await ask(LEDGER, { id, barang: goods === "" ? null : goods, after }, signal);
    return found !== null && "mutasi" in found ? pageOf(found.mutasi) : { nodes: [], end: null, hasNext: false, total: 0 };
  });
  return (
    <section aria-labelledby="buku">
      <h2 id="buku">Buku stok</h2>
      <search class="saringan">
        <FilterChoice label="Barang" value={goods} choices={stock.map(({ kode, barang }) => [kode, barang] as const)} empty="Semua" onPick={setGoods} />
      </search>
      <CountLine pages={pages} what="catatan" />
      <AnswerState answer={pages} what="buku stok" />
      {pages.nodes.length > 0 && (
        <WideTable label="Tabel buku stok">
            <thead>
              <tr>
                <th scope="col" class="angka">No.</th>
                <th scope="col">Waktu</th>
                <th scope="col">Catatan</th>
                <th scope="col">Barang</th>
                <th scope="col" class="angka">Jumlah</th>
                <th scope="col">Dokumen</th>
              </tr>
            </thead>
            <tbody>
              {pages.nodes.map((one) => (
                <LedgerRow key={one.urutan} movement={one} />
              ))}
            </tbody>
          </WideTable>
      )}
      <MorePages pages={pages} />
    </section>
  );
}

function LedgerRow({ movement }: { movement: MovementFragment }) {
  const { bukti: document } = movement;
  const about = [document?.tujuan, document?.alasan].filter((part) => part !== null && part !== undefined);
  return (
    <tr>
      <td class="angka">{movement.urutan}</td>
      <td>{writeMoment(new Date(movement.pada))}</td>
      <td>
        {MOVEMENT_NAMES[movement.jenis]}
        {movement.lawan !== null && <small> {movement.lawan.nama}</small>}
      </td>
      <td>
        {movement.barang} {movement.lot !== null && <small>lot {movement.lot}</small>}
      </td>
      <td class="angka">
        {Number(movement.jumlah) > 0 ? "+" : ""}
        {number(movement.jumlah)} <small>{movement.satuan}</small>
      </td>
      <td>
        {document === null ? (
          <small>tidak terbuka bagi Anda</small>
        ) : (
          <>
            {document.nomorDokumen}{" "}
            <small>
              {about.map((part) => `${part}, `)}dicatat <span class="nama-token">{document.oleh}</span>
            </small>
          </>
        )}
      </td>
    </tr>
  );
}
