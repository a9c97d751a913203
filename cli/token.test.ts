import { expect, test } from "vitest";
import { permissions } from "../src/alert/permission.ts";
import { readPermissions } from "./token.ts";

test("permissions are read in any case and separated by commas; all means every one", () => {
  expect(readPermissions("view alerts, MANAGE  API tokens")).toEqual(["View Alerts", "Manage API Tokens"]);
  expect(readPermissions("All")).toEqual(permissions);
});

test("an unknown permission is refused with a list of the known ones", () => {
  expect(readPermissions("View Alerts,Fly")).toMatchObject({
    why: expect.stringMatching(/"Fly".*Manage Settings/),
  });
  expect(readPermissions("")).toMatchObject({ refused: "invalid" });
});
