import { expect, test } from "vitest";
import { requiredSecrets, type SecretName } from "./slack-app.ts";

const has = (...names: SecretName[]) => new Set(names);

test("HTTP mode needs the bot token and the signing secret", () => {
  expect(requiredSecrets("http", has("botToken", "signingSecret"))).toBeNull();
  expect(requiredSecrets("http", has("botToken", "appToken"))?.fields?.map(({ field }) => field)).toEqual([
    "signingSecret",
  ]);
});

test("Socket Mode needs the bot token and the App-Level Token", () => {
  expect(requiredSecrets("socket", has("botToken", "appToken"))).toBeNull();
  expect(
    requiredSecrets("socket", has("botToken", "signingSecret"))?.fields?.map(({ field }) => field),
  ).toEqual(["appToken"]);
});

test("all missing secrets are named, with where to find them in Slack", () => {
  const { why, fields } = requiredSecrets("http", has("clientId")) ?? {};
  expect(fields?.map(({ field }) => field)).toEqual(["botToken", "signingSecret"]);
  expect(why).toMatch(/botToken \(.*OAuth & Permissions\); signingSecret \(.*App Credentials\)/);
});

test("the bot token is optional with Client ID and Client Secret", () => {
  expect(requiredSecrets("http", has("clientId", "clientSecret", "signingSecret"))).toBeNull();
  expect(requiredSecrets("http", has("clientId", "clientSecret"))?.fields?.map(({ field }) => field)).toEqual(
    ["signingSecret"],
  );
  expect(
    requiredSecrets("http", has("clientId", "signingSecret"))?.fields?.map(({ field }) => field),
  ).toEqual(["botToken"]);
});
