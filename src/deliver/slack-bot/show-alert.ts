import type { StandingAlert } from "../../history/find-alerts.ts";
import { fillLink } from "./link-template.ts";
import { cardSteps, plainerCard } from "../../messages/message-kind.ts";
import { renderCard } from "../../triage/card/draw-card.ts";
import type { SlackMessage } from "../../slack/message/slack-message.ts";
import type { Deps } from "../../outbox/deps.ts";
import type { AlertAt } from "./card-message.ts";
import { assigneeInSlack } from "../../connect/identity/assignee-in-slack.ts";
import { mentionFor } from "./mention-for.ts";

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
export interface Shown {
  alert: StandingAlert;
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
  const message = renderCard({
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
  return { alert, message: plainerCard(message, cardSteps[place.shape] ?? "text-only"), frozen };
}
