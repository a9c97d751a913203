import { z } from "zod";
import { createApp as create } from "../apps/create-app.ts";
import { makeAppToken as makeToken } from "../apps/credentials.ts";
import {
  findInstallTarget,
  installApp as install,
  mayInstall,
  setWorkspaceAccess,
} from "../apps/install-app.ts";
import { checkManifest, readManifest } from "../apps/manifest/read-manifest.ts";
import { installationsOf, deleteApp as remove, uninstall } from "../apps/uninstall-app.ts";
import { findApp, findPerson, findWorkspace, NotAllowed, NotFound } from "./find.ts";
import { verb } from "./verb.ts";

/** Creates an app from a manifest, as YAML or JSON text or as a value. Does not install it. */
export const createApp = verb(
  z.object({ as: z.string(), manifest: z.union([z.string(), z.record(z.string(), z.unknown())]) }),
  ({ world, workspace, changeFeed }, { as, manifest: given }) => {
    const read = typeof given === "string" ? readManifest(given, "yaml") : checkManifest(given);
    if (!read.ok) return { ok: false as const, errors: read.errors };
    const createdBy = findPerson(workspace, as).id;
    const app = create(world, { manifest: read.manifest, teamId: workspace.team.id, createdBy });
    changeFeed.bump();
    const { id: appId, clientId, clientSecret, signingSecret, verificationToken } = app;
    return { ok: true as const, appId, clientId, clientSecret, signingSecret, verificationToken };
  },
);

/** Generates an app-level token, by default for Socket Mode. */
export const makeAppToken = verb(
  z.object({ app: z.string().optional(), scopes: z.array(z.string()).default(["connections:write"]) }),
  ({ world }, { app: which, scopes }) => ({
    appToken: makeToken(findApp(world, which), { name: "socket", scopes }),
  }),
);

/** Installs an app, by default the newest: in this workspace, or in its whole organisation. */
export const installApp = verb(
  z.object({
    as: z.string(),
    app: z.string().optional(),
    /** Installs the app org-wide, with these workspaces. */
    organisation: z.array(z.string()).optional(),
    withhold: z.array(z.string()).default([]),
  }),
  (context, { as, app: which, organisation, withhold }) => {
    const { world, workspace } = context;
    const app = findApp(world, which);
    const id = organisation ? workspace.enterprise?.id : workspace.team.id;
    const target = findInstallTarget(world, id ?? "");
    if (!id || !target) throw new NotFound(`${workspace.team.name} does not belong to an organisation`);
    if (!mayInstall(app, findPerson(workspace, as), id))
      throw new NotAllowed(`An admin has to approve ${app.name}`);
    const bot = install(context, app, { target, withheld: withhold });
    const teams = new Set(organisation?.map((name) => findWorkspace(world, name).team.id));
    if (organisation) setWorkspaceAccess(context, bot, { teams, addsFuture: false });
    return { botToken: bot.botToken, botId: bot.botId, botUserId: bot.botUserId, scopes: [...bot.scopes] };
  },
);

/** Uninstalls an app, by default the newest, everywhere. */
export const uninstallApp = verb(z.object({ app: z.string().optional() }), (context, { app }) => {
  for (const bot of installationsOf(context, findApp(context.world, app))) uninstall(context, bot);
  return {};
});

/** Deletes an app, by default the newest. This revokes its tokens; the app is not notified. */
export const deleteApp = verb(z.object({ app: z.string().optional() }), (context, { app }) => {
  remove(context, findApp(context.world, app));
  return {};
});
