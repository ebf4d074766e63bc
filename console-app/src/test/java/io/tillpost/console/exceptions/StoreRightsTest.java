package io.tillpost.console.exceptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillpost.console.messages.MessageStories;
import io.tillpost.console.recovery.Chosen;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.recovery.act.Discards;
import io.tillpost.console.recovery.act.OperationControl;
import io.tillpost.console.recovery.act.Recovery;
import io.tillpost.console.recovery.edit.Correction;
import io.tillpost.console.recovery.edit.Edit;
import io.tillpost.console.recovery.edit.EditAndRetry;
import io.tillpost.console.recovery.edit.EditAndRetry.Opened;
import io.tillpost.console.recovery.run.QuestionAnswer;
import io.tillpost.console.recovery.run.Questions;
import io.tillpost.console.security.ForeignStoreException;
import io.tillpost.console.security.Permission;
import io.tillpost.console.security.Role;
import io.tillpost.console.security.StoreScope;
import io.tillpost.console.security.TestLogin;
import io.tillpost.failure.Fingerprint;
import io.tillpost.message.MessageId;
import io.tillpost.message.Stage;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.IngestWriter;
import io.tillpost.store.MessageQuery;
import io.tillpost.store.Messages.StoredMessage;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who may do what with whose messages: every act on a message by every role, in every store. */
class StoreRightsTest {
  private static final StoreScope CORK = TestLogin.only("0412");
  private static final RetryRequest REQUEST = new RetryRequest("Try again", null);
  private static final AnnotationConfigApplicationContext CONTEXT =
      new AnnotationConfigApplicationContext(RightsParts.class, MessageStories.class);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private static final Map<String, Act> ACTS =
      Map.ofEntries(
          act("find", Permission.VIEW, m -> stories().find(m.id())),
          act("read the story", Permission.VIEW, m -> stories().story(m.id())),
          act("ask whether it is foreign", Permission.VIEW, m -> stories().foreign(m.id())),
          act("retry", Permission.RETRY, m -> recovery().retryMessage(m.id(), REQUEST)),
          act("ask for a retry", Permission.VIEW, m -> recovery().objection(m.id())),
          act("discard", Permission.DISCARD, m -> discards().discardMessage(m.id(), REQUEST)),
          act("ask for a discard", Permission.VIEW, m -> discards().objection(m.id())),
          act("restore", Permission.DISCARD, m -> discards().restoreMessage(m.id(), REQUEST)),
          act("ask for a restore", Permission.VIEW, m -> discards().restoreObjection(m.id())),
          act("open for correction", Permission.EDIT_AND_RETRY, m -> edits().open(m.id())),
          act(
              "check a correction",
              Permission.EDIT_AND_RETRY,
              m -> edits().check(m.id(), new Edit.Text("{}"))),
          act(
              "edit and retry",
              Permission.EDIT_AND_RETRY,
              m -> edits().plan(m.id(), new Edit.Text("{\"unit\":\"EA\"}"), null)),
          act("ask the target", Permission.RETRY, m -> questions().ofMessage(m.id(), null)),
          steer(
              "ask the targets of an operation",
              Permission.RETRY,
              m -> questions().ofOperation(m.operation().id(), null)),
          act("ask for an edit", Permission.VIEW, m -> edits().objection(m.id())),
          steer("pause", Permission.RETRY, m -> control().pause(m.operation().id(), null)),
          steer("resume", Permission.RETRY, m -> control().resume(m.operation().id(), null)),
          steer("cancel", Permission.RETRY, m -> control().cancel(m.operation().id(), null)),
          steer("start", Permission.RETRY, m -> control().start(m.operation().id(), "Try again")),
          steer("approve", Permission.APPROVE, m -> control().approve(m.operation().id(), "hash")),
          steer("decline", Permission.APPROVE, m -> control().decline(m.operation().id(), null)),
          act(
              "stop the automatic retry",
              Permission.RETRY,
              m -> triage().stopAutomaticRetry(exceptionOf(m), "Not now")),
          act(
              "start the automatic retry",
              Permission.RETRY,
              m -> triage().startAutomaticRetry(exceptionOf(m))));

  /**
   * Acts on an exception, which is shared work: by everybody with the right, whatever the store.
   */
  private static final Map<String, Act> SHARED =
      Map.ofEntries(
          act("classify", Permission.CLASSIFY, m -> triage().classify(exceptionOf(m), null)),
          act("assign", Permission.ASSIGN, m -> triage().assignToMe(exceptionOf(m))),
          act("comment", Permission.COMMENT, m -> triage().comment(exceptionOf(m), "Hello")),
          act(
              "list exceptions",
              Permission.VIEW,
              _ -> CONTEXT.getBean(ExceptionInbox.class).list(ExceptionFilter.ALL)));

