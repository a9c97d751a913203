import type { Refusal } from "../../alert/refusal.ts";
import type { Database } from "../../db/connect.ts";
import { transaction } from "../../db/transaction.ts";
import type { Principal } from "../../people/principal.ts";
import { noteChange } from "../note-change.ts";
import { refuseDuplicate } from "../../db/refuse-duplicate.ts";
import type { NewSource } from "./create-source.ts";
import { noSource, readSources, type Source, sourceNameTaken } from "../../ingest/source.ts";

/** What may change of a source. Absent stays as it is. */
export type SourceChange = Partial<Omit<NewSource, "kind">>;

/** Changes a source; reports that came in before keep what they were given then. */
export function changeSource(
  db: Database,
  { id, change }: { id: string; change: SourceChange },
  by: Principal,
): Promise<Source | Refusal> {
  const { name, defaultSeverity, resolves } = change;
  const act = () =>
    transaction(db, async (tx) => {
      await tx
        .updateTable("sources")
        // `id` is set too, since a change without any column is no statement.
        .set({ id, name, default_severity: defaultSeverity, resolves })
        .where("id", "=", id)
        .where("deleted_at", "is", null)
        .execute();
      const [source] = await readSources(tx, { id });
      if (!source) return noSource;
      const target = { type: "source", id };
      await noteChange(tx, by, { what: "sources", action: "source.changed", target, data: change });
      return source;
    });
  return refuseDuplicate("sources_name", sourceNameTaken(name ?? ""), act);
}
