import { ActionIcon, Button, CopyButton as MantineCopyButton, Tooltip } from "@mantine/core";
import css from "./copy.module.css";
import { Icon } from "./icon.tsx";

interface Props {
  text: string;
  /** Names the copied value: "key" gives the accessible name "Copy key". */
  label: string;
}

export function CopyButton({ text, label, onCopy }: Props & { onCopy?: () => void }) {
  return (
    <MantineCopyButton value={text}>
      {({ copied, copy }) => (
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => {
            copy();
            onCopy?.();
          }}
          leftSection={<Icon name={copied ? "check" : "copy"} size={14} />}
          aria-label={`Copy ${label}`}
        >
          {copied ? "Copied" : "Copy"}
        </Button>
      )}
    </MantineCopyButton>
  );
}

/** A copy button without text, for narrow places. */
export function CopyIconButton({ text, label }: Props) {
  return (
    <MantineCopyButton value={text}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? "Copied" : `Copy ${label}`}>
          <ActionIcon variant="subtle" color="gray" size={24} onClick={copy} aria-label={`Copy ${label}`}>
            <Icon name={copied ? "check" : "copy"} size={14} />
          </ActionIcon>
        </Tooltip>
      )}
    </MantineCopyButton>
  );
}

/** A value to copy: a URL, a key or a command. */
export function CopyBlock({ text, label }: Props) {
  return (
    <div className={css.block}>
      <pre className="wrap">{text}</pre>
      <CopyButton text={text} label={label} />
    </div>
  );
}
