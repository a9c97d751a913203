import { z } from "zod";
import { type SourceKind, sourceKinds } from "../../src/alert/report.ts";
import { createdSource } from "../../src/ingest/contract.ts";
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

const everyKind = z.record(
  z.enum(sourceKinds),
  z.object({ id: z.string(), url: z.string(), key: z.string() }),
);

/** Makes a source of each kind; `mark` stands behind its name, where the plain one may be taken. */
export async function makeSources(api: Api, mark = ""): Promise<Record<SourceKind, Source>> {
  const made = new Map<SourceKind, Source>();
  for (const kind of sourceKinds) {
    const body = { kind, name: `${names[kind]}${mark}` };
    made.set(kind, await api("POST", "/sources", { body, answer: createdSource }));
  }
  return everyKind.parse(Object.fromEntries(made));
}
