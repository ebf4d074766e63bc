package io.tillpost.console.security;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Who the caller is and what they may do; for a session also the header that a change has to carry.
 */
@RestController
class MeApi {

  private final CurrentOperator currentOperator;
  private final OperatorDirectory operators;

  MeApi(CurrentOperator currentOperator, OperatorDirectory operators) {
    this.currentOperator = currentOperator;
    this.operators = operators;
  }

  /**
   * The answer.
   *
   * @param stores patterns of the store ids whose messages the caller may look into and act on
   * @param regions the same by region; where both are empty it is all stores
   * @param teams names of the teams that the caller is in
   * @param may the permissions, in the order of {@link Permission}
   * @param csrf header and token for changes by session; HTTP Basic needs none
   */
  record Me(
      String id,
      String displayName,
      Set<Role> roles,
      Set<String> stores,
      Set<String> regions,
      List<String> teams,
      List<Permission> may,
      @Nullable Csrf csrf) {}

  /** The header of that name has to carry that token. */
  record Csrf(String header, String token) {}

  @GetMapping("/api/v1/me")
  Me me(@Nullable CsrfToken token) {
    Operator operator = currentOperator.get();
    return new Me(
        operator.id(),
        operator.displayName(),
        operator.roles(),
        operator.stores().stores(),
        operator.stores().regions(),
        operators.teams().of(operator.id()).stream().map(Team::name).toList(),
        Arrays.stream(Permission.values()).filter(operator::may).toList(),
        token == null ? null : new Csrf(token.getHeaderName(), token.getToken()));
  }
}
