import { expect, test } from "vitest";
import { parse, recorded, reportOf, reportsOf, sameAlert } from "../../../test/builders/parsed.ts";
import { grafana } from "./grafana.ts";

const mixed = recorded("grafana-mixed");
const legacy = recorded("grafana-legacy");
const [first, second] = mixed.alerts;

test("each alert of a group is a report, with Grafana's values and links", () => {
  const [sealed, over] = reportsOf(grafana, mixed);
  expect(sealed).toMatchObject({
    says: "firing",
    title: "vault-1 is sealed",
    severity: "CRITICAL",
    detectionId: "VaultSealed",
    identity: { kind: "named", id: expect.stringContaining("c0ffee00c0ffee00") },
    runbook: "https://runbooks.acme.example/vault-sealed",
    reference: first.generatorURL,
    context: { labels: first.labels, values: { B: 1 }, silenceURL: first.silenceURL, receiver: "tocsin" },
    event: first,
  });
  expect(sealed?.context).not.toHaveProperty("dashboardURL");
  expect(over).toMatchObject({ says: "resolved", title: "VaultSealed", reference: null });
});

test("an alert that is over is the one that fired, however its times are written", () => {
  const firing = { ...mixed, alerts: [{ ...second, status: "firing", values: { B: 2 } }] };
  expect(sameAlert(grafana, firing, { ...mixed, alerts: [second] })).toBe(true);
});

test("before version 8, a rule is the alert, and state ok ends it", () => {
  expect(reportOf(grafana, legacy)).toMatchObject({
    says: "firing",
    title: "Failed sign-ins",
    severity: "HIGH",
    detectionId: "7",
    description: legacy.message,
    reference: legacy.ruleUrl,
    tags: ["severity:high", "team:secops"],
    context: { evalMatches: legacy.evalMatches },
  });
  const over = { ...legacy, state: "ok", title: "[OK] Failed sign-ins", evalMatches: [] };
  expect(reportOf(grafana, over)).toMatchObject({ says: "resolved" });
  expect(sameAlert(grafana, legacy, over)).toBe(true);
  expect(sameAlert(grafana, legacy, { ...legacy, ruleId: 8 })).toBe(false);
});

test("before version 8, no data is an alert, and a paused rule is none", () => {
  expect(reportOf(grafana, { ...legacy, state: "no_data" })).toMatchObject({ says: "firing" });
  expect(parse(grafana, { ...legacy, state: "paused" })).toMatchObject([{ ok: false, ignored: true }]);
});

test("a rule without a name is called by its title or message", () => {
  const { ruleName, ...rest } = legacy;
  expect(reportOf(grafana, rest)).toMatchObject({ title: "Failed sign-ins" });
  expect(reportOf(grafana, { ...rest, title: null })).toMatchObject({ title: legacy.message });
  expect(reportOf(grafana, { ruleId: 9 })).toMatchObject({ title: "My source", identity: { id: "rule 9" } });
});

test.each([["hello"], [{}], [{ alerts: [] }]])("%j is refused", (body) => {
  expect(parse(grafana, body)).toMatchObject([{ ok: false }]);
});
