import { expect, test } from "vitest";
import { builtInRoles, type Permission } from "../alert/permission.ts";
import { decideChange } from "./change-user.ts";

const admin = { enabled: true, permissions: builtInRoles.Admin ?? [] };
const analyst = { enabled: true, permissions: builtInRoles.Analyst ?? [] };
const off = { ...admin, enabled: false };
const holder = (permissions: readonly Permission[]) => ({ permissions: new Set(permissions) });
const boss = holder(admin.permissions);
const clerk = holder(["Manage Users", ...analyst.permissions]);

test("one gives only what one has, and touches only those who have no more", () => {
  expect(decideChange(boss, { before: null, after: admin }, 0)).toBeNull();
  expect(decideChange(clerk, { before: null, after: analyst }, 1)).toBeNull();
  expect(decideChange(clerk, { before: null, after: admin }, 1)).toMatchObject({ field: "role" });
  expect(decideChange(clerk, { before: admin, after: analyst }, 1)).toMatchObject({ refused: "forbidden" });
  expect(decideChange(clerk, { before: off, after: off }, 1)).toMatchObject({ refused: "forbidden" });
});

test("what is lacking is named once each", () => {
  const refusal = decideChange(holder(analyst.permissions), { before: admin, after: admin }, 1);
  expect(refusal?.why.match(/Manage Users/g)).toHaveLength(1);
  expect(refusal?.why).not.toContain("View Alerts");
});

test("the last enabled user with Manage Users stays so", () => {
  expect(decideChange(boss, { before: admin, after: off }, 0)).toMatchObject({ refused: "conflict" });
  expect(decideChange(boss, { before: admin, after: analyst }, 0)).toMatchObject({ refused: "conflict" });
  expect(decideChange(boss, { before: admin, after: admin }, 0)).toBeNull();
  expect(decideChange(boss, { before: admin, after: off }, 1)).toBeNull();
  expect(decideChange(boss, { before: off, after: off }, 0)).toBeNull();
});
