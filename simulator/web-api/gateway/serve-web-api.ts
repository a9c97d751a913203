import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { isHiddenLink } from "../../block-kit/controls.ts";
import { elementsOf } from "../../block-kit/rules.ts";
import type { Block } from "../../block-kit/schema/block.ts";
import type { Simulator } from "../../simulator.ts";
import { type Entry, trimmed } from "../../traffic/traffic.ts";
import { watchDelivery } from "../../traffic/watch-delivery.ts";
import { blocksOf } from "../../workspace/message.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { refuse } from "../answer.ts";
import { postScheduled } from "../chat/post-scheduled.ts";
import { answerCall, type Call, callerOf, channelOf, type Outcome } from "./answer-call.ts";
import { takeFault } from "./fault.ts";
import { argumentNameError, type BodyWarning, readBody, withWarning } from "./read-body.ts";

const fields = z.record(z.string(), z.unknown()).catch({});
const params = z.object({ method: z.string() });

/** The arguments as logged, without the token. */
const loggedArgs = ({ token: _secret, ...args }: Call["args"]) => trimmed(JSON.stringify(args));

/** Client ID and secret from HTTP Basic authentication, which `oauth.v2.access` accepts. */
function basic(header: string | undefined): Call["args"] {
  const [, encoded] = header?.match(/^Basic (.+)$/i) ?? [];
  const [id, secret] = Buffer.from(encoded ?? "", "base64")
    .toString()
    .split(":");
  return encoded === undefined ? {} : { client_id: id, client_secret: secret };
}

const bearer = (header: string | undefined) => header?.match(/^Bearer (.+)$/i)?.[1];

const emptyBody = Buffer.alloc(0);

/** Reads a call. If the body is invalid, `unreadable` is the refusal and `call` has the readable rest for the log. */
async function readCall({ method, headers, query, body, params: path }: FastifyRequest) {
  const inUrl = fields.parse(query);
  const read = await readBody(headers["content-type"], Buffer.isBuffer(body) ? body : emptyBody);
  const given = read.ok ? read.fields : {};
  const args = { ...inUrl, ...given, ...basic(headers.authorization) };
  // With a JSON body, the token has to be in the header.
  const isJson = headers["content-type"]?.includes("json") ?? false;
  const bodyToken = typeof args.token === "string" && !isJson ? args.token : undefined;
  const token = bearer(headers.authorization) ?? bodyToken;
  const call: Call = { name: params.parse(path).method, token, args, isPost: method === "POST" };
  const badName = argumentNameError(Object.keys(args));
  if (!read.ok) return { call, unreadable: read, warning: undefined };
  return { call, unreadable: badName ? refuse(badName) : undefined, warning: read.warning };
}

// Cheap check before parsing the blocks: almost all links have a host with a dot.
const dotlessHost = /"url":"https?:\/\/[^"./]*["/:?#]/;

/** Adds to the log entry which message was posted, and which of its buttons Slack hides. */
function logMessage(workspace: Workspace | undefined, entry: Entry, { answer }: Outcome): void {
  if (!answer.ok || !workspace) return;
  const ts = answer.ts ?? answer.message_ts;
  if (typeof ts !== "string") return;
  entry.ts = ts;
  const message = workspace.channels.get(entry.channel ?? "")?.messages.get(ts);
  if (message?.blocks && dotlessHost.test(message.blocks))
    entry.notes.push(...hiddenLinks(blocksOf(message)));
}

/** Closes the connection without an answer. */
function cut(request: FastifyRequest, reply: FastifyReply, entry: Entry) {
  entry.delivered = false;
  request.raw.socket.destroy();
  return reply.hijack();
}

async function handle(simulator: Simulator, request: FastifyRequest, reply: FastifyReply) {
  const { world, traffic, faults, changeFeed } = simulator;
  const { call, unreadable, warning } = await readCall(request);
  postScheduled(simulator);
  const found = callerOf(simulator, call);
  const channel = channelOf(found, call);
  const entry = traffic.open({
    at: world.now(),
    direction: "app to Slack",
    what: call.name,
    channel,
    request: loggedArgs(call.args),
  });
  watchDelivery(reply.raw, entry);
  const fault = takeFault(faults, { method: call.name, channel, args: call.args });
  if (fault?.kind === "status") {
    entry.outcome = `HTTP ${fault.status}`;
    if (fault.retryAfter) reply.header("retry-after", fault.retryAfter);
    if (fault.html) return reply.code(fault.status).type("text/html").send(fault.html);
    return reply
      .code(fault.status)
      .send({ ok: false, error: fault.status === 429 ? "ratelimited" : "fault" });
  }
  if (fault?.kind === "dropped") {
    entry.outcome = "dropped on demand";
    return cut(request, reply, entry);
  }
  const refused = unreadable ?? (fault?.kind === "error" ? refuse(fault.error) : undefined);
  const outcome = refused ? { method: undefined, answer: refused } : answerCall(simulator, call, found);
  entry.outcome = outcome.answer.ok ? "ok" : outcome.answer.error;
  logMessage(found?.ok ? found.caller.workspace : undefined, entry, outcome);
  changeFeed.bump();
  if (fault?.kind === "slow") await sleep(fault.ms);
  if (fault?.kind === "held") await new Promise<void>((release) => simulator.held.push(release));
  if (fault?.kind === "lost") {
    entry.notes.push("answer lost on demand");
    return cut(request, reply, entry);
  }
  const hideScopes = fault?.kind === "without-scopes-header";
  return send(simulator, reply, { entry, outcome, warning, hideScopes });
}

interface Sent {
  entry: Entry;
  outcome: Outcome;
  warning: BodyWarning | undefined;
  hideScopes: boolean;
}

function send(simulator: Simulator, reply: FastifyReply, { entry, outcome, warning, hideScopes }: Sent) {
  const body = JSON.stringify(withWarning(outcome.answer, warning));
  entry.answer = trimmed(body);
  entry.tookMs = simulator.world.now() - entry.at;
  if (outcome.method && !hideScopes) {
    reply.header("x-oauth-scopes", [...(outcome.bot?.scopes ?? [])].join(","));
    reply.header("x-accepted-oauth-scopes", outcome.method.scopes.join(","));
  }
  if (outcome.retryAfter !== undefined) reply.code(429).header("retry-after", outcome.retryAfter);
  return reply.type("application/json; charset=utf-8").send(body);
}

/** Serves the Web API at `/api/<method>`. Takes forms and JSON, answers JSON. */
export function serveWebApi(server: FastifyInstance, simulator: Simulator): void {
  server.register(async (api) => {
    // The handler parses bodies itself to answer with Slack's errors.
    api.removeAllContentTypeParsers();
    api.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
    api.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
      if ((error.statusCode ?? 500) >= 500) throw error;
      // The body is too long or was cut off.
      reply.code(200).send(refuse("request_timeout"));
    });
    api.route({
      method: ["GET", "POST"],
      url: "/api/:method",
      handler: (request, reply) => handle(simulator, request, reply),
    });
  });
}

/** One note for each button that Slack hides. */
const hiddenLinks = (blocks: readonly Block[]): string[] =>
  blocks
    .flatMap(elementsOf)
    .flatMap(({ element }) =>
      element.type === "button" && element.url && isHiddenLink(element.url)
        ? [`Slack hides the button "${element.text.text}": the host of ${element.url} has no dot`]
        : [],
    );
