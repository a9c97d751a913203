import { expect, test } from "vitest";
import { parse, recorded, reportOf, sameAlert } from "../../../test/builders/parsed.ts";
import { splunk } from "./splunk.ts";

const row = recorded("splunk-row");
const withRow = (change: object) => ({ ...row, result: { ...row.result, ...change } });

test("a search is a report with the fields of its row, without Splunk's own", () => {
  expect(parse(splunk, row)).toMatchObject([
    {
      ok: true,
      report: {
        title: "Brute force by host",
        severity: "HIGH",
        detectionId: "Brute force by host",
        logTypes: ["linux_secure"],
        description: row.result._raw,
        reference: row.results_link,
        event: row,
      },
    },
  ]);
  const { context } = reportOf(splunk, row);
  expect(context).toMatchObject({ host: "web-1", user: ["admin", "root"], count: "51", owner: "admin" });
  expect(Object.keys(context).filter((name) => /^(_|date_)|punct|linecount/.test(name))).toEqual([]);
});

test("the next run of a search with the same row is the same alert", () => {
  const next = withRow({
    _time: "1768474800",
    _raw: "later",
    count: "77",
    firstTime: "1768474700",
    date_hour: "11",
  });
  expect(
    sameAlert(splunk, row, { ...next, sid: "rt_3", results_link: "https://splunk.acme.example/3" }),
  ).toBe(true);
  expect(sameAlert(splunk, row, withRow({ urgency: "critical" }))).toBe(true);
});

test.each([
  ["host", withRow({ host: "web-2" })],
  ["value of several", withRow({ user: ["admin"] })],
  ["search", { ...row, search_name: "Other search" }],
])("another %s is another alert", (_, other) => {
  expect(sameAlert(splunk, row, other)).toBe(false);
});

test("an ad-hoc search has no name, and a row may have no severity", () => {
  const [item] = parse(splunk, recorded("splunk-adhoc"));
  expect(item).toMatchObject({
    report: { title: "My source", severity: "LOW" },
    warnings: [{ field: "severity" }],
  });
});

test.each([
  ["severity", "informational", "INFO"],
  ["urgency", "critical", "CRITICAL"],
  ["priority", "low", "LOW"],
])("the field %s sets the severity", (name, word, severity) => {
  const { urgency, ...others } = row.result;
  expect(reportOf(splunk, { ...row, result: { ...others, [name]: word } })).toMatchObject({ severity });
});

test.each([["hello"], [{}], [{ result: [] }]])("%j is refused", (body) => {
  expect(parse(splunk, body)).toMatchObject([{ ok: false, expected: expect.stringContaining("Splunk") }]);
});
