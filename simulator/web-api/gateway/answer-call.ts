import { exchangeCode, exchangeCodeMethod } from "../../apps/oauth/exchange-code.ts";
import { announce } from "../../callbacks/announce.ts";
import type { Simulator } from "../../simulator.ts";
import type { Installation } from "../../workspace/installation.ts";
import type { Condition } from "../../workspace/workspace.ts";
import { type Answer, type CommonError, type Refused, refuse } from "../answer.ts";
import {
  needsConfigurationToken,
  openConnection,
  openConnectionMethod,
  refuseConfiguration,
} from "../apps.ts";
import type { Caller } from "../caller.ts";
import { resolveTarget } from "../conversations/find-conversation.ts";
import type { Method } from "../method.ts";
import { methods } from "../methods.ts";
import { authorize, workspaceOf } from "./authorize.ts";

export type Call = {
  name: string;
  token: string | undefined;
  args: Record<string, unknown>;
  isPost: boolean;
};

export type Outcome = {
  answer: Answer;
  method: Method | undefined;
  bot?: Installation;
  retryAfter?: number;
};

type CallerResult = { ok: true; caller: Caller } | Refused | undefined;

/** The caller and workspace of a call, or a refusal; undefined if the token is unknown. */
export function callerOf(simulator: Simulator, { name, token, args }: Call): CallerResult {
  const { world } = simulator;
  const bot = world.installations.get(token ?? "");
  if (!bot) return undefined;
  const found = workspaceOf(world, bot, { about: args, method: methods.get(name) });
  if (!found.ok) return found;
  const at = { ...simulator, workspace: found.workspace };
  const emit: Caller["emit"] = (event, channel) => announce(at, event, channel);
  return { ok: true, caller: { workspace: found.workspace, bot, origin: simulator.origin, emit } };
}

/** The ID of the channel that a call is about, even if the call names it otherwise. */
export function channelOf(found: CallerResult, { args }: Call): string | undefined {
  const channel = typeof args.channel === "string" && args.channel !== "" ? args.channel : undefined;
  return channel && found?.ok ? (resolveTarget(found.caller, channel)?.id ?? channel) : channel;
}

/** Answers `api.test`, which takes no token: repeats the arguments, and with `error` refuses with that code. */
function apiTest({ token: _, ...given }: Record<string, unknown>): Answer {
  const args = Object.keys(given).length > 0 ? { args: given } : {};
  return typeof given.error === "string" && given.error !== ""
    ? { ok: false, error: given.error, ...args }
    : { ok: true, ...args };
}

/** Answers a Web API call. Checks run in Slack's order: method, token, scope, workspace, rate limit, arguments. */
export function answerCall(simulator: Simulator, call: Call, found: CallerResult): Outcome {
  const { world } = simulator;
  if (call.name === openConnectionMethod.name)
    return { method: undefined, answer: openConnection(simulator, call) };
  if (needsConfigurationToken(call.name))
    return { method: undefined, answer: refuseConfiguration(world, call.token) };
  if (call.name === "api.test") return { method: undefined, answer: apiTest(call.args) };
  if (call.name === exchangeCodeMethod.name)
    return { method: undefined, answer: exchangeCode(simulator, call.args) };
  const method = methods.get(call.name);
  if (!method) return { method, answer: { ok: false, error: "unknown_method", req_method: call.name } };
  const bot = authorize(world, { token: call.token, method });
  if ("ok" in bot) return { method, answer: bot };
  if (!found?.ok) return { method, bot, answer: found ?? refuse("invalid_auth") };
  const { condition } = found.caller.workspace.limits;
  if (condition !== "well" && condition !== "failing_late")
    return { method, bot, answer: refuse(conditionError[condition]) };
  const outcome = runMethod(simulator, { call, caller: found.caller, method });
  const breaks = condition === "failing_late" && outcome.answer.ok;
  return { bot, ...outcome, ...(breaks && { answer: refuse(conditionError[condition]) }) };
}

type Checked = { call: Call; caller: Caller; method: Method };

function runMethod({ rates, settings, world }: Simulator, { call, caller, method }: Checked): Outcome {
  const { team, limits } = caller.workspace;
  const counted = {
    method,
    callerKey: `${caller.bot.app.id}/${team.id}`,
    channel: channelOf({ ok: true, caller }, call),
    messagesPerMinute: limits.messagesPerMinute,
    now: world.now(),
  };
  const wait = settings.rateLimits ? rates.wait(counted) : undefined;
  if (wait) return { method, retryAfter: wait.seconds, answer: refuse(wait.error) };
  const answer = method.call(caller, call.args);
  // A refused post doesn't count towards the channel's one message per second.
  if (settings.rateLimits && (answer.ok || method.tier !== "special")) rates.count(counted);
  return { method, answer };
}

/** The answer to every call about a workspace in one of these states. */
const conditionError = {
  joining_organisation: "team_added_to_org",
  moved_to_organisation: "org_login_required",
  out_of_service: "service_unavailable",
  failing: "internal_error",
  failing_late: "fatal_error",
} as const satisfies Record<Exclude<Condition, "well">, CommonError>;
