import type { KeyObject } from "node:crypto";
import type { Kysely } from "kysely";
import { z } from "zod";
import type { Tables } from "../../db/tables/tables.ts";
import { openVault } from "../../secrets/vault.ts";

/** A row that only the right key opens; the first start writes it. */
const check = "key_check";

/** The check as it is stored; undefined before the first start. */
export async function readCheck(db: Kysely<Tables>): Promise<string | undefined> {
  const row = await db.selectFrom("settings").select("value").where("name", "=", check).executeTakeFirst();
  return row && z.string().parse(row.value);
}

/** Writes the check for this key: only where there is none, or over that of another key. */
export async function writeCheck(
  db: Kysely<Tables>,
  key: KeyObject,
  how: "if-none" | "over-another",
): Promise<void> {
  const value = JSON.stringify(openVault(key).seal("tocsin", check).toString("base64"));
  await db
    .insertInto("settings")
    .values({ name: check, value })
    .onConflict((conflict) =>
      how === "if-none" ? conflict.doNothing() : conflict.column("name").doUpdateSet({ value }),
    )
    .execute();
}

/** Whether the check was written with this key. */
export function fits(key: KeyObject, stored: string | undefined): boolean {
  try {
    return openVault(key).unseal(Buffer.from(stored ?? "", "base64"), check) === "tocsin";
  } catch {
    return false;
  }
}
