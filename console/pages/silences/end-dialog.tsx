import { Button, Group, Modal, Text } from "@mantine/core";
import type { SilenceBody } from "../../../src/silence/contract.ts";
import { silencesApi } from "../../api/silences.ts";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import { coverText } from "./silence-row.tsx";

/** Asks before a silence ends early. */
export function EndDialog({ silence, onClose }: { silence: SilenceBody; onClose: () => void }) {
  const end = useApiMutation({
    mutationFn: () => silencesApi.end(silence.id),
    invalidates: "silences",
    success: "The silence has ended.",
    failure: "The silence was not ended.",
    onSuccess: onClose,
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title="End this silence now?"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Text fw={600}>{coverText(silence)}</Text>
      <Text size="sm" mt="xs">
        New alerts are announced again. Alerts that it has silenced are announced when they are reported
        again.
      </Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={end.isPending} onClick={() => end.mutate(undefined)} data-autofocus>
          End now
        </Button>
      </Group>
    </Modal>
  );
}
