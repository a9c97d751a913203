import { z } from "zod";
import { setWorkspaceAccess } from "../apps/install-app.ts";
import { changeManifest, editManifest } from "../apps/manifest/change-manifest.ts";
import { announceTo, changeContext } from "../callbacks/announce.ts";
import { checkSsl as check, verifyUrl as verify } from "../callbacks/send-event.ts";
import { disconnect } from "../callbacks/serve-sockets.ts";
import { connectionsOf } from "../callbacks/sockets.ts";
import { archive } from "../changes/channels.ts";
import { addMemberQuietly, removeMemberQuietly } from "../changes/members.ts";
import type { WorkspaceContext } from "../simulator.ts";
import { fault } from "../web-api/gateway/fault.ts";
import type { App } from "../workspace/app.ts";
import { addChannel as add } from "../workspace/conversations.ts";
import { makeWorkspace } from "../workspace/workspace.ts";
import { installationsIn } from "../workspace/world.ts";
import { findApp, findChannel, findInstallation } from "./find.ts";
import { verb } from "./verb.ts";

/** Sets all URLs of an app to the same one, as most apps do. */
function setUrl(context: WorkspaceContext, app: App, given: string | null): void {
  const url = given ?? undefined;
  const wasVerified = app.isVerified;
  const edited = editManifest(app.manifest, {
    events: { request_url: url },
    interactivity: { request_url: url, message_menu_options_url: url },
    commands: app.manifest.features?.slash_commands?.map((command) => ({ ...command, url })),
  });
  changeManifest(context, app, edited);
  // Stories change the URL without a new verification; `verifyUrl` and the pages verify as Slack does.
  app.isVerified = wasVerified;
}

const setOptionsUrl = (context: WorkspaceContext, app: App, url: string | null) =>
  changeManifest(
    context,
    app,
    editManifest(app.manifest, { interactivity: { message_menu_options_url: url ?? undefined } }),
  );

/** Sets the app's URLs and whether rate limits apply. Missing fields stay unchanged. */
export const settings = verb(
  z.object({
    requestUrl: z.string().nullable().optional(),
    /** The URL for options, if it differs from `requestUrl`. */
    optionsUrl: z.string().nullable().optional(),
    rateLimits: z.boolean().optional(),
  }),
  (context, { requestUrl, optionsUrl, rateLimits }) => {
    for (const { app } of installationsIn(context.workspace)) {
      if (requestUrl !== undefined) setUrl(context, app, requestUrl);
      if (optionsUrl !== undefined) setOptionsUrl(context, app, optionsUrl);
    }
    if (rateLimits !== undefined) context.settings.rateLimits = rateLimits;
    return { rateLimits: context.settings.rateLimits };
  },
);

/** Adds faults for the next matching calls. An empty list removes all pending faults. */
export const faults = verb(z.object({ faults: z.array(fault) }), (context, input) => {
  const { workspace } = context;
  if (input.faults.length === 0) context.faults.length = 0;
  for (const one of input.faults)
    context.faults.push({ ...one, channel: one.channel && findChannel(workspace, one.channel).id });
  return { waiting: context.faults.length };
});

/** Sends all answers that the fault `held` holds back. */
export const release = verb(z.object({}), (context) => {
  const held = context.held.splice(0);
  for (const send of held) send();
  return { released: held.length };
});

/** Adds a channel with everyone in it, and with the app unless `withApp` is false. */
export const addChannel = verb(
  z.object({
    name: z.string().regex(/^[a-z0-9_-]{1,80}$/),
    kind: z.enum(["public", "private"]).default("public"),
    withApp: z.boolean().default(true),
  }),
  ({ workspace, changeFeed }, given) => {
    const { id, name } = add(workspace, given);
    changeFeed.bump();
    return { id, name };
  },
);

/** Archives or unarchives a channel, and adds or removes the app without an event. */
export const setChannel = verb(
  z.object({ channel: z.string(), archived: z.boolean().optional(), withApp: z.boolean().optional() }),
  (context, input) => {
    const { workspace, changeFeed } = context;
    const channel = findChannel(workspace, input.channel);
    if (input.withApp !== undefined)
      (input.withApp ? addMemberQuietly : removeMemberQuietly)(workspace, channel, {
        user: findInstallation(workspace).botUserId,
      });
    if (input.archived !== undefined)
      archive(changeContext(context), channel, { actor: channel.creator, on: input.archived });
    changeFeed.bump();
    return {};
  },
);

