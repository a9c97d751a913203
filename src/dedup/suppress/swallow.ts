import type { Both, Statement } from "../../db/intake-transaction.ts";
import { record } from "../../history/append.ts";
import { sourceActor, sourceVia } from "../incoming.ts";
import { refreshJoined } from "../join/refresh-joined.ts";
import { keepSamples, newSamples } from "../keep-samples.ts";
import type { Swallowed } from "../suppress-repeats.ts";

const statement: Statement = {
  name: "count-swallowed",
  text: `
    update alerts set event_count = event_count + $2::int, last_received_at = now(), revision = revision + 1
    where id = $1::uuid returning event_count - $2::int as before`,
};

/** Joins repeats silently: they count, and the history lists them, but nothing is posted or raised. */
export async function swallow(both: Both, swallowed: readonly Swallowed[]): Promise<void> {
  for (const one of swallowed) await swallowOne(both, one);
  if (swallowed.length > 0)
    await refreshJoined(
      both.hot,
      swallowed.map(({ newest }) => newest.id),
    );
}

async function swallowOne({ tx, hot }: Both, { newest, group, suppression }: Swallowed): Promise<void> {
  const { items } = group;
  const [{ source, report }] = items;
  const [counted] = await hot<{ before: number }>(statement, [newest.id, items.length]);
  const events = items.map((item) => item.report.event);
  await keepSamples(hot, newSamples(newest.id, events, counted?.before ?? 0));
  const { title, severity } = report;
  const { id: suppressionId, person } = suppression;
  const data = { suppressionId, person, title, severity, count: items.length };
  const by = { actor: sourceActor(source), via: sourceVia(source) };
  await record(tx, { alertId: newest.id, event: { kind: "suppressed", data }, ...by });
}
