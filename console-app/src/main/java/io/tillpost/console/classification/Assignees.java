package io.tillpost.console.classification;

import java.util.Optional;

/** Tells to whom a rule may assign exceptions. */
@FunctionalInterface
public interface Assignees {
  /** Everybody: for rules that were saved, which count also once somebody has left. */
  Assignees ANYBODY = _ -> Optional.empty();

  /**
   * Why a rule cannot assign to this person; empty if it can.
   *
   * @param login the user name
   * @return a sentence without a full stop
   */
  Optional<String> objection(String login);
}
