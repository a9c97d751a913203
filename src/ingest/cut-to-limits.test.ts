import { expect, test } from "vitest";
import { cutList, cutText, fitObject, fitSample, jsonBytes } from "./cut-to-limits.ts";
import { shortId } from "./finish-report.ts";

const words = (length: number) => "x".repeat(length);

test("a text within the limit is unchanged", () => {
  expect(cutText(words(1000), 1000)).toBe(words(1000));
});

test("a longer text is cut to the limit and ends in a marker", () => {
  expect(cutText(words(1001), 1000)).toBe(`${words(993)}… [cut]`);
});

test("an emoji at the cut is not split", () => {
  expect(cutText(`${words(992)}😀${words(50)}`, 1000)).toBe(`${words(992)}… [cut]`);
});

test("a list is trimmed and deduplicated, and a cut list says how many entries are missing", () => {
  expect(cutList([" a", "a ", "", "b"])).toEqual(["a", "b"]);
  const many = cutList(Array.from({ length: 150 }, (_, at) => `tag ${at}`));
  expect(many).toHaveLength(100);
  expect(many.slice(-2)).toEqual(["tag 98", "… [51 more cut]"]);
});

test("two long identities stay distinct and fit into an index", () => {
  const [one, two] = ["a", "b"].map((end) => shortId("漢".repeat(999) + end));
  expect(one).not.toBe(two);
  expect(Buffer.byteLength(one ?? "")).toBeLessThan(2704);
  expect(shortId(words(1000))).toBe(words(1000));
});

test("an object that is too large first gets its long texts cut", () => {
  const fitted = fitObject({ log: words(9000), user: "eve", deep: [{ log: words(50_000) }] }, 20_000);
  expect(fitted).toMatchObject({ log: words(9000), user: "eve" });
  expect(jsonBytes(fitted)).toBeLessThanOrEqual(20_000);
});

test("an object that is still too large loses its largest fields, and names them", () => {
  const list = Array.from({ length: 10_000 }, (_, at) => at);
  const fitted = fitObject({ list, user: "eve", hosts: ["web-1"] }, 20_000);
  expect(fitted).toEqual({ user: "eve", hosts: ["web-1"], "[cut]": "left out because of their size: list" });
});

test("an object with many small fields is cut to the limit too", () => {
  const many = Object.fromEntries(Array.from({ length: 30_000 }, (_, at) => [`key-${at}`, at]));
  const fitted = fitObject(many, 20_000);
  expect(jsonBytes(fitted)).toBeLessThanOrEqual(20_000);
  expect(fitted["[cut]"]).toMatch(/^left out because of their size: key-.* and \d+ more$/);
});

test("a sample that is too large and not an object is replaced by its size", () => {
  expect(fitSample([1, 2])).toEqual([1, 2]);
  expect(fitSample(words(300_000))).toEqual({ "[cut]": "an event of 300002 bytes" });
});
