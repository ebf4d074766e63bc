package io.tillpost.ingest.log;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A log whose tails do not tell now and then how much is behind them, as Kafka does for a moment in
 * which its client has no answer of the broker.
 */
public final class SilentLog {
  private SilentLog() {}

  /**
   * The same log.
   *
   * @param times its tails are still to be silent; counted down
   */
  public static IngestLog of(IngestLog log, AtomicInteger times) {
    return like(
        IngestLog.class,
        (_, method, arguments) -> {
          Object answer = invoke(log, method, arguments);
          return answer instanceof LogTail tail ? of(tail, times) : answer;
        });
  }

  private static LogTail of(LogTail tail, AtomicInteger times) {
    return like(
        LogTail.class,
        (_, method, arguments) -> {
          if (method.getName().equals("behind")
              && times.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IngestLogException("not known for now", null);
          }
          return invoke(tail, method, arguments);
        });
  }

  private static <T> T like(Class<T> type, InvocationHandler calls) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls));
  }

  private static Object invoke(Object of, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(of, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
