import { expect, test } from "vitest";
import { neededScopes } from "../slack/scopes.ts";
import { type BrokenRow, gatherCauses } from "./gather-causes.ts";

const scopes = neededScopes.map(({ name }) => name);
const row: BrokenRow = {
  destination: { id: "d1", name: "SOC" },
  type: "slack-bot",
  line: "i:C1",
  target: "#security",
  lineFault: "not_in_channel",
  lineSince: null,
  app: { id: "i", workspace: "ACME", fault: null, scopes, botName: "Tocsin" },
  waiting: 2,
  othersWait: true,
  delivered: true,
};
const other: BrokenRow = {
  ...row,
  destination: { id: "d2", name: "Platform" },
  line: "i:C2",
  target: "#platform",
};
const causes = (...rows: BrokenRow[]) =>
  gatherCauses(rows).map(({ cause, destinations, waiting }) => [cause, destinations.length, waiting]);

test("each channel is one cause, however many destinations it has", () => {
  const same = { ...row, destination: { id: "d3", name: "SOC too" } };
  expect(causes(row, same, other)).toEqual([
    ["line:i:C1", 2, 4],
    ["line:i:C2", 1, 2],
  ]);
});

test("a fault of the app is one cause, whether a check or a delivery met it", () => {
  const metByDelivery = { ...row, lineFault: "token_revoked" };
  const metByCheck = {
    ...other,
    lineFault: null,
    app: { id: "i", workspace: "ACME", fault: "token_revoked", scopes, botName: "Tocsin" },
  };
  expect(causes(metByDelivery, metByCheck)).toEqual([["app:i", 2, 4]]);
});

test("an archived channel under a revoked token gives two causes", () => {
  const app = { id: "i", workspace: "ACME", fault: "token_revoked", scopes, botName: "Tocsin" };
  expect(causes({ ...row, lineFault: "is_archived", app })).toEqual([
    ["app:i", 1, 2],
    ["line:i:C1", 1, 2],
  ]);
});

test("missing scopes are named in the remedy", () => {
  const app = {
    id: "i",
    workspace: "ACME",
    fault: null,
    scopes: scopes.filter((name) => name !== "im:write"),
    botName: null,
  };
  expect(gatherCauses([{ ...row, lineFault: null, app }])).toMatchObject([
    { cause: "app:i", fault: "missing_scope", remedy: expect.stringContaining("im:write"), urgency: "alert" },
  ]);
});

test("a webhook is its own cause for any fault", () => {
  const webhook = {
    ...row,
    type: "custom-webhook",
    line: "webhook:d1",
    target: "hooks.example.com",
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
  ["other alerts wait", { othersWait: true, waiting: 3, delivered: false }, "alert"],
  ["only alerts about the setup wait", { othersWait: false, waiting: 1, delivered: true }, "mail"],
  ["it worked before and nothing waits", { othersWait: false, waiting: 0, delivered: true }, "alert"],
  ["it has never worked", { othersWait: false, waiting: 0, delivered: false }, "banner"],
])("a broken channel's urgency is right when %s", (_, facts, urgency) => {
  expect(gatherCauses([{ ...row, ...facts }])).toMatchObject([{ urgency }]);
});
