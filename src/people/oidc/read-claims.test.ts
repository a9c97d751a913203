import { expect, test } from "vitest";
import { readClaims, roleNameOf } from "./read-claims.ts";

const base = { iss: "https://idp.example.com", sub: "1", email: "ada@example.com", name: "Ada" };
const groups = (more: object, ...groupsClaims: string[]) =>
  readClaims({ ...base, ...more }, { groupsClaims: groupsClaims.length > 0 ? groupsClaims : ["groups"] });

test.each([
  ["a list", { groups: ["a", "b", 7, null] }, ["groups"], ["a", "b"]],
  ["a text, as Google's hd", { hd: "example.com" }, ["hd"], ["example.com"]],
  [
    "a name that is an address, as Slack's",
    { "https://slack.com/team_id": "T1" },
    ["https://slack.com/team_id"],
    ["T1"],
  ],
  ["a path, as Keycloak's", { realm_access: { roles: ["r"] } }, ["realm_access.roles"], ["r"]],
  ["several claims", { hd: "example.com", groups: ["a"] }, ["groups", "hd"], ["a", "example.com"]],
  ["an email that is verified", { email_verified: true }, ["email"], ["ada@example.com"]],
  ["an email of which nothing is said", {}, ["email"], []],
  ["a name that every object has", {}, ["constructor", "toString.name"], []],
])("groups are read from %s", (_, claims, names, expected) => {
  expect(groups(claims, ...names).groups).toEqual(expected);
});

test("of more groups than 5000, the first are read", () => {
  const names = Array.from({ length: 5001 }, (_, at) => `group ${at}`);
  expect(groups({ groups: names }).groups).toEqual(names.slice(0, 5000));
});

test("without groups it is known why", () => {
  expect(groups({}).noGroups).toBe("no claim");
  expect(groups({ groups: [] }).noGroups).toBe("empty");
  expect(groups({ _claim_names: { groups: "src1" }, _claim_sources: {} }).noGroups).toBe("left out");
  expect(groups({ hasgroups: true }).noGroups).toBe("left out");
});

test("an email counts as verified unless the provider denies it", () => {
  expect(groups({}).emailVerified).toBe(true);
  for (const denied of [{ email_verified: false }, { email_verified: "false" }, { xms_edov: 0 }])
    expect(groups(denied).emailVerified).toBe(false);
});

test("a username that looks like an email serves as one, unverified", () => {
  const entra = groups({ email: undefined, preferred_username: "ada@contoso.com" });
  expect(entra).toMatchObject({ email: "ada@contoso.com", emailVerified: false });
  expect(groups({ email: "not one", preferred_username: "ada" }).email).toBeNull();
});

test("a name is cut, cleaned of what can't be seen, and made of what there is", () => {
  expect(groups({ name: "Ada\u202e\n Love\u0000lace" }).name).toBe("Ada Lovelace");
  expect([...groups({ name: "é".repeat(300) }).name]).toHaveLength(100);
  expect(groups({ name: undefined, given_name: "Ada", family_name: "Lovelace" }).name).toBe("Ada Lovelace");
  expect(groups({ name: "" }).name).toBe("ada");
});

test("the first mapped group that a person has gives the role, exactly but for Keycloak's slash", () => {
  const roles = [
    { group: "admins", role: "Admin" },
    { group: "/sec/ops", role: "Analyst" },
  ];
  expect(roleNameOf(["sec/ops", "/admins"], roles)).toBe("Admin");
  expect(roleNameOf(["sec/ops"], roles)).toBe("Analyst");
  expect(roleNameOf(["Admins", "other/admins", "ops"], roles)).toBeNull();
});
