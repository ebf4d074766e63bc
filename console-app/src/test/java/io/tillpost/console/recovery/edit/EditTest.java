package io.tillpost.console.recovery.edit;

import static io.tillpost.console.recovery.RecoveryWorld.accepted;
import static io.tillpost.console.recovery.RecoveryWorld.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.recovery.Chosen;
import io.tillpost.console.recovery.EarlierWish;
import io.tillpost.console.recovery.FourEyesProperties;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.RecoveryWorld;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.recovery.TestChannel;
import io.tillpost.console.recovery.TestConsole;
import io.tillpost.console.recovery.operation.Differences;
import io.tillpost.console.recovery.operation.OperationsTest;
import io.tillpost.console.security.Role;
import io.tillpost.console.security.TestLogin;
import io.tillpost.message.MessageId;
import io.tillpost.message.Stage;
import io.tillpost.recovery.FieldChange;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryContent;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryKinds;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Documents;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Retries with a corrected payload. */
@Execution(ExecutionMode.CONCURRENT)
class EditTest {
  private static final String SALE = "{\"unit\":\"pcs\",\"sku\":\"A-100\",\"amount\":12999}";

  private final RecoveryWorld world = new RecoveryWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void theCorrectedPayloadIsPreviewedAndSentAndTheOriginalStays() {
    MessageId sale = sale(SALE);
    TestConsole console = world.console();
    world.channel.behave(world::takeAndConfirm);
    RecoveryOperation plan =
        accepted(console.edits.plan(sale, new Edit.Fields(Map.of("unit", "EA")), null));

    assertThat(plan.state()).isEqualTo(OperationState.PREVIEWED);
    assertThat(console.operations.differences(plan.id(), 10, null).items())
        .singleElement()
        .satisfies(
            c -> assertThat(c.changes()).containsExactly(new FieldChange("unit", "pcs", "EA")));
    assertThat(world.channel.keys()).isEmpty();

    accepted(console.control.start(plan.id(), "The unit was wrong"));
    world.awaitFinished(plan);

    TestChannel.Call call = world.channel.calls().getFirst();
    assertThat(call.key()).isEqualTo(sale + ":2");
    assertThat(call.json().get("action").stringValue()).isEqualTo("EDIT_AND_RETRY");
    assertThat(call.json().at("/payload/contentType").stringValue()).isEqualTo("application/json");
    assertThat(call.json().at("/payload/body").stringValue()).contains("\"EA\"");
    assertThat(world.item(plan, sale).state()).isEqualTo(ItemState.CONFIRMED);
    assertThat(world.item(plan, sale).message().failureClass()).isNull();
    assertThat(world.stores.messages().payloads(sale).getFirst().payload().body()).isEqualTo(SALE);
    assertThat(console.operations.contentsOf(sale))
        .extracting(RecoveryContent::attempt)
        .containsExactly(2);
  }

  @Test
  void aRetryOfWhatWasCorrectedSendsTheCorrectionAgainAndTheNextEditBeginsWithIt() {
    MessageId sale = sale(SALE);
    MessageId plain = sale(SALE);
    TestConsole console = world.console();
    world.channel.behave(
        call -> {
          world.report(
              new MessageId(call.json().get("messageId").stringValue()),
              RecoveryWorld.attempt(call),
              Stage.FAILED);
          return TestChannel.Answer.of(202);
        });
    // A correction that was only looked at is nobody's content.
    accepted(console.edits.plan(sale, new Edit.Fields(Map.of("unit", "never sent")), null));
    RecoveryOperation corrected =
        accepted(console.edits.plan(sale, new Edit.Fields(Map.of("unit", "EA")), null));
    accepted(console.control.start(corrected.id(), "The ERP calls it EA"));
    world.awaitFinished(corrected);

    RecoveryOperation retried =
        accepted(console.recovery.plan(Chosen.Several.of(List.of(sale, plain)), null));
    assertThat(console.operations.differences(retried.id(), 10, null).items())
        .singleElement()
        .satisfies(
            c -> assertThat(c.changes()).containsExactly(new FieldChange("unit", "pcs", "EA")));
    accepted(console.control.start(retried.id(), "The ERP is back"));
    world.awaitFinished(retried);

    TestChannel.Call again = call(sale + ":3");
    assertThat(again.json().get("action").stringValue()).isEqualTo("EDIT_AND_RETRY");
    assertThat(again.json().at("/payload/body").stringValue()).contains("\"EA\"");
    TestChannel.Call asItIs = call(plain + ":2");
    assertThat(asItIs.json().get("action").stringValue()).isEqualTo("RETRY");
    assertThat(asItIs.json().get("payload").isNull()).isTrue();
    assertThat(console.edits.open(sale))
        .isInstanceOfSatisfying(
            EditAndRetry.Opened.Editable.class,
            opened -> assertThat(opened.original().body()).contains("\"EA\""));
  }

