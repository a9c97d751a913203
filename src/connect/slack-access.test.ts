import { expect, test } from "vitest";
import { authorizeUrl } from "./slack-access.ts";

const asked = {
  clientId: "1.2",
  state: "s",
  redirectUri: "https://tocsin.example.com/slack/oauth_redirect",
  threadMirror: false,
};
const scopes = (more = {}) =>
  new URL(authorizeUrl("https://slack.com/api/", { ...asked, ...more })).searchParams
    .get("scope")
    ?.split(",");

test("the page stands beside Slack's API, and is told where the browser goes afterwards", () => {
  const { origin, pathname, searchParams } = new URL(authorizeUrl("https://slack.com/api/", asked));
  expect(origin + pathname).toBe("https://slack.com/oauth/v2/authorize");
  expect(Object.fromEntries(searchParams)).toMatchObject({
    client_id: "1.2",
    state: "s",
    redirect_uri: asked.redirectUri,
  });
});

test("histories of channels are asked for only with the thread mirror", () => {
  expect(scopes()).toContain("chat:write");
  expect(scopes()).not.toContain("channels:history");
  expect(scopes({ threadMirror: true })).toContain("channels:history");
});
