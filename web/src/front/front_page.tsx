/** @jsxImportSource preact */
// What a head of dinas sees first: four large figures, how far the offices are, and who is late. The links stand in the page itself.

import { render } from "preact";
import { useState } from "preact/hooks";
import { ask } from "../hub/fetch.ts";
import { useFetch } from "../hub/hooks.ts";
import { ConnectionNotice, ErrorNotice, Loading } from "../hub/notices.tsx";
import { fullName, lastPeriods, periodeName, writeDate, writeNilaiOrWhy, writeShort } from "../hub/wording.ts";
import { chosenOf, headline, reportingOf } from "./overview.ts";
import type { Figure, Reporting } from "./overview.ts";
import { AVAILABLE, FIGURES, PROVINCES, REPORTING } from "./queries.ts";
import "./front.css";

const LOOKED_AT = 6; // provinces
const SHORT_FROM = 10_000_000; // longer numbers are told in words

interface Overview {
  figures: Figure[];
  reporting: Reporting;
}

async function load(wilayah: string, signal: AbortSignal): Promise<Overview> {
  const [available, reporting] = await Promise.all([
    ask(AVAILABLE, { wilayah }, signal),
    ask(REPORTING, { wilayah, periode: lastPeriods(new Date()) }, signal),
  ]);
  const choices = headline(available.ketersediaan);
  if (choices.length === 0) return { figures: [], reporting: reportingOf(reporting) };
  const asked = { elemen: choices.map((one) => one.elemen), periode: [...new Set(choices.map((one) => one.periode))], wilayah };
  const { agregat } = await ask(FIGURES, asked, signal);
  return { figures: chosenOf(choices, agregat), reporting: reportingOf(reporting) };
}

/** The provinces, and which of them has most figures: the page begins with that one. */
async function loadProvinces(signal: AbortSignal) {
  const { daftarProvinsi: list } = await ask(PROVINCES, {}, signal);
  const counts = await Promise.all(list.slice(0, LOOKED_AT).map(async ({ kode }) => (await ask(AVAILABLE, { wilayah: kode }, signal)).ketersediaan.length));
  return { list, begin: list[counts.indexOf(Math.max(...counts))]?.kode ?? "" };
}

function FrontPage() {
  const provinces = useFetch("provinces", loadProvinces);
  const [chosen, setChosen] = useState("");
  const list = provinces.content?.list ?? [];
  const kode = chosen === "" ? (provinces.content?.begin ?? "") : chosen;
  const overview = useFetch(kode === "" ? null : kode, (signal) => load(kode, signal));
  const error = provinces.error ?? overview.error;
  const name = list.find((one) => one.kode === kode)?.nama ?? "";
  return (
    <>
      <div class="pilih">
        <h2>{name === "" ? "Angka terbaru" : `Provinsi ${name}`}</h2>
        {list.length > 1 && (
          <label>
            Provinsi{" "}
            <select value={kode} onChange={(e) => setChosen(e.currentTarget.value)}>
              {list.map((one) => (
                <option key={one.kode} value={one.kode}>
                  {one.nama}
                </option>
              ))}
            </select>
          </label>
        )}
        <button type="button" onClick={() => print()}>
          Cetak untuk rapat
        </button>
      </div>
      {error !== null && <ErrorNotice error={error} retry={provinces.error === null ? overview.retry : provinces.retry} />}
      {error === null && overview.content === null && (kode !== "" || provinces.loading) && <Loading what="angka" />}
      {error === null && overview.content !== null && <Shown {...overview.content} />}
      <ConnectionNotice />
    </>
  );
}

function Shown({ figures, reporting }: Overview) {
  return (
    <>
      {figures.length === 0 && <p>Belum ada angka yang disetujui di provinsi ini.</p>}
      <ul class="angka-besar">
        {figures.map((figure) => (
          <li key={figure.elemen.kode}>
            <span class="nama">{figure.elemen.nama}</span>
            <strong>{figureWords(figure)}</strong>
            <span class="dari">
              {periodeName(figure.periode)}
              {figure.kelengkapan.diharapkan > 0 && `, dari ${figure.kelengkapan.disetujui} di antara ${figure.kelengkapan.diharapkan} kabupaten/kota`}
            </span>
          </li>
        ))}
      </ul>
      {reporting.expected > 0 && (
        <section aria-labelledby="pelaporan">
          <h2 id="pelaporan">
            {reporting.approved} dari {reporting.expected} rekap terakhir sudah disetujui
          </h2>
          {reporting.late.length === 0 && <p>Tidak ada yang terlambat.</p>}
          {reporting.late.length > 0 && (
            <details>
              <summary>{reporting.late.length} kabupaten/kota terlambat</summary>
              <ul class="terlambat">
                {reporting.late.map((one) => (
                  <li key={one.kode}>
                    {fullName(one.nama, one.kode)}: {one.count} rekap
                  </li>
                ))}
              </ul>
            </details>
          )}
        </section>
      )}
      <p class="hari">Sebagaimana diketahui hub pada {writeDate(new Date())}.</p>
    </>
  );
}

function figureWords(figure: Figure): string {
  const nilai = figure.nilai === null ? null : Number(figure.nilai);
  const unit = figure.elemen.satuan;
  if (nilai !== null && Math.abs(nilai) >= SHORT_FROM) return unit === "rupiah" ? `Rp${writeShort(nilai)}` : `${writeShort(nilai)} ${unit}`;
  return writeNilaiOrWhy(nilai, figure.status, unit);
}

const place = document.getElementById("angka");
if (place === null) throw new Error("front.html has no element #angka");
render(<FrontPage />, place);
