import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { OverviewBody } from "../../../src/triage/overview/contract.ts";
import { reveal } from "../../components/reveal.ts";
import { shareText } from "../../components/share-text.ts";
import { useSession } from "../../session/use-session.ts";
import { deliveriesAnswer, detectionsAnswer, lengthText, workloadAnswer } from "./answers.ts";
import { everyStatus } from "./links.ts";
import css from "./overview.module.css";
import { Panel } from "./panel.tsx";

/** The noisiest detections, with their share of false positives. */
export function DetectionsPanel({ overview: { detections, from, to } }: { overview: OverviewBody }) {
  const most = Math.max(1, ...detections.map(({ alerts }) => alerts));
  return (
    <Panel title="Which detections are noisiest?" answer={detectionsAnswer(detections)}>
      {detections.length > 0 ? (
        <Ranked label="Noisiest detections" heads={["Detection", "Alerts", "False positives"]}>
          {detections.map(({ id, name, source, alerts, closed, falsePositives }) => {
            const search = { detection: [id], source: [source.id], after: from, before: to };
            return (
              <tr key={`${source.id} ${id}`}>
                <th scope="row">
                  <Link to="/alerts" search={{ ...search, status: everyStatus }}>
                    {reveal(name ?? id)}
                  </Link>
                  <Bar whole={alerts} part={falsePositives} most={most} />
                </th>
                <td>{alerts.toLocaleString("en")}</td>
                <td>
                  {falsePositives > 0 ? (
                    <Link to="/alerts" search={{ ...search, disposition: ["FALSE_POSITIVE"] }}>
                      {shareText(falsePositives, closed)}
                    </Link>
                  ) : (
                    (shareText(falsePositives, closed) ?? "None closed")
                  )}
                </td>
              </tr>
            );
          })}
        </Ranked>
      ) : null}
    </Panel>
  );
}

/** Open alerts per assignee, unassigned ones first. */
export function WorkloadPanel({ overview: { assignees } }: { overview: OverviewBody }) {
  const me = useSession().data?.user?.id;
  const most = Math.max(1, ...assignees.map(({ open, triaged }) => open + triaged));
  return (
    <Panel title="Who has how much to do?" answer={workloadAnswer(assignees)}>
      {assignees.length > 0 ? (
        <Ranked label="Open alerts per assignee" heads={["Assignee", "Open", "Triaged"]}>
          {assignees.map(({ assignee, open, triaged }) => (
            <tr key={assignee?.id ?? "none"}>
              <th scope="row">
                <Link to="/alerts" search={{ assignee: [assignee?.id ?? "none"] }}>
                  {assignee ? `${assignee.name}${assignee.id === me ? " (you)" : ""}` : "Unassigned"}
                </Link>
                <Bar whole={open + triaged} part={triaged} most={most} />
              </th>
              <td>{open.toLocaleString("en")}</td>
              <td>{triaged.toLocaleString("en")}</td>
            </tr>
          ))}
        </Ranked>
      ) : null}
    </Panel>
  );
}

/** What waits and what failed, per destination. */
export function DeliveriesPanel({ overview: { deliveries } }: { overview: OverviewBody }) {
  const most = Math.max(1, ...deliveries.map(({ waiting, failed }) => waiting + failed));
  return (
    <Panel title="Does everything go out?" answer={deliveriesAnswer(deliveries)}>
      {deliveries.length > 0 ? (
        <Ranked label="Deliveries per destination" heads={["Destination", "Waiting", "Failed"]}>
          {deliveries.map(({ destination, waiting, failed, oldestWaitingSeconds }) => (
            <tr key={destination.id}>
              <th scope="row">
                <Link to="/configure/destinations/$destination" params={{ destination: destination.id }}>
                  {destination.name}
                </Link>
                <Bar whole={waiting + failed} part={failed} most={most} />
              </th>
              <td title={waiting > 0 ? `The oldest for ${lengthText(oldestWaitingSeconds)}` : undefined}>
                {waiting.toLocaleString("en")}
              </td>
              <td data-bad={failed > 0 || undefined}>{failed.toLocaleString("en")}</td>
            </tr>
          ))}
        </Ranked>
      ) : null}
    </Panel>
  );
}

function Ranked({ label, heads, children }: { label: string; heads: string[]; children: ReactNode }) {
  return (
    <table className={css.ranked} aria-label={label}>
      <thead>
        <tr>
          {heads.map((head, at) => (
            <th key={head} scope="col" data-part={at === 2 || undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

/** A bar below a name, relative to the longest; its hatched end is the part that the last column counts. */
function Bar({ whole, part, most }: { whole: number; part: number; most: number }) {
  const share = (count: number) => `${(100 * count) / most}%`;
  return (
    <span className={css.track} aria-hidden="true">
      <span style={{ width: share(whole - part) }} />
      <span data-part style={{ width: share(part) }} />
    </span>
  );
}
