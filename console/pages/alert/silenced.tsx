import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { AlertBody } from "../../../src/triage/contract.ts";
import { silencesApi } from "../../api/silences.ts";
import { Icon } from "../../components/icon.tsx";
import { reveal } from "../../components/reveal.ts";
import { Time } from "../../components/time.tsx";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import { usePermission } from "../../session/use-session.ts";
import css from "./alert.module.css";

/** Says that an alert is not announced: by whose silence, why and until when; and lifts that. */
export function SilencedNotice({ alert }: { alert: AlertBody }) {
  const { id, silencedBy } = alert;
  const canManage = usePermission("Manage Alerts");
  const { data: silence } = useQuery({
    queryKey: ["silences", silencedBy],
    queryFn: () => silencesApi.get(silencedBy ?? ""),
    enabled: silencedBy !== null,
  });
  const lift = useApiMutation({
    mutationFn: () => silencesApi.lift(id),
    invalidates: "alert",
    success: "The alert is no longer silenced.",
    failure: "The silence was not lifted.",
  });
  if (silencedBy === null) return null;
  return (
    <section className={css.silenced} aria-label="Silenced">
      <Icon name="clock" size={16} />
      <div>
        <p className="wrap">
          <strong>Silenced</strong>
          {silence ? ` by ${reveal(silence.createdBy.name)}: ${reveal(silence.reason)}` : null}
        </p>
        <p>
          {silence?.state === "running" ? (
            <>
              It is not announced. The silence ends <Time at={silence.endsAt} />.
            </>
          ) : (
            "The silence is over. The alert is announced when it is reported again."
          )}{" "}
          <Link to="/configure/silences">Silences</Link>
        </p>
      </div>
      {canManage ? (
        <Button variant="default" loading={lift.isPending} onClick={() => lift.mutate(undefined)}>
          Lift now
        </Button>
      ) : null}
    </section>
  );
}
