import { setTimeout as sleep } from "node:timers/promises";
import { App, LogLevel } from "@slack/bolt";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cardBlocks } from "../fixtures/card-blocks.ts";
import { pager, press } from "../fixtures/pager.ts";
import { freePort, type SimulatorWithApp, startWithApp } from "../fixtures/simulator-with-app.ts";

// Bolt's installer is always a web page, even if Slack reaches the app over Socket Mode.

const acme = "T0ACME0001";
const europe = "T0ACMEEUR1";
const organisation = "E0ACME0001";
const scopes = ["chat:write", "commands", "channels:read", "users:read"];

type Transport = "HTTP" | "Socket Mode";
type Store = NonNullable<NonNullable<ConstructorParameters<typeof App>[0]>["installationStore"]>;
type Installations = Map<string, Parameters<NonNullable<Store["storeInstallation"]>>[0]>;

function storeOf(installed: Installations): Store {
  return {
    storeInstallation: async (one) => {
      installed.set((one.isEnterpriseInstall ? one.enterprise?.id : one.team?.id) ?? "", one);
    },
    fetchInstallation: async ({ teamId, enterpriseId, isEnterpriseInstall }) =>
      installed.get((isEnterpriseInstall ? enterpriseId : teamId) ?? "") ?? expect.unreachable(),
  };
}

describe.each<Transport>(["HTTP", "Socket Mode"])("Bolt's installer with %s", (transport) => {
  let env: SimulatorWithApp;
  let bolt: App;
  let origin: string;
  const installed: Installations = new Map();

  /** Creates the app in Slack. With Socket Mode, its only URL is that of the installer. */
  async function createPager(url: string) {
    const { settings, ...manifest } = pager(url);
    const more = { org_deploy_enabled: true, socket_mode_enabled: transport === "Socket Mode" };
    const app = await env.slack.ask("createApp", {
      as: "ada",
      manifest: { ...manifest, settings: { ...settings, ...more } },
    });
    return app.ok ? app : expect.unreachable();
  }

  beforeEach(async () => {
    env = await startWithApp({ withApp: false, shape: "organisation" });
    installed.clear();
    const port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    const { clientId, clientSecret, signingSecret } = await createPager(`${origin}/slack/events`);
    const { appToken } = await env.slack.ask("makeAppToken", { app: "Pager" });
    const clientOptions = { slackApiUrl: env.slack.apiUrl };
    bolt = new App({
      ...(transport === "HTTP" ? { signingSecret } : { socketMode: true, appToken }),
      ...{ clientId, clientSecret, scopes, stateSecret: "state", clientOptions },
      redirectUri: `${origin}/slack/oauth_redirect`,
      installerOptions: {
        authorizationUrl: `${env.slack.pageUrl}oauth/v2/authorize`,
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
    if (transport === "HTTP") await env.slack.ask("verifyUrl", { app: "Pager" });
  });
  afterEach(async () => {
    await bolt.stop();
    // stop() resolves before the closing handshake of its socket has ended.
    await sleep(50);
    await env.end();
  });

  async function install(target: string): Promise<number> {
    const start = await fetch(`${origin}/slack/install`, { redirect: "manual" });
    const cookie = (start.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    const form = { target, go: "allow", optional: "users:read" };
    const { to } = await press(start.headers.get("location") ?? "", form);
    return (await fetch(to ?? origin, { headers: { cookie }, redirect: "manual" })).status;
  }

  /** Invites the app to a channel, waits for its card and checks that it gets an interaction. */
  async function expectWorking(team: string, channel: `#${string}`) {
    const workspace = await env.slack.in(team);
    await workspace.channel(channel).say("/invite @Pager", { as: "grace" });
    const card = await workspace.channel(channel).expectCard("Impossible travel");
    await card.choose("Status", "Triaged", { as: "ada" });
    await workspace.expectPrivately("ada", "Answered by Pager");
  }

  test("installs the app in two workspaces, which both work", async () => {
    expect(await install(acme)).toBeLessThan(400);
    expect(await install(europe)).toBeLessThan(400);
    expect([...installed.keys()]).toEqual([acme, europe]);
    await expectWorking("ACME Europe", "#general");
    await expectWorking("ACME", "#random");
    expect(env.app.received).toEqual([]);
  });

  test("installs the app org-wide, with interactions that have no team", async () => {
    expect(await install(organisation)).toBeLessThan(400);
    expect(installed.get(organisation)).toMatchObject({ isEnterpriseInstall: true });
    await env.slack.ask("installApp", { as: "ada", app: "Pager", organisation: ["ACME Europe"] });
    await expectWorking("ACME Europe", "#general");
  });
});
