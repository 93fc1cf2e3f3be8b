/** @jsxImportSource preact */
// Files to take along: a form's template, and its figures as a table.

import { useState } from "preact/hooks";
import { ask, Failure } from "../hub/fetch.ts";
import { download } from "../hub/download.ts";
import { ErrorNotice, Loading } from "../hub/notices.tsx";
import { comparePeriode, monthCount, periodeName } from "../hub/wording.ts";
import { periodsOf } from "./due.ts";
import { FORMS, KABUPATEN_OF } from "./queries.ts";
import type { FormsQuery } from "./queries.ts";
import { linkTo } from "./router.ts";
import { useDesk } from "./use_session.ts";
import { useStored } from "./use_stored.ts";

type Form = FormsQuery["daftarFormulir"][number];

interface Choices {
  forms: FormsQuery["daftarFormulir"];
  kabupaten: readonly { kode: string; nama: string }[]; // of a province
}

const SHORTEST: Record<string, number> = { "BULAN": 1, "TRIWULAN": 3, "SEMESTER": 6, "TAHUN": 12 }; // months
const YEARS = 7;
const MOST_CODES = 200; // of one table

/** The periods that a form takes, newest first. */
function periodsFor(form: Form, today: Date): string[] {
  const year = today.getFullYear();
  const years = Array.from({ length: YEARS }, (_, i) => year - i);
  const shortest = SHORTEST[form.periodeTersingkat] ?? 12;
  return years.flatMap(periodsOf).filter((one) => monthCount(one) >= shortest).toSorted(comparePeriode);
}

export function Downloads() {
  const { who } = useDesk();
  const choices = useStored<Choices>("unduhan", async (signal) => {
    const [forms, province] = await Promise.all([
      ask(FORMS, {}, signal),
      who.peran === "PROVINSI" && who.wilayah !== null ? ask(KABUPATEN_OF, { wilayah: who.wilayah.kode }, signal) : null,
    ]);
    return { forms: forms.daftarFormulir, kabupaten: province?.provinsi?.kabupaten ?? [] };
  });
  if (who.wilayah === null) return null; // who runs the hub is of no office
  return (
    <section class="kartu" aria-labelledby="unduhan">
      <h2 id="unduhan">{who.peran === "KABUPATEN" ? "Unduhan dan rekap lain" : "Unduhan"}</h2>
      {choices.error !== null && <ErrorNotice error={choices.error} retry={choices.retry} />}
      {choices.content === null && choices.error === null && <Loading what="daftar formulir" />}
      {choices.content !== null && <Picker choices={choices.content} wilayah={who.wilayah.kode} />}
    </section>
  );
}

function Picker({ choices, wilayah }: { choices: Choices; wilayah: string }) {
  const [today] = useState(() => new Date());
  const [kode, setKode] = useState(choices.forms[0]?.kode ?? "");
  const [periode, setPeriode] = useState("");
  const [office, setOffice] = useState(choices.kabupaten[0]?.kode ?? wilayah);
  const [error, setError] = useState<Failure | null>(null);
  const form = choices.forms.find((one) => one.kode === kode);
  if (form === undefined) return null;
  const periods = periodsFor(form, today);
  const chosen = periods.includes(periode) ? periode : (periods[0] ?? "");
  const save = (path: string, name: string) => {
    setError(null);
    download(path, name).catch((reason: unknown) => setError(reason instanceof Failure ? reason : new Failure("Berkas belum tersimpan.", "Coba lagi.")));
  };
  const elements = form.elemen.slice(0, MOST_CODES).map((one) => one.kode).join(",");
  const table = new URLSearchParams({ elemen: elements, periode: chosen, wilayah });
  const template = new URLSearchParams({ pelapor: office, periode: chosen });
  return (
    <div class="unduhan">
      <label>
        Formulir
        <select value={kode} onChange={(e) => setKode(e.currentTarget.value)}>
          {choices.forms.map((one) => (
            <option key={one.kode} value={one.kode}>
              {one.nama} ({one.kode})
            </option>
          ))}
        </select>
      </label>
      <label>
        Periode
        <select value={chosen} onChange={(e) => setPeriode(e.currentTarget.value)}>
          {periods.map((one) => (
            <option key={one} value={one}>
              {periodeName(one)}
            </option>
          ))}
        </select>
      </label>
      {choices.kabupaten.length > 0 && (
        <label>
          Kabupaten/kota <small>untuk templat</small>
          <select value={office} onChange={(e) => setOffice(e.currentTarget.value)}>
            {choices.kabupaten.map((one) => (
              <option key={one.kode} value={one.kode}>
                {one.nama}
              </option>
            ))}
          </select>
        </label>
      )}
      <div class="tombol">
        <button type="button" onClick={() => save(`/templat/${kode}.xlsx?${template}`, `${kode}_${office}_${chosen}.xlsx`)}>
          Templat kosong
        </button>
        <button type="button" onClick={() => save(`/tabel.xlsx?${table}`, `angka_${kode}_${wilayah}_${chosen}.xlsx`)}>
          Tabel angka yang disetujui
        </button>
        {choices.kabupaten.length === 0 && (
          <>
            <a class="tombol-tautan" href={linkTo("isian", kode, chosen)}>
              Buka isian
            </a>
            <a class="tombol-tautan" href={linkTo("unggah", kode, chosen)}>
              Unggah berkas
            </a>
          </>
        )}
      </div>
      {error !== null && <ErrorNotice error={error} />}
    </div>
  );
}
