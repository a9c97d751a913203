import { expect, test } from "vitest";
import { decideToken, heldPermissions, whyRefused } from "./check-token.ts";

const now = new Date("2026-03-02T09:00:00Z");
const good = {
  cidrs: [],
  created_at: new Date("2026-02-28T09:00:00Z"),
  expires_at: null,
  max_days: null,
  revoked_at: null,
  created_by: "ada",
  maker_enabled: true,
};
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

test("a token ends once it is older than tokens may be, whatever its expiry", () => {
  expect(why({ max_days: 3 })).toBeNull();
  expect(why({ max_days: 2 })).toContain("older than the 2 days");
  expect(why({ max_days: 2, expires_at: new Date("2027-01-01T00:00:00Z") })).toContain(
    "older than the 2 days",
  );
});

const decide = (
  request: { cidrs?: string[]; expiresAt?: Date },
  maker: Partial<Parameters<typeof decideToken>[2]> = {},
) =>
  decideToken(
    { permissions: new Set() },
    { permissions: [], cidrs: [], expiresAt: null, now, ...request },
    { expiresAt: null, cidrs: [], maxDays: null, ...maker },
  );

test("a token that a token makes may only narrow its addresses", () => {
  const cidrs = ["10.1.0.0/16", "2001:db8::/32"];
  for (const narrower of ["10.1.0.0/16", "10.1.2.0/24", "2001:db8:1::/48"]) {
    expect(decide({ cidrs: [narrower] }, { cidrs })).toBeNull();
  }
  for (const wider of ["10.0.0.0/8", "10.2.0.0/16", "0.0.0.0/0", "::/0", "2001:db9::/32"]) {
    expect(decide({ cidrs: ["10.1.2.0/24", wider] }, { cidrs })).toMatchObject({
      refused: "invalid",
      field: "cidrs",
      why: `${wider} is not within 10.1.0.0/16, 2001:db8::/32, to which the token that you use is limited.`,
    });
  }
  expect(decide({ cidrs: ["10.0.0.0/8"] })).toBeNull();
});

test("a token may not live longer than the setting allows", () => {
  expect(decide({ expiresAt: new Date("2026-03-09T09:00:00Z") }, { maxDays: 7 })).toBeNull();
  expect(decide({ expiresAt: new Date("2026-03-09T09:00:01Z") }, { maxDays: 7 })).toMatchObject({
    field: "expiresAt",
    why: "Tokens may live at most 7 days, until 2026-03-09T09:00:00.000Z.",
  });
});
