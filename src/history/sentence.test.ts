import { expect, test } from "vitest";
import type { Actor } from "../alert/alert.ts";
import { sentence } from "./sentence.ts";

const ada: Actor = { type: "user", id: "u1", name: "Ada" };
const grace = { id: "u2", email: "grace@acme.example", name: "Grace" };

test("a sentence names who did what", () => {
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

test("routing says where, why, and which names don't exist", () => {
  const data = {
    reason: "report" as const,
    destinations: [{ id: "d", name: "SOC" }],
    unknown: ["sco"],
    deleted: [],
  };
  expect(sentence({ kind: "routed", data }, ada)).toBe(
    'Routed to SOC: the report names them; no destination is called "sco"',
  );
  const sharing = [{ id: "d", name: "SOC" }];
  const nowhere = { reason: "same_fault" as const, destinations: [], unknown: [], deleted: [], sharing };
  expect(sentence({ kind: "routed", data: nowhere }, ada)).toBe(
    "Routed nowhere: every destination that takes them has this same fault; SOC has this same fault",
  );
});
