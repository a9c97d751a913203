import { setImmediate } from "node:timers/promises";
import type { App, Deps } from "../api/deps.ts";
import { problem } from "../api/problem.ts";
import { requires } from "../api/requires.ts";
import { checkSignature, keepUnverified } from "../connect/check-signature.ts";
import { claimLeftovers, markDone, type StoredRequest, storeRequest } from "../interact/inbox.ts";
import { redrawCard } from "../messages/want.ts";
import { readRequest } from "../slack/request/read-request.ts";
import type { SlackRequest } from "../slack/request/slack-request.ts";
import { onAction } from "../triage/card/card-actions.ts";
import { onSubmission } from "../triage/card/comment-dialogs.ts";
import { onCommand } from "../triage/command/on-command.ts";
import { onShortcut } from "../triage/mirror/keep-dialog.ts";
import { dropUnrelated } from "../triage/mirror/on-message.ts";
import { onEvent } from "./slack-events.ts";

/** Slack sends whole messages along with a click: its bodies are larger than others. */
const bodyLimit = 4 * 1024 * 1024;

/** The one address that Slack calls, and the socket over which it calls in Socket Mode. */
export function slackRoutes(app: App, deps: Deps): void {
  const timer = setInterval(() => {
    claimLeftovers(deps).then(
      async (left) => {
        for (const request of left) await workOn(deps, request);
      },
      (fault: unknown) => deps.log.warn({ err: fault }, "leftover Slack requests could not be read"),
    );
  }, deps.pace.inboxCheck * 1000);
  app.addHook("onListen", async () => deps.socketMode.start((request) => receive(deps, request)));
  app.addHook("onClose", async () => {
    clearInterval(timer);
    await deps.socketMode.close();
  });
  app.register(async (door) => {
    door.removeAllContentTypeParsers();
    // The signature is over the bytes that came in.
    door.addContentTypeParser(
      "*",
      { parseAs: "buffer", bodyLimit },
      async (_: unknown, body: Buffer) => body,
    );
    door.post("/slack/events", { ...requires("anyone"), schema: { hide: true } }, async (request) => {
      const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      return receive(deps, await verified(deps, rawBody, request.headers));
    });
  });
}

type Headers = Record<string, string | string[] | undefined> & { "content-type"?: string };

async function verified(deps: Deps, rawBody: Buffer, headers: Headers): Promise<SlackRequest> {
  const body = rawBody.toString("utf8");
  const request = readRequest(body, headers["content-type"]);
  const parts = { db: deps.db, vault: deps.slack.vault };
  const check = await checkSignature(parts, { headers, rawBody, now: deps.clock() });
  if (!check.ok && (check.why === "no_secret" || check.why === "mismatch"))
    await keepToTry(deps, body, headers);
  // Answered before set-up is complete, and harmless: it says only what it was told.
  if (check.ok || request.type === "url_verification") return request;
  throw problem(401, `This is not signed as Slack signs: ${check.why.replaceAll("_", " ")}.`);
}

/** A signing secret that is typed later, or again, is tried on it. */
async function keepToTry(deps: Deps, rawBody: string, headers: Headers): Promise<void> {
  const { "x-slack-signature": signature, "x-slack-request-timestamp": timestamp } = headers;
  if (typeof signature !== "string" || typeof timestamp !== "string") return;
  const parts = { db: deps.db, vault: deps.slack.vault };
  await keepUnverified(parts, { at: deps.clock(), timestamp, signature, rawBody });
}

/** Takes what Slack has sent, by HTTP or over a socket, and gives back what Slack is answered. */
async function receive(deps: Deps, request: SlackRequest): Promise<unknown> {
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
      if (!(await storeRequest(deps, request))) return {};
      return onSubmission(deps, request).finally(() => markDone(deps.db.kysely, request));
    default: {
      const ours = await dropUnrelated(deps, request);
      if (ours && (await storeRequest(deps, ours))) deps.pending.add(afterAnswer(() => workOn(deps, ours)));
      return "";
    }
  }
}

/** Begins once the answer to Slack is on its way. */
async function afterAnswer(work: () => Promise<void>): Promise<void> {
  await setImmediate();
  await work();
}

/** Works on what Slack has had its answer for. A fault leaves it in the inbox, to be taken up again. */
async function workOn(deps: Deps, request: StoredRequest): Promise<void> {
  try {
    await dispatch(deps, request);
    await markDone(deps.db.kysely, request);
  } catch (fault) {
    deps.log.error({ err: fault, type: request.type, id: request.dedupeId }, "a Slack request failed");
  }
}

async function dispatch(deps: Deps, request: StoredRequest): Promise<void> {
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
