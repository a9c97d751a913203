import type { IncomingMessage } from "node:http";
import { setImmediate } from "node:timers/promises";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { App, Deps } from "../api/deps.ts";
import { type Problem, problem } from "../api/problem.ts";
import { requires } from "../api/requires.ts";
import { checkSignature, keepUnverified, maxKeptBytes } from "../connect/check-signature.ts";
import {
  answerOfFirst,
  claimLeftovers,
  forget,
  markDone,
  type StoredRequest,
  storeRequest,
} from "../interact/inbox.ts";
import { notices } from "../interact/notices.ts";
import { onAction } from "../interact/on-action.ts";
import { onClosed, onSubmission, pressAgain } from "../interact/on-submission.ts";
import { openUnprovenBodies } from "../people/unproven-bodies.ts";
import { SlackFault } from "../slack/client/slack-fault.ts";
import { readRequest } from "../slack/request/read-request.ts";
import type { SlackRequest, ViewSubmission } from "../slack/request/slack-request.ts";
import { type Claim, readClaim } from "../slack/verify-signature.ts";
import { onCommand } from "../triage/command/on-command.ts";
import { onShortcut } from "../triage/mirror/keep-dialog.ts";
import { dropUnrelated } from "../triage/mirror/on-message.ts";
import { noteStale } from "../watch/stale-requests.ts";
import { onEvent } from "./slack-events.ts";
import { slackFeatures } from "./slack-features.ts";

/** Larger than for the API, since Slack sends the whole message with a click. */
const bodyLimit = 4 * 1024 * 1024;
/** A `url_verification` has about 150 bytes. */
const challengeBytes = 4096;

/** Receives Slack's requests at `/slack/events`, or over the socket in Socket Mode. */
export function slackRoutes(app: App, deps: Deps): void {
  const timer = setInterval(() => {
    claimLeftovers(deps).then(
      async (left) => {
        for (const request of left) await handleStored(deps, request);
      },
      (fault: unknown) => deps.log.warn({ err: fault }, "leftover Slack requests could not be read"),
    );
  }, deps.pace.inboxCheck * 1000);
  app.addHook("onListen", async () => deps.socketMode.start((request) => receive(deps, request)));
  app.addHook("preClose", async () => {
    clearInterval(timer);
    await deps.socketMode.close();
  });
  app.register(async (scope) => {
    const unproven = openUnprovenBodies();
    const noteAge = openStaleNotes(deps);
    scope.removeAllContentTypeParsers();
    // The signature is computed over the raw bytes.
    scope.addContentTypeParser("*", (request: FastifyRequest, body: IncomingMessage) => {
      return unproven.read(request, body, allowed(request, readClaim(request.headers, deps.clock())));
    });
    scope.post(
      "/slack/events",
      {
        ...requires("anyone", { unaudited: "Each action in Slack writes its own entry." }),
        schema: { hide: true },
      },
      async (request) => {
        const rawBody = pieces.parse(request.body);
        return receive(deps, await verifyRequest(deps, rawBody, request.headers, noteAge));
      },
    );
  });
}

const pieces = z.array(z.instanceof(Buffer)).catch([]);

/** Without a signature that can be Slack's only a challenge is read. */
function allowed({ headers }: FastifyRequest, claim: Claim): { limit: number; tooLarge: Problem } {
  const isLarge = Number(headers["content-length"] ?? 0) > bodyLimit;
  if (isLarge || !("why" in claim))
    return {
      limit: bodyLimit,
      tooLarge: problem(413, `The body is larger than ${bodyLimit / 1024 / 1024} MiB.`),
    };
  return { limit: challengeBytes, tooLarge: notSigned(claim.why) };
}

const staleNoteMs = 1000;

/** Notes the ages of requests that Slack signed at another time, one a second at most. */
function openStaleNotes({ db, clock, pending }: Deps): (age: number) => void {
  let last = 0;
  return (age) => {
    const now = clock().getTime();
    if (Math.abs(now - last) < staleNoteMs) return;
    last = now;
    pending.add(noteStale(db.kysely, age));
  };
}

function notSigned(why: string): Problem {
  return problem(401, `The request is not signed by Slack: ${why.replaceAll("_", " ")}.`);
}

type Headers = Record<string, string | string[] | undefined> & { "content-type"?: string };

