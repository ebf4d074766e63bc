package io.tillpost.console.security;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.CredentialsContainer;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/**
 * An {@link Operator} as Spring Security sees it: one authority for each role and each permission.
 */
final class OperatorPrincipal implements UserDetails, CredentialsContainer {

  private final transient Operator operator;
  private transient @Nullable String passwordHash;

  OperatorPrincipal(Operator operator, String passwordHash) {
    this.operator = operator;
    this.passwordHash = passwordHash;
  }

  Operator operator() {
    return operator;
  }

  static List<GrantedAuthority> authoritiesOf(Operator operator) {
    List<GrantedAuthority> authorities = new ArrayList<>();
    operator
        .roles()
        .forEach(role -> authorities.add(new SimpleGrantedAuthority("ROLE_" + role.name())));
    for (Permission permission : Permission.values()) {
      if (operator.may(permission)) {
        authorities.add(new SimpleGrantedAuthority("ROLE_" + permission.name()));
      }
    }
    return List.copyOf(authorities);
  }

  @Override
  public Collection<? extends GrantedAuthority> getAuthorities() {
    return authoritiesOf(operator);
  }

  @Override
  public @Nullable String getPassword() {
    return passwordHash;
  }

  @Override
  public String getUsername() {
    return operator.id();
  }

  @Override
  public void eraseCredentials() {
    passwordHash = null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OperatorPrincipal that && that.operator.id().equals(operator.id());
  }

  @Override
  public int hashCode() {
    return operator.id().hashCode();
  }

  @Override
  public String toString() {
    return operator.toString();
  }
}
