import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { z } from "zod";
import { manifestFaults } from "../../../test/builders/manifest-faults.ts";
import {
  appsPageUrl,
  createAppLink,
  type Manifest,
  type ManifestSettings,
  makeManifest,
} from "./make-manifest.ts";

const publicUrl = "https://tocsin.example.com";
const both = [false, true];
const combinations: ManifestSettings[] = (["http", "socket"] as const).flatMap((mode) =>
  both.flatMap((threadMirror) => both.map((orgWide) => ({ mode, threadMirror, orgWide }))),
);
const made = (more: Partial<ManifestSettings> = {}) =>
  makeManifest(publicUrl, { mode: "http", threadMirror: false, orgWide: false, ...more });

test.each(combinations)(
  "the manifest is complete for $mode, mirror $threadMirror, org-wide $orgWide",
  (all) => {
    expect(manifestFaults(makeManifest(publicUrl, all), all)).toEqual([]);
  },
);

const removeFrom = (list: string[], name: string) => {
  list.splice(list.indexOf(name), 1);
};
const removals: [string, (manifest: Manifest) => void, RegExp][] = [
  [
    "a scope that a method needs",
    ({ oauth_config: { scopes } }) => removeFrom(scopes.bot, "im:write"),
    /conversations.open/,
  ],
  [
    "a scope that an event needs",
    ({ oauth_config: { scopes } }) => removeFrom(scopes.bot, "app_mentions:read"),
    /app_mention/,
  ],
  ["the scope of commands", ({ oauth_config: { scopes } }) => removeFrom(scopes.bot, "commands"), /commands/],
  [
    "an optional scope in bot",
    ({ oauth_config: { scopes } }) => removeFrom(scopes.bot, "metadata.message:read"),
    /bot_optional/,
  ],
  [
    "the event of the bot's invitation",
    ({ settings }) => removeFrom(settings.event_subscriptions.bot_events, "member_joined_channel"),
    /member_joined_channel is not subscribed/,
  ],
];
test.each(removals)("a manifest without %s has a fault", (_, change, why) => {
  const manifest = made();
  change(manifest);
  expect(manifestFaults(manifest, { mode: "http", threadMirror: false, orgWide: false }).join("\n")).toMatch(
    why,
  );
});

const additions: [string, (manifest: Manifest) => void, RegExp][] = [
  [
    "a scope that nothing uses",
    ({ oauth_config: { scopes } }) => scopes.bot.push("reactions:write"),
    /nothing uses reactions:write/,
  ],
  [
    "a scope that doesn't exist",
    ({ oauth_config: { scopes } }) => scopes.bot.push("chat:shout"),
    /nothing uses chat:shout/,
  ],
  [
    "an event that Tocsin doesn't handle",
    ({ settings }) => settings.event_subscriptions.bot_events.push("emoji_changed"),
    /emoji_changed/,
  ],
  [
    "metadata of messages that aren't Tocsin's",
    ({ settings }) =>
      settings.event_subscriptions.metadata_subscriptions.push({ app_id: "*", event_type: "not_ours" }),
    /nothing writes not_ours/,
  ],
];
test.each(additions)("a manifest with %s has a fault", (_, change, why) => {
  const manifest = made();
  change(manifest);
  expect(manifestFaults(manifest, { mode: "http", threadMirror: false, orgWide: false }).join("\n")).toMatch(
    why,
  );
});

test("the manifest has all addresses over HTTP, and only OAuth's in Socket Mode", () => {
  const addresses = (manifest: Manifest) => JSON.stringify(manifest).match(/https:[^"]+/g);
  expect(addresses(made())).toEqual([
    `${publicUrl}/slack/events`,
    `${publicUrl}/slack/oauth_redirect`,
    `${publicUrl}/slack/events`,
    `${publicUrl}/slack/events`,
    `${publicUrl}/slack/events`,
  ]);
  expect(addresses(made({ mode: "socket" }))).toEqual([`${publicUrl}/slack/oauth_redirect`]);
});

const oracles = process.env.TOCSIN_ORACLES;
const whole = z.looseObject({});

test.skipIf(!oracles).each(["1.0.0", "2.0.0"])(
  "every manifest is valid in Slack's schema %s (needs TOCSIN_ORACLES)",
  (version) => {
    const text = readFileSync(join(oracles ?? "", `slack/manifest.schema.${version}.json`), "utf8");
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(
      whole.parse(JSON.parse(text)),
    );
    for (const settings of combinations) {
      validate({ ...makeManifest(publicUrl, settings), _metadata: { major_version: Number(version[0]) } });
      expect(validate.errors, JSON.stringify(settings)).toBeNull();
    }
    const bent = { ...made(), settings: { ...made().settings, surprise: true } };
    expect(validate(bent)).toBe(false);
  },
);

test.each([
  ["https://slack.com/api/", "https://api.slack.com/apps"],
  ["https://slack-gov.com/api/", "https://api.slack-gov.com/apps"],
  ["http://127.0.0.1:4001/api/", "http://127.0.0.1:4001/apps"],
  ["https://notslack.com/api/", "https://notslack.com/apps"],
])("for the Web API at %s the apps page is %s", (api, apps) => {
  expect(appsPageUrl(api)).toBe(apps);
});

test("the create link carries the manifest unchanged", () => {
  const link = new URL(createAppLink("https://slack.com/api/", "name: A & B\nurl: x?y=1#z\n"));
  expect(link.searchParams.get("new_app")).toBe("1");
  expect(link.searchParams.get("manifest_yaml")).toBe("name: A & B\nurl: x?y=1#z\n");
});
