import { customWebhook } from "./custom-webhook/custom-webhook.ts";
import type { DestinationType } from "./destination-type.ts";
import { email } from "./email/email.ts";
import { pagerduty } from "./pagerduty/pagerduty.ts";
import { slackBotType } from "./slack-bot/slack-bot-type.ts";

import { teams } from "./teams/teams.ts";

/** Every destination type, in the order of the Console's menu. */
export const destinationTypes: readonly DestinationType[] = [
  slackBotType,
  customWebhook,
  pagerduty,
  teams,
  email,
];

const byName = new Map(destinationTypes.map((one) => [one.type, one]));

/** The type of this name; undefined on a node that is older than it. */
export function findType(name: string): DestinationType | undefined {
  return byName.get(name);
}

/** The type of a destination that this node knows. */
export function destinationType(name: string): DestinationType {
  const found = findType(name);
  if (!found) throw new Error(`this version of Tocsin has no destination type "${name}"`);
  return found;
}
