import { z } from "zod";
import { eventOriginShape, parseJson, readEventOrigin } from "./origin.ts";
import { readEvent } from "./read-event.ts";
import { readInteraction } from "./read-interaction.ts";
import type { SlackRequest } from "./slack-request.ts";

/** Reads a request whose signature was checked. Never throws. */
export function readRequest(rawBody: string, contentType: string | undefined): SlackRequest {
  const mediaType = contentType?.split(";")[0]?.trim().toLowerCase();
  switch (mediaType) {
    case "application/json":
      return readEnvelope(parseJson(rawBody));
    case "application/x-www-form-urlencoded":
      // PostgreSQL can't store NUL.
      return readForm(new URLSearchParams(rawBody.replace(/%00|\0/g, "%EF%BF%BD")));
    default:
      return { type: "malformed", why: `content type ${mediaType ?? "missing"}` };
  }
}

function readForm(form: URLSearchParams): SlackRequest {
  const payload = form.get("payload");
  if (payload !== null) return readInteraction(parseJson(payload));
  if (form.get("ssl_check") === "1") return { type: "ssl_check" };
  if (form.has("command")) return readSlashCommand(fieldsOf(form));
  return { type: "malformed", why: "a form with neither payload nor command" };
}

/** PostgreSQL can't store NUL. A form can't hold lone surrogates. */
function fieldsOf(form: URLSearchParams): Record<string, string> {
  return Object.fromEntries([...form].map(([name, value]) => [name, value.replaceAll("\0", "\ufffd")]));
}

const verification = z.object({ type: z.literal("url_verification"), challenge: z.string() });
const callback = eventOriginShape.extend({
  type: z.literal("event_callback"),
  event_id: z.string().min(1),
  api_app_id: z.string().nullish(),
  event: z.unknown(),
});
const typeShape = z.object({ type: z.string() });

/** Reads an Events API envelope. Slack sends an event up to four times with the same `event_id`. */
export function readEnvelope(body: unknown): SlackRequest {
  const challenge = verification.safeParse(body);
  if (challenge.success) return challenge.data;
  const envelope = callback.safeParse(body);
  if (!envelope.success) return unreadable(body);
  const { type, event_id: dedupeId, api_app_id } = envelope.data;
  const event = readEvent(envelope.data.event);
  if (!event) return { type: "malformed", why: "an event without a type" };
  return { ...readEventOrigin(envelope.data), type, dedupeId, appId: api_app_id ?? null, event };
}

function unreadable(body: unknown): SlackRequest {
  const name = typeShape.safeParse(body);
  const type = name.success ? name.data.type : null;
  if (type === null) return { type: "malformed", why: "JSON without a type" };
  if (type === "event_callback" || type === "url_verification") return { type: "malformed", why: type };
  return { type: "unknown", name: type };
}

const id = z.string().min(1);
const commandShape = z.object({
  command: id,
  text: z.string().default(""),
  user_id: id,
  team_id: id.nullish(),
  enterprise_id: id.nullish(),
  is_enterprise_install: z.string().nullish(),
  channel_id: id,
  trigger_id: id,
  response_url: z.string().nullish(),
});

export function readSlashCommand(fields: Record<string, string>): SlackRequest {
  const read = commandShape.safeParse(fields);
  if (!read.success) return { type: "malformed", why: `slash command: ${z.prettifyError(read.error)}` };
  const command = read.data;
  return {
    type: "slash_command",
    dedupeId: command.trigger_id,
    triggerId: command.trigger_id,
    userId: command.user_id,
    userTeamId: command.team_id ?? null,
    teamId: command.team_id ?? null,
    enterpriseId: command.enterprise_id ?? null,
    orgInstall: command.is_enterprise_install === "true",
    channelId: command.channel_id,
    responseUrl: command.response_url ?? null,
    command: command.command,
    text: command.text,
  };
}
