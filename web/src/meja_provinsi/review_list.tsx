/** @jsxImportSource preact */
// What waits for the province: to be opened one by one, or approved several at once.

import { useEffect, useRef, useState } from "preact/hooks";
import { Loading } from "../hub/notices.tsx";
import { fullName, periodeName, writeMoment } from "../hub/wording.ts";
import { approve, decidedIn } from "../meja/decisions.ts";
import { useOnDevice } from "../meja/line.ts";
import { linkTo } from "../meja/router.ts";
import { useNews } from "../meja/use_news.ts";
import { useDesk } from "../meja/use_session.ts";
import { ApproveDialog } from "./decide_dialogs.tsx";
import { DecisionNotices, ProvinceNav } from "../meja/province_nav.tsx";
import { KeyHint } from "./key_hint.tsx";
import { SeenNotice } from "./seen_notice.tsx";
import { useKeys } from "./use_keys.ts";
import { nameOf, useWaiting, waitingOf } from "./waiting.ts";
import type { Waiting } from "./waiting.ts";

const warningsOf = (rekap: Waiting): number => rekap.temuan.filter((one) => one.tingkat !== "INFO").length;

export function ReviewList() {
  const { who, person, refuse } = useDesk();
  const answer = useWaiting();
  useNews(who.wilayah?.kode ?? "", answer.content !== null, answer.retry, refuse);
  const { queue } = useOnDevice(person);
  const sent = queue.filter((one) => one.state === "sent").map((one) => one.key).join();
  useEffect(() => {
    if (sent !== "") answer.retry(); // what was just decided stands otherwise at the hub now
  }, [sent]);
  const pending = new Set(queue.filter((one) => one.state === "waiting").flatMap(decidedIn));
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [form, setForm] = useState("");
  const [isAsking, setAsking] = useState(false);
  const all = waitingOf(answer.content);
  const forms = Array.from(new Map(all.map((one) => [one.formulir.kode, one.formulir.nama])));
  const shown = all.filter((one) => form === "" || one.formulir.kode === form);
  const open = shown.filter((one) => !pending.has(one.id));
  const chosen = open.filter((one) => marked.has(one.id));
  const clean = open.filter((one) => warningsOf(one) === 0);
  const table = useRef<HTMLTableElement>(null);
  const step = (by: number) => {
    const links = Array.from(table.current?.querySelectorAll<HTMLElement>("tbody a") ?? []);
    const at = links.findIndex((link) => link.closest("tr")?.contains(document.activeElement) === true);
    links[at === -1 ? 0 : Math.max(0, Math.min(links.length - 1, at + by))]?.focus();
  };
  const keys = useKeys({ j: () => step(1), k: () => step(-1), s: () => chosen.length > 0 && setAsking(true) });
  const toggle = (id: string) => setMarked((before) => new Set(before.has(id) ? Array.from(before).filter((one) => one !== id) : [...before, id]));
  return (
    <>
      <ProvinceNav at="periksa" />
      <h1 tabIndex={-1}>{answer.content === null ? "Periksa" : all.length === 0 ? "Tidak ada rekap yang menunggu" : `${all.length} rekap menunggu diperiksa`}</h1>
      <DecisionNotices />
      <SeenNotice answer={answer} />
      {answer.content === null && answer.error === null && <Loading what="rekap yang menunggu" />}
      {all.length > 0 && (
        <>
          <div class="pilihan">
            <label>
              Formulir
              <select value={form} onChange={(e) => setForm(e.currentTarget.value)}>
                <option value="">Semua</option>
                {forms.map(([kode, name]) => (
                  <option key={kode} value={kode}>
                    {name} ({kode})
                  </option>
                ))}
              </select>
            </label>
            {clean.length > 0 && (
              <button type="button" onClick={() => setMarked(new Set(clean.map((one) => one.id)))}>
                Pilih {clean.length} tanpa peringatan
              </button>
            )}
            <button type="button" class="utama" disabled={chosen.length === 0} onClick={() => setAsking(true)}>
              {chosen.length === 0 ? "Setujui yang dipilih" : `Setujui ${chosen.length} rekap`}
            </button>
          </div>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
          <div class="gulir" role="region" aria-label="Rekap yang menunggu" tabIndex={0}>
            <table class="daftar-periksa" ref={table}>
              <thead>
                <tr>
                  <th scope="col">Pilih</th>
                  <th scope="col">Rekap</th>
                  <th scope="col">Temuan</th>
                  <th scope="col">Diajukan</th>
                </tr>
              </thead>
              <tbody>
                {shown.map((one) => (
                  <WaitingRow key={one.id} rekap={one} isMarked={marked.has(one.id)} isPending={pending.has(one.id)} toggle={toggle} />
                ))}
              </tbody>
            </table>
          </div>
          <KeyHint keys={keys} words="J berikutnya, K sebelumnya, Enter buka, S setujui yang dipilih" />
        </>
      )}
      {isAsking && (
        <ApproveDialog
          names={chosen.map(nameOf)}
          warnings={chosen.reduce((sum, one) => sum + warningsOf(one), 0)}
          onClose={() => setAsking(false)}
          onApprove={() => approve(person, chosen.map((one) => ({ id: one.id, revisi: one.revisi, name: nameOf(one) })))}
        />
      )}
    </>
  );
}

function WaitingRow({ rekap, isMarked, isPending, toggle }: { rekap: Waiting; isMarked: boolean; isPending: boolean; toggle: (id: string) => void }) {
  const warnings = warningsOf(rekap);
  return (
    <tr>
      <td>
        <input type="checkbox" aria-label={`Pilih ${nameOf(rekap)}`} checked={isMarked && !isPending} disabled={isPending} onChange={() => toggle(rekap.id)} />
      </td>
      <td>
        <a href={linkTo("periksa", rekap.id)}>
          {rekap.formulir.nama} <small>{rekap.formulir.kode}</small>
          <span class="hanya-suara">
            , {periodeName(rekap.periode)}, {rekap.pelapor.nama}
          </span>
        </a>
        <br />
        {fullName(rekap.pelapor.nama, rekap.pelapor.kode)}
        <br />
        {periodeName(rekap.periode)}
        {rekap.revisi > 1 && <small> revisi {rekap.revisi}</small>}
        {isPending && <p class="kabar">Tersimpan di gawai, belum terkirim.</p>}
      </td>
      <td>{warnings === 0 ? "tidak ada peringatan" : <strong>{warnings} peringatan</strong>}</td>
      <td>
        {rekap.diajukanPada !== null && writeMoment(new Date(rekap.diajukanPada))}
        {rekap.tepatWaktu === false && <small class="telat"> terlambat</small>}
      </td>
    </tr>
  );
}
