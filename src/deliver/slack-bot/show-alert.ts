import type { StandingAlert } from "../../history/find-alerts.ts";
import { findAlert } from "../../history/find-alerts.ts";
import { cardSteps, plainerCard } from "../../slack/card/plainer-card.ts";
import { renderCard } from "../../slack/card/render-card.ts";
import type { SlackMessage } from "../../slack/message/slack-message.ts";
import type { Deps } from "../deps.ts";
import { assigneeInSlack } from "./assignee-in-slack.ts";

export interface CardPlace {
  alertId: string;
  destinationId: string;
  installationId: string;
  redraws: number;
  /** How much of the card Slack takes: an index of `cardSteps`. */
  shape: number;
  note?: string;
}

/** A card as it should stand now, and the alert it was drawn from. */
export interface Shown {
  alert: StandingAlert;
  message: SlackMessage;
  /** The destination was deleted: this drawing is the card's last. */
  frozen: boolean;
}

/** Draws the card of an alert for a destination, from the alert as it stands at this moment. */
export async function showAlert(deps: Deps, place: CardPlace): Promise<Shown> {
  const [alert, destination] = await Promise.all([
    findAlert(deps.db.kysely, place.alertId),
    deps.db.kysely
      .selectFrom("destinations")
      .select(["timezone", "deleted_at"])
      .where("id", "=", place.destinationId)
      .executeTakeFirstOrThrow(),
  ]);
  if (!alert) throw new Error(`the alert ${place.alertId} of a delivery is gone`);
  const frozen = destination.deleted_at !== null;
  const note = frozen
    ? "Its destination was deleted in Tocsin: this card is no longer kept up to date."
    : place.note;
  const message = renderCard({
    alert,
    place: { timezone: destination.timezone, alertUrl: `${deps.publicUrl}/alerts/${alert.number}` },
    assigneeSlackId: alert.assignee && (await assigneeInSlack(deps, place.installationId, alert.assignee)),
    block: { redraws: place.redraws },
    now: deps.clock(),
    ...(note === undefined ? {} : { note }),
  });
  return { alert, message: plainerCard(message, cardSteps[place.shape] ?? "text-only"), frozen };
}
