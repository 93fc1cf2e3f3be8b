/** @jsxImportSource preact */
// The start for a province and for who runs the hub: what there is for them.

import { Downloads } from "./downloads.tsx";
import { officeOf } from "./header.tsx";
import { OpenLinks } from "./login.tsx";
import { ResourceLinks } from "./resource_links.tsx";
import { useDesk } from "./use_session.ts";

export function HomeOther() {
  const { who } = useDesk();
  return (
    <>
      {who.peran === "PROVINSI" && <ResourceLinks />}
      <h1 tabIndex={-1}>{officeOf(who)}</h1>
      <section class="kartu" aria-labelledby="lihat">
        <h2 id="lihat">Lihat</h2>
        <OpenLinks />
      </section>
      <Downloads />
    </>
  );
}
