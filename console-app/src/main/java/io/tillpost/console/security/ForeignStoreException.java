package io.tillpost.console.security;

import org.springframework.security.access.AccessDeniedException;

/**
 * What was asked for belongs to a store that is not the operator's ({@link StoreScope}). Its
 * message is for people: what happened and what to do.
 */
public final class ForeignStoreException extends AccessDeniedException {

  /**
   * @param sentences from {@link StoreScope#refusal}
   */
  public ForeignStoreException(String sentences) {
    super(sentences);
  }
}
