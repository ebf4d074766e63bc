package io.tillpost.console.security;

import java.util.List;
import java.util.Set;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** Logs people in on the thread of a test, with all that their roles allow. */
public final class TestLogin {
  private TestLogin() {}

  /** From now on this thread works for that person, who is bound to these stores. */
  public static void as(String name, Role role, StoreScope stores) {
    OperatorPrincipal principal =
        new OperatorPrincipal(new Operator(name, name, Set.of(role), stores), "");
    SecurityContextHolder.getContext()
        .setAuthentication(
            new TestingAuthenticationToken(principal, "", List.copyOf(principal.getAuthorities())));
  }

  /** The scope of who works for stores with ids like this. */
  public static StoreScope only(String pattern) {
    return new StoreScope(Set.of(pattern), Set.of(), Set.of());
  }
}
