/** @jsxImportSource preact */
// A newer desk has been fetched: it is taken up when the officer says so, or when this page is opened anew after all were closed.

import { useEffect, useState } from "preact/hooks";
import { onUpdate } from "./worker_client.ts";

export function UpdateNotice() {
  const [takeUp, setTakeUp] = useState<(() => void) | null>(null);
  useEffect(() => onUpdate((f) => setTakeUp(() => f)), []);
  return (
    <div role="status">
      {takeUp !== null && (
        <p class="kabar">
          Meja kerja sudah diperbarui.{" "}
          <button type="button" onClick={takeUp}>
            Pakai yang baru
          </button>
        </p>
      )}
    </div>
  );
}
