import { expect, test } from "vitest";
import { parse, recorded, reportOf, sameAlert } from "../../../test/builders/parsed.ts";
import { opsgenie } from "./opsgenie.ts";

const create = recorded("opsgenie-create");
const close = recorded("opsgenie-close");
const { alias, ...nameless } = create;
const fromPath = (text: string, params: Record<string, string>) =>
  opsgenie.fromRequest?.(text, { headers: {}, params }) ?? null;
const answer = (outcome: string) => {
  const { answer } = opsgenie;
  const result = { outcome, field: "message", expected: "text" };
  return typeof answer === "function" ? answer([result], create) : null;
};

test("a created alert is a report, identified by its alias", () => {
  expect(parse(opsgenie, create)).toMatchObject([
    {
      ok: true,
      report: {
        says: "firing",
        title: "Disk of web-1 is full",
        severity: "HIGH",
        identity: { kind: "named", id: "disk/web-1" },
        tags: ["disk", "web"],
        description: "0 % free",
        context: { entity: "web-1", source: "Monitor", free: "0 %", note: "from the check" },
        event: create,
      },
    },
  ]);
});

test("closing by alias ends the alert, as path or as Opsgenie's own webhook writes it", () => {
  expect(parse(opsgenie, close)).toEqual([
    { ok: true, report: expect.objectContaining({ says: "resolved" }) },
  ]);
  expect(sameAlert(opsgenie, create, close)).toBe(true);
  for (const text of ["", '{"note": "It is over"}']) {
    const body = JSON.parse(fromPath(text, { identifier: "disk/web-1", action: "close" }) ?? "");
    expect(reportOf(opsgenie, body)).toMatchObject({ says: "resolved", identity: { id: "disk/web-1" } });
  }
  expect(fromPath("{}", {})).toBeNull();
});

test("other actions are taken and ignored", () => {
  const body = JSON.parse(fromPath("{}", { identifier: "disk/web-1", action: "acknowledge" }) ?? "");
  expect(parse(opsgenie, body)).toMatchObject([{ ok: false, ignored: true }]);
});

test.each([
  ["P1", "CRITICAL"],
  ["p2", "HIGH"],
  ["P3", "MEDIUM"],
  ["P4", "LOW"],
  ["P5", "INFO"],
])("priority %s is %s", (priority, severity) => {
  expect(reportOf(opsgenie, { ...create, priority })).toMatchObject({ severity });
});

test("an alert without a priority takes the source's default, with a warning", () => {
  const { priority, ...rest } = create;
  expect(parse(opsgenie, rest)).toMatchObject([
    { report: { severity: "LOW" }, warnings: [{ field: "severity" }] },
  ]);
});

test("without an alias, message, entity and source tell alerts apart", () => {
  expect(sameAlert(opsgenie, nameless, { ...nameless, note: "again", details: {} })).toBe(true);
  expect(sameAlert(opsgenie, nameless, { ...nameless, entity: "web-2" })).toBe(false);
});

test("the answers are Opsgenie's", () => {
  expect(answer("opened")).toMatchObject({ status: 202, body: { result: "Request will be processed" } });
  expect(answer("invalid")).toMatchObject({ status: 422, body: { errors: { message: "should be text" } } });
});

test.each([["hello"], [{}], [{ action: "close", alert: {} }]])("%j is refused", (body) => {
  expect(parse(opsgenie, body)).toMatchObject([{ ok: false, expected: expect.stringContaining("Opsgenie") }]);
});
