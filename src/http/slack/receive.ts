import type { SlackRequest } from "../../slack/request/slack-request.ts";
import { redrawCard } from "../../triage/redraw-card.ts";
import type { Deps } from "../../api/deps.ts";
import { problem } from "../problem.ts";
import { onCommand } from "../../triage/command/on-command.ts";
import { dropForeign } from "./heard/drop-foreign.ts";
import { onShortcut } from "./heard/on-shortcut.ts";
import { type Kept, keep, markDone } from "../../interact/inbox.ts";
import { onAction } from "../../triage/card/card-actions.ts";
import { onEvent } from "../slack-events.ts";
import { onSubmission } from "../../triage/card/comment-dialogs.ts";

/** Takes what Slack has sent, by HTTP or over a socket, and gives back what Slack is answered. */
export async function receive(deps: Deps, request: SlackRequest): Promise<unknown> {
  switch (request.type) {
    case "url_verification":
      return { challenge: request.challenge };
    case "malformed":
      throw problem(400, `Slack doesn't send this: ${request.why}.`);
    case "ssl_check":
    case "unknown":
    case "block_suggestion":
      return {};
    case "view_submission":
      if (!(await keep(deps.db.kysely, request))) return {};
      return onSubmission(deps, request).finally(() => markDone(deps.db.kysely, request));
    default: {
      const ours = await dropForeign(deps, request);
      if (ours && (await keep(deps.db.kysely, ours))) setImmediate(() => void workOn(deps, ours));
      return "";
    }
  }
}

/** Works on what Slack has had its answer for. A fault leaves it in the inbox, to be taken up again. */
export async function workOn(deps: Deps, request: Kept): Promise<void> {
  try {
    await dispatch(deps, request);
    await markDone(deps.db.kysely, request);
  } catch (fault) {
    deps.log.error({ err: fault, type: request.type, id: request.dedupeId }, "a Slack request failed");
  }
}

async function dispatch(deps: Deps, request: Kept): Promise<void> {
  switch (request.type) {
    case "block_actions":
      return onAction(deps, request);
    case "event_callback":
      return onEvent(deps, request);
    case "view_closed": {
      const { memory } = request;
      const { channel: channelId, ts } = memory && "channel" in memory ? memory : { channel: null, ts: null };
      if (channelId && ts) await redrawCard(deps.db.kysely, { channelId, ts });
      return deps.wake();
    }
    case "view_submission":
      await onSubmission(deps, request);
      return;
    case "message_action":
      return onShortcut(deps, request);
    case "slash_command":
      return onCommand(deps, request);
    default:
      return request satisfies never;
  }
}
