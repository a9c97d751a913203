import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Simulator } from "../../simulator.ts";
import type { Entry } from "../../traffic/entry.ts";
import { hiddenLinks } from "../../traffic/hidden-links.ts";
import { trimmed } from "../../traffic/traffic.ts";
import { watchDelivery } from "../../traffic/watch-delivery.ts";
import { blocksOf } from "../../workspace/message.ts";
import type { Caller } from "../caller.ts";
import { answerCall, type Call, callerOf, channelOf, type Outcome } from "./answer-call.ts";
import { takeFault } from "./fault.ts";

const fields = z.record(z.string(), z.unknown()).catch({});
const params = z.object({ method: z.string() });

/** The arguments as the log shows them: without the token. */
const shown = ({ token: _secret, ...args }: Call["args"]) => trimmed(JSON.stringify(args));

const bearer = (header: string | undefined) => header?.match(/^Bearer (.+)$/i)?.[1];

function readCall(request: FastifyRequest): Call {
  const args = { ...fields.parse(request.query), ...fields.parse(request.body) };
  const inBody = typeof args.token === "string" ? args.token : undefined;
  return {
    name: params.parse(request.params).method,
    token: bearer(request.headers.authorization) ?? inBody,
    args,
  };
}

// Only such blocks are taken apart for a closer look: nearly all links have a host with a dot.
const mayHide = /"url":"https?:\/\/[^"./]*["/:?#]/;

/** What the log says about a message that was taken: which one, and which buttons nobody will see. */
function noteMessage(caller: Caller | undefined, entry: Entry, { answer }: Outcome): void {
  if (!answer.ok || !caller) return;
  const ts = answer.ts ?? answer.message_ts;
  if (typeof ts !== "string") return;
  entry.ts = ts;
  const message = caller.workspace.channels.get(entry.channel ?? "")?.messages.get(ts);
  if (message?.blocks && mayHide.test(message.blocks)) entry.notes.push(...hiddenLinks(blocksOf(message)));
}

/** Breaks the connection instead of answering. */
function cut(request: FastifyRequest, reply: FastifyReply, entry: Entry) {
  entry.delivered = false;
  request.raw.socket.destroy();
  return reply.hijack();
}

async function handle(simulator: Simulator, request: FastifyRequest, reply: FastifyReply) {
  const { world, traffic, faults, changes } = simulator;
  const call = readCall(request);
  const caller = callerOf(simulator, call);
  const channel = channelOf(caller, call);
  const entry = traffic.open({
    at: world.now(),
    direction: "app to Slack",
    what: call.name,
    channel,
    request: shown(call.args),
  });
  watchDelivery(reply.raw, entry);
  const fault = takeFault(faults, { method: call.name, channel });
  if (fault?.kind === "status") {
    entry.outcome = `HTTP ${fault.status}`;
    if (fault.retryAfter) reply.header("retry-after", fault.retryAfter);
    return reply
      .code(fault.status)
      .send({ ok: false, error: fault.status === 429 ? "ratelimited" : "fault" });
  }
  if (fault?.kind === "dropped") {
    entry.outcome = "dropped on demand";
    return cut(request, reply, entry);
  }
  const outcome: Outcome =
    fault?.kind === "error"
      ? { method: undefined, answer: { ok: false, error: fault.error } }
      : answerCall(simulator, call, caller);
  entry.outcome = outcome.answer.ok ? "ok" : outcome.answer.error;
  noteMessage(caller, entry, outcome);
  changes.bump();
  if (fault?.kind === "slow") await sleep(fault.ms);
  if (fault?.kind === "lost") {
    entry.notes.push("answer lost on demand");
    return cut(request, reply, entry);
  }
  return send(simulator, reply, { entry, outcome });
}

function send(
  simulator: Simulator,
  reply: FastifyReply,
  { entry, outcome }: { entry: Entry; outcome: Outcome },
) {
  const body = JSON.stringify(outcome.answer);
  entry.answer = trimmed(body);
  entry.tookMs = simulator.world.now() - entry.at;
  if (outcome.method) {
    reply.header("x-oauth-scopes", [...(outcome.bot?.scopes ?? [])].join(","));
    reply.header("x-accepted-oauth-scopes", outcome.method.scopes.join(","));
  }
  if (outcome.retryAfter !== undefined) reply.code(429).header("retry-after", outcome.retryAfter);
  return reply.type("application/json; charset=utf-8").send(body);
}

/** The Web API at `/api/<method>`: forms and JSON in, always JSON out. */
export function serveWebApi(server: FastifyInstance, simulator: Simulator): void {
  server.register(async (api) => {
    api.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string" },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body.toString()))),
    );
    api.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
      if ((error.statusCode ?? 500) >= 500) throw error;
      // Slack's words for a body that it can't read: of the wrong type, or cut off.
      reply
        .code(200)
        .send({ ok: false, error: error.statusCode === 415 ? "invalid_post_type" : "request_timeout" });
    });
    api.route({
      method: ["GET", "POST"],
      url: "/api/:method",
      handler: (request, reply) => handle(simulator, request, reply),
    });
  });
}
