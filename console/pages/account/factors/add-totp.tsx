import { Loader, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { factorsApi } from "../../../api/factors.ts";
import { CopyBlock } from "../../../components/copy.tsx";
import { FormDialog } from "../../../forms/form-dialog.tsx";
import { useFields } from "../../../forms/use-fields.ts";
import css from "./factors.module.css";

/** Draws a QR code here: the text leaves the browser for nowhere. Black on white in both themes, as scanners want it. */
const QrCode = lazy(async () => {
  const { encode } = await import("uqr");
  return {
    default({ text, label }: { text: string; label: string }) {
      const { size, data } = encode(text, { ecc: "M", border: 4 });
      const path = data
        .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")))
        .join("");
      return (
        <svg role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges">
          <path fill="#fff" d={`M0 0h${size}v${size}H0z`} />
          <path fill="#000" d={path} />
        </svg>
      );
    },
  };
});

interface Props {
  /** Gets the recovery codes, if it is the first factor. */
  onAdded: (recoveryCodes: string[] | null) => void;
  onClose: () => void;
}

export function AddTotp({ onAdded, onClose }: Props) {
  const started = useQuery({
    queryKey: ["started-totp"],
    queryFn: factorsApi.startTotp,
    retry: false,
    // Each start makes a new secret.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const confirm = useMutation({
    mutationFn: factorsApi.confirmTotp,
    onSuccess: ({ recoveryCodes }) => onAdded(recoveryCodes),
  });
  const fields = useFields({ code: "" }, confirm.error);
  return (
    <FormDialog
      title="Add an authenticator app"
      action="Add app"
      busy={confirm.isPending}
      error={started.error ?? confirm.error}
      fields={Object.keys(fields.values)}
      onSubmit={() => confirm.mutate(fields.values.code)}
      onClose={onClose}
    >
      {started.data ? (
        <>
          <Text size="sm">
            Scan this code with an app such as Google Authenticator, 1Password or Bitwarden, or enter the key
            below into it.
          </Text>
          <div className={css.qr}>
            <Suspense fallback={<Loader size="sm" />}>
              <QrCode text={started.data.uri} label="QR code for your authenticator app" />
            </Suspense>
          </div>
          <CopyBlock text={started.data.secret.replace(/(.{4})(?=.)/g, "$1 ")} label="key" />
          <TextInput
            label="Code"
            description="The six digits that the app shows now."
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={7}
            required
            {...fields.text("code")}
          />
        </>
      ) : null}
    </FormDialog>
  );
}
