package io.tillpost.ingest.index;

import static io.tillpost.testing.Samples.aSale;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.ingest.log.IngestRecord;
import io.tillpost.ingest.log.IngestRecord.OfEvent;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.Stage;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.Documents;
import io.tillpost.store.ParkedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IndexerTest extends WithIndexer {
  @Test
  void eventsOfAMessageAreWrittenInTheirOrder() {
    List<MessageEvent> events = append();
    indexer.start();
    eventually().until(() -> log.checkpoint() == events.size());
    Map<String, List<MessageEvent>> written = writer.byMessage();
    assertThat(written).hasSize(MESSAGES);
    written
        .values()
        .forEach(
            one -> assertThat(one).isSortedAccordingTo((a, b) -> a.stage().compareTo(b.stage())));
    assertThat(metrics.totals().stored()).isEqualTo(events.size());
  }

  @Test
  void theCheckpointWaitsForTheSlowestLane() {
    List<MessageEvent> events = append();
    String slow = events.getFirst().messageId().value();
    writer.close(slow);
    indexer.start();
    eventually().until(() -> writer.byMessage().size() > MESSAGES / 4);
    assertThat(writer.byMessage()).doesNotContainKey(slow);
    assertThat(log.checkpoint()).isZero();
    assertThat(metrics.totals().stored()).isZero();
    writer.open();
    eventually().until(() -> log.checkpoint() == events.size());
    assertThat(metrics.totals().stored()).isEqualTo(events.size());
  }

  @Test
  void whatComesInWhileTheLanesHaveNoRoomIsOneBatch() {
    List<MessageEvent> events = append();
    writer.close(events.getFirst().messageId().value());
    indexer.start();
    // Of two batches, the parts of the lane that is not held up.
    eventually().until(() -> writer.batches() == 2);
    for (int i = 0; i < 5; i++) {
      List<IngestRecord> few = new ArrayList<>();
      for (int n = 0; n < 200; n++) {
        few.add(new OfEvent(aSale().event(Stage.CAPTURED)));
      }
      log.append(few, ACCEPTED).join();
    }
    writer.open();
    eventually().until(() -> log.checkpoint() == events.size() + 1_000);
    assertThat(writer.batches()).isEqualTo(6);
  }

  @Test
  void aPartThatCannotBeWrittenIsTriedAgainUntilItIs() {
    List<MessageEvent> events = append();
    writer.failTimes(5);
    indexer.start();
    eventually().until(() -> log.checkpoint() == events.size());
    assertThat(writer.byMessage()).hasSize(MESSAGES);
    assertThat(indexer.lastError()).isNull();
  }

  @Test
  void aLaneThatEndsByAFaultSaysSo() {
    writer.die();
    indexer.start();
    captured(1);
    eventually().until(() -> indexer.lastError() != null);
    assertThat(indexer.lastError())
        .isEqualTo(
            "A lane of the indexer has ended; start ingest again: java.lang.StackOverflowError: for a test");
    assertThat(log.checkpoint()).isZero();
  }

  @Test
  void aLaneGoesOnAfterMemoryHasRunOut() {
    List<MessageEvent> events = append();
    writer.runOutOfMemory(4);
    indexer.start();
    eventually().until(() -> log.checkpoint() == events.size());
    assertThat(writer.byMessage()).hasSize(MESSAGES);
    assertThat(indexer.lastError()).isNull();
  }

  @ParameterizedTest
  @EnumSource(
      value = ParkedRecord.State.class,
      names = {"TO_SEND", "SENT"})
  void whatWasSentAgainAndIsRefusedAgainIsParkedAgain(ParkedRecord.State noted) {
    writer.refuse("too many fields");
    indexer.start();
    MessageEvent event = aSale().event(Stage.CAPTURED);
    log.append(List.of(new OfEvent(event)), ACCEPTED).join();
    Documents<ParkedRecord> parked = stores.documents().of(ParkedRecord.DOCUMENTS);
    eventually().until(() -> parked.count(DocumentQuery.ALL) == 1);
    var first = parked.find(DocumentQuery.ALL).items().getFirst();
    assertThat(first.value().objection()).isEmpty();
    ParkedRecord asked = first.value().toSend().orElseThrow();
    parked.replace(first, noted == ParkedRecord.State.TO_SEND ? asked : asked.sent().orElseThrow());
    writer.refuse("still too many fields");
    log.append(List.of(new OfEvent(event)), ACCEPTED).join();
    eventually()
        .until(
            () -> parked.get(first.id()).orElseThrow().value().state(),
            state -> state == ParkedRecord.State.PARKED);
    assertThat(parked.get(first.id()).orElseThrow().value().reason())
        .isEqualTo("still too many fields");
  }
}
