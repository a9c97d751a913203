import { expect, test } from "vitest";
import { type ManifestSettings, makeManifest, writeManifest } from "../../slack/manifest/make-manifest.ts";
import { chooseSettings, describeDifference } from "./hand-out.ts";

const nothing = { app: null, handedOut: null, forOrganisation: false };
const taken = { mode: "socket", threadMirror: true, orgWide: true } as const;

test("the first manifest is for HTTP, one workspace and no mirror", () => {
  expect(chooseSettings({}, nothing)).toEqual({ mode: "http", threadMirror: false, orgWide: false });
});

test("the settings default to the last manifest handed out", () => {
  expect(chooseSettings({}, { ...nothing, handedOut: taken })).toEqual(taken);
});

test("the settings of the app override the last manifest", () => {
  const app = { mode: "http", threadMirror: false } as const;
  expect(chooseSettings({}, { ...nothing, app, handedOut: taken })).toEqual({ ...app, orgWide: true });
});

test("the requested settings override all others", () => {
  const requested = { mode: "http", threadMirror: false, orgWide: false } as const;
  expect(chooseSettings(requested, { app: null, handedOut: taken, forOrganisation: true })).toEqual(
    requested,
  );
});

const plain: ManifestSettings = { mode: "http", threadMirror: false, orgWide: false };
const written = (more: Partial<ManifestSettings> = {}, url = "https://tocsin.example.com") =>
  writeManifest(makeManifest(url, { ...plain, ...more }));
const added = (lines: { kind: string; text: string }[]) =>
  lines.filter(({ kind }) => kind === "added").map(({ text }) => text.trim());

test("an equal manifest has no difference", async () => {
  expect(describeDifference(await written(), await written())).toEqual({ same: true, lines: [], todo: null });
});

test("new scopes are named and need a reinstallation", async () => {
  const { lines, todo } = describeDifference(await written(), await written({ threadMirror: true }));
  expect(added(lines)).toEqual([
    "- channels:history",
    "- groups:history",
    "- message.channels",
    "- message.groups",
  ]);
  expect(todo).toMatch(/Save Changes\. New scopes \(channels:history, groups:history\).*Reinstall\.$/);
});

test("removed scopes need no reinstallation", async () => {
  expect(describeDifference(await written({ threadMirror: true }), await written()).todo).not.toContain(
    "Reinstall",
  );
});

test("a new request URL has to be verified", async () => {
  const { todo } = describeDifference(await written(), await written({}, "https://alerts.example.com"));
  expect(todo).toContain("press Verify");
});
