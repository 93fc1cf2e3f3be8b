/** @jsxImportSource preact */
// A card's title and its rows, as every card has them.

import type { ComponentChildren } from "preact";

export interface Row {
  label: string;
  content: ComponentChildren;
}
export const row = (label: string, content: ComponentChildren): Row => ({ label, content });

export function Summary({ title, sub, rows }: { title: string; sub: string; rows: Row[] }) {
  return (
    <>
      <h2>{title}</h2>
      <p class="sub">{sub}</p>
      <dl>
        {rows.map(({ label, content }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{content}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

// by the clock of the screen, which hangs in the office: toISOString would say yesterday there until 7 in the morning
export const today = (): string => new Date().toLocaleDateString("sv-SE");
