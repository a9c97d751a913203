import { expect, test } from "vitest";
import { requiredSecrets, type SecretName } from "./slack-app.ts";

const has = (...names: SecretName[]) => new Set(names);

test("over HTTP the bot token and the signing secret are needed", () => {
  expect(requiredSecrets("http", has("botToken", "signingSecret"))).toBeNull();
  expect(requiredSecrets("http", has("botToken", "appToken"))?.field).toBe("signingSecret");
});

test("in Socket Mode the app-level token takes the place of the signing secret", () => {
  expect(requiredSecrets("socket", has("botToken", "appToken"))).toBeNull();
  expect(requiredSecrets("socket", has("botToken", "signingSecret"))?.field).toBe("appToken");
});

test("all that is missing is named at once, with where it stands in Slack", () => {
  const { why } = requiredSecrets("http", has("clientId")) ?? {};
  expect(why).toMatch(/botToken \(.*OAuth & Permissions\); signingSecret \(.*App Credentials\)/);
});

test("with Client ID and Client Secret the bot token may come later, by OAuth", () => {
  expect(requiredSecrets("http", has("clientId", "clientSecret", "signingSecret"))).toBeNull();
  expect(requiredSecrets("http", has("clientId", "clientSecret"))?.field).toBe("signingSecret");
  expect(requiredSecrets("http", has("clientId", "signingSecret"))?.field).toBe("botToken");
});
