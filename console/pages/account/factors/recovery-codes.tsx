import { Button, Group, Modal, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { CopyButton } from "../../../components/copy.tsx";
import css from "./factors.module.css";

/** Shows the recovery codes, once. Clicks outside don't close the dialog. */
export function RecoveryCodes({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const narrow = useMediaQuery("(max-width: 600px)");
  const text = codes.join("\n");
  return (
    <Modal
      opened
      onClose={onClose}
      title="Your recovery codes"
      size="lg"
      fullScreen={narrow}
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Text size="sm" mb="md">
        If you lose your second factor, one of these codes stands in for it. Each works once. Keep them where
        you keep passwords: they can't be shown again.
      </Text>
      <ul className={css.codes} aria-label="Recovery codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Group gap="xs">
        <CopyButton text={text} label="recovery codes" />
        <Button
          component="a"
          variant="default"
          size="compact-sm"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(`${text}\n`)}`}
          download="tocsin-recovery-codes.txt"
        >
          Download
        </Button>
      </Group>
      <Group justify="flex-end" mt="lg">
        <Button onClick={onClose}>I have kept the codes</Button>
      </Group>
    </Modal>
  );
}
