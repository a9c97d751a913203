import { Button, Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { sourceApi } from "../../api/sources.ts";
import { Time } from "../../components/time.tsx";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import { usePermission } from "../../session/use-session.ts";
import { OutcomePill } from "../source/body-details.tsx";
import { indentJson } from "../source/indent-json.ts";

/** As long as a sample may be. */
export const maxSampleLength = 200_000;

interface Props {
  sourceId: string;
  onChoose: (text: string) => void;
}

/** Offers the bodies that the source sent last as the sample. Nothing if there are none that fit. */
export function ReceivedBodies({ sourceId, onChoose }: Props) {
  const canRead = usePermission("View Alerts");
  const query = useQuery({
    queryKey: ["sources", sourceId, "bodies", "samples"],
    queryFn: () => sourceApi.bodies(sourceId, { limit: 10 }),
    enabled: canRead,
  });
  const read = useApiMutation({
    mutationFn: (bodyId: string) => sourceApi.body(sourceId, bodyId),
    invalidates: "source-preview",
    failure: "The body was not read.",
    onSuccess: ({ text }) => onChoose(fitting(text ?? "")),
  });
  const bodies = (query.data?.results ?? []).filter(({ bytes }) => bytes <= maxSampleLength);
  if (bodies.length === 0) return null;
  return (
    <Menu position="bottom-start" shadow="md">
      <Menu.Target>
        <Button variant="default" size="compact-sm" loading={read.isPending}>
          Use a received body
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {bodies.map(({ id, outcome, lastAt }) => (
          <Menu.Item key={id} leftSection={<OutcomePill outcome={outcome} />} onClick={() => read.mutate(id)}>
            <Time at={lastAt} />
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Indented, if that leaves it short enough. */
function fitting(text: string): string {
  const indented = indentJson(text);
  return indented.length <= maxSampleLength ? indented : text;
}
