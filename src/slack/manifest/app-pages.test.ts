import { expect, test } from "vitest";
import { createAppLink, yourApps } from "./app-pages.ts";

test.each([
  ["https://slack.com/api/", "https://api.slack.com/apps"],
  ["https://slack-gov.com/api/", "https://api.slack-gov.com/apps"],
  ["http://127.0.0.1:4001/api/", "http://127.0.0.1:4001/apps"],
  ["https://notslack.com/api/", "https://notslack.com/apps"],
])("with the Web API at %s apps are made at %s", (api, apps) => {
  expect(yourApps(api)).toBe(apps);
});

test("the link carries the manifest as it is", () => {
  const link = new URL(createAppLink("https://slack.com/api/", "name: A & B\nurl: x?y=1#z\n"));
  expect(link.searchParams.get("new_app")).toBe("1");
  expect(link.searchParams.get("manifest_yaml")).toBe("name: A & B\nurl: x?y=1#z\n");
});
