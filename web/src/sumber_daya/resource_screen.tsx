/** @jsxImportSource preact */
// Resources: the list, one of them, its form, and the papers that run out.

import { useEffect, useState } from "preact/hooks";
import { ask } from "../hub/fetch.ts";
import { Loading } from "../hub/notices.tsx";
import { AnswerState } from "../meja/more_pages.tsx";
import { NotHere } from "../meja/not_here.tsx";
import type { ScreenProps } from "../meja/screens.ts";
import type { Submission } from "../meja/store.ts";
import { useDesk } from "../meja/use_session.ts";
import { useStored } from "../meja/use_stored.ts";
import { EndingPapers } from "./ending_papers.tsx";
import { RESOURCE } from "./queries.ts";
import { draftOf, newDraft } from "./resource_draft.ts";
import type { ResourceDraft } from "./resource_draft.ts";
import { ResourceForm } from "./resource_form.tsx";
import { ResourceList } from "./resource_list.tsx";
import { ResourceView } from "./resource_view.tsx";
import { readUnsent, workOf } from "./use_sending.ts";
import "./sumber_daya.css";

export function ResourceScreen({ parts: [what = "", id = ""] }: ScreenProps) {
  if (what === "") return <ResourceList />;
  if (what === "berkas") return <EndingPapers />;
  if (what === "baru") return <ResourceForm key="new" begun={newDraft("")} desaName="" />;
  if (what === "lihat" && id !== "") return <ResourceView key={id} id={id} />;
  if (what === "ubah" && id !== "") return <EditForm key={id} id={id} />;
  if (what === "kirim" && id !== "") return <Reopened key={id} submission={id} />;
  return <NotHere />;
}

function EditForm({ id }: { id: string }) {
  const answer = useStored(`sumber daya ${id}`, (signal) => ask(RESOURCE, { id }, signal));
  const [begun, setBegun] = useState<{ draft: ResourceDraft; desaName: string } | null>(null);
  const resource = answer.content?.sumberDaya ?? null;
  const isFresh = answer.seenAt === null && !answer.loading;
  useEffect(() => {
    // what was last seen may be an old version: only without a line is it begun with
    if (begun === null && resource !== null && (isFresh || !navigator.onLine)) setBegun({ draft: draftOf(resource), desaName: resource.desa.nama });
  }, [resource, isFresh]);
  if (begun !== null) return <ResourceForm begun={begun.draft} desaName={begun.desaName} />;
  if (answer.content !== null && resource === null) return <NotHere />;
  return (
    <>
      <h1 tabIndex={-1}>Ubah sumber daya</h1>
      <AnswerState answer={answer} what="isiannya" />
    </>
  );
}

function Reopened({ submission: key }: { submission: string }) {
  const { person } = useDesk();
  const [found, setFound] = useState<{ submission: Submission | null } | null>(null);
  useEffect(() => {
    readUnsent(person, key).then(
      (submission) => setFound({ submission }),
      (error: unknown) => console.error(error),
    );
  }, [key]);
  if (found === null) return <Loading what="isian" />;
  const work = found.submission === null ? null : workOf(found.submission);
  if (work?.type !== "resource") return <NotHere />;
  return <ResourceForm begun={work.draft} desaName="" sent={key} />;
}
