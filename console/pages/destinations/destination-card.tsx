import { Link } from "@tanstack/react-router";
import { alertTypeLabels, severityLabels } from "../../../src/alert/alert.ts";
import type { DestinationBody } from "../../../src/deliver/contract.ts";
import { StateBadge } from "../../components/badges.tsx";
import { Time } from "../../components/time.tsx";
import { keysOf } from "../../forms/choices.ts";
import { channelOrHost } from "./channel-or-host.ts";
import { DestinationMenu } from "./destination-menu.tsx";
import css from "./destinations.module.css";

interface Props {
  destination: DestinationBody;
  /** Undefined without the permission to edit. */
  onEdit: (() => void) | undefined;
}

export function DestinationCard({ destination, onEdit }: Props) {
  const { displayName, state, waiting, failed, lastDeliveredAt } = destination;
  const changes = describeChanges(destination);
  return (
    <li className={css.card}>
      <div className={css.cardHead}>
        <h2 className="wrap">
          <Link to="/configure/destinations/$destination" params={{ destination: destination.id }}>
            {displayName}
          </Link>
        </h2>
        <span className={css.channel}>{channelOrHost(destination)}</span>
        <StateBadge kind={state.kind} />
        {onEdit ? <DestinationMenu destination={destination} onEdit={onEdit} /> : null}
      </div>
      {state.kind === "needs_attention" ? (
        <p className={css.fault} role="alert">
          {state.remedy ?? "Deliveries to this destination are refused."}
          {state.fault ? <code>{state.fault}</code> : null}
          {state.fault === "not_in_channel" && onEdit ? (
            <>
              {" "}
              <Link
                to="/configure/destinations/new/slack-bot/finish"
                search={{ destination: destination.id }}
              >
                Continue setup
              </Link>
            </>
          ) : null}
        </p>
      ) : null}
      <p className={css.filter}>
        <span>{describeChosen(destination.severities, severityLabels, "severities")}</span>
        <span>{describeChosen(destination.alertTypes, alertTypeLabels, "alert types")}</span>
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

/** Which changes the destination gets; null for the default. */
function describeChanges(destination: DestinationBody): string | null {
  switch (destination.type) {
    case "slack-bot":
      return destination.syncToSlack ? null : "Changes in Tocsin are not synced to Slack";
    case "custom-webhook":
      return destination.changes ? "New alerts and changes" : "New alerts only";
    default:
      return destination satisfies never;
  }
}

/** "All severities", "All alert types except Policy", or the chosen ones in their usual order. */
function describeChosen<K extends string>(chosen: K[], labels: Record<K, string>, noun: string): string {
  const list = (keys: K[]) => keys.map((key) => labels[key]).join(", ");
  const all = keysOf(labels);
  const others = all.filter((key) => !chosen.includes(key));
  if (others.length === 0) return `All ${noun}`;
  if (others.length <= all.length / 4) return `All ${noun} except ${list(others)}`;
  return list(all.filter((key) => chosen.includes(key)));
}
