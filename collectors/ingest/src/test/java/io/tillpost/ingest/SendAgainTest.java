package io.tillpost.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tillpost.message.MessageId;
import io.tillpost.message.Workflows;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import io.tillpost.store.ParkedRecord;
import io.tillpost.store.Stores;
import io.tillpost.store.memory.InMemoryStores;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class SendAgainTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir Path directory;
  private final InMemoryStores stores = new InMemoryStores(Workflows.of(List.of()));
  private final Documents<ParkedRecord> parked = stores.documents().of(ParkedRecord.DOCUMENTS);
  private final AtomicBoolean outOfMemory = new AtomicBoolean();
  private final AtomicReference<String> breaksOver = new AtomicReference<>("");
  private TestIngest ingest;

  @BeforeEach
  void start() {
    ingest = TestIngest.start(directory, breaking(Stores.class, stores));
  }

  @AfterEach
  void stop() {
    ingest.close();
  }

  @Test
  void whatAnOperatorAskedForIsStoredAndIsParkedNoMore() {
    ask("a", MessageEventEndpointTest.event("e1"));
    await().atMost(PATIENCE).until(() -> state("a") == ParkedRecord.State.SENT);
    await()
        .atMost(PATIENCE)
        .until(() -> stores.messages().events(new MessageId("sale-e1")).size() == 1);
  }

  @Test
  void whatIsStillWrongStaysWithWhatIsWrongWithItNow() {
    ask("a", MessageEventEndpointTest.event("e1").replace("\"FAILED\"", "\"SNT\""));
    await().atMost(PATIENCE).until(() -> state("a") == ParkedRecord.State.PARKED);
    assertThat(parked.get("a").orElseThrow().value().reason())
        .isEqualTo("data.stage: 'SNT' is not a stage");
    assertThat(stores.messages().find(new MessageId("sale-e1"))).isEmpty();
  }

  @Test
  void whatIsAskedForIsSentAlsoAfterMemoryHasRunOutOnce() {
    outOfMemory.set(true);
    ask("a", MessageEventEndpointTest.event("e1"));
    await().atMost(PATIENCE).until(() -> !outOfMemory.get());
    await().atMost(PATIENCE).until(() -> state("a") == ParkedRecord.State.SENT);
  }

  @Test
  void oneThatBreaksKeepsNoOtherBack() {
    breaksOver.set("a");
    ask("a", MessageEventEndpointTest.event("e1"));
    ask("b", MessageEventEndpointTest.event("e2"));
    await().atMost(PATIENCE).until(() -> state("b") == ParkedRecord.State.SENT);
    await().atMost(PATIENCE).until(() -> state("a") == ParkedRecord.State.PARKED);
    assertThat(parked.get("a").orElseThrow().value().reason())
        .isEqualTo(
            "Ingest broke over it when it was sent again: java.lang.IllegalStateException: for a"
                + " test");
  }

  @Test
  void nothingThatNobodyAskedForIsSent() {
    parked.put("b", record(MessageEventEndpointTest.event("e2")));
    ask("a", MessageEventEndpointTest.event("e1"));
    await().atMost(PATIENCE).until(() -> state("a") == ParkedRecord.State.SENT);
    assertThat(state("b")).isEqualTo(ParkedRecord.State.PARKED);
    assertThat(stores.messages().find(new MessageId("sale-e2"))).isEmpty();
  }

  /** The same, but looking for parked records breaks where a test says so. */
  @SuppressWarnings("unchecked") // the interface that it is called by
  private <T> T breaking(Class<T> type, Object real) {
    return (T)
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              if (real instanceof Documents<?>
                  && method.getName().equals("find")
                  && arguments[0].toString().contains("TO_SEND")
                  && outOfMemory.compareAndSet(true, false)) {
                throw new OutOfMemoryError("for a test");
              }
              if (method.getName().equals("get") && breaksOver.get().equals(arguments[0])) {
                throw new IllegalStateException("for a test");
              }
              try {
                Object answer = method.invoke(real, arguments);
                return switch (answer) {
                  case DocumentStore documents -> breaking(DocumentStore.class, documents);
                  case Documents<?> documents -> breaking(Documents.class, documents);
                  case null, default -> answer;
                };
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void ask(String id, String text) {
    parked.put(id, record(text).toSend().orElseThrow());
  }

  private static ParkedRecord record(String text) {
    return ParkedRecord.of(
        ParkedRecord.Kind.MESSAGE_EVENT, "too early", "/pos", Instant.now(), true, text);
  }

  private ParkedRecord.State state(String id) {
    return parked.get(id).orElseThrow().value().state();
  }
}
