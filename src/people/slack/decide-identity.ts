import type { Permission } from "../../alert/permission.ts";
import type { Installation } from "./find-installation.ts";
import { isMember } from "./is-member.ts";

/** Somebody in Slack, as read from Slack. */
export interface SlackFace {
  teamId: string | null;
  enterpriseId: string | null;
  email: string | null;
  name: string;
  deleted: boolean;
  isBot: boolean;
  isGuest: boolean;
  emailConfirmed: boolean;
}

/** The Tocsin user who has the e-mail. */
export interface MatchedUser {
  id: string;
  email: string;
  name: string;
  enabled: boolean;
  permissions: Permission[];
}

export type Identity =
  | { kind: "known"; user: MatchedUser }
  /** `reason` and `remedy` are a sentence each, to follow one that says what was refused. */
  | { kind: "unknown"; reason: string; remedy: string };

/**
 * Which Tocsin user is this Slack user? (spec section 6) Whose member they are is compared before the e-mail:
 * an outside workspace's admin can give any e-mail to anybody.
 */
export function decideIdentity(
  face: SlackFace | null,
  installation: Pick<Installation, "teamId" | "enterpriseId" | "trusted">,
  user: MatchedUser | null,
): Identity {
  if (!face) return unknown("Slack doesn't say who you are", "try again in a minute.");
  if (!installation.trusted) {
    return unknown(
      "no Tocsin administrator has trusted this workspace yet",
      "ask one to do so under Slack app.",
    );
  }
  if (!isMember(face, installation)) {
    return unknown("you belong to another workspace or company", "ask somebody of this workspace.");
  }
  if (face.deleted || face.isBot)
    return unknown("this is not an active person's account", "ask your administrator.");
  if (face.isGuest)
    return unknown("guests of this workspace can't act on alerts", "ask a full member to do it.");
  if (!face.email) return unknown("Slack has no e-mail for you", "ask your Slack administrator.");
  if (!face.emailConfirmed)
    return unknown(`you haven't confirmed ${face.email} in Slack`, "confirm it, then try again.");
  if (!user)
    return unknown(
      `no Tocsin user has the e-mail ${face.email}`,
      "ask your Tocsin administrator to add you.",
    );
  if (!user.enabled)
    return unknown(`the Tocsin user ${user.email} is disabled`, "ask your Tocsin administrator.");
  return { kind: "known", user };
}

function unknown(reason: string, remedy: string): Identity {
  return { kind: "unknown", reason, remedy };
}
