import { expect, test } from "vitest";
import { recorded, reportsOf } from "../../../test/parse-recorded.ts";
import { guardduty } from "./guardduty.ts";

const sample = recorded("guardduty-sample");
const parse = (body: unknown) => reportsOf(guardduty, body)[0];
const withDetail = (detail: object) => parse({ ...sample, detail: { ...sample.detail, ...detail } });

test("a finding is identified by its id, and a sample finding is tagged", () => {
  expect(parse(sample)).toMatchObject({
    says: "firing",
    title: sample.detail.title,
    severity: "LOW",
    detectionId: "CryptoCurrency:EC2/BitcoinTool.B!DNS",
    identity: { kind: "named", id: "0123456789abcdef0123456789abcdef" },
    tags: ["sample finding"],
    reference: expect.stringContaining("https://eu-west-1.console.aws.amazon.com/guardduty/"),
    context: { account: "111122223333", region: "eu-west-1", count: 3 },
    occurredAt: new Date("2026-03-02T10:10:00Z"),
    warnings: [],
  });
});

test.each([
  [9, "CRITICAL"],
  [8.9, "HIGH"],
  [7, "HIGH"],
  [6.9, "MEDIUM"],
  ["4", "MEDIUM"],
  [3.9, "LOW"],
  [0, "LOW"],
  ["High", "HIGH"],
])("the severity %s is %s", (severity, expected) => {
  expect(withDetail({ severity })).toMatchObject({ severity: expected, warnings: [] });
});

test.each([null, undefined, "", {}, [], "loud", true])(
  "the severity %j takes the default, with a warning",
  (severity) => {
    expect(withDetail({ severity })).toMatchObject({ severity: "MEDIUM", warnings: [{ field: "severity" }] });
  },
);

test("an update joins by the same id, and an archived finding is over", () => {
  expect(withDetail({ service: { count: 9 } })?.identity).toEqual(parse(sample)?.identity);
  expect(withDetail({ service: { archived: true } })).toMatchObject({ says: "resolved" });
  expect(withDetail({ service: { archived: "true" } })).toMatchObject({ says: "firing" });
});

test("names in PascalCase, as the SDK writes them, are read, too", () => {
  expect(parse(recorded("guardduty-sdk"))).toMatchObject({
    says: "resolved",
    severity: "CRITICAL",
    title: "Console login for eve from an unusual network",
    identity: { kind: "named", id: "fedcba9876543210fedcba9876543210" },
  });
});

test("an event without a finding is named after its type, and without anything after the source", () => {
  expect(parse({ ...sample, detail: {} })).toMatchObject({ title: "GuardDuty Finding" });
  expect(parse({})).toMatchObject({ title: "My source" });
});

test("a link is only made of what AWS writes", () => {
  expect(withDetail({ id: "../../x" })).toMatchObject({ reference: null });
  expect(withDetail({ region: "evil.example/" })).toMatchObject({ reference: null });
});
