import { z } from "zod";
import { type DoubleAnswer, startDouble } from "./http-double.ts";

/** What PagerDuty has made of the events of one `dedup_key`. */
export interface Incident {
  state: "triggered" | "acknowledged" | "resolved";
  /** How often somebody was paged: a trigger for an open incident pages nobody. */
  pages: number;
  // biome-ignore lint/suspicious/noExplicitAny: stories read any body, and fail on a missing field.
  trigger: any;
}

const maxBytes = 512 * 1024;
const loose = z.looseObject({
  routing_key: z.unknown(),
  event_action: z.unknown(),
  dedup_key: z.string().max(255).optional(),
  payload: z.looseObject({}).optional(),
});

/** PagerDuty's Events API v2: it refuses what the real one refuses, in the same words. */
export async function startPagerDuty(keys: string[]) {
  const incidents = new Map<string, Incident>();
  const actions: string[] = [];
  let throttled = 0;
  const double = await startDouble(({ path, text }): DoubleAnswer => {
    if (path !== "POST /v2/enqueue") return { status: 404 };
    if (throttled > 0) {
      throttled -= 1;
      const message = "Requests for this service are arriving too quickly.  Please retry later.";
      return { status: 429, body: { status: "throttle exceeded", message } };
    }
    if (Buffer.byteLength(text) > maxBytes) return { status: 413, body: { message: "Payload too large" } };
    const event = loose.parse(JSON.parse(text));
    const errors = faultsOf(event, keys);
    if (errors.length > 0)
      return { status: 400, body: { status: "invalid event", message: "Event object is invalid", errors } };
    const key = event.dedup_key ?? "";
    actions.push(`${event.event_action}`);
    take(incidents, key, event);
    return { status: 202, body: { status: "success", message: "Event processed", dedup_key: key } };
  });
  return {
    ...double,
    incidents,
    /** The accepted actions, in order. */
    actions,
    throttle(times: number) {
      throttled = times;
    },
    /** A service or its integration was removed. */
    removeKey(key: string) {
      keys.splice(keys.indexOf(key), 1);
    },
    addKey: (key: string) => keys.push(key),
  };
}

const actionNames = ["trigger", "acknowledge", "resolve"];
const severities = ["critical", "warning", "error", "info"];

function faultsOf(event: z.infer<typeof loose>, keys: readonly string[]): string[] {
  const { routing_key: key, event_action: action, dedup_key: dedup, payload = {} } = event;
  if (typeof key !== "string" || key === "") return ["'routing_key' is missing or blank"];
  const errors: string[] = [];
  if (key.length !== 32) errors.push("Length of 'routing_key' is incorrect (should be 32 characters)");
  if (!/^[0-9a-z]*$/i.test(key)) errors.push("'routing_key' cannot contain non-alphanumeric characters.");
  if (errors.length === 0 && !keys.includes(key)) errors.push("Invalid routing key");
  if (typeof action !== "string" || !actionNames.includes(action))
    errors.push("'event_action' is invalid (must be one of 'trigger', 'acknowledge' or 'resolve')");
  if (action !== "trigger") return dedup ? errors : [...errors, "'dedup_key' is missing or blank"];
  for (const name of ["summary", "source", "severity"])
    if (typeof payload[name] !== "string" || payload[name] === "")
      errors.push(`'payload.${name}' is missing or blank`);
  if (String(payload.summary).length > 1024) errors.push("'payload.summary' is too long");
  if (!severities.includes(String(payload.severity)))
    errors.push(
      "'payload.severity' is invalid (must be one of the following: 'critical', 'warning', 'error' or 'info')",
    );
  return errors;
}

function take(incidents: Map<string, Incident>, key: string, event: z.infer<typeof loose>): void {
  const known = incidents.get(key);
  const isOpen = known && known.state !== "resolved";
  if (event.event_action === "trigger") {
    if (isOpen) known.trigger = event;
    else incidents.set(key, { state: "triggered", pages: (known?.pages ?? 0) + 1, trigger: event });
  } else if (isOpen) {
    known.state = event.event_action === "resolve" ? "resolved" : "acknowledged";
  }
}
