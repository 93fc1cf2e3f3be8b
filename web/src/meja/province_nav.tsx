/** @jsxImportSource preact */
// The screens of a province, and what became of decisions that were handed over.

import { decidedIn } from "./decisions.ts";
import { useOnDevice } from "./line.ts";
import { linkTo } from "./router.ts";
import { dropSubmission } from "./store.ts";
import "./province.css";
import { useDesk } from "./use_session.ts";

const SCREENS = [
  { name: "", title: "Beranda" },
  { name: "matriks", title: "Matriks" },
  { name: "periksa", title: "Periksa" },
  { name: "banding", title: "Banding" },
];

export function ProvinceNav({ at }: { at: string }) {
  return (
    <nav class="layar-provinsi" aria-label="Layar provinsi">
      {SCREENS.map(({ name, title }) => (
        <a key={name} href={linkTo(name)} aria-current={name === at ? "page" : undefined}>
          {title}
        </a>
      ))}
    </nav>
  );
}

/** What waits to be sent, and what the hub did not take, until it is put away. */
export function DecisionNotices() {
  const { person } = useDesk();
  const { queue } = useOnDevice(person);
  const decisions = queue.filter((one) => decidedIn(one).length > 0 && one.state !== "sent");
  return (
    <div class="putusan" role="status">
      {decisions.map((one) =>
        one.state === "waiting" ? (
          <p key={one.key} class="kabar">
            {one.what}: tersimpan di gawai, belum terkirim.
          </p>
        ) : (
          <p key={one.key} class="galat">
            <strong>{one.what} tidak diterima hub.</strong> {one.message}{" "}
            <button type="button" onClick={() => void dropSubmission(person, one.key)}>
              Tutup
            </button>
          </p>
        ),
      )}
    </div>
  );
}
