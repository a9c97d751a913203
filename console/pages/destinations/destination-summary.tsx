import { alertTypeLabels, severityLabels } from "../../../src/alert/alert.ts";
import type { DestinationBody, Field } from "../../../src/deliver/contract.ts";
import { keysOf } from "../../forms/choices.ts";
import { isSlackBot, useDestinationTypes } from "./destination-types.ts";
import css from "./destinations.module.css";

interface Props {
  destination: DestinationBody;
  /** The name of the destination that gets alerts on which nobody acts. */
  escalatesTo: string | undefined;
}

/** In one line, which alerts a destination gets and how. */
export function DestinationSummary({ destination, escalatesTo }: Props) {
  const types = useDestinationTypes();
  const type = types.find((one) => one.type === destination.type);
  const summaries = describeSwitches(destination, type?.fields ?? []);
  return (
    <p className={css.filter}>
      <span>{describeChosen(destination.severities, severityLabels, "severities")}</span>
      <span>{describeChosen(destination.alertTypes, alertTypeLabels, "alert types")}</span>
      <span>{destination.logTypes.length > 0 ? destination.logTypes.join(", ") : "All log types"}</span>
      {type?.timezoneHint ? <span>{destination.timezone}</span> : null}
      {escalatesTo ? <span>Escalates to {escalatesTo}</span> : null}
      {summaries.map((summary) => (
        <span key={summary}>{summary}</span>
      ))}
    </p>
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
