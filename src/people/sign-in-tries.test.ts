import { expect, test } from "vitest";
import { openTestDatabase } from "../../test/database.ts";
import { transaction } from "../db/transaction.ts";
import { countersOf, limits, networkOf, takeTry, waitBefore } from "./sign-in-tries.ts";

const { db } = await openTestDatabase();

const lastAt = new Date("2026-03-02T09:00:00Z");
const after = (seconds: number) => new Date(lastAt.getTime() + seconds * 1000);
const wait = (failures: number, seconds = 0) =>
  waitBefore({ failures, lastAt }, limits.pair, after(seconds)) / 1000;

test("failures after the free ones double the wait up to 15 minutes", () => {
  expect([4, 5, 6, 7, 11, 12, 99].map((failures) => wait(failures))).toEqual([0, 10, 20, 40, 640, 900, 900]);
});

test("the wait starts at the last failure", () => {
  expect([0, 4, 10, 60].map((seconds) => wait(5, seconds))).toEqual([10, 6, 0, 0]);
});

test("failures are forgotten one by one, so waiting frees one try", () => {
  const quarter = 15 * 60;
  expect(wait(7, quarter)).toBe(0);
  expect(waitBefore({ failures: 13, lastAt }, limits.pair, after(quarter - 1))).toBe(1000);
});

test("an earlier clock reading doesn't count as elapsed time", () => {
  expect(wait(5, -3)).toBe(10);
  expect(wait(4, -3)).toBe(0);
});

const keysOf = (email: string, ip: string) => countersOf({ email, ip, device: null }).map(({ key }) => key);

test("the keys of an email ignore case and don't contain the email", () => {
  expect(keysOf("Ada@Example.com ", "::1")).toEqual(keysOf("ada@example.com", "::1"));
  expect(keysOf("ada@example.com", "::1").join()).not.toContain("ada");
});

test("a try counts for email and network together, for each of them, or only for its known device", () => {
  const kinds = (device: Parameters<typeof countersOf>[0]["device"]) =>
    countersOf({ email: "ada@example.com", ip: "192.0.2.7", device }).map(({ kind }) => kind);
  expect(kinds(null)).toEqual(["pair", "network", "email"]);
  expect(kinds({ userId: "u", hash: Buffer.from("device") })).toEqual(["device"]);
});

test("IPv6 addresses count by network, for sign-ins by /48; IPv4 addresses alone, mapped or not", () => {
  expect(networkOf("2001:db8:1:2:3::4")).toBe("2001:db8:1:2::");
  expect(keysOf("", "2001:db8:1:2:3::4")).toEqual(keysOf("", "2001:db8:1:ffff::1"));
  expect(keysOf("", "2001:db8:1::1")).not.toEqual(keysOf("", "2001:db8:2::1"));
  expect(networkOf("::ffff:192.0.2.7")).toBe("192.0.2.7");
  expect(networkOf("192.0.2.7")).toBe("192.0.2.7");
});

test("a try waits for no other person's try", async () => {
  const triedBy = (email: string, ip: string) => countersOf({ email, ip, device: null });
  const eve = triedBy("eve@example.com", "192.0.2.7");
  await transaction(db, (tx) => takeTry(tx, eve, lastAt));
  await transaction(db, async (tx) => {
    await takeTry(tx, eve, lastAt);
    expect(
      await transaction(db, (other) => takeTry(other, triedBy("ada@example.com", "198.51.100.7"), lastAt)),
    ).toBe(0);
  });
});
