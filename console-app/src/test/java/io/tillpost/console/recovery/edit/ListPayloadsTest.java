package io.tillpost.console.recovery.edit;

import static io.tillpost.console.recovery.RecoveryWorld.accepted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillpost.console.recovery.Chosen;
import io.tillpost.console.recovery.CountedMessages;
import io.tillpost.console.recovery.RecoveryWorld;
import io.tillpost.console.recovery.TestConsole;
import io.tillpost.message.MessageId;
import io.tillpost.message.Payload;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.testing.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Payloads of a long list are read page by page, in its order. */
class ListPayloadsTest {
  private final RecoveryWorld world = new RecoveryWorld();
  private final CountedMessages messages = new CountedMessages(world.stores.messages());

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void inTheOrderOfTheListEachPageIsReadOnceAndThoseThatNobodyAsksForAreLeftOut() {
    List<MessageId> list = sales(120);
    ListPayloads payloads = new ListPayloads(messages, list);

    for (int i = 0; i < 30; i++) {
      assertThat(payloads.of(list.get(i)).map(Payload::body))
          .contains("{\"unit\":\"pcs " + i + "\"}");
    }
    assertThat(messages.pages()).isOne();
    // The page begins with what is asked for.
    assertThat(payloads.of(list.get(70)).map(Payload::body)).contains("{\"unit\":\"pcs 70\"}");
    assertThat(payloads.of(list.get(119)).map(Payload::body)).contains("{\"unit\":\"pcs 119\"}");
    assertThat(messages.pages()).isEqualTo(2);
    assertThat(payloads.of(list.get(3)).map(Payload::body)).contains("{\"unit\":\"pcs 3\"}");
    assertThat(messages.pages()).isEqualTo(3);
    assertThatThrownBy(() -> payloads.of(new MessageId("another")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aMessageWithoutAPayloadHasNone() {
    MessageId none = world.aFailedSale();

    assertThat(new ListPayloads(messages, List.of(none)).of(none)).isEmpty();
  }

  @Test
  void aRuleOverAListReadsNoPayloadByItself() {
    List<MessageId> list = sales(120);
    TestConsole console =
        new TestConsole(
            world.stores.documents(),
            messages,
            world.stores.ingestWriter(),
            world.channels(),
            RecoveryWorld.FAST,
            world.triage,
            List.of());

    RecoveryOperation planned =
        accepted(
            console.edits.planRule(
                Chosen.Several.of(list), new EditRule("unit", null, "EA"), null));

    assertThat(planned.summary().toSend()).isEqualTo(120);
    assertThat(messages.single()).isZero();
    assertThat(messages.pages()).isEqualTo(3);
    console.close();
  }

  private List<MessageId> sales(int count) {
    List<MessageId> list = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      list.add(
          world.failed(
              Samples.aSale()
                  .capturedAt(Instant.now().minusSeconds(600))
                  .payload("{\"unit\":\"pcs %d\"}".formatted(i))));
    }
    return list;
  }
}
