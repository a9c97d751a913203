import { Button, Divider } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import type { UnconfirmedAnswerBody } from "../../../src/boomerang/second-factor/contract.ts";
import { boomerangsApi } from "../../api/alerts.ts";
import { factorsApi } from "../../api/factors.ts";
import { reveal } from "../../components/reveal.ts";
import { FormError } from "../../forms/form-error.tsx";
import { useSignInWays, visitUrl } from "../../session/use-sign-in-ways.ts";
import { SignInLayout } from "../sign-in/sign-in-layout.tsx";

/** Where a person confirms the answer that they have given in Slack. They need not be a user. */
export function ConfirmAnswerPage() {
  const { id } = useParams({ from: "/confirm-answer/$id" });
  const answer = useQuery({
    queryKey: ["unconfirmed-answer", id],
    queryFn: () => boomerangsApi.unconfirmed(id),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (answer.data) return <Confirm id={id} {...answer.data} />;
  return (
    <SignInLayout title={answer.error ? "This answer can't be confirmed" : "Reading your answer…"}>
      <FormError error={answer.error} />
    </SignInLayout>
  );
}

function Confirm({ id, question, answer, provider, passkey }: UnconfirmedAnswerBody & { id: string }) {
  const start = useSignInWays().data?.provider?.url;
  const confirm = useMutation({ mutationFn: () => factorsApi.confirmAnswer(id) });
  if (confirm.isSuccess)
    return (
      <SignInLayout
        title="Your answer is recorded"
        intro="Thank you. There is nothing else to do: you can close this page and go back to Slack."
      />
    );
  return (
    <SignInLayout title="Confirm your answer" intro="It counts once you have shown that it is you.">
      <dl className="wrap">
        <dt>You were asked</dt>
        <dd>{reveal(question)}</dd>
        <dt>You answered</dt>
        <dd>{reveal(answer)}</dd>
      </dl>
      <FormError error={confirm.error} />
      {provider !== null && start ? (
        <Button component="a" href={visitUrl(start, { answer: id })} size="sm" fullWidth>
          Sign in with {provider}
        </Button>
      ) : null}
      {provider !== null && passkey ? <Divider label="or" labelPosition="center" /> : null}
      {passkey ? (
        <Button
          size="sm"
          fullWidth
          variant={provider === null ? "filled" : "default"}
          loading={confirm.isPending}
          onClick={() => confirm.mutate()}
        >
          Use a passkey
        </Button>
      ) : null}
    </SignInLayout>
  );
}
