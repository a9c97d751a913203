import { expect, test } from "vitest";
import { tryKeys } from "./try-keys.ts";

test("an e-mail counts whatever its case, and can't be read from its key", () => {
  expect(tryKeys("Ada@Example.com ", "::1").email).toBe(tryKeys("ada@example.com", "::1").email);
  expect(tryKeys("ada@example.com", "::1").email).not.toContain("ada");
});

test("IPv6 counts by /64, IPv4 by address, mapped or not", () => {
  expect(tryKeys("", "2001:db8:1:2:3::4").ip).toBe("ip:2001:db8:1:2::");
  expect(tryKeys("", "::ffff:192.0.2.7").ip).toBe("ip:192.0.2.7");
  expect(tryKeys("", "192.0.2.7").ip).toBe("ip:192.0.2.7");
});
