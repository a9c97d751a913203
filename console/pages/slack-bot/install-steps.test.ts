import { expect, test } from "vitest";
import { instructionsFor } from "./install-steps.ts";

const buttons = (setup: Parameters<typeof instructionsFor>[0]) =>
  instructionsFor(setup).flatMap((step) => [...step.matchAll(/\*\*(.+?)\*\*/g)].map(([, name]) => name));

test("the steps for an admin name Slack's buttons in order", () => {
  expect(buttons({ approval: false, grid: false, mode: "http" })).toEqual([
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

test("the steps for a request ask for approval before the installation", () => {
  const steps = instructionsFor({ approval: true, grid: false, mode: "http" });
  const indexOf = (text: string) => steps.findIndex((step) => step.includes(text));
  expect(indexOf("approve it, but not to install it yet")).toBeGreaterThan(indexOf("Request to Install"));
  expect(indexOf("Install to Workspace")).toBeGreaterThan(indexOf("approve it, but not to install it yet"));
});

test("the steps for an organisation opt in, then install, then add workspaces", () => {
  const names = buttons({ approval: false, grid: true, mode: "socket" });
  expect(names).not.toContain("Install to Workspace");
  const order = ["Opt-in", "Yes, Opt-in", "Install to Organization", "add it to some of your workspaces"];
  expect(names.filter((name) => order.includes(name ?? ""))).toEqual(order);
});

test("an organisation whose administrator must approve combines both", () => {
  const names = buttons({ approval: true, grid: true, mode: "http" });
  const order = [
    "Opt-in",
    "Request to Install",
    "Install to Organization",
    "add it to some of your workspaces",
  ];
  expect(names.filter((name) => order.includes(name ?? ""))).toEqual(order);
  expect(names).not.toContain("Install to Workspace");
});

test("the steps for Socket Mode generate a token instead of pressing Verify", () => {
  expect(buttons({ approval: false, grid: false, mode: "socket" })).not.toContain("Verify");
  expect(buttons({ approval: false, grid: false, mode: "socket" })).toContain("Generate Token and Scopes");
});
