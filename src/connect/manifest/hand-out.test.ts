import { expect, test } from "vitest";
import { type ManifestSettings, makeManifest, writeManifest } from "../../slack/manifest/make-manifest.ts";
import { chooseSettings, tellDifference } from "./hand-out.ts";

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

const plain: ManifestSettings = { mode: "http", threadMirror: false, orgWide: false };
const written = (more: Partial<ManifestSettings> = {}, url = "https://tocsin.example.com") =>
  writeManifest(makeManifest(url, { ...plain, ...more }));
const added = (lines: { kind: string; text: string }[]) =>
  lines.filter(({ kind }) => kind === "added").map(({ text }) => text.trim());

test("the same manifest differs in nothing", () => {
  expect(tellDifference(written(), written())).toEqual({ same: true, lines: [], todo: null });
});

test("scopes that come in are named, and mean to install the app again", () => {
  const { lines, todo } = tellDifference(written(), written({ threadMirror: true }));
  expect(added(lines)).toEqual([
    "- channels:history",
    "- groups:history",
    "- message.channels",
    "- message.groups",
  ]);
  expect(todo).toMatch(/Save Changes\. Scopes come in \(channels:history, groups:history\).*Reinstall\.$/);
});

test("scopes that go need no new installation", () => {
  expect(tellDifference(written({ threadMirror: true }), written()).todo).not.toContain("Reinstall");
});

test("another address is to be verified anew", () => {
  const { todo } = tellDifference(written(), written({}, "https://alerts.example.com"));
  expect(todo).toContain("press Verify");
});
