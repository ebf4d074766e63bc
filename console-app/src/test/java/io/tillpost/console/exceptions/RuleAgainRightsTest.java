package io.tillpost.console.exceptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.recovery.act.OperationControl;
import io.tillpost.console.recovery.edit.EditRule;
import io.tillpost.console.recovery.edit.RuleAgain;
import io.tillpost.console.security.Permission;
import io.tillpost.console.security.Role;
import io.tillpost.console.security.StoreScope;
import io.tillpost.console.security.TestLogin;
import io.tillpost.recovery.FieldRule;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryKinds;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Stores;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who may take an edit by rule up again: who may edit, and the others are told why not. */
class RuleAgainRightsTest {
  private static final EditRule RULE = new EditRule("unit", "pcs", "EA");
  private static final AnnotationConfigApplicationContext CONTEXT =
      new AnnotationConfigApplicationContext(RightsParts.class);

  private final RuleAgain rules = CONTEXT.getBean(RuleAgain.class);
  private final OperationControl control = CONTEXT.getBean(OperationControl.class);

  @AfterAll
  static void close() {
    CONTEXT.close();
  }

  @AfterEach
  void logOut() {
    SecurityContextHolder.clearContext();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void whoMayEditTakesItUpAndTheOthersAreToldWhyNot(Role role) {
    RecoveryOperation edit = edit();
    TestLogin.as("somebody", role, StoreScope.ALL);

    if (Permission.EDIT_AND_RETRY.allows(Set.of(role))) {
      assertThat(rules.objection(edit)).isEmpty();
      assertThat(rules.of(edit)).contains(RULE);
      assertThat(rules.plan(edit.id(), RULE, RetryRequest.plan(null)))
          .isEqualTo(new OperationAnswer.Refused("Its list is still being prepared"));
      control.replace(edit.id(), "other");
    } else {
      assertThat(rules.objection(edit).orElseThrow()).startsWith("You may not edit messages");
      assertThatThrownBy(() -> rules.of(edit)).isInstanceOf(AccessDeniedException.class);
      assertThatThrownBy(() -> rules.plan(edit.id(), RULE, RetryRequest.plan(null)))
          .isInstanceOf(AccessDeniedException.class);
      assertThatThrownBy(() -> control.replace(edit.id(), "other"))
          .isInstanceOf(AccessDeniedException.class);
    }
  }

  /** Its list is still being prepared, so nothing comes of what is allowed. */
  private static RecoveryOperation edit() {
    String id = UUID.randomUUID().toString();
    RecoveryOperation edit =
        RecoveryOperation.planned(
                id,
                RecoveryAction.EDIT_AND_RETRY,
                "support",
                "",
                Instant.now(),
                new OperationScope(OperationScope.Kind.SELECTION, "3", null, "3 chosen messages"),
                "middleware")
            .setting(new FieldRule(RULE.field(), RULE.where(), RULE.value()));
    assertThat(
            CONTEXT.getBean(Stores.class).documents().of(RecoveryKinds.OPERATIONS).create(id, edit))
        .isTrue();
    return edit;
  }
}
