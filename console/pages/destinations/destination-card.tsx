import { Link } from "@tanstack/react-router";
import { alertTypeLabels, severityLabels } from "../../../src/alert/alert.ts";
import type { DestinationBody } from "../../../src/deliver/contract.ts";
import { StatePill } from "../../components/marks.tsx";
import { Time } from "../../components/time.tsx";
import { keysOf } from "../../forms/choices.ts";
import { placeOf } from "./channel-or-host.ts";
import { DestinationMenu } from "./destination-menu.tsx";
import css from "./destinations.module.css";

interface Props {
  destination: DestinationBody;
  /** Undefined when one may not. */
  onEdit: (() => void) | undefined;
}

export function DestinationCard({ destination, onEdit }: Props) {
  const { displayName, state, waiting, failed, lastDeliveredAt } = destination;
  const changes = changesShown(destination);
  return (
    <li className={css.card}>
      <div className={css.cardHead}>
        <h2 className="wrap">
          <Link to="/configure/destinations/$destination" params={{ destination: destination.id }}>
            {displayName}
          </Link>
        </h2>
        <span className={css.channel}>{placeOf(destination)}</span>
        <StatePill kind={state.kind} />
        {onEdit ? <DestinationMenu destination={destination} onEdit={onEdit} /> : null}
      </div>
      {state.kind === "needs_attention" ? (
        <p className={css.fault} role="alert">
          {state.remedy ?? "What Tocsin sends there is refused."}
          {state.fault ? <code>{state.fault}</code> : null}
          {state.fault === "not_in_channel" && onEdit ? (
            <>
              {" "}
              <Link
                to="/configure/destinations/new/slack-bot/finish"
                search={{ destination: destination.id }}
              >
                Go on with its set-up
              </Link>
            </>
          ) : null}
        </p>
      ) : null}
      <p className={css.takes}>
        <span>{sayChosen(destination.severities, severityLabels, "severities")}</span>
        <span>{sayChosen(destination.alertTypes, alertTypeLabels, "alert types")}</span>
        <span>{destination.logTypes.length > 0 ? destination.logTypes.join(", ") : "All log types"}</span>
        <span>{destination.timezone}</span>
        {changes ? <span>{changes}</span> : null}
      </p>
      <p className={css.counts}>
        <span>Last delivery: {lastDeliveredAt ? <Time at={lastDeliveredAt} /> : "none yet"}</span>
        {waiting > 0 ? <span>{waiting} waiting</span> : null}
        {failed > 0 ? <strong>{failed} failed</strong> : null}
      </p>
    </li>
  );
}

/** What it is told of changes; null where that goes without saying. */
function changesShown(destination: DestinationBody): string | null {
  switch (destination.type) {
    case "slack-bot":
      return destination.syncToSlack ? null : "Changes in Tocsin don't show in Slack";
    case "custom-webhook":
      return destination.changes ? "Openings and changes" : "Openings only";
    default:
      return destination satisfies never;
  }
}

/** "All severities", "All alert types but Policy", or the chosen ones in the order in which they are always named. */
function sayChosen<K extends string>(chosen: K[], words: Record<K, string>, noun: string): string {
  const name = (keys: K[]) => keys.map((key) => words[key]).join(", ");
  const all = keysOf(words);
  const others = all.filter((key) => !chosen.includes(key));
  if (others.length === 0) return `All ${noun}`;
  if (others.length <= all.length / 4) return `All ${noun} but ${name(others)}`;
  return name(all.filter((key) => chosen.includes(key)));
}