  @Test
  void whatTheMiddlewareRecordedSinceIsNewerThanACorrection() {
    MessageId sale = sale(SALE);
    TestConsole console = world.console();
    RecoveryOperation corrected =
        accepted(console.edits.plan(sale, new Edit.Fields(Map.of("unit", "EA")), null));
    accepted(console.control.start(corrected.id(), "The ERP calls it EA"));
    await().until(() -> !world.channel.keys().isEmpty());
    world.report(sale, 2, Stage.FAILED);
    world.awaitFinished(corrected);
    world.report(sale, 3, Stage.FAILED);

    RecoveryOperation retried =
        accepted(console.recovery.plan(Chosen.Several.of(List.of(sale)), null));

    assertThat(console.operations.differences(retried.id(), 10, null).items()).isEmpty();
  }

  @Test
  void whatIsWrongOrLockedIsRefusedWithItsField() {
    MessageId sale = sale(SALE);
    TestConsole console = world.console();

    assertThat(console.edits.plan(sale, new Edit.Fields(Map.of("amount", "1")), null))
        .isEqualTo(
            new OperationAnswer.Invalid(
                "amount: Locked: fields about \"amount\" are not edited here"));
    assertThat(console.edits.plan(sale, new Edit.Text(SALE), null))
        .isEqualTo(new OperationAnswer.Invalid("Nothing was changed"));
    assertThat(console.edits.open(sale))
        .isInstanceOfSatisfying(
            EditAndRetry.Opened.Editable.class,
            e ->
                assertThat(e.fields())
                    .filteredOn(f -> f.locked() != null)
                    .extracting(EditAndRetry.Field::path)
                    .containsExactly("amount"));
  }

  @Test
  void aSecondPersonApprovesTheContentThatWasPreviewed() {
    MessageId sale = sale(SALE);
    world.pace(OperationsTest.withFourEyes(new FourEyesProperties(100, Map.of(), true, true)));
    TestConsole console = world.console();
    RecoveryOperation one =
        accepted(console.edits.plan(sale, new Edit.Fields(Map.of("unit", "EA")), null));
    RecoveryOperation other =
        accepted(console.edits.plan(sale, new Edit.Fields(Map.of("unit", "KG")), null));
    RecoveryOperation waiting = accepted(console.control.start(one.id(), "The unit was wrong"));

    assertThat(waiting.state()).isEqualTo(OperationState.AWAITING_APPROVAL);
    assertThat(waiting.latest().why()).isEqualTo("A corrected payload");
    assertThat(one.summary().listHash()).isNotEqualTo(other.summary().listHash());
    TestConsole.logIn("manager", "MANAGER");
    assertThat(console.control.approve(one.id(), other.summary().listHash()))
        .isInstanceOf(OperationAnswer.Refused.class);
    world.channel.behave(world::takeAndConfirm);
    accepted(console.control.approve(one.id(), one.summary().listHash()));
    world.awaitFinished(one);
    assertThat(world.channel.calls().getFirst().json().at("/payload/body").stringValue())
        .contains("EA");
  }

  @Test
  void whatWasDeclinedIsTakenUpAgainWithItsFieldsAndItsReason() {
    MessageId sale = sale(SALE);
    world.pace(OperationsTest.withFourEyes(new FourEyesProperties(100, Map.of(), true, true)));
    TestConsole console = world.console();
    Edit edit = new Edit.Fields(Map.of("unit", "EA"));
    RecoveryOperation first = accepted(console.edits.plan(sale, edit, null));
    accepted(console.control.start(first.id(), "The unit was wrong"));
    TestConsole.logIn("manager", "MANAGER");
    accepted(console.control.decline(first.id(), "Ask the ERP team first"));
    RecoveryOperation declined = world.awaitState(first, OperationState.CANCELLED);
    TestConsole.logIn("support", "SUPPORT");

    EditAgain again = console.edits.again(content(console, declined, sale)).orElseThrow();
    RecoveryOperation second =
        accepted(
            console.edits.planAs(
                sale, again.edit(), RetryRequest.plan(null).because(declined.reason())));

    assertThat(again).isEqualTo(new EditAgain(edit, Map.of(), false));
    assertThat(again.words()).isEqualTo("The payload is as it was then.");
    assertThat(second.reason()).isEqualTo("The unit was wrong");
    assertThat(second.state()).isEqualTo(OperationState.PREVIEWED);
    assertThat(second.summary().listHash()).isEqualTo(declined.summary().listHash());
    assertThat(
            console.edits.planAs(
                sale,
                edit,
                RetryRequest.plan(EarlierWish.sendAnyway(" "), null).because(declined.reason())))
        .as("what was said then is no reason for this")
        .isInstanceOf(OperationAnswer.Invalid.class);
  }

