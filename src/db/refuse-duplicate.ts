import pg from "pg";
import type { Refusal } from "../alert/refusal.ts";

const uniqueViolation = "23505";

/**
 * Does the work, whose transaction the unique index may end: then gives back the refusal. Asking beforehand
 * would let two at once through.
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