  /** Where a message comes from. */
  enum Of {
    OWN_STORE("0412"),
    OTHER_STORE("0413"),
    NO_STORE(null);

    private final @Nullable String store;

    Of(@Nullable String store) {
      this.store = store;
    }
  }

  /** Who does what with a message of which store. */
  record Trial(String act, Role role, boolean bound, Of of) {}

  @AfterAll
  static void close() {
    CONTEXT.close();
  }

  @AfterEach
  void logOut() {
    SecurityContextHolder.clearContext();
  }

  static Stream<Trial> everyActByEveryRoleInEveryStore() {
    return trials(ACTS);
  }

  static Stream<Trial> everySharedActByEveryRoleInEveryStore() {
    return trials(SHARED);
  }

  @ParameterizedTest
  @MethodSource("everyActByEveryRoleInEveryStore")
  void whoIsBoundActsOnMessagesOfOwnStoresOnly(Trial trial) {
    Act act = ACTS.get(trial.act());
    Subject subject = subject(trial.of(), act.steers());
    logIn(trial);

    if (!act.permission().allows(Set.of(trial.role()))) {
      assertThatThrownBy(() -> act.doing().on(subject))
          .isInstanceOf(AccessDeniedException.class)
          .isNotInstanceOf(ForeignStoreException.class);
    } else {
      boolean refused = trial.bound() && trial.of() != Of.OWN_STORE;
      assertThat(storeRefusal(act, subject).isPresent()).as("refused").isEqualTo(refused);
    }
  }

  @ParameterizedTest
  @MethodSource("everySharedActByEveryRoleInEveryStore")
  void exceptionsAreSharedWork(Trial trial) {
    Act act = SHARED.get(trial.act());
    Subject subject = subject(trial.of(), false);
    logIn(trial);

    if (act.permission().allows(Set.of(trial.role()))) {
      act.doing().on(subject);
    } else {
      assertThatThrownBy(() -> act.doing().on(subject)).isInstanceOf(AccessDeniedException.class);
    }
  }

  @Test
  void aListLeavesOutWhatIsOfOtherStoresAndSaysHowMany() {
    List<MessageId> all =
        Stream.of(Of.values()).map(of -> failed(sale(of.store)).messageId()).toList();
    TestLogin.as("cork", Role.SUPPORT, CORK);

    RecoveryOperation plan = planned(discards().plan(Chosen.Several.of(all), null));

    assertThat(plan.summary().messages()).isEqualTo(3);
    assertThat(plan.summary().toSend()).isEqualTo(1);
    assertThat(plan.summary().skipped()).containsExactly(Map.entry("Not one of your stores", 2));
    assertThat(control().startObjection(plan)).isEmpty();
    TestLogin.as("galway", Role.ADMIN, TestLogin.only("0413"));
    assertThat(control().cancel(plan.id(), null))
        .isEqualTo(
            new OperationAnswer.Forbidden(
                "1 of its messages is of stores that are not yours: you work for the store 0413. Ask a colleague who"
                    + " works for all of its stores."));
  }

  @Test
  void aListOfOthersSaysThatAMessageIsThereAndNotWhatItSays() {
    String receipt = "R-" + NUMBER.incrementAndGet();
    Stream.of(Of.values()).forEach(of -> failed(sale(of.store).key("receipt", receipt)));
    MessageQuery query = MessageQuery.ALL.withText(receipt);
    TestLogin.as("cork", Role.SUPPORT, CORK);

    assertThat(stories().search(query).items())
        .extracting(StoredMessage::message)
        .hasSize(3)
        .allSatisfy(
            message -> {
              boolean own = "0412".equals(message.storeId());
              assertThat(message.status().isFailed()).isTrue();
              assertThat(message.businessKey().keys().containsKey("receipt")).isEqualTo(own);
              assertThat(message.failure().isPresent()).isEqualTo(own);
              assertThat(message.amount() != null).isEqualTo(own);
            });
    TestLogin.as("all", Role.SUPPORT, StoreScope.ALL);
    assertThat(stories().search(query).items())
        .allSatisfy(stored -> assertThat(stored.message().failure()).isPresent());
  }

  @Test
  void theSampleOfAnExceptionIsOfAnOwnStoreIfThereIsOne() {
    String code = "E" + NUMBER.incrementAndGet();
    MessageBuilder own = failed(sale("0412").failingWith(Samples.aFailure().code(code).build()));
    MessageBuilder other = failed(sale("0413").failingWith(Samples.aFailure().code(code).build()));
    var exception = exceptionOf(new Subject(own.messageId(), null));

    TestLogin.as("cork", Role.SUPPORT, CORK);
    assertThat(sampled(exception, other)).contains(own.messageId());
    TestLogin.as("all", Role.SUPPORT, StoreScope.ALL);
    assertThat(sampled(exception, other)).contains(other.messageId());
    TestLogin.as("dublin", Role.SUPPORT, TestLogin.only("01*"));
    assertThat(sampled(exception, other)).isEmpty();
  }

