import { z } from "zod";
import type { SourceKind } from "../../src/alert/source-kind.ts";
import type { Api } from "./api.ts";
import type { Source } from "./sources.ts";
import type { Analyst, Deed, Planned } from "./planned.ts";
import { repeat } from "./play/repeat.ts";
import { report } from "./play/report.ts";

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
