import { expect, test } from "vitest";
import { instructionsFor } from "./install-steps.ts";

const buttons = (situation: Parameters<typeof instructionsFor>[0]) =>
  instructionsFor(situation).flatMap((step) => [...step.matchAll(/\*\*(.+?)\*\*/g)].map(([, name]) => name));

test("an admin is told Slack's buttons in their order", () => {
  expect(buttons({ way: "admin", mode: "http" })).toEqual([
    "Create New App",
    "From an app manifest",
    "Next",
    "YAML",
    "Next",
    "Create",
    "Install to Workspace",
    "Allow",
    "Event Subscriptions",
    "Verify",
    "Basic Information",
    "Display Information",
    "+ Add App Icon",
    "Basic Information",
  ]);
});

test("whoever has to ask requests first, and installs once it is approved", () => {
  const steps = instructionsFor({ way: "request", mode: "http" });
  const at = (words: string) => steps.findIndex((step) => step.includes(words));
  expect(at("approve it, but not to install it yet")).toBeGreaterThan(at("Request to Install"));
  expect(at("Install to Workspace")).toBeGreaterThan(at("approve it, but not to install it yet"));
});

test("an organisation opts in before it installs, and lets workspaces in afterwards", () => {
  const named = buttons({ way: "grid", mode: "socket" });
  expect(named).not.toContain("Install to Workspace");
  const order = ["Opt-in", "Yes, Opt-in", "Install to Organization", "add it to some of your workspaces"];
  expect(named.filter((name) => order.includes(name ?? ""))).toEqual(order);
});

test("Socket Mode asks for its token in place of a click on Verify", () => {
  expect(buttons({ way: "admin", mode: "socket" })).not.toContain("Verify");
  expect(buttons({ way: "admin", mode: "socket" })).toContain("Generate Token and Scopes");
});
