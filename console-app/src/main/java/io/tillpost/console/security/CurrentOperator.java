package io.tillpost.console.security;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.stereotype.Component;

/**
 * The operator on whose behalf this thread works: of the view, of the API request, of a shared live
 * query.
 */
@Component
public final class CurrentOperator {

  private final Supplier<SecurityContext> context;

  /** Made by Spring: of this console, whichever else runs in the process. */
  @Autowired
  CurrentOperator(SecurityContextHolderStrategy ofThisConsole) {
    this.context = ofThisConsole::getContext;
  }

  /** Of the console that was started last; for what no console makes, such as a test. */
  public CurrentOperator() {
    this.context = SecurityContextHolder::getContext;
  }

  /** The operator, or empty where nobody is logged in. */
  public Optional<Operator> find() {
    return of(context.get().getAuthentication());
  }

  /**
   * The operator.
   *
   * @throws AuthenticationCredentialsNotFoundException where nobody is logged in
   */
  public Operator get() {
    return find()
        .orElseThrow(() -> new AuthenticationCredentialsNotFoundException("Nobody is logged in"));
  }

  /** Whether the current operator may do that; false where nobody is logged in. */
  public boolean may(Permission permission) {
    return find().map(operator -> operator.may(permission)).orElse(false);
  }

  /** Why the current operator may not do that, as a sentence; empty if they may. */
  public Optional<String> refusal(Permission permission) {
    if (may(permission)) {
      return Optional.empty();
    }
    return Optional.of(permission.refusal(find().map(Operator::roles).orElse(Set.of())));
  }

  /**
   * The stores of the current operator.
   *
   * @throws AuthenticationCredentialsNotFoundException where nobody is logged in
   */
  public StoreScope stores() {
    return get().stores();
  }

  /** Who that login is of; empty where it is none, or anybody's. */
  public static Optional<Operator> of(@Nullable Authentication authentication) {
    if (authentication == null
        || !authentication.isAuthenticated()
        || authentication instanceof AnonymousAuthenticationToken) {
      return Optional.empty();
    }
    if (authentication.getPrincipal() instanceof OperatorPrincipal principal) {
      return Optional.of(principal.operator());
    }
    // Another way to log in than the users file: the roles are the authorities that have the name
    // of one.
    EnumSet<Role> roles = EnumSet.noneOf(Role.class);
    for (Role role : Role.values()) {
      for (GrantedAuthority authority : authentication.getAuthorities()) {
        if (("ROLE_" + role.name()).equals(authority.getAuthority())) {
          roles.add(role);
        }
      }
    }
    return Optional.of(
        new Operator(authentication.getName(), authentication.getName(), roles, StoreScope.ALL));
  }
}
