package io.tillpost.console.security;

/** What kind of work an operator does; what each may do is said by {@link Permission}. */
public enum Role {
  SUPPORT("Support"),
  MANAGER("Manager"),
  ONCALL("On-call"),
  ADMIN("Administrator");

  private final String title;

  Role(String title) {
    this.title = title;
  }

  /** The word for people, never empty. */
  public String title() {
    return title;
  }
}
