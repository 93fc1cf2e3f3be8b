/** @jsxImportSource preact */
// A note about a figure that was not sent: which, and of which region.

import { useState } from "preact/hooks";
import { ask } from "../hub/fetch.ts";
import { useFetch } from "../hub/hooks.ts";
import { ErrorNotice, Loading } from "../hub/notices.tsx";
import type { Reviewed } from "./changes.ts";
import type { Written } from "./notes_draft.ts";
import { NOTABLE } from "./queries.ts";
import type { NotableQuery } from "./queries.ts";

type Place = Written["place"];
type Element = NonNullable<NotableQuery["formulir"]>["elemen"][number];
type Region = Place["wilayah"];

interface Props {
  rekap: Reviewed;
  onNote: (place: Place) => void;
}

export function UnsentNote({ rekap, onNote }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="tak-terkirim" onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>Catat angka yang tidak dikirim</summary>
      {isOpen && <Choice rekap={rekap} onNote={onNote} />}
    </details>
  );
}

function Choice({ rekap, onNote }: Props) {
  const answer = useFetch(`${rekap.formulir.kode} ${rekap.pelapor.kode}`, (signal) => ask(NOTABLE, { formulir: rekap.formulir.kode, wilayah: rekap.pelapor.kode }, signal));
  const [element, setElement] = useState("");
  const [region, setRegion] = useState("");
  if (answer.error !== null) return <ErrorNotice error={answer.error} retry={answer.retry} />;
  if (answer.content === null) return <Loading what="angka formulir ini" />;
  const elements = answer.content.formulir?.elemen ?? [];
  const chosen = elements.find((one) => one.kode === element);
  const groups = regionsFor(answer.content.kabupaten, chosen);
  const place = groups.flatMap((group) => group.regions).find((one) => one.kode === region);
  return (
    <form
      class="pilihan"
      onSubmit={(e) => {
        e.preventDefault();
        if (chosen !== undefined && place !== undefined) onNote({ wilayah: place, elemen: { kode: chosen.kode, nama: chosen.nama, satuan: chosen.satuan }, rincian: [] });
      }}
    >
      <label>
        Angka yang tidak dikirim
        <select value={element} onChange={(e) => setElement(e.currentTarget.value)}>
          <option value="">Pilih angkanya</option>
          {elements.map((one) => (
            <option key={one.kode} value={one.kode}>
              {one.nama}
            </option>
          ))}
        </select>
      </label>
      <label>
        Wilayah
        <select value={region} onChange={(e) => setRegion(e.currentTarget.value)}>
          <option value="">Pilih wilayahnya</option>
          {groups.map((group) => (
            <optgroup key={group.name} label={group.name}>
              {group.regions.map((one) => (
                <option key={one.kode} value={one.kode}>
                  {one.nama}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      <button type="submit" disabled={chosen === undefined || place === undefined}>
        Catat
      </button>
    </form>
  );
}

interface Group {
  name: string;
  regions: readonly Region[];
}

/** The regions of an office in which a figure may be reported: the office itself, its kecamatan, and its desa by kecamatan. */
function regionsFor(office: NotableQuery["kabupaten"], element: Element | undefined): Group[] {
  if (office === null || element === undefined) return [];
  return [
    { name: "Kabupaten/kota", regions: [office] },
    ...(["KECAMATAN", "DESA"].includes(element.tingkat) ? [{ name: "Kecamatan", regions: office.kecamatan }] : []),
    ...(element.tingkat === "DESA" ? office.kecamatan.map((one) => ({ name: `Desa di Kecamatan ${one.nama}`, regions: one.desa })) : []),
  ];
}
