import { Link } from "@tanstack/react-router";
import type { DestinationBody } from "../../../src/deliver/contract.ts";
import { StateBadge } from "../../components/badges.tsx";
import { Time } from "../../components/time.tsx";
import { DestinationMenu } from "./destination-menu.tsx";
import { DestinationSummary } from "./destination-summary.tsx";
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
      <DestinationSummary destination={destination} escalatesTo={escalatesTo} />
      <p className={css.counts}>
        <span>Last delivery: {lastDeliveredAt ? <Time at={lastDeliveredAt} /> : "none yet"}</span>
        {waiting > 0 ? <span>{waiting} waiting</span> : null}
        {failed > 0 ? <strong>{failed} failed</strong> : null}
      </p>
    </li>
  );
}
