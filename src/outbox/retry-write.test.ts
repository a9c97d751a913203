import pg from "pg";
import { expect, test } from "vitest";
import { openOutcomeWriter } from "./retry-write.ts";

const databaseError = (code: string) => Object.assign(new pg.DatabaseError(code, 0, "error"), { code });
const disconnected = new Error("Connection terminated unexpectedly");

/** Fails with these errors in turn, then succeeds. */
function failing(...faults: Error[]): () => Promise<string> {
  return async () => {
    const fault = faults.shift();
    if (fault) throw fault;
    return "written";
  };
}

test("a write is retried until the database is back", async () => {
  const { write, isBehind } = openOutcomeWriter();
  const writing = write(
    failing(
      disconnected,
      databaseError("57P01"),
      databaseError("57P03"),
      Object.assign(new Error(), { code: "ENOENT" }),
    ),
  );
  await expect.poll(isBehind).toBe(true);
  expect(await writing).toBe("written");
  expect(isBehind()).toBe(false);
});

test("a write that the database refuses is not retried", async () => {
  const { write, isBehind } = openOutcomeWriter();
  await expect(write(failing(databaseError("23505")))).rejects.toThrow("23505");
  await expect(write(failing(disconnected, databaseError("23505")))).rejects.toThrow("23505");
  expect(isBehind()).toBe(false);
});
