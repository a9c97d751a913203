import { expect, test } from "vitest";
import { builtInRoles, type Permission } from "../alert/permission.ts";
import { decideChange } from "./change-user.ts";

const admin = { enabled: true, permissions: builtInRoles.Admin ?? [] };
const analyst = { enabled: true, permissions: builtInRoles.Analyst ?? [] };
const off = { ...admin, enabled: false };
const actor = (permissions: readonly Permission[]) => ({ permissions: new Set(permissions) });
const fullAdmin = actor(admin.permissions);
const limited = actor(["Manage Users", ...analyst.permissions]);

test("a user can only grant their own permissions and change users without more", () => {
  expect(decideChange(fullAdmin, { before: null, after: admin }, 0)).toBeNull();
  expect(decideChange(limited, { before: null, after: analyst }, 1)).toBeNull();
  expect(decideChange(limited, { before: null, after: admin }, 1)).toMatchObject({ field: "role" });
  expect(decideChange(limited, { before: admin, after: analyst }, 1)).toMatchObject({ refused: "forbidden" });
  expect(decideChange(limited, { before: off, after: off }, 1)).toMatchObject({ refused: "forbidden" });
});

test("each missing permission is named once", () => {
  const refusal = decideChange(actor(analyst.permissions), { before: admin, after: admin }, 1);
  expect(refusal?.why.match(/Manage Users/g)).toHaveLength(1);
  expect(refusal?.why).not.toContain("View Alerts");
});

test("the last enabled user with Manage Users can't lose it", () => {
  expect(decideChange(fullAdmin, { before: admin, after: off }, 0)).toMatchObject({ refused: "conflict" });
  expect(decideChange(fullAdmin, { before: admin, after: analyst }, 0)).toMatchObject({
    refused: "conflict",
  });
  expect(decideChange(fullAdmin, { before: admin, after: admin }, 0)).toBeNull();
  expect(decideChange(fullAdmin, { before: admin, after: off }, 1)).toBeNull();
  expect(decideChange(fullAdmin, { before: off, after: off }, 0)).toBeNull();
});
