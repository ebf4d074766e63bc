package io.tillpost.console.exceptions;

import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import io.tillpost.store.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/** Documents that stop answering at their n-th write, which happens or not, until they are back. */
final class AwayStore {
  private static final Set<String> WRITES =
      Set.of(
          "create",
          "createAll",
          "replace",
          "replaceAll",
          "put",
          "remove",
          "removeAll",
          "removeUnchanged");

  private final DocumentStore real;
  private final boolean lastHappens;
  private int writesLeft;

  AwayStore(DocumentStore real, int writes, boolean lastHappens) {
    this.real = real;
    this.writesLeft = writes;
    this.lastHappens = lastHappens;
  }

  void comeBack() {
    writesLeft = Integer.MAX_VALUE;
  }

  DocumentStore documents() {
    return (DocumentStore)
        Proxy.newProxyInstance(
            DocumentStore.class.getClassLoader(),
            new Class<?>[] {DocumentStore.class},
            (_, method, arguments) -> documents((Documents<?>) method.invoke(real, arguments)));
  }

  private Documents<?> documents(Documents<?> documents) {
    return (Documents<?>)
        Proxy.newProxyInstance(
            Documents.class.getClassLoader(),
            new Class<?>[] {Documents.class},
            (_, method, arguments) -> called(documents, method, arguments));
  }

  private Object called(Documents<?> documents, Method method, Object[] arguments)
      throws Throwable {
    if (writesLeft <= 0) {
      throw new StoreUnavailableException("away", null);
    }
    boolean last = WRITES.contains(method.getName()) && --writesLeft == 0;
    try {
      Object answer = last && !lastHappens ? null : method.invoke(documents, arguments);
      if (last) {
        throw new StoreUnavailableException("away", null);
      }
      return answer;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
