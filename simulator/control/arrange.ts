import { z } from "zod";
import { letIn } from "../apps/install-app.ts";
import { changeManifest, editManifest } from "../apps/manifest/change-manifest.ts";
import { announceTo, at } from "../callbacks/announce.ts";
import { checkSsl as look, verifyUrl as verify } from "../callbacks/send-event.ts";
import { disconnect } from "../callbacks/serve-sockets.ts";
import { connectionsOf } from "../callbacks/sockets.ts";
import { archive } from "../changes/channels.ts";
import { join, leave } from "../changes/members.ts";
import type { Scene } from "../simulator.ts";
import { fault } from "../web-api/gateway/fault.ts";
import type { App } from "../workspace/app.ts";
import { addChannel as add } from "../workspace/conversations.ts";
import { makeWorkspace } from "../workspace/workspace.ts";
import { installationsIn } from "../workspace/world.ts";
import { appIn, appNamed, channel } from "./find.ts";
import { verb } from "./verb.ts";

/** All of an app's addresses at once, as most apps have it. */
function setUrl(scene: Scene, app: App, given: string | null): void {
  const url = given ?? undefined;
  const wasVerified = app.isVerified;
  const edited = editManifest(app.manifest, {
    events: { request_url: url },
    interactivity: { request_url: url, message_menu_options_url: url },
    commands: app.manifest.features?.slash_commands?.map((command) => ({ ...command, url })),
  });
  changeManifest(scene, app, edited);
  // Stories move an app's address without ado: `verifyUrl` and the pages ask as Slack does.
  app.isVerified = wasVerified;
}

const setOptionsUrl = (scene: Scene, app: App, url: string | null) =>
  changeManifest(
    scene,
    app,
    editManifest(app.manifest, { interactivity: { message_menu_options_url: url ?? undefined } }),
  );

/** Where the app is called, and whether Slack's rates hold; what isn't given stays as it is. */
export const settings = verb(
  z.object({
    requestUrl: z.string().nullable().optional(),
    /** Where selects ask for their options, when that is another address. */
    optionsUrl: z.string().nullable().optional(),
    rateLimits: z.boolean().optional(),
  }),
  (scene, { requestUrl, optionsUrl, rateLimits }) => {
    for (const { app } of installationsIn(scene.workspace)) {
      if (requestUrl !== undefined) setUrl(scene, app, requestUrl);
      if (optionsUrl !== undefined) setOptionsUrl(scene, app, optionsUrl);
    }
    if (rateLimits !== undefined) scene.settings.rateLimits = rateLimits;
    return { rateLimits: scene.settings.rateLimits };
  },
);

/** Lets calls go wrong from now on; an empty list ends all faults that are still waiting. */
export const faults = verb(z.object({ faults: z.array(fault) }), (scene, input) => {
  const { workspace } = scene;
  if (input.faults.length === 0) scene.faults.length = 0;
  for (const one of input.faults)
    scene.faults.push({ ...one, channel: one.channel && channel(workspace, one.channel).id });
  return { waiting: scene.faults.length };
});

/** Adds a channel with everybody in it; the app is in it unless `withApp` is false. */
export const addChannel = verb(
  z.object({
    name: z.string().regex(/^[a-z0-9_-]{1,80}$/),
    kind: z.enum(["public", "private"]).default("public"),
    withApp: z.boolean().default(true),
  }),
  ({ workspace, changes }, given) => {
    const { id, name } = add(workspace, given);
    changes.bump();
    return { id, name };
  },
);

/** Archives a channel or brings it back, takes the app in or puts it out, without anybody acting. */
export const setChannel = verb(
  z.object({ channel: z.string(), archived: z.boolean().optional(), withApp: z.boolean().optional() }),
  (scene, input) => {
    const { workspace, changes } = scene;
    const where = channel(workspace, input.channel);
    if (input.withApp !== undefined)
      (input.withApp ? join : leave)(workspace, where, { user: appIn(workspace).botUserId });
    if (input.archived !== undefined) archive(at(scene), where, { actor: where.creator, on: input.archived });
    changes.bump();
    return {};
  },
);

/** Ends the open connections of the app in Socket Mode: with Slack's word for why, or cut without any. */
export const endConnections = verb(
  z.object({ how: z.enum(["link_disabled", "refresh_requested", "warning", "cut"]) }),
  (scene, { how }) => {
    const open = connectionsOf(scene.sockets, appIn(scene.workspace).app.id);
    for (const one of open) disconnect(one, how);
    return { ended: open.length };
  },
);

/** Revokes the app's token, uninstalls the app, installs it again, or changes what it was granted. */
export const setApp = verb(
  z.object({
    state: z.enum(["installed", "token_revoked", "token_expired", "account_inactive"]).optional(),
    scopes: z.array(z.string()).optional(),
    /** What its manifest says from now on. */
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
  (scene, { state, scopes, socketMode, events, shortcuts, messagesReadOnly }) => {
    const bot = appIn(scene.workspace);
    const { app } = bot;
    if (events) changeManifest(scene, app, editManifest(app.manifest, { events: { bot_events: events } }));
    if (shortcuts) changeManifest(scene, app, editManifest(app.manifest, { shortcuts }));
    if (messagesReadOnly !== undefined) {
      const appHome = { messages_tab_read_only_enabled: messagesReadOnly };
      changeManifest(scene, app, editManifest(app.manifest, { appHome }));
    }
    if (socketMode !== undefined) changeManifest(scene, app, editManifest(app.manifest, { socketMode }));
    if (scopes) bot.scopes = new Set(scopes);
    if (state === "token_revoked")
      announceTo(scene, bot, { type: "tokens_revoked", tokens: { oauth: [], bot: [bot.botUserId] } });
    if (state === "account_inactive") announceTo(scene, bot, { type: "app_uninstalled" });
    if (state) bot.state = state;
    return { state: bot.state, scopes: [...bot.scopes] };
  },
);

/** Looks at the certificates of the addresses of the app's commands, as Slack does now and then. */
export const checkSsl = verb(z.object({}), async (scene) => ({
  answered: await look(scene, appIn(scene.workspace).app),
}));

/** Presses *Verify* beside the request URL of an app, the first one unless told. */
export const verifyUrl = verb(z.object({ app: z.string().optional() }), async (scene, { app }) => ({
  verified: await verify(scene, app ? appNamed(scene.world, app) : appIn(scene.workspace).app),
}));

/** Adds a workspace with the people of this one: to the same organisation, or standing alone. Apps come where their organisation adds them by itself. */
export const addWorkspace = verb(z.object({ name: z.string() }), (scene, { name }) => {
  const { world, workspace, changes } = scene;
  const { enterprise, users } = workspace;
  const team = { id: world.makeId("T"), name, domain: name.toLowerCase().replace(/[^a-z0-9]+/g, "-") };
  const made = makeWorkspace(world, { team, ...(enterprise && { enterprise }) });
  for (const user of users.values()) if (!user.isBot) made.users.set(user.id, user);
  add(made, { name: "general", withApp: false });
  for (const bot of world.installations.values())
    if (
      bot.place.kind === "organisation" &&
      bot.place.addsFuture &&
      enterprise?.id === bot.place.enterpriseId
    )
      letIn(scene, bot, { teams: new Set([...bot.place.teams, team.id]), addsFuture: true });
  changes.bump();
  return { id: team.id };
});