  @Test
  void whatIsTakenUpAgainSaysWhatChangedInThePayloadSince() {
    MessageBuilder builder =
        Samples.aSale().capturedAt(Instant.now().minusSeconds(600)).payload(SALE);
    MessageId sale = world.failed(builder);
    TestConsole console = world.console();
    RecoveryOperation fields =
        accepted(console.edits.plan(sale, new Edit.Fields(Map.of("unit", "EA")), null));
    RecoveryOperation text =
        accepted(
            console.edits.plan(sale, new Edit.Text(SALE.replace("\"unit\":\"pcs\",", "")), null));
    builder.payload(SALE.replace("A-100", "A-200"));
    world.report(sale, 2, Stage.FAILED);

    EditAgain again = console.edits.again(content(console, fields, sale)).orElseThrow();
    assertThat(again.edit()).isEqualTo(new Edit.Fields(Map.of("unit", "EA")));
    assertThat(again.words())
        .isEqualTo("The payload has changed since: sku: A-100 then, A-200 now.");
    EditAgain whole = console.edits.again(content(console, text, sale)).orElseThrow();
    assertThat(whole.edit()).isInstanceOf(Edit.Text.class);
    assertThat(whole.words()).endsWith("so it takes this back where you leave it so.");
    RecoveryContent planned = content(console, fields, sale);
    TestLogin.as("cork", Role.SUPPORT, TestLogin.only("0999"));
    assertThat(console.edits.again(planned)).isEmpty();
  }

  @Test
  void whatWasSentAndFailedIsInThePayloadAlready() {
    MessageId sale = sale(SALE);
    TestConsole console = world.console();
    RecoveryOperation sent =
        accepted(console.edits.plan(sale, new Edit.Fields(Map.of("unit", "EA")), null));
    accepted(console.control.start(sent.id(), "The ERP calls it EA"));
    await().until(() -> !world.channel.keys().isEmpty());
    world.report(sale, 2, Stage.FAILED);
    world.awaitFinished(sent);

    EditAgain again = console.edits.again(content(console, sent, sale)).orElseThrow();

    assertThat(again.words())
        .isEqualTo("What was corrected is in the payload by now, and a retry sends it so.");
  }

  private static RecoveryContent content(
      TestConsole console, RecoveryOperation operation, MessageId sale) {
    return console.operations.contentOf(operation.id(), sale).orElseThrow();
  }

  @Test
  void contentThatWasChangedSinceIsNotSent() {
    MessageId sale = sale(SALE);
    TestConsole console = world.console();
    RecoveryOperation plan =
        accepted(console.edits.plan(sale, new Edit.Fields(Map.of("unit", "EA")), null));
    Documents<RecoveryContent> contents = world.stores.documents().of(RecoveryKinds.CONTENTS);
    contents.put(
        RecoveryItem.id(plan.id(), sale.value()),
        new RecoveryContent(plan.id(), sale.value(), 2, "application/json", "{}", List.of(), null));

    accepted(console.control.start(plan.id(), "The unit was wrong"));
    world.awaitFinished(plan);

    assertThat(world.item(plan, sale).state()).isEqualTo(ItemState.SKIPPED);
    assertThat(world.channel.keys()).isEmpty();
  }

  @Test
  void aRuleCorrectsAListAndLeavesOutWhatItDoesNotFit() {
    MessageId first = sale(SALE);
    MessageId second = sale(SALE);
    MessageId other = sale("{\"unit\":\"kg\"}");
    TestConsole console = world.console();
    world.channel.behave(world::takeAndConfirm);
    RecoveryOperation plan =
        accepted(
            console.edits.planRule(
                Chosen.Several.of(List.of(first, second, other)),
                new EditRule("unit", "pcs", "EA"),
                null));

    assertThat(plan.summary().toSend()).isEqualTo(2);
    assertThat(plan.summary().skipped())
        .containsExactly(Map.entry("It has no field unit with that value", 1));
    assertThat(
            console.edits.planRule(
                Chosen.Several.of(List.of(first)), new EditRule("amount", null, "1"), null))
        .isInstanceOf(OperationAnswer.Invalid.class);
    assertThat(
            console.edits.planRule(
                Chosen.Several.of(List.of(first)), new EditRule("unit", null, ""), null))
        .isEqualTo(new OperationAnswer.Invalid("A field and its value have 1 to 1,000 characters"));
    accepted(console.control.start(plan.id(), "The unit was wrong"));
    world.awaitFinished(plan);
    assertThat(world.channel.calls())
        .hasSize(2)
        .allSatisfy(
            call -> assertThat(call.json().at("/payload/body").stringValue()).contains("EA"));
    assertThat(console.recovery.planRest(plan.id(), null))
        .isInstanceOf(OperationAnswer.Refused.class);
  }

