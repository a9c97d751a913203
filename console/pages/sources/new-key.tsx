import { Button, Group, Modal, Text } from "@mantine/core";
import type { SourceBody, SourceKindBody } from "../../../src/ingest/contract.ts";
import { CopyBlock } from "../../components/copy.tsx";
import { Icon } from "../../components/icon.tsx";
import { Time } from "../../components/time.tsx";
import css from "./sources.module.css";
import { ToolSetup } from "./tool-setup.tsx";

export interface NewKey {
  source: SourceBody;
  key: string;
}

interface Props {
  /** The source's kind; undefined if this version does not know it. */
  kind: SourceKindBody | undefined;
  newKey: NewKey;
  /** The current source, whose `lastReceivedAt` changes when a report arrives. */
  source: SourceBody | undefined;
  onClose: () => void;
}

/** Shows a new key once, and waits for the first report. */
export function NewKeyDialog({ kind, newKey: { source: created, key }, source, onClose }: Props) {
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
      {kind?.config ? null : (
        <>
          <Text size="sm" my="sm">
            The URL of the source:
          </Text>
          <CopyBlock text={created.url} label="URL" />
        </>
      )}
      {kind ? <ToolSetup kind={kind} target={{ url: created.url, key }} /> : null}
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
