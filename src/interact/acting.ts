import type { Actor, Person } from "../alert/alert.ts";
import type { Permission } from "../alert/permission.ts";
import type { Refusal } from "../alert/refusal.ts";
import type { Deps } from "../api/deps.ts";
import { identify } from "../connect/identity/identify.ts";
import { findInstallation, type Installation } from "../connect/installations/installations.ts";
import { sentence } from "../history/sentence.ts";
import { audit } from "../people/audit.ts";
import type { SlackClient } from "../slack/client/slack-client.ts";
import type { Clicker } from "../slack/request/origin.ts";
import { type Changed, changeOnRecord } from "../triage/change-alert.ts";
import type { AlertCommand } from "../triage/decide-change.ts";
import { notices } from "./notices.ts";

/** Somebody who has clicked, and what Tocsin needs to answer them. */
export interface Acting {
  deps: Deps;
  who: Clicker;
  installation: Installation;
  client: SlackClient;
}

/** Whose installation a click belongs to; null if it is none of ours. */
export async function acting(deps: Deps, who: Clicker): Promise<Acting | null> {
  const installation = await findInstallation(deps.db.kysely, who);
  if (!installation) return null;
  // An organisation's token acts in the workspace that the click came from: a home tab is of one.
  const teamId = installation.teamId === null ? (who.teamId ?? undefined) : undefined;
  return { deps, who, installation, client: await deps.slack.clientFor(installation.id, teamId) };
}

/** Why somebody may not do something: two sentences, to follow one that says what was refused. */
interface Denied {
  reason: string;
  remedy: string;
}

/** The Tocsin user behind this Slack user, if they may do this; else why not. */
export async function userWith(by: Acting, needed: readonly Permission[]): Promise<Actor | Denied> {
  const { deps, who, installation, client } = by;
  const now = deps.clock();
  const asked = { db: deps.db.kysely, client, installation, slackUserId: who.userId, now };
  const identity = await identify(asked);
  if (identity.kind === "unknown") return identity;
  const { user } = identity;
  const lacking = needed.find((permission) => !user.permissions.includes(permission));
  if (lacking)
    return {
      reason: `your role lacks the permission ${lacking}`,
      remedy: "ask your Tocsin administrator.",
    };
  return { type: "user", id: user.id, name: user.name };
}

/** The Tocsin user who clicked, if they may do this; else why not, for them to read, and on the record. */
export async function actorWith(by: Acting, needed: readonly Permission[]): Promise<Actor | Refusal> {
  const user = await userWith(by, needed);
  return "reason" in user ? refuse(by, user, needed) : user;
}

/** A refusal in two sentences, and its entry in the audit log. */
async function refuse(
  by: Acting,
  { reason, remedy }: Denied,
  needed: readonly Permission[],
): Promise<Refusal> {
  const actor: Actor = { type: "system", id: by.who.userId, name: `Slack user ${by.who.userId}` };
  const changes = needed.includes("Manage Alerts");
  await audit(
    by.deps.db.kysely,
    { actor, via: "slack", ip: null },
    {
      action: changes ? "alert.change" : "alert.view",
      outcome: "refused",
      data: { reason },
    },
  );
  const what = changes ? "change this alert" : "see alerts";
  return { refused: "forbidden", why: notices.mayNot(what, reason, remedy) };
}

/** The Tocsin user behind a Slack user who was picked or named. */
export async function assigneeBehind(
  { deps, client, installation }: Acting,
  slackUserId: string,
): Promise<Person | Refusal> {
  const now = deps.clock();
  const asked = { db: deps.db.kysely, client, installation, slackUserId, now };
  const identity = await identify({ ...asked, pronoun: "they" });
  if (identity.kind === "known") return identity.user;
  return { refused: "invalid", why: notices.notAssignable(identity.reason) };
}

export function asSentence(reason: string): string {
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}`;
}

export const toManage: readonly Permission[] = ["View Alerts", "Manage Alerts"];
export const toView: readonly Permission[] = ["View Alerts"];

/** Changes an alert for somebody in Slack, and lets the cards follow. */
export async function change(
  { deps }: Acting,
  { actor, ...asked }: { alertId: string; actor: Actor; command: AlertCommand },
): Promise<Changed | Refusal> {
  const changed = await changeOnRecord(deps.db, { actor, via: "slack", ip: null }, asked);
  deps.wake();
  return changed;
}

/** What the second of two people is told. */
export function tooLate({ alert, first }: Extract<Changed, { kind: "conflict" }>): string {
  const what = first ? sentence(first, first.actor) : "Somebody else changed it";
  return notices.second(alert.number, what);
}
