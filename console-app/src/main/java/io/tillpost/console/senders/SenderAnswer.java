package io.tillpost.console.senders;

import io.tillpost.store.IngestSender;

/** What became of a change to a sender. */
public sealed interface SenderAnswer {
  /** There is a new key; it is told here and never again. */
  record KeyMade(IngestSender sender, NewKey key) implements SenderAnswer {}

  /** It is so; the sender as it is now. */
  record Done(IngestSender sender) implements SenderAnswer {}

  /** There is no such sender. */
  record NotFound() implements SenderAnswer {}

  /** It cannot be done as things are; why, as a sentence. */
  record Refused(String reason) implements SenderAnswer {}

  /** What was asked for is not right; why, as a sentence. */
  record Invalid(String reason) implements SenderAnswer {}
}
