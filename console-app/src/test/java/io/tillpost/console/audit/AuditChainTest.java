package io.tillpost.console.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.MutableClock;
import io.tillpost.testing.Samples;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AuditChainTest {
  private final InMemoryStores stores = new InMemoryStores();
  private final MutableClock clock = MutableClock.at(Samples.MORNING);
  private final AtomicInteger replaced = new AtomicInteger();
  private final CountDownLatch others = new CountDownLatch(1);
  private final AuditChain chain =
      new AuditChain(breaking(DocumentStore.class, stores.documents()), clock);

  @Test
  void whoseRecordsSomebodyElseTriedToWriteInVainIsToldSo() {
    List<Thread> writers = new ArrayList<>();
    List<Thread> told = new ArrayList<>();
    writers.add(writer(told));
    await().until(() -> replaced.get() == 1);
    // They wait for the first one, and are written together.
    writers.add(writer(told));
    writers.add(writer(told));
    await()
        .until(
            () ->
                writers.subList(1, 3).stream()
                    .allMatch(thread -> thread.getState() == Thread.State.WAITING));
    others.countDown();

    await().atMost(Duration.ofSeconds(20)).until(() -> writers.stream().noneMatch(Thread::isAlive));
    assertThat(told).containsExactlyInAnyOrderElementsOf(writers.subList(1, 3));
    chain.append(List.of(entry()), true);
  }

  /** A thread that appends; it is in the list where it was told that this failed. */
  private Thread writer(List<Thread> told) {
    return Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                chain.append(List.of(entry()), true);
              } catch (RuntimeException | Error e) {
                synchronized (told) {
                  told.add(Thread.currentThread());
                }
              }
            });
  }

  private AuditEntry entry() {
    return AuditEntry.of(
        AuditAct.of(
            "support",
            AuditAction.ASSIGN,
            new AuditSubject(AuditSubject.Kind.EXCEPTION, "00ff00ff00ff00ff")),
        clock.instant(),
        null);
  }

  /** The first time that the head moves it waits for others; the second time there is no memory. */
  @SuppressWarnings("unchecked") // the interface that it is called by
  private <T> T breaking(Class<T> type, Object real) {
    return (T)
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              if (method.getName().equals("replace")) {
                int number = replaced.incrementAndGet();
                if (number == 1) {
                  others.await();
                }
                if (number == 2) {
                  throw new OutOfMemoryError("for a test");
                }
              }
              try {
                Object answer = method.invoke(real, arguments);
                return answer instanceof Documents<?> documents
                    ? breaking(Documents.class, documents)
                    : answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
