import pg from "pg";
import { expect, test } from "vitest";
import { whyUnavailable } from "./unavailable.ts";

const fault = (code: string) => Object.assign(new pg.DatabaseError("the secret", 0, "error"), { code });

test.each([
  ["25006", 10, /read-only/],
  ["53100", 30, /disk of the database is full/],
  ["53200", 10, /memory/],
  ["53300", 5, /no more connections/],
  ["53400", 10, /limit/],
  ["57P01", 5, /stopping or starting/],
  ["57P03", 5, /stopping or starting/],
  ["57P04", 30, /does not exist/],
  ["3D000", 30, /does not exist/],
  ["58030", 30, /files/],
  ["08006", 5, /connection/],
  ["08P01", 5, /connection/],
  ["28P01", 30, /user or password/],
  ["55P03", 5, /busy/],
  ["40P01", 5, /busy/],
] as const)("the error %s is worth a retry after %i s, because the database is %s", (code, seconds, why) => {
  expect(whyUnavailable(fault(code))).toEqual({ why: expect.stringMatching(why), retryAfter: seconds });
});

test.each(["22P02", "23505", "42P01", "42501", "54000", "P0001", "XX000"])(
  "the error %s says nothing about the database as a whole",
  (code) => {
    expect(whyUnavailable(fault(code))).toBeNull();
  },
);

test("an error that is not PostgreSQL's says nothing about the database", () => {
  expect(whyUnavailable(Object.assign(new Error("lost"), { code: "25006" }))).toBeNull();
});
