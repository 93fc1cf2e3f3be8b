/** @jsxImportSource preact */
// A document for a warehouse's book: what came, what went, where to, and what was corrected.

import { useEffect, useState } from "preact/hooks";
import { ask } from "../hub/fetch.ts";
import { dayOf, readDay, writeDate, writeNumber } from "../hub/wording.ts";
import { Field, FindingSummary } from "../meja/field.tsx";
import type { Finding } from "../meja/field.tsx";
import { linkTo } from "../meja/router.ts";
import { useDesk } from "../meja/use_session.ts";
import { useStored } from "../meja/use_stored.ts";
import { Choice, choiceOf, choicesOf } from "./choice.tsx";
import type { Choices } from "./choice.tsx";
import { EMPTY_ROW, hasOrigin, isMovementKind, MOVEMENT_KINDS, newMovement, readMovement } from "./movement_draft.ts";
import type { MovementDraft, MovementKind, MovementRow } from "./movement_draft.ts";
import { GOODS, OTHER_WAREHOUSES } from "./queries.ts";
import { TextField } from "./resource_form.tsx";
import { SentNotice, WaitingNotice } from "./sending_notice.tsx";
import { useSending } from "./use_sending.ts";
import { stockOf } from "./warehouse_view.tsx";
import type { Stock, Warehouse } from "./warehouse_view.tsx";
import { FUND_NAMES } from "./wording.ts";

interface FormProps {
  warehouse: Warehouse;
  begun: MovementDraft;
  sent?: string; // the key under which it was handed over before
  onSent: () => void;
}

export function MovementForm({ warehouse, begun, sent, onSent }: FormProps) {
  const [draft, setDraft] = useState(begun);
  const [ownFindings, setOwnFindings] = useState<readonly Finding[]>([]);
  const sending = useSending(sent ?? null);
  const set = (changed: Partial<MovementDraft>) => setDraft((d) => ({ ...d, ...changed }));
  const setRow = (i: number, changed: Partial<MovementRow>) => setDraft((d) => ({ ...d, rows: d.rows.map((row, j) => (j === i ? { ...row, ...changed } : row)) }));
  useEffect(() => {
    if (sending.state === "sent") onSent();
  }, [sending.state]);
  const save = () => {
    const read = readMovement(draft, new Date());
    setOwnFindings(read.findings);
    if (read.input !== null) sending.send({ type: "movement", input: read.input, draft }, `${MOVEMENT_KINDS[draft.kind]}, ${warehouse.nama}, dokumen ${read.input.nomorDokumen}`);
  };
  const title = `Catat barang di ${warehouse.nama}`;
  if (sending.state === "sent") {
    return (
      <>
        <h1 tabIndex={-1}>{title}</h1>
        <SentNotice title={`Dokumen ${draft.number.trim()} tercatat`} sending={sending}>
          <a class="utama" href={linkTo("gudang", warehouse.id)}>
            Lihat stok dan bukunya
          </a>
          <button
            type="button"
            onClick={() => {
              sending.again();
              setDraft({ ...newMovement(warehouse.id, dayOf(new Date())), kind: draft.kind });
            }}
          >
            Catat lagi
          </button>
        </SentNotice>
      </>
    );
  }
  const findings = ownFindings.length > 0 ? ownFindings : sending.findings;
  const isBusy = sending.state === "waiting";
  return (
    <>
      <h1 tabIndex={-1}>{title}</h1>
      <form
        class="formulir"
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          if (!isBusy) save();
        }}
      >
        {!isBusy && <FindingSummary findings={findings} message={ownFindings.length > 0 ? "" : sending.message} />}
        <fieldset disabled={isBusy}>
          <legend>Dokumen</legend>
          <Field id="jenis" label="Apa yang terjadi" isRequired findings={findings}>
            {(given) => <Choice given={given} value={draft.kind} choices={choicesOf(MOVEMENT_KINDS)} onPick={(kind) => isMovementKind(kind) && set({ kind })} />}
          </Field>
          <TextField id="nomor" label="Nomor dokumen" isRequired hint="Nomor berita acara, surat jalan atau opname." value={draft.number} findings={findings} onType={(text) => set({ number: text })} />
          <Field id="hari" label="Hari kejadian" isRequired findings={findings}>
            {(given) => <input {...given} type="date" max={dayOf(new Date())} value={draft.day} onInput={(e) => set({ day: e.currentTarget.value })} />}
          </Field>
          {draft.kind === "PINDAH" && <OtherWarehouse warehouse={warehouse} value={draft.other} findings={findings} onPick={(other) => set({ other })} />}
          {(draft.kind === "KELUAR" || draft.kind === "PINDAH") && (
            <TextField id="tujuan" label={draft.kind === "KELUAR" ? "Kepada siapa atau untuk kejadian apa" : "Untuk apa"} isRequired={draft.kind === "KELUAR"} value={draft.purpose} findings={findings} onType={(purpose) => set({ purpose })} />
          )}
          {draft.kind === "KOREKSI" && <TextField id="alasan" label="Alasan koreksi" isRequired value={draft.reason} findings={findings} onType={(reason) => set({ reason })} />}
        </fieldset>
        <fieldset disabled={isBusy}>
          <legend>Barang</legend>
          {draft.rows.map((row, i) => (
            // oxlint-disable-next-line react/no-array-index-key -- they have no other name
            <GoodsRow key={i} row={row} i={i} kind={draft.kind} stock={stockOf(warehouse)} findings={findings} onChange={(changed) => setRow(i, changed)} onDrop={draft.rows.length > 1 ? () => set({ rows: draft.rows.filter((_, j) => j !== i) }) : null} />
          ))}
          <div class="bidang penuh">
            <button type="button" onClick={() => set({ rows: [...draft.rows, EMPTY_ROW] })}>
              Tambah barang
            </button>
          </div>
        </fieldset>
        <div class="tombol kaki">
          <button type="submit" class="utama" disabled={isBusy}>
            {isBusy ? "Mengirim…" : "Catat"}
          </button>
          <a href={linkTo("gudang", warehouse.id)}>Kembali</a>
        </div>
        <WaitingNotice sending={sending} />
      </form>
    </>
  );
}

