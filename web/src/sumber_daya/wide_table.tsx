/** @jsxImportSource preact */

import type { ComponentChildren } from "preact";

/** A table that is moved sideways where the screen is too small, by keyboard too. */
export function WideTable({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
    <div class="geser" role="region" aria-label={label} tabIndex={0}>
      <table>{children}</table>
    </div>
  );
}
