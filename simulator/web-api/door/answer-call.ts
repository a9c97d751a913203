import type { Simulator } from "../../simulator.ts";
import type { Answer } from "../answer.ts";
import { addressee } from "../conversations/reach.ts";
import type { Method } from "../method.ts";
import { methods } from "../methods.ts";
import { authorize } from "./authorize.ts";

export type Call = { name: string; token: string | undefined; args: Record<string, unknown> };

export type Outcome = { answer: Answer; method: Method | undefined; retryAfter?: number };

/** The channel that a call is about, whichever way it was named. */
export function channelOf({ workspace }: Simulator, { args }: Call): string | undefined {
  const { channel } = args;
  return typeof channel === "string" ? (addressee(workspace, channel)?.id ?? channel) : undefined;
}

/** Answers a call of the Web API in Slack's order: method, token, scope, rate, arguments, work. */
export function answerCall(simulator: Simulator, call: Call): Outcome {
  const { workspace, rates, settings } = simulator;
  const method = methods.get(call.name);
  if (!method) return { method, answer: { ok: false, error: "unknown_method", req_method: call.name } };
  const closed = authorize(workspace.app, call.token, method);
  if (closed) return { method, answer: closed };
  const counted = { method, channel: channelOf(simulator, call), now: workspace.now() };
  const retryAfter = settings.rateLimits ? rates.wait(counted) : undefined;
  if (retryAfter !== undefined) return { method, retryAfter, answer: { ok: false, error: "ratelimited" } };
  const answer = method.call(workspace, call.args);
  // A post that Slack refused doesn't take up the channel's second.
  if (settings.rateLimits && (answer.ok || method.tier !== "special")) rates.count(counted);
  return { method, answer };
}
