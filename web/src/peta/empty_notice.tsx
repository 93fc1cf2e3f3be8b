/** @jsxImportSource preact */
// What is said where a question has no figures at all: why, and which level has them.

import { angkaAddress } from "./angka.ts";
import type { Angka, Classification } from "./angka.ts";
import { fetchJson } from "../hub/fetch.ts";
import { useFetch } from "../hub/hooks.ts";
import { LEVELS, levelsFor } from "./katalog.ts";
import { periodeName, LEVEL_NAMES, WHY_CLOSED } from "../hub/wording.ts";
import type { Level } from "../hub/wording.ts";

/** The level nearest to the one that was asked, upwards first, that has figures for the same question; null: none has. */
async function levelWithFigures({ question }: Angka, signal: AbortSignal): Promise<Level | null> {
  const asked = LEVELS.indexOf(question.level);
  const others = levelsFor(question.wilayah).filter((one) => one !== question.level);
  const nearest = [...others.filter((one) => LEVELS.indexOf(one) < asked).toReversed(), ...others.filter((one) => LEVELS.indexOf(one) > asked)];
  for (const level of nearest) {
    // oxlint-disable-next-line no-await-in-loop -- the next level is asked only where this one has none
    const { nilai } = await fetchJson<{ nilai: unknown[] }>(angkaAddress({ ...question, level }), signal);
    if (nilai.some((n) => n !== null)) return level;
  }
  return null;
}

interface Props {
  angka: Angka;
  classification: Classification;
  version: number;
  onLevel: (level: Level) => void;
}

/** Nothing where there is any figure. */
export function EmptyNotice({ angka, classification: { classes, counts }, version, onLevel }: Props) {
  const { item, level, periode, wilayah } = angka.question;
  const isEmpty = classes.length === 0 && !counts.has("NOL");
  const isClosed = counts.has("DISUPRESI");
  const other = useFetch(isEmpty && !isClosed ? `${item.kode} ${level} ${periode} ${wilayah} ${version}` : null, (signal) => levelWithFigures(angka, signal));
  if (!isEmpty) return null;
  if (isClosed) {
    return (
      <p class="kosong">
        {item.nama} dirahasiakan di sini, supaya orangnya tidak dikenali: {WHY_CLOSED}. Pilih tingkat yang lebih besar; petugas melihat wilayahnya sendiri dengan tokennya.
      </p>
    );
  }
  const found = other.content;
  return (
    <p class="kosong" role="status">
      Tidak ada angka untuk {item.nama} menurut {LEVEL_NAMES[level].toLowerCase()} pada {periodeName(periode)}.{" "}
      {found !== null && (
        <>
          Angkanya ada menurut {LEVEL_NAMES[found].toLowerCase()}.{" "}
          <button type="button" class="tautan" onClick={() => onLevel(found)}>
            Tampilkan menurut {LEVEL_NAMES[found].toLowerCase()}
          </button>
        </>
      )}
      {found === null && !other.loading && "Tingkat lain pun belum ada angkanya; pilih periode atau data lain."}
    </p>
  );
}
