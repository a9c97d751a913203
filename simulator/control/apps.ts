import { z } from "zod";
import { createApp as create } from "../apps/create-app.ts";
import { makeAppToken as makeToken } from "../apps/credentials.ts";
import { installApp as install, letIn, mayInstall, placeOf } from "../apps/install-app.ts";
import { checkManifest, readManifest } from "../apps/manifest/read-manifest.ts";
import { installationsOf, deleteApp as remove, uninstall } from "../apps/uninstall-app.ts";
import { appNamed, NotAllowed, NotThere, person, workspaceOf } from "./find.ts";
import { verb } from "./verb.ts";

/** A person makes an app from a manifest, YAML or JSON as text, or the value itself. Installed nowhere by that. */
export const createApp = verb(
  z.object({ as: z.string(), manifest: z.union([z.string(), z.record(z.string(), z.unknown())]) }),
  ({ world, workspace, changes }, { as, manifest: given }) => {
    const read = typeof given === "string" ? readManifest(given, "yaml") : checkManifest(given);
    if (!read.ok) return { ok: false as const, errors: read.errors };
    const createdBy = person(workspace, as).id;
    const app = create(world, { manifest: read.manifest, teamId: workspace.team.id, createdBy });
    changes.bump();
    const { id: appId, clientId, clientSecret, signingSecret, verificationToken } = app;
    return { ok: true as const, appId, clientId, clientSecret, signingSecret, verificationToken };
  },
);

/** A person generates an app-level token, for Socket Mode unless told otherwise. */
export const makeAppToken = verb(
  z.object({ app: z.string().optional(), scopes: z.array(z.string()).default(["connections:write"]) }),
  ({ world }, { app: which, scopes }) => ({
    appToken: makeToken(appNamed(world, which), { name: "socket", scopes }),
  }),
);

/** A person installs an app, the newest unless told: in this workspace, or all over its organisation. */
export const installApp = verb(
  z.object({
    as: z.string(),
    app: z.string().optional(),
    /** Org-wide, and into which of its workspaces. */
    organisation: z.array(z.string()).optional(),
    withhold: z.array(z.string()).default([]),
  }),
  (scene, { as, app: which, organisation, withhold }) => {
    const { world, workspace } = scene;
    const app = appNamed(world, which);
    const id = organisation ? workspace.enterprise?.id : workspace.team.id;
    const place = placeOf(world, id ?? "");
    if (!id || !place) throw new NotThere(`${workspace.team.name} belongs to no organisation`);
    if (!mayInstall(app, person(workspace, as), id))
      throw new NotAllowed(`An admin has to approve ${app.name}`);
    const bot = install(scene, app, { place, withheld: withhold });
    const teams = new Set(organisation?.map((name) => workspaceOf(world, name).team.id));
    if (organisation) letIn(scene, bot, { teams, addsFuture: false });
    return { botToken: bot.botToken, botId: bot.botId, botUserId: bot.botUserId, scopes: [...bot.scopes] };
  },
);

/** Uninstalls an app, the newest unless told, from wherever it is installed. */
export const uninstallApp = verb(z.object({ app: z.string().optional() }), (scene, { app }) => {
  for (const bot of installationsOf(scene, appNamed(scene.world, app))) uninstall(scene, bot);
  return {};
});

/** Deletes an app, the newest unless told: its tokens die with it, and it is told nothing. */
export const deleteApp = verb(z.object({ app: z.string().optional() }), (scene, { app }) => {
  remove(scene, appNamed(scene.world, app));
  return {};
});
