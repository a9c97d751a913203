import { keepUnverified } from "../setup/slack-app/arrived/keep-unverified.ts";
import { checkSignature } from "../connect/check-signature.ts";
import { readRequest } from "../slack/request/read-request.ts";
import type { SlackRequest } from "../slack/request/slack-request.ts";
import { requires } from "../api/requires.ts";
import type { App, Deps } from "../api/deps.ts";
import { problem } from "./problem.ts";
import { takeLeftovers } from "../interact/inbox.ts";
import { receive, workOn } from "./slack/receive.ts";

/** Slack sends whole messages along with a click: its bodies are larger than others. */
const bodyLimit = 4 * 1024 * 1024;
const leftoversMs = 10_000;

/** The one address that Slack calls, and the socket over which it calls in Socket Mode. */
export function slackRoutes(app: App, deps: Deps): void {
  const timer = setInterval(() => {
    takeLeftovers(deps.db.kysely).then(
      async (left) => {
        for (const request of left) await workOn(deps, request);
      },
      (fault: unknown) => deps.log.warn({ err: fault }, "leftover Slack requests could not be read"),
    );
  }, leftoversMs);
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
