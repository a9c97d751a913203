/** What a question's message carries. Every app in the channel can read it, so it holds a random id only. */
export function boomerangMetadata(askId: string) {
  return { event_type: "tocsin_boomerang", event_payload: { ask: askId } };
}
