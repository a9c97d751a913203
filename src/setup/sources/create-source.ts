import { v7 as uuidv7 } from "uuid";
import type { Refusal } from "../../alert/refusal.ts";
import type { Severity } from "../../alert/severity.ts";
import type { ResolvePolicy, SourceKind } from "../../alert/source-kind.ts";
import type { Database } from "../../db/connect.ts";
import { transaction } from "../../db/transaction.ts";
import type { Principal } from "../../people/principal.ts";
import { noteChange } from "../note-change.ts";
import { refuseDuplicate } from "../../db/refuse-duplicate.ts";
import { insertKey } from "./insert-key.ts";
import { readSources, type Source, sourceNameTaken } from "../../ingest/source.ts";

export interface NewSource {
  kind: SourceKind;
  name: string;
  defaultSeverity?: Severity | undefined;
  resolves?: ResolvePolicy | undefined;
}

/** Makes a source with its first key, which only this answer shows. */
export function createSource(
  db: Database,
  wish: NewSource,
  by: Principal,
): Promise<(Source & { key: string }) | Refusal> {
  const { kind, name, defaultSeverity, resolves } = wish;
  const id = uuidv7();
  const create = () =>
    transaction(db, async (tx) => {
      await tx
        .insertInto("sources")
        .values({ id, kind, name, default_severity: defaultSeverity, resolves })
        .execute();
      const { key } = await insertKey(tx, id);
      const target = { type: "source", id };
      await noteChange(tx, by, { what: "sources", action: "source.created", target, data: { kind, name } });
      const [source] = await readSources(tx, { id });
      if (!source) throw new Error(`the source ${id} was inserted and isn't there`);
      return { ...source, key };
    });
  return refuseDuplicate("sources_name", sourceNameTaken(name), create);
}
