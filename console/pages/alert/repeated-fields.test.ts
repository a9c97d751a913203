import { expect, test } from "vitest";
import { splitRepeated } from "./repeated-fields.ts";

const alert = {
  title: "Impossible travel",
  description: "Two sign-ins.",
  runbook: null,
  reference: null,
  severity: "HIGH" as const,
  detection: { id: "travel", name: null },
  dedupString: "Impossible travel",
  logTypes: ["Okta.SystemLog"],
  tags: [],
  reports: {},
  context: { user: "eve", from: { city: "Vienna", country: "AT" } },
};

test("fields of an event that say what the alert says are named only, wherever the tool put them", () => {
  const event: [string, unknown][] = [
    ["summary", "Impossible travel"],
    ["text", "Two sign-ins."],
    ["details", { from: { country: "AT", city: "Vienna" }, user: "eve" }],
    ["geo", { country: "AT", city: "Vienna" }],
    ["severity", "high"],
    ["minutes", 18],
    ["nothing", null],
    ["logTypes", ["Okta.SystemLog", "Okta.Other"]],
  ];
  const { fresh, repeated } = splitRepeated(event, alert);
  expect(repeated).toEqual(["summary", "text", "details", "geo"]);
  expect(fresh.map(([name]) => name)).toEqual(["severity", "minutes", "nothing", "logTypes"]);
});
