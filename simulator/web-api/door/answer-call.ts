import type { Simulator } from "../../simulator.ts";
import { announce } from "../../to-app/announce.ts";
import type { Installation } from "../../workspace/installation.ts";
import type { Answer } from "../answer.ts";
import { openConnection, openConnectionMethod } from "../app-level/open-connection.ts";
import type { Caller } from "../caller.ts";
import { addressee } from "../conversations/reach.ts";
import type { Method } from "../method.ts";
import { methods } from "../methods.ts";
import { authorize, workspaceOf } from "./authorize.ts";

export type Call = { name: string; token: string | undefined; args: Record<string, unknown> };

export type Outcome = {
  answer: Answer;
  method: Method | undefined;
  bot?: Installation;
  retryAfter?: number;
};

const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);

/** Whom a call comes from and what it is about; nothing when its token can't say. */
export function callerOf(simulator: Simulator, { name, token, args }: Call): Caller | undefined {
  const { world } = simulator;
  const bot = world.installations.get(token ?? "");
  const about = {
    teamId: text(args.team_id),
    channel: text(args.channel),
    isOfToken: name.startsWith("auth."),
  };
  const found = bot && workspaceOf(world, bot, about);
  if (!found) return undefined;
  const at = { ...simulator, workspace: found.workspace };
  return { ...found, bot, emit: (event, channel) => announce(at, event, channel) };
}

/** The channel that a call is about, whichever way it was named. */
export function channelOf(caller: Caller | undefined, { args }: Call): string | undefined {
  const channel = text(args.channel);
  return channel && caller ? (addressee(caller, channel)?.id ?? channel) : channel;
}

/** Answers a call of the Web API in Slack's order: method, token, scope, workspace, rate, arguments, work. */
export function answerCall(simulator: Simulator, call: Call, caller: Caller | undefined): Outcome {
  const { world, rates, settings } = simulator;
  if (call.name === openConnectionMethod.name)
    return { method: undefined, answer: openConnection(simulator, call.token) };
  const method = methods.get(call.name);
  if (!method) return { method, answer: { ok: false, error: "unknown_method", req_method: call.name } };
  const bot = authorize(world, { token: call.token, method });
  if ("ok" in bot) return { method, answer: bot };
  if (!caller) return { method, bot, answer: { ok: false, error: "team_access_not_granted" } };
  const place = `${bot.app.id}/${caller.workspace.team.id}`;
  const counted = { method, place, channel: channelOf(caller, call), now: world.now() };
  const retryAfter = settings.rateLimits ? rates.wait(counted) : undefined;
  if (retryAfter !== undefined)
    return { method, bot, retryAfter, answer: { ok: false, error: "ratelimited" } };
  const answer = method.call(caller, call.args);
  // A post that Slack refused doesn't take up the channel's second.
  if (settings.rateLimits && (answer.ok || method.tier !== "special")) rates.count(counted);
  return { method, bot, answer };
}
