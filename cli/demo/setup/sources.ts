import { z } from "zod";
import { type SourceKind, sourceKinds } from "../../../src/alert/source-kind.ts";
import { page } from "../../../src/http/contract/list.ts";
import { createdKey, createdSource, sourceBody } from "../../../src/http/contract/source.ts";
import type { Api } from "./api.ts";

/** Where a tool posts its reports, and the key that it shows. */
export interface Source {
  id: string;
  url: string;
  key: string;
}

const names: Record<SourceKind, string> = {
  native: "Detection pipeline",
  panther: "Panther",
  alertmanager: "Alertmanager",
  "slack-webhook": "Wazuh",
};

/** A source of each kind, with a key to report with. One that is there already gets a second key. */
export async function openSources(api: Api): Promise<Record<SourceKind, Source>> {
  const { results: present } = await api("GET", "/sources?limit=50", { answer: page(sourceBody) });
  const sources = new Map<SourceKind, Source>();
  for (const kind of sourceKinds) {
    const known = present.find(({ name }) => name === names[kind]);
    sources.set(kind, known ? await addKey(api, known) : await create(api, kind));
  }
  return everyKind.parse(Object.fromEntries(sources));
}

const everyKind = z.record(
  z.enum(sourceKinds),
  z.object({ id: z.string(), url: z.string(), key: z.string() }),
);

function create(api: Api, kind: SourceKind): Promise<Source> {
  return api("POST", "/sources", { body: { kind, name: names[kind] }, answer: createdSource });
}

async function addKey(api: Api, { id, url }: { id: string; url: string }): Promise<Source> {
  const { key } = await api("POST", `/sources/${id}/keys`, { answer: createdKey });
  return { id, url, key };
}
