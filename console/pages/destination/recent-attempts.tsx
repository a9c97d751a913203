import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { setupApi } from "../../api/setup.ts";
import { Loaded } from "../../components/lists/loaded.tsx";
import { OutLink } from "../../components/out-link.tsx";
import { reveal } from "../../components/reveal.ts";
import { Time } from "../../components/time.tsx";
import css from "./destination.module.css";

/** What was tried last, newest first, with what came of it. */
export function RecentAttempts({ destinationId }: { destinationId: string }) {
  const query = useQuery({
    queryKey: ["destination", destinationId, "attempts"],
    queryFn: () => setupApi.attempts(destinationId),
  });
  return (
    <section className={css.part} aria-labelledby="attempts">
      <h2 id="attempts">Recent attempts</h2>
      <Loaded query={query} what="attempts">
        {({ results }) =>
          results.length > 0 ? (
            <ol className={css.attempts}>
              {results.map(({ at, says, error, permalink, alert }) => (
                <li key={`${alert.id} ${at}`}>
                  <span className={css.when}>
                    <Time at={at} />
                  </span>
                  <div>
                    <Link to="/alerts/$alert" params={{ alert: String(alert.number) }}>
                      {reveal(alert.title)}
                    </Link>
                    <p data-bad={error ? true : undefined}>{says}</p>
                  </div>
                  {permalink ? <OutLink href={permalink}>Open in Slack</OutLink> : null}
                </li>
              ))}
            </ol>
          ) : (
            <p className={css.quiet}>Nothing was sent there yet.</p>
          )
        }
      </Loaded>
    </section>
  );
}
