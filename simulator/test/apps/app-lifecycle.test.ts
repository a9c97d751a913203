import { afterEach, expect, test } from "vitest";
import { pager } from "../fixtures/pager.ts";
import { type SimulatorWithApp, startWithApp } from "../fixtures/simulator-with-app.ts";

let env: SimulatorWithApp;
afterEach(() => env.end());

async function createPager() {
  const app = await env.slack.ask("createApp", { as: "ada", manifest: pager(env.app.url) });
  return app.ok ? app : expect.unreachable();
}
const receivedEvents = () => env.app.received.flatMap(({ payload }) => Object(payload).event?.type ?? []);

test("a token has the scopes of the manifest without the withheld ones", async () => {
  env = await startWithApp({ withApp: false });
  await createPager();
  const { botToken, scopes } = await env.slack.ask("installApp", { as: "ada", withhold: ["users:read"] });
  expect(scopes).toEqual(["chat:write", "commands", "channels:read"]);
  const { headers } = await env.call("auth.test", {}, botToken);
  expect(headers.get("x-oauth-scopes")).toBe("chat:write,commands,channels:read");
  expect(await env.call("users.info", { user: env.slack.users.ada.id }, botToken)).toMatchObject({
    error: "missing_scope",
    needed: "users:read",
  });
});

test("createApp returns the errors of an invalid manifest and creates no app", async () => {
  env = await startWithApp({ withApp: false });
  const bad = pager(env.app.url, ["chat:write"]);
  expect(await env.slack.ask("createApp", { as: "ada", manifest: JSON.stringify(bad) })).toMatchObject({
    ok: false,
    errors: expect.arrayContaining([
      { message: "Slash Commands requires `commands` bot scope", pointer: "/features/slash_commands" },
    ]),
  });
  await expect(env.slack.ask("installApp", { as: "ada" })).rejects.toThrow("There are no apps");
});

test("an app gets its subscribed events only after its request URL is verified", async () => {
  env = await startWithApp({ withApp: false });
  await createPager();
  await env.slack.ask("installApp", { as: "ada" });
  await env.slack.channel("#random").say("/invite @Pager", { as: "grace" });
  env.app.answerWith(({ payload }) => ({ body: { challenge: Object(payload).challenge } }));
  expect(await env.slack.ask("verifyUrl", { app: "Pager" })).toEqual({ verified: true });
  await env.slack.channel("#platform").say("/invite @Pager", { as: "grace" });
  await expect.poll(receivedEvents).toEqual(["member_joined_channel"]);
});

test("a person who is not an admin may not install an app without approval", async () => {
  env = await startWithApp({ withApp: false });
  await createPager();
  await expect(env.slack.ask("installApp", { as: "eve" })).rejects.toThrow("An admin has to approve Pager");
});

test("uninstalling sends events, revokes the token and removes the bot for good", async () => {
  env = await startWithApp({ withApp: false });
  await createPager();
  const { botToken } = await env.slack.ask("installApp", { as: "ada" });
  await env.slack.channel("#random").say("/invite @Pager", { as: "grace" });
  env.app.answerWith(({ payload }) => ({ body: { challenge: Object(payload).challenge } }));
  await env.slack.ask("verifyUrl", { app: "Pager" });
  await env.slack.ask("uninstallApp", {});
  await expect.poll(receivedEvents).toEqual(expect.arrayContaining(["app_uninstalled", "tokens_revoked"]));
  expect(await env.call("auth.test", {}, botToken)).toMatchObject({ error: "account_inactive" });
  const reinstalled = await env.slack.ask("installApp", { as: "ada" });
  expect(reinstalled.botToken).not.toBe(botToken);
  expect(
    await env.call("chat.postMessage", { channel: "#random", text: "x" }, reinstalled.botToken),
  ).toMatchObject({
    error: "not_in_channel",
  });
});

test("an org-wide app has no workspaces until it is added to them", async () => {
  env = await startWithApp({ withApp: false, shape: "organisation" });
  await createPager();
  env.app.answerWith(({ payload }) => ({ body: { challenge: Object(payload).challenge } }));
  await env.slack.ask("verifyUrl", { app: "Pager" });
  const { botToken } = await env.slack.ask("installApp", { as: "ada", organisation: [] });
  expect(await env.call("auth.teams.list", {}, botToken)).toMatchObject({ ok: true, teams: [] });
  expect(await env.call("auth.test", {}, botToken)).toMatchObject({ ok: true, is_enterprise_install: true });
  expect(await env.call("chat.postMessage", { channel: "C0SECEUROPE", text: "x" }, botToken)).toMatchObject({
    error: "team_access_not_granted",
  });
  await env.slack.ask("installApp", { as: "ada", organisation: ["ACME Europe"] });
  expect(await env.call("auth.teams.list", {}, botToken)).toMatchObject({
    teams: [{ name: "ACME Europe" }],
  });
});
