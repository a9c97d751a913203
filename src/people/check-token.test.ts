import { expect, test } from "vitest";
import { heldPermissions, whyRefused } from "./check-token.ts";

const now = new Date("2026-03-02T09:00:00Z");
const good = { cidrs: [], expires_at: null, revoked_at: null, created_by: "ada", maker_enabled: true };
const why = (change: Partial<Omit<Parameters<typeof whyRefused>[0], "cidrs">> & { cidrs?: string[] }) =>
  whyRefused({ ...good, ...change }, { ip: "10.1.2.3", now });

test("a token is valid until it is revoked, expires or its maker is disabled", () => {
  expect(why({})).toBeNull();
  expect(why({ expires_at: new Date("2026-03-02T09:00:01Z") })).toBeNull();
  expect(why({ expires_at: now })).toContain("expired at 2026-03-02T09:00:00.000Z");
  expect(why({ revoked_at: now })).toContain("revoked");
  expect(why({ maker_enabled: false })).toContain("disabled");
  expect(why({ created_by: null, maker_enabled: null })).toBeNull();
});

test("an IPv4 address doesn't match an IPv6 range", () => {
  expect(why({ cidrs: ["10.0.0.0/8"] })).toBeNull();
  expect(why({ cidrs: ["192.168.0.0/16", "::/0"] })).toContain("10.1.2.3");
});

test("a token has its own permissions that its maker still has", () => {
  const permissions = ["View Alerts", "Manage Alerts"] as const;
  const held = (maker_permissions: "View Alerts"[] | null, created_by: string | null) =>
    heldPermissions({ permissions: [...permissions], maker_permissions, created_by });
  expect(held(["View Alerts"], "ada")).toEqual(["View Alerts"]);
  expect(held(null, "ada")).toEqual([]);
  expect(held(null, null)).toEqual(permissions);
});
