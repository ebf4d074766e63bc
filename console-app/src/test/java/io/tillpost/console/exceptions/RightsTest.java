package io.tillpost.console.exceptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tillpost.console.audit.AuditQuery;
import io.tillpost.console.audit.AuditTrail;
import io.tillpost.console.classification.RuleBook;
import io.tillpost.console.recovery.Chosen;
import io.tillpost.console.recovery.ListFilter;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.recovery.act.Discards;
import io.tillpost.console.recovery.act.OperationControl;
import io.tillpost.console.recovery.act.Recovery;
import io.tillpost.console.recovery.act.Replays;
import io.tillpost.console.recovery.act.Settlements;
import io.tillpost.console.recovery.due.AutomaticRetries;
import io.tillpost.console.recovery.edit.Edit;
import io.tillpost.console.recovery.edit.EditAndRetry;
import io.tillpost.console.recovery.edit.EditRule;
import io.tillpost.console.recovery.operation.ItemPlace;
import io.tillpost.console.recovery.operation.ItemsCsv;
import io.tillpost.console.recovery.operation.Operations;
import io.tillpost.console.recovery.operation.UnconfirmedFilter;
import io.tillpost.console.recovery.target.FreezeWish;
import io.tillpost.console.recovery.target.Targets;
import io.tillpost.console.security.Permission;
import io.tillpost.console.security.Role;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.OwnerSide;
import io.tillpost.failure.SplitCondition;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.RecoveryContent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who may call what: every act of triage, recovery and audit by every role. */
class RightsTest {
  private static final Fingerprint EXCEPTION = new Fingerprint("00ff00ff00ff00ff");
  private static final MessageId MESSAGE = new MessageId("sale-0412-03-20261123-004711");
  private static final RetryRequest REQUEST = new RetryRequest("Try again", null);

  private static final AnnotationConfigApplicationContext CONTEXT =
      new AnnotationConfigApplicationContext(RightsParts.class);

