import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { SilencePreview } from "../../src/silence/contract.ts";
import { errorText } from "../api/request.ts";
import { silencesApi } from "../api/silences.ts";
import { SeverityBadge } from "../components/badges.tsx";
import { reveal } from "../components/reveal.ts";
import { Time } from "../components/time.tsx";
import { conditionsOf, hasConditions, type SilenceValues } from "./silence-values.ts";
import css from "./silences.module.css";

const typingMs = 300;

/** What the silence would have hidden, counted again as the form changes. */
export function usePreview(values: SilenceValues) {
  const [key] = useDebouncedValue(JSON.stringify(conditionsOf(values)), typingMs);
  return useQuery({
    queryKey: ["silence-preview", key],
    queryFn: () => silencesApi.preview(JSON.parse(key)),
    enabled: hasConditions(values),
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** Shows how many alerts of the last 30 days the silence would have hidden, and some of them. */
export function Preview({ values, query }: { values: SilenceValues; query: ReturnType<typeof usePreview> }) {
  return (
    <section className={css.preview} aria-label="Preview" aria-live="polite">
      <PreviewText hasConditions={hasConditions(values)} query={query} />
    </section>
  );
}

function PreviewText({
  hasConditions,
  query: { data, error },
}: {
  hasConditions: boolean;
  query: ReturnType<typeof usePreview>;
}) {
  if (!hasConditions) return <p>Add at least one condition. Then you see which alerts it covers.</p>;
  if (error) return <p>{errorText(error)}</p>;
  if (!data) return <p>Counting…</p>;
  return (
    <>
      <p>
        <strong>{countSentence(data)}</strong> {criticalSentence(data)}
      </p>
      {data.examples.length > 0 ? (
        <ul>
          {data.examples.map((alert) => (
            <li key={alert.id}>
              <SeverityBadge severity={alert.severity} />
              <Link
                to="/alerts/$alert"
                params={{ alert: String(alert.number) }}
                target="_blank"
                className="wrap"
              >
                #{alert.number} {reveal(alert.title)}
              </Link>
              <Time at={alert.createdAt} length="short" />
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

/** `It would have hidden 12 alerts of the last 30 days.` */
function countSentence({ silenced, days, complete }: SilencePreview): string {
  if (silenced === 0) return `It would have hidden no alert of the last ${days} days.`;
  const alerts = silenced === 1 ? "1 alert" : `${silenced.toLocaleString("en")} alerts`;
  return `It would have hidden ${complete ? "" : "at least "}${alerts} of the last ${days} days.`;
}

/** What becomes of the CRITICAL ones. */
export function criticalSentence({ critical, count, silenced }: SilencePreview): string {
  if (critical === 0) return "None was CRITICAL.";
  const those = critical === 1 ? "1 CRITICAL alert" : `${critical.toLocaleString("en")} CRITICAL alerts`;
  return silenced === count ? `${those} among them.` : `${those} would have been announced.`;
}
