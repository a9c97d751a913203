import type { Actor } from "../../alert/alert.ts";
import { isRefusal } from "../../alert/refusal.ts";
import type { Deps } from "../../api/deps.ts";
import { findAlert } from "../../history/find-alerts.ts";
import {
  type Acting,
  type Attempt,
  acting,
  actorWith,
  findAssigneeInSlack,
  toManage,
  toView,
} from "../../interact/acting.ts";
import { sendPrivately } from "../../interact/answer.ts";
import { drawNotice, notices } from "../../interact/notices.ts";
import { wantedChanges } from "../../people/audit-log/changes.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import type { SlackMessage } from "../../slack/message.ts";
import type { SlackRequest } from "../../slack/request/slack-request.ts";
import { change, outcome, toChange, tooLateText } from "../change-in-slack.ts";
import type { AlertCommand } from "../decide-change.ts";
import { timezoneFor } from "../home/publish-home.ts";
import { listAlerts } from "../list-alerts.ts";
import { drawAlert, drawHelp, drawList } from "./draw-answers.ts";
import { type Command, type ListFilters, readCommand } from "./read-command.ts";

type SlashCommand = Extract<SlackRequest, { type: "slash_command" }>;

/** Handles `/tocsin …` after the request was acknowledged. Only the person who typed it sees the result. */
export async function onCommand(deps: Deps, request: SlashCommand): Promise<void> {
  const by = await acting(deps, request);
  if (!by) return;
  const message = await runCommand(by, request).catch((fault: unknown) => {
    if (!(fault instanceof SlackFault)) throw fault;
    deps.log.warn({ error: fault.code, method: fault.method }, "slash command failed");
    return drawNotice(notices.slackFailed(fault.code));
  });
  await sendPrivately(by, request, message);
}

async function runCommand(by: Acting, request: SlashCommand): Promise<SlackMessage> {
  const command = readCommand(request.text);
  const help = helpLead(command);
  if (help !== null) return drawHelp(help);
  const changes = command.verb === "assign" || command.verb === "resolve";
  const actor = await actorWith(by, changes ? toManage : toView, await attemptOf(by, command));
  if (isRefusal(actor)) return drawNotice(actor.why);
  switch (command.verb) {
    case "list":
      return listAlertsFor(by, request, { actor, filters: command.filters });
    case "show":
      return showAlertFor(by, request, command.number);
    case "assign":
      return assignBy(by, { actor, ...command });
    case "resolve":
      return resolveBy(by, { actor, ...command });
    default:
      return drawHelp("What Tocsin can do here:");
  }
}

async function attemptOf({ deps }: Acting, command: Command): Promise<Attempt> {
  const alertId = "number" in command ? await findAlertId(deps, command.number) : null;
  if (command.verb === "resolve") return toChange({ alertId, command: { status: "RESOLVED" } });
  if (command.verb === "assign") {
    const assignee = command.slackUserId ?? "the person themselves";
    return { action: "alert.change", alertId, wanted: wantedChanges({ assignee }) };
  }
  return { action: "alert.view", alertId, wanted: null };
}

/** The line above the help; null if the command can run. */
function helpLead(command: Command): string | null {
  switch (command.verb) {
    case "help":
      return "What Tocsin can do here:";
    case "misused":
      return `${command.why} For example: /tocsin ${command.usage}`;
    case "unknown": {
      const meant = command.nearest ? ` Did you mean /tocsin ${command.nearest}?` : "";
      return `“${command.word.slice(0, 100)}” is not a command.${meant}`;
    }
    case "list":
    case "show":
    case "assign":
    case "resolve":
      return null;
    default:
      return command satisfies never;
  }
}

type AlertChangeRequest = { actor: Actor; number: number };

/** Assigns an alert to the mentioned person, or to the person who typed the command. */
async function assignBy(
  by: Acting,
  { slackUserId, ...alert }: AlertChangeRequest & { slackUserId: string | null },
): Promise<SlackMessage> {
  const assignee = await findAssigneeInSlack(by, slackUserId ?? by.who.userId);
  return isRefusal(assignee) ? drawNotice(assignee.why) : apply(by, alert, { assignee });
}

/** Resolves an alert, with the comment and the disposition if there are any. */
async function resolveBy(
  by: Acting,
  {
    comment,
    disposition,
    duplicateOf,
    ...alert
  }: AlertChangeRequest & Omit<Extract<Command, { verb: "resolve" }>, "verb">,
): Promise<SlackMessage> {
  return apply(by, alert, {
    status: "RESOLVED",
    ...(comment !== null && { comment }),
    ...(disposition !== null && { disposition }),
    ...(duplicateOf !== null && { duplicateOf }),
  });
}

/** What to type where a setting requires it. */
const examples: Record<string, string | undefined> = {
  comment: "VPN exit, confirmed",
  disposition: "as benign VPN exit, confirmed",
};

async function apply(
  by: Acting,
  { actor, number }: AlertChangeRequest,
  command: AlertCommand,
): Promise<SlackMessage> {
  const alertId = await findAlertId(by.deps, number);
  if (alertId === null) return drawNotice(`${notices.noAlert(number)} Nothing was changed.`);
  const changed = await change(by, { alertId, actor, command });
  if (isRefusal(changed)) {
    const typed = examples[changed.field ?? ""];
    return drawNotice(typed ? `${changed.why} For example: /tocsin resolve ${number} ${typed}` : changed.why);
  }
  return drawNotice(changed.kind === "conflict" ? tooLateText(changed) : outcome(changed, { id: actor.id }));
}

/** The id of the alert with this number; null if there is none. */
async function findAlertId({ db }: Deps, number: number): Promise<string | null> {
  const found = await db.kysely
    .selectFrom("alerts")
    .select("id")
    .where("number", "=", number)
    .executeTakeFirst();
  return found?.id ?? null;
}

/** Two blocks per alert, within Slack's 50 blocks per message, and short enough to read. */
const maxListed = 10;

type At = { channelId: string };

/** The newest alerts that match the filters. */
async function listAlertsFor(
  by: Acting,
  at: At,
  { actor, filters }: { actor: Actor; filters: ListFilters },
): Promise<SlackMessage> {
  const { deps } = by;
  const { words: q, ...lists } = filters;
  const query = { ...lists, ...(q && { q }), sort: "-createdAt" as const, limit: maxListed };
  const [found, timezone] = await Promise.all([
    listAlerts(deps.db.kysely, query, { after: null, me: actor.id }),
    timezoneFor(by, at.channelId),
  ]);
  const { publicUrl } = deps.config;
  const more = found.length > maxListed ? `${publicUrl}/alerts?${searchParams(filters)}` : null;
  const alerts = found.slice(0, maxListed);
  return drawList({ filters, alerts, more, timezone, publicUrl, now: deps.clock() });
}

/** One alert, found by its number. */
async function showAlertFor(by: Acting, at: At, number: number): Promise<SlackMessage> {
  const { deps } = by;
  const id = await findAlertId(deps, number);
  const alert = id === null ? undefined : await findAlert(deps.db.kysely, id);
  if (!alert) return drawNotice(notices.noAlert(number));
  const alertUrl = `${deps.config.publicUrl}/alerts/${alert.number}`;
  const place = { timezone: await timezoneFor(by, at.channelId), alertUrl };
  return drawAlert({ alert, place, assigneeSlackId: null, block: { redraws: 0 }, now: deps.clock() });
}

function searchParams({ words, ...lists }: ListFilters): string {
  const filters = Object.entries(lists).map(([name, values]) => [name, values.join(",")]);
  return new URLSearchParams([...filters, ...(words ? [["q", words]] : [])]).toString();
}
