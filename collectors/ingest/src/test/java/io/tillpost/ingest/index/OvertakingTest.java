package io.tillpost.ingest.index;

import static io.tillpost.testing.Samples.aSale;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.ingest.log.IngestLog;
import io.tillpost.ingest.log.IngestRecord.OfEvent;
import io.tillpost.ingest.log.SilentLog;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.Stage;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OvertakingTest extends WithIndexer {
  private static final Duration TICK = Duration.ofMillis(50);

  @Test
  void whatComesInOvertakesALongBacklog() {
    List<MessageEvent> events = append();
    writer.close(events.getFirst().messageId().value());
    indexer = indexer(events.size() / 2);
    indexer.start();
    eventually().until(() -> writer.byMessage().size() > MESSAGES / 4);
    MessageEvent fresh = aSale().event(Stage.CAPTURED);
    log.append(List.of(new OfEvent(fresh)), ACCEPTED).join();
    eventually().until(() -> writer.byMessage().containsKey(fresh.messageId().value()));
    assertThat(log.checkpoint()).isZero();
    writer.open();
    eventually().until(() -> log.checkpoint() == events.size() + 1);
    assertThat(writer.byMessage()).hasSize(MESSAGES + 1);
    eventually().until(() -> metrics.totals().stored() == events.size() + 1);
    MessageEvent later = aSale().event(Stage.CAPTURED);
    log.append(List.of(new OfEvent(later)), ACCEPTED).join();
    eventually().until(() -> log.checkpoint() == events.size() + 2);
  }

  @Test
  void whatComesInOvertakesOnlyWhatHasWaitedLong() {
    clock.set(ACCEPTED.plusSeconds(2));
    // All that is there to begin with is less than three times as much.
    int far = 2 * MESSAGES;
    indexer = indexer(far);
    List<MessageEvent> events = append();
    writer.close(events.getFirst().messageId().value());
    indexer.start();
    // Of two batches, the parts of the lane that is not held up: now the lanes have no room.
    eventually().until(() -> writer.batches() == 2);
    // Not so lately that it would count as coming in.
    List<MessageEvent> burst = captured(far + 1, ACCEPTED.minusSeconds(10));

    clock.advance(Duration.ofMillis(1));
    List<MessageEvent> after = sendUntilOneIsWritten();

    // If it had overtaken before, it would have been written before these.
    assertThat(writer.byMessage())
        .doesNotContainKeys(burst.stream().map(e -> e.messageId().value()).toArray(String[]::new));
    assertThat(log.checkpoint()).isZero();
    writer.open();
    eventually().until(() -> log.checkpoint() == events.size() + burst.size() + after.size());
    assertThat(writer.byMessage()).hasSize(MESSAGES + burst.size() + after.size());
  }

  @Test
  void whatComesInOvertakesAlsoAFewThatAreNotTaken() {
    indexer = indexer(MESSAGES);
    MessageEvent held = captured(1).getFirst();
    writer.close(held.messageId().value());
    indexer.start();
    eventually().until(() -> writer.wasAskedFor(held.messageId().value()));
    // Few enough to be one part, which waits for the one that is under way.
    List<MessageEvent> few = captured(5);
    List<MessageEvent> during = captured(MESSAGES + 1);

    List<MessageEvent> after = sendUntilOneIsWritten();

    assertThat(log.checkpoint()).isZero();
    writer.open();
    eventually().until(() -> log.checkpoint() == 1L + few.size() + during.size() + after.size());
    assertThat(writer.byMessage()).hasSize(1 + few.size() + during.size() + after.size());
  }

  @Test
  void aBurstThatIsTooLargeIsOvertakenAtOnce() {
    clock.set(ACCEPTED);
    indexer = indexer(MESSAGES / 4);
    // One of each message: what was accepted lately overtakes, and must not wait for the closed
    // one.
    List<MessageEvent> events = captured(4 * MESSAGES);
    writer.close(events.getFirst().messageId().value());
    indexer.start();
    eventually().until(() -> writer.batches() >= 2);
    captured(MESSAGES);
    List<MessageEvent> after = sendUntilOneIsWritten();
    assertThat(log.checkpoint()).isZero();
    writer.open();
    eventually().until(() -> log.checkpoint() == events.size() + MESSAGES + after.size());
  }

  @Test
  void afterAnOutageTheFirstThatIsTakenOvertakesAllThatCameBefore() {
    writer.failTimes(Integer.MAX_VALUE);
    indexer = indexer(MESSAGES);
    List<MessageEvent> events = append();
    indexer.start();
    // Now it is known where the backlog ends.
    eventually().until(() -> writer.wasAskedFor(events.getFirst().messageId().value()));
    List<MessageEvent> during = captured(3_000);
    String firstDuring = during.getFirst().messageId().value();
    eventually().until(() -> writer.wasAskedFor(firstDuring));

    writer.close(events.getFirst().messageId().value());
    writer.failTimes(0);
    List<MessageEvent> after = sendUntilOneIsWritten();

    assertThat(log.checkpoint()).isZero();
    assertThat(writer.byMessage())
        .doesNotContainKeys(during.stream().map(e -> e.messageId().value()).toArray(String[]::new));
    writer.open();
    eventually().until(() -> log.checkpoint() == events.size() + during.size() + after.size());
    assertThat(writer.byMessage()).hasSize(MESSAGES + during.size() + after.size());
  }

  @Test
  void whatWaitedWithAStoreThatDidNotAnswerIsNotWhatOvertakes() {
    int backlog = startWithABacklog();
    String held = holdTheFirstThatOvertakes();
    List<MessageEvent> during = captured(800);

    writer.open(held);
    eventually().until(() -> writer.byMessage().containsKey(held));
    List<MessageEvent> after = sendUntilOneIsWritten();

    assertThat(writer.byMessage())
        .doesNotContainKeys(during.stream().map(e -> e.messageId().value()).toArray(String[]::new));
    writer.open();
    eventually().until(() -> log.checkpoint() == backlog + 1 + during.size() + after.size());
  }

  @Test
  void whatWasAcceptedAsTheStoreBeganToTakeAgainOvertakesTooButNoMoreThanHalfABatch() {
    int backlog = startWithABacklog();
    String held = holdTheFirstThatOvertakes();
    captured(3_000);
    List<MessageEvent> justNow = captured(800, clock.instant().minusMillis(2_500));

    writer.open(held);
    List<String> overtaking =
        justNow.subList(300, 800).stream().map(e -> e.messageId().value()).toList();
    eventually().until(() -> writer.byMessage().keySet().containsAll(overtaking));
    assertThat(log.checkpoint()).isZero();
    assertThat(writer.byMessage()).doesNotContainKey(justNow.get(299).messageId().value());
    writer.open();
    eventually().until(() -> log.checkpoint() == backlog + 1 + 3_800);
    assertThat(writer.byMessage()).hasSize(MESSAGES + 1 + 3_800);
  }

  @Test
  void anOutageThatBeginsWhileWhatComesInOvertakesIsOvertakenToo() {
    indexer = indexer(log, new FarBehind(MESSAGES, TICK));
    List<MessageEvent> events = append();
    writer.close(events.getFirst().messageId().value());
    indexer.start();
    List<MessageEvent> all = new ArrayList<>(sendUntilOneIsWritten());

    writer.failTimes(Integer.MAX_VALUE);
    List<MessageEvent> during = captured(6_000);
    List<MessageEvent> again = sendUntilOneIs(MESSAGES, writer::wasAskedFor);
    writer.failTimes(0);
    List<MessageEvent> after = sendUntilOneIsWritten();

    // All but what was in the lane as the store took no more.
    assertThat(writer.byMessage())
        .doesNotContainKeys(
            during.stream().skip(2_000).map(e -> e.messageId().value()).toArray(String[]::new));
    assertThat(log.checkpoint()).isZero();
    writer.open();
    Stream.of(during, again, after).forEach(all::addAll);
    eventually().until(() -> log.checkpoint() == events.size() + all.size());
    assertThat(writer.byMessage()).hasSize(MESSAGES + all.size());
  }

  @Test
  void aLogThatDoesNotTellAtFirstHowMuchWaitsIsAskedAgain() {
    AtomicInteger silent = new AtomicInteger();
    indexer = indexer(SilentLog.of(log, silent), new FarBehind(MESSAGES, TICK));
    List<MessageEvent> events = append();
    writer.close(events.getFirst().messageId().value());
    indexer.start();
    List<MessageEvent> all = new ArrayList<>(sendUntilOneIsWritten());
    String held = holdTheFirstThatOvertakes();

    silent.set(1);
    all.addAll(captured(6_000));
    all.addAll(sendUntilOneIs(MESSAGES, writer::hasWritten));

    assertThat(silent).as("times it is to be silent").hasValue(0);
    assertThat(writer.byMessage()).doesNotContainKey(held);
    writer.open();
    eventually().until(() -> log.checkpoint() == events.size() + 1 + all.size());
  }

  @Test
  void whatWaitsForALaneThatIsLeftBehindIsNotPassedOver() {
    indexer = indexer(log, new FarBehind(MESSAGES, TICK));
    List<MessageEvent> events = append();
    writer.close(events.getFirst().messageId().value());
    indexer.start();
    List<MessageEvent> all = new ArrayList<>(sendUntilOneIsWritten());
    String held = holdTheFirstThatOvertakes();

    all.addAll(captured(6_000));
    all.addAll(sendUntilOneIs(MESSAGES, writer::hasWritten));

    assertThat(writer.byMessage()).doesNotContainKey(held);
    assertThat(log.checkpoint()).isZero();
    writer.open();
    eventually().until(() -> log.checkpoint() == events.size() + 1 + all.size());
    assertThat(writer.byMessage()).hasSize(MESSAGES + 1 + all.size());
  }

  @Test
  void anOutageThatBeginsAsTheBacklogIsDoneIsOvertakenToo() {
    indexer = indexer(log, new FarBehind(MESSAGES, TICK));
    List<MessageEvent> events = append();
    String first = events.getFirst().messageId().value();
    writer.close(first);
    indexer.start();
    List<MessageEvent> all = new ArrayList<>(sendUntilOneIsWritten());
    String held = holdTheFirstThatOvertakes();
    writer.open(first);
    eventually().until(() -> log.checkpoint() >= events.size());

    all.addAll(sendUntilOneIs(MESSAGES, writer::hasWritten));

    assertThat(writer.byMessage()).doesNotContainKey(held);
    assertThat(log.checkpoint()).isLessThan(events.size() + all.size());
    writer.open();
    eventually().until(() -> log.checkpoint() == events.size() + 1 + all.size());
    assertThat(writer.byMessage()).hasSize(MESSAGES + 1 + all.size());
  }

  /** Records come, the store takes them or does not, also for long while some overtake. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whateverHappensNothingIsPassedOverThatIsNotStored(long seed) throws InterruptedException {
    List<MessageEvent> all = Collections.synchronizedList(new ArrayList<>());
    Queue<MessageEvent> passedOver = new ConcurrentLinkedQueue<>();
    indexer =
        indexer(
            watched(
                position ->
                    List.copyOf(all).stream()
                        .limit(position)
                        .filter(event -> !writer.hasWritten(event.messageId().value()))
                        .forEach(passedOver::add)),
            new FarBehind(300, TICK));
    append(all, 1_000);
    String held = all.getFirst().messageId().value();
    writer.close(held);
    indexer.start();
    Random random = new Random(seed);
    List<String> closed = new ArrayList<>();
    for (int step = 0; step < 50; step++) {
      switch (random.nextInt(6)) {
        case 0, 1 -> append(all, 1 + random.nextInt(900));
        case 2 -> writer.failTimes(random.nextInt(8));
        case 3, 4 -> {
          MessageEvent event = aSale().event(Stage.CAPTURED);
          closed.add(event.messageId().value());
          writer.close(closed.getLast());
          append(all, List.of(event));
        }
        default -> closed.forEach(writer::open);
      }
      if (step == 30) {
        // Until then there is a backlog to overtake.
        writer.open(held);
      }
      Thread.sleep(random.nextInt(80));
    }
    writer.failTimes(0);
    writer.open();

    eventually().until(() -> log.checkpoint() == all.size());
    assertThat(passedOver).isEmpty();
    assertThat(writer.byMessage()).hasSize(all.size());
  }

  /** Adds them before they can be read. */
  private void append(List<MessageEvent> all, int count) {
    append(all, Stream.generate(() -> aSale().event(Stage.CAPTURED)).limit(count).toList());
  }

  private void append(List<MessageEvent> all, List<MessageEvent> events) {
    all.addAll(events);
    append(events, ACCEPTED);
  }

  /** The log, which tells the position before it moves its checkpoint there. */
  private IngestLog watched(LongConsumer moving) {
    return (IngestLog)
        Proxy.newProxyInstance(
            IngestLog.class.getClassLoader(),
            new Class<?>[] {IngestLog.class},
            (_, method, arguments) -> {
              if (method.getName().equals("moveCheckpoint")) {
                moving.accept((long) arguments[0]);
              }
              return method.invoke(log, arguments);
            });
  }

  /** Far more than a batch, in a lane that is held up; how many. */
  private int startWithABacklog() {
    indexer = indexer(MESSAGES);
    List<MessageEvent> events = append();
    writer.close(events.getFirst().messageId().value());
    indexer.start();
    eventually().until(() -> writer.byMessage().size() > MESSAGES / 4);
    return events.size();
  }

  /** One more message, at which what is tried first waits until it is opened; its id. */
  private String holdTheFirstThatOvertakes() {
    MessageEvent held = aSale().event(Stage.CAPTURED);
    String id = held.messageId().value();
    writer.close(id);
    log.append(List.of(new OfEvent(held)), ACCEPTED).join();
    eventually().until(() -> writer.wasAskedFor(id));
    return id;
  }

  /** Messages that are captured one after the other until one of them is written. */
  private List<MessageEvent> sendUntilOneIsWritten() {
    return sendUntilOneIs(writer::hasWritten);
  }

  private List<MessageEvent> sendUntilOneIs(Predicate<String> there) {
    return sendUntilOneIs(1, there);
  }

  private List<MessageEvent> sendUntilOneIs(int atATime, Predicate<String> there) {
    List<MessageEvent> all = new ArrayList<>();
    eventually()
        .until(
            () -> {
              all.addAll(captured(atATime));
              return all.stream().anyMatch(e -> there.test(e.messageId().value()));
            });
    return all;
  }
}
