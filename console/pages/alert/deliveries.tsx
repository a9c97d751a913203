import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { deliveryStateLabels } from "../../../src/alert/destination.ts";
import type { DeliveryWithAttempts } from "../../../src/outbox/contract.ts";
import type { AlertBody } from "../../../src/triage/contract.ts";
import { alertsApi } from "../../api/alerts.ts";
import { Loaded } from "../../components/lists/loaded.tsx";
import { notices, tellFault } from "../../components/notices.tsx";
import { OutLink } from "../../components/out-link.tsx";
import { Time } from "../../components/time.tsx";
import { useMay } from "../../session/use-session.ts";
import css from "./alert.module.css";

/** Where the alert was announced, folded: a fault shows in the summary already. */
export function Deliveries({ alert }: { alert: AlertBody }) {
  const query = useQuery({
    queryKey: ["of-alert", alert.id, "deliveries"],
    queryFn: () => alertsApi.deliveries(alert.id),
  });
  const troubled = alert.deliveries.filter(({ error }) => error).length;
  return (
    <details className={css.panel}>
      <summary className={css.fold}>
        <h2>Deliveries</h2>
        <span>
          {alert.deliveries.length || "none"}
          {troubled > 0 ? <strong> · {troubled} with a fault</strong> : null}
        </span>
      </summary>
      <Loaded query={query} what="deliveries">
        {({ results }) =>
          results.length > 0 ? (
            <ul className={css.deliveries}>
              {results.map((delivery) => (
                <Delivery key={delivery.id} alertId={alert.id} delivery={delivery} />
              ))}
            </ul>
          ) : (
            <p>This alert went to no destination. Its history says why.</p>
          )
        }
      </Loaded>
    </details>
  );
}

function Delivery({ alertId, delivery }: { alertId: string; delivery: DeliveryWithAttempts }) {
  const mayManage = useMay("Manage Alerts");
  return (
    <li>
      <div className={css.delivery}>
        <Link
          to="/configure/destinations/$destination"
          params={{ destination: delivery.destinationId }}
          className="wrap"
        >
          {delivery.destinationName}
        </Link>
        <span>{deliveryStateLabels[delivery.state]}</span>
        {delivery.permalink ? <OutLink href={delivery.permalink}>Open in Slack</OutLink> : null}
        {mayManage ? <Resend alertId={alertId} destinationId={delivery.destinationId} /> : null}
      </div>
      {delivery.error ? <p className={css.fault}>{delivery.error}</p> : null}
      <ol className={css.tries}>
        {delivery.tries.map((attempt) => (
          <li key={attempt.at}>
            <Time at={attempt.at} /> · {attempt.says}{" "}
            {attempt.permalink ? <OutLink href={attempt.permalink}>Open in Slack</OutLink> : null}
          </li>
        ))}
      </ol>
    </li>
  );
}

function Resend({ alertId, destinationId }: { alertId: string; destinationId: string }) {
  const queries = useQueryClient();
  const resend = useMutation({
    mutationFn: () => alertsApi.resend(alertId, destinationId),
    onSuccess() {
      notices.say("On its way to Slack again.");
      return queries.invalidateQueries({ queryKey: ["of-alert", alertId, "deliveries"] });
    },
    onError: (fault) => tellFault("Nothing was sent.", fault),
  });
  return (
    <Button variant="default" size="compact-xs" loading={resend.isPending} onClick={() => resend.mutate()}>
      Re-send
    </Button>
  );
}