  private static final Map<String, Act> ACTS =
      Map.ofEntries(
          act("list exceptions", Permission.VIEW, c -> inbox(c).list(ExceptionFilter.ALL)),
          act("see an exception", Permission.VIEW, c -> inbox(c).find(EXCEPTION)),
          act("see a trend", Permission.VIEW, c -> inbox(c).trendOf(EXCEPTION)),
          act("classify", Permission.CLASSIFY, c -> triage(c).classify(EXCEPTION, null)),
          act("set the owner side", Permission.CLASSIFY, c -> triage(c).ownerSide(EXCEPTION, null)),
          act("read the rules", Permission.VIEW, c -> c.getBean(RuleBook.class).history()),
          act("read the newest rules", Permission.VIEW, c -> c.getBean(RuleBook.class).current()),
          act(
              "change the rules",
              Permission.CHANGE_RULES,
              c -> c.getBean(RuleBook.class).save("", 0, "No rules")),
          act("try rules", Permission.VIEW, c -> c.getBean(RuleTrial.class).of("")),
          act(
              "suggest a rule",
              Permission.VIEW,
              c -> c.getBean(RuleSuggestions.class).of(EXCEPTION)),
          act(
              "hand over",
              Permission.CLASSIFY,
              c -> triage(c).ownerSide(EXCEPTION, OwnerSide.IT, "Look at it")),
          act("list saved views", Permission.VIEW, c -> c.getBean(SavedViews.class).list()),
          act("keep a view", Permission.VIEW, c -> c.getBean(SavedViews.class).save("", "", true)),
          act(
              "make a view",
              Permission.VIEW,
              c -> c.getBean(SavedViews.class).create("", "", true, null)),
          act(
              "change a view",
              Permission.VIEW,
              c -> c.getBean(SavedViews.class).change("none", "", "", true)),
          act("look at a view", Permission.VIEW, c -> c.getBean(SavedViews.class).looked("none")),
          act("take a view away", Permission.VIEW, c -> c.getBean(SavedViews.class).remove("none")),
          act(
              "merge exceptions",
              Permission.CLASSIFY,
              c -> c.getBean(Merging.class).merge(EXCEPTION, Set.of(), null)),
          act(
              "take a merge apart",
              Permission.CLASSIFY,
              c -> c.getBean(Merging.class).takeApart(EXCEPTION, null)),
          act(
              "split messages off",
              Permission.CLASSIFY,
              c -> c.getBean(Splitting.class).split(EXCEPTION, SplitCondition.NONE, null)),
          act(
              "see what a split would do",
              Permission.VIEW,
              c -> c.getBean(Splitting.class).preview(EXCEPTION, SplitCondition.NONE)),
          act(
              "put a split back",
              Permission.CLASSIFY,
              c -> c.getBean(Merging.class).putBack(EXCEPTION, null)),
          act("link a ticket", Permission.COMMENT, c -> triage(c).ticket(EXCEPTION, null)),
          act(
              "see what retries came to",
              Permission.VIEW,
              c -> c.getBean(RetryEvidence.class).of(EXCEPTION)),
          act("assign to me", Permission.ASSIGN, c -> triage(c).assignToMe(EXCEPTION)),
          act("assign", Permission.ASSIGN, c -> triage(c).assign(EXCEPTION, null, null)),
          act("give to team", Permission.ASSIGN, c -> triage(c).giveToTeam(EXCEPTION, null)),
          act("assignByRule", Permission.ASSIGN, c -> triage(c).assignByRule(EXCEPTION)),
          act("comment", Permission.COMMENT, c -> triage(c).comment(EXCEPTION, "Hello")),
          act(
              "stop the automatic retry",
              Permission.RETRY,
              c -> triage(c).stopAutomaticRetry(EXCEPTION, "Not now")),
          act(
              "start the automatic retry again",
              Permission.RETRY,
              c -> triage(c).startAutomaticRetry(EXCEPTION)),
          act(
              "see what automatic retry does with an exception",
              Permission.VIEW,
              c -> c.getBean(AutomaticRetries.class).of(EXCEPTION)),
          act(
              "see what automatic retry does with a message",
              Permission.VIEW,
              c -> c.getBean(AutomaticRetries.class).of(MESSAGE)),
          act(
              "retry a message",
              Permission.RETRY,
              c -> c.getBean(Recovery.class).retryMessage(MESSAGE, REQUEST)),
          act(
              "retry an exception",
              Permission.RETRY,
              c -> c.getBean(Recovery.class).retryException(EXCEPTION, REQUEST)),
          act(
              "plan a retry of an exception",
              Permission.RETRY,
              c -> c.getBean(Recovery.class).planException(EXCEPTION, null)),
          act(
              "plan a retry of messages",
              Permission.RETRY,
              c -> c.getBean(Recovery.class).planMessages(Set.of(MESSAGE), null)),
          act(
              "plan a retry of the rest",
              Permission.RETRY,
              c -> c.getBean(Recovery.class).planRest("nobody-knows-it", null)),
          act(
              "discard a message",
              Permission.DISCARD,
              c -> discards(c).discardMessage(MESSAGE, REQUEST)),
          act(
              "restore a message",
              Permission.DISCARD,
              c -> discards(c).restoreMessage(MESSAGE, REQUEST)),
          act(
              "plan a discard",
              Permission.DISCARD,
              c -> discards(c).plan(new Chosen.RestOf("none"), null)),
          act(
              "plan a restore",
              Permission.DISCARD,
              c -> discards(c).planRestore(new Chosen.DiscardedBy("none"), null)),
          act(
              "open a payload for correction",
              Permission.EDIT_AND_RETRY,
              c -> c.getBean(EditAndRetry.class).open(MESSAGE)),
          act(
              "check a correction",
              Permission.EDIT_AND_RETRY,
              c -> c.getBean(EditAndRetry.class).check(MESSAGE, new Edit.Text("{}"))),
          act(
              "plan an edit",
              Permission.EDIT_AND_RETRY,
              c -> c.getBean(EditAndRetry.class).plan(MESSAGE, new Edit.Text("{}"), null)),
          act(
              "correct a payload with a wish",
              Permission.EDIT_AND_RETRY,
              c ->
                  c.getBean(EditAndRetry.class)
                      .planAs(MESSAGE, new Edit.Text("{}"), RetryRequest.plan(null))),
          act(
              "correct a list with a wish",
              Permission.EDIT_AND_RETRY,
              c ->
                  c.getBean(EditAndRetry.class)
                      .planRuleAs(
                          new Chosen.RestOf("none"),
                          new EditRule("unit", null, "EA"),
                          RetryRequest.plan(null))),
          act(
              "take a correction up again",
              Permission.EDIT_AND_RETRY,
              c ->
                  c.getBean(EditAndRetry.class)
                      .again(
                          new RecoveryContent(
                              "none", MESSAGE.value(), 2, "text/plain", "", List.of(), null))),
          act(
              "see what a message was to be corrected to",
              Permission.VIEW_PAYLOAD,
              c -> c.getBean(Operations.class).contentOf("none", MESSAGE)),
          act(
              "see what makes a message needless",
              Permission.VIEW,
              c -> c.getBean(Recovery.class).supersededBy(MESSAGE)),
          act("see a doubt", Permission.VIEW, c -> c.getBean(Recovery.class).doubt(MESSAGE)),
          act(
              "plan with a wish",
              Permission.RETRY,
              c ->
                  c.getBean(Recovery.class)
                      .planAs(new Chosen.RestOf("none"), RetryRequest.plan(null))),
          act(
              "plan anew",
              Permission.RETRY,
              c -> c.getBean(Recovery.class).planAnew("none", RetryRequest.plan(null))),
          act(
              "replay with a wish",
              Permission.REPLAY,
              c ->
                  c.getBean(Replays.class)
                      .planAs(
                          new ListFilter(null, Set.of(), Set.of(), Set.of(), null, null),
                          "none",
                          RetryRequest.plan(null))),
          act(
              "plan an edit of a list",
              Permission.EDIT_AND_RETRY,
              c ->
                  c.getBean(EditAndRetry.class)
                      .planRule(new Chosen.RestOf("none"), new EditRule("unit", null, "EA"), null)),
          act(
              "ask for what an edit changes",
              Permission.VIEW,
              c -> c.getBean(Operations.class).differencesRefusal()),
          act(
              "see corrected payloads of a message",
              Permission.VIEW_PAYLOAD,
              c -> c.getBean(Operations.class).contentsOf(MESSAGE)),
          act("list channels", Permission.REPLAY, c -> c.getBean(Replays.class).channels()),
          act(
              "plan a replay",
              Permission.REPLAY,
              c ->
                  c.getBean(Replays.class)
                      .plan(
                          new ListFilter("x", Set.of(), Set.of(), Set.of(), null, null),
                          "none",
                          null)),
          act("start an operation", Permission.RETRY, c -> control(c).start("none", "Try again")),
          act("pause an operation", Permission.RETRY, c -> control(c).pause("none", null)),
          act("resume an operation", Permission.RETRY, c -> control(c).resume("none", null)),
          act("cancel an operation", Permission.RETRY, c -> control(c).cancel("none", null)),
          act("approve an operation", Permission.APPROVE, c -> control(c).approve("none", "hash")),
          act("decline an operation", Permission.APPROVE, c -> control(c).decline("none", null)),
          act("see targets", Permission.VIEW, c -> c.getBean(Targets.class).all()),
          act(
              "ask why a target cannot be frozen",
              Permission.VIEW,
              c -> c.getBean(Targets.class).objection()),
          act(
              "freeze a target",
              Permission.FREEZE_TARGET,
              c ->
                  c.getBean(Targets.class)
                      .freeze("none", new FreezeWish("Year end", null, null, null))),
          act(
              "lift the freeze of a target",
              Permission.FREEZE_TARGET,
              c -> c.getBean(Targets.class).lift("none", null, null)),
          act(
              "settle what is unconfirmed",
              Permission.RETRY,
              c ->
                  c.getBean(Settlements.class)
                      .settle("none", new MessageId("none"), true, "It is there")),
          act(
              "see what is unconfirmed",
              Permission.VIEW,
              c -> c.getBean(Operations.class).unconfirmed(UnconfirmedFilter.ALL, true, 10, null)),
          act("see operations", Permission.VIEW, c -> c.getBean(Operations.class).newest(10)),
          act(
              "see an operation",
              Permission.VIEW,
              c -> c.getBean(Operations.class).find("nobody-knows-it")),
          act(
              "plan an edit of the rest",
              Permission.EDIT_AND_RETRY,
              c -> c.getBean(EditAndRetry.class).planRest("none", null)),
          act(
              "plan a replay of the rest",
              Permission.REPLAY,
              c -> c.getBean(Replays.class).planRest("none", null)),
          act(
              "see a page of items",
              Permission.VIEW,
              c -> c.getBean(Operations.class).page("none", Set.of(), 10, ItemPlace.FIRST)),
          act(
              "export items",
              Permission.VIEW,
              c -> c.getBean(ItemsCsv.class).export("none", Set.of(), new StringBuilder())),
          act(
              "see items",
              Permission.VIEW,
              c -> c.getBean(Operations.class).items("nobody-knows-it", Set.of(), 10, null)),
          act(
              "read the audit trail",
              Permission.VIEW_AUDIT,
              c -> c.getBean(AuditTrail.class).find(AuditQuery.ALL, 10, null)),
          act(
              "export the audit trail",
              Permission.VIEW_AUDIT,
              c -> c.getBean(AuditTrail.class).export(AuditQuery.ALL, new StringBuilder())));

