import { expect, test } from "vitest";
import { builtInRoles, type Permission, permissions } from "../../alert/permission.ts";
import { decideRoleChange } from "./change-role.ts";

const by = (held: readonly Permission[]) => ({ permissions: new Set(held) });
const admin = by(permissions);
const lead = by(["View Alerts", "Manage Alerts", "View Users", "Manage Users"]);
const role = (name: string, ...held: Permission[]) => ({ name, permissions: held });
const triage = role("Triage", "View Alerts", "Manage Alerts");
const auditor = role("Auditor", "View Alerts", "View Audit Log");
const managers = role("Managers", "View Users", "Manage Users");
const shrunk = role("Managers", "View Users");
const nobody = { here: 0, elsewhere: 0 };

test.each([
  ["a new role of one's own permissions", lead, null, triage],
  ["a role without permissions", lead, null, role("Guest")],
  ["less in one's own role", lead, managers, shrunk],
  ["another name", lead, triage, { ...triage, name: "First line" }],
  ["a role that is not needed any more", lead, triage, null],
])("%s is allowed", (_, who, before, after) => {
  expect(decideRoleChange(who, { before, after }, { here: 0, elsewhere: 1 })).toBeNull();
});

test.each([
  ["a new role with a permission that one lacks", null, auditor],
  ["such a permission for an existing role, one's own included", triage, role("Triage", "View Audit Log")],
  ["another name for a role that may do more", auditor, { ...auditor, name: "Triage" }],
  ["less for a role that may do more", auditor, role("Auditor", "View Alerts")],
  ["the end of a role that may do more", auditor, null],
])("%s is refused, and the refusal names the permission", (_, before, after) => {
  expect(decideRoleChange(lead, { before, after }, nobody)).toMatchObject({
    refused: "forbidden",
    why: expect.stringContaining("View Audit Log"),
  });
});

test("a built-in role can't be changed or deleted, even by an Admin", () => {
  for (const [name, held] of Object.entries(builtInRoles)) {
    const before = { name, permissions: held, builtIn: true };
    for (const after of [triage, null]) {
      expect(decideRoleChange(admin, { before, after }, nobody)).toMatchObject({ refused: "conflict" });
    }
  }
});

test.each([
  ["the last people with Manage Users have the role", { here: 2, elsewhere: 0 }, "conflict"],
  ["others have it from another role", { here: 2, elsewhere: 1 }, undefined],
  ["nobody enabled has the role, nor the permission", { here: 0, elsewhere: 0 }, undefined],
])("taking Manage Users from a role when %s", (_, counts, refused) => {
  expect(decideRoleChange(admin, { before: managers, after: shrunk }, counts)?.refused).toBe(refused);
});
