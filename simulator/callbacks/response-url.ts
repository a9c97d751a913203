import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { deleteMessage } from "../changes/messages.ts";
import type { Simulator, WorkspaceContext } from "../simulator.ts";
import { trimmed } from "../traffic/traffic.ts";
import { readContent } from "../web-api/chat/message-content.ts";
import type { ResponseUrl } from "../workspace/workspace.ts";
import { addMessage, editMessage, removeMessage } from "../workspace/write-message.ts";
import { type ChangeContext, changeContext } from "./announce.ts";
import { messageChanged, messagePosted } from "./message-events.ts";

const maxUses = 5;
const lifetimeMs = 30 * 60_000;

type UrlContext = Pick<ResponseUrl, "installation" | "user" | "channel" | "messageTs">;

/** Creates a `response_url` through which the app may answer an interaction. */
export function makeResponseUrl({ workspace, origin }: WorkspaceContext, about: UrlContext): string {
  const { team, responseUrls, now, makeId } = workspace;
  for (const [key, { issuedAt }] of responseUrls)
    if (now() - issuedAt > 2 * lifetimeMs) responseUrls.delete(key);
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

/** Posts, replaces or deletes a message as the app asked. Returns Slack's error code, or undefined if it worked. */
function respond(
  context: ChangeContext,
  grant: ResponseUrl,
  given: z.output<typeof answer>,
): string | undefined {
  const { workspace, emit } = context;
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
  // Ephemeral answers ignore `thread_ts`. Public ones have the legacy subtype `bot_message`.
  const visibility = isPublic
    ? { threadTs: given.thread_ts, subtype: "bot_message" as const }
    : { visibleTo: grant.user };
  const message = addMessage(workspace, channel, { user: botUserId, botId, text, blocks, ...visibility });
  if (isPublic) emit(messagePosted(workspace, channel, message), channel);
  return undefined;
}

function handleResponse(context: ChangeContext | undefined, path: string, body: unknown): string | undefined {
  const workspace = context?.workspace;
  const grant = workspace?.responseUrls.get(path);
  if (!context || !workspace || !grant || workspace.now() - grant.issuedAt > lifetimeMs) return "expired_url";
  if (grant.uses >= maxUses) return "used_url";
  grant.uses += 1;
  const parsed = answer.safeParse(body);
  return parsed.success ? respond(context, grant, parsed.data) : "invalid_payload";
}

const params = z.object({ team: z.string() });

/** Serves `response_url`s. Each takes five answers within half an hour. */
export function serveResponseUrls(server: FastifyInstance, simulator: Simulator): void {
  server.post("/actions/:team/:id/:secret", (request, reply) => {
    const { traffic, world, changeFeed } = simulator;
    const workspace = world.workspaces.get(params.parse(request.params).team);
    const channel = workspace?.responseUrls.get(request.url)?.channel;
    const error = handleResponse(
      workspace && changeContext({ ...simulator, workspace }),
      request.url,
      request.body,
    );
    traffic.open({
      at: world.now(),
      direction: "app to Slack",
      what: "response_url",
      channel,
      outcome: error ?? "ok",
      delivered: true,
      request: trimmed(JSON.stringify(request.body ?? null)),
    });
    changeFeed.bump();
    return error ? reply.code(404).send({ ok: false, error }) : reply.send("ok");
  });
}
