import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { deleteMessage } from "../changes/messages.ts";
import type { Scene, Simulator } from "../simulator.ts";
import { trimmed } from "../traffic/traffic.ts";
import { readContent } from "../web-api/chat/message-content.ts";
import type { ResponseUrl } from "../workspace/workspace.ts";
import { addMessage, editMessage, removeMessage } from "../workspace/write-message.ts";
import { type At, at } from "./announce.ts";
import { messageChanged, messagePosted } from "./message-events.ts";

const uses = 5;
const lifeMs = 30 * 60_000;

type About = Pick<ResponseUrl, "installation" | "user" | "channel" | "messageTs">;

/** A new address through which the app may answer what a person just did. */
export function makeResponseUrl({ workspace, origin }: Scene, about: About): string {
  const { team, responseUrls, now, makeId } = workspace;
  for (const [key, { issuedAt }] of responseUrls) if (now() - issuedAt > 2 * lifeMs) responseUrls.delete(key);
  const path = `/actions/${team.id}/${makeId("")}/${crypto.randomUUID()}`;
  responseUrls.set(path, { ...about, issuedAt: now(), uses: 0 });
  return origin + path;
}

const answer = z.object({
  text: z.string().optional(),
  blocks: z.unknown().optional(),
  response_type: z.enum(["ephemeral", "in_channel"]).default("ephemeral"),
  replace_original: z.boolean().default(false),
  delete_original: z.boolean().default(false),
  thread_ts: z.string().optional(),
});

/** Does what the app asked for; gives Slack's error code when it can't. */
function respond(here: At, grant: ResponseUrl, given: z.output<typeof answer>): string | undefined {
  const { workspace, emit } = here;
  const channel = workspace.channels.get(grant.channel);
  const original = channel?.messages.get(grant.messageTs ?? "");
  if (!channel) return "channel_not_found";
  if (given.delete_original) {
    if (!original) return undefined;
    if (original.visibleTo) removeMessage(channel, original);
    else emit(deleteMessage(workspace, channel, original), channel);
    return undefined;
  }
  const content = readContent(workspace, given);
  if (!content.ok) return content.error;
  const { text, blocks } = content;
  if (given.replace_original && original) {
    const before = editMessage(workspace, original, { text, blocks });
    if (!original.visibleTo) emit(messageChanged(workspace, channel, { before, after: original }), channel);
    return undefined;
  }
  const { botUserId, botId } = grant.installation;
  const isPublic = given.response_type === "in_channel";
  // An ephemeral answer lands in the channel, whatever thread it names. One for all is of the old kind of messages.
  const where = isPublic
    ? { threadTs: given.thread_ts, subtype: "bot_message" as const }
    : { visibleTo: grant.user };
  const message = addMessage(workspace, channel, { user: botUserId, botId, text, blocks, ...where });
  if (isPublic) emit(messagePosted(workspace, channel, message), channel);
  return undefined;
}

function use(here: At | undefined, path: string, body: unknown): string | undefined {
  const workspace = here?.workspace;
  const grant = workspace?.responseUrls.get(path);
  if (!here || !workspace || !grant || workspace.now() - grant.issuedAt > lifeMs) return "expired_url";
  if (grant.uses >= uses) return "used_url";
  grant.uses += 1;
  const parsed = answer.safeParse(body);
  return parsed.success ? respond(here, grant, parsed.data) : "invalid_payload";
}

const params = z.object({ team: z.string() });

/** The addresses behind `response_url`: five answers within half an hour each. */
export function serveResponseUrls(server: FastifyInstance, simulator: Simulator): void {
  server.post("/actions/:team/:id/:secret", (request, reply) => {
    const { traffic, world, changes } = simulator;
    const workspace = world.workspaces.get(params.parse(request.params).team);
    const channel = workspace?.responseUrls.get(request.url)?.channel;
    const error = use(workspace && at({ ...simulator, workspace }), request.url, request.body);
    traffic.open({
      at: world.now(),
      direction: "app to Slack",
      what: "response_url",
      channel,
      outcome: error ?? "ok",
      delivered: true,
      request: trimmed(JSON.stringify(request.body ?? null)),
    });
    changes.bump();
    return error ? reply.code(404).send({ ok: false, error }) : reply.send("ok");
  });
}
