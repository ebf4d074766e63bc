package io.tillpost.console.impact;

import io.tillpost.message.MoneySum;
import io.tillpost.store.ImpactQueries.Slice;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sums over slices. */
final class Slices {
  private Slices() {}

  static long messages(Collection<Slice> slices) {
    return slices.stream().mapToLong(Slice::count).sum();
  }

  static MoneySum money(Collection<Slice> slices) {
    return slices.stream().map(Slice::money).reduce(MoneySum.NONE, MoneySum::plus);
  }

  static long stores(Collection<Slice> slices) {
    return slices.stream().map(Slice::storeId).filter(Objects::nonNull).distinct().count();
  }

  static @Nullable Instant oldest(Collection<Slice> slices) {
    return slices.stream().map(Slice::oldest).min(Instant::compareTo).orElse(null);
  }
}
