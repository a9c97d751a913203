import { z } from "zod";
import { parseJson } from "../parse-json.ts";
import { readInteraction } from "../request/read-interaction.ts";
import { readEnvelope } from "../request/read-request.ts";
import { readSlashCommand } from "../request/read-slash-command.ts";
import type { SlackRequest } from "../request/slack-request.ts";

/** What Slack says over a socket. https://docs.slack.dev/apis/events-api/using-socket-mode */
export type SocketMessage =
  /** The connection is ready, and the app has so many of them. */
  | { kind: "hello" }
  /** The connection is about to end, or Socket Mode was switched off (`link_disabled`). */
  | { kind: "disconnect"; reason: string }
  | { kind: "request"; envelopeId: string; takesAnswer: boolean; request: SlackRequest }
  | { kind: "unreadable" };

const disconnect = z.object({ type: z.literal("disconnect"), reason: z.string().default("unknown") });
const envelope = z.object({
  type: z.enum(["events_api", "interactive", "slash_commands"]),
  envelope_id: z.string().min(1),
  accepts_response_payload: z.boolean().default(false),
  payload: z.unknown(),
});
const form = z.record(z.string(), z.unknown());

/** Reads one message of a socket. Never throws, whatever comes in. */
export function readSocketMessage(text: string): SocketMessage {
  const message = parseJson(text);
  if (z.object({ type: z.literal("hello") }).safeParse(message).success) return { kind: "hello" };
  const ending = disconnect.safeParse(message);
  if (ending.success) return { kind: "disconnect", reason: ending.data.reason };
  const read = envelope.safeParse(message);
  if (!read.success) return { kind: "unreadable" };
  const { envelope_id: envelopeId, accepts_response_payload: takesAnswer, type, payload } = read.data;
  return { kind: "request", envelopeId, takesAnswer, request: requestOf(type, payload) };
}

function requestOf(type: z.output<typeof envelope>["type"], payload: unknown): SlackRequest {
  switch (type) {
    case "events_api":
      return readEnvelope(payload);
    case "interactive":
      return readInteraction(payload);
    case "slash_commands": {
      const fields = form.safeParse(payload);
      if (!fields.success) return { type: "malformed", why: "a command that is no object" };
      const texts = Object.entries(fields.data).map(([name, value]) => [name, String(value)]);
      return readSlashCommand(Object.fromEntries(texts));
    }
    default:
      return type satisfies never;
  }
}
