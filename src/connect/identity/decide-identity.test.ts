import { expect, test } from "vitest";
import { decideIdentity, type MatchedUser, type SlackFace } from "./decide-identity.ts";

const face: SlackFace = {
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
  tied: null,
};
const reason = (identity: ReturnType<typeof decideIdentity>) =>
  identity.kind === "unknown" && identity.reason;

test("a full member of a trusted workspace is whoever has the e-mail", () => {
  expect(decideIdentity(face, home, ada)).toEqual({ kind: "known", user: ada });
});

test("an outside person with the same e-mail is nobody", () => {
  expect(reason(decideIdentity({ ...face, teamId: "T2" }, home, ada))).toContain("another workspace");
});

test("an organisation's installation knows the members of all its workspaces", () => {
  const org = { teamId: null, enterpriseId: "E1", trusted: true };
  expect(decideIdentity({ ...face, teamId: "T7", enterpriseId: "E1" }, org, ada).kind).toBe("known");
  expect(decideIdentity(face, org, ada).kind).toBe("unknown");
});

test("whom an admin has tied needs no e-mail, but everything else", () => {
  const tied = { ...ada, tied: "here" } as const;
  const other = { ...face, email: "a.lovelace@acme.example", emailConfirmed: false };
  expect(decideIdentity(other, home, tied)).toEqual({ kind: "known", user: tied });
  expect(reason(decideIdentity({ ...other, isGuest: true }, home, tied))).toContain("guests");
  expect(reason(decideIdentity({ ...other, teamId: "T2" }, home, tied))).toContain("another workspace");
  expect(reason(decideIdentity(other, home, { ...tied, enabled: false }))).toContain("disabled");
});

test("of somebody who was picked it speaks as of somebody else", () => {
  const away = decideIdentity({ ...face, teamId: "T2" }, home, ada, "they");
  expect(reason(away)).toBe("they belong to another workspace or company");
});

test.each([
  ["untrusted", face, { ...home, trusted: false }, ada, "trusted"],
  ["guest", { ...face, isGuest: true }, home, ada, "guests"],
  ["bot", { ...face, isBot: true }, home, ada, "active person"],
  ["deactivated", { ...face, deleted: true }, home, ada, "active person"],
  ["unconfirmed", { ...face, emailConfirmed: false }, home, ada, "confirmed"],
  ["no e-mail", { ...face, email: null }, home, null, "no e-mail"],
  ["no user", face, home, null, "ada@acme.example"],
  ["disabled", face, home, { ...ada, enabled: false }, "disabled"],
  ["tied to another", face, home, { ...ada, tied: "elsewhere" }, "another Slack user"],
  ["not found", null, home, null, "who you are"],
] as const)("%s is refused with the reason", (_, who, where, user, words) => {
  expect(reason(decideIdentity(who, where, user))).toContain(words);
});
