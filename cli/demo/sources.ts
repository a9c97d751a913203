import { z } from "zod";
import { type SourceKind, sourceKinds } from "../../src/alert/report.ts";
import { createdSource } from "../../src/ingest/contract.ts";
import type { Api } from "./api.ts";

/** The address to which a tool posts its reports, and its key. */
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

/** Creates a source of each kind. `suffix` follows its name, in case the plain name is taken. */
export async function makeSources(api: Api, suffix = ""): Promise<Record<SourceKind, Source>> {
  const made = new Map<SourceKind, Source>();
  for (const kind of sourceKinds) {
    const body = { kind, name: `${names[kind]}${suffix}` };
    made.set(kind, await api("POST", "/sources", { body, answer: createdSource }));
  }
  return everyKind.parse(Object.fromEntries(made));
}
