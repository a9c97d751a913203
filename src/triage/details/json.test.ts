import { describe, expect, test } from "vitest";
import type { Part } from "./details-blocks.ts";
import { findEntities } from "./find-entities.ts";
import { findValues } from "./find-values.ts";
import { pathOf, tidy, walk } from "./json.ts";

const part = (value: unknown, id = "context"): Part => ({ id, label: id, value });
const paths = (typed: string, ...values: unknown[]) =>
  findValues(
    values.map((value, at) => part(value, `event:${at}`)),
    typed,
  ).found.map(({ node }) => pathOf(node));

test("walking visits every value once, parents before children", () => {
  const nodes = [...walk({ a: [1, { b: 2 }], c: 3 })];
  expect(nodes.map(pathOf)).toEqual(["", "a", "a[0]", "a[1]", "a[1].b", "c"]);
  expect(nodes.map(({ n }) => n)).toEqual([0, 1, 2, 3, 4, 5]);
});

test("a very long path is cut at its beginning", () => {
  const deep = JSON.parse(`${'{"level":'.repeat(90)}1${"}".repeat(90)}`);
  const path = pathOf([...walk(deep)].at(-1) ?? { n: 0, key: null, parent: null, value: null });
  expect(path).toMatch(/^….*\.level\.level$/);
  expect(path.length).toBeLessThan(300);
});

describe("tidy JSON", () => {
  test.each([
    ["a text unchanged", "syslog\nline", "syslog\nline"],
    [
      "a short value on one line",
      { ip: "10.0.0.1", ports: [22, 80] },
      '{ "ip": "10.0.0.1", "ports": [22, 80] }',
    ],
    ["an empty object", {}, "{}"],
    [
      "a long value with a line per field",
      { a: "x".repeat(70), b: [1] },
      `{\n  "a": "${"x".repeat(70)}",\n  "b": [1]\n}`,
    ],
  ])("shows %s", (_, value, expected) => {
    expect(tidy(value)).toBe(expected);
  });

  test("parses to the same value, and its length grows with the size only", () => {
    const deep = JSON.parse(`${'{"level":'.repeat(90)}[${"10,".repeat(40_000)}10]${"}".repeat(90)}`);
    const text = tidy(deep);
    expect(JSON.parse(text)).toEqual(deep);
    expect(text.length).toBeLessThan(2_000_000);
  });
});

describe("a search", () => {
  const event = {
    actor: { email: "eve@acme.example", ips: ["203.0.113.7"] },
    target: { email: "x" },
    mail: "eve",
  };
  test.each([
    ["email", ["actor.email", "target.email"]],
    ["ACTOR.email", ["actor.email"]],
    ["ips[0]", ["actor.ips[0]"]],
    ["ips.0", ["actor.ips[0]"]],
    ["203.0.113", ["actor.ips[0]"]],
    ["actor", ["actor", "actor.email", "actor.ips[0]"]],
    ["mail", ["mail", "actor.email", "target.email"]],
    ["eve", ["actor.email", "mail"]],
    ["no such text", []],
  ])("for %s finds %j, the best first", (typed, expected) => {
    expect(paths(typed, event)).toEqual(expected);
  });

  test("covers every part and reports when there are more matches", () => {
    expect(paths("a", { a: 1 }, "a line", { b: [] })).toEqual(["a", ""]);
    const many = findValues([part(Array(500).fill({ port: 22 }))], "port");
    expect(many).toMatchObject({ more: true });
    expect(many.found).toHaveLength(200);
  });
});

describe("entities", () => {
  const named = (value: unknown) =>
    Object.fromEntries(
      Object.entries(findEntities([part(value)])).flatMap(([kind, nodes]) =>
        nodes.length > 0 ? [[kind, nodes.map((node) => node.value)]] : [],
      ),
    );
  test.each([
    [{ anywhere: ["eve@acme.example"] }, { People: ["eve@acme.example"] }],
    [{ user: { name: "eve" } }, { People: ["eve"] }],
    [{ TargetUserName: "eve" }, { People: ["eve"] }],
    [{ a: "203.0.113.7", b: ["2001:db8::1"] }, { "IP addresses": ["203.0.113.7", "2001:db8::1"] }],
    [{ host: "203.0.113.7" }, { "IP addresses": ["203.0.113.7"] }],
    [{ "host.name": "vpn-3" }, { Hosts: ["vpn-3"] }],
    [{ host: { hostname: "vpn-3", name: "vpn-4" } }, { Hosts: ["vpn-3", "vpn-4"] }],
    [{ recipientAccountId: 123456789012 }, { Accounts: [123456789012] }],
    [{ name: "eve", userAgent: "curl", message: "user eve\nlogged in" }, {}],
    [{ user: "Eve@acme.example", actor: "eve@acme.example" }, { People: ["Eve@acme.example"] }],
  ])("are found in %j", (value, expected) => {
    expect(named(value)).toEqual(expected);
  });

  test("are at most five of a kind", () => {
    expect(named(Array.from({ length: 20 }, (_, at) => `10.0.0.${at}`))["IP addresses"]).toHaveLength(5);
  });
});
