import { expect, test } from "vitest";
import { connectionDetails, startSimulator } from "../start.ts";
import { parseConfig } from "./read-config.ts";

const file = `
organisation: { name: Globex Group, domain: globex-group }
workspaces:
  - name: Globex
    domain: globex
    people:
      - { name: hank, realName: Hank Scorpio, role: admin }
      - { name: homer, role: guest }
    channels:
      - { name: general, apps: [Helper], messages: [{ from: hank, text: Welcome }] }
      - { name: plans, kind: private, members: [hank] }
  - name: Globex East
    domain: globex-east
    people: [{ name: hank, realName: Hank Scorpio }]
apps:
  - installedIn: organisation
    botToken: xoxb-helper
    manifest:
      display_information: { name: Helper }
      features: { bot_user: { display_name: Helper } }
      oauth_config: { scopes: { bot: [chat:write] } }
      settings: { org_deploy_enabled: true }
`;

test("a config file sets up its own workspaces and app, and the app can post", async () => {
  const read = await parseConfig(file, ".");
  if (!read.ok) throw new Error(read.errors.join("\\n"));
  const slack = await startSimulator({ config: read.config });
  try {
    expect(slack.app.botToken).toBe("xoxb-helper");
    const { people, channels, teams, enterprise } = await slack.ask("overview", { as: "homer" });
    expect(teams.map(({ name }) => name)).toEqual(["Globex", "Globex East"]);
    expect(enterprise?.name).toBe("Globex Group");
    expect(channels.map(({ name }) => name)).toEqual(["general"]);
    expect(people.find(({ name }) => name === "homer")).toMatchObject({ isRestricted: true });
    await slack.channel("#general").expectMessage("Welcome");
    const east = await slack.in("Globex East");
    const hank = (await east.ask("overview", { as: "hank" })).me;
    expect(hank).toBe(people.find(({ name }) => name === "hank")?.id);
    const posted = await fetch(`${slack.apiUrl}chat.postMessage`, {
      method: "POST",
      headers: { authorization: "Bearer xoxb-helper", "content-type": "application/json" },
      body: JSON.stringify({ channel: channels[0]?.id, text: "Hello" }),
    });
    expect(await posted.json()).toMatchObject({ ok: true });
  } finally {
    await slack.close();
  }
});

test.each([
  ["a bot with another name", "display_name: Helper", "display_name: helper-bot"],
  ["an organisation by its name", "installedIn: organisation", "installedIn: [Globex Group]"],
])("a config file with %s starts and prints the credentials of its app", async (_what, from, to) => {
  const read = await parseConfig(file.replace(from, to), ".");
  if (!read.ok) throw new Error(read.errors.join("\\n"));
  const slack = await startSimulator({ config: read.config });
  try {
    const lines = await connectionDetails(slack);
    expect(lines.filter((line) => line.endsWith("xoxb-helper"))).toHaveLength(2);
    const east = await slack.in("Globex East");
    const [app] = (await east.ask("overview", {})).apps;
    expect(await east.ask("openHome", { as: "hank", app: app?.id, tab: "messages" })).toBeDefined();
  } finally {
    await slack.close();
  }
});

test.each([
  [
    "an unknown key",
    "workspaces: [{ name: A, domain: a, people: [{ name: x, rank: 1 }] }]",
    "workspaces.0.people.0",
  ],
  [
    "an unknown person",
    file.replace("members: [hank]", "members: [frank]"),
    "workspaces.0.channels.1: no person is named frank",
  ],
  [
    "an unknown app",
    file.replace("apps: [Helper]", "apps: [Hinderer]"),
    "workspaces.0.channels.0: no app is named Hinderer",
  ],
  ["a manifest that Slack refuses", file.replace("name: Helper }", "nom: Helper }"), "apps.0.manifest"],
  ["invalid YAML", "a: [", "at line 1"],
])("parseConfig names the place of %s", async (_what, text, expected) => {
  const read = await parseConfig(text, ".");
  expect(read.ok ? "" : read.errors.join("\\n")).toContain(expected);
});
