import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { silencesApi } from "../api/silences.ts";
import { Time } from "../components/time.tsx";
import { SnoozeButton } from "./snooze-button.tsx";

interface Props {
  source: { id: string; name: string };
  /** The detection's id, as its source names it. */
  detectionId: string;
  name: string;
}

/** A detection's silence: until when it runs, and the button that snoozes the detection. */
export function DetectionSilence({ source, detectionId, name }: Props) {
  const running = useQuery({
    queryKey: ["silences", "running"],
    queryFn: () => silencesApi.list({ state: "running", limit: 50 }),
    staleTime: 10_000,
  });
  const silence = running.data?.results.find(
    (one) => one.detection?.id === detectionId && (one.source === null || one.source.id === source.id),
  );
  const start = { values: { source: source.id, detection: detectionId }, sourceName: source.name };
  if (!silence) return <SnoozeButton start={start} name={name} size="compact-sm" />;
  return (
    <Link to="/configure/silences">
      Ends <Time at={silence.endsAt} />
    </Link>
  );
}
