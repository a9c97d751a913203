import type { Permission } from "../../alert/permission.ts";
import type { Installation } from "../installations/installations.ts";

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

/** The Tocsin user whom an admin has tied to this Slack user, or else who has the e-mail. */
export interface MatchedUser {
  id: string;
  email: string;
  name: string;
  enabled: boolean;
  permissions: Permission[];
  /** Whether an admin has tied this user to this Slack user, or to another one of the same workspace. */
  tied: "here" | "elsewhere" | null;
}

export type Identity =
  | { kind: "known"; user: MatchedUser }
  /** `reason` and `remedy` are a sentence each, to follow one that says what was refused. */
  | { kind: "unknown"; reason: string; remedy: string };

/** Whom the reasons speak to: whoever clicked, or somebody who was picked. */
export type Whom = "you" | "they";

/**
 * Which Tocsin user is this Slack user? (spec section 6) Whose member they are is compared before the e-mail:
 * an outside workspace's admin can give any e-mail to anybody. A tie stands for the e-mail, and for nothing else.
 */
export function decideIdentity(
  face: SlackFace | null,
  installation: Pick<Installation, "teamId" | "enterpriseId" | "trusted">,
  user: MatchedUser | null,
  whom: Whom = "you",
): Identity {
  if (!face) return unknown(`Slack doesn't say who ${whom} are`, "try again in a minute.");
  return (
    noMember(face, installation, whom) ?? (user?.tied === "here" ? standing(user) : byEmail(face, user, whom))
  );
}

function noMember(
  face: SlackFace,
  installation: Pick<Installation, "teamId" | "enterpriseId" | "trusted">,
  whom: Whom,
): Identity | null {
  if (!installation.trusted) {
    return unknown(
      "no Tocsin administrator has trusted this workspace yet",
      "ask one to do so under Slack app.",
    );
  }
  if (!isMember(face, installation)) {
    return unknown(`${whom} belong to another workspace or company`, "ask somebody of this workspace.");
  }
  if (face.deleted || face.isBot)
    return unknown("this is not an active person's account", "ask your administrator.");
  if (face.isGuest)
    return unknown("guests of this workspace can't act on alerts", "ask a full member to do it.");
  return null;
}

function byEmail({ email, emailConfirmed }: SlackFace, user: MatchedUser | null, whom: Whom): Identity {
  if (!email)
    return unknown(
      `Slack has no e-mail for ${whom === "you" ? "you" : "them"}`,
      "ask your Slack administrator.",
    );
  if (!emailConfirmed)
    return unknown(`${whom} haven't confirmed ${email} in Slack`, "confirm it, then try again.");
  if (!user)
    return unknown(`no Tocsin user has the e-mail ${email}`, "ask your Tocsin administrator to add you.");
  if (user.tied === "elsewhere")
    return unknown(
      `the Tocsin user ${user.email} is tied to another Slack user`,
      "ask your Tocsin administrator.",
    );
  return standing(user);
}

function standing(user: MatchedUser): Identity {
  return user.enabled
    ? { kind: "known", user }
    : unknown(`the Tocsin user ${user.email} is disabled`, "ask your Tocsin administrator.");
}

function unknown(reason: string, remedy: string): Identity {
  return { kind: "unknown", reason, remedy };
}

/** Whose somebody, or an installation, is. */
interface Belonging {
  teamId: string | null;
  enterpriseId: string | null;
}

/** Whether somebody belongs to the workspace or organisation of an installation, and not to another company. */
export function isMember(face: Belonging, installation: Belonging): boolean {
  const sameTeam = installation.teamId !== null && face.teamId === installation.teamId;
  const sameEnterprise =
    installation.enterpriseId !== null && face.enterpriseId === installation.enterpriseId;
  return sameTeam || sameEnterprise;
}
