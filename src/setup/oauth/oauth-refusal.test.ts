import { expect, test } from "vitest";
import { oauthRefusal } from "./oauth-refusal.ts";

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
