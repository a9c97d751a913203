import { createdSource } from "../../src/ingest/contract.ts";
import { sourceKinds } from "../../src/ingest/source-kinds.ts";
import type { Api } from "./api.ts";

/** The address to which a tool posts its reports, and its key. */
export interface Source {
  id: string;
  url: string;
  key: string;
}

/** A source of each kind, by kind. */
export interface Sources {
  native: Source;
  [kind: string]: Source;
}

/** What the sources are called that stand for one tool of many. The others have the name of their kind. */
const names: Record<string, string> = {
  native: "Detection pipeline",
  alertmanager: "Alertmanager",
  "slack-webhook": "Wazuh by Slack webhook",
};

/** Creates a source of each kind. `suffix` follows its name, in case the plain name is taken. */
export async function makeSources(api: Api, suffix = ""): Promise<Sources> {
  const made: Record<string, Source> = {};
  for (const { kind, label } of sourceKinds) {
    const body = { kind, name: `${names[kind] ?? label}${suffix}` };
    const { id, url, key } = await api("POST", "/sources", { body, answer: createdSource });
    made[kind] = { id, url, key };
  }
  return { ...made, native: sourceOf(made, "native") };
}

/** The source of a kind. Throws if there is none. */
export function sourceOf(sources: Record<string, Source>, kind: string): Source {
  const source = sources[kind];
  if (!source) throw new Error(`The demo has no source of the kind ${kind}.`);
  return source;
}
