import { z } from "zod";
import { statuses } from "../../src/alert/alert.ts";
import type { SourceKind } from "../../src/alert/report.ts";
import { page } from "../../src/api/page.ts";
import { ingestAnswer } from "../../src/ingest/contract.ts";
import type { Api } from "./api.ts";
import type { Analyst, Deed, Planned } from "./planned.ts";
import type { Source } from "./sources.ts";

/** Who plays, and on what. */
export interface Stage {
  sources: Record<SourceKind, Source>;
  analysts: Record<Analyst, { api: Api; email: string | null }>;
  /** Called after each thing that was done, with the time at which it is meant to have happened. */
  happened(alertId: string, at: Date): Promise<void>;
}

/** Plays one alert through Tocsin's own doors: its reports, then what people and its source do about it. */
export async function play(stage: Stage, { told, events, at, deeds }: Planned): Promise<string> {
  const source = stage.sources[told.kind];
  const { api } = stage.analysts.ada;
  const [first, ...others] = repeat(told, events);
  const alertId = await report(api, source, first);
  for (const more of others) await report(api, source, more);
  await stage.happened(alertId, at);
  for (const deed of deeds) {
    if (deed.kind === "change") await change(stage, alertId, deed);
    else if (told.over) await report(api, source, { kind: told.kind, body: told.over });
    await stage.happened(alertId, deed.at);
  }
  return alertId;
}

async function change(
  { analysts }: Stage,
  alertId: string,
  { by, status, comment, takes }: Extract<Deed, { kind: "change" }>,
): Promise<void> {
  const { api, email } = analysts[by];
  const body = { status, comment, ...(takes && email && { assignee: email }) };
  if (!status && !comment && !body.assignee) return;
  await api("PATCH", `/alerts/${alertId}`, { body, answer: z.unknown() });
}

/** A body as its tool posts it. */
interface Post {
  kind: SourceKind;
  body: object;
}

/** The posts by which a tool reports the same thing several times: one, where it can send a list. */
function repeat({ kind, body }: Post, times: number): [Post, ...Post[]] {
  switch (kind) {
    case "native":
    case "panther":
      return [{ kind, body: Array.from({ length: times }, () => body) }];
    case "alertmanager":
    case "slack-webhook":
      return [{ kind, body }, ...Array.from({ length: times - 1 }, () => ({ kind, body }))];
    default:
      return kind satisfies never;
  }
}

const someId = page(z.object({ id: z.string() }));

/** Posts a body to its source as the tool would, and gives back the id of the alert that it opened or joined. */
async function report(api: Api, source: Source, told: Post): Promise<string> {
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
