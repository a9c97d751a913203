import { expect, test } from "vitest";
import { type Account, decideAccount } from "./decide-account.ts";

const claims = { email: "ada@example.com", emailVerified: true, groups: ["a"], noGroups: "empty" } as const;
const user: Account = {
  id: "1",
  enabled: true,
  role: "Analyst",
  hasIdentity: false,
  isEmergencyAdmin: false,
};
const nobody = { byIdentity: null, byEmail: null, role: "Analyst" };
const known = { ...nobody, byIdentity: { ...user, hasIdentity: true } };
const refused = (why: string) => ({ kind: "refuse", why });

test.each([
  ["an unknown person", claims, nobody, { kind: "create", email: claims.email, role: "Analyst" }],
  [
    "an unknown person with an unverified email",
    { ...claims, emailVerified: false },
    nobody,
    { kind: "create" },
  ],
  ["a known subject", claims, known, { kind: "sign_in", userId: "1", link: false, role: null }],
  [
    "a known subject with another role",
    claims,
    { ...known, role: "Admin" },
    { kind: "sign_in", role: "Admin" },
  ],
  ["a role in other letters", claims, { ...known, role: "analyst" }, { kind: "sign_in", role: null }],
  ["a known subject without an email", { ...claims, email: null }, known, { kind: "sign_in" }],
  [
    "the emergency admin",
    claims,
    { ...known, byIdentity: { ...user, isEmergencyAdmin: true }, role: "Admin" },
    { kind: "sign_in", role: null },
  ],
  ["a user's email", claims, { ...nobody, byEmail: user }, { kind: "sign_in", userId: "1", link: true }],
  [
    "a user's unverified email",
    { ...claims, emailVerified: false },
    { ...nobody, byEmail: user },
    refused("email not verified"),
  ],
  [
    "an email of another account",
    claims,
    { ...nobody, byEmail: { ...user, hasIdentity: true } },
    refused("email of another account"),
  ],
  ["a disabled subject", claims, { ...known, byIdentity: { ...user, enabled: false } }, refused("disabled")],
  [
    "a disabled user's email",
    claims,
    { ...nobody, byEmail: { ...user, enabled: false } },
    refused("disabled"),
  ],
  ["no email", { ...claims, email: null }, nobody, refused("no email")],
  ["no mapped group", claims, { ...known, role: null }, refused("no mapped group")],
  [
    "no claim",
    { ...claims, groups: [], noGroups: "no claim" },
    { ...nobody, role: null },
    refused("no groups claim"),
  ],
  [
    "too many groups",
    { ...claims, groups: [], noGroups: "left out" },
    { ...nobody, role: null },
    refused("groups left out"),
  ],
] as const)("%s is decided", (_, said, there, expected) => {
  expect(decideAccount(said, there)).toMatchObject(expected);
});
