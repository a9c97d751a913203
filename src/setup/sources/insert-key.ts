import { v7 as uuidv7 } from "uuid";
import type { Transaction } from "../../db/transaction.ts";
import { hashSecret, makeSecret } from "../../people/secret.ts";

/** A key that has just been made: `key` is shown once and stored nowhere. */
export interface NewKey {
  id: string;
  key: string;
  hint: string;
}

/** Makes a key of the source. */
export async function insertKey(tx: Transaction, sourceId: string): Promise<NewKey> {
  const key = makeSecret("tsk_");
  const made = { id: uuidv7(), key, hint: key.slice(-4) };
  const { id, hint } = made;
  await tx
    .insertInto("source_keys")
    .values({ id, source_id: sourceId, key_hash: hashSecret(key), hint })
    .execute();
  return made;
}
