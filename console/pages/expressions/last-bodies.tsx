import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { Expressions } from "../../../src/alert/expressions.ts";
import type { ChangePreview } from "../../../src/ingest/kept-bodies/contract.ts";
import { errorText } from "../../api/request.ts";
import { sourceApi } from "../../api/sources.ts";
import { SeverityBadge } from "../../components/badges.tsx";
import { reveal } from "../../components/reveal.ts";
import { usePermission } from "../../session/use-session.ts";
import css from "./expressions.module.css";
import { Notice } from "./result.tsx";

interface Props {
  sourceId: string;
  /** Null: those of its kind. */
  expressions: Expressions | null;
}

/** What the bodies that the source sent last would become: how many alerts, and which. */
export function LastBodies({ sourceId, expressions }: Props) {
  const canRead = usePermission("View Alerts");
  const preview = useMutation({
    mutationFn: (tried: Expressions | null) => sourceApi.preview(sourceId, { expressions: tried }),
  });
  if (!canRead) return null;
  const isOutdated =
    preview.data !== undefined && JSON.stringify(preview.variables) !== JSON.stringify(expressions);
  return (
    <section className={css.result} aria-labelledby="last-bodies" aria-busy={preview.isPending}>
      <div className={css.resultHead}>
        <h2 id="last-bodies">The last 50 bodies</h2>
        <Button
          variant="default"
          size="compact-sm"
          loading={preview.isPending}
          onClick={() => preview.mutate(expressions)}
        >
          {preview.data ? "Try again" : "Try on them"}
        </Button>
      </div>
      {preview.error ? <Notice text={errorText(preview.error)} /> : null}
      {preview.data ? (
        <>
          <p role="status">
            {summaryText(preview.data)}
            {isOutdated ? " The expressions have changed since." : ""}
          </p>
          <Alerts alerts={preview.data.alerts} />
        </>
      ) : (
        <p className={css.dimmed}>Shows which alerts the received bodies would make. Nothing is stored.</p>
      )}
    </section>
  );
}

const counted = (count: number, thing: string, things = `${thing}s`) =>
  `${count.toLocaleString("en")} ${count === 1 ? thing : things}`;

/** For example “120 reports in 50 bodies make 12 alerts now, and 5 alerts with these expressions. 2 reports are refused.” */
function summaryText({ bodies, reports, before, after }: ChangePreview): string {
  if (bodies === 0) return "No body is kept yet.";
  const from = `${counted(reports, "report")} in ${counted(bodies, "body", "bodies")}`;
  const verb = reports === 1 ? "makes" : "make";
  const same = before.alerts === after.alerts;
  const alerts = same
    ? `${from} ${verb} ${counted(after.alerts, "alert")}, as now.`
    : `${from} ${verb} ${counted(before.alerts, "alert")} now, and ${counted(after.alerts, "alert")} with these expressions.`;
  if (after.refused === 0 && before.refused === 0) return alerts;
  const refused = `${counted(after.refused, "report")} ${after.refused === 1 ? "is" : "are"} refused`;
  return `${alerts} ${refused}${before.refused === after.refused ? "" : `, ${before.refused.toLocaleString("en")} now`}.`;
}

function Alerts({ alerts }: { alerts: ChangePreview["alerts"] }) {
  if (alerts.length === 0) return null;
  return (
    <ul className={css.lastAlerts}>
      {alerts.map(({ title, identity, severity, reports, before }) => (
        <li key={`${title} ${identity}`}>
          <span className="wrap">{reveal(title)}</span>
          <code className="wrap">{reveal(identity)}</code>
          <span className={css.dimmed}>
            {counted(reports, "report")}
            {before.alerts > 1 ? `, ${counted(before.alerts, "alert")} now` : ""}
            {before.refused > 0 ? `, ${before.refused.toLocaleString("en")} refused now` : ""}
          </span>
          <span className={css.severities}>
            {before.severity && before.severity !== severity ? (
              <>
                <SeverityBadge severity={before.severity} /> →{" "}
              </>
            ) : null}
            <SeverityBadge severity={severity} />
          </span>
        </li>
      ))}
    </ul>
  );
}
