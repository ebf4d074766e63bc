package io.tillpost.console.recovery.target;

import io.tillpost.recovery.RecoveryKinds;
import io.tillpost.store.DocumentKind;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import io.tillpost.store.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/**
 * Documents of which the freezes are away at times, or are changed right before they are written.
 */
final class TroubledFreezes implements DocumentStore {
  private static final Set<String> WRITES = Set.of("create", "replace");

  private final DocumentStore alive;
  private volatile boolean away;
  private volatile Runnable beforeNextWrite = () -> {};

  TroubledFreezes(DocumentStore alive) {
    this.alive = alive;
  }

  /** Whether freezes can be neither read nor written from now on; all else can. */
  void away(boolean now) {
    away = now;
  }

  /** Somebody is quicker, once. */
  void beforeNextWrite(Runnable quicker) {
    beforeNextWrite = quicker;
  }

  @Override
  @SuppressWarnings("unchecked") // The proxy hands everything on to documents of this type.
  public <T> Documents<T> of(DocumentKind<T> kind) {
    Documents<T> documents = alive.of(kind);
    return kind.equals(RecoveryKinds.FREEZES)
        ? (Documents<T>)
            Proxy.newProxyInstance(
                Documents.class.getClassLoader(),
                new Class<?>[] {Documents.class},
                (_, method, arguments) -> call(documents, method, arguments))
        : documents;
  }

  private Object call(Documents<?> documents, Method method, Object[] arguments) throws Throwable {
    if (away) {
      throw new StoreUnavailableException("The index of freezes is away", null);
    }
    if (WRITES.contains(method.getName())) {
      Runnable quicker = beforeNextWrite;
      beforeNextWrite = () -> {};
      quicker.run();
    }
    try {
      return method.invoke(documents, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
