package io.tillpost.console.bench;

import io.tillpost.location.Store;
import io.tillpost.location.StoreDirectory;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** 600 stores in eight regions, and what their messages are about. */
final class BenchEstate {
  static final int STORES = 600;

  private static final List<String> REGIONS =
      List.of("North", "South", "East", "West", "Centre", "Coast", "Alps", "Islands");

  /** A kind of message and how many of a hundred are of it. */
  private record Share(int percent, String workflow, String target) {}

  private static final List<Share> SHARES =
      List.of(
          new Share(60, "sales-posting", "erp"),
          new Share(18, "inventory-sync", "wms"),
          new Share(8, "loyalty", "loyalty-saas"),
          new Share(5, "price-distribution", "pos"),
          new Share(4, "returns", "erp"),
          new Share(3, "promotion-distribution", "pos"),
          new Share(2, "end-of-day", "erp"));

  private BenchEstate() {}

  static StoreDirectory stores() {
    return StoreDirectory.of(
        IntStream.range(0, STORES)
            .mapToObj(
                number ->
                    new Store(
                        storeId(number),
                        "Store " + storeId(number),
                        REGIONS.get(number % REGIONS.size()),
                        ZoneId.of("Europe/Berlin"),
                        "EUR",
                        LocalTime.of(8, 0),
                        LocalTime.of(20, 0),
                        4))
            .toList());
  }

  static String storeId(int number) {
    return "%04d".formatted(number + 1);
  }

  /** A workflow and its target. */
  static String[] process(Random random) {
    int left = random.nextInt(100);
    for (Share share : SHARES) {
      left -= share.percent();
      if (left < 0) {
        return new String[] {share.workflow(), share.target()};
      }
    }
    throw new IllegalStateException("The shares are not a hundred");
  }
}
