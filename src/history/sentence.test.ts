import { expect, test } from "vitest";
import type { Actor } from "../alert/alert.ts";
import { sentence } from "./sentence.ts";

const ada: Actor = { type: "user", id: "u1", name: "Ada" };
const grace = { id: "u2", email: "grace@acme.example", name: "Grace" };

test("a sentence starts with the actor and what they did", () => {
  expect(sentence({ kind: "assigned", data: { to: grace, from: null } }, ada)).toBe(
    "Ada assigned the alert to Grace",
  );
  expect(sentence({ kind: "assigned", data: { to: { ...grace, id: "u1" }, from: null } }, ada)).toBe(
    "Ada took the alert",
  );
  expect(sentence({ kind: "unassigned", data: { from: grace } }, ada)).toBe(
    "Ada unassigned the alert from Grace",
  );
  expect(sentence({ kind: "unassigned", data: { from: { ...grace, id: "u1" } } }, ada)).toBe(
    "Ada released the alert",
  );
  expect(
    sentence({ kind: "status_changed", data: { from: "OPEN", to: "RESOLVED", comment: "VPN" } }, ada),
  ).toBe("Ada resolved the alert: VPN");
  expect(
    sentence({ kind: "status_changed", data: { from: "RESOLVED", to: "OPEN", comment: null } }, ada),
  ).toBe("Ada reopened the alert");
});

test.each([
  ["RESOLVED", "TRUE_POSITIVE", "resolved the alert as a true positive: VPN"],
  ["RESOLVED", "BENIGN", "resolved the alert as Benign (expected) activity: VPN"],
  ["RESOLVED", "FALSE_POSITIVE", "resolved the alert as a false positive: VPN"],
  ["RESOLVED", "DUPLICATE", "resolved the alert as a duplicate of #7: VPN"],
  ["RESOLVED", "OTHER", "resolved the alert (Other): VPN"],
  ["CLOSED", "FALSE_POSITIVE", "marked the alert as invalid (False positive): VPN"],
] as const)("closing as %s with %s is told as: Ada %s", (to, disposition, told) => {
  const data = { from: "OPEN", to, comment: "VPN", disposition, duplicateOf: 7 } as const;
  expect(sentence({ kind: "status_changed", data }, ada)).toBe(`Ada ${told}`);
});

test("a changed disposition is told from what to what, and changed tags by name", () => {
  const none = { disposition: null, duplicateOf: null };
  const benign = { disposition: "BENIGN", duplicateOf: null } as const;
  const other = { disposition: "DUPLICATE", duplicateOf: 7 } as const;
  const told = (from: typeof none | typeof benign | typeof other, to: typeof from) =>
    sentence({ kind: "disposition_changed", data: { from, to } }, ada);
  expect(told(none, benign)).toBe("Ada set the disposition to Benign (expected) activity");
  expect(told(benign, other)).toBe(
    "Ada changed the disposition from Benign (expected) activity to Duplicate of #7",
  );
  expect(told(other, none)).toBe("Ada removed the disposition Duplicate of #7");
  const data = { added: ["vpn", "phishing"], removed: ["new"] };
  expect(sentence({ kind: "tags_changed", data }, ada)).toBe(
    "Ada added the tags “vpn” and “phishing” and removed the tag “new”",
  );
});

test("a route sentence has destinations, reason and unknown names", () => {
  const data = {
    reason: "report" as const,
    destinations: [{ id: "d", name: "SOC" }],
    unknown: ["sco"],
    deleted: [],
  };
  expect(sentence({ kind: "routed", data }, ada)).toBe(
    'Routed to SOC because the report asks for it; no destination is named "sco"',
  );
  const sharing = [{ id: "d", name: "SOC" }];
  const notRouted = { reason: "same_fault" as const, destinations: [], unknown: [], deleted: [], sharing };
  expect(sentence({ kind: "routed", data: notRouted }, ada)).toBe(
    "Not routed because every matching destination has the same fault; SOC has the same fault",
  );
});
