package io.tillpost.console.audit;

import java.util.Collection;
import java.util.Map;

/** What things that were acted on are called, for those whose ids say nothing to people. */
public interface SubjectTitles {
  /**
   * The titles in plain language.
   *
   * @param fingerprints of exceptions; may be empty
   * @return by fingerprint; without those that have no title
   */
  Map<String, String> ofExceptions(Collection<String> fingerprints);
}
