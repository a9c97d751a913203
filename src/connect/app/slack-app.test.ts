import { expect, test } from "vitest";
import { requiredSecrets, type SecretName } from "./slack-app.ts";

const has = (...names: SecretName[]) => new Set(names);

test("HTTP mode needs the bot token and the signing secret", () => {
  expect(requiredSecrets("http", has("botToken", "signingSecret"))).toBeNull();
  expect(requiredSecrets("http", has("botToken", "appToken"))?.field).toBe("signingSecret");
});

test("Socket Mode needs the bot token and the App-Level Token", () => {
  expect(requiredSecrets("socket", has("botToken", "appToken"))).toBeNull();
  expect(requiredSecrets("socket", has("botToken", "signingSecret"))?.field).toBe("appToken");
});

test("all missing secrets are named, with where to find them in Slack", () => {
  const { why } = requiredSecrets("http", has("clientId")) ?? {};
  expect(why).toMatch(/botToken \(.*OAuth & Permissions\); signingSecret \(.*App Credentials\)/);
});

test("the bot token is optional with Client ID and Client Secret", () => {
  expect(requiredSecrets("http", has("clientId", "clientSecret", "signingSecret"))).toBeNull();
  expect(requiredSecrets("http", has("clientId", "clientSecret"))?.field).toBe("signingSecret");
  expect(requiredSecrets("http", has("clientId", "signingSecret"))?.field).toBe("botToken");
});