/** Verifies before it parses: parsing an unsigned body would stop everybody else. */
async function verifyRequest(
  deps: Deps,
  rawBody: readonly Buffer[],
  headers: Headers,
  noteAge: (age: number) => void,
): Promise<SlackRequest> {
  const parts = { db: deps.db, vault: deps.slack.vault };
  const check = await checkSignature(parts, { headers, rawBody, now: deps.clock() });
  const read = () => readRequest(Buffer.concat(rawBody).toString("utf8"), headers["content-type"]);
  if (check.ok) return read();
  if (check.why === "stale") noteAge(check.age);
  if (check.why === "no_secret" || check.why === "mismatch") await keepForCheck(deps, rawBody, headers);
  // Answered before the setup is complete. Harmless, since the answer only repeats the challenge.
  const unsigned = bytesOf(rawBody) <= challengeBytes ? read() : null;
  if (unsigned?.type === "url_verification") return unsigned;
  throw notSigned(check.why);
}

/** Keeps the request to check a signing secret that is typed later against it. */
async function keepForCheck(deps: Deps, rawBody: readonly Buffer[], headers: Headers): Promise<void> {
  const { "x-slack-signature": signature, "x-slack-request-timestamp": timestamp } = headers;
  if (typeof signature !== "string" || typeof timestamp !== "string") return;
  if (bytesOf(rawBody) > maxKeptBytes) return;
  const parts = { db: deps.db, vault: deps.slack.vault };
  await keepUnverified(parts, { at: deps.clock(), timestamp, signature, rawBody: Buffer.concat(rawBody) });
}

function bytesOf(pieces: readonly Buffer[]): number {
  return pieces.reduce((total, piece) => total + piece.length, 0);
}

/** Stores and handles a request of Slack. Returns the answer for Slack. */
async function receive(deps: Deps, request: SlackRequest): Promise<unknown> {
  switch (request.type) {
    case "url_verification":
      return { challenge: request.challenge };
    case "malformed":
      throw problem(400, `The request is not one of Slack's: ${request.why}.`);
    case "ssl_check":
    case "unknown":
    case "block_suggestion":
      return {};
    case "view_submission":
      return receiveSubmission(deps, request);
    default: {
      const relevant = await dropUnrelated(deps, request);
      if (relevant && (await storeRequest(deps, relevant)))
        deps.pending.add(afterAnswer(() => handleStored(deps, relevant)));
      return "";
    }
  }
}

/** Slack shows an error of its own after 3 s. */
const lookupMs = 1500;

/** Handles each submission once, however often its button is pressed: later presses get the answer of the first. */
async function receiveSubmission(deps: Deps, request: ViewSubmission): Promise<unknown> {
  if (!(await storeRequest(deps, request)))
    return (await answerOfFirst(deps, request)) ?? pressAgain(request, notices.stillHandled);
  try {
    const answer = await onSubmission(deps, slackFeatures.dialogs, request, performance.now() + lookupMs);
    // These leave the view open with its hash, and have changed nothing.
    const stays = "response_action" in answer && ["errors", "push"].includes(answer.response_action);
    if (stays) await forget(deps.db.kysely, request);
    else await markDone(deps.db.kysely, request, answer);
    return answer;
  } catch (fault) {
    await forget(deps.db.kysely, request);
    if (!(fault instanceof SlackFault)) throw fault;
    deps.log.warn({ error: fault.code, method: fault.method }, "dialog submission failed");
    return pressAgain(request, notices.pressAgain);
  }
}

/** Starts the work once the answer to Slack is being sent. */
async function afterAnswer(work: () => Promise<void>): Promise<void> {
  await setImmediate();
  await work();
}

/** Handles a request that Slack already got an answer for. After a fault it stays in the inbox and is retried. */
async function handleStored(deps: Deps, request: StoredRequest): Promise<void> {
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
      return onAction(deps, slackFeatures, request);
    case "event_callback":
      return onEvent(deps, request);
    case "view_closed":
      return onClosed(deps, request);
    case "view_submission":
      // Left behind by a dead process: nobody waits for the answer, so the lookups may take their time.
      await onSubmission(deps, slackFeatures.dialogs, request);
      return;
    case "message_action":
      return onShortcut(deps, request);
    case "slash_command":
      return onCommand(deps, request);
    default:
      return request satisfies never;
  }
}
