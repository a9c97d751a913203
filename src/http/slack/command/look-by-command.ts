import type { Actor } from "../../../alert/actor.ts";
import { findAlert } from "../../../history/find-alerts.ts";
import type { Wanted } from "../../../slack/command/command.ts";
import { renderList } from "../../../triage/command/draw-answers.ts";
import { renderShown } from "../../../slack/command/render-shown.ts";
import { notices } from "../../../interact/notices.ts";
import { renderNotice } from "../../../slack/message/render-notice.ts";
import type { SlackMessage } from "../../../slack/message/slack-message.ts";
import { listAlerts } from "../../../triage/list-alerts.ts";
import type { Acting } from "../../../interact/acting.ts";
import { zoneOf } from "../zone-of.ts";
import { findNumber } from "./find-number.ts";

/** A message has room for fifty blocks, and nobody reads a longer list in a channel. */
const longestList = 10;

type At = { channelId: string };

/** The newest alerts that somebody asked for. */
export async function listFor(
  by: Acting,
  at: At,
  { actor, wanted }: { actor: Actor; wanted: Wanted },
): Promise<SlackMessage> {
  const { deps } = by;
  const { words: q, ...filters } = wanted;
  const query = { ...filters, ...(q && { q }), sort: "-createdAt" as const, limit: longestList };
  const [found, timezone] = await Promise.all([
    listAlerts(deps.db.kysely, query, { after: null, me: actor.id }),
    zoneOf(by, at.channelId),
  ]);
  const { publicUrl } = deps.config;
  const more = found.length > longestList ? `${publicUrl}/alerts?${search(wanted)}` : null;
  const alerts = found.slice(0, longestList);
  return renderList({ wanted, alerts, more, timezone, publicUrl, now: deps.clock() });
}

/** One alert, to whoever asked for it by number. */
export async function showFor(by: Acting, at: At, number: number): Promise<SlackMessage> {
  const { deps } = by;
  const id = await findNumber(deps, number);
  const alert = id === null ? undefined : await findAlert(deps.db.kysely, id);
  if (!alert) return renderNotice(notices.noAlert(number));
  const alertUrl = `${deps.config.publicUrl}/alerts/${alert.number}`;
  const place = { timezone: await zoneOf(by, at.channelId), alertUrl };
  return renderShown({ alert, place, assigneeSlackId: null, block: { redraws: 0 }, now: deps.clock() });
}

function search({ words, ...lists }: Wanted): string {
  const filters = Object.entries(lists).map(([name, values]) => [name, values.join(",")]);
  return new URLSearchParams([...filters, ...(words ? [["q", words]] : [])]).toString();
}