const disconnectReason = z.enum([
  "link_disabled",
  "refresh_requested",
  "warning",
  "too_many_websockets",
  "cut",
]);

/**
 * Ends the app's Socket Mode connections: with one of Slack's reasons, or with `cut` without notice. `endNew` does so
 * to each later one too, until it is null.
 */
export const endConnections = verb(
  z.object({ how: disconnectReason, endNew: disconnectReason.nullable().optional() }),
  (context, { how, endNew }) => {
    if (endNew !== undefined) context.sockets.endNew = endNew;
    const open = connectionsOf(context.sockets, findInstallation(context.workspace).app.id);
    for (const one of open) disconnect(one, how);
    return { ended: open.length };
  },
);

/** Sets the state of the installation, its granted scopes, or parts of the app's manifest. */
export const setApp = verb(
  z.object({
    state: z.enum(["installed", "token_revoked", "token_expired", "account_inactive"]).optional(),
    scopes: z.array(z.string()).optional(),
    socketMode: z.boolean().optional(),
    events: z.array(z.string()).optional(),
    messagesReadOnly: z.boolean().optional(),
    shortcuts: z
      .array(
        z.object({
          name: z.string(),
          callback_id: z.string(),
          type: z.enum(["global", "message"]),
          description: z.string(),
        }),
      )
      .optional(),
  }),
  (context, { state, scopes, socketMode, events, shortcuts, messagesReadOnly }) => {
    const bot = findInstallation(context.workspace);
    const { app } = bot;
    if (events) changeManifest(context, app, editManifest(app.manifest, { events: { bot_events: events } }));
    if (shortcuts) changeManifest(context, app, editManifest(app.manifest, { shortcuts }));
    if (messagesReadOnly !== undefined) {
      const appHome = { messages_tab_read_only_enabled: messagesReadOnly };
      changeManifest(context, app, editManifest(app.manifest, { appHome }));
    }
    if (socketMode !== undefined) changeManifest(context, app, editManifest(app.manifest, { socketMode }));
    if (scopes) bot.scopes = new Set(scopes);
    if (state === "token_revoked")
      announceTo(context, bot, { type: "tokens_revoked", tokens: { oauth: [], bot: [bot.botUserId] } });
    if (state === "account_inactive") announceTo(context, bot, { type: "app_uninstalled" });
    if (state) bot.state = state;
    return { state: bot.state, scopes: [...bot.scopes] };
  },
);

/** Sends `ssl_check` to the URLs of the app's commands, as Slack does occasionally. */
export const checkSsl = verb(z.object({}), async (context) => ({
  answered: await check(context, findInstallation(context.workspace).app),
}));

/** Verifies the request URL of an app, by default the first one. */
export const verifyUrl = verb(z.object({ app: z.string().optional() }), async (context, { app }) => ({
  verified: await verify(
    context,
    app ? findApp(context.world, app) : findInstallation(context.workspace).app,
  ),
}));

/** Adds a workspace with the same people and organisation, and its apps that are added to future workspaces. */
export const addWorkspace = verb(z.object({ name: z.string() }), (context, { name }) => {
  const { world, workspace, changeFeed } = context;
  const { enterprise, users } = workspace;
  const team = { id: world.makeId("T"), name, domain: name.toLowerCase().replace(/[^a-z0-9]+/g, "-") };
  const added = makeWorkspace(world, { team, ...(enterprise && { enterprise }) });
  for (const user of users.values()) if (!user.isBot) added.users.set(user.id, user);
  add(added, { name: "general", withApp: false });
  for (const bot of world.installations.values())
    if (
      bot.target.kind === "organisation" &&
      bot.target.addsFuture &&
      enterprise?.id === bot.target.enterpriseId
    )
      setWorkspaceAccess(context, bot, { teams: new Set([...bot.target.teams, team.id]), addsFuture: true });
  changeFeed.bump();
  return { id: team.id };
});
