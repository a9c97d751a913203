import { describe, expect, test } from "vitest";
import { settingsOf } from "./app-settings.ts";
import { editManifest } from "./change-manifest.ts";
import { checkManifest, readManifest } from "./read-manifest.ts";
import type { Manifest } from "./schema/manifest.ts";

const url = "https://app.example/slack/events";
const small: Manifest = {
  display_information: { name: "Pager" },
  features: {
    bot_user: { display_name: "pager" },
    slash_commands: [{ command: "/page", url, description: "Page somebody" }],
    shortcuts: [{ name: "Page", type: "global", callback_id: "page", description: "Page somebody" }],
  },
  oauth_config: { scopes: { bot: ["chat:write", "commands", "app_mentions:read"] } },
  settings: {
    event_subscriptions: { request_url: url, bot_events: ["app_mention", "app_home_opened"] },
    interactivity: { is_enabled: true, request_url: url },
  },
};

const complaints = (given: unknown): string[] => {
  const checked = checkManifest(given);
  return checked.ok ? [] : checked.errors.map(({ message, pointer }) => `${pointer}: ${message}`);
};
const withScopes = (bot: string[], bot_optional?: string[]) => ({
  ...small,
  oauth_config: { scopes: { bot: [...bot], bot_optional } },
});
/** Without the scope `commands`, and without one of the two parts that need it. */
const without = (part: "shortcuts" | "slash_commands") => ({
  ...withScopes(["app_mentions:read"]),
  features: { ...small.features, [part]: undefined },
});
const withSettings = (settings: Manifest["settings"]) => ({ ...small, settings });

test("a manifest without fault is taken", () => {
  expect(complaints(small)).toEqual([]);
});

describe("what doesn't fit the shape is refused, and where", () => {
  test.each([
    [
      "a key that nobody knows",
      { ...small, colour: "red" },
      "/colour: must not have additional property `colour`",
    ],
    [
      "a name that is too long",
      { ...small, display_information: { name: "x".repeat(36) } },
      "/display_information/name: must be less than 36 characters",
    ],
    ["no name", { ...small, display_information: {} }, "/display_information/name: is required"],
    ["nothing at all", null, ": must be of type object"],
    [
      "an address that is none",
      withSettings({ interactivity: { is_enabled: true, request_url: "app.example" } }),
      "/settings/interactivity/request_url: must be a valid URL, starting with http:// or https://",
    ],
  ])("%s", (_what, given, complaint) => {
    expect(complaints(given)).toContain(complaint);
  });
});

describe("what fits the shape and contradicts itself is refused", () => {
  test.each([
    [
      "a scope that isn't one",
      withScopes(["chat:write", "commands", "app_mentions:read", "chat:shout"]),
      "/oauth_config/scopes/bot: Illegal bot scopes found `chat:shout`",
    ],
    [
      "an optional scope that isn't asked for",
      withScopes(["chat:write", "commands", "app_mentions:read"], ["files:read"]),
      "/oauth_config/scopes/bot_optional: Optional bot scopes must also be listed in bot scopes: `files:read`",
    ],
    [
      "an event without its scope",
      withScopes(["chat:write", "commands"]),
      "/settings/event_subscriptions/bot_events/0: Event `app_mention` requires bot scope `app_mentions:read`",
    ],
    [
      "an event that nobody sends",
      withSettings({ event_subscriptions: { request_url: url, bot_events: ["presence_change"] } }),
      "/settings/event_subscriptions/bot_events/0: invalid event type: presence_change",
    ],
    [
      "a command without its scope",
      without("shortcuts"),
      "/features/slash_commands: Slash Commands requires `commands` bot scope",
    ],
    [
      "a shortcut without its scope",
      without("slash_commands"),
      "/features/shortcuts: Shortcuts requires `commands` bot scope",
    ],
    [
      "a bot's scopes without a bot",
      { display_information: { name: "x" }, oauth_config: { scopes: { bot: ["chat:write"] } } },
      "/features/bot_user: Bot scopes require a bot user",
    ],
    [
      "events that go nowhere",
      withSettings({ event_subscriptions: { bot_events: ["app_home_opened"] } }),
      "/settings/event_subscriptions: Event Subscription requires either Request URL or Socket Mode Enabled",
    ],
    [
      "clicks that go nowhere",
      withSettings({ interactivity: { is_enabled: true } }),
      "/settings/interactivity: Interactivity requires a Request URL",
    ],
  ])("%s", (_what, given, complaint) => {
    expect(complaints(given)).toEqual([complaint]);
  });

  test("in Socket Mode nothing needs an address", () => {
    const commands = [{ command: "/page", description: "Page somebody" }];
    const withoutAddresses = editManifest(small, {
      socketMode: true,
      commands,
      events: { request_url: undefined },
      interactivity: { request_url: undefined },
    });
    expect(complaints(withoutAddresses)).toEqual([]);
    expect(complaints(editManifest(withoutAddresses, { socketMode: false }))).toHaveLength(3);
  });
});

test("YAML and JSON say the same, and what is neither is refused with its line", () => {
  const yaml = "display_information:\n  name: Pager\n";
  expect(readManifest(yaml, "yaml")).toEqual(
    readManifest('{"display_information":{"name":"Pager"}}', "json"),
  );
  const broken = readManifest("display_information: {name: [", "yaml");
  expect(broken).toMatchObject({ ok: false, errors: [{ message: expect.stringContaining("line 1") }] });
  expect(readManifest(yaml, "json")).toMatchObject({ ok: false });
});

test("aliases that grow without end are refused", () => {
  const layer = (name: string, of: string) => `${name}: &${name} [${Array(9).fill(`*${of}`).join(",")}]\n`;
  const bomb = `a: &a [x,x]\n${layer("b", "a")}${layer("c", "b")}${layer("d", "c")}${layer("e", "d")}`;
  expect(readManifest(bomb, "yaml")).toMatchObject({ ok: false, errors: [{ pointer: "" }] });
});

test("what isn't said counts as off, and interactivity that is off has no address", () => {
  expect(settingsOf({ display_information: { name: "Pager" } })).toMatchObject({
    botName: "Pager",
    scopes: [],
    homeTab: false,
    socketMode: false,
    orgDeploy: false,
  });
  const off = editManifest(small, { interactivity: { is_enabled: false } });
  expect(settingsOf(off).interactivityUrl).toBeUndefined();
});
