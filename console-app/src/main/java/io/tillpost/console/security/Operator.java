package io.tillpost.console.security;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * A person who works with the console.
 *
 * @param id the login name, unique, never blank; what audit entries and assignments store
 * @param displayName the name for people, never blank
 * @param roles may be empty: then the operator may do nothing
 * @param stores whose messages this operator may look into and act on
 */
public record Operator(String id, String displayName, Set<Role> roles, StoreScope stores) {

  /** Copies the roles; they come back sorted. */
  public Operator {
    if (id.isBlank() || displayName.isBlank()) {
      throw new IllegalArgumentException("An operator has an id and a display name");
    }
    EnumSet<Role> copy = EnumSet.noneOf(Role.class);
    copy.addAll(roles);
    roles = Collections.unmodifiableSet(copy);
  }

  /** Whether this operator may do that. */
  public boolean may(Permission permission) {
    return permission.allows(roles);
  }
}
