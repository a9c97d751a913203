import { expect, test } from "vitest";
import { neededScopes } from "../slack/scopes.ts";
import { type BrokenRow, gatherCauses } from "./gather-causes.ts";

const scopes = neededScopes.map(({ name }) => name);
const row: BrokenRow = {
  destination: { id: "d1", name: "SOC" },
  line: "i:C1",
  place: "#security",
  lineFault: "not_in_channel",
  lineSince: null,
  app: { id: "i", workspace: "ACME", fault: null, scopes },
  waiting: 2,
  othersWait: true,
  delivered: true,
};
const other: BrokenRow = {
  ...row,
  destination: { id: "d2", name: "Platform" },
  line: "i:C2",
  place: "#platform",
};
const causes = (...rows: BrokenRow[]) =>
  gatherCauses(rows).map(({ cause, destinations, waiting }) => [cause, destinations.length, waiting]);

test("destinations with one channel have one cause, with another channel another", () => {
  const same = { ...row, destination: { id: "d3", name: "SOC too" } };
  expect(causes(row, same, other)).toEqual([
    ["line:i:C1", 2, 4],
    ["line:i:C2", 1, 2],
  ]);
});

test("what is wrong with the app is one cause, whether it or a delivery has met it", () => {
  const met = { ...row, lineFault: "token_revoked" };
  const known = {
    ...other,
    lineFault: null,
    app: { id: "i", workspace: "ACME", fault: "token_revoked", scopes },
  };
  expect(causes(met, known)).toEqual([["app:i", 2, 4]]);
});

test("a channel may be archived under a revoked token: two things are to be put right", () => {
  const app = { id: "i", workspace: "ACME", fault: "token_revoked", scopes };
  expect(causes({ ...row, lineFault: "is_archived", app })).toEqual([
    ["app:i", 1, 2],
    ["line:i:C1", 1, 2],
  ]);
});

test("scopes that were taken away are named", () => {
  const app = {
    id: "i",
    workspace: "ACME",
    fault: null,
    scopes: scopes.filter((name) => name !== "im:write"),
  };
  expect(gatherCauses([{ ...row, lineFault: null, app }])).toMatchObject([
    { cause: "app:i", fault: "missing_scope", remedy: expect.stringContaining("im:write"), news: "alert" },
  ]);
});

test("a webhook is its own cause, whatever its receiver answers", () => {
  const webhook = {
    ...row,
    line: "webhook:d1",
    place: "hooks.example.com",
    app: null,
    lineFault: "http_401",
  };
  expect(gatherCauses([webhook])).toMatchObject([
    {
      cause: "line:webhook:d1",
      name: "hooks.example.com",
      remedy: expect.stringContaining("hooks.example.com"),
    },
  ]);
});

test.each([
  ["ordinary alerts wait there", { othersWait: true, waiting: 3, delivered: false }, "alert"],
  ["only alerts about set-up wait there", { othersWait: false, waiting: 1, delivered: true }, "mail"],
  ["it worked before, and Slack has told", { othersWait: false, waiting: 0, delivered: true }, "alert"],
  ["it is still being set up", { othersWait: false, waiting: 0, delivered: false }, "banner"],
])("who hears of a broken channel when %s", (_, facts, news) => {
  expect(gatherCauses([{ ...row, ...facts }])).toMatchObject([{ news }]);
});
