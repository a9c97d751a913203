import { expect, test } from "vitest";
import { recorded, reportsOf } from "../../../test/parse-recorded.ts";
import { github } from "./github.ts";

const [dependabot, secret, code] = ["dependabot", "secret", "code"].map((name) => recorded(`github-${name}`));
const parse = (event: { alert: object }, alert: object = {}, more: object = {}) =>
  reportsOf(github, { ...event, ...more, alert: { ...event.alert, ...alert } })[0];

test("an alert is identified by repository, kind and number", () => {
  expect(parse(dependabot)).toMatchObject({
    says: "firing",
    title: "Prototype pollution (minimist): acme/website",
    severity: "CRITICAL",
    detectionId: "GHSA-xvch-5gv4-984h",
    identity: { kind: "named", id: "acme/website dependabot 7" },
    tags: ["CVE-2021-44906"],
    reference: "https://github.com/acme/website/security/dependabot/7",
    occurredAt: new Date("2026-03-02T10:15:00Z"),
    warnings: [],
  });
  expect(parse(secret)).toMatchObject({
    says: "firing",
    title: "Secret found: Acme access token: acme/website",
    severity: "CRITICAL",
    detectionId: "acme_token",
    identity: { kind: "named", id: "acme/website secret-scanning 7" },
  });
  expect(parse(code)).toMatchObject({
    says: "resolved",
    title: "Cross-site scripting: acme/website",
    severity: "HIGH",
    detectionId: "js/xss",
    identity: { kind: "named", id: "acme/website code-scanning 7" },
    context: { location: { path: "src/page.js" }, branch: "refs/heads/main" },
  });
});

test.each([
  ["open", "created", "firing"],
  ["open", "reintroduced", "firing"],
  ["dismissed", "dismissed", "resolved"],
  ["auto_dismissed", "auto_dismissed", "resolved"],
  [null, "fixed", "resolved"],
  [7, "created", "firing"],
])("the state %s with the action %s is %s", (state, action, says) => {
  expect(parse(dependabot, { state }, { action })).toMatchObject({ says });
});

test("a secret is over when it has a resolution, until it is reopened", () => {
  expect(parse(secret, { resolution: "revoked" }, { action: "resolved" })).toMatchObject({
    says: "resolved",
  });
  expect(parse(secret, { resolution: "revoked" }, { action: "validated" })).toMatchObject({
    says: "resolved",
  });
  expect(parse(secret, { resolution: "revoked" }, { action: "reopened" })).toMatchObject({ says: "firing" });
});

test("a secret is CRITICAL while it is active or public; results of code scanning have two scales", () => {
  expect(parse(secret, { publicly_leaked: false }, { action: "created" })).toMatchObject({
    severity: "HIGH",
  });
  expect(parse(secret, { publicly_leaked: null, validity: "active" })).toMatchObject({
    severity: "CRITICAL",
  });
  const rule = (given: object) => parse(code, { rule: { id: "x", ...given } });
  expect(rule({ severity: "note" })).toMatchObject({ severity: "LOW", warnings: [] });
  expect(rule({ severity: "error", security_severity_level: "low" })).toMatchObject({ severity: "LOW" });
  expect(rule({ severity: "loud" })).toMatchObject({ severity: "MEDIUM", warnings: [{ field: "severity" }] });
});

test("a found secret is left out of the sample event", () => {
  expect(JSON.stringify(parse(secret, { secret: "acme_0123456789" }))).not.toContain("acme_0123456789");
});

test.each([
  { zen: "Approachable is better than simple.", hook_id: 1, hook: { type: "Repository" } },
  { action: "opened", issue: { number: 1 } },
  { alert: null },
  {},
])("%j says nothing of alerts and is ignored", (body) => {
  expect(github.parse(body, { defaultSeverity: "LOW" })).toMatchObject([{ ok: false, ignored: true }]);
});

test("a form is read as JSON is", () => {
  const form = new URLSearchParams({ payload: JSON.stringify(dependabot) }).toString();
  expect(github.readForm?.(form)).toBe(JSON.stringify(dependabot));
  expect(github.readForm?.(JSON.stringify(dependabot))).toBeNull();
});
