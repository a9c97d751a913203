import type { Actor } from "../../alert/alert.ts";
import { isRefusal } from "../../alert/refusal.ts";
import type { Deps } from "../../api/deps.ts";
import { findAlert } from "../../history/find-alerts.ts";
import {
  type Acting,
  acting,
  actorWith,
  assigneeBehind,
  change,
  toManage,
  tooLate,
  toView,
} from "../../interact/acting.ts";
import { answer } from "../../interact/answer.ts";
import { drawNotice, notices } from "../../interact/notices.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import type { SlackMessage } from "../../slack/message.ts";
import type { SlackRequest } from "../../slack/request/slack-request.ts";
import { outcome } from "../card/card-actions.ts";
import type { AlertCommand } from "../decide-change.ts";
import { zoneOf } from "../home/publish-home.ts";
import { listAlerts } from "../list-alerts.ts";
import { drawAlert, drawHelp, drawList } from "./draw-answers.ts";
import { type Command, readCommand, type Wanted } from "./read-command.ts";

type SlashCommand = Extract<SlackRequest, { type: "slash_command" }>;

/** Somebody typed `/tocsin …`. Slack has been answered; only they see what comes of it. */
export async function onCommand(deps: Deps, request: SlashCommand): Promise<void> {
  const by = await acting(deps, request);
  if (!by) return;
  const message = await carryOut(by, request).catch((fault: unknown) => {
    if (!(fault instanceof SlackFault)) throw fault;
    deps.log.warn({ error: fault.code, method: fault.method }, "a command came to nothing");
    return drawNotice(notices.slackSilent);
  });
  await answer(by, request, message);
}

async function carryOut(by: Acting, request: SlashCommand): Promise<SlackMessage> {
  const command = readCommand(request.text);
  const help = helpFor(command);
  if (help !== null) return drawHelp(help);
  const changes = command.verb === "assign" || command.verb === "resolve";
  const actor = await actorWith(by, changes ? toManage : toView);
  if (isRefusal(actor)) return drawNotice(actor.why);
  switch (command.verb) {
    case "list":
      return listFor(by, request, { actor, wanted: command.wanted });
    case "show":
      return showFor(by, request, command.number);
    case "assign":
      return assignBy(by, { actor, ...command });
    case "resolve":
      return resolveBy(by, { actor, ...command });
    default:
      return drawHelp("What Tocsin can do here:");
  }
}

/** What to say above the list of words; null where the command is to be carried out. */
function helpFor(command: Command): string | null {
  switch (command.verb) {
    case "help":
      return "What Tocsin can do here:";
    case "misused":
      return `${command.why} For instance: /tocsin ${command.usage}`;
    case "unknown": {
      const meant = command.nearest ? ` Did you mean /tocsin ${command.nearest}?` : "";
      return `Tocsin doesn't know “${command.word.slice(0, 100)}”.${meant}`;
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

type Asked = { actor: Actor; number: number };

/** Assigns an alert to somebody who was named, or to whoever asks. */
async function assignBy(
  by: Acting,
  { slackUserId, ...asked }: Asked & { slackUserId: string | null },
): Promise<SlackMessage> {
  const assignee = await assigneeBehind(by, slackUserId ?? by.who.userId);
  return isRefusal(assignee) ? drawNotice(assignee.why) : apply(by, asked, { assignee });
}

/** Resolves an alert, with what was found. */
async function resolveBy(
  by: Acting,
  { comment, ...asked }: Asked & { comment: string | null },
): Promise<SlackMessage> {
  return apply(by, asked, { status: "RESOLVED", ...(comment !== null && { comment }) });
}

async function apply(by: Acting, { actor, number }: Asked, command: AlertCommand): Promise<SlackMessage> {
  const alertId = await findNumber(by.deps, number);
  if (alertId === null) return drawNotice(`${notices.noAlert(number)} Nothing was changed.`);
  const changed = await change(by, { alertId, actor, command });
  if (isRefusal(changed)) {
    const how =
      changed.field === "comment" ? ` For instance: /tocsin resolve ${number} VPN exit, confirmed` : "";
    return drawNotice(`${changed.why}${how}`);
  }
  return drawNotice(changed.kind === "conflict" ? tooLate(changed) : outcome(changed, { id: actor.id }));
}

/** The id of the alert with this number; null if there is none. */
async function findNumber({ db }: Deps, number: number): Promise<string | null> {
  const found = await db.kysely
    .selectFrom("alerts")
    .select("id")
    .where("number", "=", number)
    .executeTakeFirst();
  return found?.id ?? null;
}

/** A message has room for fifty blocks, and nobody reads a longer list in a channel. */
const longestList = 10;

type At = { channelId: string };

/** The newest alerts that somebody asked for. */
async function listFor(
  by: Acting,
  at: At,
  { actor, wanted }: { actor: Actor; wanted: Wanted },
): Promise<SlackMessage> {
  const { deps } = by;
  const { words: q, ...filters } = wanted;
  const query = { ...filters, ...(q && { q }), sort: "-createdAt" as const, limit: longestList };
  const [found, timezone] = await Promise.all([
    listAlerts(deps.db.kysely, query, { after: null, me: actor.id }),
    zoneOf(by, at.channelId),
  ]);
  const { publicUrl } = deps.config;
  const more = found.length > longestList ? `${publicUrl}/alerts?${search(wanted)}` : null;
  const alerts = found.slice(0, longestList);
  return drawList({ wanted, alerts, more, timezone, publicUrl, now: deps.clock() });
}

/** One alert, to whoever asked for it by number. */
async function showFor(by: Acting, at: At, number: number): Promise<SlackMessage> {
  const { deps } = by;
  const id = await findNumber(deps, number);
  const alert = id === null ? undefined : await findAlert(deps.db.kysely, id);
  if (!alert) return drawNotice(notices.noAlert(number));
  const alertUrl = `${deps.config.publicUrl}/alerts/${alert.number}`;
  const place = { timezone: await zoneOf(by, at.channelId), alertUrl };
  return drawAlert({ alert, place, assigneeSlackId: null, block: { redraws: 0 }, now: deps.clock() });
}

function search({ words, ...lists }: Wanted): string {
  const filters = Object.entries(lists).map(([name, values]) => [name, values.join(",")]);
  return new URLSearchParams([...filters, ...(words ? [["q", words]] : [])]).toString();
}
