import { sql } from "kysely";
import { isOpen, type Severity, type Status } from "../../alert/alert.ts";
import type { LinkButton, Mention, Mentions } from "../../alert/destination.ts";
import { assigneeInSlack } from "../../connect/identity/assignee-in-slack.ts";
import type { Database } from "../../db/connect.ts";
import { prepared } from "../../db/transaction.ts";
import {
  type AlertRow,
  alertTables,
  toVersionedAlert,
  type VersionedAlert,
  versionedColumns,
} from "../../history/find-alerts.ts";
import { applyDrawStep, drawSteps } from "../../messages/draw-step.ts";
import type { Deps } from "../../outbox/deps.ts";
import type { SlackMessage } from "../../slack/message.ts";
import { mirrorScopes } from "../../slack/scopes.ts";
import { distinguishingFields } from "../../triage/card/distinguishing-fields.ts";
import { drawCard } from "../../triage/card/draw-card.ts";
import type { CurrentDestination } from "../send-elsewhere.ts";
import { fillLink } from "./link-template.ts";

/** A card that is in Slack. */
export interface PostedCard {
  id: string;
  ts: string;
  permalink: string | null;
}

/** Everything that an alert's card in one channel is drawn from, read at one moment. */
export interface CardData {
  alert: VersionedAlert;
  destination: CurrentDestination & { timezone: string; mentions: Mentions; linkButtons: LinkButton[] };
  /** The thread mirror is on and has its scopes. */
  mirrored: boolean;
  /** The newest alerts with the same title, within a day of it. */
  alike: { id: string; context: Record<string, unknown> }[];
  /** The source's own choice of fields that tell its alerts apart. */
  cardFields: string[];
  /** The alert's card in this line's channel; null if there is none. */
  card: PostedCard | null;
  /** A person answered a Boomerang with Yes, so repeats may be suppressed. */
  confirmed: boolean;
}

interface Row extends AlertRow, Pick<CardData, "destination" | "mirrored" | "alike" | "cardFields"> {
  card: PostedCard | null;
  confirmed: boolean;
}

/** Of the destination `d`. */
export const placeColumns = sql`
  json_build_object('name', d.display_name, 'deleted', d.deleted_at is not null, 'enabled', d.enabled,
    'line', d.line, 'timezone', d.timezone, 'mentions', d.mentions, 'linkButtons', d.link_buttons) as destination,
  exists (select from slack_app s join installations i on i.id = d.installation_id
    where s.thread_mirror and i.scopes @> ${mirrorScopes.map(({ name }) => name)}::text[]) as mirrored`;

const maxAlike = 3;

/** Of the alert `a` and its source `s`: what tells whether another alert looks the same. */
export const alikeColumns = sql`
  s.card_fields as "cardFields",
  coalesce((select json_agg(o) from (select o.id, o.context from alerts o
    where left(o.title, 200) = left(a.title, 200) and o.title = a.title and o.id <> a.id
      and o.created_at between a.created_at - interval '1 day' and a.created_at + interval '1 day'
    order by o.created_at desc limit ${sql.lit(maxAlike)}) o), '[]') as alike`;

/**
 * Reads what a card is drawn from, in one statement: round trips are most of an alert's latency to an idle
 * channel. Throws if the alert or the destination is gone.
 */
export async function readCardData(
  db: Database,
  at: { alertId: string; destinationId: string; line: string },
): Promise<CardData> {
  const statement = sql<Row>`
    select ${versionedColumns}, ${placeColumns}, ${alikeColumns},
      a.severity <> 'CRITICAL' and exists (select from boomerangs b join boomerang_asks k on k.boomerang_id = b.id
        where b.alert_id = a.id and k.kind = 'person' and k.answer->>'kind' = 'yes') as confirmed,
      case when c.id is null then null
        else json_build_object('id', c.id, 'ts', c.ts, 'permalink', c.permalink) end as card
    from ${alertTables} join destinations d on d.id = ${at.destinationId}
      left join cards c on c.alert_id = a.id and c.line = ${at.line}
    where a.id = ${at.alertId}`;
  const [row] = await prepared(db, "alert-at", statement);
  if (!row) throw new Error(`the alert ${at.alertId} of a delivery, or its destination, is gone`);
  const { destination, mirrored, alike, cardFields, card, confirmed, ...alert } = row;
  return { alert: toVersionedAlert(alert), destination, mirrored, alike, cardFields, card, confirmed };
}

/** The mention in the new card of an alert; null for a closed one and for a severity without a mention. */
export function mentionFor(
  { severity, status }: { severity: Severity; status: Status },
  mentions: Mentions,
): Mention | null {
  return isOpen(status) ? (mentions[severity] ?? null) : null;
}

export interface CardDrawing {
  installationId: string;
  redraws: number;
  /** The draw step: an index of `drawSteps`. */
  shape: number;
  note?: string;
  /** Only new cards hold a mention; an edit would mention again. */
  isNew?: true;
}

/** A drawn card and the alert it was drawn from. */
interface DrawnCard {
  alert: VersionedAlert;
  message: SlackMessage;
  /** The destination was deleted, so this edit is the last. */
  frozen: boolean;
}

/** Draws the card of an alert for a destination at the given draw step. */
export async function drawAlertCard(
  deps: Deps,
  { alert, destination, mirrored, alike, cardFields, confirmed }: CardData,
  drawing: CardDrawing,
): Promise<DrawnCard> {
  const frozen = destination.deleted;
  const note = frozen
    ? "The destination was deleted in Tocsin. This card is no longer kept up to date."
    : drawing.note;
  const mention = drawing.isNew ? mentionFor(alert, destination.mentions) : null;
  const message = drawCard({
    alert,
    place: { timezone: destination.timezone, alertUrl: `${deps.publicUrl}/alerts/${alert.number}` },
    assigneeSlackId: alert.assignee && (await assigneeInSlack(deps, drawing.installationId, alert.assignee)),
    block: { redraws: drawing.redraws },
    now: deps.clock(),
    distinguishing: distinguishingFields({
      ...alert,
      others: alike.map(({ context }) => context),
      chosen: cardFields,
    }),
    mirrored: mirrored && !frozen,
    confirmed,
    links: destination.linkButtons.flatMap(({ label, url: template }) => {
      const url = fillLink(template, alert);
      return url === null ? [] : [{ label, url }];
    }),
    ...(note === undefined ? {} : { note }),
    ...(mention && { mention }),
  });
  return { alert, message: applyDrawStep(message, drawSteps[drawing.shape] ?? "text-only"), frozen };
}
