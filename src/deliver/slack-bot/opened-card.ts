import { type RawBuilder, sql } from "kysely";
import type { IntakeTransaction } from "../../db/intake-transaction.ts";
import { type AlertRow, alertTables, toVersionedAlert, versionedColumns } from "../../history/find-alerts.ts";
import { type ClaimedLine, later, type PostJob } from "../../outbox/claim-line.ts";
import type { Deps, SealedToken } from "../../outbox/deps.ts";
import type { Job } from "../../outbox/worker.ts";
import { alikeColumns, type CardData, placeColumns } from "./card-message.ts";
import { postCard } from "./post-card.ts";

/** A card to post in a line that was claimed in the transaction that opened the alert, and all that posting needs. */
export interface OpenedCard {
  line: ClaimedLine;
  job: PostJob;
  card: CardData;
  token: SealedToken;
}

interface Row extends AlertRow, Pick<CardData, "destination" | "mirrored" | "alike" | "cardFields"> {
  deliveryId: string;
  destinationId: string;
  queuedAt: Date;
  wellSince: Date;
  line: Omit<ClaimedLine, "job" | "claimedAt">;
  token: Omit<SealedToken, "sealed">;
  sealed: Buffer;
}

/**
 * Reads what posting needs for those of the new deliveries whose line was claimed. It runs in the transaction that
 * claimed them, so that after the commit nothing has to be read.
 */
export async function readOpenedCards(
  { tx, runPrepared }: IntakeTransaction,
  deliveryIds: readonly string[],
): Promise<OpenedCard[]> {
  if (deliveryIds.length === 0) return [];
  const claimedAt = performance.now();
  const { sql: text, parameters } = openedCards(deliveryIds).compile(tx);
  const rows = await runPrepared<Row>({ name: "opened-cards", text }, [...parameters]);
  return rows.map((row) => openedCard(row, claimedAt));
}

function openedCards(deliveryIds: readonly string[]): RawBuilder<unknown> {
  return sql`
    select ${versionedColumns}, ${placeColumns}, ${alikeColumns}, v.id as "deliveryId", v.destination_id as "destinationId",
      v.created_at as "queuedAt", l.well_since as "wellSince",
      json_build_object('key', l.key, 'lease', l.leased_by, 'repairs', l.repairs, 'ofPerson', l.of_person, 'fault', l.fault,
        'refused', json_build_object('code', l.refused_code, 'ids', l.refused_ids),
        'installationId', l.installation_id, 'channelId', l.channel_id, 'faultsInARow', l.faults_in_a_row,
        'scopes', i.scopes, 'botUserId', i.bot_user_id, 'digestId', l.digest_id, 'waiting', 1) as line,
      i.bot_token as sealed,
      json_build_object('enterpriseId', i.enterprise_id, 'teamId', i.team_id) as token
    from deliveries v join ${alertTables} on a.id = v.alert_id join destinations d on d.id = v.destination_id
      join lines l on l.key = v.line join installations i on i.id = l.installation_id
    where v.id = any(${deliveryIds}::uuid[]) and v.state = 'sending'`;
}

function openedCard(row: Row, claimedAt: number): OpenedCard {
  const {
    destination,
    mirrored,
    alike,
    cardFields,
    deliveryId,
    destinationId,
    queuedAt,
    wellSince,
    line,
    token,
    sealed,
    ...alert
  } = row;
  const job: PostJob = {
    kind: "post",
    id: deliveryId,
    alertId: alert.id,
    destinationId,
    severity: alert.severity,
    createdAt: queuedAt,
    error: null,
    attempts: 1,
    unsureSince: null,
    seenTs: null,
    drawStep: 0,
    waitingSince: later(queuedAt, wellSince),
  };
  return {
    line: { ...line, claimedAt, job },
    job,
    card: {
      ...{ alert: toVersionedAlert(alert), destination, mirrored, alike, cardFields },
      ...{ card: null, confirmed: false },
    },
    token: { ...token, sealed },
  };
}

/** The job that posts a card whose line is claimed already. */
export function openedCardJob(deps: Deps, { line, job, card, token }: OpenedCard): Job {
  return {
    run: () => postCard(deps, line, job, { card, token }),
    line,
    restMs: deps.pace.message * 1000,
  };
}
