import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { App, Deps } from "../../api/deps.ts";
import { orRefuse } from "../../api/problem.ts";
import { requires } from "../../api/requires.ts";
import {
  appsPageUrl,
  createAppLink,
  type ManifestSettings,
  makeManifest,
  requestText,
  type WrittenManifest,
  writeManifest,
} from "../../slack/manifest/make-manifest.ts";
import { optionalScopes, requiredScopes } from "../../slack/scopes.ts";
import { readSlackApp } from "../app/slack-app.ts";
import {
  iconQuery,
  manifestHandedOut,
  manifestQuery,
  type SlackManifestBody,
  slackManifest,
} from "../contract.ts";
import {
  chooseSettings,
  describeDifference,
  type HandOut,
  handOut,
  lastHandOut,
  manifestWarnings,
} from "./hand-out.ts";

const tags = ["Slack app"];

/** The manifest and the icon of the Slack app. */
export function slackManifestRoutes(app: App, deps: Deps): void {
  manifestRoute(app, deps);
  handedOutRoute(app, deps);
  iconRoute(app);
}

function manifestRoute(app: App, { db, config }: Deps): void {
  app.get(
    "/api/v1/slack/manifest",
    {
      ...requires("View Destinations"),
      schema: {
        tags,
        summary: "Read the Slack app's manifest for this server; with `format`, only its text",
        querystring: manifestQuery,
        response: { 200: z.union([slackManifest, z.string()]) },
      },
    },
    async ({ query: { format, ...requested } }, reply) => {
      const [slackApp, handedOut] = await Promise.all([readSlackApp(db.kysely), lastHandOut(db.kysely)]);
      const settings = chooseSettings(requested, {
        app: slackApp.mode && { mode: slackApp.mode, threadMirror: slackApp.threadMirror },
        handedOut: handedOut?.settings ?? null,
        forOrganisation: slackApp.installations.some(({ team }) => team === null),
      });
      const written = await writeManifest(makeManifest(config.publicUrl, settings));
      if (format === undefined) return toBody(config, { settings, written, handedOut });
      const file = `attachment; filename="tocsin-manifest.${format}"`;
      return reply.type(`application/${format}`).header("content-disposition", file).send(written[format]);
    },
  );
}

interface ManifestView {
  settings: ManifestSettings;
  written: WrittenManifest;
  handedOut: HandOut | null;
}

function toBody(
  { publicUrl, slackApiUrl }: Deps["config"],
  { settings, written, handedOut }: ManifestView,
): SlackManifestBody {
  const { threadMirror: mirror } = settings;
  const optional = optionalScopes.map((scope) => ({ ...scope, optional: true }));
  const required = requiredScopes(mirror ? "with-mirror" : "without-mirror");
  return {
    settings,
    ...written,
    createUrl: createAppLink(slackApiUrl, written.yaml),
    appsUrl: appsPageUrl(slackApiUrl),
    requestUrl: `${publicUrl}/slack/events`,
    warnings: manifestWarnings(publicUrl, settings),
    scopes: [...required.map((scope) => ({ ...scope, optional: false })), ...optional],
    requestText: requestText({ publicUrl, mirror }),
    handedOut: handedOut && toHandOutBody(handedOut, written),
  };
}

function toHandOutBody(taken: HandOut, current: WrittenManifest): SlackManifestBody["handedOut"] {
  const { at, by, how, settings } = taken;
  const { same, lines, todo } = describeDifference(taken, current);
  return { at: at.toISOString(), by, how, settings, same, difference: lines, todo };
}

function handedOutRoute(app: App, { db, config }: Deps): void {
  app.post(
    "/api/v1/slack/manifest/handed-out",
    {
      ...requires("Manage Destinations", { audits: ["slack_manifest.handed_out"] }),
      schema: {
        tags,
        summary: "Record that the manifest was copied, downloaded or opened in Slack",
        body: manifestHandedOut,
        response: { 204: z.undefined() },
      },
    },
    async ({ body: { hash, how, ...settings }, principal }, reply) => {
      orRefuse(await handOut({ db, publicUrl: config.publicUrl }, { settings, hash, how }, principal));
      return reply.code(204).send();
    },
  );
}

const icons = new URL("./icon/", import.meta.url);

function iconRoute(app: App): void {
  app.get(
    "/api/v1/slack/icon.png",
    {
      ...requires("signed in"),
      schema: {
        tags,
        summary: "Read the app's icon, a square PNG in a size that Slack accepts",
        querystring: iconQuery,
      },
    },
    async ({ query: { size } }, reply) =>
      reply
        .type("image/png")
        .header("content-disposition", `attachment; filename="tocsin-${size}.png"`)
        .send(await readFile(new URL(`tocsin-${size}.png`, icons))),
  );
}
