/** @jsxImportSource preact */
// Regions to choose from: those of the office, as they were last seen where there is no line.

import { useState } from "preact/hooks";
import { ask } from "../hub/fetch.ts";
import { ErrorNotice } from "../hub/notices.tsx";
import { Field } from "../meja/field.tsx";
import type { Finding } from "../meja/field.tsx";
import { KABUPATEN_OF } from "../meja/queries.ts";
import { useDesk } from "../meja/use_session.ts";
import { useStored } from "../meja/use_stored.ts";
import type { Stored } from "../meja/use_stored.ts";
import { Choice, choiceOf, FilterChoice } from "./choice.tsx";
import type { Choices } from "./choice.tsx";
import { REGIONS } from "./queries.ts";
import type { RegionsQuery } from "./queries.ts";

type Regions = NonNullable<RegionsQuery["kabupaten"]>;

const useRegions = (kabupaten: string): Stored<RegionsQuery> => useStored(`desa ${kabupaten}`, (signal) => (kabupaten === "" ? Promise.resolve({ kabupaten: null }) : ask(REGIONS, { kabupaten }, signal)));

/** The kabupaten of a province, or none where the office is one. */
export function useKabupaten(): Choices {
  const { who } = useDesk();
  const isProvince = who.peran === "PROVINSI";
  const answer = useStored("kabupaten", (signal) => (isProvince ? ask(KABUPATEN_OF, { wilayah: who.wilayah?.kode ?? "" }, signal) : Promise.resolve({ provinsi: null })));
  return (answer.content?.provinsi?.kabupaten ?? []).map(choiceOf);
}

/** Where to look: a kabupaten of the province, or a kecamatan of the kabupaten; "": everywhere in the office's region. */
export function RegionFilter({ value, onPick }: { value: string; onPick: (kode: string) => void }) {
  const { who } = useDesk();
  const isProvince = who.peran === "PROVINSI";
  const kabupaten = useKabupaten();
  const regions = useRegions(isProvince ? "" : (who.wilayah?.kode ?? ""));
  const kecamatan = (regions.content?.kabupaten?.kecamatan ?? []).map(choiceOf);
  return (
    <FilterChoice label={isProvince ? "Kabupaten/kota" : "Kecamatan"} value={value} choices={isProvince ? kabupaten : kecamatan} empty="Semua" onPick={onPick} />
  );
}

interface DesaProps {
  value: string; // the code of the desa, "" for none yet
  named: string; // what the hub calls it, where it is not in force any more
  isFixed: boolean; // it cannot go to another kabupaten
  findings: readonly Finding[];
  onPick: (kode: string) => void;
}

/** A desa, by its kecamatan. */
export function DesaFields({ value, named, isFixed, findings, onPick }: DesaProps) {
  const { who } = useDesk();
  const isProvince = who.peran === "PROVINSI";
  const kabupaten = useKabupaten();
  const [chosen, setChosen] = useState(isProvince ? value.slice(0, 5) : (who.wilayah?.kode ?? ""));
  const [kecamatan, setKecamatan] = useState(value.slice(0, 8));
  const regions = useRegions(chosen);
  const found: Regions | null = regions.content?.kabupaten ?? null;
  const within = found?.kecamatan.find((one) => one.kode === kecamatan)?.desa ?? [];
  const isKnown = value === "" || within.some((one) => one.kode === value);
  const desa: Choices = [...(isKnown || !value.startsWith(kecamatan) ? [] : [[value, named === "" ? value : named] as const]), ...within.map(choiceOf)];
  return (
    <>
      {isProvince && (
        <Field id="kabupaten" label="Kabupaten/kota" isRequired findings={findings}>
          {(given) => (
            <Choice
              given={given}
              value={chosen}
              choices={kabupaten}
              empty="Pilih"
              isDisabled={isFixed}
              onPick={(kode) => {
                setChosen(kode);
                setKecamatan("");
                onPick("");
              }}
            />
          )}
        </Field>
      )}
      {regions.error !== null && <ErrorNotice error={regions.error} retry={regions.retry} />}
      <Field id="kecamatan" label="Kecamatan" isRequired findings={findings}>
        {(given) => (
          <Choice
            given={given}
            value={kecamatan}
            choices={(found?.kecamatan ?? []).map(choiceOf)}
            empty="Pilih"
            onPick={(kode) => {
              setKecamatan(kode);
              onPick("");
            }}
          />
        )}
      </Field>
      <Field id="desa" label="Desa atau kelurahan" isRequired findings={findings}>
        {(given) => <Choice given={given} value={value} choices={desa} empty="Pilih" isDisabled={kecamatan === ""} onPick={onPick} />}
      </Field>
    </>
  );
}
