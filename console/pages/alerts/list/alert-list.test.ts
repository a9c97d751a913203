import { expect, test } from "vitest";
import { freshAlerts } from "./alert-list.ts";

const alert = (number: number) => ({ id: `id-${number}`, number });
const numbers = (found: { number: number }[]) => found.map(({ number }) => number);

test("fresh is what came since the list was loaded and isn't shown yet", () => {
  const seen = { rows: [alert(7), alert(5)], baseline: 7, newest: [alert(9), alert(8), alert(7), alert(6)] };
  expect(numbers(freshAlerts(seen))).toEqual([9, 8]);
  expect(numbers(freshAlerts({ ...seen, rows: [alert(8), ...seen.rows] }))).toEqual([9]);
});

test("an older alert that only now matches doesn't count, whatever the list is sorted by", () => {
  expect(freshAlerts({ rows: [], baseline: 7, newest: [alert(6)] })).toEqual([]);
});

test("a list that was empty takes everything as fresh, one that still loads nothing", () => {
  expect(numbers(freshAlerts({ rows: [], baseline: 0, newest: [alert(1)] }))).toEqual([1]);
  expect(freshAlerts({ rows: [], baseline: undefined, newest: [alert(1)] })).toEqual([]);
});
