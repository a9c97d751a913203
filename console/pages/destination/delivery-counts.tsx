import { Button } from "@mantine/core";
import type { DestinationBody } from "../../../src/deliver/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { Time } from "../../components/time.tsx";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import { usePermission } from "../../session/use-session.ts";
import css from "./destination.module.css";

const countFormat = new Intl.NumberFormat("en");

/** Counts of waiting and failed deliveries, with a button that re-sends all failed ones. */
export function DeliveryCounts({ destination }: { destination: DestinationBody }) {
  const { id, waiting, failed, oldestWaitingAt, lastDeliveredAt, state } = destination;
  const canManage = usePermission("Manage Alerts");
  const resend = useApiMutation({
    mutationFn: () => setupApi.resendAll(id),
    invalidates: "destinations",
    success: "All failed deliveries are being sent again.",
    failure: "The failed deliveries were not sent again.",
  });
  return (
    <section className={css.counts} aria-label="Delivery counts">
      <dl>
        <div>
          <dt>Waiting</dt>
          <dd>{countFormat.format(waiting)}</dd>
        </div>
        <div>
          <dt>Oldest waiting</dt>
          <dd>{oldestWaitingAt ? <Time at={oldestWaitingAt} /> : "–"}</dd>
        </div>
        <div data-bad={failed > 0 || undefined}>
          <dt>Failed</dt>
          <dd>{countFormat.format(failed)}</dd>
        </div>
        <div>
          <dt>Last delivery</dt>
          <dd>{lastDeliveredAt ? <Time at={lastDeliveredAt} /> : "None yet"}</dd>
        </div>
      </dl>
      {canManage && failed > 0 ? (
        <Button
          loading={resend.isPending}
          disabled={state.kind === "disabled"}
          onClick={() => resend.mutate(undefined)}
        >
          Re-send all failed
        </Button>
      ) : null}
    </section>
  );
}
