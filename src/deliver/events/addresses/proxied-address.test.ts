import { isIP } from "node:net";
import { expect, test } from "vitest";
import { checkProxied } from "./proxied-address.ts";

const all = ["0.0.0.0/0", "::/0"];
const verdict = (host: string, { found = [] as string[], allowed = [] as string[], encrypted = true }) => {
  const resolve = async () => {
    if (found.length === 0) throw Object.assign(new Error("no such name"), { code: "ENOTFOUND" });
    return found.map((address) => ({ address, family: isIP(address) }));
  };
  return checkProxied(host, { allowed, encrypted, resolve }).then(
    () => "usable",
    (fault) => fault.code,
  );
};

test.each([
  ["hooks.example", { found: ["203.0.113.7"] }, "private_address"],
  ["hooks.example", { found: ["93.184.216.34"] }, "usable"],
  // The proxy chooses among them.
  ["hooks.example", { found: ["93.184.216.34", "10.0.0.7"] }, "private_address"],
  ["hooks.example", { found: ["10.0.0.7"], allowed: ["10.0.0.0/8"] }, "usable"],
  ["hooks.example", { found: ["93.184.216.34"], encrypted: false }, "plain_http"],
  // What only the proxy can resolve.
  ["hooks.example", {}, "usable"],
  ["hooks.example", { encrypted: false }, "plain_http"],
  ["HOOKS.internal.", {}, "private_address"],
  ["soar", {}, "private_address"],
  ["soar.corp", { allowed: ["10.0.0.0/8"] }, "private_address"],
  ["soar.corp", { allowed: all, encrypted: false }, "usable"],
  ["[fd00::7]", {}, "private_address"],
  ["169.254.169.254", {}, "private_address"],
])("through a proxy, %s with %o is %s", async (host, facts, expected) => {
  expect(await verdict(host, facts)).toBe(expected);
});
