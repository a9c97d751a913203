import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { LinkBody } from "../../../src/people/contract.ts";
import type { FactorNeeded } from "../../../src/people/factors/contract.ts";
import { peopleApi } from "../../api/people.ts";
import { passwordHint } from "../../forms/choices.ts";
import { FormError } from "../../forms/form-error.tsx";
import { useFields } from "../../forms/use-fields.ts";
import { SecondStep, useFinish } from "./second-step.tsx";
import { SignInLayout } from "./sign-in-layout.tsx";

/** The page of one-time links. The token is in the URL's fragment, which browsers don't send to the server. */
export function LinkPage() {
  const [token] = useState(() => window.location.hash.slice(1));
  const link = useQuery({
    queryKey: ["link", token],
    queryFn: () => peopleApi.checkLink(token),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (link.data) return <RedeemLinkForm token={token} link={link.data} />;
  return (
    <SignInLayout
      title={link.error ? "This link can't be used" : "Checking the link…"}
      onSubmit={() => undefined}
    >
      <FormError error={link.error} />
      {link.error ? <Link to="/sign-in">Sign in instead</Link> : null}
    </SignInLayout>
  );
}

function RedeemLinkForm({ token, link }: { token: string; link: LinkBody }) {
  const isFirstAdmin = link.kind === "first_admin";
  const navigate = useNavigate();
  const finish = useFinish("/alerts");
  const [needed, setNeeded] = useState<FactorNeeded["secondFactor"] | null>(null);
  const redeem = useMutation({
    mutationFn: peopleApi.redeemLink,
    onSuccess: (answer) => ("secondFactor" in answer ? setNeeded(answer.secondFactor) : finish(answer)),
  });
  const fields = useFields({ email: "", name: "", password: "" }, redeem.error);
  const { email, name, password } = fields.values;
  const submit = () => redeem.mutate(isFirstAdmin ? { token, password, email, name } : { token, password });
  const texts = isFirstAdmin ? welcome : setPassword(link);
  // The link is used up, and the password is set.
  if (needed)
    return <SecondStep factors={needed} next="/alerts" onBack={() => navigate({ to: "/sign-in" })} />;
  return (
    <SignInLayout title={texts.title} intro={texts.intro} onSubmit={submit}>
      <FormError error={redeem.error} fields={Object.keys(fields.values)} />
      {isFirstAdmin ? (
        <>
          <TextInput label="Name" autoComplete="name" required maxLength={100} {...fields.text("name")} />
          <TextInput
            label="Email"
            description="Use your email address in Slack, so that Tocsin recognises you there."
            type="email"
            autoComplete="username"
            required
            {...fields.text("email")}
          />
        </>
      ) : (
        <input type="hidden" autoComplete="username" value={link.email ?? ""} readOnly />
      )}
      <PasswordInput
        label="Password"
        description={passwordHint}
        autoComplete="new-password"
        required
        minLength={12}
        {...fields.text("password")}
      />
      <Button type="submit" size="sm" fullWidth loading={redeem.isPending}>
        {texts.action}
      </Button>
    </SignInLayout>
  );
}

const welcome = {
  title: "Welcome to Tocsin",
  intro: "Create the first administrator. You can invite other people afterwards.",
  action: "Create administrator",
};

function setPassword(link: LinkBody) {
  const email = link.email ?? "the email address you were invited with";
  const intro = link.name ? `${link.name}, you will sign in as ${email}.` : `You will sign in as ${email}.`;
  return { title: "Choose your password", intro, action: "Set password and sign in" };
}
