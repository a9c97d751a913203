import { expect, test } from "vitest";
import { grantFault, oauthRefusal } from "./finish-oauth.ts";

const granted = { appId: "A1", expires: false };

test("a token of another app than Tocsin's is refused", () => {
  expect(grantFault(granted, { ofToken: null, ofInstalled: null })).toBeNull();
  expect(grantFault(granted, { ofToken: "A1", ofInstalled: "A1" })).toBeNull();
  expect(grantFault(granted, { ofToken: null, ofInstalled: "A2" })?.why).toMatch(/app A1, but .* A2/);
  expect(grantFault(granted, { ofToken: "A3", ofInstalled: null })?.why).toMatch(/app A1, but .* A3/);
});

test("a token that expires is refused", () => {
  const fault = grantFault({ ...granted, expires: true }, { ofToken: "A1", ofInstalled: null });
  expect(fault?.why).toMatch(/rotation is on/);
});

const why = (code: string) => oauthRefusal(code).why;

test("access_denied says to start again or wait for approval", () => {
  expect(why("access_denied")).toMatch(/cancelled in Slack.*Start again.*approval/);
});

test("wrong credentials and redirect URLs are named with where to find them", () => {
  expect(why("bad_client_secret")).toMatch(/Client Secret.*App Credentials/);
  expect(why("bad_redirect_uri")).toMatch(/Redirect URLs/);
});

test("an unknown code is quoted, and any other text is not", () => {
  expect(why("team_is_grid")).toContain('"team_is_grid"');
  expect(why("Please call 0800 12345")).toBe(why("<b>"));
});
