/** @jsxImportSource preact */
// Banding: the kabupaten side by side, ranked, a year beside a year; each figure down to its rekap.

import { useEffect, useState } from "preact/hooks";
import { download } from "../hub/download.ts";
import { Failure } from "../hub/fetch.ts";
import { ErrorNotice, Loading } from "../hub/notices.tsx";
import { periodeName } from "../hub/wording.ts";
import { ProvinceNav } from "../meja/province_nav.tsx";
import { linkTo } from "../meja/router.ts";
import type { ScreenProps } from "../meja/screens.ts";
import { useDesk } from "../meja/use_session.ts";
import { useStored } from "../meja/use_stored.ts";
import { readFigure } from "./changes.ts";
import "./comparison.css";
import { choose, compare, itemsOf, periodsAsked, targetsOf } from "./comparison.ts";
import type { Choice, Item } from "./comparison.ts";
import { COMPARABLE_NAMED, figuresNamed, loadComparable, loadFigures } from "./comparison_asked.ts";
import type { Figures } from "./comparison_asked.ts";
import { ComparisonTable } from "./comparison_table.tsx";
import "./matriks.css";
import type { ComparableQuery } from "./queries.ts";
import { SeenNotice } from "./seen_notice.tsx";
import { SmallMultiples } from "./small_multiples.tsx";

export function ComparisonScreen({ parts }: ScreenProps) {
  const { who } = useDesk();
  const kode = who.wilayah?.kode ?? "";
  const known = useStored<ComparableQuery>(COMPARABLE_NAMED, (signal) => loadComparable(kode, signal));
  const named = parts.join("/");
  const [chosen, setChosen] = useState<readonly string[]>(parts);
  useEffect(() => setChosen(parts), [named]);
  const items = known.content === null ? [] : itemsOf(known.content);
  const choice = choose(items, chosen);
  const put = (next: readonly string[]) => {
    setChosen(next);
    history.replaceState(null, "", linkTo("banding", ...next)); // no other screen: whoever chooses stays where they are
  };
  return (
    <>
      <ProvinceNav at="banding" />
      <h1 tabIndex={-1}>Banding kabupaten/kota</h1>
      <SeenNotice answer={known} />
      {known.content === null && known.error === null && <Loading what="daftar angka" />}
      {known.content !== null && choice === null && <p class="kosong">Belum ada angka yang disetujui di provinsi ini.</p>}
      {choice !== null && (
        <>
          <Pickers items={items} choice={choice} put={put} />
          <Compared wilayah={kode} choice={choice} />
        </>
      )}
    </>
  );
}

function Pickers({ items, choice, put }: { items: readonly Item[]; choice: Choice; put: (next: readonly string[]) => void }) {
  const { item, periode, other } = choice;
  const groups = Array.from(new Set(items.map((one) => one.group)));
  return (
    <div class="pilihan">
      <label class="pilih-angka">
        Angka
        <select value={item.kode} onChange={(e) => put([e.currentTarget.value, periode])}>
          {groups.map((group) => (
            <optgroup key={group} label={group}>
              {items
                .filter((one) => one.group === group)
                .map((one) => (
                  <option key={one.kode} value={one.kode}>
                    {one.nama} ({one.kode})
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </label>
      <label>
        Periode
        <select value={periode} onChange={(e) => put([item.kode, e.currentTarget.value])}>
          {item.periods.map((one) => (
            <option key={one} value={one}>
              {periodeName(one)}
            </option>
          ))}
        </select>
      </label>
      <label>
        Di samping
        <select value={other} onChange={(e) => put([item.kode, periode, e.currentTarget.value])}>
          <option value="">tidak dibandingkan</option>
          {item.periods
            .filter((one) => one !== periode)
            .map((one) => (
              <option key={one} value={one}>
                {periodeName(one)}
              </option>
            ))}
        </select>
      </label>
    </div>
  );
}

function Compared({ wilayah, choice }: { wilayah: string; choice: Choice }) {
  const { item, periode } = choice;
  const periods = periodsAsked(choice);
  const question = figuresNamed(choice);
  const answer = useStored<Figures>(question, (signal) => loadFigures(wilayah, choice, signal));
  const [line, setLine] = useState("");
  const figures = answer.content?.question === question ? answer.content : null;
  const target = line.trim() === "" ? null : readFigure(line);
  const comparison = figures === null ? null : compare(figures.told, targetsOf(figures.targets, item.kode, periode), choice);
  return (
    <>
      <SeenNotice answer={answer} />
      {item.definisi !== null && <p class="petunjuk">{item.definisi}</p>}
      <div class="pilihan">
        <Save choice={choice} wilayah={wilayah} periods={periods} />
        <label>
          Garis target <small>bila ada</small>
          <input type="text" inputMode="decimal" size={12} value={line} aria-invalid={line.trim() !== "" && target === null} onInput={(e) => setLine(e.currentTarget.value)} />
        </label>
      </div>
      {comparison === null && answer.error === null && <Loading what="angka" />}
      {comparison !== null && <ComparisonTable key={question} comparison={comparison} choice={choice} wilayah={wilayah} line={target === null ? null : Number(target)} />}
      {comparison !== null && choice.series.length > 1 && <SmallMultiples comparison={comparison} choice={choice} />}
    </>
  );
}

function Save({ choice, wilayah, periods }: { choice: Choice; wilayah: string; periods: readonly string[] }) {
  const [error, setError] = useState<Failure | null>(null);
  const save = (kind: "xlsx" | "csv") => {
    setError(null);
    const asked = new URLSearchParams({ [choice.item.isIndicator ? "indikator" : "elemen"]: choice.item.kode, periode: periods.join(), wilayah, tingkat: "KABUPATEN" });
    if (kind === "csv") asked.set("pemisah", "titik-koma"); // opens rightly in an Indonesian Excel
    download(`/tabel.${kind}?${asked}`, `banding_${choice.item.kode}_${choice.periode}.${kind}`).catch((reason: unknown) =>
      setError(reason instanceof Failure ? reason : new Failure("Berkas belum tersimpan.", "Coba lagi.")),
    );
  };
  return (
    <div class="tombol">
      <button type="button" onClick={() => save("xlsx")}>
        Unduh XLSX
      </button>
      <button type="button" onClick={() => save("csv")}>
        Unduh CSV
      </button>
      {error !== null && <ErrorNotice error={error} />}
    </div>
  );
}
