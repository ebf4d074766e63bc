package io.tillpost.console.recovery;

import io.tillpost.store.DocumentKind;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import io.tillpost.store.Messages;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How long callers wait for the storage, by collection and method. */
final class CallTimes {
  private final Map<String, Tally> tallies = new ConcurrentHashMap<>();

  /** The same messages, timed. */
  Messages of(Messages messages) {
    return proxy(Messages.class, timing("messages", messages));
  }

  /** The same documents, timed. */
  DocumentStore of(DocumentStore store) {
    return proxy(
        DocumentStore.class,
        (_, method, arguments) -> {
          Object result = method.invoke(store, arguments);
          return result instanceof Documents<?> documents
              ? proxy(Documents.class, timing(((DocumentKind<?>) arguments[0]).name(), documents))
              : result;
        });
  }

  /** One line for each, the longest first; from here on it is counted anew. */
  void print() {
    tallies.entrySet().stream()
        .sorted(Comparator.comparingLong(e -> -e.getValue().nanos.sum()))
        .limit(8)
        .forEach(
            e ->
                System.out.printf(
                    "  %-32s %,7.2f s in %,d calls%n",
                    e.getKey(), e.getValue().nanos.sum() / 1e9, e.getValue().calls.sum()));
    clear();
  }

  /** From here on it is counted anew. */
  void clear() {
    tallies.clear();
  }

  private InvocationHandler timing(String name, Object real) {
    return (_, method, arguments) -> {
      long from = System.nanoTime();
      try {
        return method.invoke(real, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      } finally {
        Tally tally = tallies.computeIfAbsent(name + " " + method.getName(), _ -> new Tally());
        tally.nanos.add(System.nanoTime() - from);
        tally.calls.increment();
      }
    };
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static final class Tally {
    final LongAdder nanos = new LongAdder();
    final LongAdder calls = new LongAdder();
  }
}
