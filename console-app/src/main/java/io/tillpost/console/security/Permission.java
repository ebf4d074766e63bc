package io.tillpost.console.security;

import static io.tillpost.console.security.Role.ADMIN;
import static io.tillpost.console.security.Role.MANAGER;
import static io.tillpost.console.security.Role.ONCALL;
import static io.tillpost.console.security.Role.SUPPORT;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every action that needs a right, and the roles that have it. This is the only place that maps
 * roles to actions.
 *
 * <p>Views and services name a permission, never a role:
 * {@code @RolesAllowed(Permission.Name.RETRY)} on a view,
 * {@code @PreAuthorize("hasRole('RETRY')")}; both read the authorities of {@link
 * OperatorPrincipal}.
 */
public enum Permission {
  VIEW("see stores, messages, traces, exceptions and alerts", SUPPORT, MANAGER, ONCALL, ADMIN),
  VIEW_PAYLOAD("see the payload of a message", SUPPORT, ONCALL, ADMIN),
  CLASSIFY("classify exceptions", SUPPORT, ONCALL, ADMIN),
  CHANGE_RULES("change the rules of classification", SUPPORT, ADMIN),
  ASSIGN("assign exceptions", SUPPORT, MANAGER, ONCALL, ADMIN),
  COMMENT("comment on exceptions", SUPPORT, MANAGER, ONCALL, ADMIN),
  RETRY("retry messages", SUPPORT, ONCALL, ADMIN),
  EDIT_AND_RETRY("edit messages and retry them", SUPPORT, ADMIN),
  DISCARD("discard messages and restore them", SUPPORT, ADMIN),
  REPLAY("replay recorded messages", ADMIN),
  APPROVE("approve recovery operations of others", MANAGER, ADMIN),
  FREEZE_TARGET("freeze targets and lift freezes", MANAGER, ADMIN),
  ACKNOWLEDGE_ALERT("acknowledge alerts", SUPPORT, ONCALL, ADMIN),
  VIEW_AUDIT("read the audit trail", MANAGER, ADMIN),
  ADMINISTER("administer Tillpost", ADMIN);

  private final String action;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Role> roles;

  Permission(String action, Role... roles) {
    this.action = action;
    this.roles = List.of(roles);
  }

  /** What it allows, as the end of a sentence that starts with "may". */
  public String action() {
    return action;
  }

  /** The roles that have it, in the order of {@link Role}; never empty. */
  public List<Role> roles() {
    return roles;
  }

  /** Whether one of these roles has it. */
  public boolean allows(Set<Role> held) {
    return held.stream().anyMatch(roles::contains);
  }

  /**
   * Why somebody with these roles may not, in a sentence for a disabled button or an error page.
   */
  public String refusal(Set<Role> held) {
    return "You may not %s: this needs the role %s. Yours: %s."
        .formatted(action, titles(roles, " or "), held.isEmpty() ? "none" : titles(held, ", "));
  }

  private static String titles(Collection<Role> roles, String separator) {
    return roles.stream().sorted().map(Role::title).collect(Collectors.joining(separator));
  }

  /** The names as constants, because an annotation takes nothing else; a test keeps both alike. */
  public static final class Name {
    public static final String VIEW = "VIEW";
    public static final String VIEW_PAYLOAD = "VIEW_PAYLOAD";
    public static final String CLASSIFY = "CLASSIFY";
    public static final String CHANGE_RULES = "CHANGE_RULES";
    public static final String ASSIGN = "ASSIGN";
    public static final String COMMENT = "COMMENT";
    public static final String RETRY = "RETRY";
    public static final String EDIT_AND_RETRY = "EDIT_AND_RETRY";
    public static final String DISCARD = "DISCARD";
    public static final String REPLAY = "REPLAY";
    public static final String APPROVE = "APPROVE";
    public static final String FREEZE_TARGET = "FREEZE_TARGET";
    public static final String ACKNOWLEDGE_ALERT = "ACKNOWLEDGE_ALERT";
    public static final String VIEW_AUDIT = "VIEW_AUDIT";
    public static final String ADMINISTER = "ADMINISTER";

    private Name() {}
  }
}
