package io.tillpost.console.security;

import org.jspecify.annotations.Nullable;

/**
 * One entry of the users file.
 *
 * @param passwordHash with its algorithm in front, {@code {bcrypt}$2a$…}
 * @param mail the address for mails to this person, or null
 */
record FileUser(Operator operator, String passwordHash, @Nullable String mail) {

  @Override
  public String toString() {
    return "FileUser[" + operator + "]";
  }
}
