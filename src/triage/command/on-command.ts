import { isRefusal } from "../../alert/refusal.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import type { Command } from "../../slack/command/command.ts";
import { readCommand } from "./read-command.ts";
import { renderHelp } from "../../slack/command/render-help.ts";
import { notices } from "../../interact/notices.ts";
import { renderNotice } from "../../slack/message/render-notice.ts";
import type { SlackMessage } from "../../slack/message/slack-message.ts";
import type { SlackRequest } from "../../slack/request/slack-request.ts";
import type { Deps } from "../../api/deps.ts";
import { type Acting, acting, actorWith, toManage, toView } from "../../interact/acting.ts";
import { answer } from "../../interact/answer.ts";
import { assignBy, resolveBy } from "../../http/slack/command/change-by-command.ts";
import { listFor, showFor } from "../../http/slack/command/look-by-command.ts";

export type SlashCommand = Extract<SlackRequest, { type: "slash_command" }>;

/** Somebody typed `/tocsin …`. Slack has been answered; only they see what comes of it. */
export async function onCommand(deps: Deps, request: SlashCommand): Promise<void> {
  const by = await acting(deps, request);
  if (!by) return;
  const message = await carryOut(by, request).catch((fault: unknown) => {
    if (!(fault instanceof SlackFault)) throw fault;
    deps.log.warn({ error: fault.code, method: fault.method }, "a command came to nothing");
    return renderNotice(notices.slackSilent);
  });
  await answer(by, request, message);
}

async function carryOut(by: Acting, request: SlashCommand): Promise<SlackMessage> {
  const command = readCommand(request.text);
  const help = helpFor(command);
  if (help !== null) return renderHelp(help);
  const changes = command.verb === "assign" || command.verb === "resolve";
  const actor = await actorWith(by, changes ? toManage : toView);
  if (isRefusal(actor)) return renderNotice(actor.why);
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
      return renderHelp("What Tocsin can do here:");
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
