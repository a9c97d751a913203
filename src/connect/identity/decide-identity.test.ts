import { expect, test } from "vitest";
import { decideIdentity, type MatchedUser, type SlackProfile } from "./decide-identity.ts";

const profile: SlackProfile = {
  teamId: "T1",
  enterpriseId: null,
  email: "ada@acme.example",
  name: "Ada",
  deleted: false,
  isBot: false,
  isGuest: false,
  emailConfirmed: true,
};
const home = { teamId: "T1", enterpriseId: null, trusted: true };
const ada: MatchedUser = {
  id: "u",
  email: "Ada@acme.example",
  name: "Ada",
  enabled: true,
  permissions: [],
  linked: null,
};
const reason = (identity: ReturnType<typeof decideIdentity>) =>
  identity.kind === "unknown" && identity.reason;

test("a full member of a trusted workspace is identified by email", () => {
  expect(decideIdentity(profile, home, ada)).toEqual({ kind: "known", user: ada });
});

test("a person from another workspace with the same email is unknown", () => {
  expect(reason(decideIdentity({ ...profile, teamId: "T2" }, home, ada))).toContain("another workspace");
});

test("an organisation's installation knows members of all its workspaces", () => {
  const org = { teamId: null, enterpriseId: "E1", trusted: true };
  expect(decideIdentity({ ...profile, teamId: "T7", enterpriseId: "E1" }, org, ada).kind).toBe("known");
  expect(decideIdentity(profile, org, ada).kind).toBe("unknown");
});

test("a link replaces the email check but no other check", () => {
  const linked = { ...ada, linked: "here" } as const;
  const other = { ...profile, email: "a.lovelace@acme.example", emailConfirmed: false };
  expect(decideIdentity(other, home, linked)).toEqual({ kind: "known", user: linked });
  expect(reason(decideIdentity({ ...other, isGuest: true }, home, linked))).toContain("guests");
  expect(reason(decideIdentity({ ...other, teamId: "T2" }, home, linked))).toContain("another workspace");
  expect(reason(decideIdentity(other, home, { ...linked, enabled: false }))).toContain("disabled");
});

test("the reason says they for a person who was picked", () => {
  const away = decideIdentity({ ...profile, teamId: "T2" }, home, ada, "they");
  expect(reason(away)).toBe("they belong to another workspace or company");
});

test.each([
  ["an untrusted workspace", profile, { ...home, trusted: false }, ada, "trusted"],
  ["a guest", { ...profile, isGuest: true }, home, ada, "guests"],
  ["a bot", { ...profile, isBot: true }, home, ada, "active person"],
  ["a deactivated person", { ...profile, deleted: true }, home, ada, "active person"],
  ["an unconfirmed email", { ...profile, emailConfirmed: false }, home, ada, "confirmed"],
  ["a person without email", { ...profile, email: null }, home, null, "no email"],
  ["a person without a Tocsin user", profile, home, null, "ada@acme.example"],
  ["a disabled user", profile, home, { ...ada, enabled: false }, "disabled"],
  [
    "a user linked to another Slack user",
    profile,
    home,
    { ...ada, linked: "elsewhere" },
    "another Slack user",
  ],
  ["a person whom Slack doesn't show", null, home, null, "who you are"],
] as const)("%s is refused with a reason", (_, who, where, user, words) => {
  expect(reason(decideIdentity(who, where, user))).toContain(words);
});
