import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { z } from "zod";
import { manifestFaults } from "../../../test/builders/manifest-faults.ts";
import {
  createAppLink,
  type Manifest,
  type ManifestSettings,
  makeManifest,
  yourApps,
} from "./make-manifest.ts";

const publicUrl = "https://tocsin.example.com";
const both = [false, true];
const combinations: ManifestSettings[] = (["http", "socket"] as const).flatMap((mode) =>
  both.flatMap((threadMirror) => both.map((orgWide) => ({ mode, threadMirror, orgWide }))),
);
const made = (more: Partial<ManifestSettings> = {}) =>
  makeManifest(publicUrl, { mode: "http", threadMirror: false, orgWide: false, ...more });

test.each(combinations)(
  "mode $mode, mirror $threadMirror, org-wide $orgWide: nothing is missing or too much",
  (all) => {
    expect(manifestFaults(makeManifest(publicUrl, all), all)).toEqual([]);
  },
);

const without = (list: string[], name: string) => {
  list.splice(list.indexOf(name), 1);
};
const bends: [string, (manifest: Manifest) => void, RegExp][] = [
  [
    "a scope that a method needs",
    ({ oauth_config: { scopes } }) => without(scopes.bot, "im:write"),
    /conversations.open/,
  ],
  [
    "a scope that an event needs",
    ({ oauth_config: { scopes } }) => without(scopes.bot, "app_mentions:read"),
    /app_mention/,
  ],
  ["the scope of commands", ({ oauth_config: { scopes } }) => without(scopes.bot, "commands"), /commands/],
  [
    "an optional scope in bot",
    ({ oauth_config: { scopes } }) => without(scopes.bot, "metadata.message:read"),
    /bot_optional/,
  ],
  [
    "the event of the bot's invitation",
    ({ settings }) => without(settings.event_subscriptions.bot_events, "member_joined_channel"),
    /is not subscribed/,
  ],
];
test.each(bends)("without %s it is found wanting", (_, bend, why) => {
  const manifest = made();
  bend(manifest);
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
    "an event that Tocsin doesn't hear",
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
test.each(additions)("%s is found", (_, bend, why) => {
  const manifest = made();
  bend(manifest);
  expect(manifestFaults(manifest, { mode: "http", threadMirror: false, orgWide: false }).join("\n")).toMatch(
    why,
  );
});

test("over HTTP every address is there, in Socket Mode only that of OAuth", () => {
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
  "Slack's schema %s takes each of them (needs TOCSIN_ORACLES)",
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
])("with the Web API at %s apps are made at %s", (api, apps) => {
  expect(yourApps(api)).toBe(apps);
});

test("the link carries the manifest as it is", () => {
  const link = new URL(createAppLink("https://slack.com/api/", "name: A & B\nurl: x?y=1#z\n"));
  expect(link.searchParams.get("new_app")).toBe("1");
  expect(link.searchParams.get("manifest_yaml")).toBe("name: A & B\nurl: x?y=1#z\n");
});