  @AfterAll
  static void close() {
    CONTEXT.close();
  }

  @AfterEach
  void logOut() {
    SecurityContextHolder.clearContext();
  }

  static Stream<Arguments> everyActByEveryRole() {
    return ACTS.keySet().stream()
        .sorted()
        .flatMap(name -> Arrays.stream(Role.values()).map(role -> arguments(name, role)));
  }

  @ParameterizedTest(name = "{0} by {1}")
  @MethodSource("everyActByEveryRole")
  void onlyWhoMayDoes(String name, Role role) {
    logIn(role);
    Act act = ACTS.get(name);

    if (act.permission().allows(Set.of(role))) {
      act.doing().accept(CONTEXT);
    } else {
      assertThatThrownBy(() -> act.doing().accept(CONTEXT))
          .isInstanceOf(AccessDeniedException.class);
    }
  }

  @Test
  void whatAnEditChangesIsForWhoSeesPayloadsOrApprovesAndPayloadsAreNot() {
    for (Permission permission : Permission.values()) {
      SecurityContextHolder.getContext()
          .setAuthentication(
              new TestingAuthenticationToken("somebody", "", "ROLE_" + permission.name()));
      Operations operations = CONTEXT.getBean(Operations.class);
      if (Set.of(Permission.VIEW_PAYLOAD, Permission.APPROVE).contains(permission)) {
        assertThat(operations.differences("none", 10, null).items()).isEmpty();
      } else {
        assertThatThrownBy(() -> operations.differences("none", 10, null))
            .as(permission.name())
            .isInstanceOf(AccessDeniedException.class);
      }
    }
    // Every role decides or sees payloads, and so is told; the payload itself a manager is not.
    for (Role role : Role.values()) {
      logIn(role);
      CONTEXT.getBean(Operations.class).differences("none", 10, null);
      assertThat(CONTEXT.getBean(Operations.class).differencesRefusal()).isEmpty();
    }
    logIn(Role.MANAGER);
    assertThatThrownBy(() -> CONTEXT.getBean(Operations.class).contentsOf(MESSAGE))
        .isInstanceOf(AccessDeniedException.class);
  }

