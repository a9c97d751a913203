import { expect, test } from "vitest";
import { grantFault } from "./grant-fault.ts";

const granted = { appId: "A1", expires: false };

test("what Slack granted is of the app that Tocsin works with, as far as it is known", () => {
  expect(grantFault(granted, { ofToken: null, ofInstalled: null })).toBeNull();
  expect(grantFault(granted, { ofToken: "A1", ofInstalled: "A1" })).toBeNull();
  expect(grantFault(granted, { ofToken: null, ofInstalled: "A2" })?.why).toMatch(/app A1, but .* A2/);
  expect(grantFault(granted, { ofToken: "A3", ofInstalled: null })?.why).toMatch(/app A1, but .* A3/);
});

test("a token that expires is none to live on", () => {
  const fault = grantFault({ ...granted, expires: true }, { ofToken: "A1", ofInstalled: null });
  expect(fault?.why).toMatch(/rotation is on/);
});
