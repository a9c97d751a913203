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
import { applyDrawStep, drawSteps } from "../../messages/message-kind.ts";
import type { Deps } from "../../outbox/deps.ts";
import type { SlackMessage } from "../../slack/message.ts";
import { mirrorScopes } from "../../slack/scopes.ts";
import { drawCard } from "../../triage/card/draw-card.ts";
import type { CurrentDestination } from "../send-elsewhere.ts";
import { fillLink } from "./link-template.ts";

/** A card that stands in Slack. */
export interface StandingCard {
  id: string;
  ts: string;
  permalink: string | null;
}

/** An alert and what surrounds its card in one channel, all of one moment. */
interface AlertAt {
  alert: VersionedAlert;
  destination: CurrentDestination & { timezone: string; mentions: Mentions; linkButtons: LinkButton[] };
  /** Whether what people write in the card's thread is kept. */
  mirrored: boolean;
  /** The alert's card in this line's channel, if one stands there. */
  card: StandingCard | null;
  /** Somebody who was asked about it answered Yes, and its repeats may be suppressed. */
  confirmed: boolean;
}

interface Row extends AlertRow {
  destination: AlertAt["destination"];
  mirrored: boolean;
  card: StandingCard | null;
  confirmed: boolean;
}

/**
 * Reads what a card is drawn from. In one statement, since nothing is as long on the way of an alert to an
 * idle Slack as waiting for answers.
 */
export async function alertAt(
  db: Database,
  at: { alertId: string; destinationId: string; line: string },
): Promise<AlertAt> {
  const statement = sql<Row>`
    select ${versionedColumns},
      json_build_object('name', d.display_name, 'deleted', d.deleted_at is not null, 'enabled', d.enabled,
        'line', d.line, 'timezone', d.timezone, 'mentions', d.mentions,
        'linkButtons', d.link_buttons) as destination,
      exists (select from slack_app s join installations i on i.id = d.installation_id
        where s.thread_mirror and i.scopes @> ${mirrorScopes.map(({ name }) => name)}::text[]) as mirrored,
      a.severity <> 'CRITICAL' and exists (select from boomerangs b join boomerang_asks k on k.boomerang_id = b.id
        where b.alert_id = a.id and k.kind = 'person' and k.answer->>'kind' = 'yes') as confirmed,
      case when c.id is null then null
        else json_build_object('id', c.id, 'ts', c.ts, 'permalink', c.permalink) end as card
    from ${alertTables} join destinations d on d.id = ${at.destinationId}
      left join cards c on c.alert_id = a.id and c.line = ${at.line}
    where a.id = ${at.alertId}`;
  const [row] = await prepared(db, "alert-at", statement);
  if (!row) throw new Error(`the alert ${at.alertId} of a delivery, or its destination, is gone`);
  const { destination, mirrored, card, confirmed, ...alert } = row;
  return { alert: toVersionedAlert(alert), destination, mirrored, card, confirmed };
}

/** Whom the new card of an alert calls; nobody about one that needs nobody any more, or never did. */
export function mentionFor(
  { severity, status }: { severity: Severity; status: Status },
  mentions: Mentions,
): Mention | null {
  return isOpen(status) ? (mentions[severity] ?? null) : null;
}

export interface CardPlace {
  installationId: string;
  redraws: number;
  /** How much of the card Slack takes: an index of `cardSteps`. */
  shape: number;
  note?: string;
  /** A new card calls whom its destination names; one that is drawn again calls nobody. */
  isNew?: true;
}

/** A card as it should stand now, and the alert it was drawn from. */
interface Shown {
  alert: VersionedAlert;
  message: SlackMessage;
  /** The destination was deleted: this drawing is the card's last. */
  frozen: boolean;
}

/** Draws the card of an alert for a destination, from the alert as it was read. */
export async function showAlert(
  deps: Deps,
  { alert, destination, mirrored, confirmed }: AlertAt,
  place: CardPlace,
): Promise<Shown> {
  const frozen = destination.deleted;
  const note = frozen
    ? "Its destination was deleted in Tocsin: this card is no longer kept up to date."
    : place.note;
  const mention = place.isNew ? mentionFor(alert, destination.mentions) : null;
  const message = drawCard({
    alert,
    place: { timezone: destination.timezone, alertUrl: `${deps.publicUrl}/alerts/${alert.number}` },
    assigneeSlackId: alert.assignee && (await assigneeInSlack(deps, place.installationId, alert.assignee)),
    block: { redraws: place.redraws },
    now: deps.clock(),
    mirrored: mirrored && !frozen,
    confirmed,
    links: destination.linkButtons.flatMap(({ label, url: template }) => {
      const url = fillLink(template, alert);
      return url === null ? [] : [{ label, url }];
    }),
    ...(note === undefined ? {} : { note }),
    ...(mention && { mention }),
  });
  return { alert, message: applyDrawStep(message, drawSteps[place.shape] ?? "text-only"), frozen };
}
