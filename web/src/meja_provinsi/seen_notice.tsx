/** @jsxImportSource preact */
import { ErrorNotice } from "../hub/notices.tsx";
import { writeMoment } from "../hub/wording.ts";
import type { Stored } from "../meja/use_stored.ts";

/** Said above an answer that failed, or that is not of now. */
export function SeenNotice({ answer }: { answer: Stored<unknown> }) {
  if (answer.error !== null) return <ErrorNotice error={answer.error} retry={answer.retry} />;
  if (answer.seenAt === null || answer.loading) return null;
  return (
    <p class="kabar">
      Terakhir dilihat {writeMoment(new Date(answer.seenAt))}. Yang terbaru tampil bila sambungan kembali.{" "}
      <button type="button" onClick={answer.retry}>
        Coba sekarang
      </button>
    </p>
  );
}
