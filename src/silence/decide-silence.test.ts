import fc from "fast-check";
import { expect, test } from "vitest";
import { severities } from "../alert/alert.ts";
import {
  chooseSilence,
  covers,
  decideMark,
  type RunningSilence,
  type SilenceableAlert,
} from "./decide-silence.ts";

const okta = "0199f3c2-0000-7000-8000-0000000050ac";
const alert: SilenceableAlert = {
  sourceId: okta,
  detectionId: "Okta.Login",
  title: "Login of eve@acme.example",
  severity: "HIGH",
  type: "RULE",
  context: { actor: { email: "Eve@acme.example", ips: ["203.0.113.7", 42] }, "app.name": "VPN" },
};
const silence: RunningSilence = {
  id: "a",
  reason: "Maintenance",
  by: "Ada",
  source: null,
  detection: "Okta.Login",
  title: null,
  severities: [],
  fields: [],
  alsoCritical: false,
  endsAt: new Date("2026-12-01T00:00:00Z"),
};
const field = (path: string, op: "equals" | "matches", value: string) => ({ fields: [{ path, op, value }] });

test.each<[string, Partial<RunningSilence>, Partial<SilenceableAlert>, boolean]>([
  ["the detection", {}, {}, true],
  ["another detection", { detection: "okta.login" }, {}, false],
  ["no detection", {}, { detectionId: null }, false],
  ["the source", { detection: null, source: okta }, {}, true],
  ["another source", { source: "other" }, {}, false],
  ["the severity", { severities: ["LOW", "HIGH"] }, {}, true],
  ["another severity", { severities: ["LOW"] }, {}, false],
  ["a title", { title: "login of *" }, {}, true],
  ["another title", { title: "Logout of *" }, {}, false],
  ["a field in any case", field("actor.email", "equals", "eve@ACME.example"), {}, true],
  ["a part of a field", field("actor.email", "equals", "eve"), {}, false],
  ["a pattern", field("actor.email", "matches", "*@acme.example"), {}, true],
  ["an item of a list", field("actor.ips", "equals", "203.0.113.7"), {}, true],
  ["a number in a list", field("actor.ips", "matches", "4*"), {}, true],
  ["an item by its index", field("actor.ips.1", "equals", "42"), {}, true],
  ["a name with a dot", field("app\\.name", "equals", "VPN"), {}, true],
  ["a path that isn't there", field("app.name", "equals", "VPN"), {}, false],
  ["an object", field("actor", "matches", "*"), {}, false],
  ["a name of every object", field("constructor.name", "equals", "Object"), {}, false],
  ["a CRITICAL alert", {}, { severity: "CRITICAL" }, false],
  ["a CRITICAL alert that is named only", { severities: ["CRITICAL"] }, { severity: "CRITICAL" }, false],
  ["a CRITICAL alert that was confirmed", { alsoCritical: true }, { severity: "CRITICAL" }, true],
  ["Tocsin's own health by its source", { detection: null, source: okta }, { type: "SYSTEM_ERROR" }, false],
  ["Tocsin's own health by its detection", {}, { type: "SYSTEM_ERROR" }, true],
])("a silence compares %s", (_, change, other, expected) => {
  expect(covers({ ...silence, ...change }, { ...alert, ...other })).toBe(expected);
});

test("a silence never covers CRITICAL alerts without its confirmation, whatever it names", () => {
  const conditions = fc.record({
    source: fc.constantFrom(null, okta),
    detection: fc.constantFrom(null, "Okta.Login"),
    severities: fc.subarray([...severities]),
    title: fc.constantFrom(null, "*"),
  });
  fc.assert(
    fc.property(conditions, (wanted) => {
      const critical = { ...alert, severity: "CRITICAL" } as const;
      expect(covers({ ...silence, ...wanted, alsoCritical: false }, critical)).toBe(false);
    }),
  );
});

test("of several silences the one that ends last is chosen", () => {
  const longer = { ...silence, id: "b", endsAt: new Date("2026-12-03T00:00:00Z") };
  const other = { ...silence, id: "c", detection: "Other", endsAt: new Date("2026-12-09T00:00:00Z") };
  expect(chooseSilence([silence, longer, other], alert)?.id).toBe("b");
  expect(chooseSilence([other], alert)).toBeNull();
});

const mark = { silencedBy: "a", closedByPerson: false };
const next = { ...silence, id: "b" };
test.each<
  [
    string,
    typeof mark | { silencedBy: null; closedByPerson: false },
    Partial<SilenceableAlert>,
    RunningSilence[],
    object,
  ]
>([
  [
    "an alert that is not silenced as it is",
    { silencedBy: null, closedByPerson: false },
    {},
    [silence],
    { kind: "keep" },
  ],
  ["a silenced alert while its silence runs", mark, { context: {} }, [silence, next], { kind: "keep" }],
  ["a silenced alert once its silence is over", mark, {}, [], { kind: "lift", because: "over" }],
  [
    "an alert that rises to CRITICAL",
    mark,
    { severity: "CRITICAL" },
    [silence],
    { kind: "lift", because: "severity" },
  ],
  [
    "an alert that rises beyond the severities",
    mark,
    {},
    [{ ...silence, severities: ["LOW"] }],
    { kind: "lift", because: "severity" },
  ],
  [
    "an alert that rises in a confirmed silence",
    mark,
    { severity: "CRITICAL" },
    [{ ...silence, alsoCritical: true }],
    { kind: "keep" },
  ],
  ["an alert that another silence covers", mark, {}, [next], { kind: "pass", to: next }],
  [
    "an alert that another silence doesn't cover",
    mark,
    {},
    [{ ...next, detection: "Other" }],
    { kind: "lift" },
  ],
  [
    "an alert that a person closed",
    { silencedBy: "a", closedByPerson: true },
    {},
    [],
    { kind: "keep", why: "closed by a person" },
  ],
])("a joining report leaves or lifts %s", (_, now, change, silences, expected) => {
  expect(decideMark(now, { ...alert, ...change }, silences)).toMatchObject(expected);
});
