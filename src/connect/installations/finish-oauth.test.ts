import { expect, test } from "vitest";
import { grantFault, oauthRefusal } from "./finish-oauth.ts";

const granted = { appId: "A1", expires: false };

test("what Slack granted is of the app that Tocsin works with, as far as it is known", () => {
  expect(grantFault(granted, { ofToken: null, ofInstalled: null })).toBeNull();
  expect(grantFault(granted, { ofToken: "A1", ofInstalled: "A1" })).toBeNull();
  expect(grantFault(granted, { ofToken: null, ofInstalled: "A2" })?.why).toMatch(/app A1, but .* A2/);
  expect(grantFault(granted, { ofToken: "A3", ofInstalled: null })?.why).toMatch(/app A1, but .* A3/);
});

test("a token that expires is none to live on", () => {
  const fault = grantFault({ ...granted, expires: true }, { ofToken: "A1", ofInstalled: null });
  expect(fault?.why).toMatch(/rotation is on/);
});

const why = (code: string) => oauthRefusal(code).why;

test("whoever cancelled, or has to wait for an admin, reads what to do", () => {
  expect(why("access_denied")).toMatch(/cancelled in Slack.*begin again.*approval/);
});

test("credentials and addresses that don't fit are named with where they stand in Slack", () => {
  expect(why("bad_client_secret")).toMatch(/Client Secret.*App Credentials/);
  expect(why("bad_redirect_uri")).toMatch(/Redirect URLs/);
});

test("a word that only Slack knows is repeated, and nothing that looks like something else", () => {
  expect(why("team_is_grid")).toContain('"team_is_grid"');
  expect(why("Please call 0800 12345")).toBe(why("<b>"));
});
