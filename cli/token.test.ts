import { expect, test } from "vitest";
import { permissions } from "../src/alert/permission.ts";
import { readPermissions } from "./token.ts";

test("permissions are words in any case, with commas; all is every one", () => {
  expect(readPermissions("view alerts, MANAGE  API tokens")).toEqual(["View Alerts", "Manage API Tokens"]);
  expect(readPermissions("All")).toEqual(permissions);
});

test("a word that is no permission is named, with those that are", () => {
  expect(readPermissions("View Alerts,Fly")).toMatchObject({
    why: expect.stringMatching(/"Fly".*Manage Settings/),
  });
  expect(readPermissions("")).toMatchObject({ refused: "invalid" });
});
