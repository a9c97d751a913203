import pg from "pg";
import type { Refusal } from "../alert/refusal.ts";

const uniqueViolation = "23505";

/**
 * Runs `work`, and returns the refusal if it violates the unique index. Checking beforehand would let two
 * concurrent requests through.
 */
export async function refuseDuplicate<T>(
  index: string,
  refusal: Refusal,
  work: () => Promise<T>,
): Promise<T | Refusal> {
  try {
    return await work();
  } catch (fault) {
    const duplicate = fault instanceof pg.DatabaseError && fault.code === uniqueViolation;
    if (duplicate && fault.constraint === index) return refusal;
    throw fault;
  }
}
