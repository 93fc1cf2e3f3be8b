/** @jsxImportSource preact */
// Lists of choices, as forms and filters have them.

import { useId } from "preact/hooks";
import type { Given } from "../meja/field.tsx";

/** Code and name of each. */
export type Choices = readonly (readonly [string, string])[];

/** Of something that has a code and a name. */
export const choiceOf = (one: { kode: string; nama: string }): readonly [string, string] => [one.kode, one.nama];

export const choicesOf = (names: Record<string, string>): Choices => Object.entries(names);

interface ChoiceProps {
  value: string;
  choices: Choices;
  empty?: string | undefined; // what stands for none; left out: there is always one
  onPick: (value: string) => void;
}

export function Choice({ value, choices, empty, given, isDisabled = false, onPick }: ChoiceProps & { given: Given; isDisabled?: boolean }) {
  return (
    <select {...given} value={value} disabled={isDisabled} onChange={(e) => onPick(e.currentTarget.value)}>
      {empty !== undefined && <option value="">{empty}</option>}
      <Options choices={choices} />
    </select>
  );
}

/** One that narrows a list down. */
export function FilterChoice({ label, value, choices, empty, onPick }: ChoiceProps & { label: string }) {
  const id = useId();
  return (
    <div>
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(e) => onPick(e.currentTarget.value)}>
        {empty !== undefined && <option value="">{empty}</option>}
        <Options choices={choices} />
      </select>
    </div>
  );
}

function Options({ choices }: { choices: Choices }) {
  return (
    <>
      {choices.map(([code, name]) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </>
  );
}