  @Test
  void nobodyMayDoAnythingWithoutALogin() {
    assertThat(ACTS.values())
        .allSatisfy(
            act ->
                assertThatThrownBy(() -> act.doing().accept(CONTEXT))
                    .isInstanceOf(AuthenticationCredentialsNotFoundException.class));
  }

  private static void logIn(Role role) {
    List<String> authorities =
        Stream.concat(
                Stream.of("ROLE_" + role.name()),
                Arrays.stream(Permission.values())
                    .filter(permission -> permission.allows(Set.of(role)))
                    .map(permission -> "ROLE_" + permission.name()))
            .toList();
    SecurityContextHolder.getContext()
        .setAuthentication(
            new TestingAuthenticationToken("somebody", "", authorities.toArray(String[]::new)));
  }

  private static ExceptionInbox inbox(AnnotationConfigApplicationContext context) {
    return context.getBean(ExceptionInbox.class);
  }

  private static OperationControl control(AnnotationConfigApplicationContext context) {
    return context.getBean(OperationControl.class);
  }

  private static Discards discards(AnnotationConfigApplicationContext context) {
    return context.getBean(Discards.class);
  }

  private static Triage triage(AnnotationConfigApplicationContext context) {
    return context.getBean(Triage.class);
  }

  private static Map.Entry<String, Act> act(
      String name, Permission permission, Consumer<AnnotationConfigApplicationContext> doing) {
    return Map.entry(name, new Act(permission, doing));
  }

  private record Act(Permission permission, Consumer<AnnotationConfigApplicationContext> doing) {}
}
