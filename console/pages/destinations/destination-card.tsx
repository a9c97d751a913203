import { Link } from "@tanstack/react-router";
import { alertTypeLabels, severityLabels } from "../../../src/alert/alert.ts";
import type { DestinationBody, Field } from "../../../src/deliver/contract.ts";
import { StateBadge } from "../../components/badges.tsx";
import { Time } from "../../components/time.tsx";
import { keysOf } from "../../forms/choices.ts";
import { DestinationMenu } from "./destination-menu.tsx";
import { isSlackBot, useDestinationTypes } from "./destination-types.ts";
import css from "./destinations.module.css";

interface Props {
  destination: DestinationBody;
  /** The name of the destination that gets alerts on which nobody acts. */
  escalatesTo: string | undefined;
  /** Undefined without the permission to edit. */
  onEdit: (() => void) | undefined;
}

export function DestinationCard({ destination, escalatesTo, onEdit }: Props) {
  const { displayName, place, state, waiting, failed, lastDeliveredAt } = destination;
  const types = useDestinationTypes();
  const type = types.find((one) => one.type === destination.type);
  const summaries = describeSwitches(destination, type?.fields ?? []);
  return (
    <li className={css.card}>
      <div className={css.cardHead}>
        <h2 className="wrap">
          <Link to="/configure/destinations/$destination" params={{ destination: destination.id }}>
            {displayName}
          </Link>
        </h2>
        <span className={css.channel}>{place}</span>
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
        {escalatesTo ? <span>Escalates to {escalatesTo}</span> : null}
        {summaries.map((summary) => (
          <span key={summary}>{summary}</span>
        ))}
      </p>
      <p className={css.counts}>
        <span>Last delivery: {lastDeliveredAt ? <Time at={lastDeliveredAt} /> : "none yet"}</span>
        {waiting > 0 ? <span>{waiting} waiting</span> : null}
        {failed > 0 ? <strong>{failed} failed</strong> : null}
      </p>
    </li>
  );
}

/** What the switches of the destination say, such as which changes it gets. */
function describeSwitches(destination: DestinationBody, fields: Field[]): string[] {
  if (isSlackBot(destination))
    return destination.syncToSlack ? [] : ["Changes in Tocsin are not synced to Slack"];
  return fields.flatMap(({ name, summary }) =>
    summary ? [destination[name] === true ? summary.on : summary.off] : [],
  );
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
