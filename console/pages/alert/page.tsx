import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import type { AlertBody } from "../../../src/triage/contract.ts";
import { alertsApi } from "../../api/alerts.ts";
import { Loaded } from "../../components/lists/loaded.tsx";
import { useLiveAlerts } from "../../live/live-alerts.ts";
import { usePermission } from "../../session/use-session.ts";
import { TriageKeys } from "../../triage/triage-keys.tsx";
import css from "./alert.module.css";
import { Boomerangs } from "./boomerang/boomerangs.tsx";
import { Deliveries } from "./deliveries.tsx";
import { AlertDetails } from "./details.tsx";
import { AlertHead } from "./head.tsx";
import { CommentBox, Timeline } from "./history.tsx";
import { RawData } from "./json-panel.tsx";
import { SeenBefore } from "./seen-before.tsx";
import { SilencedNotice } from "./silenced.tsx";

/** The page of one alert; the URL holds its number or id. */
export function AlertPage() {
  const { alert: key } = useParams({ from: "/shell/alerts/$alert" });
  const queries = useQueryClient();
  const query = useQuery({ queryKey: ["alert", key], queryFn: () => alertsApi.get(key) });
  const id = query.data?.id;
  useLiveAlerts((ids) => {
    if (!id || !ids.has(id)) return;
    void query.refetch();
    void queries.invalidateQueries({ queryKey: ["alert-parts", id] });
  });
  return (
    <Loaded query={query} label="alert">
      {(alert) => <AlertView alert={alert} />}
    </Loaded>
  );
}

function AlertView({ alert }: { alert: AlertBody }) {
  const canManage = usePermission("Manage Alerts");
  return (
    <article className={css.page}>
      <AlertHead alert={alert} />
      <SilencedNotice alert={alert} />
      {canManage ? <TriageKeys targets={() => [alert]} /> : null}
      <div className={css.columns}>
        <AlertDetails alert={alert} />
        <div className={css.side}>
          <Boomerangs alert={alert} />
          <section className={css.panel} aria-labelledby="history">
            <h2 id="history">History</h2>
            <Timeline alertId={alert.id} />
            {canManage ? <CommentBox alertId={alert.id} /> : null}
          </section>
          <Deliveries alert={alert} />
        </div>
        <SeenBefore alert={alert} />
        <RawData alert={alert} />
      </div>
    </article>
  );
}
