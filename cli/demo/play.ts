import { z } from "zod";
import { statuses } from "../../src/alert/alert.ts";
import { page } from "../../src/api/page.ts";
import { ingestAnswer } from "../../src/ingest/contract.ts";
import type { Api } from "./api.ts";
import type { Action, Analyst, Planned } from "./planned.ts";
import { type Source, type Sources, sourceOf } from "./sources.ts";

/** The sources and users with which alerts are played. */
export interface DemoContext {
  sources: Sources;
  analysts: Record<Analyst, { api: Api; email: string | null }>;
  /** Called after the report and after each action, with the time that it should have. */
  onStep(alertId: string, at: Date): Promise<void>;
}

/** Plays one alert through Tocsin's API: its reports, then the actions of people and of its source. */
export async function play(context: DemoContext, { report, events, at, actions }: Planned): Promise<string> {
  const source = sourceOf(context.sources, report.kind);
  const { api } = context.analysts.ada;
  // Any kind may send a list.
  const alertId = await send(api, source, Array<unknown>(events).fill(report.body));
  await context.onStep(alertId, at);
  for (const action of actions) {
    if (action.kind === "change") await change(context, alertId, action);
    else if (report.resolvedBody) await send(api, source, report.resolvedBody);
    await context.onStep(alertId, action.at);
  }
  return alertId;
}

async function change(
  { analysts }: DemoContext,
  alertId: string,
  { by, status, disposition, comment, assigns }: Extract<Action, { kind: "change" }>,
): Promise<void> {
  const { api, email } = analysts[by];
  const body = { status, disposition, comment, ...(assigns && email && { assignee: email }) };
  if (!status && !comment && !body.assignee) return;
  await api("PATCH", `/alerts/${alertId}`, { body, answer: z.unknown() });
}

const alertIds = page(z.object({ id: z.string() }));

/** Posts a body to its source as the tool would. Returns the id of the alert that it opened or joined. */
async function send(api: Api, source: Source, body: unknown): Promise<string> {
  const answer = await post(source, body);
  const named = answer.startsWith("{") && ingestAnswer.safeParse(JSON.parse(answer)).data;
  if (!named) return newestAlertOf(api, source);
  const alertId = named.results[0]?.alertId;
  if (!alertId) throw new Error(`A report of the demo opened no alert: ${answer}`);
  return alertId;
}

async function post({ url, key }: Source, body: unknown): Promise<string> {
  const headers = { "x-api-key": key, "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  const answer = await response.text();
  if (!response.ok) throw new Error(`${url} refused a report with ${response.status}: ${answer}`);
  return answer;
}

/** A source whose kind answers as its tool expects does not name the alert, so the alert is looked up. */
async function newestAlertOf(api: Api, { id }: Source): Promise<string> {
  const path = `/alerts?source=${id}&status=${statuses.join(",")}&sort=-createdAt&limit=1`;
  const { results } = await api("GET", path, { answer: alertIds });
  if (!results[0]) throw new Error(`A report to the source ${id} opened no alert.`);
  return results[0].id;
}