  private static Optional<MessageId> sampled(Fingerprint exception, MessageBuilder named) {
    return stories()
        .sample(exception, named.messageId())
        .map(story -> story.stored().message().id());
  }

  private static Stream<Trial> trials(Map<String, Act> acts) {
    return acts.keySet().stream()
        .sorted()
        .flatMap(
            act ->
                Stream.of(Role.values())
                    .flatMap(
                        role ->
                            Stream.of(Of.values())
                                .flatMap(
                                    of ->
                                        Stream.of(true, false)
                                            .map(bound -> new Trial(act, role, bound, of)))));
  }

  private static void logIn(Trial trial) {
    TestLogin.as("somebody", trial.role(), trial.bound() ? CORK : StoreScope.ALL);
  }

  /** What the act says where it is refused because of the store, in whichever way it says so. */
  private static Optional<String> storeRefusal(Act act, Subject subject) {
    try {
      return words(act.doing().on(subject)).filter(text -> text.contains("you work for"));
    } catch (ForeignStoreException refused) {
      return Optional.ofNullable(refused.getMessage());
    }
  }

  private static Optional<String> words(Object answer) {
    return switch (answer) {
      case OperationAnswer.Forbidden forbidden -> Optional.of(forbidden.reason());
      case QuestionAnswer.Forbidden forbidden -> Optional.of(forbidden.reason());
      case Opened.Closed closed -> Optional.of(closed.reason());
      case Correction.Invalid invalid -> Optional.of(invalid.words());
      case Optional<?> objection -> objection.map(String::valueOf);
      default -> Optional.empty();
    };
  }

  /**
   * A failed message of that store; if wanted with a discard of it that an administrator planned.
   */
  private static Subject subject(Of of, boolean planned) {
    MessageBuilder sale =
        failed(
            sale(of.store)
                .failingWith(Samples.aFailure().code("E" + NUMBER.incrementAndGet()).build()));
    if (!planned) {
      return new Subject(sale.messageId(), null);
    }
    TestLogin.as("planner", Role.ADMIN, StoreScope.ALL);
    return new Subject(
        sale.messageId(),
        planned(discards().plan(Chosen.Several.of(List.of(sale.messageId())), null)));
  }

  private static MessageBuilder sale(@Nullable String store) {
    return Samples.aSale()
        .id("sale-of-a-store-" + NUMBER.incrementAndGet())
        .capturedAt(Instant.now().minusSeconds(600))
        .store(store)
        .payload("{\"unit\":\"pcs\"}");
  }

  private static MessageBuilder failed(MessageBuilder sale) {
    assertThat(
            CONTEXT
                .getBean(InMemoryStores.class)
                .ingestWriter()
                .write(new IngestWriter.Batch(sale.throughStage(Stage.FAILED), List.of())))
        .isInstanceOf(IngestWriter.Result.Written.class);
    return sale;
  }

  private static RecoveryOperation planned(OperationAnswer answer) {
    assertThat(answer).isInstanceOf(OperationAnswer.Accepted.class);
    return ((OperationAnswer.Accepted) answer).operation();
  }

  private static Fingerprint exceptionOf(Subject subject) {
    return CONTEXT
        .getBean(InMemoryStores.class)
        .messages()
        .find(subject.id())
        .flatMap(stored -> stored.message().fingerprint())
        .orElseThrow();
  }

  private static MessageStories stories() {
    return CONTEXT.getBean(MessageStories.class);
  }

  private static Recovery recovery() {
    return CONTEXT.getBean(Recovery.class);
  }

  private static Discards discards() {
    return CONTEXT.getBean(Discards.class);
  }

  private static EditAndRetry edits() {
    return CONTEXT.getBean(EditAndRetry.class);
  }

  private static OperationControl control() {
    return CONTEXT.getBean(OperationControl.class);
  }

  private static Questions questions() {
    return CONTEXT.getBean(Questions.class);
  }

  private static Triage triage() {
    return CONTEXT.getBean(Triage.class);
  }

  private static Map.Entry<String, Act> act(String name, Permission permission, Doing doing) {
    return Map.entry(name, new Act(permission, false, doing));
  }

  private static Map.Entry<String, Act> steer(String name, Permission permission, Doing doing) {
    return Map.entry(name, new Act(permission, true, doing));
  }

  /**
   * @param operation over the message; null unless one is wanted
   */
  private record Subject(MessageId id, @Nullable RecoveryOperation operation) {}

  /** Does something with a message; its answer, whatever that is. */
  private interface Doing {
    Object on(Subject subject);
  }

  /**
   * @param steers whether it is about an operation over the message
   */
  private record Act(Permission permission, boolean steers, Doing doing) {}
}
