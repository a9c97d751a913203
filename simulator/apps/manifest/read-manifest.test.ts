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
    slash_commands: [{ command: "/page", url, description: "Page someone" }],
    shortcuts: [{ name: "Page", type: "global", callback_id: "page", description: "Page someone" }],
  },
  oauth_config: { scopes: { bot: ["chat:write", "commands", "app_mentions:read"] } },
  settings: {
    event_subscriptions: { request_url: url, bot_events: ["app_mention", "app_home_opened"] },
    interactivity: { is_enabled: true, request_url: url },
  },
};

const errorsOf = (given: unknown): string[] => {
  const checked = checkManifest(given);
  return checked.ok ? [] : checked.errors.map(({ message, pointer }) => `${pointer}: ${message}`);
};
const withScopes = (bot: string[], bot_optional?: string[]) => ({
  ...small,
  oauth_config: { scopes: { bot: [...bot], bot_optional } },
});
/** Without the scope `commands` and without one of the two features that need it. */
const without = (part: "shortcuts" | "slash_commands") => ({
  ...withScopes(["app_mentions:read"]),
  features: { ...small.features, [part]: undefined },
});
const withSettings = (settings: Manifest["settings"]) => ({ ...small, settings });

test("a valid manifest is accepted", () => {
  expect(errorsOf(small)).toEqual([]);
});

describe("a manifest of the wrong shape is refused with a pointer to the error:", () => {
  test.each([
    ["an unknown key", { ...small, colour: "red" }, "/colour: must not have additional property `colour`"],
    [
      "a name above the maximum length",
      { ...small, display_information: { name: "x".repeat(36) } },
      "/display_information/name: must be less than 36 characters",
    ],
    ["a missing name", { ...small, display_information: {} }, "/display_information/name: is required"],
    ["null", null, ": must be of type object"],
    [
      "a request URL without a scheme",
      withSettings({ interactivity: { is_enabled: true, request_url: "app.example" } }),
      "/settings/interactivity/request_url: must be a valid URL, starting with http:// or https://",
    ],
  ])("%s", (_what, given, error) => {
    expect(errorsOf(given)).toContain(error);
  });
});

describe("a manifest that contradicts itself is refused:", () => {
  test.each([
    [
      "an unknown scope",
      withScopes(["chat:write", "commands", "app_mentions:read", "chat:shout"]),
      "/oauth_config/scopes/bot: Illegal bot scopes found `chat:shout`",
    ],
    [
      "an optional scope that is not in the bot scopes",
      withScopes(["chat:write", "commands", "app_mentions:read"], ["files:read"]),
      "/oauth_config/scopes/bot_optional: Optional bot scopes must also be listed in bot scopes: `files:read`",
    ],
    [
      "an event without its scope",
      withScopes(["chat:write", "commands"]),
      "/settings/event_subscriptions/bot_events/0: Event `app_mention` requires bot scope `app_mentions:read`",
    ],
    [
      "an unknown event",
      withSettings({ event_subscriptions: { request_url: url, bot_events: ["presence_change"] } }),
      "/settings/event_subscriptions/bot_events/0: invalid event type: presence_change",
    ],
    [
      "a slash command without its scope",
      without("shortcuts"),
      "/features/slash_commands: Slash Commands requires `commands` bot scope",
    ],
    [
      "a shortcut without its scope",
      without("slash_commands"),
      "/features/shortcuts: Shortcuts requires `commands` bot scope",
    ],
    [
      "bot scopes without a bot user",
      { display_information: { name: "x" }, oauth_config: { scopes: { bot: ["chat:write"] } } },
      "/features/bot_user: Bot scopes require a bot user",
    ],
    [
      "events without a request URL",
      withSettings({ event_subscriptions: { bot_events: ["app_home_opened"] } }),
      "/settings/event_subscriptions: Event Subscription requires either Request URL or Socket Mode Enabled",
    ],
    [
      "interactivity without a request URL",
      withSettings({ interactivity: { is_enabled: true } }),
      "/settings/interactivity: Interactivity requires a Request URL",
    ],
  ])("%s", (_what, given, error) => {
    expect(errorsOf(given)).toEqual([error]);
  });

  test("a manifest needs no URLs in Socket Mode", () => {
    const commands = [{ command: "/page", description: "Page someone" }];
    const withoutUrls = editManifest(small, {
      socketMode: true,
      commands,
      events: { request_url: undefined },
      interactivity: { request_url: undefined },
    });
    expect(errorsOf(withoutUrls)).toEqual([]);
    expect(errorsOf(editManifest(withoutUrls, { socketMode: false }))).toHaveLength(3);
  });
});

test("YAML and JSON give the same manifest, and a syntax error names its line", () => {
  const yaml = "display_information:\n  name: Pager\n";
  expect(readManifest(yaml, "yaml")).toEqual(
    readManifest('{"display_information":{"name":"Pager"}}', "json"),
  );
  const broken = readManifest("display_information: {name: [", "yaml");
  expect(broken).toMatchObject({ ok: false, errors: [{ message: expect.stringContaining("line 1") }] });
  expect(readManifest(yaml, "json")).toMatchObject({ ok: false });
});

test("a YAML alias bomb is refused", () => {
  const layer = (name: string, of: string) => `${name}: &${name} [${Array(9).fill(`*${of}`).join(",")}]\n`;
  const bomb = `a: &a [x,x]\n${layer("b", "a")}${layer("c", "b")}${layer("d", "c")}${layer("e", "d")}`;
  expect(readManifest(bomb, "yaml")).toMatchObject({ ok: false, errors: [{ pointer: "" }] });
});

test("missing settings count as off, and disabled interactivity has no URL", () => {
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
