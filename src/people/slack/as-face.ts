import type { SlackUser } from "../../slack/client/people.ts";
import type { SlackFace } from "../../connect/identity/decide-identity.ts";

/** What Slack said about somebody, as far as it tells who they are. */
export function asFace(user: SlackUser): SlackFace {
  const { teamId, enterpriseId, email, name, deleted, bot, guest, emailConfirmed } = user;
  const confirmed = emailConfirmed !== false;
  return {
    teamId,
    enterpriseId,
    email,
    name,
    deleted,
    isBot: bot,
    isGuest: guest,
    emailConfirmed: confirmed,
  };
}
