import { expect, test } from "vitest";
import { parseSearch, stringifySearch } from "../../../routes.tsx";
import { type Filters, fromView, listQuery, readFilters, toView } from "./filters.ts";

const throughUrl = (filters: Filters) => readFilters(parseSearch(stringifySearch({ ...filters })));

test.each<Filters>([
  {},
  { status: ["OPEN"], severity: ["CRITICAL", "HIGH"], type: ["SYSTEM_ERROR"] },
  { q: "a&b=c #1042, 100 %", assignee: ["me", "none"] },
  { detection: ["disk full, again"], logType: ["AWS.CloudTrail", "Okta.SystemLog"] },
  { within: "24h", sort: "-severity" },
  { disposition: ["BENIGN", "DUPLICATE"], tag: ["a, b", "vpn"] },
  { digest: "0199f3c2-9000-7000-8000-00000000d001" },
  { after: "2026-03-01T00:00:00.000Z", before: "2026-03-02T00:00:00.000Z" },
])("filters survive a round trip through the URL: %j", (filters) => {
  expect(throughUrl(filters)).toEqual(filters);
});

test("a parameter with commas is read as several values, in any order", () => {
  expect(readFilters({ status: "TRIAGED,OPEN" })).toEqual({ status: ["OPEN", "TRIAGED"] });
});

test("readFilters drops unknown names and values and keeps the rest", () => {
  const search = {
    status: "BROKEN",
    severity: ["HIGH", "toString"],
    after: "yesterday",
    digest: "d001",
    x: "1",
    q: " ",
  };
  expect(readFilters(search)).toEqual({ severity: ["HIGH"] });
});

test("listQuery turns a time range back from now into a timestamp", () => {
  const now = new Date("2026-03-02T00:00:00Z");
  const query = listQuery({ within: "24h", before: "2026-01-01T00:00:00Z", q: "okta" }, now);
  expect(query).toEqual({ q: "okta", createdAfter: "2026-03-01T00:00:00.000Z" });
});

test("a view keeps the filters, but none that only makes sense now", () => {
  const filters: Filters = { severity: ["HIGH"], after: "2026-11-24T12:00:00.000Z", sort: "-severity" };
  const kept = toView(filters);
  expect(kept).toEqual({ severity: ["HIGH"], createdAfter: filters.after, sort: "-severity" });
  expect(fromView({ filters: { ...kept } })).toEqual(filters);
  expect(toView({ seenBefore: "0199f3c2-9000-7000-8000-000000000001" })).toBeNull();
});
