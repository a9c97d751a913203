import type { Actor, Person } from "../alert/alert.ts";
import type { AuditAction } from "../alert/audit-action.ts";
import type { Permission } from "../alert/permission.ts";
import type { Refusal } from "../alert/refusal.ts";
import type { Deps } from "../api/deps.ts";
import { identify } from "../connect/identity/identify.ts";
import { findInstallation, type Installation } from "../connect/installations/installations.ts";
import type { Doer } from "../people/audit-log/audit.ts";
import type { Changes } from "../people/audit-log/changes.ts";
import { auditRefused } from "../people/audit-log/refusals.ts";
import type { SlackClient } from "../slack/client/slack-client.ts";
import type { Clicker } from "../slack/request/origin.ts";
import { notices } from "./notices.ts";

/** A person who acts in Slack, with their installation and its client. */
export interface Acting {
  deps: Deps;
  who: Clicker;
  installation: Installation;
  client: SlackClient;
  /** Publishes the person's App Home with a notice at its top. Set for a click, which may be there. */
  publishHome?: PublishHome;
}

export type PublishHome = (by: Acting, notice: string) => Promise<void>;

/**
 * Finds the installation that a request comes from; null if Tocsin is not installed there. The client's calls end at
 * the deadline, if there is one.
 */
export async function acting(deps: Deps, who: Clicker, deadline?: number): Promise<Acting | null> {
  const installation = await findInstallation(deps.db.kysely, who);
  if (!installation) return null;
  // An organisation's token needs the workspace of the click: an App Home belongs to one workspace.
  const teamId = installation.teamId === null ? (who.teamId ?? undefined) : undefined;
  return {
    deps,
    who,
    installation,
    client: await deps.slack.clientFor(installation.id, { teamId, deadline }),
  };
}

/** Why a person may not do something and what to do, for the second sentence of a refusal. */
interface Denied {
  reason: string;
  remedy: string;
  /** The Tocsin user of that email, who was not allowed to. */
  user?: Pick<Person, "id" | "name"> | undefined;
}

/** The person's Tocsin user if it has the needed permissions; otherwise why not. Writes no audit log entry. */
export async function userWith(by: Acting, needed: readonly Permission[]): Promise<Actor | Denied> {
  const { deps, who, installation, client } = by;
  const now = deps.clock();
  const query = { db: deps.db.kysely, client, installation, slackUserId: who.userId, now };
  const identity = await identify(query);
  if (identity.kind === "unknown") return identity;
  const { user } = identity;
  const lacking = needed.find((permission) => !user.permissions.includes(permission));
  if (lacking)
    return {
      reason: `your role lacks the permission ${lacking}`,
      remedy: "ask your Tocsin administrator.",
      user,
    };
  return { type: "user", id: user.id, name: user.name };
}

/** What a person tries, as the audit log has it when they may not. */
export interface Attempt {
  action: AuditAction;
  /** Null for what is about no single alert. */
  alertId: string | null;
  wanted: Changes | null;
}

/** Like `userWith`, but a refusal is worded for the person and is in the audit log, with what they tried. */
export async function actorWith(
  by: Acting,
  needed: readonly Permission[],
  attempt: Attempt,
): Promise<Actor | Refusal> {
  const user = await userWith(by, needed);
  if (!("reason" in user)) return user;
  const { reason, remedy } = user;
  await auditRefusal(by, user.user ? { type: "user", ...user.user } : slackActor(by), attempt, reason);
  const what = needed.includes("Manage Alerts") ? "change this alert" : "see alerts";
  return { refused: "forbidden", why: notices.denied(what, reason, remedy) };
}

/** A person in Slack for the audit log, who acts as this user. */
export function inSlack({ who }: Pick<Acting, "who">, actor: Actor): Doer {
  const slack = { userId: who.userId, teamId: who.userTeamId ?? who.teamId };
  return { actor, via: "slack", ip: null, agent: null, slack };
}

/** A person in Slack who is, or need be, no Tocsin user. */
export function slackActor({ who: { userId } }: Pick<Acting, "who">): Actor {
  return { type: "system", id: userId, name: `Slack user ${userId}` };
}

/** Adds an attempt that was refused to the audit log. */
export async function auditRefusal(
  by: Acting,
  actor: Actor,
  { action, alertId, wanted }: Attempt,
  reason: string,
): Promise<void> {
  const target = alertId === null ? null : ({ type: "alert", id: alertId } as const);
  await auditRefused(by.deps, inSlack(by, actor), { action, target, changes: wanted, data: { reason } });
}

/** The Tocsin user of a Slack user who was chosen as assignee; a refusal if they can't be assigned. */
export async function findAssigneeInSlack(
  { deps, client, installation }: Acting,
  slackUserId: string,
): Promise<Person | Refusal> {
  const now = deps.clock();
  const query = { db: deps.db.kysely, client, installation, slackUserId, now };
  const identity = await identify({ ...query, pronoun: "they" });
  if (identity.kind === "known") return identity.user;
  return { refused: "invalid", why: notices.notAssignable(identity.reason) };
}

export function asSentence(reason: string): string {
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}`;
}

export const toManage: readonly Permission[] = ["View Alerts", "Manage Alerts"];
export const toView: readonly Permission[] = ["View Alerts"];
