// The view and the page's address say the same.

import { useEffect, useState } from "preact/hooks";
import { tingkatUntuk } from "./katalog.ts";
import { bacaTautan, tulisTautan } from "./tampilan.ts";
import type { Tampilan } from "./tampilan.ts";

const TUNGGU_TULIS_MS = 200;

interface Alamat {
  tampilan: Tampilan;
  atur: (f: (t: Tampilan) => Tampilan) => void;
  ubah: (isi: Partial<Tampilan>) => void;
}

/** `onDibuka`: somebody wrote or chose another address of this page. */
export function useAlamat(onDibuka: (t: Tampilan) => void): Alamat {
  const [tampilan, atur] = useState<Tampilan>(() => bacaTautan(location.hash));
  useEffect(() => {
    const jam = setTimeout(() => history.replaceState(null, "", `#${tulisTautan(tampilan)}`), TUNGGU_TULIS_MS);
    return () => clearTimeout(jam);
  }, [tampilan]);
  useEffect(() => {
    const buka = () => {
      const baru = bacaTautan(location.hash);
      atur((t) => ({ ...baru, wilayah: baru.wilayah || t.wilayah, tingkat: baru.tingkat || t.tingkat, data: baru.data || t.data, periode: baru.periode || t.periode }));
      onDibuka(baru);
    };
    addEventListener("hashchange", buka);
    return () => removeEventListener("hashchange", buka);
  }, [onDibuka]);
  return { tampilan, atur, ubah: (isi) => atur((t) => rapikan({ ...t, ...isi })) };
}

// A region is never shown by a level above its own.
function rapikan(t: Tampilan): Tampilan {
  const boleh = tingkatUntuk(t.wilayah);
  return t.tingkat === "" || t.wilayah === "" || boleh.includes(t.tingkat) ? t : { ...t, tingkat: boleh[1] ?? boleh[0] ?? "" };
}
