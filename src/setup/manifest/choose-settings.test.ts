import { expect, test } from "vitest";
import { chooseSettings } from "./choose-settings.ts";

const nothing = { app: null, handedOut: null, forOrganisation: false };
const taken = { mode: "socket", threadMirror: true, orgWide: true } as const;

test("a first manifest is for HTTP, without mirror, for one workspace", () => {
  expect(chooseSettings({}, nothing)).toEqual({ mode: "http", threadMirror: false, orgWide: false });
});

test("whoever comes back finds what was taken last", () => {
  expect(chooseSettings({}, { ...nothing, handedOut: taken })).toEqual(taken);
});

test("the app as it is in use goes before that", () => {
  const app = { mode: "http", threadMirror: false } as const;
  expect(chooseSettings({}, { ...nothing, app, handedOut: taken })).toEqual({ ...app, orgWide: true });
});

test("what is asked for goes before all", () => {
  const asked = { mode: "http", threadMirror: false, orgWide: false } as const;
  expect(chooseSettings(asked, { app: null, handedOut: taken, forOrganisation: true })).toEqual(asked);
});
