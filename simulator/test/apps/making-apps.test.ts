import { afterEach, expect, test } from "vitest";
import { pager } from "../fixtures/pager.ts";
import { type Setting, setting } from "../fixtures/simulator-with-app.ts";

let here: Setting;
afterEach(() => here.end());

async function made() {
  const app = await here.slack.ask("createApp", { as: "ada", manifest: pager(here.app.url) });
  return app.ok ? app : expect.unreachable();
}
const heard = () => here.app.received.flatMap(({ payload }) => Object(payload).event?.type ?? []);

test("a token has exactly the scopes of the manifest, without those that were withheld", async () => {
  here = await setting({ withApp: false });
  await made();
  const { botToken, scopes } = await here.slack.ask("installApp", { as: "ada", withhold: ["users:read"] });
  expect(scopes).toEqual(["chat:write", "commands", "channels:read"]);
  const { headers } = await here.call("auth.test", {}, botToken);
  expect(headers.get("x-oauth-scopes")).toBe("chat:write,commands,channels:read");
  expect(await here.call("users.info", { user: here.slack.users.ada.id }, botToken)).toMatchObject({
    error: "missing_scope",
    needed: "users:read",
  });
});

test("a manifest with errors makes no app, and says what is wrong", async () => {
  here = await setting({ withApp: false });
  const bad = pager(here.app.url, ["chat:write"]);
  expect(await here.slack.ask("createApp", { as: "ada", manifest: JSON.stringify(bad) })).toMatchObject({
    ok: false,
    errors: expect.arrayContaining([
      { message: "Slash Commands requires `commands` bot scope", pointer: "/features/slash_commands" },
    ]),
  });
  await expect(here.slack.ask("installApp", { as: "ada" })).rejects.toThrow("There are no apps");
});

test("no event comes before the request URL was verified, and then those that were asked for", async () => {
  here = await setting({ withApp: false });
  await made();
  await here.slack.ask("installApp", { as: "ada" });
  await here.slack.channel("#random").say("/invite @Pager", { as: "grace" });
  here.app.answerWith(({ payload }) => ({ body: { challenge: Object(payload).challenge } }));
  expect(await here.slack.ask("verifyUrl", { app: "Pager" })).toEqual({ verified: true });
  await here.slack.channel("#platform").say("/invite @Pager", { as: "grace" });
  await expect.poll(heard).toEqual(["member_joined_channel"]);
});

test("whoever is no admin may not install, until an admin approves", async () => {
  here = await setting({ withApp: false });
  await made();
  await expect(here.slack.ask("installApp", { as: "eve" })).rejects.toThrow("An admin has to approve Pager");
});

test("an app that is uninstalled hears of it, its token is dead, and its bot is gone; installed again it is another", async () => {
  here = await setting({ withApp: false });
  await made();
  const { botToken } = await here.slack.ask("installApp", { as: "ada" });
  await here.slack.channel("#random").say("/invite @Pager", { as: "grace" });
  here.app.answerWith(({ payload }) => ({ body: { challenge: Object(payload).challenge } }));
  await here.slack.ask("verifyUrl", { app: "Pager" });
  await here.slack.ask("uninstallApp", {});
  await expect.poll(heard).toEqual(expect.arrayContaining(["app_uninstalled", "tokens_revoked"]));
  expect(await here.call("auth.test", {}, botToken)).toMatchObject({ error: "account_inactive" });
  const again = await here.slack.ask("installApp", { as: "ada" });
  expect(again.botToken).not.toBe(botToken);
  expect(
    await here.call("chat.postMessage", { channel: "#random", text: "x" }, again.botToken),
  ).toMatchObject({
    error: "not_in_channel",
  });
});

test("an organisation lets an app into no workspace by itself, and tells it where it was let in", async () => {
  here = await setting({ withApp: false, shape: "organisation" });
  await made();
  here.app.answerWith(({ payload }) => ({ body: { challenge: Object(payload).challenge } }));
  await here.slack.ask("verifyUrl", { app: "Pager" });
  const { botToken } = await here.slack.ask("installApp", { as: "ada", organisation: [] });
  expect(await here.call("auth.teams.list", {}, botToken)).toMatchObject({ ok: true, teams: [] });
  expect(await here.call("auth.test", {}, botToken)).toMatchObject({ ok: true, is_enterprise_install: true });
  expect(await here.call("chat.postMessage", { channel: "C0SECEUROPE", text: "x" }, botToken)).toMatchObject({
    error: "team_access_not_granted",
  });
  await here.slack.ask("installApp", { as: "ada", organisation: ["ACME Europe"] });
  expect(await here.call("auth.teams.list", {}, botToken)).toMatchObject({
    teams: [{ name: "ACME Europe" }],
  });
});
