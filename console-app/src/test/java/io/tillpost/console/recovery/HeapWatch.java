package io.tillpost.console.recovery;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** How much of the heap is in use after collections: at least what is held, and some garbage. */
final class HeapWatch {
  private final AtomicLong most = new AtomicLong();
  private long before;

  HeapWatch() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (collector instanceof NotificationEmitter emitter) {
        emitter.addNotificationListener((notification, _) -> collected(notification), null, null);
      }
    }
  }

  private void collected(Notification notification) {
    if (notification.getUserData() instanceof CompositeData data) {
      Map<String, MemoryUsage> after =
          GarbageCollectionNotificationInfo.from(data).getGcInfo().getMemoryUsageAfterGc();
      long used =
          ManagementFactory.getMemoryPoolMXBeans().stream()
              .filter(pool -> pool.getType() == MemoryType.HEAP)
              .mapToLong(pool -> after.get(pool.getName()).getUsed())
              .sum();
      most.accumulateAndGet(used, Math::max);
    }
  }

  /** Forgets what was, and collects, so that the next number is about what comes now. */
  void begin() {
    System.gc();
    before = used();
    most.set(0);
  }

  /** In words. */
  String words() {
    System.gc();
    long peak = Math.max(most.get(), used());
    return "heap %,d MiB before, up to %,d MiB after collections, %,d MiB now"
        .formatted(mebibytes(before), mebibytes(peak), mebibytes(used()));
  }

  private static long used() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long mebibytes(long bytes) {
    return bytes / (1024 * 1024);
  }
}
