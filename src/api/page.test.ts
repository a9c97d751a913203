import { expect, test } from "vitest";
import { z } from "zod";
import { decodeCursor, pageQuery, toPage } from "./page.ts";

const all = [1, 2, 3, 4, 5];
const pageOf = (rows: number[]) => toPage(rows, 2, { keyOf: (row) => [row], show: (row) => `#${row}` });

test("a page names the next one only if there is a row beyond it", () => {
  const { results, next } = pageOf(all.slice(0, 3));
  expect(results).toEqual(["#1", "#2"]);
  expect(decodeCursor(next ?? undefined, z.tuple([z.number()]))).toEqual([2]);
  expect(pageOf(all.slice(3))).toEqual({ results: ["#4", "#5"], next: null });
  expect(pageOf([])).toEqual({ results: [], next: null });
});

test("a page has 25 results by default and 50 at most", () => {
  expect(pageQuery.parse({})).toEqual({ limit: 25 });
  expect(pageQuery.safeParse({ limit: "50" }).success).toBe(true);
  expect(pageQuery.safeParse({ limit: "51" }).success).toBe(false);
});
