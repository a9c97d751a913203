import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables/tables.ts";
import { selectTokens, type Token } from "./token.ts";

/** At most `count` valid or expired tokens in the order in which they were made, after that of id `after`. */
export function listTokens(
  db: Kysely<Tables>,
  { after, count }: { after: string | null; count: number },
): Promise<Token[]> {
  const tokens = selectTokens(db).orderBy("id").limit(count);
  return (after === null ? tokens : tokens.where("id", ">", after)).execute();
}
