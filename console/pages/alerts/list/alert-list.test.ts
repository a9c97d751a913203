import { expect, test } from "vitest";
import { newAlerts } from "./alert-list.ts";

const alert = (number: number) => ({ id: `id-${number}`, number });
const numbers = (found: { number: number }[]) => found.map(({ number }) => number);

test("newAlerts returns alerts opened since the list was loaded that aren't shown yet", () => {
  const seen = { rows: [alert(7), alert(5)], baseline: 7, newest: [alert(9), alert(8), alert(7), alert(6)] };
  expect(numbers(newAlerts(seen))).toEqual([9, 8]);
  expect(numbers(newAlerts({ ...seen, rows: [alert(8), ...seen.rows] }))).toEqual([9]);
});

test("newAlerts leaves out an older alert that starts to match later", () => {
  expect(newAlerts({ rows: [], baseline: 7, newest: [alert(6)] })).toEqual([]);
});

test("newAlerts returns every alert for an empty list and none while the list loads", () => {
  expect(numbers(newAlerts({ rows: [], baseline: 0, newest: [alert(1)] }))).toEqual([1]);
  expect(newAlerts({ rows: [], baseline: undefined, newest: [alert(1)] })).toEqual([]);
});
