import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { deliveryStateLabels } from "../../../src/alert/destination.ts";
import type { DeliveryWithAttempts } from "../../../src/outbox/contract.ts";
import type { AlertBody } from "../../../src/triage/contract.ts";
import { alertsApi } from "../../api/alerts.ts";
import { ExternalLink } from "../../components/external-link.tsx";
import { Loaded } from "../../components/lists/loaded.tsx";
import { Time } from "../../components/time.tsx";
import { showError, toasts } from "../../components/toasts.tsx";
import { usePermission } from "../../session/use-session.ts";
import css from "./alert.module.css";

/** The alert's deliveries, folded. The summary already tells how many have errors. */
export function Deliveries({ alert }: { alert: AlertBody }) {
  const query = useQuery({
    queryKey: ["alert-parts", alert.id, "deliveries"],
    queryFn: () => alertsApi.deliveries(alert.id),
  });
  const failing = alert.deliveries.filter(({ error }) => error).length;
  return (
    <details className={css.panel}>
      <summary className={css.fold}>
        <h2>Deliveries</h2>
        <span>
          {alert.deliveries.length || "none"}
          {failing > 0 ? <strong> · {failing} with errors</strong> : null}
        </span>
      </summary>
      <Loaded query={query} label="deliveries">
        {({ results }) =>
          results.length > 0 ? (
            <ul className={css.deliveries}>
              {results.map((delivery) => (
                <Delivery key={delivery.id} alertId={alert.id} delivery={delivery} />
              ))}
            </ul>
          ) : (
            <p>This alert was not sent to any destination. The history says why.</p>
          )
        }
      </Loaded>
    </details>
  );
}

function Delivery({ alertId, delivery }: { alertId: string; delivery: DeliveryWithAttempts }) {
  const canManage = usePermission("Manage Alerts");
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
        {delivery.permalink ? <ExternalLink href={delivery.permalink}>Open in Slack</ExternalLink> : null}
        {canManage ? <Resend alertId={alertId} destinationId={delivery.destinationId} /> : null}
      </div>
      {delivery.error ? <p className={css.error}>{delivery.error}</p> : null}
      <ol className={css.attempts}>
        {delivery.tries.map((attempt) => (
          <li key={attempt.at}>
            <Time at={attempt.at} /> · {attempt.says}{" "}
            {attempt.permalink ? <ExternalLink href={attempt.permalink}>Open in Slack</ExternalLink> : null}
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
      toasts.show("The alert is being sent again.");
      return queries.invalidateQueries({ queryKey: ["alert-parts", alertId, "deliveries"] });
    },
    onError: (error) => showError("The alert was not sent again.", error),
  });
  return (
    <Button variant="default" size="compact-xs" loading={resend.isPending} onClick={() => resend.mutate()}>
      Re-send
    </Button>
  );
}
