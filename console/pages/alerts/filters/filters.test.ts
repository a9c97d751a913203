import { expect, test } from "vitest";
import { parseSearch, stringifySearch } from "../../../routes.tsx";
import { type Filters, listQuery, readFilters } from "./filters.ts";

const throughUrl = (filters: Filters) => readFilters(parseSearch(stringifySearch({ ...filters })));

test.each<Filters>([
  {},
  { status: ["OPEN"], severity: ["CRITICAL", "HIGH"], type: ["SYSTEM_ERROR"] },
  { q: "a&b=c #1042, 100 %", assignee: ["me", "none"] },
  { detection: ["disk full, again"], logType: ["AWS.CloudTrail", "Okta.SystemLog"] },
  { within: "24h", sort: "-severity" },
  { digest: "0199f3c2-9000-7000-8000-00000000d001" },
  { after: "2026-03-01T00:00:00.000Z", before: "2026-03-02T00:00:00.000Z" },
])("filters survive the way through the URL: %j", (filters) => {
  expect(throughUrl(filters)).toEqual(filters);
});

test("values of a closed list may stand in one parameter, in any order", () => {
  expect(readFilters({ status: "TRIAGED,OPEN" })).toEqual({ status: ["OPEN", "TRIAGED"] });
});

test("what means nothing is dropped, the rest stands", () => {
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

test("a span back from now becomes a moment only when the API is asked", () => {
  const now = new Date("2026-03-02T00:00:00Z");
  const asked = listQuery({ within: "24h", before: "2026-01-01T00:00:00Z", q: "okta" }, now);
  expect(asked).toEqual({ q: "okta", createdAfter: "2026-03-01T00:00:00.000Z" });
});
