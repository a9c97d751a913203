import pg from "pg";
import { expect, test } from "vitest";
import { openOutcomes } from "./retry-write.ts";

const said = (code: string) => Object.assign(new pg.DatabaseError(code, 0, "error"), { code });
const cut = new Error("Connection terminated unexpectedly");

/** Fails with these, and then does it. */
function failing(...faults: Error[]): () => Promise<string> {
  return async () => {
    const fault = faults.shift();
    if (fault) throw fault;
    return "written";
  };
}

test("what can't be written while the database is away is written when it is back", async () => {
  const { write, isBehind } = openOutcomes();
  const writing = write(
    failing(cut, said("57P01"), said("57P03"), Object.assign(new Error(), { code: "ENOENT" })),
  );
  await expect.poll(isBehind).toBe(true);
  expect(await writing).toBe("written");
  expect(isBehind()).toBe(false);
});

test("what the database refuses is not tried again", async () => {
  const { write, isBehind } = openOutcomes();
  await expect(write(failing(said("23505")))).rejects.toThrow("23505");
  await expect(write(failing(cut, said("23505")))).rejects.toThrow("23505");
  expect(isBehind()).toBe(false);
});
