import { z } from "zod";
import { statuses } from "../../../src/alert/status.ts";
import { ingestAnswer } from "../../../src/http/contract/ingest.ts";
import { page } from "../../../src/http/contract/list.ts";
import type { Api } from "../api.ts";
import type { Source } from "../sources.ts";
import type { Post } from "./repeat.ts";

const someId = page(z.object({ id: z.string() }));

/** Posts a body to its source as the tool would, and gives back the id of the alert that it opened or joined. */
export async function report(api: Api, source: Source, told: Post): Promise<string> {
  const answer = await post(source, told);
  if (told.kind === "slack-webhook") return newestOf(api, source);
  const { results } = ingestAnswer.parse(JSON.parse(answer));
  const alertId = results[0]?.alertId;
  if (!alertId) throw new Error(`A report of the demo opened nothing: ${answer}`);
  return alertId;
}

async function post({ url, key }: Source, { kind, body }: Post): Promise<string> {
  const headers = { "x-api-key": key, "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  const answer = await response.text();
  if (!response.ok) throw new Error(`${url} refused a ${kind} report with ${response.status}: ${answer}`);
  return answer;
}

/** Slack's webhooks answer "ok" and so does Tocsin in their place, so the alert has to be looked for. */
async function newestOf(api: Api, { id }: Source): Promise<string> {
  const path = `/alerts?source=${id}&status=${statuses.join(",")}&sort=-createdAt&limit=1`;
  const { results } = await api("GET", path, { answer: someId });
  if (!results[0]) throw new Error("A message to the Slack webhook opened no alert");
  return results[0].id;
}
