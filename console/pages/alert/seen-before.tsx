import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { isOpen, statuses } from "../../../src/alert/alert.ts";
import type { AlertBody } from "../../../src/triage/contract.ts";
import type { SeenBeforeBody } from "../../../src/triage/seen-before/contract.ts";
import { alertsApi } from "../../api/alerts.ts";
import { SeverityBadge, StatusBadge } from "../../components/badges.tsx";
import { Loaded } from "../../components/lists/loaded.tsx";
import { reveal } from "../../components/reveal.ts";
import { Time } from "../../components/time.tsx";
import css from "./alert.module.css";

/** Earlier alerts with the same detection, user, host or address, and how each ended. */
export function SeenBefore({ alert }: { alert: AlertBody }) {
  const query = useQuery({
    queryKey: ["seen-before", alert.id],
    queryFn: () => alertsApi.seenBefore(alert.id),
  });
  return (
    <section className={`${css.panel} ${css.seen}`} aria-labelledby="seen-before">
      <div className={css.panelHead}>
        <h2 id="seen-before">Seen before</h2>
        {query.data?.more ? (
          <Link to="/alerts" search={{ seenBefore: alert.id, status: [...statuses] }}>
            Show all
          </Link>
        ) : null}
      </div>
      <Loaded query={query} label="earlier alerts">
        {({ results }) =>
          results.length > 0 ? (
            <ul className={css.deliveries}>
              {results.map((seen) => (
                <SeenAlert key={seen.id} seen={seen} />
              ))}
            </ul>
          ) : (
            <p className={css.changed}>
              No alert of the last 90 days has the same detection, user, host or address.
            </p>
          )
        }
      </Loaded>
    </section>
  );
}

function SeenAlert({ seen }: { seen: SeenBeforeBody["results"][number] }) {
  const { number, title, severity, status, createdAt, same, ended } = seen;
  return (
    <li>
      <div className={css.delivery}>
        <SeverityBadge severity={severity} />
        <Link to="/alerts/$alert" params={{ alert: String(number) }} className="wrap">
          {`#${number} ${reveal(title)}`}
        </Link>
        <Time at={createdAt} />
      </div>
      <div className={css.meta}>
        <StatusBadge status={status} />
        {ended && !isOpen(status) ? (
          <span className="wrap">
            by {ended.by.name} <Time at={ended.at} />
            {ended.comment ? `: ${reveal(ended.comment)}` : ""}
          </span>
        ) : null}
        <span className="wrap">
          Same {same.map(({ kind, value }) => `${kind} ${reveal(value)}`).join(", ")}
        </span>
      </div>
    </li>
  );
}
