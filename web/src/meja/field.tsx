/** @jsxImportSource preact */
// A field of a form with what is wrong with it beside it, and all that is wrong at the head of the form.

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** What was found of a form. `place`: the id of its field, "" for the whole; `suggestion`: what to write there instead. */
export interface Finding {
  place: string;
  message: string;
  isError: boolean;
  suggestion: string | null;
  part?: string; // of which of several like it: "Barang 2"
}

/** What an input takes over so that it is read out with its label, its hint and what is wrong. */
export interface Given {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean;
  "aria-required": boolean;
}

interface FieldProps {
  id: string;
  label: string;
  hint?: string | undefined;
  isRequired?: boolean;
  findings: readonly Finding[]; // of the whole form
  onTake?: (suggestion: string) => void;
  children: (given: Given) => ComponentChildren;
}

export function Field({ id, label, hint, isRequired = false, findings, onTake, children }: FieldProps) {
  const own = findings.filter((one) => one.place === id);
  const describedBy = [own.length > 0 ? `${id}-temuan` : "", hint === undefined ? "" : `${id}-petunjuk`].filter((part) => part !== "").join(" ");
  return (
    <div class={`bidang ${own.some((one) => one.isError) ? "salah" : ""}`}>
      <p class="judul-bidang">
        <label for={id}>{label}</label>
        {isRequired && (
          <span class="wajib" aria-hidden="true">
            wajib
          </span>
        )}
      </p>
      {children({ id, "aria-describedby": describedBy === "" ? undefined : describedBy, "aria-invalid": own.some((one) => one.isError), "aria-required": isRequired })}
      {hint !== undefined && (
        <p class="petunjuk" id={`${id}-petunjuk`}>
          {hint}
        </p>
      )}
      <Findings id={`${id}-temuan`} findings={own} onTake={onTake} />
    </div>
  );
}

/** What is wrong at one place. */
export function Findings({ id, findings, onTake }: { id: string; findings: readonly Finding[]; onTake?: ((suggestion: string) => void) | undefined }) {
  if (findings.length === 0) return null;
  return (
    <ul class="temuan" id={id}>
      {findings.map((one) => (
        <li key={one.message} class={one.isError ? "salah" : "perhatikan"}>
          <strong>{one.isError ? "Perbaiki:" : "Perhatikan:"}</strong> {one.message}
          {one.suggestion !== null && onTake !== undefined && (
            <>
              {" "}
              <button type="button" class="kecil" onClick={() => one.suggestion !== null && onTake(one.suggestion)}>
                Pakai {one.suggestion}
              </button>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

/** All that must be mended, each leading to its field; comes into focus when it comes. */
export function FindingSummary({ findings, message }: { findings: readonly Finding[]; message: string }) {
  const box = useRef<HTMLDivElement>(null);
  const wrong = findings.filter((one) => one.isError);
  const said = message + wrong.map((one) => one.message).join("\n");
  useEffect(() => {
    if (said !== "") box.current?.focus();
  }, [said]);
  if (said === "") return null;
  return (
    <div class="galat" role="alert" tabIndex={-1} ref={box}>
      <p>
        <strong>{wrong.length === 0 ? "Belum diterima." : `${wrong.length} hal perlu diperbaiki; isian Anda tetap ada di sini.`}</strong> {message}
      </p>
      {wrong.length > 0 && (
        <ul>
          {wrong.map((one) => (
            <li key={`${one.place} ${one.message}`}>
              {one.place === "" ? (
                one.message
              ) : (
                <button type="button" class="sebaris" onClick={() => document.getElementById(one.place)?.focus()}>
                  {one.part !== undefined && `${one.part}: `}
                  {one.message}
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
