import type { Entry } from "../traffic/traffic.ts";
import type { App } from "../workspace/app.ts";

/** A request from Slack to an app, over HTTP or a socket. */
export type Request = {
  /** Determines the app's URL and the format of the body. */
  kind: "event" | "interaction" | "options" | "command";
  /** The name in the log: `block_actions`, `event:app_mention`, `/tocsin`. */
  what: string;
  payload: Record<string, unknown>;
  /** The URL of the slash command: each command has its own. */
  url?: string | undefined;
  retry?: { tries: number; reason: Reason };
  about?: Pick<Entry, "channel" | "ts"> | undefined;
};

/** Why a request failed: the values of `x-slack-retry-reason`, and `no_request_url`. */
export type Reason =
  | "http_timeout"
  | "connection_failed"
  | "http_error"
  | "too_many_redirects"
  | "ssl_error"
  | "unknown_error"
  | "no_request_url";

export type Reply = { ok: true; body: string } | { ok: false; reason: Reason; noRetry?: boolean };

export type Outcome = Reply & { outcome: string };

/** The URL of a request over HTTP; undefined if the app has none. */
export function urlOf({ settings }: App, { kind, url }: Request): string | undefined {
  switch (kind) {
    case "event":
      return settings.requestUrl;
    case "interaction":
      return settings.interactivityUrl;
    case "options":
      return settings.optionsUrl ?? settings.interactivityUrl;
    case "command":
      return url;
    default:
      throw new Error("Unknown kind of request", { cause: kind satisfies never });
  }
}

const form = (fields: Record<string, unknown>) =>
  new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)])).toString();

/** The body of a request over HTTP: JSON for events, a form for commands, otherwise JSON in the field `payload`. */
export function bodyOf({ kind, payload }: Request): { body: string; contentType: string } {
  if (kind === "event") return { body: JSON.stringify(payload), contentType: "application/json" };
  // Without a charset: Bolt compares the whole header.
  const contentType = "application/x-www-form-urlencoded";
  const fields = kind === "command" ? payload : { payload: JSON.stringify(payload) };
  return { body: form(fields), contentType };
}
