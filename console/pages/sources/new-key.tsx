import { Button, Group, Modal, Text } from "@mantine/core";
import type { SourceBody } from "../../../src/ingest/contract.ts";
import { CopyBlock } from "../../components/copy.tsx";
import { Icon } from "../../components/icon.tsx";
import { Time } from "../../components/time.tsx";
import { curl } from "./curl.ts";
import css from "./sources.module.css";

export interface NewKey {
  source: SourceBody;
  key: string;
}

interface Props {
  newKey: NewKey;
  /** The current source, whose `lastReceivedAt` changes when a report arrives. */
  source: SourceBody | undefined;
  onClose: () => void;
}

/** Shows a new key once, and waits for the first report. */
export function NewKeyDialog({ newKey: { source: created, key }, source, onClose }: Props) {
  const command = curl({ kind: created.kind, url: created.url, key });
  const received = source?.lastReceivedAt;
  const arrived = received && received !== created.lastReceivedAt;
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Key of ${created.name}`}
      size="xl"
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Text size="sm" mb="sm">
        Copy the key now. Tocsin stores only a hash and can't show it again.
      </Text>
      <CopyBlock text={key} label="key" />
      <Text size="sm" mt="lg" mb="sm">
        Send a first report:
      </Text>
      <CopyBlock text={command} label="command" />
      <Group justify="space-between" mt="lg">
        <span role="status" className={arrived ? css.arrived : css.pending}>
          {arrived ? <Icon name="check" /> : <Icon name="clock" />}
          {arrived ? (
            <>
              A report arrived <Time at={received} />
            </>
          ) : (
            "Waiting for a report…"
          )}
        </span>
        <Button onClick={onClose}>I have copied the key</Button>
      </Group>
    </Modal>
  );
}
