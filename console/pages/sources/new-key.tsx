import { Button, Group, Modal, Text } from "@mantine/core";
import type { SourceBody } from "../../../src/ingest/contract.ts";
import { CopyLine } from "../../components/copy.tsx";
import { Icon } from "../../components/icon.tsx";
import { Time } from "../../components/time.tsx";
import { curl } from "./curl.ts";
import css from "./sources.module.css";

export interface NewKey {
  source: SourceBody;
  key: string;
}

interface Props {
  shown: NewKey;
  /** The source as it is now: shows when the first report has come. */
  source: SourceBody | undefined;
  onClose: () => void;
}

/** Shows a new key the only time it can be shown, and waits with the person for the first report. */
export function KeyOnce({ shown: { source: created, key }, source, onClose }: Props) {
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
        Copy it now: Tocsin keeps only a hash and can't show it again.
      </Text>
      <CopyLine text={key} what="key" />
      <Text size="sm" mt="lg" mb="sm">
        Try it:
      </Text>
      <CopyLine text={command} what="command" />
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
