import type { Permission } from "../../alert/permission.ts";
import type { Installation } from "../installations/installations.ts";

/** A person as Slack describes them. */
export interface SlackProfile {
  teamId: string | null;
  enterpriseId: string | null;
  email: string | null;
  name: string;
  deleted: boolean;
  isBot: boolean;
  isGuest: boolean;
  emailConfirmed: boolean;
}

/** The Tocsin user whom an admin has linked to this Slack user, else the one with their email. */
export interface MatchedUser {
  id: string;
  email: string;
  name: string;
  enabled: boolean;
  permissions: Permission[];
  /** Whether an admin has linked this user to this Slack user (`here`) or to another one of the workspace (`elsewhere`). */
  linked: "here" | "elsewhere" | null;
}

export type Identity =
  | { kind: "known"; user: MatchedUser }
  /** `reason` and `remedy` follow a sentence that says what was refused. `user` was found, but doesn't count. */
  | { kind: "unknown"; reason: string; remedy: string; user?: MatchedUser | undefined };

/** How a reason addresses the Slack user: `you` if they clicked, `they` if they were picked. */
export type Pronoun = "you" | "they";

/**
 * Which Tocsin user a Slack user is; see docs/behaviour.md#6-slack-bot. Membership is checked before the email, since
 * an admin of another workspace can give any email to anyone. A link replaces the email check only.
 */
export function decideIdentity(
  profile: SlackProfile | null,
  installation: Pick<Installation, "teamId" | "enterpriseId" | "trusted">,
  user: MatchedUser | null,
  pronoun: Pronoun = "you",
): Identity {
  if (!profile) return unknown(`Slack doesn't say who ${pronoun} are`, "try again in a minute.");
  return (
    refuseNonMember(profile, installation, pronoun) ??
    (user?.linked === "here" ? ifEnabled(user) : byEmail(profile, user, pronoun))
  );
}

function refuseNonMember(
  profile: SlackProfile,
  installation: Pick<Installation, "teamId" | "enterpriseId" | "trusted">,
  pronoun: Pronoun,
): Identity | null {
  if (!installation.trusted) {
    return unknown(
      "no Tocsin administrator has trusted this workspace yet",
      "ask one to do so under Slack app.",
    );
  }
  if (!isMember(profile, installation)) {
    return unknown(`${pronoun} belong to another workspace or company`, "ask a member of this workspace.");
  }
  if (profile.deleted || profile.isBot)
    return unknown("this is not an active person's account", "ask your administrator.");
  if (profile.isGuest)
    return unknown("guests of this workspace can't act on alerts", "ask a full member to do it.");
  return null;
}

function byEmail(
  { email, emailConfirmed }: SlackProfile,
  user: MatchedUser | null,
  pronoun: Pronoun,
): Identity {
  if (!email)
    return unknown(
      `Slack has no email for ${pronoun === "you" ? "you" : "them"}`,
      "ask your Slack administrator.",
    );
  if (!emailConfirmed)
    return unknown(`${pronoun} haven't confirmed ${email} in Slack`, "confirm it, then try again.");
  if (!user)
    return unknown(`no Tocsin user has the email ${email}`, "ask your Tocsin administrator to add you.");
  if (user.linked === "elsewhere")
    return {
      ...unknown(
        `the Tocsin user ${user.email} is linked to another Slack user`,
        "ask your Tocsin administrator.",
      ),
      user,
    };
  return ifEnabled(user);
}

function ifEnabled(user: MatchedUser): Identity {
  return user.enabled
    ? { kind: "known", user }
    : { ...unknown(`the Tocsin user ${user.email} is disabled`, "ask your Tocsin administrator."), user };
}

function unknown(reason: string, remedy: string): Identity {
  return { kind: "unknown", reason, remedy };
}

/** The workspace and organisation of a person or an installation. */
interface Membership {
  teamId: string | null;
  enterpriseId: string | null;
}

/** Whether a person belongs to the installation's workspace or organisation. */
export function isMember(person: Membership, installation: Membership): boolean {
  const sameTeam = installation.teamId !== null && person.teamId === installation.teamId;
  const sameEnterprise =
    installation.enterpriseId !== null && person.enterpriseId === installation.enterpriseId;
  return sameTeam || sameEnterprise;
}
