import { Button } from "@mantine/core";
import type { DestinationBody } from "../../../src/deliver/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { Time } from "../../components/time.tsx";
import { useChange } from "../../forms/use-change.ts";
import { useMay } from "../../session/use-session.ts";
import css from "./destination.module.css";

const counts = new Intl.NumberFormat("en");

/** How much waits and since when, what failed, and the one button for all of that. */
export function Standing({ destination }: { destination: DestinationBody }) {
  const { id, waiting, failed, oldestWaitingAt, lastDeliveredAt, state } = destination;
  const mayManage = useMay("Manage Alerts");
  const resend = useChange({
    change: () => setupApi.resendAll(id),
    refresh: "destination",
    done: "All that failed is on its way again.",
    failed: "Nothing was sent.",
  });
  return (
    <section className={css.standing} aria-label="How it stands">
      <dl>
        <div>
          <dt>Waiting</dt>
          <dd>{counts.format(waiting)}</dd>
        </div>
        <div>
          <dt>Oldest waiting</dt>
          <dd>{oldestWaitingAt ? <Time at={oldestWaitingAt} /> : "–"}</dd>
        </div>
        <div data-bad={failed > 0 || undefined}>
          <dt>Failed</dt>
          <dd>{counts.format(failed)}</dd>
        </div>
        <div>
          <dt>Last delivery</dt>
          <dd>{lastDeliveredAt ? <Time at={lastDeliveredAt} /> : "None yet"}</dd>
        </div>
      </dl>
      {mayManage && failed > 0 ? (
        <Button
          loading={resend.isPending}
          disabled={state.kind === "disabled"}
          onClick={() => resend.mutate(undefined)}
        >
          Re-send all
        </Button>
      ) : null}
    </section>
  );
}
