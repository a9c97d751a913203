import { type Kysely, sql } from "kysely";

/**
 * The fields that tell a source's alerts apart on cards, and an index for alerts with the same title. Titles no longer
 * count as detections: rows that only a title or a test alert made go, unless somebody set an override for them. Nodes of
 * the previous version may insert some again, and ignore the rest.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(changes).execute(db);
}

const changes = `
  alter table sources add column card_fields text[] not null default '{}';

  -- Of a long title only the beginning: PostgreSQL can't index an entry above 2,704 bytes.
  create index alerts_title on alerts (left(title, 200), created_at);

  delete from detections d where override is null and (detection_id = 'Tocsin.TestAlert' or (name is null
    and not exists (select from alerts a where a.detection_id = d.detection_id and a.source_id = d.source_id
      and a.title <> a.detection_id)));
`;
