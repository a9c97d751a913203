import { setTimeout as sleep } from "node:timers/promises";
import { App, LogLevel } from "@slack/bolt";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cardBlocks } from "../fixtures/card-blocks.ts";
import { pager, press } from "../fixtures/pager.ts";
import { freePort, type Setting, setting } from "../fixtures/simulator-with-app.ts";

// Bolt's installer is a web page, also where Slack itself reaches the app by its socket only.

const acme = "T0ACME0001";
const europe = "T0ACMEEUR1";
const organisation = "E0ACME0001";
const scopes = ["chat:write", "commands", "channels:read", "users:read"];

type Way = "HTTP" | "Socket Mode";
type Store = NonNullable<NonNullable<ConstructorParameters<typeof App>[0]>["installationStore"]>;
type Kept = Map<string, Parameters<NonNullable<Store["storeInstallation"]>>[0]>;

function storeOf(installed: Kept): Store {
  return {
    storeInstallation: async (one) => {
      installed.set((one.isEnterpriseInstall ? one.enterprise?.id : one.team?.id) ?? "", one);
    },
    fetchInstallation: async ({ teamId, enterpriseId, isEnterpriseInstall }) =>
      installed.get((isEnterpriseInstall ? enterpriseId : teamId) ?? "") ?? expect.unreachable(),
  };
}

describe.each<Way>(["HTTP", "Socket Mode"])("Bolt's installer, of an app that is reached by %s", (way) => {
  let here: Setting;
  let bolt: App;
  let origin: string;
  const installed: Kept = new Map();

  /** What the app's makers enter at Slack: by Socket Mode it has no address but that of the installer. */
  async function made(url: string) {
    const { settings, ...manifest } = pager(url);
    const more = { org_deploy_enabled: true, socket_mode_enabled: way === "Socket Mode" };
    const app = await here.slack.ask("createApp", {
      as: "ada",
      manifest: { ...manifest, settings: { ...settings, ...more } },
    });
    return app.ok ? app : expect.unreachable();
  }

  beforeEach(async () => {
    here = await setting({ withApp: false, shape: "organisation" });
    installed.clear();
    const port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    const { clientId, clientSecret, signingSecret } = await made(`${origin}/slack/events`);
    const { appToken } = await here.slack.ask("makeAppToken", { app: "Pager" });
    const clientOptions = { slackApiUrl: here.slack.apiUrl };
    bolt = new App({
      ...(way === "HTTP" ? { signingSecret } : { socketMode: true, appToken }),
      ...{ clientId, clientSecret, scopes, stateSecret: "state", clientOptions },
      redirectUri: `${origin}/slack/oauth_redirect`,
      installerOptions: {
        authorizationUrl: `${here.slack.pageUrl}oauth/v2/authorize`,
        ...{ clientOptions, port, redirectUriPath: "/slack/oauth_redirect", directInstall: true },
      },
      installationStore: storeOf(installed),
      logLevel: LogLevel.ERROR,
    });
    bolt.action("status", async ({ ack, respond }) => {
      await ack();
      await respond("Answered by Pager");
    });
    bolt.event("member_joined_channel", async ({ event, client, context }) => {
      if (event.user !== context.botUserId) return;
      await client.chat.postMessage({ channel: event.channel, text: "HIGH: x", blocks: cardBlocks() });
    });
    await bolt.start({ port, host: "127.0.0.1" });
    if (way === "HTTP") await here.slack.ask("verifyUrl", { app: "Pager" });
  });
  afterEach(async () => {
    await bolt.stop();
    // It resolves before the closing handshake of its socket has ended.
    await sleep(50);
    await here.end();
  });

  async function install(place: string): Promise<number> {
    const start = await fetch(`${origin}/slack/install`, { redirect: "manual" });
    const cookie = (start.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    const form = { place, go: "allow", optional: "users:read" };
    const { to } = await press(start.headers.get("location") ?? "", form);
    return (await fetch(to ?? origin, { headers: { cookie }, redirect: "manual" })).status;
  }

  /** Grace invites the app into a channel there; it posts a card with the token of that place and hears a click. */
  async function tryOut(team: string, channel: `#${string}`) {
    const there = await here.slack.in(team);
    await there.channel(channel).say("/invite @Pager", { as: "grace" });
    const card = await there.channel(channel).expectCard("Impossible travel");
    await card.choose("Status", "Triaged", { as: "ada" });
    await there.expectPrivately("ada", "Answered by Pager");
  }

  test("a second workspace beside the first, and each hears of its own", async () => {
    expect(await install(acme)).toBeLessThan(400);
    expect(await install(europe)).toBeLessThan(400);
    expect([...installed.keys()]).toEqual([acme, europe]);
    await tryOut("ACME Europe", "#general");
    await tryOut("ACME", "#random");
    expect(here.app.received).toEqual([]);
  });

  test("all of an organisation at once, whose clicks name no team", async () => {
    expect(await install(organisation)).toBeLessThan(400);
    expect(installed.get(organisation)).toMatchObject({ isEnterpriseInstall: true });
    await here.slack.ask("installApp", { as: "ada", app: "Pager", organisation: ["ACME Europe"] });
    await tryOut("ACME Europe", "#general");
  });
});