function OtherWarehouse({ warehouse, value, findings, onPick }: { warehouse: Warehouse; value: string; findings: readonly Finding[]; onPick: (id: string) => void }) {
  const { who } = useDesk();
  const province = who.wilayah?.kode.slice(0, 2) ?? "";
  const answer = useStored(`gudang lain ${province}`, (signal) => ask(OTHER_WAREHOUSES, { wilayah: province }, signal));
  const others = (answer.content?.daftarGudang.edges ?? []).flatMap(({ node }) => (node.id === warehouse.id ? [] : [[node.id, `${node.nama} (${node.desa.kecamatan.kabupaten.nama})`] as const]));
  return (
    <Field id="gudang-tujuan" label="Gudang tujuan" isRequired findings={findings} hint="Gudang kantor lain: barang dalam perjalanan sampai kantor itu menerimanya.">
      {(given) => <Choice given={given} value={value} choices={others} empty="Pilih" onPick={onPick} />}
    </Field>
  );
}

const lotChoice = (one: Stock[number]["lot"][number]): Choices =>
  one.lot === null ? [] : [[one.lot, one.kedaluwarsa === null ? one.lot : `${one.lot}, kedaluwarsa ${writeDate(readDay(one.kedaluwarsa))}`]];

interface RowProps {
  row: MovementRow;
  i: number;
  kind: MovementKind;
  stock: Stock;
  findings: readonly Finding[];
  onChange: (changed: Partial<MovementRow>) => void;
  onDrop: (() => void) | null;
}

function GoodsRow({ row, i, kind, stock, findings, onChange, onDrop }: RowProps) {
  const id = `baris-${i}`;
  const goods = useStored("barang", (signal) => ask(GOODS, {}, signal));
  const known = goods.content?.daftarBarang ?? [];
  const one = known.find(({ kode }) => kode === row.goods);
  const present = stock.find(({ kode }) => kode === row.goods);
  const listed = kind === "TERIMA" || kind === "KOREKSI" ? known : known.filter(({ kode }) => kode === row.goods || stock.some((held) => held.kode === kode));
  const there = present === undefined ? "" : ` Ada ${writeNumber(Number(present.jumlah))}, layak dibagi ${writeNumber(Number(present.layak))}.`;
  const lots = present?.lot ?? [];
  return (
    <div class="kelompok" role="group" aria-label={`Barang ${i + 1}`}>
      <Field id={id} label="Barang" isRequired findings={findings}>
        {(given) => <Choice given={given} value={row.goods} choices={listed.map(choiceOf)} empty="Pilih" onPick={(kode) => onChange({ goods: kode, lot: "" })} />}
      </Field>
      <TextField id={`${id}-jumlah`} label={`Jumlah${one === undefined ? "" : ` (${one.satuan})`}`} isRequired isNumber value={row.amount} hint={`${kind === "KOREKSI" ? "Dengan tanda kurang bila berkurang." : ""}${there}`.trim() || undefined} findings={findings} onType={(amount) => onChange({ amount })} />
      {hasOrigin(kind) ? (
        <TextField id={`${id}-lot`} label="Lot" value={row.lot} hint="Nama atau tahun lot, bila dibedakan." findings={findings} onType={(lot) => onChange({ lot })} />
      ) : (
        <Field id={`${id}-lot`} label="Lot" findings={findings}>
          {(given) => <Choice given={given} value={row.lot} choices={lots.flatMap(lotChoice)} empty="Yang paling dahulu kedaluwarsa" onPick={(lot) => onChange({ lot })} />}
        </Field>
      )}
      {hasOrigin(kind) && (
        <>
          <Field id={`${id}-dana`} label="Sumber dana" isRequired={kind === "TERIMA"} findings={findings}>
            {(given) => <Choice given={given} value={row.fund} choices={choicesOf(FUND_NAMES)} empty="Pilih" onPick={(fund) => onChange({ fund })} />}
          </Field>
          <Field id={`${id}-kedaluwarsa`} label="Kedaluwarsa" findings={findings} hint="Sejak hari ini tidak boleh dibagikan lagi.">
            {(given) => <input {...given} type="date" value={row.expiry} onInput={(e) => onChange({ expiry: e.currentTarget.value })} />}
          </Field>
        </>
      )}
      {onDrop !== null && (
        <button type="button" class="kecil bahaya" onClick={onDrop}>
          Hapus<span class="hanya-suara"> barang {i + 1}</span>
        </button>
      )}
    </div>
  );
}
