import { readRequest } from "../../slack/request/read-request.ts";
import { verifySignature } from "../../slack/verify-signature.ts";
import { redrawCard } from "../../triage/redraw-card.ts";
import { requires } from "../access/requires.ts";
import type { App, Deps } from "../deps.ts";
import { problem } from "../problem.ts";
import { type Kept, keep, markDone, takeLeftovers } from "./inbox.ts";
import { onAction } from "./on-action.ts";
import { onEvent } from "./on-event.ts";
import { onSubmission } from "./on-submission.ts";

/** Slack sends whole messages along with a click: its bodies are larger than others. */
const bodyLimit = 4 * 1024 * 1024;
const leftoversMs = 10_000;

/** The one address that Slack calls. */
export function slackRoutes(app: App, deps: Deps): void {
  const timer = setInterval(() => {
    takeLeftovers(deps.db.kysely).then(
      async (left) => {
        for (const request of left) await work(deps, request);
      },
      (fault: unknown) => deps.log.warn({ err: fault }, "leftover Slack requests could not be read"),
    );
  }, leftoversMs);
  app.addHook("onClose", async () => clearInterval(timer));
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
      return receive(deps, rawBody, request.headers);
    });
  });
}

async function receive(
  deps: Deps,
  rawBody: Buffer,
  headers: Record<string, string | string[] | undefined> & { "content-type"?: string },
): Promise<unknown> {
  const request = readRequest(rawBody.toString("utf8"), headers["content-type"]);
  // Answered before set-up is complete, and harmless: it says only what it was told.
  if (request.type === "url_verification") return { challenge: request.challenge };
  const secret = await deps.slack.signingSecret();
  const check = verifySignature({ secret: secret ?? "", headers, rawBody, now: deps.clock() });
  if (!check.ok) throw problem(401, `This is not signed as Slack signs: ${check.why.replaceAll("_", " ")}.`);
  switch (request.type) {
    case "malformed":
      throw problem(400, `Slack doesn't send this: ${request.why}.`);
    case "ssl_check":
    case "unknown":
    case "block_suggestion":
      return {};
    case "view_submission":
      if (!(await keep(deps.db.kysely, request))) return {};
      return onSubmission(deps, request).finally(() => markDone(deps.db.kysely, request));
    default:
      if (await keep(deps.db.kysely, request)) setImmediate(() => void work(deps, request));
      return "";
  }
}

/** Works on what Slack has had its answer for. A fault leaves it in the inbox, to be taken up again. */
async function work(deps: Deps, request: Kept): Promise<void> {
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
      const { channel: channelId, ts } = request.memory ?? { channel: null, ts: null };
      if (channelId && ts) await redrawCard(deps.db.kysely, { channelId, ts });
      return deps.wake();
    }
    case "view_submission":
      await onSubmission(deps, request);
      return;
    case "message_action":
    case "slash_command":
      return;
    default:
      return request satisfies never;
  }
}
