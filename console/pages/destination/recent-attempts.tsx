import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { setupApi } from "../../api/setup.ts";
import { ExternalLink } from "../../components/external-link.tsx";
import { Loaded } from "../../components/lists/loaded.tsx";
import { reveal } from "../../components/reveal.ts";
import { Time } from "../../components/time.tsx";
import css from "./destination.module.css";

/** The latest delivery attempts, newest first, with their outcomes. */
export function RecentAttempts({ destinationId }: { destinationId: string }) {
  const query = useQuery({
    queryKey: ["destinations", destinationId, "attempts"],
    queryFn: () => setupApi.attempts(destinationId),
  });
  return (
    <section className={css.section} aria-labelledby="attempts">
      <h2 id="attempts">Recent attempts</h2>
      <Loaded query={query} label="attempts">
        {({ results }) =>
          results.length > 0 ? (
            <ol className={css.attempts}>
              {results.map(({ at, says, error, permalink, alert }) => (
                <li key={`${alert.id} ${at}`}>
                  <span className={css.time}>
                    <Time at={at} />
                  </span>
                  <div>
                    <Link to="/alerts/$alert" params={{ alert: String(alert.number) }}>
                      {reveal(alert.title)}
                    </Link>
                    <p data-bad={error ? true : undefined}>{says}</p>
                  </div>
                  {permalink ? <ExternalLink href={permalink}>Open in Slack</ExternalLink> : null}
                </li>
              ))}
            </ol>
          ) : (
            <p className={css.dimmed}>No attempts yet.</p>
          )
        }
      </Loaded>
    </section>
  );
}