  @Test
  void correctedPayloadsOfOtherStoresAreNotShown() {
    MessageId cork = sale(SALE);
    MessageId galway =
        world.failed(
            Samples.aSale()
                .capturedAt(Instant.now().minusSeconds(600))
                .store("0413")
                .payload(SALE));
    TestConsole console = world.console();
    RecoveryOperation plan =
        accepted(
            console.edits.planRule(
                Chosen.Several.of(List.of(cork, galway)), new EditRule("unit", "pcs", "EA"), null));
    assertThat(console.operations.differences(plan.id(), 10, null).items()).hasSize(2);

    for (Role role : List.of(Role.MANAGER, Role.SUPPORT)) {
      TestLogin.as("cork", role, TestLogin.only("0412"));

      assertThat(console.operations.differences(plan.id(), 10, null).items())
          .containsExactly(
              new Differences(cork.value(), 2, List.of(new FieldChange("unit", "pcs", "EA"))));
    }
    assertThat(console.operations.contentsOf(cork)).hasSize(1);
    assertThat(console.operations.contentsOf(galway)).isEmpty();
    assertThat(
            accepted(
                    console.edits.planRule(
                        Chosen.Several.of(List.of(galway)),
                        new EditRule("unit", "pcs", "EA"),
                        null))
                .summary()
                .skipped())
        .containsExactly(Map.entry("Not one of your stores", 1));
  }

  @Test
  void aMessageThatIsBeingRetriedIsNotOpened() {
    MessageId sale = sale(SALE);
    TestConsole console = world.console();
    RecoveryOperation retry = accepted(console.recovery.retryMessage(sale, because("Try again")));
    world.awaitState(retry, sale, ItemState.SENT);

    assertThat(console.edits.open(sale))
        .isEqualTo(new EditAndRetry.Opened.Closed("Attempt 2 is being made by support"));
  }

  @Test
  void theAuditTrailNamesWhatWasCorrectedAndProvesTheText() {
    MessageId sale = sale(SALE);
    TestConsole console = world.console();
    world.channel.behave(world::takeAndConfirm);
    RecoveryOperation plan =
        accepted(console.edits.plan(sale, new Edit.Fields(Map.of("unit", "EA")), null));
    accepted(console.control.start(plan.id(), "The unit was wrong"));
    world.awaitFinished(plan);

    assertThat(world.auditTrail())
        .filteredOn(e -> e.action() == AuditAction.EDIT_AND_RETRY)
        .singleElement()
        .satisfies(
            e -> {
              assertThat(e.subjectId()).isEqualTo(sale.value());
              assertThat(e.before()).startsWith("Failed, attempt 1 (");
              assertThat(e.after())
                  .isEqualTo(
                      "Attempt 2 with unit corrected, content "
                          + world.item(plan, sale).contentHash());
              assertThat(e.reason()).isEqualTo("The unit was wrong");
            });
    assertThat(world.auditTrail())
        .filteredOn(e -> e.action() == AuditAction.START_OPERATION)
        .singleElement()
        .satisfies(
            e -> {
              assertThat(e.before()).isEqualTo("previewed");
              assertThat(e.after())
                  .startsWith("running: edit and retry of 1 message, ")
                  .endsWith("list " + plan.summary().listHash());
            });
  }

  @Test
  void theSameKeyWithAnotherEditIsNotTheFirstOne() {
    MessageId sale = sale(SALE);
    TestConsole console = world.idleConsole(world.stores.documents());
    Edit first = new Edit.Fields(Map.of("unit", "EA"));

    RecoveryOperation plan = accepted(console.edits.plan(sale, first, "key-1"));
    assertThat(accepted(console.edits.plan(sale, first, "key-1")).id()).isEqualTo(plan.id());
    assertThat(console.edits.plan(sale, new Edit.Fields(Map.of("unit", "KG")), "key-1"))
        .isInstanceOf(OperationAnswer.Refused.class);
  }

  private TestChannel.Call call(String key) {
    return world.channel.calls().stream()
        .filter(call -> call.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  private MessageId sale(String payload) {
    return world.failed(
        Samples.aSale().capturedAt(Instant.now().minusSeconds(600)).payload(payload));
  }
}
