import { expect, test } from "vitest";
import { chooseDestinations, type RoutableDestination, type RouteInput } from "./choose-destinations.ts";

const soc: RoutableDestination = {
  id: "soc-id",
  name: "SOC",
  line: "i:C1",
  installationId: "i",
  severities: ["HIGH", "CRITICAL"],
  alertTypes: ["RULE", "SYSTEM_ERROR"],
  logTypes: [],
  enabled: true,
  deleted: false,
  escalateAfter: {},
};
const okta: RoutableDestination = {
  ...soc,
  id: "okta-id",
  name: "Okta",
  alertTypes: ["RULE"],
  logTypes: ["Okta.SystemLog"],
};
const deleted: RoutableDestination = { ...soc, id: "gone-id", name: "Old", deleted: true };
const disabled: RoutableDestination = { ...soc, id: "off-id", name: "Off", enabled: false };
const all = [soc, okta, deleted, disabled];

const input: RouteInput = {
  severity: "HIGH",
  type: "RULE",
  logTypes: [],
  requested: null,
  override: null,
  cause: null,
};
const names = (change: Partial<RouteInput>) =>
  chooseDestinations({ ...input, ...change }, all).destinations.map((destination) => destination.name);

test("filters must match in severity, type and log type", () => {
  expect(names({})).toEqual(["SOC"]);
  expect(names({ logTypes: ["Okta.SystemLog"] })).toEqual(["SOC", "Okta"]);
  expect(names({ severity: "LOW" })).toEqual([]);
  expect(names({ type: "POLICY" })).toEqual([]);
  expect(chooseDestinations({ ...input, severity: "LOW" }, all).reason).toBe("nothing_matches");
});

test("destinations in the report win, by name or id, each once", () => {
  expect(names({ severity: "LOW", requested: ["okta", "okta-id", "SOC"], override: ["soc-id"] })).toEqual([
    "Okta",
    "SOC",
  ]);
});

test("unknown names in the report are returned, and the other names are used", () => {
  const routed = chooseDestinations({ ...input, requested: ["SOC", "Sco"] }, all);
  expect(routed.destinations).toEqual([soc]);
  expect(routed.unknown).toEqual(["Sco"]);
});

test("an empty list in the report routes nowhere with reason report_skips", () => {
  expect(chooseDestinations({ ...input, requested: [] }, all)).toMatchObject({
    reason: "report_skips",
    destinations: [],
  });
});

test("a detection's override wins over filters, and a deleted destination is not replaced", () => {
  const routed = chooseDestinations({ ...input, override: ["gone-id"] }, all);
  expect(routed).toMatchObject({
    reason: "detection",
    destinations: [],
    deleted: [{ id: "gone-id", name: "Old" }],
  });
});

test("a SYSTEM_ERROR goes to every destination with that type, whatever its other filters", () => {
  expect(names({ type: "SYSTEM_ERROR", severity: "CRITICAL", requested: ["Okta"] })).toEqual(["SOC"]);
});

test("an alert about a fault skips the destinations that share it, and names them", () => {
  const other: RoutableDestination = { ...soc, id: "other-id", name: "Other", line: "i:C2" };
  const elsewhere: RoutableDestination = {
    ...soc,
    id: "else-id",
    name: "Elsewhere",
    line: "w",
    installationId: null,
  };
  const route = (cause: RouteInput["cause"], among: RoutableDestination[]) => {
    const routed = chooseDestinations({ ...input, type: "SYSTEM_ERROR", cause }, among);
    const names = (them: { name: string }[]) => them.map(({ name }) => name);
    return [routed.reason, names(routed.destinations), names(routed.sharing)];
  };
  const among = [soc, other, elsewhere];
  expect(route("line:i:C1", among)).toEqual(["system", ["Other", "Elsewhere"], ["SOC"]]);
  expect(route("app:i", among)).toEqual(["system", ["Elsewhere"], ["SOC", "Other"]]);
  expect(route("app:i", [soc])).toEqual(["same_fault", [], ["SOC"]]);
  expect(route("app:other", [soc])).toEqual(["system", ["SOC"], []]);
  expect(route("app:i", [okta])).toEqual(["nothing_matches", [], []]);
});

test("a disabled destination gets no new alerts", () => {
  expect(names({ requested: ["Off"] })).toEqual([]);
});
