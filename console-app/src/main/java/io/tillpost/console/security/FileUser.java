package io.tillpost.console.security;

/**
 * One entry of the users file.
 *
 * @param passwordHash with its algorithm in front, {@code {bcrypt}$2a$…}
 */
record FileUser(Operator operator, String passwordHash) {

  @Override
  public String toString() {
    return "FileUser[" + operator + "]";
  }
}
