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
  expect(
    sentence({ kind: "status_changed", data: { from: "OPEN", to: "RESOLVED", comment: "VPN" } }, ada),
  ).toBe("Ada resolved the alert: VPN");
  expect(
    sentence({ kind: "status_changed", data: { from: "RESOLVED", to: "OPEN", comment: null } }, ada),
  ).toBe("Ada reopened the alert");
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
