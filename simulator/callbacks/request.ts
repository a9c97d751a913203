import type { Entry } from "../traffic/traffic.ts";
import type { App } from "../workspace/app.ts";

/** Something that Slack tells an app, before it is known which way it goes. */
export type Request = {
  /** Which of the app's addresses it goes to, and in which form. */
  kind: "event" | "interaction" | "options" | "command";
  /** For the log: `block_actions`, `event:app_mention`, `/tocsin`. */
  what: string;
  payload: Record<string, unknown>;
  /** The address of a slash command, which has its own. */
  url?: string | undefined;
  retry?: { tries: number; reason: Reason };
  about?: Pick<Entry, "channel" | "ts"> | undefined;
};

/** Why an app wasn't reached, in the words of `x-slack-retry-reason` where Slack has one. */
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

/** Where a request goes over HTTP; nothing where the app named no address. */
export function addressOf({ settings }: App, { kind, url }: Request): string | undefined {
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
      throw new Error("A request of no known kind", { cause: kind satisfies never });
  }
}

const form = (fields: Record<string, unknown>) =>
  new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)])).toString();

/** The body of a request over HTTP: events as JSON, commands as a form, the others in a form's one field. */
export function bodyOf({ kind, payload }: Request): { body: string; contentType: string } {
  if (kind === "event") return { body: JSON.stringify(payload), contentType: "application/json" };
  // Exactly this, with no charset: Bolt compares the header as a whole.
  const contentType = "application/x-www-form-urlencoded";
  const fields = kind === "command" ? payload : { payload: JSON.stringify(payload) };
  return { body: form(fields), contentType };
}
