import { useQuery } from "@tanstack/react-query";
import type { SourceBody } from "../../../src/ingest/contract.ts";
import { sourceApi } from "../../api/sources.ts";
import { Loaded } from "../../components/lists/loaded.tsx";
import { Time } from "../../components/time.tsx";
import { usePermission } from "../../session/use-session.ts";
import { BodyDetails, OutcomePill } from "./body-details.tsx";
import css from "./source.module.css";

/** The newest body of the source, as it came, and what became of it. */
export function LastReceived({ source: { id } }: { source: SourceBody }) {
  const query = useQuery({
    queryKey: ["sources", id, "bodies", "newest"],
    queryFn: () => sourceApi.bodies(id, { limit: 1 }),
  });
  return (
    <section className={css.panel} aria-labelledby="last">
      <Loaded query={query} label="last received">
        {({ results: [newest] }) => (
          <>
            <div className={css.panelHead}>
              <h2 id="last">Last received</h2>
              {newest ? (
                <span className={css.dim}>
                  <OutcomePill outcome={newest.outcome} /> <Time at={newest.lastAt} />
                </span>
              ) : null}
            </div>
            {newest ? (
              <Newest sourceId={id} bodyId={newest.id} lastAt={newest.lastAt} />
            ) : (
              <p className={css.quiet}>
                Nothing was received in the last 7 days. What arrives next appears here at once, as the tool
                sent it.
              </p>
            )}
          </>
        )}
      </Loaded>
    </section>
  );
}

function Newest({ sourceId, bodyId, lastAt }: { sourceId: string; bodyId: string; lastAt: string }) {
  const canRead = usePermission("View Alerts");
  const query = useQuery({
    queryKey: ["sources", sourceId, "bodies", bodyId, lastAt],
    queryFn: () => sourceApi.body(sourceId, bodyId),
    enabled: canRead,
  });
  if (!canRead)
    return <p className={css.quiet}>You need the permission View Alerts to see what sources sent.</p>;
  return (
    <Loaded query={query} label="body">
      {(body) => <BodyDetails body={body} />}
    </Loaded>
  );
}
