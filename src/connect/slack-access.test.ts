import { expect, test } from "vitest";
import { authorizeUrl } from "./slack-access.ts";

const authorization = {
  clientId: "1.2",
  state: "s",
  redirectUri: "https://tocsin.example.com/slack/oauth_redirect",
  threadMirror: false,
};
const scopes = (more = {}) =>
  new URL(authorizeUrl("https://slack.com/api/", { ...authorization, ...more })).searchParams
    .get("scope")
    ?.split(",");

test("the authorize URL is on the API's host and has the redirect URL", () => {
  const { origin, pathname, searchParams } = new URL(authorizeUrl("https://slack.com/api/", authorization));
  expect(origin + pathname).toBe("https://slack.com/oauth/v2/authorize");
  expect(Object.fromEntries(searchParams)).toMatchObject({
    client_id: "1.2",
    state: "s",
    redirect_uri: authorization.redirectUri,
  });
});

test("history scopes are requested only with the thread mirror", () => {
  expect(scopes()).toContain("chat:write");
  expect(scopes()).not.toContain("channels:history");
  expect(scopes({ threadMirror: true })).toContain("channels:history");
});
