import { expect, test } from "vitest";
import { chooseDestinations, type Routable, type RouteQuestion } from "./choose-destinations.ts";

const soc: Routable = {
  id: "soc-id",
  name: "SOC",
  line: "i:C1",
  installationId: "i",
  severities: ["HIGH", "CRITICAL"],
  alertTypes: ["RULE", "SYSTEM_ERROR"],
  logTypes: [],
  enabled: true,
  deleted: false,
};
const okta: Routable = {
  ...soc,
  id: "okta-id",
  name: "Okta",
  alertTypes: ["RULE"],
  logTypes: ["Okta.SystemLog"],
};
const gone: Routable = { ...soc, id: "gone-id", name: "Old", deleted: true };
const off: Routable = { ...soc, id: "off-id", name: "Off", enabled: false };
const all = [soc, okta, gone, off];

const asked: RouteQuestion = {
  severity: "HIGH",
  type: "RULE",
  logTypes: [],
  wanted: null,
  override: null,
  cause: null,
};
const names = (question: Partial<RouteQuestion>) =>
  chooseDestinations({ ...asked, ...question }, all).destinations.map((destination) => destination.name);

test("settings match severity, type and log type together", () => {
  expect(names({})).toEqual(["SOC"]);
  expect(names({ logTypes: ["Okta.SystemLog"] })).toEqual(["SOC", "Okta"]);
  expect(names({ severity: "LOW" })).toEqual([]);
  expect(names({ type: "POLICY" })).toEqual([]);
  expect(chooseDestinations({ ...asked, severity: "LOW" }, all).reason).toBe("nothing_matches");
});

test("a report's own destinations come first, by name or id, each once", () => {
  expect(names({ severity: "LOW", wanted: ["okta", "okta-id", "SOC"], override: ["soc-id"] })).toEqual([
    "Okta",
    "SOC",
  ]);
});

test("names that don't exist are reported, the others stand", () => {
  const routed = chooseDestinations({ ...asked, wanted: ["SOC", "Sco"] }, all);
  expect(routed.destinations).toEqual([soc]);
  expect(routed.unknown).toEqual(["Sco"]);
});

test("an empty list goes nowhere and says so", () => {
  expect(chooseDestinations({ ...asked, wanted: [] }, all)).toMatchObject({
    reason: "report_skips",
    destinations: [],
  });
});

test("a detection's override beats the settings, and a deleted destination is reported, not replaced", () => {
  const routed = chooseDestinations({ ...asked, override: ["gone-id"] }, all);
  expect(routed).toMatchObject({
    reason: "detection",
    destinations: [],
    deleted: [{ id: "gone-id", name: "Old" }],
  });
});

test("system health goes to every destination that takes the type, whatever else it takes", () => {
  expect(names({ type: "SYSTEM_ERROR", severity: "CRITICAL", wanted: ["Okta"] })).toEqual(["SOC"]);
});

test("what broke is told to destinations that don't need it, and those left out are named", () => {
  const other: Routable = { ...soc, id: "other-id", name: "Other", line: "i:C2" };
  const elsewhere: Routable = { ...soc, id: "else-id", name: "Elsewhere", line: "w", installationId: null };
  const tell = (cause: RouteQuestion["cause"], among: Routable[]) => {
    const routed = chooseDestinations({ ...asked, type: "SYSTEM_ERROR", cause }, among);
    const names = (them: { name: string }[]) => them.map(({ name }) => name);
    return [routed.reason, names(routed.destinations), names(routed.sharing)];
  };
  const among = [soc, other, elsewhere];
  expect(tell("line:i:C1", among)).toEqual(["system", ["Other", "Elsewhere"], ["SOC"]]);
  expect(tell("app:i", among)).toEqual(["system", ["Elsewhere"], ["SOC", "Other"]]);
  expect(tell("app:i", [soc])).toEqual(["same_fault", [], ["SOC"]]);
  expect(tell("app:other", [soc])).toEqual(["system", ["SOC"], []]);
  expect(tell("app:i", [okta])).toEqual(["nothing_matches", [], []]);
});

test("a disabled destination gets no new alerts", () => {
  expect(names({ wanted: ["Off"] })).toEqual([]);
});
